/** Gradient descent and its accelerated forms. */
import type { MomentumParams } from '../../../../src/problems/learning-rate/optimizer-params.ts';
import type { MakeOptimizer } from './optimizer.ts';

/** x ← x − η g. */
export const sgd: MakeOptimizer<unknown> = () => ({
  state: [],
  step(x, g, rate) {
    for (let i = 0; i < x.length; i++) x[i] -= rate * g[i];
    return rate;
  },
});

/** v ← μ v + g; x ← x − η v. */
export const momentum: MakeOptimizer<MomentumParams> = ({ momentum: mu }, { start }) => {
  const v = new Float64Array(start.length);
  return {
    state: [v],
    step(x, g, rate) {
      for (let i = 0; i < x.length; i++) {
        v[i] = mu * v[i] + g[i];
        x[i] -= rate * v[i];
      }
      return rate;
    },
  };
};

/** v ← μ v + g; x ← x − η (g + μ v). */
export const nesterov: MakeOptimizer<MomentumParams> = ({ momentum: mu }, { start }) => {
  const v = new Float64Array(start.length);
  return {
    state: [v],
    step(x, g, rate) {
      for (let i = 0; i < x.length; i++) {
        v[i] = mu * v[i] + g[i];
        x[i] -= rate * (g[i] + mu * v[i]);
      }
      return rate;
    },
  };
};
