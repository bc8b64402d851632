/**
 * Pick-up and delivery pairs in a relaxation that serves each end by itself: what remains of the pair
 * are ways that no route can go and narrower windows (Dumas, Desrosiers & Soumis 1991).
 */
import type { VrpExtras } from '../../../../src/problems/vrp/instance.ts';

export interface Pairs {
  /** By node: the pick-up of a drop and the drop of a pick-up; 0 for neither. */
  partner: Int32Array;
  /** 1 for the nodes where a pair is picked up. */
  starts: Uint8Array;
}

/** null when there are none. O(n) */
export function pairsOf({ deliverTo }: VrpExtras): Pairs | null {
  if (!deliverTo.some((customer) => customer > 0)) return null;
  const partner = new Int32Array(deliverTo.length);
  const starts = new Uint8Array(deliverTo.length);
  deliverTo.forEach((to, from) => {
    if (to === 0) return;
    partner[from] = to;
    partner[to] = from;
    starts[from] = 1;
  });
  return { partner, starts };
}

/** Is there no route that goes from i to j, with vehicles of this capacity. Node 0 is the depot. */
export function isBarred(
  { partner, starts }: Pairs,
  demand: Int32Array,
  capacity: number,
  i: number,
  j: number,
): boolean {
  // A route neither starts with a drop nor ends with a pick-up.
  if (i === 0) return partner[j] > 0 && starts[j] === 0;
  if (j === 0) return starts[i] === 1;
  if (partner[i] === j) return starts[i] === 0;
  if (partner[i] === 0 || partner[j] === 0) return false;
  // Both loads are on board on the way, just before it, or just after it.
  const load = (node: number) => demand[starts[node] === 1 ? node : partner[node]];
  const together = starts[i] === 1 || starts[j] === 0;
  return together && load(i) + load(j) > capacity;
}

/**
 * Narrows windows: a drop starts no earlier than its pick-up and the shortest way from there allow,
 * and the other way round. Times in units; `drive` may break the triangle inequality. O(pairs · n²)
 */
export function narrowWindows(
  { partner, starts }: Pairs,
  drive: (i: number, j: number) => number,
  service: (i: number) => number,
  ready: Float64Array,
  due: Float64Array,
): void {
  const size = partner.length;
  const way = new Float64Array(size);
  const done = new Uint8Array(size);
  for (let from = 1; from < size; from++) {
    if (starts[from] === 0) continue;
    const to = partner[from];
    way.fill(Infinity);
    done.fill(0);
    way[from] = 0;
    for (;;) {
      let near = -1;
      for (let i = 1; i < size; i++)
        if (done[i] === 0 && (near < 0 || way[i] < way[near])) near = i;
      if (near === to) break;
      done[near] = 1;
      for (let i = 1; i < size; i++) way[i] = Math.min(way[i], way[near] + drive(near, i));
    }
    const apart = service(from) + way[to];
    ready[to] = Math.max(ready[to], ready[from] + apart);
    due[from] = Math.min(due[from], due[to] - apart);
  }
}
