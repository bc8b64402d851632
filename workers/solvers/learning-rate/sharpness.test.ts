import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { parameterCount } from '../../../src/problems/learning-rate/model.ts';
import { createNormal } from '../../../src/problems/learning-rate/random.ts';
import { makeTask } from '../../../src/problems/learning-rate/tasks.ts';
import { createFullGradient, createProduct, createSharpness } from './sharpness.ts';

/** The generator's result. */
function resultOf(run: Generator<number, number, void>): number {
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

/** The quadratic form of a symmetric matrix given by its rows. */
const form = (rows: number[][]) => (x: Float64Array, gradient: Float64Array) => {
  let value = 0;
  rows.forEach((row, i) => {
    gradient[i] = row.reduce((sum, entry, j) => sum + entry * x[j], 0);
    value += 0.5 * gradient[i] * x[i];
  });
  return value;
};

describe('sharpness', () => {
  it.each([
    [
      [
        [3, 1],
        [1, 3],
      ],
      4,
    ],
    [
      [
        [2, 0, 0],
        [0, -7, 0],
        [0, 0, 5],
      ],
      5,
    ],
    [
      [
        [-1, 0],
        [0, -4],
      ],
      -1,
    ],
    [
      [
        [0, 0],
        [0, 0],
      ],
      0,
    ],
  ])('is the largest eigenvalue of %j', (rows, expected) => {
    const measure = createSharpness(form(rows), rows.length, createRng(1));
    expect(resultOf(measure(new Float64Array(rows.length)))).toBeCloseTo(expected, 2);
  });

  it('follows a Hessian that changes', () => {
    const matrix = [
      [1, 0],
      [0, 2],
    ];
    const measure = createSharpness(form(matrix), 2, createRng(1));
    expect(resultOf(measure(new Float64Array(2)))).toBeCloseTo(2, 2);
    matrix[0][0] = 6;
    expect(resultOf(measure(new Float64Array(2)))).toBeCloseTo(6, 2);
  });

  it.each([
    makeTask('spirals', { samples: 50, width: 6 }),
    makeTask('iris', { width: 5, activation: 'gelu' }),
    makeTask('logistic', { samples: 60 }),
    makeTask('table', {
      goal: 'values',
      csv: Array.from({ length: 20 }, (_, i) => `${i},${i * i}`).join('\n'),
    }),
    makeTask('rosenbrock'),
  ])('takes products with a symmetric Hessian ($kind)', (task) => {
    const full = createFullGradient(task)!;
    const count = parameterCount(task);
    const normal = createNormal(createRng(3));
    const draw = () => Float64Array.from({ length: count }, () => 0.5 * normal());
    const unit = (v: Float64Array) => v.map((entry) => entry / Math.hypot(...v));
    const [x, u, v] = [draw(), unit(draw()), unit(draw())];
    const product = createProduct(full, count);
    const dot = (a: Float64Array, b: Float64Array) =>
      a.reduce((sum, entry, i) => sum + entry * b[i], 0);
    const [hu, hv] = [new Float64Array(count), new Float64Array(count)];
    product(x, u, hu);
    product(x, v, hv);
    expect(dot(hu, v)).toBeCloseTo(dot(hv, u), 5);
    // And with the second difference of the loss along u.
    const at = (h: number) =>
      full(
        x.map((entry, i) => entry + h * u[i]),
        new Float64Array(count),
      );
    const second = (at(1e-3) - 2 * at(0) + at(-1e-3)) / 1e-6;
    expect(Math.abs(dot(hu, u) - second)).toBeLessThan(1e-3 * (1 + Math.abs(second)));
  });

  it('is not there without a Hessian', () => {
    expect(createFullGradient(makeTask('absolute'))).toBeNull();
    expect(createFullGradient(makeTask('text'))).toBeNull();
  });
});
