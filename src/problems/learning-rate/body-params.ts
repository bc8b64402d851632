/** Parameters of the named schedules; values are multiples of the peak. */
import type { ParamSpec } from '../../core/params.ts';

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

const uba = [
  {
    type: 'number',
    id: 'phi',
    label: 'φ',
    help: 'Below 2 it stays high for longer than a cosine, above 2 it falls earlier; 2 is the cosine.',
    default: 5,
    min: 0.01,
    max: 1000,
    step: 0.5,
  },
  final(0),
] as const satisfies readonly ParamSpec[];

const steps = (id: 'every' | 'stage', label: string, help: string, value: number) =>
  ({
    type: 'number',
    id,
    label,
    help,
    unit: 'steps',
    default: value,
    min: 1,
    max: 200_000,
    integer: true,
  }) as const;

const plateau = [
  steps('every', 'Look every', 'Steps whose mean training loss is one look.', 50),
  {
    type: 'number',
    id: 'patience',
    label: 'Patience',
    help: 'Looks without a better loss before the rate drops.',
    default: 10,
    min: 0,
    max: 10_000,
    integer: true,
  },
  step[1],
  {
    type: 'number',
    id: 'threshold',
    label: 'Threshold',
    help: 'A loss is better when it is below the best by this fraction of it.',
    default: 1e-4,
    min: 0,
    max: 1,
  },
  {
    type: 'number',
    id: 'floor',
    label: 'Floor',
    help: 'The rate does not drop below this multiple of the peak.',
    default: 0,
    min: 0,
    max: 1,
  },
] as const satisfies readonly ParamSpec[];

const autolrs = [
  {
    type: 'number',
    id: 'low',
    label: 'Lowest',
    help: 'Rates from this multiple of the peak to the peak are tried.',
    default: 1e-3,
    min: 1e-9,
    max: 1,
  },
  steps(
    'stage',
    'First stage',
    'Steps of the first stage; each is twice as long as the last.',
    100,
  ),
  {
    type: 'number',
    id: 'longest',
    label: 'Longest stage',
    help: 'Stages grow no longer.',
    unit: 'steps',
    default: 8000,
    min: 1,
    max: 200_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'probes',
    label: 'Probes',
    help: 'Rates tried before each stage, each for a tenth of it.',
    default: 10,
    min: 1,
    max: 50,
    integer: true,
  },
  {
    type: 'number',
    id: 'kappa',
    label: 'κ',
    help: 'Weight of the uncertainty when the next probe is chosen; the authors’ code explores.',
    default: 1e6,
    min: 0,
    max: 1e9,
  },
] as const satisfies readonly ParamSpec[];

/** Parameters of each kind of body that has a name. */
export const named = {
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
  uba,
  plateau,
  autolrs,
  optimal: constant,
};
