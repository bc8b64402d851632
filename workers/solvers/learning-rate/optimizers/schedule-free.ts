/**
 * Schedule-free optimizers (Defazio et al. 2024): gradients are taken at y = (1 − β) z + β x, z makes
 * the steps, and x, an average of the z, is the model.
 */
import type {
  ScheduleFreeAdamwParams,
  ScheduleFreeSgdParams,
} from '../../../../src/problems/learning-rate/optimizer-params.ts';
import type { MakeOptimizer } from './optimizer.ts';

/** Share c of the new z in the average: weights are the square of the largest rate so far. */
function weightOf(rate: number, known: Float64Array): number {
  known[0] = Math.max(known[0], rate);
  const weight = known[0] * known[0];
  known[1] += weight;
  return known[1] > 0 ? weight / known[1] : 0;
}

/** z ← z − η g; x ← (1 − c) x + c z; y ← (1 − β) z + β x. Decay as a part of g, at y. */
export const scheduleFreeSgd: MakeOptimizer<ScheduleFreeSgdParams> = (params, setting) => {
  const { momentum: beta, decay: lambda } = params;
  const { decayed } = setting;
  const z = setting.start.slice();
  const average = setting.start.slice();
  /** Largest rate and sum of the weights. */
  const known = new Float64Array(2);
  return {
    average,
    fast: z,
    state: [z, average, known],
    step(y, g, rate) {
      const c = weightOf(rate, known);
      for (let i = 0; i < y.length; i++) {
        z[i] -= rate * (g[i] + lambda * decayed[i] * y[i]);
        average[i] += c * (z[i] - average[i]);
        y[i] = (1 - beta) * z[i] + beta * average[i];
      }
      return rate;
    },
  };
};

/** The same with g / (√v + ε) for g, and η √(1 − β₂ᵗ) for η, as in the authors' code. */
export const scheduleFreeAdamw: MakeOptimizer<ScheduleFreeAdamwParams> = (params, setting) => {
  const { beta1, beta2, epsilon, decay: lambda } = params;
  const { decayed } = setting;
  const z = setting.start.slice();
  const average = setting.start.slice();
  const v = new Float64Array(z.length);
  /** Largest rate, sum of the weights and β₂ᵗ. */
  const known = Float64Array.of(0, 0, 1);
  return {
    average,
    fast: z,
    state: [z, average, v, known],
    step(y, g, rate) {
      known[2] *= beta2;
      const own = rate * Math.sqrt(1 - known[2]);
      const c = weightOf(own, known);
      for (let i = 0; i < y.length; i++) {
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        const u = g[i] / (Math.sqrt(v[i]) + epsilon) + lambda * decayed[i] * y[i];
        z[i] -= own * u;
        average[i] += c * (z[i] - average[i]);
        y[i] = (1 - beta1) * z[i] + beta1 * average[i];
      }
      return rate;
    },
  };
};
