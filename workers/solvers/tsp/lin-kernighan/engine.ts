/** The local search in WebAssembly: its memory prepared and read back. */
import { compile, instantiate, reserve, type KernelExports } from '../../common/wasm.ts';
import type { Candidates } from '../candidates.ts';
import type { LocalSearch, Neighbourhood } from '../local-search.ts';
import type { Space } from '../space.ts';
import { wasm } from './kernel.wasm.ts';
import * as at from './layout.ts';
import { BREADTH, changedCities } from './twin.ts';

export interface Kernel extends KernelExports {
  prepare(): void;
  assign(isIntegral: boolean): void;
  lookAtAll(): void;
  look(city: number): void;
  descend(moves: number): number;
  kick(count: number, slack: number): void;
}

/** Compiled when first wanted; null where the engine has no WebAssembly or may not compile. */
let compiled: WebAssembly.Module | null | undefined;

/** A kernel with memory of its own; null where there is no WebAssembly. */
export function createKernel(): Kernel | null {
  try {
    compiled ??= compile(wasm);
    return instantiate<Kernel>(compiled);
  } catch {
    return null;
  }
}

/** Integers of the journal at first; it grows. */
const JOURNAL = 1 << 16;

/** Null where the kernel cannot: other metrics and neighbourhoods, too many cities, no WebAssembly. */
export function createKernelSearch(
  space: Space,
  { k, list, distances }: Candidates,
  start: Int32Array,
  { depth, segment, fixed = null, look, kernel: reused }: Neighbourhood,
): LocalSearch | null {
  const { n, planar } = space;
  if (planar === null || depth || segment || n > at.MOST_CITIES || k > at.MOST_NEIGHBOURS)
    return null;
  const kernel = reused ?? createKernel();
  if (!kernel) return null;
  const { memory } = kernel;
  try {
    const bytes = at.NEIGHBOURS + 16 * n * k + 4 * JOURNAL - memory.buffer.byteLength;
    if (bytes > 0) reserve(memory, bytes);
  } catch {
    return null;
  }

  let integers = new Int32Array(memory.buffer);
  let tour = new Int32Array(memory.buffer, at.TOUR, n);
  /** The kernel's memory moves when the journal grows. */
  function follow(): void {
    if (integers.buffer === memory.buffer) return;
    integers = new Int32Array(memory.buffer);
    tour = new Int32Array(memory.buffer, at.TOUR, n);
  }
  const numbers = new Float64Array(memory.buffer);
  const [x, y] = space.coordinates ?? [];
  const cities = at.CITIES / 4;
  for (let city = 0; city < n; city++) {
    const to = cities + 8 * city;
    numbers[to / 2] = x[city];
    numbers[(to + at.Y / 4) / 2] = y[city];
    integers[to + at.FIXED / 4] = fixed ? fixed[2 * city] : -1;
    integers[to + at.FIXED / 4 + 1] = fixed ? fixed[2 * city + 1] : -1;
  }
  for (let near = 0; near < n * k; near++) {
    const to = at.NEIGHBOURS / 4 + 4 * near;
    numbers[to / 2] = distances[near];
    integers[to + 2] = list[near];
  }
  const control = at.CONTROL / 4;
  integers[control + at.N] = n;
  integers[control + at.K] = k;
  integers[control + at.KIND] = planar;
  integers[control + at.DEPTH] = Math.min(BREADTH.length + 1, n);
  integers[control + at.HAS_FIXED] = fixed ? 1 : 0;
  integers.set(BREADTH, at.BREADTH / 4);
  kernel.prepare();

  function assign(from: Int32Array): void {
    tour.set(from);
    kernel?.assign(space.integral);
  }
  assign(start);
  if (look) {
    for (let place = 0; place < n; place++) if (look[start[place]] === 1) kernel.look(start[place]);
  } else kernel.lookAtAll();

  return {
    get tour() {
      follow();
      return tour;
    },
    length: () => new Float64Array(memory.buffer, at.CONTROL + 8 * at.LENGTH, 1)[0],
    descend: (moves) => kernel.descend(moves),
    kick(count, rng, reach, slack) {
      const most = Math.min(reach, Math.floor((n - 2) / 3));
      for (let done = 0; done < count; done += at.MOST_KICKS) {
        const now = Math.min(at.MOST_KICKS, count - done);
        follow();
        const to = at.KICKS / 4;
        for (let i = to; i < to + 4 * now; i += 4) {
          integers[i] = rng.int(n);
          for (let part = 1; part < 4; part++) integers[i + part] = 1 + rng.int(most);
        }
        kernel.kick(now, slack);
      }
    },
    replace(from) {
      follow();
      assign(from);
      kernel.lookAtAll();
    },
    adopt(from) {
      follow();
      const old = Int32Array.from(tour);
      assign(from);
      changedCities(old, from, (city) => kernel.look(city));
    },
  };
}
