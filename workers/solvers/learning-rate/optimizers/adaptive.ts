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
import { reserve } from '../../common/wasm.ts';
import { createKernels, type Kernels } from '../engine/kernels.ts';
import { decay, type MakeOptimizer, type Matrix, type Optimizer } from './optimizer.ts';

const PI = 3.141592653589793;

/** s ← s + g²; x ← x − η g / (√s + ε). */
export const adagrad: MakeOptimizer<AdagradParams> = ({ epsilon }, { start }) => {
  const s = new Float64Array(start.length);
  return {
    state: [s],
    step(x, g, rate) {
      for (let i = 0; i < x.length; i++) {
        s[i] += g[i] * g[i];
        x[i] -= (rate * g[i]) / (Math.sqrt(s[i]) + epsilon);
      }
      return rate;
    },
  };
};

/** v ← α v + (1 − α) g²; x ← x − η g / (√v + ε). */
export const rmsprop: MakeOptimizer<RmspropParams> = ({ smoothing, epsilon }, { start }) => {
  const v = new Float64Array(start.length);
  return {
    state: [v],
    step(x, g, rate) {
      for (let i = 0; i < x.length; i++) {
        v[i] = smoothing * v[i] + (1 - smoothing) * g[i] * g[i];
        x[i] -= (rate * g[i]) / (Math.sqrt(v[i]) + epsilon);
      }
      return rate;
    },
  };
};

type MomentsParams = Pick<AdamParams, 'beta1' | 'beta2' | 'epsilon'>;

/**
 * m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 * for the parameters outside some matrices (in ascending order), with state for those only.
 */
export function createRest(
  { beta1, beta2, epsilon }: MomentsParams,
  count: number,
  taken: readonly Matrix[],
  kernels: Kernels = createKernels(),
): Pick<Optimizer, 'state' | 'step'> & { readonly m: Float64Array } {
  const ranges: { from: number; to: number; shift: number }[] = [];
  let at = 0;
  let size = 0;
  for (const { from, rows, columns } of [...taken, { from: count, rows: 0, columns: 0 }]) {
    if (from > at) ranges.push({ from: at, to: from, shift: at - size });
    size += from - at;
    at = from + rows * columns;
  }
  // m and v live in the kernels' memory; copying x and g there and back costs less than it saves.
  const even = size + (size & 1);
  const start = reserve(kernels.memory, 32 * even);
  const [point, slopes, m, v] = [0, 1, 2, 3].map(
    (k) => new Float64Array(kernels.memory.buffer, start + 8 * k * even, size),
  );
  const powers = Float64Array.of(1, 1);
  return {
    m,
    state: [m, v, powers],
    step(x, g, rate) {
      powers[0] *= beta1;
      powers[1] *= beta2;
      for (const { from, to, shift } of ranges) {
        point.set(x.subarray(from, to), from - shift);
        slopes.set(g.subarray(from, to), from - shift);
      }
      kernels.adam(
        even,
        point.byteOffset,
        slopes.byteOffset,
        m.byteOffset,
        v.byteOffset,
        beta1,
        beta2,
        1 / (1 - powers[0]),
        1 / (1 - powers[1]),
        rate,
        epsilon,
      );
      for (const { from, to, shift } of ranges)
        x.set(point.subarray(from - shift, to - shift), from);
      return rate;
    },
  };
}

/** Adam's step on all parameters. */
export const adam: MakeOptimizer<AdamParams> = (params, { start }) =>
  createRest(params, start.length, []);

/** x ← (1 − ηλ) x for weights, then Adam's step. */
export const adamw: MakeOptimizer<AdamwParams> = (params, setting) => {
  const { step, state } = adam(params, setting);
  return {
    state,
    step(x, g, rate) {
      decay(x, setting.decayed, rate * params.decay);
      return step(x, g, rate);
    },
  };
};

/** Adam with the largest v so far in place of v; bias correction as torch has it. */
export const amsgrad: MakeOptimizer<AdamParams> = ({ beta1, beta2, epsilon }, { start }) => {
  const m = new Float64Array(start.length);
  const v = new Float64Array(start.length);
  const largest = new Float64Array(start.length);
  const powers = Float64Array.of(1, 1);
  return {
    state: [m, v, largest, powers],
    step(x, g, rate) {
      powers[0] *= beta1;
      powers[1] *= beta2;
      const first = 1 / (1 - powers[0]);
      const second = 1 / (1 - powers[1]);
      for (let i = 0; i < x.length; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        if (v[i] > largest[i]) largest[i] = v[i];
        x[i] -= (rate * (m[i] * first)) / (Math.sqrt(largest[i] * second) + epsilon);
      }
      return rate;
    },
  };
};

/**
 * u = sign(β₁ m + (1 − β₁) g); x ← (1 − ηλ) x − η u; m ← β₂ m + (1 − β₂) g. With decay every weight
 * ends in the box |x| ≤ 1/λ.
 */
export const lion: MakeOptimizer<LionParams> = (params, { start, decayed }) => {
  const { beta1, beta2 } = params;
  const m = new Float64Array(start.length);
  return {
    state: [m],
    step(x, g, rate) {
      decay(x, decayed, rate * params.decay);
      for (let i = 0; i < x.length; i++) {
        x[i] -= rate * Math.sign(beta1 * m[i] + (1 - beta1) * g[i]);
        m[i] = beta2 * m[i] + (1 - beta2) * g[i];
      }
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
  const m = new Float64Array(start.length);
  const v = new Float64Array(start.length);
  const powers = Float64Array.of(1, 1);
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
      for (let i = 0; i < x.length; i++) {
        const limit = threshold * v[i];
        if (cut && g[i] * g[i] > limit) g[i] = Math.sign(g[i]) * Math.sqrt(limit);
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
        x[i] -= (size * m[i]) / (Math.sqrt(v[i]) + epsilon);
      }
      return scale * rate;
    },
  };
};
