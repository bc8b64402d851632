/**
 * Learning-rate schedules as data: a warm-up, a body and a cooldown, all as multiples of the peak.
 * Names and meanings follow torch, optax and Hugging Face where they agree.
 */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';
import { named } from './body-params.ts';

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

/** Where the values of code stand, out of the reach of any text. */
export const EVALUATED: unique symbol = Symbol('evaluated');

export interface CodeBody {
  readonly kind: 'code';
  /** TypeScript with a function `schedule(t, T)` that gives a multiple of the peak, t = 0 … T. */
  readonly code: string;
  /** Once it has been run: of which code, and its values at t = 0 … T. */
  readonly [EVALUATED]?: { readonly code: string; readonly values: Float64Array };
}

/** One schedule after the other, each over its share of the body. */
export interface SequenceBody {
  readonly kind: 'sequence';
  readonly parts: readonly SequencePart[];
}

export interface SequencePart {
  /** Share of the body's steps, relative to the other parts' shares. */
  readonly share: number;
  readonly body: Body;
}

/** Several schedules over the same steps, multiplied. */
export interface ProductBody {
  readonly kind: 'product';
  readonly factors: readonly Body[];
}

export type Body =
  NamedBody | PointsBody | PiecesBody | FormulaBody | CodeBody | SequenceBody | ProductBody;
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
  /** The rate depends on the run: the curve shows what it starts from. */
  followsRun?: boolean;
}

/** Sequences and products may be nested so deep, a single schedule being 1. */
export const MAX_DEPTH = 3;

/** In the order of the links' body number: append only. */
export const BODIES: readonly BodyInfo[] = [
  { kind: 'constant', name: 'Constant', help: 'The peak all along.', specs: named.constant },
  { kind: 'step', name: 'Step', help: 'A drop by a factor at equal distances.', specs: named.step },
  {
    kind: 'exponential',
    name: 'Exponential',
    help: 'A factor per step.',
    specs: named.exponential,
  },
  { kind: 'polynomial', name: 'Polynomial', help: '(1 − z)^p.', specs: named.polynomial },
  { kind: 'linear', name: 'Linear', help: 'Straight down.', specs: named.linear },
  {
    kind: 'cosine',
    name: 'Cosine',
    help: 'Half a cosine (Loshchilov and Hutter 2017).',
    specs: named.cosine,
  },
  {
    kind: 'cosine-restarts',
    name: 'Cosine with restarts',
    help: 'SGDR (Loshchilov and Hutter 2017).',
    specs: named['cosine-restarts'],
  },
  {
    kind: 'inverse-square-root',
    name: 'Inverse square root',
    help: 'As 1/√t after the warm-up.',
    specs: named['inverse-square-root'],
  },
  {
    kind: 'one-cycle',
    name: 'One-cycle',
    help: 'Up, then down to almost nothing (Smith and Topin 2018).',
    specs: named['one-cycle'],
  },
  { kind: 'points', name: 'Control points', help: 'Drawn or dragged.', specs: [] },
  { kind: 'pieces', name: 'Segments', help: 'Put together segment by segment.', specs: [] },
  { kind: 'formula', name: 'Formula', help: 'An expression in t, T and z.', specs: [] },
  {
    kind: 'rex',
    name: 'REX',
    help: '(1 − z) / (1 − β z): high for long, then down (Chen, Wolfe and Kyrillidis 2022).',
    specs: named.rex,
  },
  {
    kind: 'triangular',
    name: 'Cyclic',
    help: 'Straight up and down, again and again (Smith 2017).',
    specs: named.triangular,
  },
  {
    kind: 'noam',
    name: 'Noam',
    help: 'Linear warm-up, then 1/√t (Vaswani et al. 2017), with the peak in place of 1/√(d w).',
    specs: named.noam,
  },
  {
    kind: 'multistep',
    name: 'Multistep',
    help: 'A drop by a factor at chosen places.',
    specs: named.multistep,
  },
  {
    kind: 'uba',
    name: 'UBA',
    help:
      'Budget-aware, one parameter (Tang et al. 2025). Formula checked by its limits, the cosine at ' +
      'φ = 2 and 1 at φ = 0, and by the bound of five φ; not against the authors’ code.',
    specs: named.uba,
  },
  {
    kind: 'plateau',
    name: 'Reduce on plateau',
    help: 'A drop by a factor when the training loss stops falling; the curve shows none of them.',
    specs: named.plateau,
    followsRun: true,
  },
  {
    kind: 'autolrs',
    name: 'AutoLRS',
    help:
      'Tries rates from a copy of the model before each stage (Jin et al. 2021); probes count as ' +
      'steps, the curve shows the highest rate.',
    specs: named.autolrs,
    followsRun: true,
  },
  { kind: 'sequence', name: 'Sequence', help: 'One schedule after the other.', specs: [] },
  { kind: 'product', name: 'Product', help: 'Schedules multiplied step by step.', specs: [] },
  {
    kind: 'optimal',
    name: 'Least bound',
    help: 'The step sizes whose convex last-iterate bound is the least of all: nearly linear.',
    specs: named.optimal,
  },
  { kind: 'code', name: 'Code', help: 'A function schedule(t, T) in TypeScript.', specs: [] },
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
