/**
 * Schedule-free optimizers (Defazio et al. 2024): gradients are taken at y = (1 − β) z + β x, z makes
 * the steps, and x, an average of the z, is the model.
 */
import type {
  ScheduleFreeAdamwParams,
  ScheduleFreeSgdParams,
} from '../../../../src/problems/learning-rate/optimizer-params.ts';
import type { MakeOptimizer } from './optimizer.ts';
import { createUpdate } from './update.ts';

/** Share c of the new z in the average: weights are the square of the largest rate so far. */
function weightOf(rate: number, known: Float64Array): number {
  known[0] = Math.max(known[0], rate);
  const weight = known[0] * known[0];
  known[1] += weight;
  return known[1] > 0 ? weight / known[1] : 0;
}

/** z ← z − η g; x ← (1 − c) x + c z; y ← (1 − β) z + β x. Decay as a part of g, at y. */
export const scheduleFreeSgd: MakeOptimizer<ScheduleFreeSgdParams> = (params, setting) => {
  const { arrays, run } = createUpdate('scheduleFreeSgd', setting.start.length);
  const [decayed, z, average] = arrays;
  decayed.set(setting.decayed);
  z.set(setting.start);
  average.set(setting.start);
  /** Largest rate and sum of the weights. */
  const known = new Float64Array(2);
  return {
    average,
    fast: z,
    state: [z, average, known],
    step(y, g, rate) {
      run(y, g, rate, params.decay, weightOf(rate, known), params.momentum);
      return rate;
    },
  };
};

/** The same with g / (√v + ε) for g, and η √(1 − β₂ᵗ) for η, as in the authors' code. */
export const scheduleFreeAdamw: MakeOptimizer<ScheduleFreeAdamwParams> = (params, setting) => {
  const { beta1, beta2, epsilon } = params;
  const { arrays, run } = createUpdate('scheduleFreeAdamw', setting.start.length);
  const [decayed, z, average, v] = arrays;
  decayed.set(setting.decayed);
  z.set(setting.start);
  average.set(setting.start);
  /** Largest rate, sum of the weights and β₂ᵗ. */
  const known = Float64Array.of(0, 0, 1);
  return {
    average,
    fast: z,
    state: [z, average, v, known],
    step(y, g, rate) {
      known[2] *= beta2;
      const own = rate * Math.sqrt(1 - known[2]);
      run(y, g, own, params.decay, weightOf(own, known), beta1, beta2, epsilon);
      return rate;
    },
  };
};
