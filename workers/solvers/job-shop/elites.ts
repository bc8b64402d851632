/** Elite schedules, how far apart they are, and walks from one towards another. */
import type { Rng } from '../../../src/core/rng.ts';
import {
  canMoveForward,
  evaluate,
  longestPath,
  makespan,
  moveForward,
  relinkForward,
  type Graph,
} from './graph.ts';

/** A schedule as one linear order of all nodes, from which the machine orders follow. */
export interface Elite {
  makespan: number;
  order: Int32Array;
}

export const toElite = (graph: Graph): Elite => ({
  makespan: makespan(graph),
  order: graph.order.slice(),
});

/** Places of nodes in an order. O(operations). */
export function placesOf(graph: Graph, order: Int32Array): Int32Array {
  const places = new Int32Array(graph.duration.length);
  for (let i = 0; i < order.length; i++) places[order[i]] = i;
  return places;
}

/**
 * Pairs on a machine that stand in another order in the graph than in `places`.
 * O(n log n), by counting in a Fenwick tree per machine.
 */
export function distance(graph: Graph, places: Int32Array): number {
  const { order, machine, before, after } = graph;
  let pairs = 0;
  for (let i = 0; i < order.length; i++) {
    if (before[order[i]] !== 0) continue;
    const size = graph.machineSize[machine[order[i]]];
    const nodes = new Int32Array(size);
    let count = 0;
    for (let node = order[i]; node !== 0; node = after[node]) nodes[count++] = node;
    const ranks = Int32Array.from(nodes, (_, k) => k).sort(
      (a, b) => places[nodes[a]] - places[nodes[b]],
    );
    // ranks lists present positions in target order; count later ones already seen.
    const tree = new Int32Array(size + 1);
    for (let k = 0; k < size; k++) {
      pairs += k;
      for (let at = ranks[k] + 1; at > 0; at -= at & -at) pairs -= tree[at];
      for (let at = ranks[k] + 1; at <= size; at += at & -at) tree[at]++;
    }
  }
  return pairs;
}

/** Swaps in a walk before control is returned. */
const walkSlice = 500;

/**
 * Walks `steps` swaps from the graph's schedule towards `places`: each swaps two neighbours on a
 * machine that stand the other way round there, drawn at random among those that make no cycle.
 * Heads and tails are evaluated at the end. Yields no steps.
 */
export function* walkTowards(
  graph: Graph,
  places: Int32Array,
  steps: number,
  rng: Rng,
): Generator<number, void, void> {
  const { after, before, order } = graph;
  const wrong = (node: number) => after[node] !== 0 && places[node] > places[after[node]];
  // A bag of nodes whose successor should be before them; stale ones leave when drawn.
  const bag: number[] = [];
  for (let i = 0; i < order.length; i++) if (wrong(order[i])) bag.push(order[i]);
  let done = 0;
  let refused = 0;
  while (done < steps && bag.length > 0 && refused < 4 * bag.length + 16) {
    const at = rng.int(bag.length);
    const u = bag[at];
    if (!wrong(u)) {
      bag[at] = bag[bag.length - 1];
      bag.pop();
      continue;
    }
    const v = after[u];
    if (!canMoveForward(graph, u, v)) {
      refused++;
      continue;
    }
    relinkForward(graph, u, v);
    refused = 0;
    done++;
    bag[at] = bag[bag.length - 1];
    bag.pop();
    for (const node of [before[v], v, u]) if (node !== 0 && wrong(node)) bag.push(node);
    if (done % walkSlice === 0) yield 0;
  }
  evaluate(graph);
}

/** `swaps` random swaps of neighbours on random longest paths. O(swaps · operations). */
export function* disturb(
  graph: Graph,
  swaps: number,
  path: Int32Array,
  rng: Rng,
): Generator<number, void, void> {
  const { machine, after } = graph;
  for (let i = 0; i < swaps; i++) {
    const count = longestPath(graph, makespan(graph), rng, path);
    let chosen = 0;
    let ties = 0;
    for (let k = 0; k + 1 < count; k++)
      if (machine[path[k]] === machine[path[k + 1]] && rng.int(++ties) === 0) chosen = path[k];
    if (chosen === 0 || !canMoveForward(graph, chosen, after[chosen])) continue;
    moveForward(graph, chosen, after[chosen]);
    if (graph.operations > 2000 || i % 8 === 7) yield 0;
  }
}
