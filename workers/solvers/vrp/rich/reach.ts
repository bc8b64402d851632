/** Customers whom no vehicle can serve in time, in any plan. */
import { shortestWays } from './bounds.ts';
import { DROP, type RichModel } from './model.ts';

/** Above this much work nothing is looked at. */
const MOST_WORK = 4e7;
/** Room for the rounding of sums of times, and what the checker forgives; in the instance's unit. */
const FORGIVEN = 2e-6;

/**
 * Why no plan exists, when a customer who must be served cannot be reached in time, or nobody who
 * serves him can be back in time, even by the shortest ways; null otherwise. O(homes · n²), yields 0.
 */
export function* unreachable(model: RichModel): Generator<number, string | null, void> {
  const { n, nodes, side, types, home, end, time, opens, closes, ready, due, service } = model;
  const { prize, kind, partner, maxDuration, limited, timed, units } = model;
  if (!timed && !limited) return null;
  const homes = [...new Set(home)];
  if (homes.length * nodes * nodes > MOST_WORK) return null;
  const open = end[0] === nodes;
  const out = new Map<number, Float64Array>();
  const back = new Map<number, Float64Array>();
  for (const node of homes) {
    out.set(node, yield* shortestWays(node, nodes, (i, j) => time[i * side + j]));
    back.set(
      node,
      open
        ? new Float64Array(nodes)
        : yield* shortestWays(node, nodes, (i, j) => time[j * side + i]),
    );
  }
  const slack = FORGIVEN * units;
  const inUnit = (value: number) => Math.round((value / units) * 100) / 100;
  for (let c = 1; c <= n; c++) {
    if (prize[kind[c] === DROP ? partner[c] : c] < Infinity) continue;
    let earliest = Infinity;
    let overtime = Infinity;
    let shortest = Infinity;
    for (let t = 0; t < types; t++) {
      const start = Math.max(ready[c], opens[t] + out.get(home[t])![c]);
      earliest = Math.min(earliest, start);
      const later = start + service[c] + back.get(home[t])![c];
      if (start <= due[c] + slack) overtime = Math.min(overtime, later - closes[t]);
      shortest = Math.min(shortest, out.get(home[t])![c] + service[c] + back.get(home[t])![c]);
    }
    if (earliest > due[c] + slack)
      return `Customer ${c} cannot be reached before ${inUnit(earliest)}; its window closes at ${inUnit(due[c])}.`;
    if (overtime > slack)
      return `A vehicle that serves customer ${c} is back ${inUnit(overtime)} after its depot closes.`;
    if (shortest > maxDuration + slack)
      return `A route to customer ${c} alone takes ${inUnit(shortest)}, longer than a route may (${inUnit(maxDuration)}).`;
  }
  return null;
}
