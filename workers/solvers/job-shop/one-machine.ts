/**
 * One machine with heads and tails: Schrage's schedule and Carlier's branch and bound (Carlier
 * 1982). Precedences are kept because heads and tails are made to agree with them.
 */

export interface OneMachine {
  head: Int32Array;
  duration: Int32Array;
  tail: Int32Array;
  /** Pairs i, j: i goes before j. */
  precedences: Int32Array;
}

export interface Sequence {
  order: Int32Array;
  /** The longest head, run of work, and tail. */
  value: number;
}

/** Among the ready operations always the one with the largest tail; equal ones by index. O(k²). */
export function schrage(problem: OneMachine): Sequence & { starts: Int32Array } {
  const { head, duration, tail } = problem;
  const k = head.length;
  const done = new Uint8Array(k);
  const order = new Int32Array(k);
  const starts = new Int32Array(k);
  let time = 0;
  let value = 0;
  for (let at = 0; at < k; at++) {
    let chosen = -1;
    let earliest = -1;
    for (let i = 0; i < k; i++) {
      if (done[i] === 1) continue;
      if (head[i] <= time) {
        if (chosen < 0 || tail[i] > tail[chosen]) chosen = i;
      } else if (earliest < 0 || head[i] < head[earliest]) earliest = i;
    }
    if (chosen < 0) {
      // Of those ready first the one with the largest tail.
      chosen = earliest;
      for (let i = 0; i < k; i++)
        if (done[i] === 0 && head[i] === head[earliest] && tail[i] > tail[chosen]) chosen = i;
      time = head[chosen];
    }
    done[chosen] = 1;
    order[at] = chosen;
    starts[at] = time;
    time += duration[chosen];
    if (time + tail[chosen] > value) value = time + tail[chosen];
  }
  return { order, starts, value };
}

/** Raises heads and tails until every precedence shows in them. */
function tighten({ head, duration, tail, precedences }: OneMachine): void {
  for (let changed = true; changed;) {
    changed = false;
    for (let e = 0; e < precedences.length; e += 2) {
      const [i, j] = [precedences[e], precedences[e + 1]];
      if (head[j] < head[i] + duration[i]) {
        head[j] = head[i] + duration[i];
        changed = true;
      }
      if (tail[i] < tail[j] + duration[j]) {
        tail[i] = tail[j] + duration[j];
        changed = true;
      }
    }
  }
}

/**
 * The best sequence, or the best found in `nodes` nodes. Indices must stand in an order that agrees
 * with the precedences. O(k²) a node.
 */
export function carlier(problem: OneMachine, nodes: number): Sequence {
  const root: OneMachine = {
    ...problem,
    head: problem.head.slice(),
    tail: problem.tail.slice(),
  };
  tighten(root);
  let best: Sequence = { order: new Int32Array(0), value: Infinity };
  let left = nodes;
  const solve = (node: OneMachine): void => {
    if (left-- <= 0) return;
    const { order, starts, value } = schrage(node);
    if (value < best.value) best = { order, value };
    const { head, duration, tail } = node;
    // The last operation that makes the value, and the run without waiting before it.
    let end = order.length - 1;
    while (starts[end] + duration[order[end]] + tail[order[end]] !== value) end--;
    let begin = end;
    while (begin > 0 && starts[begin] === starts[begin - 1] + duration[order[begin - 1]]) begin--;
    // The last in the run whose tail is smaller than that of its end.
    let critical = end - 1;
    while (critical >= begin && tail[order[critical]] >= tail[order[end]]) critical--;
    if (critical < begin) return;
    const c = order[critical];
    let work = 0;
    let least = Infinity;
    for (let i = critical + 1; i <= end; i++) {
      work += duration[order[i]];
      least = Math.min(least, head[order[i]]);
    }
    const lastTail = tail[order[end]];
    const bound = least + work + lastTail;
    if (
      Math.max(
        bound,
        Math.min(least, head[c]) + work + duration[c] + Math.min(lastTail, tail[c]),
      ) >= best.value
    )
      return;
    // c goes before all of them, or behind.
    const first = { ...node, head: head.slice(), tail: tail.slice() };
    first.tail[c] = Math.max(tail[c], work + lastTail);
    const second = { ...node, head: head.slice(), tail: tail.slice() };
    second.head[c] = Math.max(head[c], least + work);
    for (const child of [first, second]) {
      tighten(child);
      if (relaxed(child) < best.value) solve(child);
    }
  };
  solve(root);
  return best;
}

/** A bound: earliest head, all work, shortest tail; and each operation alone. O(k). */
function relaxed({ head, duration, tail }: OneMachine): number {
  let early = Infinity;
  let late = Infinity;
  let work = 0;
  let alone = 0;
  for (let i = 0; i < head.length; i++) {
    early = Math.min(early, head[i]);
    late = Math.min(late, tail[i]);
    work += duration[i];
    alone = Math.max(alone, head[i] + duration[i] + tail[i]);
  }
  return Math.max(alone, early + work + late);
}
