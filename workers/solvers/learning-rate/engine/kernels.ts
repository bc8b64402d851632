/** The kernels of the training engine as TypeScript sees them; `kernels.as.ts` says what they do. */
import { compile, instantiate, type KernelExports } from '../../common/wasm.ts';
import { wasm } from './kernels.wasm.ts';
import type { Updates } from './twin-updates.ts';

/** Addresses are bytes, counts and strides are floats. */
export interface Kernels extends KernelExports, Updates {
  gemm(
    m: number,
    n: number,
    depth: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    c: number,
    cRow: number,
    accumulate: boolean,
  ): void;
  transpose(rows: number, columns: number, from: number, row: number, into: number): void;
  fillRows(rows: number, columns: number, row: number, into: number): void;
  sumRows(rows: number, columns: number, from: number, into: number): void;
  tanhForward(count: number, x: number, y: number, slope: number): void;
  reluForward(count: number, x: number, y: number, slope: number): void;
  geluForward(count: number, x: number, y: number, slope: number): void;
  multiply(count: number, a: number, b: number): void;
  add(count: number, a: number, b: number): void;
  copy(count: number, into: number, from: number): void;
  clear(count: number, into: number): void;
  gather(rows: number, columns: number, from: number, indices: number, into: number): void;
  /** Natural logarithm of a double that is not denormal. */
  log(x: number): number;
  crossEntropy(rows: number, columns: number, logits: number, labels: number): number;
  squaredError(rows: number, outputs: number, targets: number): number;
  layerNorm(rows: number, columns: number, x: number, gain: number, y: number, stats: number): void;
  layerNormBackward(
    rows: number,
    columns: number,
    x: number,
    gain: number,
    stats: number,
    dy: number,
    dx: number,
    dgain: number,
    accumulate: boolean,
  ): void;
  causalSoftmax(length: number, scores: number, scale: number): void;
  causalSoftmaxBackward(length: number, shares: number, slopes: number, scale: number): void;
  embed(
    rows: number,
    columns: number,
    tokens: number,
    table: number,
    positions: number,
    length: number,
    y: number,
  ): void;
  embedBackward(
    rows: number,
    columns: number,
    tokens: number,
    length: number,
    dy: number,
    dtable: number,
    dpositions: number,
  ): void;
  patches(
    images: number,
    height: number,
    width: number,
    channels: number,
    x: number,
    into: number,
  ): void;
  patchesBackward(
    images: number,
    height: number,
    width: number,
    channels: number,
    slopes: number,
    dx: number,
    accumulate: boolean,
  ): void;
  maxPool(
    images: number,
    height: number,
    width: number,
    channels: number,
    x: number,
    y: number,
    places: number,
  ): void;
  maxPoolBackward(
    images: number,
    height: number,
    width: number,
    channels: number,
    dy: number,
    places: number,
    dx: number,
  ): void;
}

const module = compile(wasm);

/** Kernels with memory of their own. */
export const createKernels = (): Kernels => instantiate<Kernels>(module);
