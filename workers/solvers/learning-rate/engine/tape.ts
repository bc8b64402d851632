/**
 * A network as a static tape: every operation knows its addresses in one arena before the first
 * step; a step runs the operations forward, then backward, and allocates nothing. The gradient by
 * the parameters is laid out as they are.
 */
import type { Activation } from '../../../../src/problems/learning-rate/tasks.ts';
import { reserve } from '../../common/wasm.ts';
import type { Kernels } from './kernels.ts';
import type { Twin } from './twin.ts';

/** Values in the arena, row-major, and where the loss's gradient by them goes. */
export interface Tensor {
  readonly rows: number;
  readonly columns: number;
  readonly at: number;
  /** Address; null where no gradient is wanted. */
  gradient: number | null;
}

interface Operation {
  inputs: readonly Tensor[];
  forward(): void;
  /** @param accumulate for each input, whether another operation has written its gradient before. */
  backward(accumulate: readonly boolean[]): void;
}

/** A tape ready to run. Views are of the arena. */
export interface Engine {
  readonly parameters: Float32Array | Float64Array;
  readonly gradient: Float32Array | Float64Array;
  /** Values at an address of the arena. */
  values(at: number, count: number): Float32Array | Float64Array;
  /** 32-bit whole numbers at an address of the arena. */
  words(at: number, count: number): Uint32Array;
  /** Mean loss of the batch in the inputs; its gradient is written. O(work). */
  step(): number;
  /** Multiply-adds of a step, about. */
  readonly work: number;
}

/** Parameters are named by their offset from the first, in numbers. */
export interface Tape {
  /** Reserves `count` numbers or words; zero at first. @returns their address. */
  reserve(count: number): number;
  /** Values that the caller writes before each step. */
  input(rows: number, columns: number): Tensor;
  /** Runs before everything else of a step. */
  before(action: () => void): void;
  /** x·W (+ bias), W row-major [x.columns][columns]. */
  linear(x: Tensor, columns: number, weights: number, bias?: number): Tensor;
  activation(x: Tensor, kind: Activation): Tensor;
  /**
   * The 3 × 3 neighbourhoods of all pixels, zeros around the images, a row each: with a linear layer
   * after it a convolution. x has a row for each pixel of images of side × side, one after the other.
   */
  patches(x: Tensor, side: number): Tensor;
  /**
   * The largest of each 2 × 2 pixels of images of side × side, which nothing else may read; the
   * columns are a multiple of 4.
   */
  maxPool(x: Tensor, side: number): Tensor;
  /** The same numbers in rows of another length. */
  reshape(x: Tensor, columns: number): Tensor;
  /** a + b; the result takes the place of `b`, which nothing else may read. */
  sum(a: Tensor, b: Tensor): Tensor;
  /** Rows with mean 0 and variance 1, times the gain. */
  layerNorm(x: Tensor, gain: number): Tensor;
  /**
   * Causal self-attention of sequences of `length` rows; columns of `qkv` are all heads' queries,
   * keys, values (Vaswani et al. 2017).
   */
  attention(qkv: Tensor, heads: number, length: number): Tensor;
  /** Rows of the token table plus rows of the position table, `length` positions in turn. */
  embed(
    tokens: number,
    rows: number,
    columns: number,
    table: number,
    tableRows: number,
    positions: number,
    length: number,
  ): Tensor;
  /**
   * Closes the tape with the mean loss of the outputs: softmax cross-entropy to labels (words) at an
   * address, or half the squared error to targets (numbers) there.
   */
  build(outputs: Tensor, truth: number, loss?: 'softmax' | 'square'): Engine;
}

const isTwin = (kernels: Kernels): kernels is Twin => 'values' in kernels;

/** @param count number of parameters. */
export function createTape(kernels: Kernels, count: number): Tape {
  const start = kernels.memory.buffer.byteLength;
  let end = start;
  const operations: Operation[] = [];
  const actions: (() => void)[] = [];
  let work = 0;
  let scratchSize = 0;
  let scratch = 0;

  /** Aligned to 16 bytes and padded to them. */
  function take(size: number): number {
    const at = end;
    end += 16 * Math.ceil(size / 4);
    return at;
  }
  const needScratch = (size: number): void => {
    scratchSize = Math.max(scratchSize, size);
  };
  const tensor = (rows: number, columns: number): Tensor => ({
    rows,
    columns,
    at: take(rows * columns),
    gradient: take(rows * columns),
  });

  const parametersAt = take(count);
  const gradientAt = take(count);
  const parameter = (offset: number): number => parametersAt + 4 * offset;
  const slope = (offset: number): number => gradientAt + 4 * offset;

  return {
    reserve: take,
    input: (rows, columns) => ({ rows, columns, at: take(rows * columns), gradient: null }),
    before: (action) => void actions.push(action),

    linear(x, columns, weights, bias) {
      const { rows, columns: inner } = x;
      const y = tensor(rows, columns);
      const w = parameter(weights);
      work += rows * inner * columns * (x.gradient === null ? 2 : 3);
      if (x.gradient !== null) needScratch(inner * columns);
      operations.push({
        inputs: [x],
        forward() {
          if (bias !== undefined) kernels.fillRows(rows, columns, parameter(bias), y.at);
          const add = bias !== undefined;
          kernels.gemm(rows, columns, inner, x.at, inner, 1, w, columns, y.at, columns, add);
        },
        backward([accumulate]) {
          const dy = y.gradient as number;
          const dw = slope(weights);
          kernels.gemm(inner, columns, rows, x.at, 1, inner, dy, columns, dw, columns, false);
          if (bias !== undefined) kernels.sumRows(rows, columns, dy, slope(bias));
          const dx = x.gradient;
          if (dx === null) return;
          kernels.transpose(inner, columns, w, columns, scratch);
          kernels.gemm(rows, inner, columns, dy, columns, 1, scratch, inner, dx, inner, accumulate);
        },
      });
      return y;
    },

    activation(x, kind) {
      const size = x.rows * x.columns;
      const slopes = take(size);
      // The gradient by x is made in place of that by y.
      const y = tensor(x.rows, x.columns);
      x.gradient = y.gradient;
      const forward = {
        tanh: kernels.tanhForward,
        relu: kernels.reluForward,
        gelu: kernels.geluForward,
      }[kind];
      work += 10 * size;
      operations.push({
        inputs: [x],
        forward: () => forward(size, x.at, y.at, slopes),
        backward: () => kernels.multiply(size, y.gradient as number, slopes),
      });
      return y;
    },

    patches(x, side) {
      const { rows, columns } = x;
      const images = rows / (side * side);
      const at = take(9 * rows * columns);
      const gradient = x.gradient === null ? null : take(9 * rows * columns);
      const y: Tensor = { rows, columns: 9 * columns, at, gradient };
      operations.push({
        inputs: [x],
        forward: () => kernels.patches(images, side, side, columns, x.at, at),
        backward([accumulate]) {
          if (x.gradient === null || gradient === null) return;
          kernels.patchesBackward(images, side, side, columns, gradient, x.gradient, accumulate);
        },
      });
      return y;
    },

    maxPool(x, side) {
      const { rows, columns } = x;
      const images = rows / (side * side);
      const half = Math.floor(side / 2);
      const y = tensor(images * half * half, columns);
      const places = take(y.rows * columns);
      operations.push({
        inputs: [x],
        forward: () => kernels.maxPool(images, side, side, columns, x.at, y.at, places),
        backward() {
          const [dy, dx] = [y.gradient as number, x.gradient as number];
          kernels.maxPoolBackward(images, side, side, columns, dy, places, dx);
        },
      });
      return y;
    },

    reshape: ({ rows, columns: before, at, gradient }, columns) => ({
      rows: (rows * before) / columns,
      columns,
      at,
      gradient,
    }),

    sum(a, b) {
      const size = a.rows * a.columns;
      operations.push({
        inputs: [a],
        forward: () => kernels.add(size, b.at, a.at),
        backward([accumulate]) {
          const [da, dy] = [a.gradient as number, b.gradient as number];
          if (accumulate) kernels.add(size, da, dy);
          else kernels.copy(size, da, dy);
        },
      });
      return b;
    },

    layerNorm(x, gain) {
      const { rows, columns } = x;
      const y = tensor(rows, columns);
      const stats = take(2 * rows);
      work += 10 * rows * columns;
      operations.push({
        inputs: [x],
        forward: () => kernels.layerNorm(rows, columns, x.at, parameter(gain), y.at, stats),
        backward([accumulate]) {
          const [dy, dx] = [y.gradient as number, x.gradient as number];
          const g = parameter(gain);
          kernels.layerNormBackward(rows, columns, x.at, g, stats, dy, dx, slope(gain), accumulate);
        },
      });
      return y;
    },

    attention(qkv, heads, length) {
      const { rows, columns } = qkv;
      const width = columns / 3;
      const head = width / heads;
      const scale = 1 / Math.sqrt(head);
      const blocks = (rows / length) * heads;
      const square = length * length;
      const shares = take(blocks * square);
      const slopes = take(square);
      const y = tensor(rows, width);
      needScratch(length * head);
      work += blocks * square * head * 6;
      /** Offsets in bytes of block b's queries and of its part of the result. */
      const queryOf = (b: number): number =>
        4 * (Math.floor(b / heads) * length * columns + (b % heads) * head);
      const partOf = (b: number): number =>
        4 * (Math.floor(b / heads) * length * width + (b % heads) * head);
      operations.push({
        inputs: [qkv],
        forward() {
          for (let b = 0; b < blocks; b++) {
            const q = qkv.at + queryOf(b);
            const s = shares + 4 * b * square;
            kernels.transpose(length, head, q + 4 * width, columns, scratch);
            kernels.gemm(length, length, head, q, columns, 1, scratch, length, s, length, false);
            kernels.causalSoftmax(length, s, scale);
            const value = q + 8 * width;
            const to = y.at + partOf(b);
            kernels.gemm(length, head, length, s, length, 1, value, columns, to, width, false);
          }
        },
        backward() {
          for (let b = 0; b < blocks; b++) {
            const q = qkv.at + queryOf(b);
            const dq = (qkv.gradient as number) + queryOf(b);
            const s = shares + 4 * b * square;
            const dy = (y.gradient as number) + partOf(b);
            const dv = dq + 8 * width;
            const dk = dq + 4 * width;
            kernels.gemm(length, head, length, s, 1, length, dy, width, dv, columns, false);
            kernels.transpose(length, head, q + 8 * width, columns, scratch);
            kernels.gemm(
              length,
              length,
              head,
              dy,
              width,
              1,
              scratch,
              length,
              slopes,
              length,
              false,
            );
            kernels.causalSoftmaxBackward(length, s, slopes, scale);
            const k = q + 4 * width;
            kernels.gemm(length, head, length, slopes, length, 1, k, columns, dq, columns, false);
            kernels.gemm(length, head, length, slopes, 1, length, q, columns, dk, columns, false);
          }
        },
      });
      return y;
    },

    embed(tokens, rows, columns, table, tableRows, positions, length) {
      const y = tensor(rows, columns);
      const t = parameter(table);
      const p = parameter(positions);
      operations.push({
        inputs: [],
        forward: () => kernels.embed(rows, columns, tokens, t, p, length, y.at),
        backward() {
          const dt = slope(table);
          const dp = slope(positions);
          kernels.clear(tableRows * columns, dt);
          kernels.clear(length * columns, dp);
          kernels.embedBackward(rows, columns, tokens, length, y.gradient as number, dt, dp);
        },
      });
      return y;
    },

    build(logits, truth, loss = 'softmax') {
      const { rows, columns } = logits;
      // The losses turn the outputs into their gradient.
      logits.gradient = logits.at;
      scratch = take(scratchSize);
      reserve(kernels.memory, end - start);
      const values = (at: number, size: number): Float32Array | Float64Array =>
        isTwin(kernels)
          ? kernels.values.subarray(at / 4, at / 4 + size)
          : new Float32Array(kernels.memory.buffer, at, size);
      const words = (at: number, size: number): Uint32Array =>
        isTwin(kernels)
          ? kernels.words.subarray(at / 4, at / 4 + size)
          : new Uint32Array(kernels.memory.buffer, at, size);

      const written = new Set<number>();
      const backward = operations.toReversed().map((operation) => {
        const accumulate = operation.inputs.map(({ gradient }) => {
          if (gradient === null) return false;
          const before = written.has(gradient);
          written.add(gradient);
          return before;
        });
        return () => operation.backward(accumulate);
      });
      const forward = operations.map((operation) => operation.forward);
      const measure =
        loss === 'softmax'
          ? () => kernels.crossEntropy(rows, columns, logits.at, truth)
          : () => kernels.squaredError(rows, logits.at, truth);
      return {
        parameters: values(parametersAt, count),
        gradient: values(gradientAt, count),
        values,
        words,
        work,
        step() {
          for (const action of actions) action();
          for (const run of forward) run();
          const mean = measure();
          for (const run of backward) run();
          return mean;
        },
      };
    },
  };
}
