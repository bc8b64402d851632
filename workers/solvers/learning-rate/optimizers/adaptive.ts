/** Optimizers that scale each coordinate by the size of its own gradients. */
import { cos } from '../../../../src/core/math.ts';
import type {
  AdagradParams,
  AdamParams,
  AdamwParams,
  LionParams,
  RmspropParams,
  SpamParams,
} from '../../../../src/problems/learning-rate/optimizer-params.ts';
import type { MakeOptimizer, Matrix, Optimizer } from './optimizer.ts';
import { createUpdate } from './update.ts';

const PI = 3.141592653589793;

/** s ← s + g²; x ← x − η g / (√s + ε). */
export const adagrad: MakeOptimizer<AdagradParams> = ({ epsilon }, { start }) => {
  const { arrays, run } = createUpdate('adagrad', start.length);
  return {
    state: arrays,
    step(x, g, rate) {
      run(x, g, rate, epsilon);
      return rate;
    },
  };
};

/** v ← α v + (1 − α) g²; x ← x − η g / (√v + ε). */
export const rmsprop: MakeOptimizer<RmspropParams> = ({ smoothing, epsilon }, { start }) => {
  const { arrays, run } = createUpdate('rmsprop', start.length);
  return {
    state: arrays,
    step(x, g, rate) {
      run(x, g, rate, smoothing, epsilon);
      return rate;
    },
  };
};

type MomentsParams = Pick<AdamParams, 'beta1' | 'beta2' | 'epsilon'>;

/** β₁ᵗ and β₂ᵗ, to be multiplied at each step. */
const createPowers = () => Float64Array.of(1, 1);

/**
 * m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 * for the parameters outside some matrices (in ascending order), with state for those only.
 */
export function createRest(
  { beta1, beta2, epsilon }: MomentsParams,
  count: number,
  taken: readonly Matrix[],
): Pick<Optimizer, 'state' | 'step'> & { readonly m: Float64Array } {
  const { arrays, run } = createUpdate('adam', count, taken);
  const powers = createPowers();
  return {
    m: arrays[0],
    state: [...arrays, powers],
    step(x, g, rate) {
      powers[0] *= beta1;
      powers[1] *= beta2;
      run(x, g, rate, beta1, beta2, 1 / (1 - powers[0]), 1 / (1 - powers[1]), epsilon);
      return rate;
    },
  };
}

/** Adam's step on all parameters. */
export const adam: MakeOptimizer<AdamParams> = (params, { start }) =>
  createRest(params, start.length, []);

/** x ← (1 − ηλ) x for weights, then Adam's step. */
export const adamw: MakeOptimizer<AdamwParams> = (params, { start, decayed }) => {
  const { beta1, beta2, epsilon } = params;
  const { arrays, run } = createUpdate('adamw', start.length);
  const [mask, ...moments] = arrays;
  mask.set(decayed);
  const powers = createPowers();
  return {
    state: [...moments, powers],
    step(x, g, rate) {
      powers[0] *= beta1;
      powers[1] *= beta2;
      const first = 1 / (1 - powers[0]);
      const second = 1 / (1 - powers[1]);
      run(x, g, rate, rate * params.decay, beta1, beta2, first, second, epsilon);
      return rate;
    },
  };
};

/** Adam with the largest v so far in place of v; bias correction as torch has it. */
export const amsgrad: MakeOptimizer<AdamParams> = ({ beta1, beta2, epsilon }, { start }) => {
  const { arrays, run } = createUpdate('amsgrad', start.length);
  const powers = createPowers();
  return {
    state: [...arrays, powers],
    step(x, g, rate) {
      powers[0] *= beta1;
      powers[1] *= beta2;
      run(x, g, rate, beta1, beta2, 1 / (1 - powers[0]), 1 / (1 - powers[1]), epsilon);
      return rate;
    },
  };
};

/**
 * u = sign(β₁ m + (1 − β₁) g); x ← (1 − ηλ) x − η u; m ← β₂ m + (1 − β₂) g. With decay every weight
 * ends in the box |x| ≤ 1/λ.
 */
export const lion: MakeOptimizer<LionParams> = (params, { start, decayed }) => {
  const { arrays, run } = createUpdate('lion', start.length);
  const [mask, m] = arrays;
  mask.set(decayed);
  return {
    state: [m],
    step(x, g, rate) {
      run(x, g, rate, rate * params.decay, params.beta1, params.beta2);
      return rate;
    },
  };
};

/** No spikes are cut in so many steps after the start and after each reset. */
export const SPAM_GRACE = 20;

/**
 * Adam that forgets m and v at every step divisible by `interval`, warms up again after it
 * (1 − 0.99 · half a cosine), and cuts each coordinate of the gradient to √(θ v). As in the authors'
 * code the bias correction counts all steps.
 */
export const spam: MakeOptimizer<SpamParams> = (params, { start }) => {
  const { beta1, beta2, epsilon, threshold, interval, warmup } = params;
  const { arrays, run } = createUpdate('spam', start.length);
  const [m, v] = arrays;
  const powers = createPowers();
  const counters = Uint32Array.of(0, warmup);
  return {
    state: [m, v, powers, counters],
    step(x, g, rate) {
      const steps = ++counters[0];
      powers[0] *= beta1;
      powers[1] *= beta2;
      if (steps % interval === 0) {
        m.fill(0);
        v.fill(0);
        counters[1] = 0;
      }
      const sinceReset = counters[1]++;
      const scale =
        sinceReset < warmup ? 1 - 0.495 * (1 + cos((PI * sinceReset) / (warmup + 1))) : 1;
      const cut = threshold > 0 && steps % interval >= SPAM_GRACE && steps >= SPAM_GRACE;
      const size = (scale * rate * Math.sqrt(1 - powers[1])) / (1 - powers[0]);
      run(x, g, size, beta1, beta2, cut ? threshold : Infinity, epsilon);
      return scale * rate;
    },
  };
};
