/**
 * Optimizers that find the size of their steps from the distance travelled. The rate they are given
 * is the curve relative to its peak, so 1 all along for a constant one.
 */
import type {
  DAdaptationParams,
  DogParams,
  ProdigyParams,
} from '../../../../src/problems/learning-rate/optimizer-params.ts';
import { decay, squareNorm, type MakeOptimizer } from './optimizer.ts';

/**
 * SGD with D-Adaptation: steps λ = d η / ‖g₀‖, s = Σ λ g, and d = max(d, d̂) with
 * d̂ = 2 Σ λ ⟨g, s⟩ / ‖s‖, s before the step in the product and after it in the norm. Momentum is an
 * average of x₀ − s.
 */
export const dAdaptation: MakeOptimizer<DAdaptationParams> = (params, { start }) => {
  const { momentum: mu, initial } = params;
  const s = new Float64Array(start.length);
  let d = initial;
  let firstNorm = 0;
  let products = 0;
  return {
    step(x, g, rate) {
      if (firstNorm === 0) firstNorm = Math.sqrt(squareNorm(g));
      if (firstNorm === 0) return 0;
      const step = (d * rate) / firstNorm;
      let product = 0;
      let square = 0;
      for (let i = 0; i < x.length; i++) {
        product += g[i] * s[i];
        s[i] += step * g[i];
        square += s[i] * s[i];
        x[i] = mu * x[i] + (1 - mu) * (start[i] - s[i]);
      }
      products += step * product;
      if (square > 0) d = Math.max(d, (2 * products) / Math.sqrt(square));
      return step;
    },
  };
};

/**
 * Prodigy: Adam on d g without bias correction, with η d for η, where r ← √β₂ r + η (d/d₀) d
 * ⟨g, x₀ − x⟩, s ← √β₂ s + η (d/d₀) d g, and d = max(d, coefficient · r / ‖s‖₁).
 */
export const prodigy: MakeOptimizer<ProdigyParams> = (params, { start, decayed }) => {
  const { beta1, beta2, epsilon, initial, coefficient, safeguard } = params;
  const beta3 = Math.sqrt(beta2);
  const m = new Float64Array(start.length);
  const v = new Float64Array(start.length);
  const s = new Float64Array(start.length);
  let d = initial;
  let numerator = 0;
  return {
    step(x, g, rate) {
      if (rate === 0) return 0;
      const step = d * rate;
      const share = (d / initial) * (safeguard ? d : step);
      let product = 0;
      let total = 0;
      for (let i = 0; i < x.length; i++) {
        product += g[i] * (start[i] - x[i]);
        m[i] = beta1 * m[i] + (1 - beta1) * d * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * d * d * g[i] * g[i];
        s[i] = beta3 * s[i] + share * g[i];
        total += Math.abs(s[i]);
      }
      numerator = beta3 * numerator + (d / initial) * step * product;
      if (total === 0) return step;
      d = Math.max(d, (coefficient * numerator) / total);
      decay(x, decayed, step * params.decay);
      for (let i = 0; i < x.length; i++) x[i] -= (step * m[i]) / (Math.sqrt(v[i]) + d * epsilon);
      return step;
    },
  };
};

/** Decay of DoG's average (Shamir and Zhang 2013). */
const AVERAGE_POWER = 8;

/**
 * DoG: η r̄ / √Σ‖g‖², r̄ the largest distance from the start so far (at first a small fraction of
 * 1 + ‖x₀‖). The model is an average of the points with weights t (t + 1) … (t + 7).
 */
export const dog: MakeOptimizer<DogParams> = ({ initial }, { start }) => {
  const average = start.slice();
  let distance = initial * (1 + Math.sqrt(squareNorm(start)));
  let squares = 1e-8;
  let t = 0;
  return {
    average,
    step(x, g, rate) {
      let away = 0;
      for (let i = 0; i < x.length; i++) away += (x[i] - start[i]) * (x[i] - start[i]);
      distance = Math.max(distance, Math.sqrt(away));
      squares += squareNorm(g);
      const step = (rate * distance) / Math.sqrt(squares);
      t++;
      const share = (AVERAGE_POWER + 1) / (AVERAGE_POWER + t);
      for (let i = 0; i < x.length; i++) {
        x[i] -= step * g[i];
        average[i] += share * (x[i] - average[i]);
      }
      return step;
    },
  };
};
