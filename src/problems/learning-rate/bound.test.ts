import { describe, expect, it } from 'vitest';
import { boundAt, boundCurve, boundTerms, optimalBound, optimalRate } from './bound.ts';
import { learningRates } from './curve.ts';
import { makeBody, makeSchedule, makeWsd, type Schedule } from './schedule.ts';

const wsd = (steps: number, fraction = 0.2, shape: 'linear' | 'sqrt' = 'linear') =>
  makeWsd(1, steps, fraction, shape);

const at = (schedule: Schedule, steps: number) => boundTerms(learningRates(schedule, steps), steps);

/** |a − b| relative to b. */
const off = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);

/** Reference values of the authors' package at T = 400, D = G = 1: γ* and Ω*. */
const at400: [string, Schedule, number, number][] = [
  ['constant', makeSchedule(1, makeBody('constant')), 0.01817589508, 0.1375448081],
  [
    '1/√t',
    makeSchedule(1, makeBody('inverse-square-root', { timescale: 1 })),
    0.2120855816,
    0.1222642733,
  ],
  ['WSD 0.2', wsd(400), 0.02537366142, 0.1093230125],
  ['WSD 0.2, 1 − √', wsd(400, 0.2, 'sqrt'), 0.02684613762, 0.1072881472],
  ['cosine', makeSchedule(1, makeBody('cosine')), 0.04824188684, 0.1033859059],
  ['REX', makeSchedule(1, makeBody('rex')), 0.03997908321, 0.1016866503],
  ['1 − √', wsd(400, 1, 'sqrt'), 0.07379705619, 0.1012425969],
  ['linear', makeSchedule(1, makeBody('linear')), 0.04956313069, 0.1006298654],
  ['step 30-60-90', makeSchedule(1, makeBody('step')), 0.05347333132, 0.1403550797],
  ['multistep 30-60-90', makeSchedule(1, makeBody('multistep')), 0.05347333132, 0.1403550797],
  ['one-cycle', makeSchedule(1, makeBody('one-cycle')), 0.04507279246, 0.1096051389],
  ['UBA 2', makeSchedule(1, makeBody('uba', { phi: 2 })), 0.04824188684, 0.1033859059],
];

describe('last-iterate bound', () => {
  it.each(at400)('%s at T = 400', (_name, schedule, rate, bound) => {
    const terms = at(schedule, 400);
    expect(off(optimalRate(terms), rate)).toBeLessThan(1e-9);
    expect(off(optimalBound(terms), bound)).toBeLessThan(1e-9);
  });

  it.each([
    [0.5, 0.0365053, 0.1025325],
    [1, 0.04160084, 0.10237],
    [5, 0.06008467, 0.1070505],
    [10, 0.07191205, 0.1120477],
  ])('UBA with φ = %f', (phi, rate, bound) => {
    const terms = at(makeSchedule(1, makeBody('uba', { phi })), 400);
    expect(Math.abs(optimalRate(terms) - rate)).toBeLessThan(6e-9);
    expect(Math.abs(optimalBound(terms) - bound)).toBeLessThan(6e-8);
  });

  it.each([
    [200, makeSchedule(1, makeBody('cosine')), 0.06780152],
    [200, wsd(200), 0.03554566],
    [4000, wsd(4000), 0.008118294],
  ])('γ* at horizon %i', (steps, schedule, rate) => {
    expect(off(optimalRate(at(schedule, steps)), rate)).toBeLessThan(1e-7);
  });

  it('costs a cosine that ends beyond the horizon', () => {
    [0.10339, 0.11112, 0.1219, 0.13357, 0.135].forEach((bound, i) => {
      const length = Math.floor(401 * [1, 1.5, 2, 4, 5][i]) - 1;
      const rates = learningRates(makeSchedule(1, makeBody('cosine')), length).slice(0, 401);
      expect(optimalBound(boundTerms(rates, 400))).toBeCloseTo(bound, 5);
    });
  });

  it.each([
    // The cosine at 44000 cancels in the published prefix sums, hence the wider tolerance.
    [200, makeSchedule(1, makeBody('cosine')), 0.1467555357, 1e-9],
    [200, wsd(200), 0.1558605616, 1e-9],
    [200, makeSchedule(1, makeBody('linear')), 0.1429514864, 1e-9],
    [200, makeSchedule(1, makeBody('constant')), 0.1853784096, 1e-9],
    [4000, makeSchedule(1, makeBody('cosine')), 0.03258585, 2e-7],
    [4000, wsd(4000), 0.03421152, 2e-7],
    [4000, makeSchedule(1, makeBody('linear')), 0.03165189, 2e-7],
    [4000, makeSchedule(1, makeBody('constant')), 0.04967681, 2e-7],
    [44000, makeSchedule(1, makeBody('cosine')), 0.009821776, 1e-6],
    [44000, wsd(44000), 0.010297657, 1e-7],
    [44000, makeSchedule(1, makeBody('linear')), 0.009535684, 1e-7],
    [44000, makeSchedule(1, makeBody('constant')), 0.016698632, 1e-7],
  ])('horizon %i', (steps, schedule, bound, tolerance) => {
    expect(off(optimalBound(at(schedule, steps)), bound)).toBeLessThan(tolerance);
  });

  it('drops suddenly in the cooldown', () => {
    const rates = learningRates(wsd(400), 400);
    const gamma = optimalRate(boundTerms(rates, 400));
    const drop: [number, number][] = [
      [100, 0.2754261],
      [200, 0.1857243],
      [300, 0.1580365],
      [320, 0.1547513],
      [321, 0.1545992],
      [330, 0.151066],
      [340, 0.1451012],
      [360, 0.1319456],
      [380, 0.1189214],
      [390, 0.1131016],
      [400, 0.109323],
    ];
    for (const [t, value] of drop)
      expect(Math.abs(boundAt(boundTerms(rates, t), gamma) - value)).toBeLessThan(6e-8);
    const constant = learningRates(makeSchedule(1, makeBody('constant')), 400);
    expect(boundAt(boundTerms(constant, 400), gamma)).toBeCloseTo(0.1452704, 7);
  });

  it('splits into distance and noise as published, T = 4000', () => {
    const rates = learningRates(wsd(4000), 4000);
    const gamma = optimalRate(boundTerms(rates, 4000));
    const before = boundTerms(rates, 3200);
    const after = boundTerms(rates, 4000);
    expect(before.distance / gamma).toBeCloseTo(0.0192467, 7);
    expect(after.distance / gamma).toBeCloseTo(0.0171058, 7);
    expect(gamma * before.noise).toBeCloseTo(0.0391625, 7);
    expect(gamma * after.noise).toBeCloseTo(0.0171058, 7);
  });

  it('falls with the cooldown fraction when tuned, and has an inner optimum at a fixed rate', () => {
    const tuned = [
      0.13754, 0.12362, 0.11614, 0.10932, 0.10586, 0.10376, 0.10242, 0.10157, 0.10105, 0.10077,
      0.10065, 0.10063,
    ];
    [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].forEach((fraction, i) =>
      expect(optimalBound(at(wsd(400, fraction), 400))).toBeCloseTo(tuned[i], 5),
    );
    expect(boundAt(at(wsd(400, 0.3), 400), 0.02)).toBeCloseTo(0.11158, 5);
    expect(boundAt(at(wsd(400, 0.8), 400), 0.04)).toBeCloseTo(0.10081, 5);
    // A rate that is large enough makes the longest cooldown best.
    const at5 = [0.6, 0.8, 0.9, 1].map((fraction) => boundAt(at(wsd(400, fraction), 400), 0.05));
    expect(at5).toEqual(at5.toSorted((a, b) => b - a));
    const small = (schedule: Schedule) => boundAt(at(schedule, 400), 0.005);
    expect(small(makeSchedule(1, makeBody('constant')))).toBeCloseTo(0.269, 3);
    expect(small(wsd(400))).toBeCloseTo(0.288, 3);
    expect(small(makeSchedule(1, makeBody('linear')))).toBeCloseTo(0.504, 3);
  });

  it('moves γ* with the cooldown fraction alike at every horizon, T = 6400', () => {
    const gammaOf = (fraction: number, shape: 'linear' | 'sqrt' = 'linear') =>
      optimalRate(at(wsd(6400, fraction, shape), 6400));
    const linear = [0.7748, 0.6652, 0.4985, 0.3449, 0.1835];
    const root = [1.1368, 1.0098, 0.802, 0.5911, 0.3413];
    [0.1, 0.2, 0.4, 0.6, 0.8].forEach((fraction, i) => {
      expect(Math.log(gammaOf(1) / gammaOf(fraction))).toBeCloseTo(linear[i], 3);
      expect(Math.log(gammaOf(1, 'sqrt') / gammaOf(fraction, 'sqrt'))).toBeCloseTo(root[i], 3);
    });
  });

  it('takes gradient norms that change', () => {
    const norms = Float64Array.from({ length: 401 }, (_, i) => 1 / Math.sqrt(i + 1));
    const bound = (schedule: Schedule) =>
      optimalBound(boundTerms(learningRates(schedule, 400), 400, norms));
    expect(bound(wsd(400))).toBeCloseTo(0.0090559, 7);
    expect(bound(makeSchedule(1, makeBody('linear')))).toBeCloseTo(0.0128307, 7);
    expect(bound(makeSchedule(1, makeBody('cosine')))).toBeCloseTo(0.0134364, 7);
    expect(bound(makeSchedule(1, makeBody('constant')))).toBeCloseTo(0.0093991, 7);
    const reciprocal = Float64Array.from({ length: 401 }, (_, i) => 1 / (i + 1));
    const constant = learningRates(makeSchedule(1, makeBody('constant')), 400);
    expect(optimalBound(boundTerms(constant, 400, reciprocal))).toBeCloseTo(0.0032382, 7);
  });

  it('scales: a schedule c times as large has γ* 1/c as large and the same Ω*', () => {
    const one = at(makeSchedule(1, makeBody('cosine')), 300);
    const three = at(makeSchedule(3, makeBody('cosine')), 300);
    expect(off(optimalRate(three) * 3, optimalRate(one))).toBeLessThan(1e-12);
    expect(off(optimalBound(three), optimalBound(one))).toBeLessThan(1e-12);
  });

  it('ignores steps of rate 0 and tiny tails, and knows no bound without a step', () => {
    const rates = Float64Array.of(1, 0.5, 0.25, 0, 0);
    expect(boundTerms(rates, 5)).toEqual(boundTerms(rates, 3));
    const tiny = boundTerms(Float64Array.of(1, 1, 1, 1e-30), 4);
    expect(Number.isFinite(tiny.noise)).toBe(true);
    expect(boundTerms(new Float64Array(4), 4).distance).toBe(Infinity);
    expect(boundCurve(new Float64Array(4))).toBeNull();
  });

  it('draws a curve that ends at Ω*', () => {
    const curve = boundCurve(learningRates(wsd(400), 400));
    expect(curve?.steps.length).toBe(200);
    expect(curve?.steps.at(-1)).toBe(400);
    expect(off(curve?.values.at(-1) ?? 0, curve?.optimalBound ?? 1)).toBeLessThan(1e-12);
    expect(curve?.optimalBound).toBeCloseTo(0.1093230125, 9);
    // At γ* both terms are equal in the end.
    expect(off(2 * (curve?.distance.at(-1) ?? 0), curve?.optimalBound ?? 1)).toBeLessThan(1e-12);
  });
});
