/** The schedules that studies compare, each for any horizon, and their bounds. */
import { boundAt, boundTerms, optimalBound, optimalRate, type BoundTerms } from '../bound.ts';
import { learningRates } from '../curve.ts';
import { NAMED, namedRates } from '../named.ts';
import { defaultParams } from '../../../core/params.ts';
import { makeBody, makeSchedule, makeWsd, type Schedule } from '../schedule.ts';

export interface Shape {
  id: string;
  name: string;
  /** With a peak and a horizon; a warm-up of as many steps comes out of the horizon. */
  make(peak: number, horizon: number, warmup?: number): Schedule;
}

const body = (id: string, name: string, of: Parameters<typeof makeSchedule>[1]): Shape => ({
  id,
  name,
  make: (peak, _horizon, warmup = 0) => makeSchedule(peak, of, { steps: warmup }),
});

export const wsdShape = (fraction: number, root = false): Shape => ({
  id: `wsd-${fraction}${root ? '-sqrt' : ''}`,
  name: `WSD ${fraction}${root ? ', 1 − √' : ''}`,
  make: (peak, horizon, warmup = 0) =>
    makeWsd(peak, horizon, fraction, root ? 'sqrt' : 'linear', warmup),
});

export const constant = body('constant', 'Constant', makeBody('constant'));
export const linear = body('linear', 'Linear', makeBody('linear'));
export const cosine = body('cosine', 'Cosine', makeBody('cosine'));
export const rex = body('rex', 'REX', makeBody('rex'));
export const stepDecay = body('step', 'Step 30-60-90', makeBody('step'));
export const inverseRoot = body(
  'inverse-square-root',
  '1/√t',
  makeBody('inverse-square-root', { timescale: 1 }),
);
export const oneCycle = body('one-cycle', 'One-cycle', makeBody('one-cycle'));
export const wsd = wsdShape(0.2);
export const wsdRoot = wsdShape(0.2, true);

/** A good spread of shapes for rankings. */
export const SHAPES: readonly Shape[] = [
  constant,
  inverseRoot,
  wsd,
  wsdRoot,
  wsdShape(0.5),
  cosine,
  rex,
  linear,
  wsdShape(1, true),
  stepDecay,
  oneCycle,
];

/** Everything that has a name, at its defaults, with variants that the literature tells apart. */
export function namedShapes(horizon: number): { name: string; rates: Float64Array }[] {
  const all = NAMED.flatMap(({ name, params }) => {
    const rates = namedRates(name, horizon, defaultParams(params));
    return rates.ok ? [{ name: name === 'wsd' ? 'wsd, 0.2' : name, rates: rates.value }] : [];
  });
  const variant = (name: string, schedule: Schedule) => ({
    name,
    rates: learningRates(schedule, horizon),
  });
  return [
    ...all,
    variant('wsd, 0.2, 1 − √', makeWsd(1, horizon, 0.2, 'sqrt')),
    variant('1 − √', makeWsd(1, horizon, 1, 'sqrt')),
    variant('rex, β 0.9', makeSchedule(1, makeBody('rex', { beta: 0.9 }))),
  ];
}

export interface Bound {
  terms: BoundTerms;
  /** γ*, Ω*. */
  rate: number;
  value: number;
}

/** The bound at the end of a schedule of T + 1 rates. @param gradient G_t, 1 when absent. */
export function boundOf(rates: Float64Array, gradient: number | Float64Array = 1): Bound {
  const terms = boundTerms(rates, rates.length - 1, gradient);
  return { terms, rate: optimalRate(terms), value: optimalBound(terms) };
}

/** The bound at the end of a shape of peak 1. */
export const shapeBound = (shape: Shape, horizon: number): Bound =>
  boundOf(learningRates(shape.make(1, horizon), horizon));

export interface TermCurve {
  steps: number[];
  /** T₁/γ and γ T₂ after each of the steps. */
  distance: number[];
  noise: number[];
}

/**
 * Both terms of Ω_t along a schedule at base rate `gamma`, at about `count` steps from `from` on.
 * O(count · T).
 */
export function termCurve(
  rates: Float64Array,
  gamma: number,
  count: number,
  from = 1,
  gradient: number | Float64Array = 1,
): TermCurve {
  const horizon = rates.length - 1;
  const curve: TermCurve = { steps: [], distance: [], noise: [] };
  for (let i = 0; i <= count; i++) {
    const t = Math.round(from + (i * (horizon - from)) / count);
    if (t === curve.steps.at(-1)) continue;
    const terms = boundTerms(rates, t, gradient);
    curve.steps.push(t);
    curve.distance.push(terms.distance / gamma);
    curve.noise.push(terms.noise * gamma);
  }
  return curve;
}

export { boundAt };
