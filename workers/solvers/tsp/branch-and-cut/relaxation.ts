/** The linear relaxation over a sparse set of edges and the cuts added so far, in HiGHS. */
import type { Highs, Model } from 'highs';
import type { Distance } from '../../../../src/core/geometry.ts';
import type { Cut } from './cuts.ts';
import type { Multipliers } from './pricing.ts';

export type Status = 'optimal' | 'infeasible' | 'limit';

export interface Relaxation {
  /** Edges in the program: columns. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly count: number;
  /** Cuts in the program: rows behind those of the cities. */
  readonly cuts: readonly Cut[];
  rows(): number;
  has(a: number, b: number): boolean;
  columnOf(a: number, b: number): number;
  /** Simplex from the last basis, at most `limit` pivots. */
  run(limit: number): Status;
  /** Pivots of the last run. */
  pivots(): number;
  objective(): number;
  /** Values of the edges at the last run, and multipliers. */
  solution(): { x: Float64Array; multipliers: Multipliers };
  /** Multipliers that prove infeasibility, up to their sign; null when there are none. */
  ray(): Multipliers | null;
  addCuts(cuts: readonly Cut[]): void;
  addEdges(edges: readonly { a: number; b: number }[]): void;
  setBounds(column: number, lower: number, upper: number): void;
  /** Drops the cuts that have been slack in more than `age` purges in a row, and returns them. */
  purge(age: number): Cut[];
  /** That of the last run. */
  basis(): { colStatus: Int32Array; rowStatus: Int32Array };
  restore(basis: { colStatus: Int32Array; rowStatus: Int32Array }): void;
  dispose(): void;
}

const BASIC = 1;

/** @param edges flat pairs, each once. */
export function createRelaxation(
  highs: Highs,
  n: number,
  distance: Distance,
  edges: Int32Array,
): Relaxation {
  let count = 0;
  let a = new Int32Array(edges.length);
  let b = new Int32Array(edges.length);
  const columns = new Map<number, number>();
  const keyOf = (i: number, j: number) => (i < j ? i * n + j : j * n + i);
  let cuts: Cut[] = [];
  let ages: number[] = [];
  let solved: ReturnType<Relaxation['basis']> | null = null;
  const mark = new Uint8Array(n);

  const model: Model = highs.createModel({
    numCols: 0,
    numRows: n,
    sense: highs.constants.objectiveSense.minimize,
    colCost: [],
    colLower: [],
    colUpper: [],
    rowLower: new Float64Array(n).fill(2),
    rowUpper: new Float64Array(n).fill(2),
    matrix: { format: 'csc', numRows: n, numCols: 0, starts: [0], indices: [], values: [] },
  });
  model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });

  function addEdges(added: readonly { a: number; b: number }[]): void {
    const rows: number[][] = [];
    const values: number[][] = [];
    const cost = new Float64Array(added.length);
    if (count + added.length > a.length) {
      const size = Math.max(2 * a.length, count + added.length);
      const [longA, longB] = [new Int32Array(size), new Int32Array(size)];
      longA.set(a);
      longB.set(b);
      a = longA;
      b = longB;
    }
    added.forEach((edge, e) => {
      cost[e] = distance(edge.a, edge.b);
      rows.push([edge.a, edge.b]);
      values.push([1, 1]);
      columns.set(keyOf(edge.a, edge.b), count);
      a[count] = edge.a;
      b[count++] = edge.b;
    });
    cuts.forEach((cut, c) => {
      const coefficient = new Float64Array(added.length);
      for (const set of cut.sets) {
        for (const city of set) mark[city] = 1;
        added.forEach((edge, e) => {
          if (mark[edge.a] !== mark[edge.b]) coefficient[e]++;
        });
        for (const city of set) mark[city] = 0;
      }
      for (let e = 0; e < added.length; e++) {
        if (coefficient[e] === 0) continue;
        rows[e].push(n + c);
        values[e].push(coefficient[e]);
      }
    });
    const starts = new Int32Array(added.length + 1);
    rows.forEach((row, e) => (starts[e + 1] = starts[e] + row.length));
    model.addCols({
      cost,
      lower: new Float64Array(added.length),
      upper: new Float64Array(added.length).fill(1),
      matrix: {
        format: 'csc',
        numRows: n + cuts.length,
        numCols: added.length,
        starts,
        indices: Int32Array.from(rows.flat()),
        values: Float64Array.from(values.flat()),
      },
    });
  }

  function addCuts(added: readonly Cut[]): void {
    const indices: number[] = [];
    const values: number[] = [];
    const starts = new Int32Array(added.length + 1);
    const coefficient = new Float64Array(count);
    added.forEach((cut, c) => {
      coefficient.fill(0);
      for (const set of cut.sets) {
        for (const city of set) mark[city] = 1;
        for (let e = 0; e < count; e++) if (mark[a[e]] !== mark[b[e]]) coefficient[e]++;
        for (const city of set) mark[city] = 0;
      }
      for (let e = 0; e < count; e++) {
        if (coefficient[e] === 0) continue;
        indices.push(e);
        values.push(coefficient[e]);
      }
      starts[c + 1] = indices.length;
      cuts.push(cut);
      ages.push(0);
    });
    model.addRows({
      lower: Float64Array.from(added, (cut) => cut.rhs),
      upper: new Float64Array(added.length).fill(highs.infinity),
      matrix: {
        format: 'csr',
        numRows: added.length,
        numCols: count,
        starts,
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
    });
  }

  function run(limit: number): Status {
    model.options.set('simplex_iteration_limit', limit);
    model.run();
    solved = model.getBasis();
    const { modelStatus } = highs.constants;
    switch (model.getModelStatus()) {
      case modelStatus.optimal:
        return 'optimal';
      case modelStatus.infeasible:
      case modelStatus.unboundedOrInfeasible:
        return 'infeasible';
      default:
        return 'limit';
    }
  }

  const split = (dual: Float64Array): Multipliers => ({
    city: dual.slice(0, n),
    cuts: [...cuts],
    cut: dual.slice(n),
  });

  function purge(age: number): Cut[] {
    if (!solved) return [];
    const { colStatus, rowStatus } = solved;
    const dropped: number[] = [];
    for (let c = 0; c < cuts.length; c++) {
      ages[c] = rowStatus[n + c] === BASIC ? ages[c] + 1 : 0;
      if (ages[c] > age) dropped.push(c);
    }
    if (dropped.length === 0) return [];
    const out = dropped.map((c) => cuts[c]);
    const gone = new Set(dropped);
    model.deleteRows({ kind: 'set', indices: Int32Array.from(dropped, (c) => n + c) });
    const rows = rowStatus.filter((_, row) => row < n || !gone.has(row - n));
    cuts = cuts.filter((_, c) => !gone.has(c));
    ages = ages.filter((_, c) => !gone.has(c));
    model.setBasis({ colStatus, rowStatus: rows });
    return out;
  }

  addEdges(
    Array.from({ length: edges.length / 2 }, (_, e) => ({ a: edges[2 * e], b: edges[2 * e + 1] })),
  );
  return {
    get a() {
      return a;
    },
    get b() {
      return b;
    },
    get count() {
      return count;
    },
    get cuts() {
      return cuts;
    },
    rows: () => n + cuts.length,
    has: (i, j) => columns.has(keyOf(i, j)),
    columnOf: (i, j) => columns.get(keyOf(i, j)) ?? -1,
    run,
    pivots: () => Math.max(0, Number(model.info.get('simplex_iteration_count'))),
    objective: () => model.getObjectiveValue(),
    solution: () => {
      const { colValue, rowDual } = model.getSolution();
      return { x: colValue, multipliers: split(rowDual) };
    },
    ray: () => {
      const found = model.getDualRay();
      return found ? split(found.values) : null;
    },
    addCuts,
    addEdges,
    setBounds: (column, lower, upper) => {
      model.changeColBounds(column, lower, upper);
    },
    purge,
    basis: () => {
      if (!solved) throw new Error('The linear program has not been run.');
      return solved;
    },
    restore: (basis) => {
      model.setBasis(basis);
    },
    dispose: () => model.dispose(),
  };
}
