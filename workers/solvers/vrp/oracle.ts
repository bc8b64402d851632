/** Exhaustive search for tests: the least total distance over all plans. */
import type { VrpInstance } from '../../../src/problems/vrp/instance.ts';
import { TIME_SLACK, timeRoute } from '../../../src/problems/vrp/route.ts';

function* orders(items: readonly number[]): Generator<number[]> {
  if (items.length <= 1) yield [...items];
  for (const first of items)
    if (items.length > 1)
      for (const rest of orders(items.filter((item) => item !== first))) yield [first, ...rest];
}

/** Infinity when there is no feasible plan. O(m!·2^n + 3^n), m the most customers
 * that fit one vehicle; for n ≤ 7, or more when m is small. */
export function leastDistance(instance: VrpInstance): number {
  const { customers, capacity, vehicles = Infinity, maxDuration = Infinity } = instance;
  const n = customers.length;
  const all = (1 << n) - 1;
  const alone = new Float64Array(all + 1).fill(Infinity);
  for (let set = 1; set <= all; set++) {
    const members = customers.map((_, i) => i + 1).filter((c) => (set >> (c - 1)) & 1);
    const load = members.reduce((sum, c) => sum + customers[c - 1].demand, 0);
    if (load > capacity) continue;
    for (const order of orders(members)) {
      const timing = timeRoute(instance, order);
      const feasible =
        timing.duration <= maxDuration + TIME_SLACK &&
        timing.late <= TIME_SLACK &&
        timing.visits.every(({ late }) => late <= TIME_SLACK);
      if (feasible) alone[set] = Math.min(alone[set], timing.distance);
    }
  }
  let level = new Float64Array(all + 1).fill(Infinity);
  level[0] = 0;
  let best = Infinity;
  for (let routes = 1; routes <= Math.min(n, vehicles); routes++) {
    const next = new Float64Array(all + 1).fill(Infinity);
    for (let set = 1; set <= all; set++)
      for (let part = set; part > 0; part = (part - 1) & set)
        next[set] = Math.min(next[set], level[set ^ part] + alone[part]);
    level = next;
    best = Math.min(best, level[all]);
  }
  return best;
}
