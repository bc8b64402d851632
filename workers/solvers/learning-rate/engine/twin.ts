/**
 * The kernels in plain TypeScript. In single precision the order of operations is the WebAssembly's,
 * so that results agree bit for bit: the tests hold one against the other. In double precision the
 * same formulas can be held against finite differences.
 */
import { exp, log, tanh } from '../../../../src/core/math.ts';
import type { KernelMemory } from '../../common/wasm.ts';
import { matmul } from '../matmul.ts';
import type { Kernels } from './kernels.ts';
import { imageTwin } from './twin-images.ts';
import { exp32, tanh32 } from './twin-math.ts';
import { updateTwin } from './twin-updates.ts';

const PAGE = 65_536;

export type Precision = 'single' | 'double';

/**
 * Kernels whose memory is `values`, one number for each four bytes of address, and for whole
 * numbers `words`, addressed likewise.
 */
export interface Twin extends Kernels {
  readonly values: Float32Array | Float64Array;
  readonly words: Uint32Array;
}

export function createTwin(precision: Precision = 'single'): Twin {
  const single = precision === 'single';
  const f = single ? Math.fround : (x: number) => x;
  const expOf = single ? exp32 : exp;
  const tanhOf = single ? tanh32 : tanh;
  const geluScale = f(0.7978845608028654);
  const geluCubic = f(0.044715);
  const geluCubic3 = f(3 * geluCubic);
  const epsilon = f(1e-5);
  let v: Float32Array | Float64Array = new Float32Array(0);
  let words = new Uint32Array(0);

  const memory: { -readonly [Key in keyof KernelMemory]: KernelMemory[Key] } = {
    buffer: new ArrayBuffer(0),
    grow(pages) {
      const before = memory.buffer.byteLength;
      const count = (before + pages * PAGE) / 4;
      memory.buffer = new ArrayBuffer(4 * count);
      const values = single ? new Float32Array(memory.buffer) : new Float64Array(count);
      values.set(v);
      v = values;
      const numbers = single ? new Uint32Array(memory.buffer) : new Uint32Array(count);
      if (!single) numbers.set(words);
      words = numbers;
      return before / PAGE;
    },
  };

  const padded = (count: number): number => ((count + 3) >> 2) << 2;

  /** Σ over `count` terms, a multiple of four, in four lanes added in pairs. */
  function lanes(count: number, term: (j: number) => number): number {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < count; j += 4) {
      s0 = f(s0 + term(j));
      s1 = f(s1 + term(j + 1));
      s2 = f(s2 + term(j + 2));
      s3 = f(s3 + term(j + 3));
    }
    return f(f(s0 + s1) + f(s2 + s3));
  }

  return {
    ...imageTwin({
      get values() {
        return v;
      },
      get words() {
        return words;
      },
    }),
    ...updateTwin(() => memory.buffer),
    memory,
    get values() {
      return v;
    },
    get words() {
      return words;
    },
    gemm(m, n, depth, a, aRow, aColumn, b, bRow, c, cRow, accumulate) {
      if (!single) {
        const d = v as Float64Array;
        const [a0, b0, c0] = [a / 4, b / 4, c / 4];
        matmul(m, n, depth, d, a0, aRow, aColumn, d, b0, bRow, d, c0, accumulate, cRow);
        return;
      }
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++) {
          const at = c / 4 + i * cRow + j;
          let sum = accumulate ? v[at] : 0;
          let p = a / 4 + i * aRow;
          let q = b / 4 + j;
          for (let k = 0; k < depth; k++) {
            sum = f(sum + f(v[p] * v[q]));
            p += aColumn;
            q += bRow;
          }
          v[at] = sum;
        }
    },
    transpose(rows, columns, from, row, into) {
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) v[into / 4 + j * rows + i] = v[from / 4 + i * row + j];
    },
    fillRows(rows, columns, row, into) {
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) v[into / 4 + i * columns + j] = v[row / 4 + j];
    },
    sumRows(rows, columns, from, into) {
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let i = 0; i < rows; i++) sum = f(sum + v[from / 4 + i * columns + j]);
        v[into / 4 + j] = sum;
      }
    },
    tanhForward(count, x, y, slope) {
      for (let i = 0; i < padded(count); i++) {
        const value = tanhOf(v[x / 4 + i]);
        v[y / 4 + i] = value;
        v[slope / 4 + i] = 1 - f(value * value);
      }
    },
    reluForward(count, x, y, slope) {
      for (let i = 0; i < padded(count); i++) {
        const value = v[x / 4 + i];
        v[y / 4 + i] = value > 0 ? value : 0;
        v[slope / 4 + i] = value > 0 ? 1 : 0;
      }
    },
    geluForward(count, x, y, slope) {
      for (let i = 0; i < padded(count); i++) {
        const value = v[x / 4 + i];
        const square = f(value * value);
        const cubic = f(f(geluCubic * square) * value);
        const t = tanhOf(f(geluScale * f(value + cubic)));
        const half = f(0.5 * f(1 + t));
        const inner = f(geluScale * f(1 + f(geluCubic3 * square)));
        const bell = f(f(0.5 * value) * f(1 - f(t * t)));
        v[y / 4 + i] = value * half;
        v[slope / 4 + i] = half + f(bell * inner);
      }
    },
    multiply(count, a, b) {
      for (let i = 0; i < padded(count); i++) v[a / 4 + i] *= v[b / 4 + i];
    },
    add(count, a, b) {
      for (let i = 0; i < padded(count); i++) v[a / 4 + i] += v[b / 4 + i];
    },
    copy(count, into, from) {
      v.copyWithin(into / 4, from / 4, from / 4 + count);
    },
    clear(count, into) {
      v.fill(0, into / 4, into / 4 + count);
    },
    gather(rows, columns, from, indices, into) {
      for (let i = 0; i < rows; i++) {
        const start = from / 4 + words[indices / 4 + i] * columns;
        v.copyWithin(into / 4 + i * columns, start, start + columns);
        if (!single) words.copyWithin(into / 4 + i * columns, start, start + columns);
      }
    },
    log,
    crossEntropy(rows, columns, logits, labels) {
      const scale = f(1 / rows);
      let loss = 0;
      for (let i = 0; i < rows; i++) {
        const row = logits / 4 + i * columns;
        const own = row + words[labels / 4 + i];
        let max = v[row];
        for (let j = 1; j < columns; j++) if (v[row + j] > max) max = v[row + j];
        const away = f(v[own] - max);
        let sum = 0;
        for (let j = 0; j < columns; j++) v[row + j] = expOf(f(v[row + j] - max));
        for (let j = 0; j < columns; j++) sum = f(sum + v[row + j]);
        loss += log(sum) - away;
        const factor = f(scale / sum);
        for (let j = 0; j < columns; j++) v[row + j] *= factor;
        v[own] -= scale;
      }
      return loss / rows;
    },
    squaredError(rows, outputs, targets) {
      let loss = 0;
      for (let i = 0; i < rows; i++) {
        const error = v[outputs / 4 + i] - v[targets / 4 + i];
        loss += 0.5 * error * error;
        v[outputs / 4 + i] = error / rows;
      }
      return loss / rows;
    },
    layerNorm(rows, columns, x, gain, y, stats) {
      for (let i = 0; i < rows; i++) {
        const from = x / 4 + i * columns;
        const to = y / 4 + i * columns;
        const mean = f(lanes(columns, (j) => v[from + j]) / columns);
        const square = lanes(columns, (j) => {
          const d = f(v[from + j] - mean);
          return f(d * d);
        });
        const r = f(1 / f(Math.sqrt(f(f(square / columns) + epsilon))));
        for (let j = 0; j < columns; j++)
          v[to + j] = f(f(v[from + j] - mean) * r) * v[gain / 4 + j];
        v[stats / 4 + 2 * i] = mean;
        v[stats / 4 + 2 * i + 1] = r;
      }
    },
    layerNormBackward(rows, columns, x, gain, stats, dy, dx, dgain, accumulate) {
      v.fill(0, dgain / 4, dgain / 4 + columns);
      for (let i = 0; i < rows; i++) {
        const at = i * columns;
        const mean = v[stats / 4 + 2 * i];
        const r = v[stats / 4 + 2 * i + 1];
        const away = (j: number): number => f(f(v[x / 4 + at + j] - mean) * r);
        const slope = (j: number): number => f(v[dy / 4 + at + j] * v[gain / 4 + j]);
        const level = f(lanes(columns, slope) / columns);
        const slant = f(lanes(columns, (j) => f(slope(j) * away(j))) / columns);
        for (let j = 0; j < columns; j++) {
          v[dgain / 4 + j] += f(v[dy / 4 + at + j] * away(j));
          const change = f(r * f(f(slope(j) - level) - f(away(j) * slant)));
          const to = dx / 4 + at + j;
          v[to] = accumulate ? v[to] + change : change;
        }
      }
    },
    causalSoftmax(length, scores, scale) {
      const factor = f(scale);
      for (let i = 0; i < length; i++) {
        const row = scores / 4 + i * length;
        for (let j = 0; j <= i; j++) v[row + j] *= factor;
        let max = v[row];
        for (let j = 1; j <= i; j++) if (v[row + j] > max) max = v[row + j];
        for (let j = 0; j < length; j++) v[row + j] = j <= i ? expOf(f(v[row + j] - max)) : 0;
        let sum = 0;
        for (let j = 0; j <= i; j++) sum = f(sum + v[row + j]);
        const inverse = f(1 / sum);
        for (let j = 0; j <= i; j++) v[row + j] *= inverse;
      }
    },
    causalSoftmaxBackward(length, shares, slopes, scale) {
      const factor = f(scale);
      for (let i = 0; i < length; i++) {
        const row = shares / 4 + i * length;
        const slope = slopes / 4 + i * length;
        const end = padded(i + 1);
        const mean = lanes(end, (j) => f(v[row + j] * v[slope + j]));
        for (let j = 0; j < end; j++)
          v[slope + j] = f(v[row + j] * f(v[slope + j] - mean)) * factor;
        v.fill(0, slope + end, slope + length);
      }
    },
    embed(rows, columns, tokens, table, positions, length, y) {
      for (let i = 0; i < rows; i++) {
        const token = table / 4 + words[tokens / 4 + i] * columns;
        const place = positions / 4 + (i % length) * columns;
        for (let j = 0; j < columns; j++) v[y / 4 + i * columns + j] = v[token + j] + v[place + j];
      }
    },
    embedBackward(rows, columns, tokens, length, dy, dtable, dpositions) {
      for (let i = 0; i < rows; i++) {
        const token = dtable / 4 + words[tokens / 4 + i] * columns;
        const place = dpositions / 4 + (i % length) * columns;
        for (let j = 0; j < columns; j++) {
          const slope = v[dy / 4 + i * columns + j];
          v[token + j] += slope;
          v[place + j] += slope;
        }
      }
    },
  };
}
