/**
 * Children of edge assembly crossover (Nagata & Kobayashi 2013): AB-cycles are applied to tour A and
 * the subtours this makes are joined again. Work grows with the change, not with the tour.
 */
import { log } from '../../../src/core/math.ts';
import type { AbCycles } from './ab-cycles.ts';
import type { Candidates } from './candidates.ts';
import type { EdgeCounts } from './edge-counts.ts';
import type { Space } from './space.ts';

export interface Crossover {
  /** Takes tour A, the two neighbours of city i at 2i and 2i + 1. O(n). */
  begin(a: Int32Array): void;
  /**
   * Makes the child of the first `count` AB-cycles of `chosen` and remembers it if it is the best
   * since `begin`.
   */
  consider(cycles: AbCycles, chosen: Int32Array, count: number): void;
  /** Makes A the best child, if any is shorter; returns how much shorter, 0 if none. */
  replace(): number;
}

/** Value of a shorter child that costs no diversity, per unit of length. */
const FREE = 1e12;

/** @param members of the population whose edges are counted. */
export function createCrossover(
  { n, distance }: Space,
  { k, list, distances }: Candidates,
  counts: EdgeCounts,
  members: number,
): Crossover {
  const tour = new Int32Array(n);
  const position = new Int32Array(n);
  let link: Int32Array = new Int32Array(2 * n);
  // What changes: at a city, one neighbour gives way to another.
  const [changeAt, changeFrom, changeTo] = [0, 0, 0].map(() => new Int32Array(8 * n));
  const [bestAt, bestFrom, bestTo] = [0, 0, 0].map(() => new Int32Array(8 * n));
  let changes = 0;
  let bestChanges = 0;
  let bestGain = 0;
  let bestValue = 0;
  // Parts of A between its edges that go: part j lies behind cut j.
  const cuts = new Int32Array(n);
  const partAt = new Int32Array(n);
  const subtour = new Int32Array(n);
  const sizes = new Int32Array(n);
  let parts = 0;
  // No edge at a city is longer: of A, or of any child so far.
  const longest = new Float64Array(n);
  // What an edge that so many members have adds to the entropy.
  const entropy = Float64Array.from({ length: members + 2 }, (_, count) =>
    count === 0 ? 0 : -(count / members) * log(count / members),
  );

  function begin(a: Int32Array): void {
    link = a;
    let before = a[1];
    let city = 0;
    for (let at = 0; at < n; at++) {
      tour[at] = city;
      position[city] = at;
      const next = link[2 * city] === before ? link[2 * city + 1] : link[2 * city];
      longest[city] = Math.max(distance(city, before), distance(city, next));
      before = city;
      city = next;
    }
    bestValue = 0;
    bestGain = 0;
  }

  function relink(city: number, from: number, to: number): void {
    if (link[2 * city] === from) link[2 * city] = to;
    else link[2 * city + 1] = to;
  }

  function change(city: number, from: number, to: number): void {
    changeAt[changes] = city;
    changeFrom[changes] = from;
    changeTo[changes++] = to;
    relink(city, from, to);
  }

  const endOf = (part: number): number => cuts[part + 1 === parts ? 0 : part + 1];
  const startOf = (part: number): number => (cuts[part] + 1 === n ? 0 : cuts[part] + 1);

  /** The part a position lies in. O(log parts). */
  function partOf(at: number): number {
    let low = 0;
    let high = parts;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cuts[middle] < at) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? parts - 1 : low - 1;
  }

  /** Exchanges the edges of A on a cycle for those of B; returns the gain. */
  function exchange({ cities, starts }: AbCycles, cycle: number): number {
    const from = starts[cycle];
    const to = starts[cycle + 1];
    let gain = 0;
    for (let at = from; at < to; at += 2) {
      const [a1, a2] = [cities[at], cities[at + 1]];
      const b2 = cities[at + 2 === to ? from : at + 2];
      const before = cities[at === from ? to - 1 : at - 1];
      change(a1, a2, before);
      change(a2, a1, b2);
      const comes = distance(a2, b2);
      gain += distance(a1, a2) - comes;
      if (comes > longest[a2]) longest[a2] = comes;
      if (comes > longest[b2]) longest[b2] = comes;
      const cut = position[a1];
      cuts[parts++] = tour[cut + 1 === n ? 0 : cut + 1] === a2 ? cut : position[a2];
    }
    return gain;
  }

  function apply(cycles: AbCycles, chosen: Int32Array, count: number): number {
    let gain = 0;
    parts = 0;
    for (let c = 0; c < count; c++) gain += exchange(cycles, chosen[c]);
    if (parts > 24) cuts.subarray(0, parts).sort();
    else
      for (let i = 1; i < parts; i++) {
        const cut = cuts[i];
        let at = i;
        for (; at > 0 && cuts[at - 1] > cut; at--) cuts[at] = cuts[at - 1];
        cuts[at] = cut;
      }
    return gain;
  }

  /** Numbers the subtours; returns how many. O(parts). */
  function label(): number {
    for (let part = 0; part < parts; part++) {
      partAt[startOf(part)] = part;
      partAt[endOf(part)] = part;
      subtour[part] = -1;
    }
    let found = 0;
    for (let first = 0; first < parts; first++) {
      if (subtour[first] >= 0) continue;
      sizes[found] = 0;
      let part = first;
      let entered = startOf(first);
      let before = -1;
      while (subtour[part] < 0) {
        subtour[part] = found;
        const [start, end] = [startOf(part), endOf(part)];
        sizes[found] += (end < start ? end + n : end) - start + 1;
        const exit = entered === start ? end : start;
        const city = tour[exit];
        // Out by the edge that does not lead back into the part, or to where it was entered from.
        let inner = before;
        if (start !== end) {
          const inside = exit === end ? exit - 1 : exit + 1;
          inner = tour[inside < 0 ? n - 1 : inside === n ? 0 : inside];
        }
        const next = link[2 * city] === inner ? link[2 * city + 1] : link[2 * city];
        before = city;
        entered = position[next];
        part = partAt[entered];
      }
      found++;
    }
    return found;
  }

  /** Joins a subtour to another by the best exchange of two edges; NaN when it finds none. */
  function join(smallest: number): number {
    let best = -Infinity;
    let [u, u2, v, v2, other] = [0, 0, 0, 0, 0];
    for (let part = 0; part < parts; part++) {
      if (subtour[part] !== smallest) continue;
      const end = endOf(part);
      for (let at = startOf(part); ; at = at + 1 === n ? 0 : at + 1) {
        const city = tour[at];
        for (let near = city * k; near < city * k + k; near++) {
          const to = list[near];
          const comes = distances[near];
          // The shorter edge that comes is less than half of what goes and the loss allowed.
          if (2 * comes > longest[city] + longest[to] - best) continue;
          const target = subtour[partOf(position[to])];
          if (target === smallest) continue;
          for (let i = 0; i < 2; i++) {
            const city2 = link[2 * city + i];
            const left = distance(city, city2) - comes;
            for (let j = 0; j < 2; j++) {
              const to2 = link[2 * to + j];
              const value = left + distance(to, to2) - distance(city2, to2);
              if (value <= best) continue;
              best = value;
              u = city;
              u2 = city2;
              v = to;
              v2 = to2;
              other = target;
            }
          }
        }
        if (at === end) break;
      }
    }
    if (best === -Infinity) return NaN;
    for (const [a, b] of [
      [u, v],
      [u2, v2],
    ]) {
      const comes = distance(a, b);
      if (comes > longest[a]) longest[a] = comes;
      if (comes > longest[b]) longest[b] = comes;
    }
    change(u, u2, v);
    change(u2, u, v2);
    change(v, v2, u);
    change(v2, v, u2);
    for (let part = 0; part < parts; part++) if (subtour[part] === smallest) subtour[part] = other;
    sizes[other] += sizes[smallest];
    sizes[smallest] = 0;
    return best;
  }

  /** How much more diverse the edges of the population become. */
  function diversity(): number {
    let sum = 0;
    for (let i = 0; i < changes; i++) {
      const city = changeAt[i];
      // Every edge changes at both its ends.
      if (city < changeFrom[i]) {
        const count = counts.get(city, changeFrom[i]);
        if (count > 0) sum += entropy[count - 1] - entropy[count];
      }
      if (city < changeTo[i]) {
        const count = counts.get(city, changeTo[i]);
        if (count < members) sum += entropy[count + 1] - entropy[count];
      }
    }
    return sum;
  }

  function consider(cycles: AbCycles, chosen: Int32Array, count: number): void {
    changes = 0;
    let gain = apply(cycles, chosen, count);
    let left = label();
    const all = left;
    for (; left > 1 && !Number.isNaN(gain); left--) {
      let smallest = -1;
      for (let each = 0; each < all; each++)
        if (sizes[each] > 0 && (smallest < 0 || sizes[each] < sizes[smallest])) smallest = each;
      gain += join(smallest);
    }
    if (gain > 1e-9) {
      const change = diversity();
      const value = change >= 0 ? gain * FREE : gain / -change;
      if (value > bestValue) {
        bestValue = value;
        bestGain = gain;
        bestChanges = changes;
        for (let i = 0; i < changes; i++) {
          bestAt[i] = changeAt[i];
          bestFrom[i] = changeFrom[i];
          bestTo[i] = changeTo[i];
        }
      }
    }
    while (changes > 0) {
      changes--;
      relink(changeAt[changes], changeTo[changes], changeFrom[changes]);
    }
  }

  function replace(): number {
    if (bestValue <= 0) return 0;
    for (let i = 0; i < bestChanges; i++) {
      relink(bestAt[i], bestFrom[i], bestTo[i]);
      if (bestAt[i] < bestFrom[i]) counts.add(bestAt[i], bestFrom[i], -1);
      if (bestAt[i] < bestTo[i]) counts.add(bestAt[i], bestTo[i], 1);
    }
    bestValue = 0;
    return bestGain;
  }

  return { begin, consider, replace };
}
