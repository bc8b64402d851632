/**
 * Route enumeration (Baldacci, Christofides & Mingozzi 2008): every elementary route whose reduced
 * cost is within the gap. Any plan better than the incumbent consists of such routes only.
 */
import {
  BLOCK,
  horizonOf,
  loadLimits,
  loadRange,
  type Labels,
  type Memory,
  type Prices,
} from './labels.ts';
import type { Network } from './network.ts';

export interface Completions {
  least: Float64Array;
  labels: Labels;
}

/**
 * All elementary routes of reduced cost at most `gap`; of routes with the same customers only the
 * cheapest. null when there would be more than `most` partial or whole routes. Yields blocks of work.
 */
export function* enumerateRoutes(
  network: Network,
  { words }: Memory,
  { arc, rows }: Prices,
  completions: Completions,
  gap: number,
  most: number,
): Generator<number, number[][] | null, void> {
  const { size, n, cost, demand, timed, leave, ready, due, limited, maxDuration } = network;
  const { floor, ceiling } = loadLimits(network, false);
  const loads = loadRange(network);
  const { least, labels } = completions;
  const { buckets } = labels;
  const horizon = horizonOf(network);
  const stateWords = rows.words;

  let room = 1 << 14;
  let node = new Int32Array(room);
  let previous = new Int32Array(room);
  let reduced = new Float64Array(room);
  let length = new Float64Array(room);
  let load = new Int32Array(room);
  let time = new Float64Array(timed ? room : 0);
  let duration = new Float64Array(limited ? room : 0);
  let visited = new Int32Array(room * words);
  let states = new Int32Array(room * stateWords);
  let dead = new Uint8Array(room);
  let chain = new Int32Array(room);
  /** Heads of chains of labels with the same node and customers, by hash. */
  let table = new Int32Array(1 << 16).fill(-1);
  const longer = <T extends Int32Array | Float64Array | Uint8Array>(old: T, fresh: T): T => {
    fresh.set(old);
    return fresh;
  };
  const hash = (label: number, salt: number): number => {
    let h = Math.imul(salt, 0x9e3779b1);
    for (let w = 0; w < words; w++) {
      h = Math.imul(h ^ visited[label * words + w], 0x85ebca6b);
      h ^= h >>> 13;
    }
    h = Math.imul(h, 0xc2b2ae35);
    return (h ^ (h >>> 16)) & (table.length - 1);
  };
  const sameSet = (a: number, b: number): boolean => {
    for (let w = 0; w < words; w++)
      if (visited[a * words + w] !== visited[b * words + w]) return false;
    return true;
  };

  node[0] = 0;
  previous[0] = -1;
  if (timed) time[0] = ready[0];
  let count = 1;
  let work = 0;
  let told = 0;
  for (let from = 0; from < count; from++) {
    if (dead[from] === 1) continue;
    const at = node[from];
    for (let to = 1; to <= n; to++) {
      work++;
      if ((visited[from * words + (to >> 5)] & (1 << (to & 31))) !== 0) continue;
      const way = at * size + to;
      let price = reduced[from] + arc[way];
      if (!(price < Infinity)) continue;
      const carried = Math.max(floor[to], load[from]) + demand[to];
      if (carried > ceiling[to]) continue;
      let start = 0;
      if (timed) {
        start = Math.max(ready[to], time[from] + leave[way]);
        if (start > due[to]) continue;
      }
      if (limited && duration[from] + leave[way] > maxDuration) continue;
      const spare = timed ? horizon - start : loads - load[from];
      if (price + least[to * buckets + labels.bucketOf(spare)] > gap) continue;

      if (count === room) {
        room *= 2;
        node = longer(node, new Int32Array(room));
        previous = longer(previous, new Int32Array(room));
        reduced = longer(reduced, new Float64Array(room));
        length = longer(length, new Float64Array(room));
        load = longer(load, new Int32Array(room));
        if (timed) time = longer(time, new Float64Array(room));
        if (limited) duration = longer(duration, new Float64Array(room));
        visited = longer(visited, new Int32Array(room * words));
        states = longer(states, new Int32Array(room * stateWords));
        dead = longer(dead, new Uint8Array(room));
        chain = longer(chain, new Int32Array(room));
        table = new Int32Array(4 * room).fill(-1);
        for (let label = 1; label < count; label++) {
          if (dead[label] === 1) continue;
          const slot = hash(label, node[label]);
          chain[label] = table[slot];
          table[slot] = label;
        }
      }
      const label = count;
      for (let w = 0; w < stateWords; w++) {
        const inside = rows.inside[to * stateWords + w];
        const state = states[from * stateWords + w] & rows.keep[to * stateWords + w];
        for (let even = state & inside; even !== 0; even &= even - 1)
          price += rows.penalty[w * 32 + 31 - Math.clz32(even & -even)];
        states[label * stateWords + w] = state ^ inside;
      }
      if (price + least[to * buckets + labels.bucketOf(spare)] > gap) continue;
      node[label] = to;
      previous[label] = from;
      reduced[label] = price;
      length[label] = length[from] + cost[way];
      load[label] = carried;
      if (timed) time[label] = start;
      if (limited) duration[label] = duration[from] + leave[way];
      for (let w = 0; w < words; w++) visited[label * words + w] = visited[from * words + w];
      visited[label * words + (to >> 5)] |= 1 << (to & 31);

      // The same customers with the same end: the shorter and earlier one serves every plan.
      const slot = hash(label, to);
      let beaten = false;
      for (let a = table[slot]; a >= 0 && !beaten; a = chain[a]) {
        work++;
        if (dead[a] === 1 || node[a] !== to || !sameSet(a, label)) continue;
        const noLater =
          (!timed || time[a] <= start) && (!limited || duration[a] <= duration[label]);
        const noEarlier =
          (!timed || time[a] >= start) && (!limited || duration[a] >= duration[label]);
        if (length[a] <= length[label] && noLater) beaten = true;
        else if (length[label] <= length[a] && noEarlier) dead[a] = 1;
      }
      if (beaten) continue;
      dead[label] = 0;
      chain[label] = table[slot];
      table[slot] = label;
      count++;
      if (count > most) return null;
    }
    if (work - told >= BLOCK) {
      yield Math.floor((work - told) / BLOCK);
      told = work - ((work - told) % BLOCK);
    }
  }

  // Close them; of the same customers only the cheapest route stays.
  const total = (label: number): number => length[label] + cost[node[label] * size];
  table.fill(-1);
  const names: number[] = [];
  const cheapest = new Int32Array(count);
  for (let label = 1; label < count; label++) {
    if (dead[label] === 1) continue;
    const end = node[label] * size;
    if (!(reduced[label] + arc[end] <= gap)) continue;
    if (timed && time[label] + leave[end] > due[0]) continue;
    if (limited && duration[label] + leave[end] > maxDuration) continue;
    const slot = hash(label, 0);
    let name = table[slot];
    while (name >= 0 && !sameSet(name, label)) name = chain[name];
    if (name < 0) {
      chain[label] = table[slot];
      table[slot] = label;
      cheapest[label] = label;
      names.push(label);
    } else if (total(label) < total(cheapest[name])) cheapest[name] = label;
  }
  return names.map((name) => {
    const route: number[] = [];
    for (let at = cheapest[name]; previous[at] >= 0; at = previous[at]) route.push(node[at]);
    return route.reverse();
  });
}
