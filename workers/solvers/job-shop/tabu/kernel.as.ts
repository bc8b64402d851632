/**
 * Tabu search on the critical path, move by move: what `twin.ts` does in TypeScript, number for
 * number. The state lies where `layout.ts` says; the caller prepares it and reads it back.
 */
import {
  AFTER,
  BEFORE,
  BEST,
  BUFFER,
  CONTROL,
  CURRENT,
  DURATION,
  HEAD,
  HEAD_GUARD,
  IMPROVED,
  JOBS,
  LAST_OF_JOB,
  LONGEST_MOVE,
  MACHINE,
  MARK,
  MASK,
  NEIGHBOURHOOD,
  NONE,
  NOW,
  OPERATIONS,
  ORDER,
  OWN,
  PATH,
  PLACE,
  POSSIBLE,
  RANDOM,
  ROW,
  SLOT,
  SPREAD,
  STALL,
  STAMP,
  STUCK,
  TAIL,
  TAIL_GUARD,
  TENURE,
  TIMES,
  UNTIL,
  WANTED,
} from './layout';

/** The best move of a scan: u behind v, or v before u. */
let chosenU: i32 = 0;
let chosenV: i32 = 0;
let forward: bool = true;
let estimate: i32 = NONE;
let ties: i32 = 0;
let possible: i32 = 0;
/** Of the search, while it runs. */
let move: i32 = 0;
let own: i32 = 0;
let mask: i32 = 0;
let operations: i32 = 0;
let jobs: i32 = 0;

function control(field: i32): i32 {
  return load<i32>((<usize>field) << 2, CONTROL);
}
function setControl(field: i32, value: i32): void {
  store<i32>((<usize>field) << 2, value, CONTROL);
}
function headOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, HEAD);
}
function tailOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, TAIL);
}
function beforeOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, BEFORE);
}
function afterOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, AFTER);
}
function durationOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, DURATION);
}
function orderAt(place: i32): i32 {
  return load<i32>((<usize>place) << 2, ORDER);
}
function placeOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, PLACE);
}
function pathAt(i: i32): i32 {
  return load<i32>((<usize>i) << 2, PATH);
}
function machineOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, MACHINE);
}
function slotOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, SLOT);
}
function rowOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, ROW);
}
function markOf(node: i32): i32 {
  return load<i32>((<usize>node) << 2, MARK);
}
function larger(a: i32, b: i32): i32 {
  return a > b ? a : b;
}

/** xoshiro128** (Blackman & Vigna 2018). */
function random(): u32 {
  const s0 = <u32>control(RANDOM);
  const s1 = <u32>control(RANDOM + 1);
  const s2 = (<u32>control(RANDOM + 2)) ^ s0;
  const s3 = (<u32>control(RANDOM + 3)) ^ s1;
  setControl(RANDOM, s0 ^ s3);
  setControl(RANDOM + 1, s1 ^ s2);
  setControl(RANDOM + 2, s2 ^ (s1 << 9));
  setControl(RANDOM + 3, rotl<u32>(s3, 11));
  return rotl<u32>(s1 * 5, 7) * 9;
}

/** Uniform in 0 … n − 1. */
function below(n: i32): i32 {
  return <i32>((<u64>random() * <u64>n) >> 32);
}

function makespan(): i32 {
  let longest = 0;
  for (let job = 0; job < jobs; job++)
    longest = larger(longest, headOf(load<i32>((<usize>job) << 2, LAST_OF_JOB)));
  return longest;
}

/** One longest path to PATH, first node first. @returns its length in nodes. */
function longestPath(length: i32): i32 {
  let node = 0;
  let equal = 0;
  for (let job = 0; job < jobs; job++) {
    const last = load<i32>((<usize>job) << 2, LAST_OF_JOB);
    if (headOf(last) == length && (++equal == 1 || below(equal) == 0)) node = last;
  }
  let write = operations;
  for (;;) {
    store<i32>((<usize>--write) << 2, node, PATH);
    const start = headOf(node) - durationOf(node);
    if (start == 0) break;
    const above = beforeOf(node);
    const byJob = headOf(node - 1) == start;
    const byMachine = headOf(above) == start;
    node = byJob && (!byMachine || random() < 0x80000000) ? node - 1 : above;
  }
  const count = operations - write;
  memory.copy(PATH, PATH + ((<usize>write) << 2), (<usize>count) << 2);
  return count;
}

/** Takes a move no worse than the best; among equals each with the same chance. */
function keep(u: i32, v: i32, isForward: bool, value: i32): void {
  if (value < estimate) ties = 1;
  else if (below(++ties) != 0) return;
  estimate = value;
  chosenU = u;
  chosenV = v;
  forward = isForward;
}

function note(u: i32, v: i32): void {
  const at = (<usize>possible) << 3;
  store<i32>(at, u, POSSIBLE);
  store<i32>(at, v, POSSIBLE + 4);
  possible++;
}

/** Considers u right behind v. */
function tryForward(u: i32, v: i32): void {
  const tailNext = tailOf(u + 1);
  if (tailOf(v) < tailNext + load<i32>((<usize>u) << 2, TAIL_GUARD)) return;
  note(u, v);
  const column = slotOf(u);
  let limit = estimate;
  let at: usize = 0;
  let end = headOf(beforeOf(u));
  let node = u;
  do {
    node = afterOf(node);
    if (load<i32>((<usize>((rowOf(node) + column) & mask)) << 2, UNTIL) > move && limit >= own)
      limit = own - 1;
    const start = larger(headOf(node - 1), end);
    store<i32>(at, start, TIMES);
    at += 4;
    end = start + durationOf(node);
  } while (node != v);

  let rest = larger(tailNext, tailOf(afterOf(v))) + durationOf(u);
  let value = larger(headOf(u - 1), end) + rest;
  while (at > 0 && value <= limit) {
    at -= 4;
    rest = larger(tailOf(node + 1), rest) + durationOf(node);
    value = larger(value, load<i32>(at, TIMES) + rest);
    node = beforeOf(node);
  }
  if (value <= limit) keep(u, v, true, value);
}

/** Considers v right before u: the mirror image, tails first. */
function tryBackward(u: i32, v: i32): void {
  const headPrevious = headOf(v - 1);
  if (headOf(u) < headPrevious + load<i32>((<usize>v) << 2, HEAD_GUARD)) return;
  note(u, -v);
  const row = rowOf(v);
  let limit = estimate;
  let at: usize = 0;
  let rest = tailOf(afterOf(v));
  let node = v;
  do {
    node = beforeOf(node);
    if (load<i32>((<usize>((row + slotOf(node)) & mask)) << 2, UNTIL) > move && limit >= own)
      limit = own - 1;
    const below = larger(tailOf(node + 1), rest);
    store<i32>(at, below, TIMES);
    at += 4;
    rest = below + durationOf(node);
  } while (node != u);

  let end = larger(headPrevious, headOf(beforeOf(u))) + durationOf(v);
  let value = larger(tailOf(v + 1), rest) + end;
  while (at > 0 && value <= limit) {
    at -= 4;
    end = larger(headOf(node - 1), end) + durationOf(node);
    value = larger(value, load<i32>(at, TIMES) + end);
    node = afterOf(node);
  }
  if (value <= limit) keep(u, v, false, value);
}

/** Looks through the neighbourhood of the path for the best move allowed. */
function scan(count: i32, neighbourhood: i32): void {
  estimate = NONE;
  ties = 0;
  possible = 0;
  for (let s = 0; s < count;) {
    const machine = machineOf(pathAt(s));
    let e = s;
    while (e + 1 < count && machineOf(pathAt(e + 1)) == machine) e++;
    const atStart = s == 0;
    const atEnd = e == count - 1;
    const length = e - s + 1;
    const first = pathAt(s);
    const last = pathAt(e);
    if (length == 2) {
      if (!atStart || !atEnd) tryForward(first, last);
    } else if (length > 2 && neighbourhood == 5) {
      if (!atStart) tryForward(first, pathAt(s + 1));
      if (!atEnd) tryForward(pathAt(e - 1), last);
    } else if (length > 2) {
      const low = larger(s, e - LONGEST_MOVE);
      const high = min(e, s + LONGEST_MOVE);
      if (!atEnd) for (let i = low; i < e; i++) tryForward(pathAt(i), last);
      if (!atStart) for (let i = s + 1; i <= high; i++) tryBackward(first, pathAt(i));
      if (neighbourhood == 7) {
        // Next to the ends these are the swaps tried above.
        if (!atStart) for (let i = s + 2; i <= high && i < e; i++) tryForward(first, pathAt(i));
        if (!atEnd) for (let i = larger(low, s + 1); i < e - 1; i++) tryBackward(pathAt(i), last);
      }
    }
    s = e + 1;
  }
}

function nextStamp(): i32 {
  let stamp = control(STAMP);
  if (stamp == 0x3fffffff) {
    stamp = 0;
    memory.fill(MARK, 0, (<usize>(operations + jobs + 1)) << 2);
  }
  setControl(STAMP, ++stamp);
  return stamp;
}

function setMark(node: i32, stamp: i32): void {
  store<i32>((<usize>node) << 2, stamp, MARK);
}
function setAside(k: i32, node: i32): void {
  store<i32>((<usize>k) << 2, node, BUFFER);
}
function put(place: i32, node: i32): void {
  store<i32>((<usize>place) << 2, node, ORDER);
  store<i32>((<usize>node) << 2, place, PLACE);
}
/** b follows a on their machine; 0 stands for none. */
function link(a: i32, b: i32): void {
  if (a != 0) store<i32>((<usize>a) << 2, b, AFTER);
  if (b != 0) store<i32>((<usize>b) << 2, a, BEFORE);
}

/** Puts u right behind v and mends the topological order. */
function relinkForward(u: i32, v: i32): void {
  const beforeU = beforeOf(u);
  const afterU = afterOf(u);
  const afterV = afterOf(v);
  link(beforeU, afterU);
  link(v, u);
  link(u, afterV);
  const stamp = nextStamp();
  setMark(u, stamp);
  setAside(0, u);
  let kept = 1;
  let write = placeOf(u);
  const to = placeOf(v);
  for (let i = write + 1; i <= to; i++) {
    const node = orderAt(i);
    if (markOf(node - 1) == stamp || markOf(beforeOf(node)) == stamp) {
      setMark(node, stamp);
      setAside(kept++, node);
    } else put(write++, node);
  }
  for (let i = 0; i < kept; i++) put(write++, load<i32>((<usize>i) << 2, BUFFER));
}

/** Puts v right before u and mends the topological order. */
function relinkBackward(u: i32, v: i32): void {
  const beforeU = beforeOf(u);
  const beforeV = beforeOf(v);
  const afterV = afterOf(v);
  link(beforeV, afterV);
  link(beforeU, v);
  link(v, u);
  const stamp = nextStamp();
  setMark(v, stamp);
  setAside(0, v);
  let kept = 1;
  let write = placeOf(v);
  const to = placeOf(u);
  for (let i = write - 1; i >= to; i--) {
    const node = orderAt(i);
    if (markOf(node + 1) == stamp || markOf(afterOf(node)) == stamp) {
      setMark(node, stamp);
      setAside(kept++, node);
    } else put(write--, node);
  }
  for (let i = 0; i < kept; i++) put(write--, load<i32>((<usize>i) << 2, BUFFER));
}

/** Heads from place `from` on and tails from place `to` down. */
function update(from: i32, to: i32): void {
  const end = (<usize>operations) << 2;
  for (let i = (<usize>from) << 2; i < end; i += 4) {
    const node = (<usize>load<i32>(i, ORDER)) << 2;
    const a = load<i32>(node, HEAD - 4);
    const b = load<i32>((<usize>load<i32>(node, BEFORE)) << 2, HEAD);
    store<i32>(node, (a > b ? a : b) + load<i32>(node, DURATION), HEAD);
  }
  for (let i = <isize>(to << 2); i >= 0; i -= 4) {
    const node = (<usize>load<i32>(<usize>i, ORDER)) << 2;
    const a = load<i32>(node, TAIL + 4);
    const b = load<i32>((<usize>load<i32>(node, AFTER)) << 2, TAIL);
    store<i32>(node, (a > b ? a : b) + load<i32>(node, DURATION), TAIL);
  }
}

function forbid(a: i32, b: i32, until: i32): void {
  store<i32>((<usize>((rowOf(a) + slotOf(b)) & mask)) << 2, until, UNTIL);
}

/** Makes the chosen move and forbids the orders it undoes. */
function makeMove(until: i32): void {
  const u = chosenU;
  const v = chosenV;
  const from = placeOf(u);
  const to = placeOf(v);
  if (forward) {
    for (let node = u; node != v;) {
      node = afterOf(node);
      forbid(u, node, until);
    }
    relinkForward(u, v);
  } else {
    for (let node = u; node != v; node = afterOf(node)) forbid(node, v, until);
    relinkBackward(u, v);
  }
  update(from, to);
}

/**
 * Up to `moves` moves, at least 1; fewer when the search ends (it stalls, or is stuck) or finds a
 * schedule shorter than wanted. @returns the moves made.
 */
export function run(moves: i32): i32 {
  move = control(NOW);
  own = control(OWN);
  mask = control(MASK);
  operations = control(OPERATIONS);
  jobs = control(JOBS);
  let current = control(CURRENT);
  let improved = control(IMPROVED);
  const neighbourhood = control(NEIGHBOURHOOD);
  const tenure = control(TENURE);
  const spread = control(SPREAD);
  const stall = control(STALL);
  const wanted = control(WANTED);
  let done = 0;
  let stuck = false;
  while (done < moves && !stuck && move - improved < stall) {
    move++;
    done++;
    scan(longestPath(current), neighbourhood);
    if (estimate == NONE) {
      if (possible == 0) stuck = true;
      else {
        const at = (<usize>below(possible)) << 3;
        const v = load<i32>(at, POSSIBLE + 4);
        chosenU = load<i32>(at, POSSIBLE);
        chosenV = v > 0 ? v : -v;
        forward = v > 0;
      }
    }
    if (!stuck) {
      makeMove(move + tenure + below(spread));
      current = makespan();
    }
    if (current < own) {
      own = current;
      improved = move;
      memory.copy(BEST, ORDER, (<usize>operations) << 2);
      if (current < wanted) break;
    }
  }
  setControl(NOW, move);
  setControl(CURRENT, current);
  setControl(OWN, own);
  setControl(IMPROVED, improved);
  setControl(STUCK, stuck ? 1 : 0);
  return done;
}
