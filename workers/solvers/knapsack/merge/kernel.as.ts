/**
 * Merging a list of states with the same list shifted by one item: what `twin.ts` does in TypeScript,
 * number for number, for lists that nothing completes.
 */
import {
  BEST,
  BEST_FROM,
  BEST_IS_NEW,
  BOUND,
  HIGHEST,
  NODE_COUNT,
  PLAIN,
  SHIFTED,
  WRITTEN,
} from './layout';

function wide(start: u32, index: i32): f64 {
  return load<f64>(start + ((<usize>index) << 3));
}
function setWide(start: u32, index: i32, value: f64): void {
  store<f64>(start + ((<usize>index) << 3), value);
}
function whole(start: u32, index: i32): i32 {
  return load<i32>(start + ((<usize>index) << 2));
}
function setWhole(start: u32, index: i32, value: i32): void {
  store<i32>(start + ((<usize>index) << 2), value);
}

/**
 * Reads `reads` states; `results` is where the numbers of `layout.ts` go. Everything comes as an
 * argument: read from memory, the same numbers cost the loop a third of its pace.
 */
export function merge(
  reads: i32,
  plain: i32,
  shifted: i32,
  written: i32,
  nodeCount: i32,
  weights: u32,
  profits: u32,
  nodes: u32,
  toWeights: u32,
  toProfits: u32,
  toNodes: u32,
  items: u32,
  parents: u32,
  results: u32,
  item: i32,
  shiftWeight: f64,
  shiftProfit: f64,
  capacity: f64,
  nextSlope: f64,
  lastSlope: f64,
  highest: f64,
  bound: f64,
  best: f64,
): void {
  // A weight of infinity ends the list.
  let a = wide(weights, plain);
  let b = wide(weights, shifted) + shiftWeight;
  for (let read = 0; read < reads; read++) {
    let w: f64;
    let p: f64;
    let from: i32;
    let isNew: bool;
    if (a <= b) {
      w = a;
      p = wide(profits, plain);
      from = whole(nodes, plain);
      a = wide(weights, ++plain);
      isNew = false;
    } else {
      w = b;
      p = wide(profits, shifted) + shiftProfit;
      from = whole(nodes, shifted);
      b = wide(weights, ++shifted) + shiftWeight;
      isNew = true;
    }
    if (p <= highest) continue;
    const room = capacity - w;
    if (room >= 0 && p > best) {
      best = p;
      setWide(results, BEST_FROM, <f64>from);
      setWide(results, BEST_IS_NEW, <f64>isNew);
    }
    const reach = p + Math.floor(room * (room >= 0 ? nextSlope : lastSlope));
    if (reach <= best) continue;
    if (isNew) {
      setWhole(items, nodeCount, item);
      setWhole(parents, nodeCount, from);
      from = nodeCount++;
    }
    if (reach > bound) bound = reach;
    setWide(toWeights, written, w);
    setWide(toProfits, written, p);
    setWhole(toNodes, written++, from);
    highest = p;
  }
  setWide(results, PLAIN, <f64>plain);
  setWide(results, SHIFTED, <f64>shifted);
  setWide(results, WRITTEN, <f64>written);
  setWide(results, NODE_COUNT, <f64>nodeCount);
  setWide(results, HIGHEST, highest);
  setWide(results, BOUND, bound);
  setWide(results, BEST, best);
}
