/** The kernel's side of `search.ts`: lays an instance out in linear memory, and reads plans back. */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import { compile, instantiate, reserve, type KernelExports } from '../../common/wasm.ts';
import { MATRIX_LIMIT, type Model } from '../model.ts';
import type { Search, SearchOptions } from '../search.ts';
import { slacks, SPLIT_DEPTH } from './chance.ts';
import { descends, GRANULAR } from './descent.ts';
import { PLACES_FROM, reachOf, worthwhileOf } from './insertion.ts';
import { wasm } from './kernel.wasm.ts';
import * as at from './layout.ts';

interface Kernel extends KernelExports {
  describe(
    customers: number,
    neighbours: number,
    looked: number,
    scanned: number,
    room: number,
    vehicles: number,
    hasWindows: boolean,
    hasLimit: boolean,
    longestRoute: number,
    everywhere: boolean,
  ): void;
  measureBy(convention: number, scale: number): void;
  choose(removed: number, longest: number, depth: number, blink: number): void;
  searchLocally(vertices: number, neighbours: number): void;
  seed(a: number, b: number, c: number, d: number): void;
  step(temperature: number, reach?: number): void;
  restart(length: number): void;
  cost(): number;
  routes(): number;
  missing(): number;
  bestCost(): number;
}

/** Compiled when first wanted; null where the engine has no WebAssembly or may not compile. */
let compiled: WebAssembly.Module | null | undefined;

function load(bytes: number): Kernel | null {
  try {
    compiled ??= compile(wasm);
    const kernel = instantiate<Kernel>(compiled);
    reserve(kernel.memory, bytes - kernel.memory.buffer.byteLength);
    return kernel;
  } catch {
    return null;
  }
}

/** By which rule distances come from places; null when they do not. */
function conventionOf({ packed, timed, maxDuration }: Model): number | null {
  if (packed.extras?.distances || packed.extras?.geographic) return null;
  if (packed.rounding === 'nint') return at.NEAREST_INTEGER;
  if (packed.rounding === 'truncate-1') return at.TRUNCATED_TENTHS;
  return timed || maxDuration < Infinity ? at.SCALED_UP : at.SCALED_NEAREST;
}

/** At least the longest distance. Given distances need not be shorter than detours. */
function longestIn({ packed, matrix, toDepot }: Model): number {
  const given = matrix && packed.extras?.distances ? matrix : null;
  const longest = (given ?? toDepot).reduce((most, way) => Math.max(most, way), 0);
  return given ? longest : 2 * longest + 2;
}

/** null where there is no kernel for it. O(n · neighbours), and the matrix if there is one. */
export function createKernelSearch(
  model: Model,
  neighbours: Neighbours,
  words: Uint32Array,
  options: SearchOptions,
): Search | null {
  const { n, matrix, packed } = model;
  const { list, k } = neighbours;
  const { ready, due, service } = model;
  const isInTime = (from: number, to: number, way: number): boolean =>
    ready[from] + service[from] + way <= due[to];
  const convention = conventionOf(model);
  if ((matrix === null && convention === null) || longestIn(model) > at.LONGEST) return null;
  const size = n + 1;
  // A large matrix is read more slowly than distances are computed.
  const flat = n < PLACES_FROM || convention === null ? matrix : null;
  const behind = at.NEAR + 8 * n * k;
  const kernel = load(behind + (flat ? 4 * flat.length : 0));
  if (kernel === null) return null;
  const { buffer } = kernel.memory;
  const words32 = new Int32Array(buffer);
  const doubles = new Float64Array(buffer);
  for (let i = 0; i < size; i++) {
    const row = i * at.CUSTOMER_BYTES;
    doubles[(at.READY + row) / 8] = model.ready[i];
    doubles[(at.DUE + row) / 8] = model.due[i];
    doubles[(at.SERVICE + row) / 8] = model.service[i];
    words32[(at.DEMAND + row) / 4] = model.demand[i];
    words32[(at.TO_DEPOT + row) / 4] = model.toDepot[i];
    doubles[at.PLACE / 8 + 2 * i] = packed.x[i];
    doubles[at.PLACE / 8 + 2 * i + 1] = packed.y[i];
    words32[at.LEFT_OUT / 4 + i] = 1;
  }
  for (let c = 1; c <= n; c++)
    for (let i = (c - 1) * k; i < c * k; i++) {
      const other = list[i] + 1;
      const way = model.distance(c, other);
      const behind = isInTime(other, c, way) ? 1 : 0;
      const before = isInTime(c, other, way) ? 2 : 0;
      words32[at.NEAR / 4 + 2 * i] = other * at.NODE_BYTES + behind + before;
      words32[at.NEAR / 4 + 2 * i + 1] = way;
    }
  for (let route = 0; route < n; route++) words32[at.BEST_NEXT / 4 + size + route] = size + route;
  if (flat) words32.set(flat, behind / 4);
  doubles.set(slacks, at.SLACK / 8);

  kernel.describe(
    n,
    k,
    Math.min(k, reachOf(n, model.timed)),
    worthwhileOf(n, model.timed),
    model.capacity,
    model.fleet,
    model.timed,
    model.maxDuration < Infinity,
    model.maxDuration,
    n <= MATRIX_LIMIT,
  );
  kernel.measureBy(flat ? at.BY_MATRIX : (convention ?? at.BY_MATRIX), model.scale);
  kernel.choose(options.meanRemoved, options.maxString, SPLIT_DEPTH, options.blink);
  const cache = descends(model) ? (options.cache ?? 0) : 0;
  kernel.searchLocally(cache, Math.min(k, GRANULAR));
  kernel.seed(words[0], words[1], words[2], words[3]);

  /** Routes by successors, which lie `stride` words apart from word `from` on. */
  function routesIn(from: number, stride: number): number[][] {
    const routes: number[][] = [];
    for (let depot = size; depot < size + n; depot++) {
      let node = words32[from + stride * depot];
      if (node === depot) continue;
      const members: number[] = [];
      for (; node !== depot; node = words32[from + stride * node]) members.push(node);
      routes.push(members);
    }
    return routes;
  }
  const bestRoutes = () => routesIn(at.BEST_NEXT / 4, 1);

  function loadPlan(routes: readonly (readonly number[])[]): void {
    let end = at.SEQUENCE / 4;
    for (const members of routes) {
      if (members.length === 0) continue;
      for (const customer of members) words32[end++] = customer;
      words32[end++] = 0;
    }
    kernel!.restart(end - at.SEQUENCE / 4);
  }

  return {
    step: kernel.step,
    load: loadPlan,
    get cost() {
      return kernel.cost();
    },
    get routes() {
      return kernel.routes();
    },
    get missing() {
      return kernel.missing();
    },
    get bestCost() {
      return kernel.bestCost();
    },
    bestRoutes,
    acceptedRoutes: () => routesIn(at.NEXT / 4, at.NODE_BYTES / 4),
    restoreBest: () => loadPlan(bestRoutes()),
  };
}
