/** Entropy-SGD: each step goes towards the mean of a random walk around the current point. */
import type { EntropySgdParams } from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { pow } from '../../../../src/core/math.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import type { MakeOptimizer } from './optimizer.ts';

/**
 * L steps of Langevin dynamics x′ ← x′ − η′ (∇f(x′) − γ (x − x′)) + √η′ ε ξ, each on a batch of its
 * own, with μ ← α μ + (1 − α) x′; then x moves along x − μ by Nesterov's momentum. γ grows as
 * γ₀ (1 + γ₁)ᵗ.
 */
export const entropySgd: MakeOptimizer<EntropySgdParams> = (params, { start, oracle, rng }) => {
  const { loops, inner, noise, scope, growth, smoothing, momentum } = params;
  const n = start.length;
  const walk = new Float64Array(n);
  const mean = new Float64Array(n);
  const gradient = new Float64Array(n);
  const velocity = new Float64Array(n);
  const count = new Uint32Array(1);
  return {
    gradients: loops,
    state: [velocity, count],
    step(x, g, rate) {
      const t = count[0]++;
      const normal = createNormal(rng.fork(t));
      const pull = scope * pow(1 + growth, t);
      const deviation = Math.sqrt(inner) * noise;
      walk.set(x);
      mean.set(x);
      gradient.set(g);
      for (let k = 0; k < loops; k++) {
        if (k > 0) oracle.next(walk, gradient);
        for (let i = 0; i < n; i++) {
          walk[i] -= inner * (gradient[i] - pull * (x[i] - walk[i]));
          if (deviation > 0) walk[i] += deviation * normal();
          mean[i] = smoothing * mean[i] + (1 - smoothing) * walk[i];
        }
      }
      for (let i = 0; i < n; i++) {
        const direction = x[i] - mean[i];
        velocity[i] = momentum * velocity[i] + direction;
        x[i] -= rate * (direction + momentum * velocity[i]);
      }
      return rate;
    },
  };
};
