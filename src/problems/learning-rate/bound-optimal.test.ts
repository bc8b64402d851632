import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundAt, boundTerms, optimalBound, optimalRate } from './bound.ts';
import { optimalSchedule } from './bound-optimal.ts';
import { learningRates } from './curve.ts';
import { makeBody, makeSchedule } from './schedule.ts';

const omega = (rates: Float64Array, norms?: Float64Array, distance = 1) =>
  boundAt(boundTerms(rates, rates.length - 1, norms ?? 1, distance), 1);

describe('the schedule with the least bound', () => {
  it('is close to linear decay, T = 100, as a numerical search over 100 step sizes found', () => {
    const { rates, bound } = optimalSchedule(100);
    expect(rates).toHaveLength(101);
    expect(rates[100]).toBe(0);
    expect(bound).toBeCloseTo(0.2001144, 7);
    expect(omega(rates)).toBeCloseTo(bound, 12);
    const shape = [10, 25, 50, 75, 90].map((t) => rates[t - 1] / rates[0]);
    [0.91, 0.76, 0.511, 0.265, 0.121].forEach((value, i) =>
      expect(Math.abs(shape[i] - value)).toBeLessThan(5e-4),
    );
    const linear = Float64Array.from({ length: 101 }, (_, t) => 1 - t / 100);
    expect(optimalBound(boundTerms(linear, 100))).toBeCloseTo(0.2036084, 7);
  });

  it('needs no base rate: γ* is 1', () => {
    expect(optimalRate(boundTerms(optimalSchedule(57).rates, 57))).toBeCloseTo(1, 10);
  });

  it('no change of single steps makes better, for any norms and distance', () => {
    const norm = fc.double({ min: 0.2, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(norm, { minLength: 2, maxLength: 20 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.nat(19),
        fc.constantFrom(0.5, 0.9, 0.99, 1.01, 1.1, 2),
        (values, distance, place, factor) => {
          const norms = Float64Array.from([...values, 1]);
          const { rates, bound } = optimalSchedule(values.length, norms, distance);
          expect(omega(rates, norms, distance) / bound).toBeCloseTo(1, 9);
          rates[place % values.length] *= factor;
          expect(omega(rates, norms, distance)).toBeGreaterThanOrEqual(bound * (1 - 1e-12));
        },
      ),
    );
  });

  it('is a kind of schedule, with the same bound at its best rate', () => {
    const rates = learningRates(makeSchedule(0.7, makeBody('optimal')), 100);
    expect(rates[0]).toBe(0.7);
    expect(optimalBound(boundTerms(rates, 100))).toBeCloseTo(0.2001144, 7);
    const warm = learningRates(makeSchedule(1, makeBody('optimal'), { steps: 5 }), 25);
    expect(Array.from(warm.slice(5))).toEqual(
      Array.from(learningRates(makeSchedule(1, makeBody('optimal')), 20)),
    );
  });

  it('takes one step of D / G for a horizon of one', () => {
    const { rates, bound } = optimalSchedule(1, 4, 2);
    expect([...rates]).toEqual([0.5, 0]);
    expect(bound).toBeCloseTo(8, 12);
  });
});
