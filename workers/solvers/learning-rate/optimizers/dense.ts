/** Small dense linear algebra with + − × ÷ √ only, so that it repeats in every engine. */

/**
 * Eigenvalues and eigenvectors of a symmetric n × n matrix: Householder reduction to a tridiagonal
 * one, then implicit QL (Bowdler et al. 1968). `a` is destroyed; row i of `vectors` is the
 * eigenvector of `values[i]`; the order is not sorted. O(n³), about 9 n³ flops.
 */
export function eigenSymmetric(
  n: number,
  a: Float64Array,
  values: Float64Array,
  vectors: Float64Array,
): void {
  vectors.fill(0);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const off = new Float64Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k + 2 < n; k++) reflect(n, k, a, vectors, v, w);
  for (let i = 0; i < n; i++) values[i] = a[i * n + i];
  for (let i = 0; i + 1 < n; i++) off[i] = a[(i + 1) * n + i];
  for (let l = 0; l < n; l++) isolate(n, l, values, off, vectors);
}

/** Zeroes column k below the subdiagonal: A ← H A H, V ← H V, H = I − β v vᵀ. */
function reflect(
  n: number,
  k: number,
  a: Float64Array,
  vectors: Float64Array,
  v: Float64Array,
  w: Float64Array,
): void {
  let square = 0;
  for (let i = k + 1; i < n; i++) {
    v[i] = a[i * n + k];
    square += v[i] * v[i];
  }
  const head = v[k + 1];
  if (square === head * head) return;
  const length = Math.sqrt(square);
  v[k + 1] = head + (head < 0 ? -length : length);
  const beta = 2 / (square - head * head + v[k + 1] * v[k + 1]);
  let product = 0;
  for (let i = k; i < n; i++) {
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += a[i * n + j] * v[j];
    w[i] = beta * sum;
    if (i > k) product += v[i] * w[i];
  }
  const half = 0.5 * beta * product;
  for (let i = k + 1; i < n; i++) w[i] -= half * v[i];
  for (let i = k + 1; i < n; i++)
    for (let j = k + 1; j < n; j++) a[i * n + j] -= v[i] * w[j] + w[i] * v[j];
  a[(k + 1) * n + k] = head < 0 ? length : -length;
  w.fill(0);
  for (let i = k + 1; i < n; i++) for (let j = 0; j < n; j++) w[j] += v[i] * vectors[i * n + j];
  for (let i = k + 1; i < n; i++) {
    const scale = beta * v[i];
    for (let j = 0; j < n; j++) vectors[i * n + j] -= scale * w[j];
  }
}

/** QL sweeps until `values[l]` stands alone. */
function isolate(
  n: number,
  l: number,
  values: Float64Array,
  off: Float64Array,
  vectors: Float64Array,
): void {
  for (let sweep = 0; sweep < 60; sweep++) {
    let m = l;
    for (; m + 1 < n; m++) {
      const size = Math.abs(values[m]) + Math.abs(values[m + 1]);
      if (Math.abs(off[m]) <= 2.3e-16 * size) break;
    }
    if (m === l) return;
    // Wilkinson's shift from the leading 2 × 2 block.
    let g = (values[l + 1] - values[l]) / (2 * off[l]);
    let r = Math.sqrt(g * g + 1);
    g = values[m] - values[l] + off[l] / (g + (g < 0 ? -r : r));
    let sine = 1;
    let cosine = 1;
    let shift = 0;
    let i = m - 1;
    for (; i >= l; i--) {
      const f = sine * off[i];
      const b = cosine * off[i];
      r = Math.sqrt(f * f + g * g);
      off[i + 1] = r;
      if (r === 0) {
        values[i + 1] -= shift;
        off[m] = 0;
        break;
      }
      sine = f / r;
      cosine = g / r;
      g = values[i + 1] - shift;
      r = (values[i] - g) * sine + 2 * cosine * b;
      shift = sine * r;
      values[i + 1] = g + shift;
      g = cosine * r - b;
      const row = i * n;
      for (let k = 0; k < n; k++) {
        const upper = vectors[row + n + k];
        const lower = vectors[row + k];
        vectors[row + n + k] = sine * lower + cosine * upper;
        vectors[row + k] = cosine * lower - sine * upper;
      }
    }
    if (i >= l) continue;
    values[l] -= shift;
    off[l] = g;
    off[m] = 0;
  }
}

/**
 * Cholesky factor L of a symmetric positive definite n × n matrix (row length `stride`), into its
 * lower triangle. False when it is not positive definite. O(n³ / 3).
 */
export function cholesky(n: number, a: Float64Array, stride: number): boolean {
  for (let j = 0; j < n; j++) {
    let sum = a[j * stride + j];
    for (let k = 0; k < j; k++) sum -= a[j * stride + k] * a[j * stride + k];
    if (!(sum > 0)) return false;
    const pivot = Math.sqrt(sum);
    a[j * stride + j] = pivot;
    for (let i = j + 1; i < n; i++) {
      let entry = a[i * stride + j];
      for (let k = 0; k < j; k++) entry -= a[i * stride + k] * a[j * stride + k];
      a[i * stride + j] = entry / pivot;
    }
  }
  return true;
}

/** Solves L Lᵀ x = b in place. O(n²). */
export function solveCholesky(n: number, l: Float64Array, stride: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i];
    for (let k = 0; k < i; k++) sum -= l[i * stride + k] * b[k];
    b[i] = sum / l[i * stride + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < n; k++) sum -= l[k * stride + i] * b[k];
    b[i] = sum / l[i * stride + i];
  }
}

/**
 * Makes the `count` rows (of length n) orthonormal, each against those before it, twice over
 * (Gram–Schmidt). A row that vanishes becomes a unit vector's remainder. O(count² n).
 */
export function orthonormaliseRows(count: number, n: number, q: Float64Array): void {
  for (let i = 0; i < count; i++) {
    let unit = 0;
    for (;;) {
      const before = normOf(q, i * n, n);
      for (let pass = 0; pass < 2; pass++)
        for (let k = 0; k < i; k++) {
          let product = 0;
          for (let j = 0; j < n; j++) product += q[i * n + j] * q[k * n + j];
          for (let j = 0; j < n; j++) q[i * n + j] -= product * q[k * n + j];
        }
      const after = normOf(q, i * n, n);
      if (after > 1e-12 * before && after > 0) {
        for (let j = 0; j < n; j++) q[i * n + j] /= after;
        break;
      }
      q.fill(0, i * n, (i + 1) * n);
      q[i * n + unit++] = 1;
    }
  }
}

function normOf(v: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let j = from; j < from + count; j++) sum += v[j] * v[j];
  return Math.sqrt(sum);
}
