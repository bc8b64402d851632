/** Optimistic AMSGrad: a step with a guess of the next gradient, taken back when it is known. */
import type { OptimisticAmsgradParams } from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { cholesky, solveCholesky } from './dense.ts';
import type { MakeOptimizer } from './optimizer.ts';

/**
 * θ ← β₁ θ + (1 − β₁) g; v ← β₂ v + (1 − β₂)(g − m)²; v̂ ← max(v̂, v); w ← w − η θ / (√v̂ + ε);
 * x = w − η (β₁ θ + (1 − β₁) m′) / (√v̂ + ε), m′ the prediction of the next gradient: the combination
 * Σ cᵢ gᵢ of the last `history` gradients with Σ cᵢ = 1 that makes ‖Σ cᵢ (gᵢ − gᵢ₋₁)‖² + λ ‖c‖²
 * smallest (regularised extrapolation, Scieur, d'Aspremont and Bach 2016).
 */
export const optimisticAmsgrad: MakeOptimizer<OptimisticAmsgradParams> = (params, { start }) => {
  const { beta1, beta2, epsilon, history, regularisation } = params;
  const n = start.length;
  const theta = new Float64Array(n);
  const v = new Float64Array(n);
  const largest = new Float64Array(n);
  const w = start.slice();
  const guess = new Float64Array(n);
  /** The last history + 1 gradients, in a ring. */
  const past = new Float64Array((history + 1) * n);
  const count = new Uint32Array(1);
  const gram = new Float64Array(history * history);
  const c = new Float64Array(history);

  /** Dot products of the last `size` differences. */
  function fillGram(size: number, newest: number): void {
    const rowOf = (age: number) => ((newest - age + 2 * (history + 1)) % (history + 1)) * n;
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) {
        const [a, b] = [rowOf(i), rowOf(i + 1)];
        const [d, e] = [rowOf(j), rowOf(j + 1)];
        let sum = 0;
        for (let k = 0; k < n; k++)
          sum += (past[a + k] - past[b + k]) * (past[d + k] - past[e + k]);
        gram[i * history + j] = sum;
        gram[j * history + i] = sum;
      }
  }

  function predict(): void {
    const newest = (count[0] - 1) % (history + 1);
    const size = Math.min(history, count[0] - 1);
    guess.set(past.subarray(newest * n, (newest + 1) * n));
    if (size === 0) return;
    fillGram(size, newest);
    let trace = 0;
    for (let i = 0; i < size; i++) trace += gram[i * history + i];
    if (!(trace > 0)) return;
    for (let i = 0; i < size; i++) gram[i * history + i] += regularisation * trace;
    c.fill(1);
    if (!cholesky(size, gram, history)) return;
    solveCholesky(size, gram, history, c);
    let sum = 0;
    for (let i = 0; i < size; i++) sum += c[i];
    if (!(Math.abs(sum) > 0)) return;
    guess.fill(0);
    for (let i = 0; i < size; i++) {
      const from = ((newest - i + history + 1) % (history + 1)) * n;
      const weight = c[i] / sum;
      for (let k = 0; k < n; k++) guess[k] += weight * past[from + k];
    }
  }

  return {
    state: [theta, v, largest, w, guess, past, count],
    work: (n * history * (history + 3)) / 2,
    step(x, g, rate) {
      past.set(g, (count[0] % (history + 1)) * n);
      count[0]++;
      for (let i = 0; i < n; i++) {
        const surprise = g[i] - guess[i];
        theta[i] = beta1 * theta[i] + (1 - beta1) * g[i];
        v[i] = beta2 * v[i] + (1 - beta2) * surprise * surprise;
        if (v[i] > largest[i]) largest[i] = v[i];
        w[i] -= (rate * theta[i]) / (Math.sqrt(largest[i]) + epsilon);
      }
      predict();
      for (let i = 0; i < n; i++) {
        const ahead = beta1 * theta[i] + (1 - beta1) * guess[i];
        x[i] = w[i] - (rate * ahead) / (Math.sqrt(largest[i]) + epsilon);
      }
      return rate;
    },
  };
};
