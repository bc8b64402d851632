/** Running the elementwise steps of optimizers, in WebAssembly where that is faster. */
import { reserve } from '../../common/wasm.ts';
import { createKernels } from '../engine/kernels.ts';
import {
  twinUpdates,
  UPDATE_ARRAYS,
  type AnyUpdate,
  type Constants,
  type UpdateName,
} from '../engine/twin-updates.ts';
import type { Matrix } from './optimizer.ts';

/** Below so many parameters an instance of the kernels is not worth its copies. */
const FEWEST_FOR_KERNELS = 64;

export interface Update<Name extends UpdateName> {
  /** The arrays beyond x and g, in the order of the update's parameters; zeros at first. */
  readonly arrays: readonly Float64Array[];
  /** One step of x, in place. */
  run(x: Float64Array, g: Float64Array, ...constants: Constants<Name>): void;
}

/** Stretches of the parameters outside some matrices (in ascending order), side by side. */
interface Beside {
  size: number;
  /** Parameter i of the stretch is the (i − shift)th. */
  stretches: readonly { from: number; to: number; shift: number }[];
}

function beside(count: number, taken: readonly Matrix[]): Beside {
  const stretches: { from: number; to: number; shift: number }[] = [];
  let at = 0;
  let size = 0;
  for (const { from, rows, columns } of [...taken, { from: count, rows: 0, columns: 0 }]) {
    if (from > at) stretches.push({ from: at, to: from, shift: at - size });
    size += from - at;
    at = from + rows * columns;
  }
  return { size, stretches };
}

/**
 * The update of that name for `count` parameters but those of the matrices `taken`. Kernel and twin
 * give the same bits. The arrays live where the update works; x and g are copied there and x back.
 */
export function createUpdate<Name extends UpdateName>(
  name: Name,
  count: number,
  taken: readonly Matrix[] = [],
  inKernels = count >= FEWEST_FOR_KERNELS,
): Update<Name> {
  const { size, stretches } = beside(count, taken);
  const total = UPDATE_ARRAYS[name];
  const even = size + (size & 1);
  const kernels = inKernels ? createKernels() : null;
  const start = kernels ? reserve(kernels.memory, 8 * even * total) : 0;
  const buffer = kernels ? kernels.memory.buffer : new ArrayBuffer(8 * even * total);
  const all = Array.from(
    { length: total },
    (_, k) => new Float64Array(buffer, start + 8 * k * even, size),
  );
  const [point, slopes, ...arrays] = all;
  const addresses = all.map(({ byteOffset }) => byteOffset);
  const twin = twinUpdates[name] as AnyUpdate<Float64Array>;
  const kernel = kernels?.[name] as AnyUpdate<number> | undefined;
  const direct = !kernel && taken.length === 0;
  return {
    arrays,
    run(x, g, ...constants) {
      if (direct) {
        twin(x, g, ...arrays, ...(constants as number[]));
        return;
      }
      for (const { from, to, shift } of stretches) {
        point.set(x.subarray(from, to), from - shift);
        slopes.set(g.subarray(from, to), from - shift);
      }
      if (kernel) kernel(even, ...addresses, ...(constants as number[]));
      else twin(...all, ...(constants as number[]));
      for (const { from, to, shift } of stretches)
        x.set(point.subarray(from - shift, to - shift), from);
    },
  };
}
