/**
 * Learning-rate schedules as data: a warm-up, a body and a cooldown, all as multiples of the peak.
 * Names and meanings follow torch, optax and Hugging Face where they agree.
 */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';

/** How a ramp goes from its first value to its last. */
export const SHAPES = [
  { value: 'linear', label: 'Linear' },
  { value: 'cosine', label: 'Cosine', help: 'Half a cosine: flat at both ends.' },
  { value: 'exponential', label: 'Exponential', help: 'A constant factor per step.' },
  { value: 'sqrt', label: '1 − √', help: 'Fast at first: the square root of the time.' },
  { value: 'square', label: 'Square', help: 'Slow at first: the square of the time.' },
] as const;
export type Shape = (typeof SHAPES)[number]['value'];

/** From `from` · (the body's first value) to the body's first value. */
export interface Warmup {
  steps: number;
  from: number;
  shape: Shape;
}

/** From the body's last value to `to` · peak, reached at step T. */
export interface Cooldown {
  steps: number;
  to: number;
  shape: Shape;
}

/** A part of a schedule put together piece by piece; values are multiples of the peak. */
export interface Piece {
  /** Share of the body's steps, relative to the other pieces' shares. */
  share: number;
  shape: Shape;
  from: number;
  to: number;
}

/** [fraction of the body in [0, 1], multiple of the peak]. */
export type ControlPoint = readonly [at: number, value: number];

export const INTERPOLATIONS = [
  { value: 'monotone', label: 'Smooth', help: 'Monotone cubic (Fritsch and Carlson 1980).' },
  { value: 'linear', label: 'Straight lines' },
  { value: 'hold', label: 'Steps', help: 'Each value holds until the next point.' },
] as const;
export type Interpolation = (typeof INTERPOLATIONS)[number]['value'];

const final = (value: number, min = 0) =>
  ({
    type: 'number',
    id: 'final',
    label: 'Final',
    help: 'Where the decay ends, as a multiple of the peak.',
    default: value,
    min,
    max: 1,
  }) as const;

const constant = [] as const satisfies readonly ParamSpec[];

const step = [
  {
    type: 'number',
    id: 'every',
    label: 'Drop every',
    help: 'Fraction of the body between two drops.',
    default: 0.3,
    min: 0.001,
    max: 1,
  },
  {
    type: 'number',
    id: 'factor',
    label: 'Factor',
    help: 'The rate is multiplied by this at each drop.',
    default: 0.1,
    min: 0,
    max: 1,
  },
] as const satisfies readonly ParamSpec[];

const exponential = [final(0.01, 1e-9)] as const satisfies readonly ParamSpec[];

const polynomial = [
  {
    type: 'number',
    id: 'power',
    label: 'Power',
    help: 'Exponent of the remaining fraction; 1 is linear.',
    default: 2,
    min: 0.05,
    max: 20,
  },
  final(0),
] as const satisfies readonly ParamSpec[];

const linear = [final(0)] as const satisfies readonly ParamSpec[];
const cosine = [final(0)] as const satisfies readonly ParamSpec[];

const restarts = [
  {
    type: 'number',
    id: 'cycles',
    label: 'Cycles',
    help: 'Number of cosine cycles; each starts again at the peak.',
    default: 4,
    min: 1,
    max: 50,
    integer: true,
  },
  {
    type: 'number',
    id: 'growth',
    label: 'Growth',
    help: 'Each cycle is this many times as long as the one before.',
    default: 1,
    min: 0.1,
    max: 10,
  },
  final(0),
] as const satisfies readonly ParamSpec[];

const inverseSquareRoot = [
  {
    type: 'number',
    id: 'timescale',
    label: 'Timescale',
    help: 'τ of √(τ / (t + τ)), t counted from the end of the warm-up.',
    unit: 'steps',
    default: 100,
    min: 1,
    max: 200_000,
  },
] as const satisfies readonly ParamSpec[];

const oneCycle = [
  {
    type: 'number',
    id: 'rise',
    label: 'Rise',
    help: 'Fraction of the body in which the rate rises to the peak.',
    default: 0.3,
    min: 0,
    max: 0.999,
  },
  {
    type: 'number',
    id: 'startDivisor',
    label: 'Start divisor',
    help: 'The rate starts at the peak divided by this.',
    default: 25,
    min: 1,
    max: 1e6,
  },
  {
    type: 'number',
    id: 'finalDivisor',
    label: 'Final divisor',
    help: 'The rate ends at the first rate divided by this.',
    default: 10_000,
    min: 1,
    max: 1e9,
  },
] as const satisfies readonly ParamSpec[];

const rex = [
  {
    type: 'number',
    id: 'beta',
    label: 'β',
    help: 'How long it stays high: 0.5 as published, 0.9 in much-copied code, 0 is linear.',
    default: 0.5,
    min: 0,
    max: 0.999,
    step: 0.1,
  },
] as const satisfies readonly ParamSpec[];

const triangular = [
  {
    type: 'number',
    id: 'cycles',
    label: 'Cycles',
    help: 'How often the rate rises and falls.',
    default: 4,
    min: 1,
    max: 1_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'low',
    label: 'Low',
    help: 'Where each cycle starts and ends, as a multiple of the peak.',
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.05,
  },
  {
    type: 'number',
    id: 'rise',
    label: 'Rise',
    help: 'Fraction of a cycle in which the rate rises.',
    default: 0.5,
    min: 0.001,
    max: 0.999,
    step: 0.05,
  },
  {
    type: 'number',
    id: 'shrink',
    label: 'Shrink',
    help: 'Factor on the height after each cycle: 1 is “triangular”, 0.5 is “triangular2”.',
    default: 1,
    min: 0.01,
    max: 1,
    step: 0.1,
  },
] as const satisfies readonly ParamSpec[];

const noam = [
  {
    type: 'number',
    id: 'rise',
    label: 'Warm-up',
    help: 'Steps in which the rate rises to the peak; then it falls as 1/√t.',
    unit: 'steps',
    default: 100,
    min: 1,
    max: 200_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const milestone = (id: 'first' | 'second' | 'third', label: string, value: number) =>
  ({
    type: 'number',
    id,
    label,
    help: 'Fraction of the body after which the rate drops; 1 for no drop.',
    default: value,
    min: 0,
    max: 1,
    step: 0.05,
  }) as const;

const multistep = [
  milestone('first', 'First drop', 0.3),
  milestone('second', 'Second drop', 0.6),
  milestone('third', 'Third drop', 0.9),
  step[1],
] as const satisfies readonly ParamSpec[];

const named = {
  constant,
  step,
  exponential,
  polynomial,
  linear,
  cosine,
  'cosine-restarts': restarts,
  'inverse-square-root': inverseSquareRoot,
  'one-cycle': oneCycle,
  rex,
  triangular,
  noam,
  multistep,
};

export type NamedKind = keyof typeof named;
type NamedOf<Kind extends NamedKind> = Kind extends NamedKind
  ? { readonly kind: Kind } & ParamsOf<(typeof named)[Kind]>
  : never;
export type NamedBody = NamedOf<NamedKind>;

export interface PointsBody {
  readonly kind: 'points';
  readonly interpolation: Interpolation;
  /** At least one, strictly increasing in the first coordinate; constant beyond the ends. */
  readonly points: readonly ControlPoint[];
}

export interface PiecesBody {
  readonly kind: 'pieces';
  readonly pieces: readonly Piece[];
}

export interface FormulaBody {
  readonly kind: 'formula';
  /** An expression in t (step from 0), T (number of steps) and z = t/T; a multiple of the peak. */
  readonly formula: string;
}

export type Body = NamedBody | PointsBody | PiecesBody | FormulaBody;
export type BodyKind = Body['kind'];

/** η(t) for t = 0 … T. Steps: warm-up [0, W), body [W, T − C], cooldown (T − C, T]. */
export interface Schedule {
  /** The learning rate that 1 on the curve stands for. */
  readonly peak: number;
  readonly warmup: Readonly<Warmup>;
  readonly body: Body;
  readonly cooldown: Readonly<Cooldown>;
}

export interface BodyInfo {
  kind: BodyKind;
  name: string;
  help: string;
  specs: readonly ParamSpec[];
}

/** In the order of the links' body number: append only. */
export const BODIES: readonly BodyInfo[] = [
  { kind: 'constant', name: 'Constant', help: 'The peak all along.', specs: constant },
  { kind: 'step', name: 'Step', help: 'A drop by a factor at equal distances.', specs: step },
  { kind: 'exponential', name: 'Exponential', help: 'A factor per step.', specs: exponential },
  { kind: 'polynomial', name: 'Polynomial', help: '(1 − z)^p.', specs: polynomial },
  { kind: 'linear', name: 'Linear', help: 'Straight down.', specs: linear },
  {
    kind: 'cosine',
    name: 'Cosine',
    help: 'Half a cosine (Loshchilov and Hutter 2017).',
    specs: cosine,
  },
  {
    kind: 'cosine-restarts',
    name: 'Cosine with restarts',
    help: 'SGDR (Loshchilov and Hutter 2017).',
    specs: restarts,
  },
  {
    kind: 'inverse-square-root',
    name: 'Inverse square root',
    help: 'As 1/√t after the warm-up.',
    specs: inverseSquareRoot,
  },
  {
    kind: 'one-cycle',
    name: 'One-cycle',
    help: 'Up, then down to almost nothing (Smith and Topin 2018).',
    specs: oneCycle,
  },
  { kind: 'points', name: 'Control points', help: 'Drawn or dragged.', specs: [] },
  { kind: 'pieces', name: 'Segments', help: 'Put together segment by segment.', specs: [] },
  { kind: 'formula', name: 'Formula', help: 'An expression in t, T and z.', specs: [] },
  {
    kind: 'rex',
    name: 'REX',
    help: '(1 − z) / (1 − β z): high for long, then down (Chen, Wolfe and Kyrillidis 2022).',
    specs: rex,
  },
  {
    kind: 'triangular',
    name: 'Cyclic',
    help: 'Straight up and down, again and again (Smith 2017).',
    specs: triangular,
  },
  {
    kind: 'noam',
    name: 'Noam',
    help: 'Linear warm-up, then 1/√t (Vaswani et al. 2017), with the peak in place of 1/√(d w).',
    specs: noam,
  },
  {
    kind: 'multistep',
    name: 'Multistep',
    help: 'A drop by a factor at chosen places.',
    specs: multistep,
  },
];

/** As a person chooses among them: the named ones, then those made by hand. */
export const BODY_CHOICES: readonly BodyInfo[] = [
  ...BODIES.filter(({ kind }) => Object.hasOwn(named, kind)),
  ...BODIES.filter(({ kind }) => !Object.hasOwn(named, kind)),
];

export const bodyInfo = (kind: BodyKind): BodyInfo =>
  BODIES.find((info) => info.kind === kind) as BodyInfo;

/** A named body with defaults for all that is not given. */
export function makeBody<Kind extends NamedKind>(
  kind: Kind,
  given: Partial<NamedOf<Kind>> = {},
): NamedOf<Kind> {
  const values = Object.fromEntries(named[kind].map((spec) => [spec.id, spec.default]));
  return { kind, ...values, ...given } as unknown as NamedOf<Kind>;
}

export const isNamed = (body: Body): body is NamedBody => Object.hasOwn(named, body.kind);

/** The value of one of the body's own parameters. */
export const bodyValue = (body: Body, id: string): number =>
  (body as unknown as Record<string, number>)[id];

export const NO_WARMUP: Warmup = { steps: 0, from: 0, shape: 'linear' };
export const NO_COOLDOWN: Cooldown = { steps: 0, to: 0, shape: 'linear' };

/** A schedule without warm-up and cooldown unless given. */
export const makeSchedule = (
  peak: number,
  body: Body,
  warmup: Partial<Warmup> = {},
  cooldown: Partial<Cooldown> = {},
): Schedule => ({
  peak,
  warmup: { ...NO_WARMUP, ...warmup },
  body,
  cooldown: { ...NO_COOLDOWN, ...cooldown },
});

/**
 * Warm-up, stable, decay: constant with a cooldown of ⌊fraction · (T + 1)⌋ steps, at most T
 * (Schaipp et al. 2025).
 */
export const makeWsd = (
  peak: number,
  steps: number,
  fraction = 0.2,
  shape: Shape = 'linear',
  warmup = 0,
): Schedule =>
  makeSchedule(
    peak,
    makeBody('constant'),
    { steps: warmup },
    { steps: Math.min(steps - warmup, Math.floor(fraction * (steps + 1))), shape },
  );

/** Constant with a cooldown is known as WSD. */
export const isWsd = (schedule: Schedule): boolean =>
  schedule.body.kind === 'constant' && schedule.cooldown.steps > 0;

/** "Cosine", "WSD", "Control points, warm-up". */
export function scheduleName(schedule: Schedule): string {
  if (isWsd(schedule)) return 'WSD';
  const parts = [bodyInfo(schedule.body.kind).name];
  if (schedule.warmup.steps > 0) parts.push('warm-up');
  if (schedule.cooldown.steps > 0) parts.push('cooldown');
  return parts.join(', ');
}
