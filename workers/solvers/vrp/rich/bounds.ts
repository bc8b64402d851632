/** Simple bounds for variants, valid for any windows, durations and pairs, which only forbid plans. */
import { DELIVERY, DROP, fewestVehicles, type RichModel } from './model.ts';

export interface RichBound {
  /** In the instance's unit. */
  value: number;
  proof: string;
}

/** Room for the rounding of sums. */
const SLACK = 1 - 1e-9;
/** Above this much work the radial bound is not computed. */
const MOST_WORK = 4e7;

/**
 * Every customer served is come to from somewhere, so a plan costs at least each customer's cheapest
 * way in (or its prize) at the lowest rate, and as many of the cheapest vehicles as the deliveries
 * that must be made fill. O(n²).
 */
export function nearestBound(model: RichModel): RichBound {
  const { n, nodes, side, distance, prize, kind, partner, units } = model;
  const rate = model.rate.reduce((low, value) => Math.min(low, value), Infinity);
  const fixed = model.fixed.reduce((low, value) => Math.min(low, value), Infinity);
  let sum = 0;
  let must = false;
  for (let c = 1; c <= n; c++) {
    // A drop may be left out with its pick-up, whose prize counts for both.
    if (kind[c] === DROP && prize[partner[c]] < Infinity) continue;
    if (prize[c] === Infinity) must = true;
    let least = Infinity;
    for (let i = 0; i < nodes; i++) if (i !== c) least = Math.min(least, distance[i * side + c]);
    sum += Math.min(prize[c], rate * least);
  }
  const vehicles = must ? fewestVehicles(model) : 0;
  return {
    value: Math.max(0, ((sum + fixed * vehicles) * SLACK) / units),
    proof: 'weak: nearest predecessors',
  };
}

/**
 * Radial bound (after Christofides & Eilon 1969): the deliveries of a route of type t are at most
 * Q(t), and it is at least as long as the shortest way through each of its customers, w(i, t). So it
 * costs at least Σ q(i)/Q(t)·(fixed(t) + rate(t)·w(i, t)), and a plan at least the sum over all
 * customers of the least of these over types, or the prize. Ways are shortest paths, as given or
 * rounded distances may make a detour shorter. O(homes·n²); yields 0.
 */
export function* richRadialBound(model: RichModel): Generator<number, RichBound | null, void> {
  const { n, nodes, side, types, home, end, distance, demand, kind, prize, units } = model;
  const homes = [...new Set(home)];
  if (homes.length * nodes * nodes > MOST_WORK) return null;
  const open = end[0] === nodes;
  const ways = new Map<number, Float64Array>();
  for (const node of homes) {
    const way = yield* shortestWays(node, nodes, (i, j) => distance[i * side + j]);
    if (!open) {
      const back = yield* shortestWays(node, nodes, (i, j) => distance[j * side + i]);
      for (let i = 0; i < nodes; i++) way[i] += back[i];
    }
    ways.set(node, way);
  }
  let sum = 0;
  for (let c = 1; c <= n; c++) {
    if (kind[c] !== DELIVERY) continue;
    let least = prize[c];
    for (let t = 0; t < types; t++) {
      const way = ways.get(home[t])![c];
      const share = demand[c] / model.capacity[t];
      least = Math.min(least, share * (model.fixed[t] + model.rate[t] * way));
    }
    sum += least;
  }
  return { value: Math.max(0, (sum * SLACK) / units), proof: 'weak: radial demand bound' };
}

/** Dijkstra (1959) in the complete graph, by node. O(n²); yields 0. */
export function* shortestWays(
  from: number,
  nodes: number,
  distance: (i: number, j: number) => number,
): Generator<number, Float64Array, void> {
  const way = new Float64Array(nodes).fill(Infinity);
  const done = new Uint8Array(nodes);
  way[from] = 0;
  let work = 0;
  for (let round = 0; round < nodes; round++) {
    let near = -1;
    for (let i = 0; i < nodes; i++) if (done[i] === 0 && (near < 0 || way[i] < way[near])) near = i;
    done[near] = 1;
    for (let i = 0; i < nodes; i++) {
      const through = way[near] + distance(near, i);
      if (done[i] === 0 && through < way[i]) way[i] = through;
    }
    work += 2 * nodes;
    if (work > 200_000) {
      work = 0;
      yield 0;
    }
  }
  return way;
}
