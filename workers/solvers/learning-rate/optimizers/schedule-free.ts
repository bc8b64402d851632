/**
 * Schedule-free optimizers (Defazio et al. 2024): gradients are taken at y = (1 − β) z + β x, z makes
 * the steps, and x, an average of the z, is the model.
 */
import type {
  ScheduleFreeAdamwParams,
  ScheduleFreeSgdParams,
} from '../../../../src/problems/learning-rate/optimizer-params.ts';
import type { MakeOptimizer } from './optimizer.ts';

/** Weights of the average: the square of the largest rate so far. */
function createWeights(): (rate: number) => number {
  let largest = 0;
  let sum = 0;
  return (rate) => {
    largest = Math.max(largest, rate);
    const weight = largest * largest;
    sum += weight;
    return sum > 0 ? weight / sum : 0;
  };
}

/** z ← z − η g; x ← (1 − c) x + c z; y ← (1 − β) z + β x. Decay as a part of g, at y. */
export const scheduleFreeSgd: MakeOptimizer<ScheduleFreeSgdParams> = (params, setting) => {
  const { momentum: beta, decay: lambda } = params;
  const { decayed } = setting;
  const z = setting.start.slice();
  const average = setting.start.slice();
  const weightOf = createWeights();
  return {
    average,
    step(y, g, rate) {
      const c = weightOf(rate);
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
  const weightOf = createWeights();
  let power2 = 1;
  return {
    average,
    step(y, g, rate) {
      power2 *= beta2;
      const own = rate * Math.sqrt(1 - power2);
      const c = weightOf(own);
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
