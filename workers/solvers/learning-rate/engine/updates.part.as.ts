/** Steps of optimizers in double precision, two coordinates at a time. */

/**
 * m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − η (m · first) / (√(v · second) + ε).
 * `count` is even, a coordinate beyond the last one may be anything.
 */
export function adam(
  count: i32,
  x: usize,
  g: usize,
  m: usize,
  v: usize,
  beta1: f64,
  beta2: f64,
  first: f64,
  second: f64,
  rate: f64,
  epsilon: f64,
): void {
  const b1 = f64x2.splat(beta1);
  const b2 = f64x2.splat(beta2);
  const r1 = f64x2.splat(1 - beta1);
  const r2 = f64x2.splat(1 - beta2);
  const f1 = f64x2.splat(first);
  const f2 = f64x2.splat(second);
  const size = f64x2.splat(rate);
  const least = f64x2.splat(epsilon);
  const end = (<usize>count) << 3;
  for (let i: usize = 0; i < end; i += 16) {
    const slope = v128.load(g + i);
    const mean = f64x2.add(f64x2.mul(b1, v128.load(m + i)), f64x2.mul(r1, slope));
    v128.store(m + i, mean);
    const square = f64x2.add(
      f64x2.mul(b2, v128.load(v + i)),
      f64x2.mul(f64x2.mul(r2, slope), slope),
    );
    v128.store(v + i, square);
    const root = f64x2.add(f64x2.sqrt(f64x2.mul(square, f2)), least);
    const step = f64x2.div(f64x2.mul(size, f64x2.mul(mean, f1)), root);
    v128.store(x + i, f64x2.sub(v128.load(x + i), step));
  }
}
