/** Mixed-integer models of the further kinds, as sparse columns, and their way back to solutions. */
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import { byWeight } from './bins.ts';

export interface Mip {
  /** Maximised. */
  costs: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  integer: Int32Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
  /** A solution from column values; it may still be infeasible after rounding. */
  read(columns: Float64Array): Solution;
  /** Column values of a solution; null where the model has no easy ones. */
  write(solution: Solution): Float64Array | null;
}

/** Collects columns; rows are numbered by the caller. */
function builder() {
  const costs: number[] = [];
  const upper: number[] = [];
  const integer: number[] = [];
  const starts: number[] = [0];
  const indices: number[] = [];
  const values: number[] = [];
  return {
    get columns() {
      return costs.length;
    },
    add(
      cost: number,
      most: number,
      whole: boolean,
      entries: readonly [row: number, value: number][],
    ) {
      costs.push(cost);
      upper.push(most);
      integer.push(whole ? 1 : 0);
      for (const [row, value] of entries)
        if (value !== 0) {
          indices.push(row);
          values.push(value);
        }
      starts.push(indices.length);
      return costs.length - 1;
    },
    build(
      rows: readonly [low: number, high: number][],
      read: Mip['read'],
      write: Mip['write'],
    ): Mip {
      return {
        costs: Float64Array.from(costs),
        lower: new Float64Array(costs.length),
        upper: Float64Array.from(upper),
        integer: Int32Array.from(integer),
        rowLower: Float64Array.from(rows, ([low]) => low),
        rowUpper: Float64Array.from(rows, ([, high]) => high),
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
        read,
        write,
      };
    },
  };
}

const whole = (values: Float64Array, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => Math.max(0, Math.round(values[i])));

/** The model of an instance of any further kind. O(size of the model). */
export function makeMip(packed: Packed): Mip {
  switch (packed.kind) {
    case 'change-making':
      return coinModel(packed);
    case 'multiple':
      return sackModel(packed);
    case 'quadratic':
      return pairModel(packed);
    case 'set-union':
      return unionModel(packed);
    case 'bin-packing':
      return arcFlow(packed);
    default:
      return choiceModel(packed);
  }
}

const itemWise = (n: number, columns: number, fill?: (values: Float64Array) => void) => ({
  read: (values: Float64Array): Solution => ({ counts: whole(values, n) }),
  write: ({ counts }: Solution): Float64Array => {
    const values = new Float64Array(columns);
    for (let i = 0; i < n; i++) values[i] = counts[i];
    fill?.(values);
    return values;
  },
});

function coinModel({ n, weights, capacities, counts }: Packed): Mip {
  const model = builder();
  for (let i = 0; i < n; i++) model.add(-1, counts[i], true, [[0, weights[i]]]);
  const { read, write } = itemWise(n, n);
  return model.build([[capacities[0], capacities[0]]], read, write);
}

function choiceModel({ n, m, profits, weights, capacities, groups }: Packed): Mip {
  const model = builder();
  let classes = 0;
  for (let i = 0; i < n; i++) {
    const group = groups?.[i] ?? 0;
    classes = Math.max(classes, group + 1);
    const entries: [number, number][] = [];
    for (let d = 0; d < m; d++) entries.push([d, weights[d * n + i]]);
    entries.push([m + group, 1]);
    model.add(profits[i], 1, true, entries);
  }
  const rows: [number, number][] = Array.from(capacities, (c) => [-Infinity, c]);
  for (let k = 0; k < classes; k++) rows.push([1, 1]);
  const { read, write } = itemWise(n, n);
  return model.build(rows, read, write);
}

/** x[i, s]: item i lies in sack s. */
function sackModel({ n, profits, weights, capacities }: Packed): Mip {
  const model = builder();
  const sacks = capacities.length;
  for (let i = 0; i < n; i++)
    for (let s = 0; s < sacks; s++)
      model.add(profits[i], weights[i] <= capacities[s] ? 1 : 0, true, [
        [s, weights[i]],
        [sacks + i, 1],
      ]);
  const rows: [number, number][] = Array.from(capacities, (c) => [-Infinity, c]);
  for (let i = 0; i < n; i++) rows.push([-Infinity, 1]);
  return model.build(
    rows,
    (values) => {
      const place = new Int32Array(n);
      for (let i = 0; i < n; i++)
        for (let s = 0; s < sacks; s++) if (values[i * sacks + s] > 0.5) place[i] = s + 1;
      return { counts: Uint8Array.from(place, (s) => (s > 0 ? 1 : 0)), sacks: place };
    },
    (solution) => {
      const values = new Float64Array(n * sacks);
      for (let i = 0; i < n; i++) {
        const s = solution.sacks?.[i] ?? 0;
        if (s > 0) values[i * sacks + s - 1] = 1;
      }
      return values;
    },
  );
}

/** One more column for each pair, at most either of its items (Glover & Woolsey 1974). */
function pairModel({ n, m, profits, weights, capacities, pairs }: Packed): Mip {
  const model = builder();
  const length = pairs?.a.length ?? 0;
  const of: [number, number][][] = Array.from({ length: n }, () => []);
  for (let k = 0; k < length; k++) {
    of[pairs?.a[k] ?? 0].push([m + 2 * k, -1]);
    of[pairs?.b[k] ?? 0].push([m + 2 * k + 1, -1]);
  }
  for (let i = 0; i < n; i++) {
    const own: [number, number][] = [];
    for (let d = 0; d < m; d++) own.push([d, weights[d * n + i]]);
    model.add(profits[i], 1, true, [...own, ...of[i]]);
  }
  const rows: [number, number][] = Array.from(capacities, (c) => [-Infinity, c]);
  for (let k = 0; k < length; k++) {
    model.add(pairs?.profits[k] ?? 0, 1, false, [
      [m + 2 * k, 1],
      [m + 2 * k + 1, 1],
    ]);
    rows.push([-Infinity, 0], [-Infinity, 0]);
  }
  const { read, write } = itemWise(n, n + length, (values) => {
    for (let k = 0; k < length; k++)
      values[n + k] = Math.min(values[pairs?.a[k] ?? 0], values[pairs?.b[k] ?? 0]);
  });
  return model.build(rows, read, write);
}

/** One column for each element: paid as soon as an item needs it. */
function unionModel({ n, profits, weights, capacities, elements }: Packed): Mip {
  const model = builder();
  const shared = elements?.weights ?? new Float64Array(0);
  const start = elements?.start ?? new Int32Array(n + 1);
  const list = elements?.list ?? new Int32Array(0);
  const of: [number, number][][] = Array.from(shared, (weight) => [[0, weight]]);
  const rows: [number, number][] = [[-Infinity, capacities[0]]];
  for (let i = 0; i < n; i++) {
    const own: [number, number][] = [[0, weights[i]]];
    for (let k = start[i]; k < start[i + 1]; k++) {
      own.push([rows.length, 1]);
      of[list[k]].push([rows.length, -1]);
      rows.push([-Infinity, 0]);
    }
    model.add(profits[i], 1, true, own);
  }
  for (const entries of of) model.add(0, 1, false, entries);
  const { read, write } = itemWise(n, n + shared.length, (values) => {
    for (let i = 0; i < n; i++)
      if (values[i] > 0) for (let k = start[i]; k < start[i + 1]; k++) values[n + list[k]] = 1;
  });
  return model.build(rows, read, write);
}

/**
 * Bins as paths from 0 to the capacity, items as arcs as long as they weigh, heavier ones first on
 * every path (Valério de Carvalho 1999). Column 0 is the number of bins. O(distinct · capacity).
 */
function arcFlow({ n, weights, capacities }: Packed): Mip {
  const capacity = capacities[0];
  const sorted = byWeight(weights);
  const sizes: number[] = [];
  const demands: number[] = [];
  for (const i of sorted)
    if (weights[i] > 0) {
      if (sizes.at(-1) === weights[i]) demands[demands.length - 1]++;
      else {
        sizes.push(weights[i]);
        demands.push(1);
      }
    }
  // Places that paths of heavier items first can reach; an arc of each size from each.
  const arcs: [from: number, to: number, size: number][] = [];
  let reached = new Set<number>([0]);
  for (const [k, size] of sizes.entries()) {
    const now = new Set(reached);
    for (const from of reached)
      for (let c = 0, at = from; c < demands[k] && at + size <= capacity; c++, at += size)
        now.add(at + size);
    for (const at of now) {
      if (at + size > capacity || !now.has(at + size)) continue;
      arcs.push([at, at + size, k]);
    }
    reached = now;
  }
  const places = [...reached].sort((a, b) => a - b);
  const row = new Map(places.map((place, index) => [place, index]));
  const nodes = places.length;
  const model = builder();
  const sink = nodes;
  // The sink is a row of its own: every place may end a bin.
  model.add(-1, n, true, [
    [0, -1],
    [sink, 1],
  ]);
  for (const [from, to, size] of arcs)
    model.add(0, demands[size], true, [
      [row.get(from) ?? 0, 1],
      [row.get(to) ?? 0, -1],
      [sink + 1 + size, 1],
    ]);
  const firstEnd = model.columns;
  for (let p = 1; p < nodes; p++)
    model.add(0, n, false, [
      [p, 1],
      [sink, -1],
    ]);
  const rows: [number, number][] = [];
  for (let p = 0; p <= nodes; p++) rows.push([0, 0]);
  for (const demand of demands) rows.push([demand, demand]);
  const arcIndex = new Map(arcs.map(([from, , size], a) => [size * (capacity + 1) + from, a + 1]));
  const endColumn = (place: number): number => firstEnd + (row.get(place) ?? 1) - 1;
  return model.build(
    rows,
    (values) => {
      const flow = Array.from(arcs, (_, a) => Math.max(0, Math.round(values[a + 1])));
      const leaving = new Map<number, number[]>();
      for (const [a, [from]] of arcs.entries()) {
        const list = leaving.get(from);
        if (list) list.push(a);
        else leaving.set(from, [a]);
      }
      const items: number[][] = sizes.map(() => []);
      const size = new Map(sizes.map((value, k) => [value, k]));
      for (const i of sorted) if (weights[i] > 0) items[size.get(weights[i]) ?? 0].push(i);
      const sacks = new Int32Array(n);
      let bin = 0;
      for (let more = true; more;) {
        more = false;
        for (let at = 0; ;) {
          const arc: number | undefined = leaving.get(at)?.find((a) => flow[a] > 0);
          if (arc === undefined) break;
          if (!more) bin++;
          more = true;
          flow[arc]--;
          const item = items[arcs[arc][2]].pop();
          if (item !== undefined) sacks[item] = bin;
          at = arcs[arc][1];
        }
      }
      for (let i = 0; i < n; i++) if (weights[i] === 0) sacks[i] = 1;
      return { counts: Uint8Array.from(sacks, (s) => (s > 0 ? 1 : 0)), sacks };
    },
    (solution) => {
      const values = new Float64Array(firstEnd + nodes - 1);
      const at = new Map<number, number>();
      for (const i of sorted) {
        if (weights[i] === 0) continue;
        const sack = solution.sacks?.[i] ?? 0;
        const from = at.get(sack) ?? 0;
        const arc = arcIndex.get(sizes.indexOf(weights[i]) * (capacity + 1) + from);
        if (arc === undefined) return null;
        values[arc]++;
        at.set(sack, from + weights[i]);
      }
      values[0] = at.size;
      for (const place of at.values()) values[endColumn(place)]++;
      return values;
    },
  );
}
