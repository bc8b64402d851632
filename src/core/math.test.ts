import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, expm1, log, pow, sin, tanh } from './math.ts';

const relative = (a: number, b: number) =>
  a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(b), Number.MIN_VALUE);

const worst = (f: (x: number) => number, g: (x: number) => number, low: number, high: number) => {
  let error = 0;
  for (let i = 0; i <= 200_000; i++) {
    const x = low + ((high - low) * i) / 200_000;
    error = Math.max(error, relative(f(x), g(x)));
  }
  return error;
};

describe('elementary functions against the engine', () => {
  it.each([
    ['exp', exp, Math.exp, -700, 700],
    ['exp near 0', exp, Math.exp, -1, 1],
    ['expm1', expm1, Math.expm1, -0.3, 0.3],
    ['log', log, Math.log, 1e-3, 0.99],
    ['log of large numbers', log, Math.log, 1.01, 1e12],
    ['log near 1', log, Math.log, 0.9999, 1.0001],
    ['tanh', tanh, Math.tanh, -3, 3],
    ['tanh of large numbers', tanh, Math.tanh, -25, 25],
  ] as const)('%s is within 1e-15', (_name, f, g, low, high) => {
    expect(worst(f, g, low, high)).toBeLessThan(1e-15);
  });

  it('sin and cos are within 1e-15, absolute, to 10^6', () => {
    for (const range of [1, 10, 1e3, 1e6])
      for (let i = 0; i <= 50_000; i++) {
        const x = range * ((2 * i) / 50_000 - 1);
        if (Math.abs(sin(x) - Math.sin(x)) > 1e-15) throw new Error(`sin ${x}`);
        if (Math.abs(cos(x) - Math.cos(x)) > 1e-15) throw new Error(`cos ${x}`);
      }
  });

  it('pow is within 1e-13', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: -8, max: 8, noNaN: true }),
        (x, y) => relative(pow(x, y), x ** y) < 1e-13,
      ),
    );
  });

  it('keeps the special values', () => {
    expect([exp(0), exp(-Infinity), exp(Infinity), exp(800), exp(-800)]).toEqual([
      1,
      0,
      Infinity,
      Infinity,
      0,
    ]);
    expect(exp(709.7)).toBeCloseTo(Math.exp(709.7), -295);
    expect(relative(exp(-720), Math.exp(-720))).toBeLessThan(1e-12);
    expect([log(1), log(0), log(Infinity)]).toEqual([0, -Infinity, Infinity]);
    expect([log(-1), exp(NaN), log(NaN), tanh(NaN), sin(Infinity)]).toEqual(Array(5).fill(NaN));
    expect(relative(log(5e-320), Math.log(5e-320))).toBeLessThan(1e-15);
    expect([tanh(0), tanh(Infinity), tanh(-Infinity)]).toEqual([0, 1, -1]);
    expect([sin(0), cos(0)]).toEqual([0, 1]);
    expect([pow(2, 10), pow(2, -2), pow(-2, 3), pow(0, 0.3), pow(9, 0.5), pow(-1, 0.3)]).toEqual([
      1024,
      0.25,
      -8,
      0,
      3,
      NaN,
    ]);
  });
});
