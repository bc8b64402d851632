/** Optimizer steps, in place, on flat parameter arrays. */
import type {
  AdamParams,
  AdamwParams,
  MomentumParams,
} from '../../../src/problems/learning-rate/solvers.ts';

/** x ← x + the step for gradient g at learning rate η. */
export type Update = (x: Float64Array, g: Float64Array, rate: number) => void;

/** Makes the update with fresh state. @param decayed 1 where weight decay applies. */
export type Optimizer<Params> = (params: Params, count: number, decayed: Uint8Array) => Update;

/** x ← x − η g. */
export const sgd: Optimizer<unknown> = () => (x, g, rate) => {
  for (let i = 0; i < x.length; i++) x[i] -= rate * g[i];
};

/** v ← μ v + g; x ← x − η v. */
export const momentum: Optimizer<MomentumParams> = ({ momentum: mu }, count) => {
  const v = new Float64Array(count);
  return (x, g, rate) => {
    for (let i = 0; i < x.length; i++) {
      v[i] = mu * v[i] + g[i];
      x[i] -= rate * v[i];
    }
  };
};

/** v ← μ v + g; x ← x − η (g + μ v). */
export const nesterov: Optimizer<MomentumParams> = ({ momentum: mu }, count) => {
  const v = new Float64Array(count);
  return (x, g, rate) => {
    for (let i = 0; i < x.length; i++) {
      v[i] = mu * v[i] + g[i];
      x[i] -= rate * (g[i] + mu * v[i]);
    }
  };
};

/**
 * m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
 */
export const adam: Optimizer<AdamParams> = ({ beta1, beta2, epsilon }, count) => {
  const m = new Float64Array(count);
  const v = new Float64Array(count);
  let power1 = 1;
  let power2 = 1;
  return (x, g, rate) => {
    power1 *= beta1;
    power2 *= beta2;
    const first = 1 / (1 - power1);
    const second = 1 / (1 - power2);
    for (let i = 0; i < x.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
      x[i] -= (rate * (m[i] * first)) / (Math.sqrt(v[i] * second) + epsilon);
    }
  };
};

/** x ← (1 − ηλ) x for weights, then Adam's step. */
export const adamw: Optimizer<AdamwParams> = (params, count, decayed) => {
  const update = adam(params, count, decayed);
  return (x, g, rate) => {
    const shrink = rate * params.decay;
    for (let i = 0; i < x.length; i++) x[i] -= shrink * decayed[i] * x[i];
    update(x, g, rate);
  };
};
