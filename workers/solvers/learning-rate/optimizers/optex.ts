/** OptEx: gradients that a Gaussian process foresees let several workers run one sequence. */
import { exp } from '../../../../src/core/math.ts';
import type { OptexParams } from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { cholesky, solveCholesky } from './dense.ts';
import type { MakeOptimizer } from './optimizer.ts';

/** Coordinates that distances are measured in, at most: the first so many of a random order. */
const MOST_COORDINATES = 5000;

/** Matérn kernel of smoothness 5/2 for a squared distance in length-scales. */
export function matern(square: number): number {
  const r = Math.sqrt(5 * square);
  return (1 + r + (r * r) / 3) * exp(-r);
}

/**
 * A step is one sequential iteration: from x, N − 1 steps with gradients foreseen by
 * ĝ(θ) = k(θ)ᵀ (K + σ² I)⁻¹ G from the last points and gradients; then the true gradients at all N
 * points (in parallel, if there were N workers), and the last point's step is kept.
 */
export const optex: MakeOptimizer<OptexParams> = (params, { start, oracle }) => {
  const { workers, history, noise, length } = params;
  const n = start.length;
  const used = Math.min(n, MOST_COORDINATES);
  const points = new Float64Array(history * n);
  const gradients = new Float64Array(history * n);
  const count = new Uint32Array(1);
  const factor = new Float64Array(history * history);
  const weights = new Float64Array(history);
  const path = new Float64Array(workers * n);
  const guess = new Float64Array(n);
  const gradient = new Float64Array(n);
  const point = new Float64Array(n);

  /** Kernel of all remembered points; row i ≥ column j. */
  const kernels = new Float64Array(history * history);

  const kernel = (a: Float64Array, from: number, b: Float64Array, at: number): number => {
    let sum = 0;
    for (let j = 0; j < used; j++) sum += (a[from + j] - b[at + j]) * (a[from + j] - b[at + j]);
    return matern(sum / (length * length));
  };

  function remember(x: Float64Array, from: number, g: Float64Array): void {
    const index = count[0] % history;
    const slot = index * n;
    for (let j = 0; j < n; j++) {
      points[slot + j] = x[from + j];
      gradients[slot + j] = g[j];
    }
    count[0]++;
    const size = Math.min(count[0], history);
    if (workers > 1)
      for (let i = 0; i < size; i++)
        kernels[Math.max(i, index) * history + Math.min(i, index)] = kernel(
          points,
          i * n,
          points,
          slot,
        );
  }

  /** Factors K + σ² I of what is remembered; false when it cannot. */
  function factorise(size: number): boolean {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) factor[i * history + j] = kernels[i * history + j];
      factor[i * history + i] += noise;
    }
    return cholesky(size, factor, history);
  }

  function foresee(at: number, size: number): void {
    for (let i = 0; i < size; i++) weights[i] = kernel(path, at, points, i * n);
    solveCholesky(size, factor, history, weights);
    guess.fill(0);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < n; j++) guess[j] += weights[i] * gradients[i * n + j];
  }

  return {
    state: [points, gradients, kernels, count],
    gradients: workers,
    work: workers > 1 ? (history * history * history) / 6 + 4 * workers * history * n : 0,
    step(x, g, rate) {
      // The point itself is known exactly; it takes part in the forecast.
      remember(x, 0, g);
      path.set(x);
      const size = Math.min(count[0], history);
      const known = workers > 1 && factorise(size);
      for (let s = 1; s < workers; s++) {
        if (known && s > 1) foresee((s - 1) * n, size);
        const step = s === 1 || !known ? g : guess;
        for (let j = 0; j < n; j++) path[s * n + j] = path[(s - 1) * n + j] - rate * step[j];
      }
      gradient.set(g);
      for (let s = 1; s < workers; s++) {
        point.set(path.subarray(s * n, (s + 1) * n));
        oracle.next(point, gradient);
        remember(path, s * n, gradient);
      }
      const last = (workers - 1) * n;
      for (let j = 0; j < n; j++) x[j] = path[last + j] - rate * gradient[j];
      return rate;
    },
  };
};
