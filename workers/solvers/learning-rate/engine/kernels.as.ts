/**
 * The parts of a training step, in single precision. Addresses are bytes, counts are floats. Runs
 * over whole buffers go in fours: buffers are padded to a multiple of four floats.
 */
import { exp1, exp4, log, tanh4 } from './math.part.as';

export { log } from './math.part.as';
export { gemm, transpose } from './gemm.part.as';
export {
  adagrad,
  adam,
  adamw,
  amsgrad,
  lion,
  momentum,
  nesterov,
  rmsprop,
  scheduleFreeAdamw,
  scheduleFreeSgd,
  sgd,
  spam,
} from './updates.part.as';
export { maxPool, maxPoolBackward, patches, patchesBackward } from './images.part.as';

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
 * Mean softmax cross-entropy of rows of logits, which become its gradient in place: a row becomes
 * (softmax − one-hot) / rows. Labels are 32-bit.
 */
export function crossEntropy(rows: i32, columns: i32, logits: usize, labels: usize): f64 {
  const size = (<usize>columns) << 2;
  const wide = size & ~15;
  const scale = <f32>(<f64>1 / <f64>rows);
  let loss: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const row = logits + <usize>i * size;
    let max = load<f32>(row);
    for (let j: usize = 4; j < size; j += 4) {
      const z = load<f32>(row + j);
      if (z > max) max = z;
    }
    const own = row + ((<usize>load<u32>(labels + ((<usize>i) << 2))) << 2);
    const away: f32 = load<f32>(own) - max;
    let j: usize = 0;
    for (; j < wide; j += 16)
      v128.store(row + j, exp4(f32x4.sub(v128.load(row + j), f32x4.splat(max))));
    for (; j < size; j += 4) store<f32>(row + j, exp1(load<f32>(row + j) - max));
    let sum: f32 = 0;
    for (j = 0; j < size; j += 4) sum += load<f32>(row + j);
    loss += log(<f64>sum) - <f64>away;
    const factor = scale / sum;
    for (j = 0; j < size; j += 4) store<f32>(row + j, load<f32>(row + j) * factor);
    store<f32>(own, load<f32>(own) - scale);
  }
  return loss / <f64>rows;
}

/** Mean of half the squared errors; the outputs become its gradient in place. */
export function squaredError(rows: i32, outputs: usize, targets: usize): f64 {
  const end = (<usize>rows) << 2;
  let loss: f64 = 0;
  for (let i: usize = 0; i < end; i += 4) {
    const error = <f64>load<f32>(outputs + i) - <f64>load<f32>(targets + i);
    loss += 0.5 * error * error;
    store<f32>(outputs + i, <f32>(error / <f64>rows));
  }
  return loss / <f64>rows;
}

/** Σ of the four lanes, in pairs. */
function total(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

/**
 * Rows of y = (x − mean) / σ · gain with σ² = variance + 1e−5 (Ba, Kiros and Hinton 2016);
 * `columns` is a multiple of 4. `stats` gets mean and 1/σ of each row.
 */
export function layerNorm(
  rows: i32,
  columns: i32,
  x: usize,
  gain: usize,
  y: usize,
  stats: usize,
): void {
  const size = (<usize>columns) << 2;
  for (let i = 0; i < rows; i++) {
    const from = x + <usize>i * size;
    const to = y + <usize>i * size;
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < size; j += 16) sum = f32x4.add(sum, v128.load(from + j));
    const mean: f32 = total(sum) / <f32>columns;
    const means = f32x4.splat(mean);
    sum = f32x4.splat(0);
    for (let j: usize = 0; j < size; j += 16) {
      const d = f32x4.sub(v128.load(from + j), means);
      sum = f32x4.add(sum, f32x4.mul(d, d));
    }
    const r: f32 = <f32>1 / sqrt<f32>(total(sum) / <f32>columns + <f32>1e-5);
    const scale = f32x4.splat(r);
    for (let j: usize = 0; j < size; j += 16) {
      const d = f32x4.mul(f32x4.sub(v128.load(from + j), means), scale);
      v128.store(to + j, f32x4.mul(d, v128.load(gain + j)));
    }
    store<f32>(stats + ((<usize>i) << 3), mean);
    store<f32>(stats + ((<usize>i) << 3), r, 4);
  }
}

/** Gradients of `layerNorm`: of the gain anew, of x anew or on top of what is there. */
export function layerNormBackward(
  rows: i32,
  columns: i32,
  x: usize,
  gain: usize,
  stats: usize,
  dy: usize,
  dx: usize,
  dgain: usize,
  accumulate: bool,
): void {
  const size = (<usize>columns) << 2;
  memory.fill(dgain, 0, size);
  for (let i = 0; i < rows; i++) {
    const at = <usize>i * size;
    const means = f32x4.splat(load<f32>(stats + ((<usize>i) << 3)));
    const scale = f32x4.splat(load<f32>(stats + ((<usize>i) << 3), 4));
    let sum = f32x4.splat(0);
    let weighted = f32x4.splat(0);
    for (let j: usize = 0; j < size; j += 16) {
      const d = f32x4.mul(f32x4.sub(v128.load(x + at + j), means), scale);
      const slope = v128.load(dy + at + j);
      const g = f32x4.mul(slope, v128.load(gain + j));
      sum = f32x4.add(sum, g);
      weighted = f32x4.add(weighted, f32x4.mul(g, d));
      v128.store(dgain + j, f32x4.add(v128.load(dgain + j), f32x4.mul(slope, d)));
    }
    const mean = f32x4.splat(total(sum) / <f32>columns);
    const slant = f32x4.splat(total(weighted) / <f32>columns);
    for (let j: usize = 0; j < size; j += 16) {
      const d = f32x4.mul(f32x4.sub(v128.load(x + at + j), means), scale);
      const g = f32x4.mul(v128.load(dy + at + j), v128.load(gain + j));
      let change = f32x4.mul(scale, f32x4.sub(f32x4.sub(g, mean), f32x4.mul(d, slant)));
      if (accumulate) change = f32x4.add(v128.load(dx + at + j), change);
      v128.store(dx + at + j, change);
    }
  }
}

/**
 * Row i of length × length scores, in place: softmax of scale · score over entries 0 … i, 0 beyond.
 * `length` is a multiple of 4.
 */
export function causalSoftmax(length: i32, scores: usize, scale: f32): void {
  const size = (<usize>length) << 2;
  const factor = f32x4.splat(scale);
  for (let i = 0; i < length; i++) {
    const row = scores + <usize>i * size;
    const end = ((<usize>i) << 2) + 4;
    const wide = (end + 15) & ~15;
    for (let j: usize = 0; j < wide; j += 16)
      v128.store(row + j, f32x4.mul(v128.load(row + j), factor));
    let max = load<f32>(row);
    for (let j: usize = 4; j < end; j += 4) {
      const z = load<f32>(row + j);
      if (z > max) max = z;
    }
    for (let j: usize = 0; j < wide; j += 16)
      v128.store(row + j, exp4(f32x4.sub(v128.load(row + j), f32x4.splat(max))));
    memory.fill(row + end, 0, size - end);
    let sum: f32 = 0;
    for (let j: usize = 0; j < end; j += 4) sum += load<f32>(row + j);
    const inverse = f32x4.splat(<f32>1 / sum);
    for (let j: usize = 0; j < wide; j += 16)
      v128.store(row + j, f32x4.mul(v128.load(row + j), inverse));
  }
}

/** Gradient of `causalSoftmax` by the scores, in place of the gradient by its result. */
export function causalSoftmaxBackward(length: i32, shares: usize, slopes: usize, scale: f32): void {
  const size = (<usize>length) << 2;
  const factor = f32x4.splat(scale);
  for (let i = 0; i < length; i++) {
    const row = shares + <usize>i * size;
    const slope = slopes + <usize>i * size;
    const end = ((<usize>i) << 2) + 4;
    const wide = (end + 15) & ~15;
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < wide; j += 16)
      sum = f32x4.add(sum, f32x4.mul(v128.load(row + j), v128.load(slope + j)));
    const mean = f32x4.splat(total(sum));
    for (let j: usize = 0; j < wide; j += 16) {
      const d = f32x4.mul(v128.load(row + j), f32x4.sub(v128.load(slope + j), mean));
      v128.store(slope + j, f32x4.mul(d, factor));
    }
    memory.fill(slope + wide, 0, size - wide);
  }
}

/**
 * Row i of y is row tokens[i] of `table` plus row i mod `length` of `positions`. `columns` is a
 * multiple of 4; tokens are 32-bit.
 */
export function embed(
  rows: i32,
  columns: i32,
  tokens: usize,
  table: usize,
  positions: usize,
  length: i32,
  y: usize,
): void {
  const size = (<usize>columns) << 2;
  for (let i = 0; i < rows; i++) {
    const token = table + <usize>load<u32>(tokens + ((<usize>i) << 2)) * size;
    const place = positions + <usize>(i % length) * size;
    const to = y + <usize>i * size;
    for (let j: usize = 0; j < size; j += 16)
      v128.store(to + j, f32x4.add(v128.load(token + j), v128.load(place + j)));
  }
}

/** Adds the gradients of `embed` to those of the table and the positions. */
export function embedBackward(
  rows: i32,
  columns: i32,
  tokens: usize,
  length: i32,
  dy: usize,
  dtable: usize,
  dpositions: usize,
): void {
  const size = (<usize>columns) << 2;
  for (let i = 0; i < rows; i++) {
    const token = dtable + <usize>load<u32>(tokens + ((<usize>i) << 2)) * size;
    const place = dpositions + <usize>(i % length) * size;
    const from = dy + <usize>i * size;
    for (let j: usize = 0; j < size; j += 16) {
      const slope = v128.load(from + j);
      v128.store(token + j, f32x4.add(v128.load(token + j), slope));
      v128.store(place + j, f32x4.add(v128.load(place + j), slope));
    }
  }
}
