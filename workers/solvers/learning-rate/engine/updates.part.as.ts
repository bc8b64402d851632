/**
 * Steps of optimizers in double precision, two coordinates at a time; `twin-updates.ts` says what
 * they do. `count` is even, a coordinate beyond the last one may be anything.
 */

function bytes(count: i32): usize {
  return (<usize>count) << 3;
}

function plus(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** x ← x − step; the step is a numerator over √square + ε. */
function moveScaled(x: usize, numerator: v128, square: v128, epsilon: v128): void {
  const root = plus(f64x2.sqrt(square), epsilon);
  v128.store(x, f64x2.sub(v128.load(x), f64x2.div(numerator, root)));
}

/** Stores and returns share · average + rest · value. */
function blend(average: usize, share: v128, rest: v128, value: v128): v128 {
  const mean = plus(times(share, v128.load(average)), times(rest, value));
  v128.store(average, mean);
  return mean;
}

/** Stores and returns share · square + rest · value · value. */
function blendSquare(square: usize, share: v128, rest: v128, value: v128): v128 {
  const mean = plus(times(share, v128.load(square)), times(times(rest, value), value));
  v128.store(square, mean);
  return mean;
}

/** The sign of c as 1 or −1; c itself where it has none. */
function sign(c: v128): v128 {
  const zero = f64x2.splat(0);
  const signed = v128.or(f64x2.lt(c, zero), f64x2.gt(c, zero));
  const unit = v128.or(v128.and(c, f64x2.splat(-0.0)), f64x2.splat(1));
  return v128.bitselect(unit, c, signed);
}

function decay(count: i32, x: usize, decayed: usize, shrink: f64): void {
  if (shrink == 0) return;
  const factor = f64x2.splat(shrink);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const value = v128.load(x + i);
    const loss = times(times(factor, v128.load(decayed + i)), value);
    v128.store(x + i, f64x2.sub(value, loss));
  }
}

export function sgd(count: i32, x: usize, g: usize, rate: f64): void {
  const size = f64x2.splat(rate);
  for (let i: usize = 0; i < bytes(count); i += 16)
    v128.store(x + i, f64x2.sub(v128.load(x + i), times(size, v128.load(g + i))));
}

export function momentum(count: i32, x: usize, g: usize, v: usize, rate: f64, mu: f64): void {
  const size = f64x2.splat(rate);
  const share = f64x2.splat(mu);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const speed = plus(times(share, v128.load(v + i)), v128.load(g + i));
    v128.store(v + i, speed);
    v128.store(x + i, f64x2.sub(v128.load(x + i), times(size, speed)));
  }
}

export function nesterov(count: i32, x: usize, g: usize, v: usize, rate: f64, mu: f64): void {
  const size = f64x2.splat(rate);
  const share = f64x2.splat(mu);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const slope = v128.load(g + i);
    const speed = plus(times(share, v128.load(v + i)), slope);
    v128.store(v + i, speed);
    const ahead = plus(slope, times(share, speed));
    v128.store(x + i, f64x2.sub(v128.load(x + i), times(size, ahead)));
  }
}

export function adagrad(count: i32, x: usize, g: usize, s: usize, rate: f64, epsilon: f64): void {
  const size = f64x2.splat(rate);
  const least = f64x2.splat(epsilon);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const slope = v128.load(g + i);
    const square = plus(v128.load(s + i), times(slope, slope));
    v128.store(s + i, square);
    moveScaled(x + i, times(size, slope), square, least);
  }
}

export function rmsprop(
  count: i32,
  x: usize,
  g: usize,
  v: usize,
  rate: f64,
  smoothing: f64,
  epsilon: f64,
): void {
  const size = f64x2.splat(rate);
  const share = f64x2.splat(smoothing);
  const rest = f64x2.splat(1 - smoothing);
  const least = f64x2.splat(epsilon);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const slope = v128.load(g + i);
    const square = blendSquare(v + i, share, rest, slope);
    moveScaled(x + i, times(size, slope), square, least);
  }
}

export function adam(
  count: i32,
  x: usize,
  g: usize,
  m: usize,
  v: usize,
  rate: f64,
  beta1: f64,
  beta2: f64,
  first: f64,
  second: f64,
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
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const slope = v128.load(g + i);
    const mean = blend(m + i, b1, r1, slope);
    const square = blendSquare(v + i, b2, r2, slope);
    moveScaled(x + i, times(size, times(mean, f1)), times(square, f2), least);
  }
}

export function adamw(
  count: i32,
  x: usize,
  g: usize,
  decayed: usize,
  m: usize,
  v: usize,
  rate: f64,
  shrink: f64,
  beta1: f64,
  beta2: f64,
  first: f64,
  second: f64,
  epsilon: f64,
): void {
  decay(count, x, decayed, shrink);
  adam(count, x, g, m, v, rate, beta1, beta2, first, second, epsilon);
}

export function amsgrad(
  count: i32,
  x: usize,
  g: usize,
  m: usize,
  v: usize,
  largest: usize,
  rate: f64,
  beta1: f64,
  beta2: f64,
  first: f64,
  second: f64,
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
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const slope = v128.load(g + i);
    const mean = blend(m + i, b1, r1, slope);
    const square = blendSquare(v + i, b2, r2, slope);
    const most = f64x2.pmax(v128.load(largest + i), square);
    v128.store(largest + i, most);
    moveScaled(x + i, times(size, times(mean, f1)), times(most, f2), least);
  }
}

export function spam(
  count: i32,
  x: usize,
  g: usize,
  m: usize,
  v: usize,
  rate: f64,
  beta1: f64,
  beta2: f64,
  threshold: f64,
  epsilon: f64,
): void {
  const b1 = f64x2.splat(beta1);
  const b2 = f64x2.splat(beta2);
  const r1 = f64x2.splat(1 - beta1);
  const r2 = f64x2.splat(1 - beta2);
  const size = f64x2.splat(rate);
  const most = f64x2.splat(threshold);
  const least = f64x2.splat(epsilon);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const whole = v128.load(g + i);
    const limit = times(most, v128.load(v + i));
    const spike = f64x2.gt(times(whole, whole), limit);
    const slope = v128.bitselect(times(sign(whole), f64x2.sqrt(limit)), whole, spike);
    v128.store(g + i, slope);
    const mean = blend(m + i, b1, r1, slope);
    const square = blendSquare(v + i, b2, r2, slope);
    moveScaled(x + i, times(size, mean), square, least);
  }
}

export function lion(
  count: i32,
  x: usize,
  g: usize,
  decayed: usize,
  m: usize,
  rate: f64,
  shrink: f64,
  beta1: f64,
  beta2: f64,
): void {
  decay(count, x, decayed, shrink);
  const b1 = f64x2.splat(beta1);
  const b2 = f64x2.splat(beta2);
  const r1 = f64x2.splat(1 - beta1);
  const r2 = f64x2.splat(1 - beta2);
  const size = f64x2.splat(rate);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const slope = v128.load(g + i);
    const direction = sign(plus(times(b1, v128.load(m + i)), times(r1, slope)));
    v128.store(x + i, f64x2.sub(v128.load(x + i), times(size, direction)));
    blend(m + i, b2, r2, slope);
  }
}

/** z ← z − step · change; x ← x + c (z − x); y ← (1 − β) z + β x. */
function moveAveraged(
  y: usize,
  z: usize,
  average: usize,
  step: v128,
  change: v128,
  c: v128,
  beta: v128,
  rest: v128,
): void {
  const fast = f64x2.sub(v128.load(z), times(step, change));
  v128.store(z, fast);
  const before = v128.load(average);
  const mean = plus(before, times(c, f64x2.sub(fast, before)));
  v128.store(average, mean);
  v128.store(y, plus(times(rest, fast), times(beta, mean)));
}

export function scheduleFreeSgd(
  count: i32,
  y: usize,
  g: usize,
  decayed: usize,
  z: usize,
  average: usize,
  rate: f64,
  lambda: f64,
  c: f64,
  beta: f64,
): void {
  const size = f64x2.splat(rate);
  const factor = f64x2.splat(lambda);
  const part = f64x2.splat(c);
  const share = f64x2.splat(beta);
  const rest = f64x2.splat(1 - beta);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const pull = times(times(factor, v128.load(decayed + i)), v128.load(y + i));
    const change = plus(v128.load(g + i), pull);
    moveAveraged(y + i, z + i, average + i, size, change, part, share, rest);
  }
}

export function scheduleFreeAdamw(
  count: i32,
  y: usize,
  g: usize,
  decayed: usize,
  z: usize,
  average: usize,
  v: usize,
  rate: f64,
  lambda: f64,
  c: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
): void {
  const size = f64x2.splat(rate);
  const factor = f64x2.splat(lambda);
  const part = f64x2.splat(c);
  const share = f64x2.splat(beta1);
  const rest = f64x2.splat(1 - beta1);
  const b2 = f64x2.splat(beta2);
  const r2 = f64x2.splat(1 - beta2);
  const least = f64x2.splat(epsilon);
  for (let i: usize = 0; i < bytes(count); i += 16) {
    const slope = v128.load(g + i);
    const square = blendSquare(v + i, b2, r2, slope);
    const pull = times(times(factor, v128.load(decayed + i)), v128.load(y + i));
    const change = plus(f64x2.div(slope, plus(f64x2.sqrt(square), least)), pull);
    moveAveraged(y + i, z + i, average + i, size, change, part, share, rest);
  }
}
