/** Shampoo: each weight matrix is preconditioned from both sides; also with its state in 4 bits. */
import type { ShampooParams } from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { matmul, transpose } from '../matmul.ts';
import { createRest } from './adaptive.ts';
import { eigenSymmetric } from './dense.ts';
import { createFourBit, dequantise, quantise } from './four-bit.ts';
import {
  decay,
  squareNorm,
  type MakeOptimizer,
  type Optimizer,
  type Setting,
} from './optimizer.ts';

/** Longer sides are left as they are: roots of large matrices would take too long. */
export const MAX_ORDER = 128;
/** Steps of Björck's iteration before the statistics and before the root are renewed. */
const BJORCK = { statistics: 1, root: 4 };

/** A running mean of G Gᵀ and its inverse fourth root. */
interface Preconditioner {
  readonly state: Optimizer['state'];
  /** mean ← β mean + (1 − β) gram. */
  add(gram: Float64Array, beta: number): void;
  /** Renews the root of mean + ε λmax I. */
  renew(epsilon: number): void;
  /** The root, row-major. */
  root(): Float64Array;
}

/** V diag(f(λ)) Vᵀ of eigenvectors in rows. O(n³). */
function compose(
  n: number,
  vectors: Float64Array,
  f: (index: number) => number,
  scratch: Float64Array,
  result: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const factor = f(i);
    for (let j = 0; j < n; j++) scratch[i * n + j] = factor * vectors[i * n + j];
  }
  matmul(n, n, n, scratch, 0, 1, n, vectors, 0, n, result, 0, false);
}

/** (λ + ε λmax)^(−1/4), negative rounding errors taken as 0. */
function rootsOf(values: Float64Array | Float32Array, epsilon: number): (index: number) => number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i]);
  const floor = largest > 0 ? epsilon * largest : 1;
  return (i) => 1 / Math.sqrt(Math.sqrt(Math.max(0, values[i]) + floor));
}

function createFull(n: number): Preconditioner {
  const mean = new Float64Array(n * n);
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1;
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  const scratch = new Float64Array(n * n);
  return {
    state: [mean, inverse],
    add(gram, beta) {
      for (let i = 0; i < mean.length; i++) mean[i] = beta * mean[i] + (1 - beta) * gram[i];
    },
    renew(epsilon) {
      scratch.set(mean);
      eigenSymmetric(n, scratch, values, vectors);
      compose(n, vectors, rootsOf(values, epsilon), scratch, inverse);
    },
    root: () => inverse,
  };
}

/**
 * Björck's orthonormalisation V ← 1.5 V − 0.5 V Vᵀ V of n rows of length n, `steps` times: brings
 * singular values near 1 to 1. O(n³).
 */
export function rectify(n: number, v: Float64Array, steps: number): void {
  const turned = new Float64Array(n * n);
  const gram = new Float64Array(n * n);
  const next = new Float64Array(n * n);
  for (let k = 0; k < steps; k++) {
    transpose(v, 0, n, n, turned);
    matmul(n, n, n, v, 0, n, 1, turned, 0, n, gram, 0, false);
    matmul(n, n, n, gram, 0, n, 1, v, 0, n, next, 0, false);
    for (let i = 0; i < v.length; i++) v[i] = 1.5 * v[i] - 0.5 * next[i];
  }
}

/**
 * The mean as eigenvalues and eigenvectors in four bits, the root as its diagonal and the rest in
 * four bits. What four bits did to the eigenvectors is put right by Björck's iteration.
 */
function createQuantised(n: number): Preconditioner {
  const values = new Float32Array(n);
  const vectors = createFourBit(n * n);
  const diagonal = new Float32Array(n).fill(1);
  const offDiagonal = createFourBit(n * n);
  const v = new Float64Array(n * n);
  const mean = new Float64Array(n * n);
  const scratch = new Float64Array(n * n);
  const spectrum = new Float64Array(n);
  quantise(v, offDiagonal);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  quantise(v, vectors);
  return {
    state: [values, vectors.codes, vectors.scales, diagonal, offDiagonal.codes, offDiagonal.scales],
    add(gram, beta) {
      dequantise(vectors, v);
      rectify(n, v, BJORCK.statistics);
      compose(n, v, (i) => beta * values[i], scratch, mean);
      for (let i = 0; i < mean.length; i++) mean[i] += (1 - beta) * gram[i];
      eigenSymmetric(n, mean, spectrum, v);
      values.set(spectrum);
      quantise(v, vectors);
    },
    renew(epsilon) {
      dequantise(vectors, v);
      rectify(n, v, BJORCK.root);
      compose(n, v, rootsOf(values, epsilon), scratch, mean);
      for (let i = 0; i < n; i++) {
        diagonal[i] = mean[i * n + i];
        mean[i * n + i] = 0;
      }
      quantise(mean, offDiagonal);
    },
    root() {
      dequantise(offDiagonal, mean);
      for (let i = 0; i < n; i++) mean[i * n + i] = diagonal[i];
      return mean;
    },
  };
}

function createShampoo(
  params: ShampooParams,
  { start, decayed, matrices }: Setting,
  createSide: (n: number) => Preconditioner,
): Optimizer {
  const { beta, epsilon, statistics, roots } = params;
  const adam = { beta1: params.beta1, beta2: params.beta2, epsilon: 1e-8 };
  // Adam's step on everything: what matrices have no part in, and the length of their steps.
  const grafted = createRest(adam, start.length, []);
  const { m } = grafted;
  const moved = new Float64Array(start.length);
  const parts = matrices.map(({ from, rows, columns }) => ({
    from,
    rows,
    columns,
    left: rows > 1 && rows <= MAX_ORDER ? createSide(rows) : null,
    right: columns > 1 && columns <= MAX_ORDER ? createSide(columns) : null,
    turned: new Float64Array(rows * columns),
    half: new Float64Array(rows * columns),
    direction: new Float64Array(rows * columns),
    gramLeft: new Float64Array(rows <= MAX_ORDER ? rows * rows : 0),
    gramRight: new Float64Array(columns <= MAX_ORDER ? columns * columns : 0),
  }));
  const count = new Uint32Array(1);
  return {
    state: [
      ...grafted.state,
      ...parts.flatMap(({ left, right }) => [...(left?.state ?? []), ...(right?.state ?? [])]),
      count,
    ],
    work: parts.reduce((sum, { left, right, rows, columns }) => {
      const cube = (left ? rows ** 3 : 0) + (right ? columns ** 3 : 0);
      return (
        sum + (10 * cube) / Math.min(statistics, roots) + 2 * rows * columns * (rows + columns)
      );
    }, 0),
    step(x, g, rate) {
      decay(x, decayed, rate * params.decay);
      moved.set(x);
      grafted.step(moved, g, 1);
      const t = count[0]++;
      for (let i = 0; i < x.length; i++) {
        moved[i] = x[i] - moved[i];
        x[i] -= rate * moved[i];
      }
      for (const part of parts) {
        const { from, rows, columns, left, right, turned, half, direction } = part;
        const size = rows * columns;
        if (t % statistics === 0) {
          transpose(g, from, rows, columns, turned);
          if (left) {
            matmul(
              rows,
              rows,
              columns,
              g,
              from,
              columns,
              1,
              turned,
              0,
              rows,
              part.gramLeft,
              0,
              false,
            );
            left.add(part.gramLeft, beta);
          }
          if (right) {
            matmul(
              columns,
              columns,
              rows,
              turned,
              0,
              rows,
              1,
              g,
              from,
              columns,
              part.gramRight,
              0,
              false,
            );
            right.add(part.gramRight, beta);
          }
        }
        if (t % roots === 0) {
          left?.renew(epsilon);
          right?.renew(epsilon);
        }
        if (left)
          matmul(rows, columns, rows, left.root(), 0, rows, 1, m, from, columns, half, 0, false);
        else half.set(m.subarray(from, from + size));
        if (right)
          matmul(
            rows,
            columns,
            columns,
            half,
            0,
            columns,
            1,
            right.root(),
            0,
            columns,
            direction,
            0,
            false,
          );
        else direction.set(half);
        // Grafting: Adam's length in Shampoo's direction.
        let length = 0;
        for (let i = from; i < from + size; i++) length += moved[i] * moved[i];
        const own = squareNorm(direction);
        const scale = own > 0 ? Math.sqrt(length / own) : 0;
        for (let i = 0; i < size; i++)
          x[from + i] += rate * (moved[from + i] - scale * direction[i]);
      }
      return rate;
    },
  };
}

/**
 * L ← β L + (1 − β) G Gᵀ, R ← β R + (1 − β) Gᵀ G every `statistics` steps, their inverse fourth
 * roots every `roots` steps; D = L^(−1/4) M R^(−1/4) of the momentum M, and
 * W ← (1 − ηλ) W − η ‖Adam's step‖ / ‖D‖ · D. Everything else by AdamW.
 */
export const shampoo: MakeOptimizer<ShampooParams> = (params, setting) =>
  createShampoo(params, setting, createFull);

/** The same with the eigenvectors of L and R, and their roots, in four bits an entry. */
export const shampoo4bit: MakeOptimizer<ShampooParams> = (params, setting) =>
  createShampoo(params, setting, createQuantised);
