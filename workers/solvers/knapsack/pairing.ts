/** Better incumbents from a list of states: each with the one closed item that suits it best. */
import type { Bundles } from './groups.ts';
import type { States } from './merge/states.ts';

/** Weights up to here are told apart. */
const WIDEST = 1 << 20;

export interface Pairing {
  profit: number;
  /** The state's node in the tree, and the bundle turned over besides. */
  node: number;
  bundle: number;
}

/**
 * A state with room takes the closed bundle of most profit that fits; one above the capacity gives up
 * the cheapest that frees enough (Martello, Pisinger & Toth 1999). null when nothing beats the
 * incumbent. O(bundles + states + widest weight).
 * @param after bundles from here on may be added; those up to `before` may be removed.
 */
export function pairStates(
  states: States,
  bundles: Bundles,
  after: number,
  before: number,
): Pairing | null {
  const { capacity, weights, profits, nodes, length } = states;
  const { size } = bundles;
  let widest = 0;
  for (let b = 0; b < size; b++)
    if (b >= after || b <= before) widest = Math.max(widest, bundles.weights[b]);
  widest = Math.min(widest, WIDEST);
  const most = new Float64Array(widest + 1).fill(-Infinity);
  const mostOf = new Int32Array(widest + 1).fill(-1);
  for (let b = after; b < size; b++) {
    const w = bundles.weights[b];
    if (w > widest || bundles.profits[b] <= most[w]) continue;
    most[w] = bundles.profits[b];
    mostOf[w] = b;
  }
  const least = new Float64Array(widest + 1).fill(Infinity);
  const leastOf = new Int32Array(widest + 1).fill(-1);
  for (let b = 0; b <= before; b++) {
    const w = Math.min(widest, bundles.weights[b]);
    if (bundles.profits[b] >= least[w]) continue;
    least[w] = bundles.profits[b];
    leastOf[w] = b;
  }
  for (let w = 1; w <= widest; w++)
    if (most[w - 1] > most[w]) {
      most[w] = most[w - 1];
      mostOf[w] = mostOf[w - 1];
    }
  for (let w = widest - 1; w >= 0; w--)
    if (least[w + 1] < least[w]) {
      least[w] = least[w + 1];
      leastOf[w] = leastOf[w + 1];
    }
  let best = states.best;
  let found: Pairing | null = null;
  for (let i = 0; i < length; i++) {
    const room = capacity - weights[i];
    if (room < -widest) break;
    const value = room >= 0 ? profits[i] + most[Math.min(room, widest)] : profits[i] - least[-room];
    if (value <= best) continue;
    best = value;
    const bundle = room >= 0 ? mostOf[Math.min(room, widest)] : leastOf[-room];
    found = { profit: value, node: nodes[i], bundle };
  }
  return found;
}
