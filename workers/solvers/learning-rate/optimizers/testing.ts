/** What the tests of optimizers share. */
import { defaultParams } from '../../../../src/core/params.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { solvers, type SolverId } from '../../../../src/problems/learning-rate/solvers.ts';
import { eigenSymmetric } from './dense.ts';
import type { MakeOptimizer, Setting } from './optimizer.ts';

export type Gradient = (x: Float64Array, g: Float64Array) => number;
export const none: Gradient = (_, g) => {
  g.fill(0);
  return 0;
};

export function make<Params>(
  id: SolverId,
  maker: MakeOptimizer<Params>,
  start: Float64Array,
  given: Partial<Params> = {},
  rest: Partial<Setting> = {},
  gradient: Gradient = none,
) {
  const { params } = solvers.find((solver) => solver.id === id)!;
  return maker({ ...defaultParams(params), ...given } as Params, {
    start: start.slice(),
    decayed: new Uint8Array(start.length).fill(1),
    hidden: rest.matrices ?? [],
    matrices: [],
    steps: 1000,
    oracle: { again: gradient, next: gradient },
    rng: createRng(1),
    ...rest,
  });
}

/** Points after each of `count` steps. */
export function follow(
  optimizer: ReturnType<MakeOptimizer<never>>,
  start: Float64Array,
  count: number,
  rate: number,
  gradient: Gradient,
): Float64Array[] {
  const x = start.slice();
  const g = new Float64Array(x.length);
  return Array.from({ length: count }, () => {
    gradient(x, g);
    optimizer.step(x, g, rate);
    return x.slice();
  });
}

export const norm = (v: ArrayLike<number>) =>
  Math.sqrt(Array.from(v).reduce((sum, x) => sum + x * x, 0));
export const normals = (count: number, seed: number) => {
  const normal = createNormal(createRng(seed));
  return Float64Array.from({ length: count }, normal);
};

/** Singular values of a rows × columns matrix, falling. */
export function singularValues(a: Float64Array, rows: number, columns: number): number[] {
  const gram = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < columns; j++)
      for (let k = 0; k < rows; k++)
        gram[i * columns + j] += a[k * columns + i] * a[k * columns + j];
  const values = new Float64Array(columns);
  eigenSymmetric(columns, gram, values, new Float64Array(columns * columns));
  return [...values].map((value) => Math.sqrt(Math.max(0, value))).sort((p, q) => q - p);
}

/** ½ Σ h x². */
export const quadratic =
  (...h: number[]): Gradient =>
  (x, g) => {
    let loss = 0;
    for (let i = 0; i < x.length; i++) {
      g[i] = h[i] * x[i];
      loss += 0.5 * h[i] * x[i] * x[i];
    }
    return loss;
  };
