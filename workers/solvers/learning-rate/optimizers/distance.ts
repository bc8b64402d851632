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
  /** d, ‖g₀‖ and Σ λ ⟨g, s⟩. */
  const known = Float64Array.of(initial, 0, 0);
  return {
    state: [s, start, known],
    step(x, g, rate) {
      if (known[1] === 0) known[1] = Math.sqrt(squareNorm(g));
      if (known[1] === 0) return 0;
      const step = (known[0] * rate) / known[1];
      let product = 0;
      let square = 0;
      for (let i = 0; i < x.length; i++) {
        product += g[i] * s[i];
        s[i] += step * g[i];
        square += s[i] * s[i];
        x[i] = mu * x[i] + (1 - mu) * (start[i] - s[i]);
      }
      known[2] += step * product;
      if (square > 0) known[0] = Math.max(known[0], (2 * known[2]) / Math.sqrt(square));
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
  /** d and r. */
  const known = Float64Array.of(initial, 0);
  return {
    state: [m, v, s, start, known],
    step(x, g, rate) {
      if (rate === 0) return 0;
      let d = known[0];
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
      known[1] = beta3 * known[1] + (d / initial) * step * product;
      if (total === 0) return step;
      d = Math.max(d, (coefficient * known[1]) / total);
      known[0] = d;
      decay(x, decayed, step * params.decay);
      for (let i = 0; i < x.length; i++) x[i] -= (step * m[i]) / (Math.sqrt(v[i]) + d * epsilon);
      return step;
    },
  };
};

/**
 * U-DoG, the accelerated DoG: UniXGrad (Kavis et al. 2019) with DoG's distances. With weights
 * α = Σ r̄ᵢ / r̄, m taken at (α y + Σ αᵢ xᵢ) / Σ α, x = y − η α r̄ / √G · m, g taken at the average
 * x̄ = (α x + Σ αᵢ xᵢ) / Σ α, and y ← y − η α r̄ / √G · g, where G = ‖m₁‖² + Σ αᵢ² ‖gᵢ − mᵢ‖² and r̄
 * is the largest distance of an x or y from the start so far. The model is x̄.
 */
export const uDog: MakeOptimizer<DogParams> = ({ initial }, { start, oracle }) => {
  const n = start.length;
  const average = start.slice();
  const y = start.slice();
  /** Σ αᵢ xᵢ. */
  const weighted = new Float64Array(n);
  const second = new Float64Array(n);
  const x = new Float64Array(n);
  /** r̄, Σ r̄ᵢ, Σ αᵢ, G. */
  const known = Float64Array.of(initial * (1 + Math.sqrt(squareNorm(start))), 0, 0, 0);
  const distanceTo = (point: Float64Array) => {
    let away = 0;
    for (let i = 0; i < n; i++) away += (point[i] - start[i]) * (point[i] - start[i]);
    return Math.sqrt(away);
  };
  return {
    average,
    gradients: 2,
    state: [average, y, weighted, start, known],
    step(query, m, rate) {
      if (known[3] === 0) known[3] = squareNorm(m);
      if (known[3] === 0) return 0;
      known[1] += known[0];
      const alpha = known[1] / known[0];
      const step = (rate * alpha * known[0]) / Math.sqrt(known[3]);
      const total = known[2] + alpha;
      for (let i = 0; i < n; i++) {
        x[i] = y[i] - step * m[i];
        average[i] = (alpha * x[i] + weighted[i]) / total;
      }
      oracle.next(average, second);
      let change = 0;
      for (let i = 0; i < n; i++) change += (second[i] - m[i]) * (second[i] - m[i]);
      known[3] += alpha * alpha * change;
      const after = (rate * alpha * known[0]) / Math.sqrt(known[3]);
      for (let i = 0; i < n; i++) {
        y[i] -= after * second[i];
        weighted[i] += alpha * x[i];
      }
      known[2] = total;
      known[0] = Math.max(known[0], distanceTo(x), distanceTo(y));
      const nextAlpha = (known[1] + known[0]) / known[0];
      for (let i = 0; i < n; i++)
        query[i] = (nextAlpha * y[i] + weighted[i]) / (known[2] + nextAlpha);
      return after;
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
  /** r̄, Σ‖g‖² and t. */
  const known = Float64Array.of(initial * (1 + Math.sqrt(squareNorm(start))), 1e-8, 0);
  return {
    average,
    state: [average, start, known],
    step(x, g, rate) {
      let away = 0;
      for (let i = 0; i < x.length; i++) away += (x[i] - start[i]) * (x[i] - start[i]);
      known[0] = Math.max(known[0], Math.sqrt(away));
      known[1] += squareNorm(g);
      known[2]++;
      const step = (rate * known[0]) / Math.sqrt(known[1]);
      const share = (AVERAGE_POWER + 1) / (AVERAGE_POWER + known[2]);
      for (let i = 0; i < x.length; i++) {
        x[i] -= step * g[i];
        average[i] += share * (x[i] - average[i]);
      }
      return step;
    },
  };
};
