import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningRates, ramp } from './curve.ts';
import { interpolate, simplify } from './interpolate.ts';
import { makeBody, makeSchedule, makeWsd, type Body, type ControlPoint } from './schedule.ts';

const rates = (body: Body, steps: number, warmup = {}, cooldown = {}) =>
  Array.from(learningRates(makeSchedule(2, body, warmup, cooldown), steps));

const close = (values: number[]) => values.map((value): unknown => expect.closeTo(value, 12));

describe('schedules by hand, peak 2', () => {
  const half = Math.SQRT1_2;
  const cases: [string, Body, number, number[]][] = [
    ['constant', makeBody('constant'), 3, [2, 2, 2, 2]],
    ['linear', makeBody('linear', { final: 0.5 }), 4, [2, 1.75, 1.5, 1.25, 1]],
    ['step', makeBody('step', { every: 0.5, factor: 0.1 }), 4, [2, 2, 0.2, 0.2, 0.2]],
    ['exponential', makeBody('exponential', { final: 0.01 }), 2, [2, 0.2, 0.02]],
    ['polynomial', makeBody('polynomial', { power: 2 }), 2, [2, 0.5, 0]],
    ['cosine', makeBody('cosine'), 4, [2, 1 + half, 1, 1 - half, 0]],
    [
      'cosine restarts',
      makeBody('cosine-restarts', { cycles: 2, growth: 2 }),
      6,
      [2, 1, 2, 1 + half, 1, 1 - half, 0],
    ],
    [
      'inverse square root',
      makeBody('inverse-square-root', { timescale: 1 }),
      3,
      [2, 2 * half, 2 / Math.sqrt(3), 1],
    ],
    [
      'one-cycle',
      makeBody('one-cycle', { rise: 0.5, startDivisor: 4, finalDivisor: 10 }),
      4,
      [0.5, 1.25, 2, (2 + 0.05) / 2, 0.05],
    ],
    ['REX', makeBody('rex'), 4, [2, 1.5 / 0.875, 1 / 0.75, 0.5 / 0.625, 0]],
    ['REX, β = 0', makeBody('rex', { beta: 0 }), 4, [2, 1.5, 1, 0.5, 0]],
    [
      'triangular',
      makeBody('triangular', { cycles: 2 }),
      8,
      [0.2, 1.1, 2, 1.1, 0.2, 1.1, 2, 1.1, 0.2],
    ],
    [
      'triangular2',
      makeBody('triangular', { cycles: 2, low: 0, shrink: 0.5, rise: 0.25 }),
      8,
      [0, 2, 4 / 3, 2 / 3, 0, 1, 2 / 3, 1 / 3, 0],
    ],
    [
      'Noam',
      makeBody('noam', { rise: 2 }),
      4,
      [1, 2, 2 * Math.sqrt(2 / 3), 2 * half, 2 * Math.sqrt(0.4)],
    ],
    [
      'multistep',
      makeBody('multistep', { third: 1 }),
      10,
      [2, 2, 2, 0.2, 0.2, 0.2, 0.02, 0.02, 0.02, 0.02, 0.02],
    ],
    [
      'segments',
      {
        kind: 'pieces',
        pieces: [
          { share: 1, shape: 'linear', from: 0, to: 1 },
          { share: 3, shape: 'exponential', from: 1, to: 0.125 },
        ],
      },
      4,
      [0, 2, 1, 0.5, 0.25],
    ],
    [
      'held points',
      {
        kind: 'points',
        interpolation: 'hold',
        points: [
          [0.25, 1],
          [0.75, 0.5],
        ],
      },
      4,
      [2, 2, 2, 1, 1],
    ],
    ['formula', { kind: 'formula', formula: 't < 2 ? 1 : z' }, 4, [2, 2, 1, 1.5, 2]],
  ];
  it.each(cases)('%s', (_name, body, steps, expected) =>
    expect(rates(body, steps)).toEqual(close(expected)),
  );

  it('REX has both published forms', () => {
    for (const [beta, form] of [
      [0.5, (z: number) => (1 - z) / (0.5 + 0.5 * (1 - z))],
      [0.9, (z: number) => (1 - z) / (0.1 + 0.9 * (1 - z))],
    ] as const)
      rates(makeBody('rex', { beta }), 50).forEach((rate, t) =>
        expect(rate).toBeCloseTo(2 * form(t / 50), 12),
      );
  });

  it('warm-up rises to the body, cooldown falls from it', () => {
    const body = makeBody('linear', { final: 0.5 });
    expect(rates(body, 8, { steps: 2, from: 0.5 }, { steps: 2, to: 0 })).toEqual(
      close([1, 1.5, 2, 1.75, 1.5, 1.25, 1, 0.5, 0]),
    );
    expect(rates(makeBody('constant'), 4, { steps: 2 }, { steps: 2, shape: 'sqrt' })).toEqual(
      close([0, 1, 2, 2 - Math.SQRT2, 0]),
    );
  });

  it('WSD cools down for ⌊c (T + 1)⌋ steps, all of T at most', () => {
    expect(makeWsd(1, 400).cooldown.steps).toBe(80);
    expect(makeWsd(1, 400, 1).cooldown.steps).toBe(400);
    expect(makeWsd(1, 10, 1, 'linear', 4).cooldown.steps).toBe(6);
  });

  it('a formula without a value gives 0 and a wild one is clipped', () => {
    expect(rates({ kind: 'formula', formula: 'log(0 - 1)' }, 1)).toEqual([0, 0]);
    expect(rates({ kind: 'formula', formula: '1 / t' }, 1)).toEqual([2000, 2]);
    expect(rates({ kind: 'formula', formula: '-1' }, 1)).toEqual([0, 0]);
  });

  it.each(['linear', 'cosine', 'exponential', 'sqrt', 'square'] as const)(
    'a %s ramp is monotone between its ends, also from or to 0',
    (shape) => {
      for (const [from, to] of [
        [1, 0.01],
        [0, 1],
        [1, 0],
        [1, 1],
      ]) {
        expect([ramp(shape, from, to, 0), ramp(shape, from, to, 1)]).toEqual([from, to]);
        let before = from;
        for (let i = 1; i <= 20; i++) {
          const value = ramp(shape, from, to, i / 20);
          expect(Math.sign(value - before) * Math.sign(to - from)).toBeGreaterThanOrEqual(0);
          before = value;
        }
      }
    },
  );
});

describe('interpolation', () => {
  const heights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 12 });
  const pointsOf = (values: number[]): ControlPoint[] =>
    values.map((value, i) => [i / (values.length - 1), value]);

  it('goes through its points and stays between neighbours (no overshoot)', () => {
    fc.assert(
      fc.property(heights, (values) => {
        const points = pointsOf(values);
        const curve = interpolate(points, 'monotone');
        points.forEach(([at, value]) => expect(curve(at)).toBeCloseTo(value, 9));
        for (let i = 0; i + 1 < points.length; i++) {
          const [low, high] = [points[i][1], points[i + 1][1]].sort((a, b) => a - b);
          for (let k = 1; k < 8; k++) {
            const value = curve(points[i][0] + (k / 8) * (points[i + 1][0] - points[i][0]));
            expect(value).toBeGreaterThanOrEqual(low - 1e-9);
            expect(value).toBeLessThanOrEqual(high + 1e-9);
          }
        }
      }),
    );
  });

  it('reproduces straight lines, and is constant beyond the ends', () => {
    const curve = interpolate(
      [
        [0.2, 1],
        [0.4, 2],
        [0.8, 4],
      ],
      'monotone',
    );
    expect([curve(0), curve(0.3), curve(0.6), curve(1)]).toEqual(close([1, 1.5, 3, 4]));
    expect(interpolate([[0.5, 3]], 'linear')(0.9)).toBe(3);
  });

  it('simplify keeps ends and stays within its tolerance', () => {
    fc.assert(
      fc.property(heights, (values) => {
        const kept = simplify(values, 5, values.length);
        expect([kept[0], kept.at(-1)]).toEqual([0, values.length - 1]);
        const curve = interpolate(
          kept.map((i): ControlPoint => [i, values[i]]),
          'linear',
        );
        values.forEach((value, i) =>
          expect(Math.abs(curve(i) - value)).toBeLessThanOrEqual(5 + 1e-9),
        );
        expect(simplify(values, 0, 3).length).toBeLessThanOrEqual(3);
      }),
    );
    expect(simplify([0, 1, 2, 3, 2, 1, 0], 1e-9, 100)).toEqual([0, 3, 6]);
  });
});

describe('composition', () => {
  const ratesOf = (body: Body, steps: number, warmup = 0) =>
    Array.from(learningRates(makeSchedule(1, body, { steps: warmup }), steps));

  it('runs schedules one after the other, each as if it were alone', () => {
    const parts = [
      { share: 1, body: makeBody('constant') },
      { share: 3, body: makeBody('cosine') },
    ];
    const rates = ratesOf({ kind: 'sequence', parts }, 40);
    expect(rates.slice(0, 10)).toEqual(new Array(10).fill(1));
    expect(rates.slice(10)).toEqual(ratesOf(makeBody('cosine'), 30));
  });

  it('counts steps of a part from its beginning', () => {
    const noam = makeBody('noam', { rise: 4 });
    const rates = ratesOf(
      {
        kind: 'sequence',
        parts: [
          { share: 1, body: noam },
          { share: 1, body: noam },
        ],
      },
      16,
    );
    expect(rates.slice(8, 12)).toEqual(rates.slice(0, 4));
  });

  it('multiplies schedules', () => {
    const [a, b] = [makeBody('cosine'), makeBody('exponential', { final: 0.1 })];
    const product = ratesOf({ kind: 'product', factors: [a, b] }, 50);
    const [ofA, ofB] = [ratesOf(a, 50), ratesOf(b, 50)];
    product.forEach((rate, t) => expect(rate).toBe(ofA[t] * ofB[t]));
  });

  it('starts after the warm-up and nests', () => {
    const inner: Body = { kind: 'product', factors: [makeBody('linear'), makeBody('linear')] };
    const body: Body = {
      kind: 'sequence',
      parts: [
        { share: 1, body: makeBody('constant') },
        { share: 1, body: inner },
      ],
    };
    const rates = ratesOf(body, 20, 10);
    expect(rates[5]).toBe(0.5);
    expect(rates[14]).toBe(1);
    expect(rates[17]).toBeCloseTo((1 - 2 / 5) ** 2, 12);
    expect(rates[20]).toBe(0);
  });
});
