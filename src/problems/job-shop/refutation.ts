/**
 * Why no schedule of a classic job shop is as short as assumed, from the definition alone: time
 * windows shrink and orders follow by plain rules until some operations no longer fit. The rules are
 * those of edge finding and not-last (Carlier & Pinson 1989; Vilím 2004), one machine and one side
 * at a time, in quadratic time; what they cannot decide may be given as orders refuted one by one.
 */
import { jobHeadsAndTails } from './bounds.ts';
import type { PackedJobShop } from './instance.ts';
import { jobOfOperation } from './schedule.ts';

/** What refutes a makespan. */
export interface Refutation {
  /** No schedule is this short. */
  makespan: number;
  /** [a, b]: that operation a goes before b is refuted by the rules, with those before turned round. */
  refutedOrders: readonly (readonly [number, number])[];
}

/** Operations of one machine that no longer fit. */
export interface Conflict {
  machine: number;
  operations: readonly number[];
  /** They cannot start before `head` together, work for `work`, and `tail` must follow: too long. */
  sum?: { head: number; work: number; tail: number };
}

interface State {
  packed: PackedJobShop;
  makespan: number;
  /** Earliest start, and least time between end and makespan, by operation. */
  heads: Int32Array;
  tails: Int32Array;
  /** Operations machine by machine. */
  members: readonly Int32Array[];
  slot: Int32Array;
  /** By machine, by pair of slots: 1 when the first goes first, −1 when the second does, or 0. */
  orders: readonly Int8Array[];
  /** Machines with changes to be looked at. */
  dirty: Uint8Array;
  conflict: Conflict | null;
}

function createState(packed: PackedJobShop, makespan: number): State {
  const { heads, tails } = jobHeadsAndTails(packed);
  const lists: number[][] = Array.from({ length: packed.machines }, () => []);
  const slot = packed.machine.map((machine, i) => lists[machine].push(i) - 1);
  const state: State = {
    packed,
    makespan,
    heads,
    tails,
    members: lists.map((list) => Int32Array.from(list)),
    slot,
    orders: lists.map((list) => new Int8Array(list.length * list.length)),
    dirty: new Uint8Array(packed.machines).fill(1),
    conflict: null,
  };
  // Operations of one job that return to a machine have their order.
  const jobOf = jobOfOperation(packed);
  for (const list of lists)
    for (let b = 1; b < list.length; b++)
      for (let a = b - 1; a >= 0 && jobOf[list[a]] === jobOf[list[b]]; a--)
        decide(state, list[a], list[b]);
  return state;
}

const copyOf = (state: State): State => ({
  ...state,
  heads: state.heads.slice(),
  tails: state.tails.slice(),
  dirty: state.dirty.slice(),
  orders: state.orders.map((order) => order.slice()),
});

/** Operation a goes before b, of the same machine. @returns false when the reverse is decided. */
function decide(state: State, a: number, b: number): boolean {
  const machine = state.packed.machine[a];
  const order = state.orders[machine];
  const size = state.members[machine].length;
  const at = state.slot[a] * size + state.slot[b];
  if (order[at] === 1) return true;
  if (order[at] === -1) {
    state.conflict = { machine, operations: [a, b] };
    return false;
  }
  order[at] = 1;
  order[state.slot[b] * size + state.slot[a]] = -1;
  state.dirty[machine] = 1;
  return true;
}

/** A head (side 0) or tail (side 1) is at least `value`. @returns false when no window is left. */
function raise(state: State, side: number, operation: number, value: number): boolean {
  const { heads, tails, makespan, packed } = state;
  const times = side === 0 ? heads : tails;
  if (value > times[operation]) {
    times[operation] = value;
    state.dirty[packed.machine[operation]] = 1;
  }
  const [head, work, tail] = [heads[operation], packed.duration[operation], tails[operation]];
  if (head + work + tail <= makespan) return true;
  const machine = packed.machine[operation];
  state.conflict = { machine, operations: [operation], sum: { head, work, tail } };
  return false;
}

/** Along the jobs. O(operations). */
function passJobs(state: State): boolean {
  const { packed, heads, tails } = state;
  const { first, duration } = packed;
  for (let job = 0; job + 1 < first.length; job++) {
    for (let i = first[job]; i < first[job + 1]; i++) {
      const ready = i > first[job] ? heads[i - 1] + duration[i - 1] : heads[i];
      if (!raise(state, 0, i, ready)) return false;
    }
    for (let i = first[job + 1] - 2; i >= first[job]; i--)
      if (!raise(state, 1, i, tails[i + 1] + duration[i + 1])) return false;
  }
  return true;
}

/** Two that do not fit one way go the other way. O(k²) for k operations of a machine. */
function passPairs(state: State, machine: number): boolean {
  const { heads, tails, makespan } = state;
  const { duration } = state.packed;
  const list = state.members[machine];
  for (const a of list)
    for (const b of list)
      if (a !== b && heads[a] + duration[a] + duration[b] + tails[b] > makespan)
        if (!decide(state, b, a)) return false;
  return true;
}

/** One machine from one side: on side 1 everything is mirrored. O(k²). */
function passMachine(state: State, machine: number, side: number): boolean {
  const { makespan } = state;
  const { duration } = state.packed;
  const [near, far] = side === 0 ? [state.heads, state.tails] : [state.tails, state.heads];
  const order = state.orders[machine];
  const list = state.members[machine];
  const size = list.length;
  const sign = side === 0 ? 1 : -1;
  const before = (a: number, b: number) => (side === 0 ? decide(state, a, b) : decide(state, b, a));
  // As they are now: what is raised below counts in the next round, so that sorted stays sorted.
  const now = list.map((i) => near[i]);
  const time = (operation: number): number => now[state.slot[operation]];
  const byNear = list.slice().sort((a, b) => near[a] - near[b] || a - b);
  const byFar = list.slice().sort((a, b) => far[a] - far[b] || a - b);

  /** When those for which `has` holds have run one after another, and from which on without a gap. */
  const run = (has: (operation: number) => boolean) => {
    let [end, from] = [-Infinity, 0];
    byNear.forEach((j, at) => {
      if (!has(j)) return;
      if (time(j) >= end) [end, from] = [time(j), at];
      end += duration[j];
    });
    return { end, from };
  };

  // After all that are known to go before.
  for (const i of byNear) {
    const { end } = run((j) => order[state.slot[j] * size + state.slot[i]] * sign > 0);
    if (end > near[i] && !raise(state, side, i, end)) return false;
  }

  const all = run(() => true).end;

  // Edge finding: all with at least this time behind them, and one more.
  for (const last of byFar) {
    const least = far[last];
    if (all + least <= makespan) continue;
    const isIn = (j: number) => far[j] >= least;
    const { end, from } = run(isIn);
    if (end + least > makespan) {
      const operations = Array.from(byNear.subarray(from)).filter(isIn);
      const work = operations.reduce((sum, j) => sum + duration[j], 0);
      const start = time(operations[0]);
      const [head, tail] = side === 0 ? [start, least] : [least, start];
      state.conflict = { machine, operations, sum: { head, work, tail } };
      return false;
    }
    // Ends behind each place when nothing before it counts, from the back.
    let after = 0;
    let alone = -Infinity;
    const behind = new Float64Array(size);
    const aloneBehind = new Float64Array(size);
    for (let at = size - 1; at >= 0; at--) {
      behind[at] = after;
      aloneBehind[at] = alone;
      const j = byNear[at];
      if (!isIn(j)) continue;
      after += duration[j];
      alone = Math.max(alone, time(j) + after);
    }
    let ahead = -Infinity;
    for (let at = 0; at < size; at++) {
      const i = byNear[at];
      if (isIn(i)) {
        ahead = Math.max(ahead, time(i)) + duration[i];
        continue;
      }
      const together = Math.max(
        aloneBehind[at],
        Math.max(ahead, time(i)) + duration[i] + behind[at],
      );
      if (together + least <= makespan) continue;
      for (const j of list) if (isIn(j) && !before(j, i)) return false;
      if (end > near[i] && !raise(state, side, i, end)) return false;
    }
  }

  // Not last: it ends before the latest start of those that could not all be done before it.
  const opposite = 1 - side;
  for (const i of list) {
    if (all + duration[i] + far[i] <= makespan) continue;
    const isIn = (j: number) => j !== i && far[j] + duration[j] > far[i];
    const { end } = run(isIn);
    if (end + duration[i] + far[i] <= makespan) continue;
    let reach = Infinity;
    for (const j of list) if (isIn(j)) reach = Math.min(reach, far[j] + duration[j]);
    if (!raise(state, opposite, i, reach)) return false;
  }
  return true;
}

/** All rules until nothing changes. @returns false on a contradiction, then in `conflict`. */
function propagate(state: State): boolean {
  while (state.dirty.includes(1)) {
    if (!passJobs(state)) return false;
    for (let machine = 0; machine < state.members.length; machine++) {
      if (state.dirty[machine] === 0) continue;
      state.dirty[machine] = 0;
      const fits =
        passPairs(state, machine) &&
        passMachine(state, machine, 0) &&
        passMachine(state, machine, 1);
      if (!fits) return false;
    }
  }
  return true;
}

/**
 * What no longer fits when the makespan is as assumed and the refuted orders are turned round.
 *
 * @param trusting takes the orders as refuted; else each is refuted here too.
 * @returns null when nothing contradicts the makespan or an order is not refuted. Sizes and operation
 * numbers must be valid. O(rounds · pairs), times the orders unless trusting.
 */
export function conflictOf(
  packed: PackedJobShop,
  { makespan, refutedOrders }: Refutation,
  trusting = false,
): Conflict | null {
  const state = createState(packed, makespan);
  if (!propagate(state)) return state.conflict;
  for (const [a, b] of refutedOrders) {
    if (!trusting) {
      const trial = copyOf(state);
      if (decide(trial, a, b) && propagate(trial)) return null;
    }
    if (!decide(state, b, a) || (!trusting && !propagate(state))) return state.conflict;
  }
  return propagate(state) ? null : state.conflict;
}
