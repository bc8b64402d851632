/** EGGROLL: evolution strategy whose perturbations of weight matrices have low rank. */
import type { EggrollParams } from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { isProjected } from './apollo.ts';
import type { MakeOptimizer } from './optimizer.ts';

/**
 * `population` points x ± σ E in pairs, E = A Bᵀ / √r for weight matrices (A, B normal, r columns)
 * and normal elsewhere; their losses on the step's batch, standardised, are scores s, and
 * x ← x − η √N · mean(s E). No gradient is used.
 */
export const eggroll: MakeOptimizer<EggrollParams> = (params, setting) => {
  const { start, oracle, rng } = setting;
  // A single row or column needs no low rank.
  const matrices = setting.matrices.filter(isProjected);
  const { population, rank, sigma } = params;
  const n = start.length;
  const pairs = population >> 1;
  const noise = new Float64Array(pairs * n);
  const losses = new Float64Array(2 * pairs);
  const point = new Float64Array(n);
  const unused = new Float64Array(n);
  const count = new Uint32Array(1);
  const longest = matrices.reduce((most, { rows, columns }) => Math.max(most, rows, columns), 1);
  const a = new Float64Array(rank * longest);
  const b = new Float64Array(rank * longest);
  const scale = 1 / Math.sqrt(rank);

  /** Perturbation number `pair` of this step. */
  function draw(pair: number, normal: () => number): void {
    const base = pair * n;
    let at = 0;
    for (const { from, rows, columns } of matrices) {
      for (; at < from; at++) noise[base + at] = normal();
      at = from + rows * columns;
      for (let i = 0; i < rank * rows; i++) a[i] = normal();
      for (let i = 0; i < rank * columns; i++) b[i] = normal();
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let k = 0; k < rank; k++) sum += a[k * rows + i] * b[k * columns + j];
          noise[base + from + i * columns + j] = scale * sum;
        }
    }
    for (; at < n; at++) noise[base + at] = normal();
  }

  return {
    state: [count],
    gradients: 2 * pairs,
    work: pairs * n * rank,
    step(x, _gradient, rate) {
      const normal = createNormal(rng.fork(count[0]++));
      let mean = 0;
      for (let pair = 0; pair < pairs; pair++) {
        draw(pair, normal);
        for (let side = 0; side < 2; side++) {
          const step = side === 0 ? sigma : -sigma;
          for (let j = 0; j < n; j++) point[j] = x[j] + step * noise[pair * n + j];
          losses[2 * pair + side] = oracle.again(point, unused);
          mean += losses[2 * pair + side];
        }
      }
      mean /= 2 * pairs;
      let variance = 0;
      for (let i = 0; i < 2 * pairs; i++) variance += (losses[i] - mean) * (losses[i] - mean);
      const deviation = Math.sqrt(variance / (2 * pairs));
      if (!(deviation > 0)) return rate;
      const unit = rate / (Math.sqrt(2 * pairs) * deviation);
      for (let pair = 0; pair < pairs; pair++) {
        const step = unit * (losses[2 * pair] - losses[2 * pair + 1]);
        for (let j = 0; j < n; j++) x[j] -= step * noise[pair * n + j];
      }
      return rate;
    },
  };
};
