/**
 * The second theory curve: the exact expected value of the noisy quadratic under SGD. With curvature
 * hᵢ, gradient noise of variance σ² hᵢ and batch B,
 *
 *   E θᵢ² ← (1 − η hᵢ)² E θᵢ² + η² σ² hᵢ / B,   E L = ½ Σ hᵢ E θᵢ²
 *
 * (the noisy quadratic model of Schaul, Zhang and LeCun 2013; Zhang et al. 2019). A minimum that is at
 * c before a shift moves the means, E θᵢ ← (1 − η hᵢ) E θᵢ + η hᵢ c, so that means and variances are
 * followed apart.
 */
import { learningRates } from './curve.ts';
import { sampleSteps, type Instance } from './instance.ts';
import { memo } from './memo.ts';
import { curvatures } from './model.ts';
import { shiftStep } from './tasks.ts';

/** Multiply-adds of about 10 ms; longer curves are left out. */
const MOST_WORK = 4_000_000;
const SAMPLES = 400;

export interface ExpectedCurve {
  /** From 0 to T. */
  steps: Float64Array;
  /** E L after so many steps. */
  values: Float64Array;
}

/**
 * E L along the instance's curve at up to 400 steps; null for other tasks, and where steps ×
 * dimension is above four million. O(steps · dimension).
 */
export const expectedCurve = memo((instance: Instance): ExpectedCurve | null => {
  const { task, steps, batch, schedule } = instance;
  if (task.kind !== 'quadratic' || steps * task.dimension > MOST_WORK) return null;
  const rates = learningRates(schedule, steps);
  const h = curvatures(task);
  const variance = (task.noise * task.noise) / batch;
  const means = new Float64Array(h.length).fill(task.start);
  const variances = new Float64Array(h.length);
  const shift = shiftStep(task, steps);
  const shown = sampleSteps(steps, SAMPLES);
  const values = new Float64Array(shown.length);
  let next = 0;
  for (let t = 0; t <= steps; t++) {
    if (t === shown[next]) {
      let sum = 0;
      for (let i = 0; i < h.length; i++) sum += h[i] * (means[i] * means[i] + variances[i]);
      values[next++] = 0.5 * sum;
    }
    const rate = rates[t];
    const added = rate * rate * variance;
    const centre = t < shift ? task.shiftBy : 0;
    for (let i = 0; i < h.length; i++) {
      const keep = 1 - rate * h[i];
      means[i] = keep * means[i] + rate * h[i] * centre;
      variances[i] = keep * keep * variances[i] + added * h[i];
    }
  }
  return { steps: Float64Array.from(shown), values };
});
