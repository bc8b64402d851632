/** Gradient descent and its accelerated forms. */
import type { MomentumParams } from '../../../../src/problems/learning-rate/optimizer-params.ts';
import type { MakeOptimizer } from './optimizer.ts';
import { createUpdate } from './update.ts';

/** x ← x − η g. */
export const sgd: MakeOptimizer<unknown> = (_, { start }) => {
  const { run } = createUpdate('sgd', start.length);
  return {
    state: [],
    step(x, g, rate) {
      run(x, g, rate);
      return rate;
    },
  };
};

const createMomentum =
  (name: 'momentum' | 'nesterov'): MakeOptimizer<MomentumParams> =>
  ({ momentum: mu }, { start }) => {
    const { arrays, run } = createUpdate(name, start.length);
    return {
      state: arrays,
      step(x, g, rate) {
        run(x, g, rate, mu);
        return rate;
      },
    };
  };

/** v ← μ v + g; x ← x − η v. */
export const momentum = createMomentum('momentum');

/** v ← μ v + g; x ← x − η (g + μ v). */
export const nesterov = createMomentum('nesterov');
