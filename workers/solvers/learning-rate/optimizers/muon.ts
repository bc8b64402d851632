/** Muon: hidden weight matrices move by orthogonalised momentum, the rest by AdamW. */
import type { MuonParams } from '../../../../src/problems/learning-rate/optimizer-params.ts';
import { matmul, transpose } from '../matmul.ts';
import { createRest } from './adaptive.ts';
import { decay, squareNorm, type MakeOptimizer } from './optimizer.ts';

/** Coefficients of X ← aX + (b XXᵀ + c (XXᵀ)²) X (Jordan et al. 2024). */
const A = 3.4445;
const B = -4.775;
const C = 2.0315;
const ITERATIONS = 5;
/** AdamW for what is not a hidden matrix, as the authors set it. */
const ADAM = { beta1: 0.9, beta2: 0.95, epsilon: 1e-10 };

/**
 * Near-orthogonalisation of rows × columns matrices by five Newton–Schulz steps: singular values
 * from about 1/100 of the Frobenius norm up come out around 1, in [0.68, 1.14]; singular vectors
 * stay. The result replaces the input. O(min² · max) multiply-adds.
 */
export function createOrthogonaliser(rows: number, columns: number): (u: Float64Array) => void {
  const short = Math.min(rows, columns);
  const long = Math.max(rows, columns);
  const x = new Float64Array(short * long);
  const next = new Float64Array(short * long);
  const turned = new Float64Array(short * long);
  const gram = new Float64Array(short * short);
  const mixed = new Float64Array(short * short);
  return (u) => {
    const scale = 1 / (Math.sqrt(squareNorm(u)) + 1e-7);
    if (rows > columns) transpose(u, 0, rows, columns, x);
    else x.set(u);
    for (let i = 0; i < x.length; i++) x[i] *= scale;
    for (let k = 0; k < ITERATIONS; k++) {
      transpose(x, 0, short, long, turned);
      matmul(short, short, long, x, 0, long, 1, turned, 0, short, gram, 0, false);
      matmul(short, short, short, gram, 0, short, 1, gram, 0, short, mixed, 0, false);
      for (let i = 0; i < gram.length; i++) mixed[i] = B * gram[i] + C * mixed[i];
      for (let i = 0; i < x.length; i++) next[i] = A * x[i];
      matmul(short, long, short, mixed, 0, short, 1, x, 0, long, next, 0, true);
      x.set(next);
    }
    if (rows > columns) transpose(x, 0, columns, rows, u);
    else u.set(x);
  };
}

/** Multiply-adds of one orthogonalisation. */
export const orthogonalisationWork = (rows: number, columns: number): number => {
  const short = Math.min(rows, columns);
  return ITERATIONS * short * short * (2 * Math.max(rows, columns) + short);
};

/**
 * For hidden matrices m ← μ m + (1 − μ) g, u = (1 − μ) g + μ m, and W ← (1 − ηλ) W − η √max(1,
 * out / in) · orthogonalised u; for all else AdamW at η times `adamRatio`.
 */
export const muon: MakeOptimizer<MuonParams> = (params, { start, decayed, hidden }) => {
  const { momentum: mu, adamRatio } = params;
  const rest = createRest(ADAM, start.length, hidden);
  const matrices = hidden.map(({ from, rows, columns }) => ({
    from,
    to: from + rows * columns,
    size: Math.sqrt(Math.max(1, columns / rows)),
    m: new Float64Array(rows * columns),
    u: new Float64Array(rows * columns),
    orthogonalise: createOrthogonaliser(rows, columns),
  }));
  const isHidden = new Uint8Array(start.length);
  for (const { from, to } of matrices) isHidden.fill(1, from, to);
  const decayedHere = decayed.map((flag, i) => flag * isHidden[i]);
  const decayedElsewhere = decayed.map((flag, i) => flag * (1 - isHidden[i]));
  return {
    state: [...rest.state, ...matrices.map(({ m }) => m)],
    work: hidden.reduce((sum, { rows, columns }) => sum + orthogonalisationWork(rows, columns), 0),
    step(x, g, rate) {
      decay(x, decayedHere, rate * params.decay);
      decay(x, decayedElsewhere, rate * adamRatio * params.decay);
      rest.step(x, g, rate * adamRatio);
      for (const { from, size, m, u, orthogonalise } of matrices) {
        for (let i = 0; i < m.length; i++) {
          m[i] = mu * m[i] + (1 - mu) * g[from + i];
          u[i] = (1 - mu) * g[from + i] + mu * m[i];
        }
        orthogonalise(u);
        for (let i = 0; i < u.length; i++) x[from + i] -= rate * size * u[i];
      }
      return rate;
    },
  };
};
