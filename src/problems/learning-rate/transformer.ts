/**
 * The character transformer: what its parameters mean, and its loss in double precision from the
 * definition. Pre-norm blocks without biases (Vaswani et al. 2017; Radford et al. 2019): attention,
 * then a GELU layer four times as wide, each added to the stream; learned positions.
 */
import { exp, log } from '../../core/math.ts';
import { activate } from './activations.ts';
import { ALPHABET, type TextTask } from './text.ts';

/** Offsets of a block's parameters; matrices are row-major [in][out]. */
export interface Block {
  norm1: number;
  /** width × 3 width: queries, keys, values. */
  qkv: number;
  project: number;
  norm2: number;
  /** width × 4 width and back. */
  widen: number;
  narrow: number;
}

export interface TransformerLayout {
  layers: number;
  width: number;
  heads: number;
  context: number;
  symbols: number;
  /** symbols × width and context × width. */
  table: number;
  positions: number;
  blocks: readonly Block[];
  norm: number;
  /** width × symbols. */
  head: number;
  /** Number of parameters. */
  count: number;
}

export function transformerOf(task: TextTask): TransformerLayout {
  const { layers } = task;
  const [width, heads, context] = [task.width, task.heads, task.context].map(Number);
  const symbols = ALPHABET.length;
  let count = 0;
  const take = (size: number): number => {
    count += size;
    return count - size;
  };
  const table = take(symbols * width);
  const positions = take(context * width);
  const blocks = Array.from({ length: layers }, () => ({
    norm1: take(width),
    qkv: take(3 * width * width),
    project: take(width * width),
    norm2: take(width),
    widen: take(4 * width * width),
    narrow: take(4 * width * width),
  }));
  const norm = take(width);
  const head = take(width * symbols);
  return {
    layers,
    width,
    heads,
    context,
    symbols,
    table,
    positions,
    blocks,
    norm,
    head,
    count,
  };
}

/** into[rows × columns] += x[rows × inner] · W, W at `w` among the parameters. */
function multiplyInto(
  into: Float64Array,
  x: Float64Array,
  rows: number,
  inner: number,
  parameters: ArrayLike<number>,
  w: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    const to = i * columns;
    for (let k = 0; k < inner; k++) {
      const value = x[i * inner + k];
      const from = w + k * columns;
      for (let j = 0; j < columns; j++) into[to + j] += value * parameters[from + j];
    }
  }
}

/** Rows with mean 0 and variance 1, times the gain. */
function normalise(
  into: Float64Array,
  x: Float64Array,
  rows: number,
  width: number,
  parameters: ArrayLike<number>,
  gain: number,
): void {
  for (let i = 0; i < rows; i++) {
    const from = i * width;
    let mean = 0;
    for (let j = 0; j < width; j++) mean += x[from + j];
    mean /= width;
    let square = 0;
    for (let j = 0; j < width; j++) square += (x[from + j] - mean) * (x[from + j] - mean);
    const scale = 1 / Math.sqrt(square / width + 1e-5);
    for (let j = 0; j < width; j++)
      into[from + j] = (x[from + j] - mean) * scale * parameters[gain + j];
  }
}

/**
 * Mean −ln P(next character) over a window of context + 1 symbols as a function of the window.
 * O(context · (parameters + context · width · layers)) each.
 */
export function createWindowLoss(
  layout: TransformerLayout,
  parameters: ArrayLike<number>,
): (symbols: Uint8Array) => number {
  const { width, heads, context: rows, symbols: classes } = layout;
  const size = width / heads;
  const scale = 1 / Math.sqrt(size);
  const x = new Float64Array(rows * width);
  const normed = new Float64Array(rows * width);
  const qkv = new Float64Array(rows * 3 * width);
  const mixed = new Float64Array(rows * width);
  const wide = new Float64Array(rows * 4 * width);
  const logits = new Float64Array(rows * classes);
  const shares = new Float64Array(rows);

  function attend(i: number, h: number): void {
    const query = i * 3 * width + h * size;
    let max = -Infinity;
    for (let k = 0; k <= i; k++) {
      const key = (3 * k + 1) * width + h * size;
      let sum = 0;
      for (let j = 0; j < size; j++) sum += qkv[query + j] * qkv[key + j];
      shares[k] = sum * scale;
      if (shares[k] > max) max = shares[k];
    }
    let total = 0;
    for (let k = 0; k <= i; k++) {
      shares[k] = exp(shares[k] - max);
      total += shares[k];
    }
    const to = i * width + h * size;
    for (let j = 0; j < size; j++) mixed[to + j] = 0;
    for (let k = 0; k <= i; k++) {
      const share = shares[k] / total;
      const value = (3 * k + 2) * width + h * size;
      for (let j = 0; j < size; j++) mixed[to + j] += share * qkv[value + j];
    }
  }

  return (symbols) => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < width; j++)
        x[i * width + j] =
          parameters[layout.table + symbols[i] * width + j] +
          parameters[layout.positions + i * width + j];
    for (const block of layout.blocks) {
      normalise(normed, x, rows, width, parameters, block.norm1);
      qkv.fill(0);
      multiplyInto(qkv, normed, rows, width, parameters, block.qkv, 3 * width);
      for (let i = 0; i < rows; i++) for (let h = 0; h < heads; h++) attend(i, h);
      multiplyInto(x, mixed, rows, width, parameters, block.project, width);
      normalise(normed, x, rows, width, parameters, block.norm2);
      wide.fill(0);
      multiplyInto(wide, normed, rows, width, parameters, block.widen, 4 * width);
      for (let i = 0; i < wide.length; i++) wide[i] = activate('gelu', wide[i]);
      multiplyInto(x, wide, rows, 4 * width, parameters, block.narrow, width);
    }
    normalise(normed, x, rows, width, parameters, layout.norm);
    logits.fill(0);
    multiplyInto(logits, normed, rows, width, parameters, layout.head, classes);
    let loss = 0;
    for (let i = 0; i < rows; i++) {
      const from = i * classes;
      let max = logits[from];
      for (let j = 1; j < classes; j++) if (logits[from + j] > max) max = logits[from + j];
      let sum = 0;
      for (let j = 0; j < classes; j++) sum += exp(logits[from + j] - max);
      loss += max + log(sum) - logits[from + symbols[i + 1]];
    }
    return loss / rows;
  };
}
