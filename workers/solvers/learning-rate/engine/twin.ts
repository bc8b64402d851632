/**
 * The kernels in plain TypeScript, in the same order of operations rounded to single precision, so
 * that results agree bit for bit: what the tests hold the WebAssembly against.
 */
import type { KernelMemory } from '../../common/wasm.ts';
import type { Kernels } from './kernels.ts';
import { exp32, tanh32 } from './twin-math.ts';

const f = Math.fround;
const PAGE = 65_536;
const GELU_SCALE = f(0.7978845608028654);
const GELU_CUBIC = f(0.044715);
const GELU_CUBIC_3 = f(3 * GELU_CUBIC);

/** Memory that grows like WebAssembly's. */
function createMemory(grown: (buffer: ArrayBuffer) => void): KernelMemory {
  const memory = {
    buffer: new ArrayBuffer(0),
    grow(pages: number): number {
      const before = memory.buffer.byteLength;
      const bytes = new Uint8Array(before + pages * PAGE);
      bytes.set(new Uint8Array(memory.buffer));
      memory.buffer = bytes.buffer;
      grown(memory.buffer);
      return before / PAGE;
    },
  };
  return memory;
}

export function createTwin(): Kernels {
  let v = new Float32Array(0);
  let words = new Uint32Array(0);
  const memory = createMemory((buffer) => {
    v = new Float32Array(buffer);
    words = new Uint32Array(buffer);
  });

  function activation(
    count: number,
    x: number,
    y: number,
    slope: number,
    at: (x: number, into: Float32Array) => void,
  ): void {
    const pair = new Float32Array(2);
    for (let i = 0; i < ((count + 3) >> 2) << 2; i++) {
      at(v[x / 4 + i], pair);
      v[y / 4 + i] = pair[0];
      v[slope / 4 + i] = pair[1];
    }
  }

  return {
    memory,
    gemm(m, n, depth, a, aRow, aColumn, b, bRow, c, cRow, accumulate) {
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
      activation(count, x, y, slope, (value, pair) => {
        pair[0] = tanh32(value);
        pair[1] = 1 - f(pair[0] * pair[0]);
      });
    },
    reluForward(count, x, y, slope) {
      activation(count, x, y, slope, (value, pair) => {
        pair[0] = value > 0 ? value : 0;
        pair[1] = value > 0 ? 1 : 0;
      });
    },
    geluForward(count, x, y, slope) {
      activation(count, x, y, slope, (value, pair) => {
        const square = f(value * value);
        const cubic = f(f(GELU_CUBIC * square) * value);
        const t = tanh32(f(GELU_SCALE * f(value + cubic)));
        const half = f(0.5 * f(1 + t));
        const inner = f(GELU_SCALE * f(1 + f(GELU_CUBIC_3 * square)));
        const bell = f(f(0.5 * value) * f(1 - f(t * t)));
        pair[0] = value * half;
        pair[1] = half + f(bell * inner);
      });
    },
    multiply(count, a, b) {
      for (let i = 0; i < count; i++) v[a / 4 + i] *= v[b / 4 + i];
    },
    add(count, a, b) {
      for (let i = 0; i < count; i++) v[a / 4 + i] += v[b / 4 + i];
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
      }
    },
    crossEntropy(rows, columns, logits, labels, scale, stats) {
      const size = f(scale);
      for (let i = 0; i < rows; i++) {
        const row = logits / 4 + i * columns;
        const own = row + words[labels / 4 + i];
        let max = v[row];
        for (let j = 1; j < columns; j++) if (v[row + j] > max) max = v[row + j];
        v[stats / 4 + 2 * i + 1] = v[own] - max;
        let sum = 0;
        for (let j = 0; j < columns; j++) v[row + j] = exp32(f(v[row + j] - max));
        for (let j = 0; j < columns; j++) sum = f(sum + v[row + j]);
        v[stats / 4 + 2 * i] = sum;
        const factor = f(size / sum);
        for (let j = 0; j < columns; j++) v[row + j] *= factor;
        v[own] -= size;
      }
    },
  };
}
