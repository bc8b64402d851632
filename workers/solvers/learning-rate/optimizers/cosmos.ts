/** COSMOS: Adam in the leading eigenspace of the gradients, Muon in the rest. */
import type { CosmosParams } from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { matmul, transpose } from '../matmul.ts';
import { createRest } from './adaptive.ts';
import { orthonormaliseRows } from './dense.ts';
import { createOrthogonaliser, orthogonalisationWork } from './muon.ts';
import { decay, squareNorm, type MakeOptimizer, type Matrix } from './optimizer.ts';

/** Power steps that find the eigenspace of the first gradient. */
const FIRST_STEPS = 8;

/** One matrix's part: its direction for a gradient, and its state. */
function createPart(
  { rows, columns }: Matrix,
  { beta1, beta2, epsilon, rank, gamma }: CosmosParams,
  normal: () => number,
) {
  const r = Math.min(rank, columns);
  const size = rows * columns;
  const m = new Float64Array(size);
  /** Rows are orthonormal: the eigenspace of E[Gᵀ G]. */
  const basis = new Float64Array(r * columns);
  /** E[Gᵀ G] inside the eigenspace. */
  const inner = new Float64Array(r * r);
  const v = new Float64Array(rows * r);
  const ahead = new Float64Array(size);
  const inside = new Float64Array(rows * r);
  const turned = new Float64Array(columns * r);
  const image = new Float64Array(r * columns);
  const overlap = new Float64Array(r * r);
  const overlapTurned = new Float64Array(r * r);
  const half = new Float64Array(r * r);
  const direction = new Float64Array(size);
  const orthogonalise = createOrthogonaliser(rows, columns);

  /** rows × r: what · basisᵀ. */
  function into(what: Float64Array, from: number): void {
    transpose(basis, 0, r, columns, turned);
    matmul(rows, r, columns, what, from, columns, 1, turned, 0, r, inside, 0, false);
  }

  /** One power step on β₂ · old + (1 − β₂) Gᵀ G, then the old matrix in the new basis. */
  function turnBasis(g: Float64Array, from: number, keep: number): void {
    into(g, from);
    // `turned` holds the old basis until the overlap is known.
    // image = keep · inner · basis + (1 − keep) (G basisᵀ)ᵀ G
    matmul(r, columns, r, inner, 0, r, 1, basis, 0, columns, image, 0, false);
    for (let i = 0; i < image.length; i++) image[i] *= keep;
    for (let i = 0; i < inside.length; i++) inside[i] *= 1 - keep;
    matmul(r, columns, rows, inside, 0, 1, r, g, from, columns, image, 0, true);
    basis.set(image);
    orthonormaliseRows(r, columns, basis);
    // inner ← new (keep · oldᵀ inner old + (1 − keep) Gᵀ G) newᵀ
    matmul(r, r, columns, basis, 0, columns, 1, turned, 0, r, overlap, 0, false);
    matmul(r, r, r, overlap, 0, r, 1, inner, 0, r, half, 0, false);
    transpose(overlap, 0, r, r, overlapTurned);
    matmul(r, r, r, half, 0, r, 1, overlapTurned, 0, r, inner, 0, false);
    into(g, from);
    for (let i = 0; i < r; i++)
      for (let j = 0; j < r; j++) {
        let sum = 0;
        for (let k = 0; k < rows; k++) sum += inside[k * r + i] * inside[k * r + j];
        inner[i * r + j] = keep * inner[i * r + j] + (1 - keep) * sum;
      }
  }

  return {
    state: [m, basis, inner, v],
    work: 4 * rows * r * columns + 2 * r * r * columns + orthogonalisationWork(rows, columns),
    /** @param first1 1 − β₁ᵗ. @param second 1 − β₂ᵗ. */
    direct(g: Float64Array, from: number, first: boolean, first1: number, second: number) {
      for (let i = 0; i < size; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[from + i];
        ahead[i] = beta1 * m[i] + (1 - beta1) * g[from + i];
      }
      if (r > 0) {
        if (first) {
          for (let i = 0; i < basis.length; i++) basis[i] = normal();
          orthonormaliseRows(r, columns, basis);
          for (let k = 0; k < FIRST_STEPS; k++) turnBasis(g, from, 0);
        } else turnBasis(g, from, beta2);
        into(g, from);
        for (let i = 0; i < v.length; i++)
          v[i] = beta2 * v[i] + (1 - beta2) * inside[i] * inside[i];
        into(ahead, 0);
        // What lies outside the eigenspace is left for Muon.
        for (let i = 0; i < inside.length; i++) inside[i] = -inside[i];
        matmul(rows, columns, r, inside, 0, r, 1, basis, 0, columns, ahead, 0, true);
        for (let i = 0; i < inside.length; i++)
          inside[i] = -inside[i] / first1 / (Math.sqrt(v[i] / second) + epsilon);
        matmul(rows, columns, r, inside, 0, r, 1, basis, 0, columns, direction, 0, false);
      } else direction.fill(0);
      if (r < Math.min(rows, columns)) {
        orthogonalise(ahead);
        const share = gamma * Math.sqrt(Math.max(rows, columns));
        for (let i = 0; i < size; i++) direction[i] += share * ahead[i];
      }
      const norm = Math.sqrt(squareNorm(direction));
      const scale = norm > 0 ? Math.sqrt(size) / norm : 0;
      for (let i = 0; i < size; i++) direction[i] *= scale;
      return direction;
    },
  };
}

/**
 * For hidden matrices: m ← β₁ m + (1 − β₁) G, m′ = β₁ m + (1 − β₁) G; U the leading r eigenvectors of
 * the mean of GᵀG, by one power step and orthonormalisation each step; A = Adam of m′U with the mean
 * square of GU, back by Uᵀ; B = Newton–Schulz of m′ − m′UUᵀ; W ← (1 − ηλ) W − η ρ D √(size) / ‖D‖ with
 * D = A + γ √max(in, out) B. Everything else by AdamW at η. Rank 0 leaves Muon, full rank Adam in the
 * eigenbasis.
 */
export const cosmos: MakeOptimizer<CosmosParams> = (params, setting) => {
  const { start, decayed, hidden, rng } = setting;
  const rest = createRest(params, start.length, hidden);
  const powers = Float64Array.of(1, 1);
  const count = new Uint32Array(1);
  const parts = hidden.map((matrix, index) => ({
    ...matrix,
    size: matrix.rows * matrix.columns,
    part: createPart(matrix, params, createNormal(rng.fork(index))),
  }));
  return {
    state: [...rest.state, ...parts.flatMap(({ part }) => part.state), powers, count],
    work: parts.reduce((sum, { part }) => sum + part.work, 0),
    step(x, g, rate) {
      powers[0] *= params.beta1;
      powers[1] *= params.beta2;
      decay(x, decayed, rate * params.decay);
      rest.step(x, g, rate);
      for (const { from, size, part } of parts) {
        const direction = part.direct(g, from, count[0] === 0, 1 - powers[0], 1 - powers[1]);
        for (let i = 0; i < size; i++) x[from + i] -= rate * params.ratio * direction[i];
      }
      count[0]++;
      return rate;
    },
  };
};
