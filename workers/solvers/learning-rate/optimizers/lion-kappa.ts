/** Lion-κ: Lion with the gradient of any convex κ in place of the sign. */
import { tanh } from '../../../../src/core/math.ts';
import type { LionKappaParams } from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { decay, squareNorm, type MakeOptimizer } from './optimizer.ts';

type Kappa = LionKappaParams['kappa'];

/**
 * ∇κ(c) in place. `l1`: sign; `l2`: c / ‖c‖; `linf`: the sign of the largest coordinate alone;
 * `huber`: c / δ cut to ±1; `logcosh`: tanh(c / δ). O(n).
 */
export function kappaGradient(kappa: Kappa, delta: number, c: Float64Array): void {
  switch (kappa) {
    case 'l1':
      for (let i = 0; i < c.length; i++) c[i] = Math.sign(c[i]);
      return;
    case 'l2': {
      const norm = Math.sqrt(squareNorm(c));
      if (norm > 0) for (let i = 0; i < c.length; i++) c[i] /= norm;
      return;
    }
    case 'linf': {
      let largest = 0;
      for (let i = 1; i < c.length; i++) if (Math.abs(c[i]) > Math.abs(c[largest])) largest = i;
      const sign = Math.sign(c[largest]);
      c.fill(0);
      c[largest] = sign;
      return;
    }
    case 'huber':
      for (let i = 0; i < c.length; i++) c[i] = Math.max(-1, Math.min(1, c[i] / delta));
      return;
    case 'logcosh':
      for (let i = 0; i < c.length; i++) c[i] = tanh(c[i] / delta);
  }
}

/**
 * u = ∇κ(β₁ m + (1 − β₁) g); x ← (1 − ηλ) x − η u; m ← β₂ m + (1 − β₂) g. With decay on everything
 * it solves min f(x) + κ*(−λ x) / λ: λ x ends where κ* is finite, the dual norm's unit ball.
 */
export const lionKappa: MakeOptimizer<LionKappaParams> = (params, { start, decayed }) => {
  const { beta1, beta2, kappa, delta } = params;
  const m = new Float64Array(start.length);
  const u = new Float64Array(start.length);
  return {
    state: [m],
    step(x, g, rate) {
      decay(x, decayed, rate * params.decay);
      for (let i = 0; i < x.length; i++) u[i] = beta1 * m[i] + (1 - beta1) * g[i];
      kappaGradient(kappa, delta, u);
      for (let i = 0; i < x.length; i++) {
        x[i] -= rate * u[i];
        m[i] = beta2 * m[i] + (1 - beta2) * g[i];
      }
      return rate;
    },
  };
};
