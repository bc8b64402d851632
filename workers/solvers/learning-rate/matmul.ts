/**
 * C[m×n] = (accumulate ? C : 0) + A·B in double precision. A's entry (i, k) is at
 * `a0 + i·aRow + k·aColumn`, so a transposed A needs no copy; B and C are row-major with row lengths
 * `bRow` and `cRow`. Blocks of 4 × 4 sums stay in registers; each sum runs over k in order. O(m·n·k).
 */
export function matmul(
  m: number,
  n: number,
  depth: number,
  a: Float64Array,
  a0: number,
  aRow: number,
  aColumn: number,
  b: Float64Array,
  b0: number,
  bRow: number,
  c: Float64Array,
  c0: number,
  accumulate: boolean,
  cRow = n,
): void {
  if (!accumulate)
    for (let row = 0; row < m; row++) c.fill(0, c0 + row * cRow, c0 + row * cRow + n);
  let i = 0;
  for (; i + 4 <= m; i += 4) {
    const row0 = a0 + i * aRow;
    let j = 0;
    for (; j + 4 <= n; j += 4) {
      let p0 = row0;
      let p1 = p0 + aRow;
      let p2 = p1 + aRow;
      let p3 = p2 + aRow;
      let q = b0 + j;
      let c00 = 0;
      let c01 = 0;
      let c02 = 0;
      let c03 = 0;
      let c10 = 0;
      let c11 = 0;
      let c12 = 0;
      let c13 = 0;
      let c20 = 0;
      let c21 = 0;
      let c22 = 0;
      let c23 = 0;
      let c30 = 0;
      let c31 = 0;
      let c32 = 0;
      let c33 = 0;
      for (let k = 0; k < depth; k++) {
        const y0 = b[q];
        const y1 = b[q + 1];
        const y2 = b[q + 2];
        const y3 = b[q + 3];
        let x = a[p0];
        c00 += x * y0;
        c01 += x * y1;
        c02 += x * y2;
        c03 += x * y3;
        x = a[p1];
        c10 += x * y0;
        c11 += x * y1;
        c12 += x * y2;
        c13 += x * y3;
        x = a[p2];
        c20 += x * y0;
        c21 += x * y1;
        c22 += x * y2;
        c23 += x * y3;
        x = a[p3];
        c30 += x * y0;
        c31 += x * y1;
        c32 += x * y2;
        c33 += x * y3;
        p0 += aColumn;
        p1 += aColumn;
        p2 += aColumn;
        p3 += aColumn;
        q += bRow;
      }
      let r = c0 + i * cRow + j;
      c[r] += c00;
      c[r + 1] += c01;
      c[r + 2] += c02;
      c[r + 3] += c03;
      r += cRow;
      c[r] += c10;
      c[r + 1] += c11;
      c[r + 2] += c12;
      c[r + 3] += c13;
      r += cRow;
      c[r] += c20;
      c[r + 1] += c21;
      c[r + 2] += c22;
      c[r + 3] += c23;
      r += cRow;
      c[r] += c30;
      c[r + 1] += c31;
      c[r + 2] += c32;
      c[r + 3] += c33;
    }
    for (; j < n; j++) {
      let p0 = row0;
      let p1 = p0 + aRow;
      let p2 = p1 + aRow;
      let p3 = p2 + aRow;
      let q = b0 + j;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < depth; k++) {
        const y = b[q];
        s0 += a[p0] * y;
        s1 += a[p1] * y;
        s2 += a[p2] * y;
        s3 += a[p3] * y;
        p0 += aColumn;
        p1 += aColumn;
        p2 += aColumn;
        p3 += aColumn;
        q += bRow;
      }
      const r = c0 + i * cRow + j;
      c[r] += s0;
      c[r + cRow] += s1;
      c[r + 2 * cRow] += s2;
      c[r + 3 * cRow] += s3;
    }
  }
  for (; i < m; i++) lastRow(c0 + i * cRow, n, depth, a, a0 + i * aRow, aColumn, b, b0, bRow, c);
}

/** One row of the product, four columns at a time. */
function lastRow(
  row: number,
  n: number,
  depth: number,
  a: Float64Array,
  a0: number,
  aColumn: number,
  b: Float64Array,
  b0: number,
  bRow: number,
  c: Float64Array,
): void {
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    let p = a0;
    let q = b0 + j;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < depth; k++) {
      const x = a[p];
      s0 += x * b[q];
      s1 += x * b[q + 1];
      s2 += x * b[q + 2];
      s3 += x * b[q + 3];
      p += aColumn;
      q += bRow;
    }
    c[row + j] += s0;
    c[row + j + 1] += s1;
    c[row + j + 2] += s2;
    c[row + j + 3] += s3;
  }
  for (; j < n; j++) {
    let sum = 0;
    let p = a0;
    let q = b0 + j;
    for (let k = 0; k < depth; k++) {
      sum += a[p] * b[q];
      p += aColumn;
      q += bRow;
    }
    c[row + j] += sum;
  }
}

/** Bᵀ of a row-major `rows` × `columns` matrix at `b0`, into `into` from 0. */
export function transpose(
  b: Float64Array,
  b0: number,
  rows: number,
  columns: number,
  into: Float64Array,
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) into[j * rows + i] = b[b0 + i * columns + j];
}
