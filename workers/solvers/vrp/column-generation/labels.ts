/**
 * Label setting over ng-routes (Baldacci, Mingozzi & Roberti 2011) in one direction: partial routes
 * from the depot with their reduced cost, load, time and duration, of which only those not dominated
 * are kept. A route may come back to a customer it has forgotten, so routes are a relaxation.
 */
import type { Network } from './network.ts';

/** Customers remembered at each node, as bit sets; shared by both directions and grown in place. */
export interface Memory {
  words: number;
  /** `words` words a node; a customer i is bit i & 31 of word i >> 5. */
  keep: Int32Array;
}

/** Active subset-row cuts (Jepsen, Petersen, Spoorendonk & Pisinger 2008), as bits of a label. */
export interface RowPrices {
  words: number;
  /** Cuts whose subset a node is in; `words` words a node. */
  inside: Int32Array;
  /** Cuts that do not forget at a node (limited memory, Pecin et al. 2017). */
  keep: Int32Array;
  /** What every second visit to the subset costs, above 0; by bit. */
  penalty: Float64Array;
}

export interface Prices {
  /** Reduced cost of the way from i to j, Infinity when it is forbidden; size² row-major. */
  arc: Float64Array;
  rows: RowPrices;
}

/** Everything sums to the same in this direction; `H` mirrors times for the backward one. */
interface Direction {
  leave: Float64Array;
  open: Float64Array;
  close: Float64Array;
  /** Loads count from here at the least when they take up a node, and to there at the most. */
  floor: Float64Array;
  ceiling: Float64Array;
}

export interface Labels {
  /**
   * Extends labels whose main resource (time when there are windows, else load) is at most `until`.
   * Yields the work done, in blocks; false when there would be more labels than `most`.
   * @param exact compares what labels remember; otherwise fewer are kept and no bound follows
   * @param beyond keep labels above `until` too, without extending them
   */
  run(
    prices: Prices,
    exact: boolean,
    until: number,
    beyond: boolean,
    most: number,
  ): Generator<number, boolean, void>;
  /** Labels of the last run; 0 is the depot. Dead ones are dominated. */
  readonly count: number;
  readonly node: Int32Array;
  readonly previous: Int32Array;
  readonly cost: Float64Array;
  readonly load: Int32Array;
  /** Start of service; mirrored (horizon − latest start) in the backward direction. */
  readonly time: Float64Array;
  readonly duration: Float64Array;
  readonly memory: Int32Array;
  /** `rows.words` words a label. */
  readonly states: Int32Array;
  readonly dead: Uint8Array;
  /** Live labels of a node by bucket of the main resource: a cell is node · buckets + bucket. */
  readonly head: Int32Array;
  readonly next: Int32Array;
  /** At most the least cost in the cell. */
  readonly cellBest: Float64Array;
  readonly buckets: number;
  bucketOf(main: number): number;
}

const BUCKETS = 48;
/** Comparisons and extensions in one block, about a quarter of a millisecond. */
export const BLOCK = 20_000;
const FIRST_CAPACITY = 1 << 14;

/** No start of service is later: what the times are mirrored at. */
export function horizonOf(network: Network): number {
  const { size, leave, ready, due, timed } = network;
  if (!timed) return 0;
  let horizon = 0;
  for (let i = 0; i < size; i++) horizon = Math.max(horizon, ready[i]);
  for (let i = 0; i < size; i++) {
    let longest = 0;
    for (let j = 0; j < size; j++) longest = Math.max(longest, leave[i * size + j]);
    horizon += longest;
  }
  return Math.min(horizon, due[0]);
}

/**
 * What loads are counted up to. Backhauls come after all deliveries and fill the vehicle anew: they
 * count from one load to a second. In the backward direction deliveries do.
 */
export const loadRange = ({ backhaul, capacity }: Network): number =>
  backhaul ? 2 * capacity : capacity;

/** Where a load starts at the least when it takes up each node, and where it may end. */
export function loadLimits(
  { size, backhaul, capacity }: Network,
  backward: boolean,
): { floor: Float64Array; ceiling: Float64Array } {
  const floor = new Float64Array(size);
  const ceiling = new Float64Array(size).fill(capacity);
  for (let i = 1; backhaul && i < size; i++)
    if ((backhaul[i] === 1) !== backward) {
      floor[i] = capacity;
      ceiling[i] = 2 * capacity;
    }
  return { floor, ceiling };
}

function directionOf(network: Network, backward: boolean): Direction {
  const { size, leave, ready, due } = network;
  const horizon = horizonOf(network);
  const capped = due.map((time) => Math.min(time, horizon));
  const limits = loadLimits(network, backward);
  if (!backward) return { leave, open: ready, close: capped, ...limits };
  return {
    leave: transpose(leave, size),
    open: capped.map((time) => horizon - time),
    close: ready.map((time) => horizon - time),
    ...limits,
  };
}

function transpose(matrix: Float64Array, size: number, into = new Float64Array(size * size)) {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) into[j * size + i] = matrix[i * size + j];
  return into;
}

export function createLabels(network: Network, memory: Memory, backward: boolean): Labels {
  const { size, n, demand, timed, limited, maxDuration } = network;
  const { words, keep } = memory;
  const { leave, open, close, floor, ceiling } = directionOf(network, backward);
  const range = timed ? horizonOf(network) : loadRange(network);
  const buckets = Math.max(1, Math.min(BUCKETS, Math.ceil(range) + 1));
  const perBucket = buckets / (range + 1);
  const bucketOf = (main: number): number =>
    Math.max(0, Math.min(buckets - 1, Math.floor(main * perBucket)));

  let room = 0;
  let count = 0;
  let node = new Int32Array(0);
  let previous = new Int32Array(0);
  let cost = new Float64Array(0);
  let load = new Int32Array(0);
  let time = new Float64Array(0);
  let duration = new Float64Array(0);
  let remembered = new Int32Array(0);
  let states = new Int32Array(0);
  let dead = new Uint8Array(0);
  let next = new Int32Array(0);
  /** The order of a bucket. */
  let after = new Int32Array(0);
  const head = new Int32Array(size * buckets);
  const cellBest = new Float64Array(size * buckets);
  const first = new Int32Array(buckets);
  const last = new Int32Array(buckets);
  const arcs = new Float64Array(size * size);
  const successors = new Int32Array(size * n);
  const degree = new Int32Array(size);
  let stateWords = 0;

  function grow(): void {
    room = Math.max(FIRST_CAPACITY, 2 * room);
    const longer = <T extends Int32Array | Float64Array | Uint8Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    node = longer(node, new Int32Array(room));
    previous = longer(previous, new Int32Array(room));
    cost = longer(cost, new Float64Array(room));
    load = longer(load, new Int32Array(room));
    if (timed) time = longer(time, new Float64Array(room));
    if (limited) duration = longer(duration, new Float64Array(room));
    remembered = longer(remembered, new Int32Array(room * words));
    dead = longer(dead, new Uint8Array(room));
    next = longer(next, new Int32Array(room));
    after = longer(after, new Int32Array(room));
    const wider = new Int32Array(room * stateWords);
    if (states.length <= wider.length) wider.set(states);
    states = wider;
  }

  /** Which ways can be part of a route at all. */
  function link({ arc }: Prices): void {
    if (backward) transpose(arc, size, arcs);
    else arcs.set(arc);
    for (let i = 0; i < size; i++) {
      degree[i] = 0;
      for (let j = 1; j <= n; j++) {
        if (j === i || !(arcs[i * size + j] < Infinity)) continue;
        if (i > 0 && Math.max(floor[j], floor[i] + demand[i]) + demand[j] > ceiling[j]) continue;
        if (timed && open[i] + leave[i * size + j] > close[j]) continue;
        successors[i * n + degree[i]++] = j;
      }
    }
  }

  /** Comparisons and extensions so far. */
  let work = 0;

  /** Is label `b` no better than some other label in its bucket or an earlier one? */
  function isDominated(b: number, bucket: number, exact: boolean, rows: RowPrices): boolean {
    // Local names: the loop is most of the work of pricing.
    const costs = cost;
    const loads = load;
    const times = time;
    const nexts = next;
    const own = costs[b];
    const carried = loads[b];
    const start = timed ? times[b] : 0;
    const base = node[b] * buckets;
    let compared = 0;
    let found = false;
    for (let cell = base + bucket; cell >= base && !found; cell--) {
      if (cellBest[cell] > own) continue;
      for (let a = head[cell]; a >= 0; a = nexts[a]) {
        compared++;
        if (costs[a] > own || loads[a] > carried || (timed && times[a] > start) || a === b)
          continue;
        if (beats(a, b, exact, rows)) {
          found = true;
          break;
        }
      }
    }
    work += compared;
    return found;
  }

  /** Whether every completion of b is one of a that costs no more, when cost[a] ≤ cost[b]. */
  function beats(a: number, b: number, exact: boolean, rows: RowPrices): boolean {
    if (load[a] > load[b]) return false;
    if (timed && time[a] > time[b]) return false;
    if (limited && duration[a] > duration[b]) return false;
    if (!exact) return true;
    for (let w = 0; w < words; w++)
      if ((remembered[a * words + w] & ~remembered[b * words + w]) !== 0) return false;
    if (stateWords > 0) {
      let room = cost[b] - cost[a];
      for (let w = 0; w < stateWords; w++) {
        let odd = states[a * stateWords + w] & ~states[b * stateWords + w];
        for (; odd !== 0; odd &= odd - 1) {
          room -= rows.penalty[w * 32 + 31 - Math.clz32(odd & -odd)];
          if (room < 0) return false;
        }
      }
    }
    return true;
  }

  function append(label: number, bucket: number): void {
    after[label] = -1;
    if (last[bucket] >= 0) after[last[bucket]] = label;
    else first[bucket] = label;
    last[bucket] = label;
  }

  function* run(
    prices: Prices,
    exact: boolean,
    until: number,
    beyond: boolean,
    most: number,
  ): Generator<number, boolean, void> {
    const { rows } = prices;
    if (rows.words !== stateWords || room === 0) {
      stateWords = rows.words;
      states = new Int32Array(0);
      room = Math.floor(room / 2);
      grow();
    }
    link(prices);
    head.fill(-1);
    first.fill(-1);
    last.fill(-1);
    cellBest.fill(Infinity);
    count = 1;
    node[0] = 0;
    previous[0] = -1;
    cost[0] = 0;
    load[0] = 0;
    dead[0] = 0;
    if (timed) time[0] = open[0];
    if (limited) duration[0] = 0;
    remembered.fill(0, 0, words);
    states.fill(0, 0, stateWords);
    append(0, 0);
    let told = work;

    for (let bucket = 0; bucket < buckets; bucket++) {
      for (let from = first[bucket]; from >= 0; from = after[from]) {
        if (dead[from] === 1) continue;
        const at = node[from];
        if (at > 0) {
          if ((timed ? time[from] : load[from]) > until) continue;
          if (isDominated(from, bucket, exact, rows)) {
            dead[from] = 1;
            continue;
          }
        }
        for (let s = 0; s < degree[at]; s++) {
          const to = successors[at * n + s];
          work++;
          const carried = Math.max(floor[to], load[from]) + demand[to];
          if (carried > ceiling[to]) continue;
          if ((remembered[from * words + (to >> 5)] & (1 << (to & 31))) !== 0) continue;
          const arc = at * size + to;
          let start = 0;
          if (timed) {
            start = Math.max(open[to], time[from] + leave[arc]);
            if (start > close[to]) continue;
          }
          const main = timed ? start : carried;
          if (main > until && !beyond) continue;
          if (limited && duration[from] + leave[arc] > maxDuration) continue;

          if (count === room) grow();
          const label = count;
          let price = cost[from] + arcs[arc];
          for (let w = 0; w < stateWords; w++) {
            const inside = rows.inside[to * stateWords + w];
            const state = states[from * stateWords + w] & rows.keep[to * stateWords + w];
            for (let even = state & inside; even !== 0; even &= even - 1)
              price += rows.penalty[w * 32 + 31 - Math.clz32(even & -even)];
            states[label * stateWords + w] = state ^ inside;
          }
          node[label] = to;
          previous[label] = from;
          cost[label] = price;
          load[label] = carried;
          if (timed) time[label] = start;
          if (limited) duration[label] = duration[from] + leave[arc];
          for (let w = 0; w < words; w++)
            remembered[label * words + w] = remembered[from * words + w] & keep[to * words + w];
          remembered[label * words + (to >> 5)] |= 1 << (to & 31);
          // A resource may stand still, never go back.
          const into = Math.max(bucket, bucketOf(main));
          if (isDominated(label, into, exact, rows)) continue;

          const cell = to * buckets + into;
          let kept = -1;
          for (let a = head[cell]; a >= 0; a = next[a]) {
            work++;
            if (price <= cost[a] && beats(label, a, exact, rows)) {
              dead[a] = 1;
              if (kept < 0) head[cell] = next[a];
              else next[kept] = next[a];
            } else kept = a;
          }
          dead[label] = 0;
          next[label] = head[cell];
          head[cell] = label;
          if (price < cellBest[cell]) cellBest[cell] = price;
          append(label, into);
          count++;
          if (count >= most) return false;
        }
        if (work - told >= BLOCK) {
          yield Math.floor((work - told) / BLOCK);
          told = work - ((work - told) % BLOCK);
        }
      }
    }
    return true;
  }

  return {
    run,
    get count() {
      return count;
    },
    get node() {
      return node;
    },
    get previous() {
      return previous;
    },
    get cost() {
      return cost;
    },
    get load() {
      return load;
    },
    get time() {
      return time;
    },
    get duration() {
      return duration;
    },
    get memory() {
      return remembered;
    },
    get states() {
      return states;
    },
    get dead() {
      return dead;
    },
    head,
    get next() {
      return next;
    },
    cellBest,
    buckets,
    bucketOf,
  };
}
