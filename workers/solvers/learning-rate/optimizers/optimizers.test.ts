import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultParams } from '../../../../src/core/params.ts';
import { createRng } from '../../../../src/core/rng.ts';
import * as specs from '../../../../src/problems/learning-rate/optimizer-params.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { SPAM_GRACE } from './adaptive.ts';
import * as optimizers from './index.ts';
import { createOrthogonaliser } from './muon.ts';
import type { MakeOptimizer, Setting } from './optimizer.ts';

const settingOf = (start: Float64Array, rest: Partial<Setting> = {}): Setting => ({
  start: start.slice(),
  decayed: new Uint8Array(start.length).fill(1),
  hidden: [],
  matrices: [],
  steps: 1000,
  oracle: { again: () => NaN, next: () => NaN },
  rng: createRng(1),
  ...rest,
});

/** An optimizer with its published defaults, changed where given. */
function make<Params>(
  optimizer: MakeOptimizer<Params>,
  params: readonly (typeof specs.momentumParams)[number][] | readonly object[],
  start: Float64Array,
  given: Partial<Params> = {},
  rest: Partial<Setting> = {},
) {
  const defaults = defaultParams(params as Parameters<typeof defaultParams>[0]);
  return optimizer({ ...defaults, ...given } as Params, settingOf(start, rest));
}

/** Points after each of `count` steps with gradients from `gradientOf`. */
function follow(
  { step }: ReturnType<MakeOptimizer<never>>,
  start: ArrayLike<number>,
  count: number,
  rate: number,
  gradientOf: (x: Float64Array, t: number) => ArrayLike<number>,
): Float64Array[] {
  const x = Float64Array.from(start);
  return Array.from({ length: count }, (_, t) => {
    step(x, Float64Array.from(gradientOf(x, t)), rate);
    return x.slice();
  });
}

const start = Float64Array.of(1, -2);
const constant = () => [0.5, 4];
const near = (values: readonly number[], digits = 12) =>
  values.map((value): unknown => expect.closeTo(value, digits));
const length = (v: ArrayLike<number>) => Math.hypot(...Array.from(v));

describe('by hand, under a constant gradient', () => {
  const after = (optimizer: ReturnType<MakeOptimizer<never>>, count: number) => [
    ...follow(optimizer, start, count, 0.1, constant)[count - 1],
  ];

  it('SGD, momentum and Nesterov', () => {
    expect(after(make(optimizers.sgd, specs.sgdParams, start), 2)).toEqual(near([0.9, -2.8]));
    const half = { momentum: 0.5 };
    const heavy = make(optimizers.momentum, specs.momentumParams, start, half);
    expect(after(heavy, 2)[0]).toBeCloseTo(1 - 0.1 * (0.5 + 0.75), 12);
    const ahead = make(optimizers.nesterov, specs.momentumParams, start, half);
    expect(after(ahead, 2)[0]).toBeCloseTo(1 - 0.1 * (0.75 + 0.875), 12);
  });

  it('Adagrad’s steps fall as η / √t', () => {
    const sum = [1, 2, 3, 4, 5].reduce((total, t) => total + 1 / Math.sqrt(t), 0);
    const adagrad = make(optimizers.adagrad, specs.adagradParams, start);
    expect(after(adagrad, 5)).toEqual(near([1 - 0.1 * sum, -2 - 0.1 * sum], 9));
  });

  it('RMSProp starts with steps of η / √(1 − αᵗ)', () => {
    const sum = [1, 2, 3].reduce((total, t) => total + 1 / Math.sqrt(1 - 0.99 ** t), 0);
    const rmsprop = make(optimizers.rmsprop, specs.rmspropParams, start);
    expect(after(rmsprop, 3)).toEqual(near([1 - 0.1 * sum, -2 - 0.1 * sum], 6));
  });

  it('Adam and AMSGrad move each coordinate by η', () => {
    for (const optimizer of [optimizers.adam, optimizers.amsgrad]) {
      const tiny = make(optimizer, specs.adamParams, start, { epsilon: 1e-12 });
      expect(after(tiny, 3)).toEqual(near([0.7, -2.3], 9));
    }
  });

  it('AdamW, Lion, Muon and Prodigy shrink weights and leave biases', () => {
    const decayed = Uint8Array.of(1, 0);
    const shrunk = (optimizer: ReturnType<MakeOptimizer<never>>) => [
      ...follow(optimizer, start, 1, 0.1, () => [0, 0])[0],
    ];
    const half = { decay: 0.5 };
    const adamw = make(optimizers.adamw, specs.adamwParams, start, half, { decayed });
    expect(shrunk(adamw)).toEqual([0.95, -2]);
    const lion = make(optimizers.lion, specs.lionParams, start, half, { decayed });
    expect(shrunk(lion)).toEqual([0.95, -2]);
    const muon = make(optimizers.muon, specs.muonParams, start, half, { decayed });
    expect(shrunk(muon)).toEqual([expect.closeTo(1 - 0.1 * 0.5 * 0.015, 12), -2]);
  });
});

describe('AMSGrad', () => {
  it('takes smaller and smaller steps after a spike where Adam recovers', () => {
    const gradientOf = (_: Float64Array, t: number) => (t === 0 ? [1000] : [1]);
    const lastStep = (optimizer: MakeOptimizer<specs.AdamParams>) => {
      const one = Float64Array.of(0);
      const adam = make(optimizer, specs.adamParams, one, { beta2: 0.9 });
      const points = follow(adam, one, 300, 1, gradientOf);
      return points[298][0] - points[299][0];
    };
    expect(lastStep(optimizers.adam)).toBeGreaterThan(0.9);
    // The spike's v = 0.1 · 10⁶ stays: 1 / √(10⁵).
    expect(lastStep(optimizers.amsgrad)).toBeCloseTo(1 / Math.sqrt(1e5), 6);
  });
});

describe('Lion', () => {
  const vector = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  });

  it('moves every coordinate by exactly η', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 20 }), (gradients) => {
        const x = new Float64Array(3);
        const lion = make(optimizers.lion, specs.lionParams, x);
        const m = [0, 0, 0];
        for (const g of gradients) {
          const before = x.slice();
          lion.step(x, Float64Array.from(g), 0.25);
          for (let i = 0; i < 3; i++) {
            const direction = Math.sign(0.9 * m[i] + (1 - 0.9) * g[i]);
            // Multiples of a quarter are exact.
            expect(x[i]).toBe(before[i] - 0.25 * direction);
            m[i] = 0.99 * m[i] + (1 - 0.99) * g[i];
          }
        }
      }),
    );
  });

  it('stays in the box 1/λ, and enters it from outside', () => {
    fc.assert(
      fc.property(
        fc.array(vector, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (gradients, decay) => {
          const x = Float64Array.of(1 / decay, -0.5 / decay, 0);
          const lion = make(optimizers.lion, specs.lionParams, x, { decay });
          for (const g of gradients) {
            lion.step(x, Float64Array.from(g), 0.05);
            for (const value of x) expect(Math.abs(value)).toBeLessThanOrEqual(1 / decay + 1e-12);
          }
        },
      ),
    );
    const far = Float64Array.of(100);
    const lion = make(optimizers.lion, specs.lionParams, far, { decay: 0.5 });
    const points = follow(lion, far, 400, 0.1, () => [-1]);
    expect(points[0][0]).toBeLessThan(100);
    expect(points[399][0]).toBeCloseTo(2, 6);
  });
});

/** Random orthonormal columns: `rows` ≥ `columns`, by Gram and Schmidt. */
function orthonormal(rows: number, columns: number, normal: () => number): number[][] {
  const basis: number[][] = [];
  while (basis.length < columns) {
    const v = Array.from({ length: rows }, normal);
    for (const u of basis) {
      const dot = v.reduce((sum, value, i) => sum + value * u[i], 0);
      for (let i = 0; i < rows; i++) v[i] -= dot * u[i];
    }
    const norm = length(v);
    basis.push(v.map((value) => value / norm));
  }
  return basis;
}

describe('Muon', () => {
  it.each([
    [6, 6],
    [12, 5],
    [5, 12],
  ])('brings the singular values of %i × %i matrices into [0.68, 1.14]', (rows, columns) => {
    const count = Math.min(rows, columns);
    for (let seed = 1; seed <= 40; seed++) {
      const rng = createRng(seed);
      const normal = createNormal(rng);
      const left = orthonormal(rows, count, normal);
      const right = orthonormal(columns, count, normal);
      // From 1/50 of the largest up.
      const sigma = Array.from({ length: count }, () => 7 * 50 ** -rng.float());
      const u = new Float64Array(rows * columns);
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++)
          for (let k = 0; k < count; k++) u[i * columns + j] += sigma[k] * left[k][i] * right[k][j];
      createOrthogonaliser(rows, columns)(u);
      for (let k = 0; k < count; k++)
        for (let l = 0; l < count; l++) {
          let value = 0;
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++)
              value += left[k][i] * u[i * columns + j] * right[l][j];
          if (k !== l) expect(Math.abs(value)).toBeLessThan(1e-9);
          else {
            expect(value).toBeGreaterThan(0.68);
            expect(value).toBeLessThan(1.135);
          }
        }
    }
  });

  it('moves hidden matrices by the orthogonalised momentum and the rest as AdamW', () => {
    const x = Float64Array.from({ length: 12 }, (_, i) => i / 7);
    const g = Float64Array.from({ length: 12 }, (_, i) => Math.sin(3 * i + 1));
    const hidden = [{ from: 2, rows: 2, columns: 4 }];
    const muon = make(optimizers.muon, specs.muonParams, x, {}, { hidden });
    const [after] = follow(muon, x, 1, 0.02, () => g);
    const u = g.slice(2, 10);
    createOrthogonaliser(2, 4)(u);
    for (let i = 0; i < 8; i++)
      expect(after[2 + i]).toBeCloseTo(x[2 + i] - 0.02 * Math.sqrt(2) * u[i], 6);
    for (const i of [0, 1, 10, 11])
      expect(after[i]).toBeCloseTo(x[i] - 0.02 * 0.015 * Math.sign(g[i]), 9);
    // 2 × 4 and 4 × 2 blocks: 5 · 2² · (2 · 4 + 2) multiply-adds.
    expect(muon.work).toBe(200);
  });
});

describe('SPAM', () => {
  const train = (spam: ReturnType<MakeOptimizer<never>>, spikeAt: number, count: number) =>
    follow(spam, [0], count, 0.01, (_, t) => [t + 1 === spikeAt ? 1e6 : 1]);
  const one = Float64Array.of(0);

  it('cuts an injected spike to √(θ v), which Adam lets through', () => {
    const { step } = make(optimizers.spam, specs.spamParams, one);
    const x = one.slice();
    for (let t = 1; t <= 100; t++) step(x, Float64Array.of(1), 0.01);
    const spike = Float64Array.of(-1e6);
    step(x, spike, 0.01);
    const v = 1 - 0.999 ** 100;
    expect(spike[0]).toBeCloseTo(-Math.sqrt(5000 * v), 6);
    const travelled = (points: Float64Array[]) => Math.abs(points[199][0] - points[120][0]);
    const spam = travelled(train(make(optimizers.spam, specs.spamParams, one), 101, 200));
    const adam = travelled(
      train(make(optimizers.adam, specs.adamParams, one, { epsilon: 1e-6 }), 101, 200),
    );
    expect(spam).toBeGreaterThan(20 * adam);
  });

  it('lets everything through in the first steps', () => {
    const { step } = make(optimizers.spam, specs.spamParams, one);
    const x = one.slice();
    for (let t = 1; t < SPAM_GRACE; t++) {
      const g = Float64Array.of(t === 5 ? 1e6 : 1);
      step(x, g, 0.01);
      expect(g[0]).toBe(t === 5 ? 1e6 : 1);
    }
  });

  it('forgets at the interval and warms up again', () => {
    const { step } = make(optimizers.spam, specs.spamParams, one);
    const x = one.slice();
    const rates = Array.from({ length: 700 }, () => step(x, Float64Array.of(1), 1));
    expect(rates.slice(0, 499)).toEqual(Array(499).fill(1));
    // Step 500, then 1 − 0.99 · half a cosine over 151 steps.
    expect(rates[499]).toBeCloseTo(0.01, 12);
    expect(rates[499 + 75]).toBeCloseTo(1 - 0.495 * (1 + Math.cos((Math.PI * 75) / 151)), 12);
    expect(rates.slice(499 + 150)).toEqual(Array(51).fill(1));
    for (let i = 500; i < 650; i++) expect(rates[i]).toBeGreaterThan(rates[i - 1]);
  });
});

describe('schedule-free', () => {
  it('with a constant gradient: z after T steps, x the mean of the z, y between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (steps, beta) => {
          const { average, step } = make(
            optimizers.scheduleFreeSgd,
            specs.scheduleFreeSgdParams,
            start,
            {
              momentum: beta,
            },
          );
          const points = follow({ step }, start, steps, 0.1, constant);
          for (const [i, g] of [0.5, 4].entries()) {
            const z = start[i] - 0.1 * steps * g;
            const x = start[i] - (0.1 * (steps + 1) * g) / 2;
            expect(average![i]).toBeCloseTo(x, 9);
            expect(points[steps - 1][i]).toBeCloseTo((1 - beta) * z + beta * x, 9);
          }
        },
      ),
    );
  });

  it('AdamW: a constant gradient moves z by η √(1 − β₂ᵗ) / √(v) at each step', () => {
    const sf = make(optimizers.scheduleFreeAdamw, specs.scheduleFreeAdamwParams, start, {
      epsilon: 1e-14,
    });
    follow(sf, start, 50, 0.1, constant);
    // √(1 − β₂ᵗ) g / √(1 − β₂ᵗ) g² = 1, so z moves by η; weights are 1 − β₂ᵗ.
    const weights = Array.from({ length: 50 }, (_, t) => 1 - 0.999 ** (t + 1));
    const total = weights.reduce((a, b) => a + b, 0);
    const mean = weights.reduce((sum, weight, t) => sum + weight * (t + 1), 0) / total;
    expect([...sf.average!]).toEqual(near([1 - 0.1 * mean, -2 - 0.1 * mean], 9));
  });

  it('weighs by the square of the largest rate, so a warm-up counts little', () => {
    const { average, step } = make(optimizers.scheduleFreeSgd, specs.scheduleFreeSgdParams, start);
    const y = start.slice();
    const rates = [0.1, 0.2, 0.3, 0.1];
    let z = 1;
    let sum = 0;
    let weights = 0;
    rates.forEach((rate, t) => {
      step(y, Float64Array.of(0.5, 4), rate);
      const weight = Math.max(...rates.slice(0, t + 1)) ** 2;
      z -= rate * 0.5;
      sum += weight * z;
      weights += weight;
    });
    expect(average![0]).toBeCloseTo(sum / weights, 12);
  });
});

describe('methods that find their rate', () => {
  /** Gradient of |x − goal| over coordinates scaled by `sizes`: convex, not smooth. */
  const distanceGradient =
    (goal: readonly number[], sizes: readonly number[]) =>
    (x: Float64Array): number[] =>
      goal.map((value, i) => sizes[i] * Math.sign(x[i] - value));
  const point = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
    minLength: 4,
    maxLength: 4,
  });
  const sizes = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), {
    minLength: 4,
    maxLength: 4,
  });
  const origin = new Float64Array(4);

  it('D-Adaptation: d never shrinks, and half of it never exceeds the true distance', () => {
    fc.assert(
      fc.property(point, sizes, (goal, scale) => {
        const gradientOf = distanceGradient(goal, scale);
        const { step } = make(optimizers.dAdaptation, specs.dAdaptationParams, origin);
        const x = origin.slice();
        const firstNorm = length(gradientOf(x));
        let before = 0;
        for (let t = 0; t < 150; t++) {
          const d = step(x, Float64Array.from(gradientOf(x)), 1) * firstNorm;
          expect(d).toBeGreaterThanOrEqual(before);
          expect(d / 2).toBeLessThanOrEqual(Math.max(1e-6, length(goal)) * (1 + 1e-9));
          before = d;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('D-Adaptation grows from 10⁻⁶ to the scale of the distance', () => {
    const goal = [3, -4, 0, 0];
    const { step } = make(optimizers.dAdaptation, specs.dAdaptationParams, origin);
    const x = origin.slice();
    const gradientOf = distanceGradient(goal, [1, 1, 1, 1]);
    let d = 0;
    for (let t = 0; t < 200; t++) d = step(x, Float64Array.from(gradientOf(x)), 1);
    expect(d * Math.SQRT2).toBeGreaterThan(0.5);
  });

  it('Prodigy: d never shrinks, also with noise', () => {
    fc.assert(
      fc.property(point, sizes, fc.integer({ min: 1, max: 1e6 }), (goal, scale, seed) => {
        const normal = createNormal(createRng(seed));
        const { step } = make(optimizers.prodigy, specs.prodigyParams, origin);
        const x = origin.slice();
        let before = 0;
        for (let t = 0; t < 150; t++) {
          const g = distanceGradient(goal, scale)(x).map((value) => value + 0.5 * normal());
          const d = step(x, Float64Array.from(g), 1);
          expect(d).toBeGreaterThanOrEqual(before);
          before = d;
        }
        expect(before).toBeGreaterThanOrEqual(1e-6);
      }),
      { numRuns: 60 },
    );
  });

  it('Prodigy comes near a far minimum without being told a rate', () => {
    const goal = [30, -40, 5, 7];
    const prodigy = make(optimizers.prodigy, specs.prodigyParams, origin);
    const gradientOf = (x: Float64Array) => goal.map((value, i) => x[i] - value);
    const last = follow(prodigy, origin, 1500, 1, gradientOf)[1499];
    expect(length(last.map((value, i) => value - goal[i]))).toBeLessThan(0.05 * length(goal));
  });

  it('DoG steps by the largest distance so far over the root of all squared gradients', () => {
    fc.assert(
      fc.property(point, sizes, (goal, scale) => {
        const gradientOf = distanceGradient(goal, scale);
        const { step } = make(optimizers.dog, specs.dogParams, origin);
        const x = origin.slice();
        let distance = 1e-6;
        let squares = 1e-8;
        for (let t = 0; t < 80; t++) {
          const g = gradientOf(x);
          distance = Math.max(distance, length(x));
          squares += length(g) ** 2;
          expect(step(x, Float64Array.from(g), 1) / (distance / Math.sqrt(squares))).toBeCloseTo(
            1,
            9,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('DoG’s model is the average with weights t (t + 1) … (t + 7)', () => {
    const { average, step } = make(optimizers.dog, specs.dogParams, start);
    const points = follow({ step }, start, 30, 1, (x) => [x[0] - 3, x[1] + 1]);
    const weights = points.map((_, i) =>
      [0, 1, 2, 3, 4, 5, 6, 7].reduce((product, k) => product * (i + 1 + k), 1),
    );
    const total = weights.reduce((a, b) => a + b, 0);
    for (const i of [0, 1]) {
      const mean = points.reduce((sum, x, t) => sum + (weights[t] * x[i]) / total, 0);
      expect(average![i]).toBeCloseTo(mean, 12);
    }
  });

  it('stand still at a zero gradient', () => {
    for (const [optimizer, params] of [
      [optimizers.dAdaptation, specs.dAdaptationParams],
      [optimizers.prodigy, specs.prodigyParams],
      [optimizers.dog, specs.dogParams],
    ] as const) {
      const still = make(optimizer as MakeOptimizer<object>, params, start);
      expect([...follow(still, start, 3, 1, () => [0, 0])[2]]).toEqual([1, -2]);
    }
  });
});
