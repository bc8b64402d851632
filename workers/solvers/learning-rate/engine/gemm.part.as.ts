/** The matrix product: single precision, blocks of 4 × 8 sums in registers. */

/** Four rows by eight columns. Addresses and strides in bytes. */
function block(
  depth: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
): void {
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  if (accumulate) {
    s00 = v128.load(c);
    s01 = v128.load(c, 16);
    s10 = v128.load(c1);
    s11 = v128.load(c1, 16);
    s20 = v128.load(c2);
    s21 = v128.load(c2, 16);
    s30 = v128.load(c3);
    s31 = v128.load(c3, 16);
  }
  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let q = b;
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(q);
    const b1 = v128.load(q, 16);
    let x = v128.load32_splat(a0);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    q += bRow;
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** One row by four columns. */
function strip(
  depth: i32,
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  accumulate: bool,
): void {
  let sum = accumulate ? v128.load(c) : f32x4.splat(0);
  let p = a;
  let q = b;
  for (let k = 0; k < depth; k++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(p), v128.load(q)));
    p += aColumn;
    q += bRow;
  }
  v128.store(c, sum);
}

/** Four rows by one column: four sums at a time, because each waits for its last addition. */
function column(
  depth: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
): void {
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s0: f32 = accumulate ? load<f32>(c) : 0;
  let s1: f32 = accumulate ? load<f32>(c1) : 0;
  let s2: f32 = accumulate ? load<f32>(c2) : 0;
  let s3: f32 = accumulate ? load<f32>(c3) : 0;
  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let q = b;
  for (let k = 0; k < depth; k++) {
    const x = load<f32>(q);
    s0 += load<f32>(a0) * x;
    s1 += load<f32>(a1) * x;
    s2 += load<f32>(a2) * x;
    s3 += load<f32>(a3) * x;
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    q += bRow;
  }
  store<f32>(c, s0);
  store<f32>(c1, s1);
  store<f32>(c2, s2);
  store<f32>(c3, s3);
}

/** One row by one column. */
function entry(
  depth: i32,
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  accumulate: bool,
): void {
  let sum: f32 = accumulate ? load<f32>(c) : 0;
  let p = a;
  let q = b;
  for (let k = 0; k < depth; k++) {
    sum += load<f32>(p) * load<f32>(q);
    p += aColumn;
    q += bRow;
  }
  store<f32>(c, sum);
}

/**
 * C[m×n] = (accumulate ? C : 0) + A·B. Entry (i, k) of A is `i·aRow + k·aColumn` floats from `a`, so
 * a transposed A needs no copy; B and C are row-major with row lengths `bRow`, `cRow` in floats.
 * Every sum starts at C or 0 and runs over k in order, whichever block it falls into. O(m·n·depth).
 */
export function gemm(
  m: i32,
  n: i32,
  depth: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32,
  accumulate: bool,
): void {
  const ar = (<usize>aRow) << 2;
  const ac = (<usize>aColumn) << 2;
  const br = (<usize>bRow) << 2;
  const cr = (<usize>cRow) << 2;
  let j = 0;
  for (; j + 8 <= n; j += 8) {
    const bj = b + ((<usize>j) << 2);
    const cj = c + ((<usize>j) << 2);
    let i = 0;
    for (; i + 4 <= m; i += 4)
      block(depth, a + <usize>i * ar, ar, ac, bj, br, cj + <usize>i * cr, cr, accumulate);
    for (; i < m; i++) {
      strip(depth, a + <usize>i * ar, ac, bj, br, cj + <usize>i * cr, accumulate);
      strip(depth, a + <usize>i * ar, ac, bj + 16, br, cj + <usize>i * cr + 16, accumulate);
    }
  }
  for (; j + 4 <= n; j += 4) {
    const bj = b + ((<usize>j) << 2);
    const cj = c + ((<usize>j) << 2);
    for (let i = 0; i < m; i++)
      strip(depth, a + <usize>i * ar, ac, bj, br, cj + <usize>i * cr, accumulate);
  }
  for (; j < n; j++) {
    const bj = b + ((<usize>j) << 2);
    const cj = c + ((<usize>j) << 2);
    let i = 0;
    for (; i + 4 <= m; i += 4)
      column(depth, a + <usize>i * ar, ar, ac, bj, br, cj + <usize>i * cr, cr, accumulate);
    for (; i < m; i++) entry(depth, a + <usize>i * ar, ac, bj, br, cj + <usize>i * cr, accumulate);
  }
}

/** The transpose of a row-major rows × columns matrix whose rows are `row` floats apart. */
export function transpose(rows: i32, columns: i32, from: usize, row: i32, into: usize): void {
  const fr = (<usize>row) << 2;
  const ir = (<usize>rows) << 2;
  const wide = columns & ~3;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let p = from + <usize>i * fr;
    let q = into + ((<usize>i) << 2);
    for (let j = 0; j < wide; j += 4) {
      const x0 = v128.load(p);
      const x1 = v128.load(p + fr);
      const x2 = v128.load(p + 2 * fr);
      const x3 = v128.load(p + 3 * fr);
      const y0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
      const y1 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
      const y2 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
      const y3 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
      v128.store(q, v128.shuffle<f32>(y0, y2, 0, 1, 4, 5));
      v128.store(q + ir, v128.shuffle<f32>(y0, y2, 2, 3, 6, 7));
      v128.store(q + 2 * ir, v128.shuffle<f32>(y1, y3, 0, 1, 4, 5));
      v128.store(q + 3 * ir, v128.shuffle<f32>(y1, y3, 2, 3, 6, 7));
      p += 16;
      q += 4 * ir;
    }
    for (let j = wide; j < columns; j++)
      for (let k = 0; k < 4; k++)
        store<f32>(
          into + <usize>j * ir + ((<usize>(i + k)) << 2),
          load<f32>(from + <usize>(i + k) * fr + ((<usize>j) << 2)),
        );
  }
  for (; i < rows; i++)
    for (let j = 0; j < columns; j++)
      store<f32>(
        into + <usize>j * ir + ((<usize>i) << 2),
        load<f32>(from + <usize>i * fr + ((<usize>j) << 2)),
      );
}
