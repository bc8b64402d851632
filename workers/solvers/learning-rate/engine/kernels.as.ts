/**
 * The parts of a training step, in single precision. Addresses are bytes, counts are floats. Runs
 * over whole buffers go in fours: buffers are padded to a multiple of four floats.
 */
import { exp1, exp4, tanh4 } from './math.part.as';

export { gemm, transpose } from './gemm.part.as';

const GELU_SCALE: f32 = 0.7978845608028654; // √(2/π)
const GELU_CUBIC: f32 = 0.044715;

/** Every row of rows × columns becomes the given row. */
export function fillRows(rows: i32, columns: i32, row: usize, into: usize): void {
  const size = (<usize>columns) << 2;
  for (let i = 0; i < rows; i++) memory.copy(into + <usize>i * size, row, size);
}

/** Sums of the columns of rows × columns, row after row. */
export function sumRows(rows: i32, columns: i32, from: usize, into: usize): void {
  const size = (<usize>columns) << 2;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let p = from + ((<usize>j) << 2);
    let sum = f32x4.splat(0);
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(p));
      p += size;
    }
    v128.store(into + ((<usize>j) << 2), sum);
  }
  for (; j < columns; j++) {
    let p = from + ((<usize>j) << 2);
    let sum: f32 = 0;
    for (let i = 0; i < rows; i++) {
      sum += load<f32>(p);
      p += size;
    }
    store<f32>(into + ((<usize>j) << 2), sum);
  }
}

/** y = tanh x and its slope 1 − y². */
export function tanhForward(count: i32, x: usize, y: usize, slope: usize): void {
  const end = (<usize>count) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const value = tanh4(v128.load(x + i));
    v128.store(y + i, value);
    v128.store(slope + i, f32x4.sub(f32x4.splat(1), f32x4.mul(value, value)));
  }
}

/** y = max(0, x) and its slope, 0 at 0. */
export function reluForward(count: i32, x: usize, y: usize, slope: usize): void {
  const end = (<usize>count) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const value = v128.load(x + i);
    const positive = f32x4.gt(value, f32x4.splat(0));
    v128.store(y + i, v128.and(value, positive));
    v128.store(slope + i, v128.and(f32x4.splat(1), positive));
  }
}

/** y = GELU x in the tanh form, and its slope. */
export function geluForward(count: i32, x: usize, y: usize, slope: usize): void {
  const end = (<usize>count) << 2;
  const one = f32x4.splat(1);
  for (let i: usize = 0; i < end; i += 16) {
    const value = v128.load(x + i);
    const square = f32x4.mul(value, value);
    const cubic = f32x4.mul(f32x4.mul(f32x4.splat(GELU_CUBIC), square), value);
    const t = tanh4(f32x4.mul(f32x4.splat(GELU_SCALE), f32x4.add(value, cubic)));
    const half = f32x4.mul(f32x4.splat(0.5), f32x4.add(one, t));
    v128.store(y + i, f32x4.mul(value, half));
    const inner = f32x4.mul(
      f32x4.splat(GELU_SCALE),
      f32x4.add(one, f32x4.mul(f32x4.splat(3 * GELU_CUBIC), square)),
    );
    const bell = f32x4.mul(f32x4.mul(f32x4.splat(0.5), value), f32x4.sub(one, f32x4.mul(t, t)));
    v128.store(slope + i, f32x4.add(half, f32x4.mul(bell, inner)));
  }
}

/** a ← a · b, entry by entry. */
export function multiply(count: i32, a: usize, b: usize): void {
  const end = (<usize>count) << 2;
  for (let i: usize = 0; i < end; i += 16)
    v128.store(a + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
}

/** a ← a + b. */
export function add(count: i32, a: usize, b: usize): void {
  const end = (<usize>count) << 2;
  for (let i: usize = 0; i < end; i += 16)
    v128.store(a + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
}

/** into ← from. */
export function copy(count: i32, into: usize, from: usize): void {
  memory.copy(into, from, (<usize>count) << 2);
}

/** into ← 0. */
export function clear(count: i32, into: usize): void {
  memory.fill(into, 0, (<usize>count) << 2);
}

/** Row i of `into` becomes row indices[i] of `from`; indices are 32-bit. */
export function gather(rows: i32, columns: i32, from: usize, indices: usize, into: usize): void {
  const size = (<usize>columns) << 2;
  for (let i = 0; i < rows; i++)
    memory.copy(
      into + <usize>i * size,
      from + <usize>load<u32>(indices + ((<usize>i) << 2)) * size,
      size,
    );
}

/**
 * Softmax cross-entropy of rows of logits, in place: a row becomes (softmax − one-hot) · scale.
 * `stats` gets Σ e^(z − max) and z[label] − max of each row: the loss is ln of the first less the
 * second. Labels are 32-bit.
 */
export function crossEntropy(
  rows: i32,
  columns: i32,
  logits: usize,
  labels: usize,
  scale: f32,
  stats: usize,
): void {
  const size = (<usize>columns) << 2;
  const wide = size & ~15;
  for (let i = 0; i < rows; i++) {
    const row = logits + <usize>i * size;
    let max = load<f32>(row);
    for (let j: usize = 4; j < size; j += 4) {
      const z = load<f32>(row + j);
      if (z > max) max = z;
    }
    const own = row + ((<usize>load<u32>(labels + ((<usize>i) << 2))) << 2);
    store<f32>(stats + ((<usize>i) << 3), load<f32>(own) - max, 4);
    let j: usize = 0;
    for (; j < wide; j += 16)
      v128.store(row + j, exp4(f32x4.sub(v128.load(row + j), f32x4.splat(max))));
    for (; j < size; j += 4) store<f32>(row + j, exp1(load<f32>(row + j) - max));
    let sum: f32 = 0;
    for (j = 0; j < size; j += 4) sum += load<f32>(row + j);
    store<f32>(stats + ((<usize>i) << 3), sum);
    const factor = scale / sum;
    for (j = 0; j < size; j += 4) store<f32>(row + j, load<f32>(row + j) * factor);
    store<f32>(own, load<f32>(own) - scale);
  }
}
