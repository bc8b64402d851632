/** The small complementarity problem of the central flow, on symmetric 2 × 2 matrices. */

/** Entries (1,1), (1,2) and (2,2). */
export type Symmetric = [number, number, number];

/** The nearest positive semidefinite matrix (Frobenius norm), in place. */
export function projectSemidefinite(x: Symmetric): void {
  const [a, b, d] = x;
  const mean = (a + d) / 2;
  const half = (a - d) / 2;
  const radius = Math.sqrt(half * half + b * b);
  if (mean - radius >= 0) return;
  const largest = mean + radius;
  if (largest <= 0) {
    x.fill(0);
    return;
  }
  // largest · v vᵀ with v vᵀ = ½ (I + [half b; b −half] / radius).
  x[0] = (largest * (1 + half / radius)) / 2;
  x[1] = (largest * b) / (2 * radius);
  x[2] = (largest * (1 - half / radius)) / 2;
}

/** ⟨A, B⟩: the entry off the diagonal counts twice. */
export const inner = (a: Symmetric, b: Symmetric): number =>
  a[0] * b[0] + 2 * a[1] * b[1] + a[2] * b[2];

const ITERATIONS = 2_000;
const TOLERANCE = 1e-10;

/**
 * X ⪰ 0 with G X − R ⪰ 0 and ⟨X, G X − R⟩ = 0: the minimum of ½ ⟨X, G X⟩ − ⟨X, R⟩ over X ⪰ 0, by
 * accelerated projected gradients (Nesterov 1983) with restarts. X is where to start, and the result.
 * @param gram row-major 3 × 3, G's images of the entries: (G X)ᵢ = Σⱼ gramᵢⱼ wⱼ Xⱼ with w = (1, 2, 1);
 * positive semidefinite.
 */
export function solveComplementarity(gram: Float64Array, r: Symmetric, x: Symmetric): void {
  const bound = gram[0] + 2 * gram[4] + gram[8];
  if (!(bound > 0)) {
    x.fill(0);
    return;
  }
  const y: Symmetric = [...x];
  const before: Symmetric = [...x];
  let weight = 1;
  for (let k = 0; k < ITERATIONS; k++) {
    before[0] = x[0];
    before[1] = x[1];
    before[2] = x[2];
    for (let i = 0; i < 3; i++) {
      const image = gram[3 * i] * y[0] + 2 * gram[3 * i + 1] * y[1] + gram[3 * i + 2] * y[2];
      x[i] = y[i] - (image - r[i]) / bound;
    }
    projectSemidefinite(x);
    let change = 0;
    let turn = 0;
    for (let i = 0; i < 3; i++) {
      change = Math.max(change, Math.abs(x[i] - before[i]));
      turn += (i === 1 ? 2 : 1) * (y[i] - x[i]) * (x[i] - before[i]);
    }
    if (change <= TOLERANCE * (Math.abs(x[0]) + Math.abs(x[2]))) return;
    if (turn > 0) weight = 1;
    const next = (1 + Math.sqrt(1 + 4 * weight * weight)) / 2;
    const push = turn > 0 ? 0 : (weight - 1) / next;
    for (let i = 0; i < 3; i++) y[i] = x[i] + push * (x[i] - before[i]);
    weight = next;
  }
}
