/**
 * Set partitioning by depth-first branch and bound, on whether two customers share a route (Ryan &
 * Foster 1981), the likelier way first, so that a plan is met early. Every linear program is solved
 * by HiGHS from the basis before it, and control returns between two of them.
 */
import type { Highs } from 'highs';

export interface Column {
  /** Customers it serves, from 1. */
  visited: readonly number[];
  cost: number;
  /** Side constraints it counts in. */
  counted: readonly number[];
}

export interface Partitioning {
  /** Customers, each of which is served once. */
  n: number;
  columns: readonly Column[];
  /** Most columns of each side constraint. */
  limits: readonly number[];
}

export interface Partition {
  /** Indices of the columns; null when none costs less than the cutoff, or none was met. */
  chosen: readonly number[] | null;
  cost: number;
  /** Is it proven that no choice costs less. */
  complete: boolean;
}

/** Two customers share a route or do not, or a column is in or out. */
type Decision =
  | { kind: 'pair'; a: number; b: number; together: boolean }
  | { kind: 'column'; column: number; taken: boolean };

const WHOLE = 1e-6;
/** Relative improvement that is rounding. */
const TOLERANCE = 1e-7;

/**
 * The cheapest choice below `cutoff`, or the best one met while `goesOn` (asked with the number of
 * linear programs done) says so. Yields 0 after each of them.
 */
export function* partition(
  highs: Highs,
  { n, columns, limits }: Partitioning,
  cutoff: number,
  goesOn: (programs: number) => boolean,
): Generator<0, Partition, void> {
  const model = highs.createModel(modelOf(n, columns, limits));
  const { optimal } = highs.constants.modelStatus;
  const contains = columns.map(({ visited }) => new Set(visited));
  const upper = new Float64Array(columns.length).fill(1);
  const lower = new Float64Array(columns.length);
  /** Columns that may be in a choice below the cutoff, as the first linear program shows. */
  let open = columns.map((_, column) => column);
  let reduced: Float64Array | null = null;
  let first = -Infinity;
  let best = cutoff;
  let chosen: number[] | null = null;

  const allows = (decision: Decision, column: number): boolean =>
    decision.kind === 'column'
      ? decision.taken || decision.column !== column
      : contains[column].has(decision.a) === contains[column].has(decision.b)
        ? !contains[column].has(decision.a) || decision.together
        : !decision.together;

  function bind(decisions: readonly Decision[]): void {
    upper.fill(0);
    lower.fill(0);
    for (const column of open)
      if (decisions.every((decision) => allows(decision, column))) upper[column] = 1;
    for (const decision of decisions)
      if (decision.kind === 'column' && decision.taken) lower[decision.column] = 1;
    model.changeColsBounds({ kind: 'range', from: 0, to: columns.length - 1 }, lower, upper);
  }

  const isTooDear = (cost: number) => best - cost <= TOLERANCE * Math.abs(cost);
  const close = (): void => {
    if (reduced) open = open.filter((column) => !isTooDear(first + reduced![column]));
  };

  const stack: (readonly Decision[])[] = [[]];
  try {
    model.options.set({ output_flag: false });
    for (let programs = 0; stack.length > 0 && (programs === 0 || goesOn(programs)); programs++) {
      const decisions = stack.pop()!;
      if (programs > 0) bind(decisions);
      model.run();
      yield 0;
      if (model.getModelStatus() !== optimal) continue;
      const cost = model.getObjectiveValue();
      if (isTooDear(cost)) continue;
      const { colValue, colDual } = model.getSolution();
      if (programs === 0) {
        first = cost;
        reduced = Float64Array.from(colDual);
        close();
      }
      const split = decide(n, columns, open, colValue);
      if (!split) {
        best = cost;
        chosen = open.filter((column) => colValue[column] > 0.5);
        close();
        continue;
      }
      const [likely, other] = split;
      stack.push([...decisions, other], [...decisions, likely]);
    }
  } finally {
    model.dispose();
  }
  return { chosen, cost: best, complete: stack.length === 0 };
}

/** Two ways to go on, the likelier first; null where the choice is whole. */
function decide(
  n: number,
  columns: readonly Column[],
  open: readonly number[],
  value: Float64Array,
): readonly [Decision, Decision] | null {
  const split = open.filter((column) => value[column] > WHOLE && value[column] < 1 - WHOLE);
  if (split.length === 0) return null;
  const shared = new Map<number, number>();
  for (const column of split) {
    const { visited } = columns[column];
    for (let i = 0; i < visited.length; i++)
      for (let j = i + 1; j < visited.length; j++) {
        const a = Math.min(visited[i], visited[j]);
        const key = a * (n + 1) + Math.max(visited[i], visited[j]);
        shared.set(key, (shared.get(key) ?? 0) + value[column]);
      }
  }
  let pair = -1;
  let most = WHOLE;
  for (const [key, share] of shared)
    if (share < 1 - WHOLE && share > most) {
      most = share;
      pair = key;
    }
  if (pair >= 0) {
    const sides = { kind: 'pair', a: Math.floor(pair / (n + 1)), b: pair % (n + 1) } as const;
    return [
      { ...sides, together: true },
      { ...sides, together: false },
    ];
  }
  // The same customers by different vehicles.
  const column = split.reduce((a, b) => (value[b] > value[a] ? b : a));
  return [
    { kind: 'column', column, taken: true },
    { kind: 'column', column, taken: false },
  ];
}

function modelOf(n: number, columns: readonly Column[], limits: readonly number[]) {
  const rows = n + limits.length;
  const starts = new Int32Array(columns.length + 1);
  const indices: number[] = [];
  columns.forEach(({ visited, counted }, column) => {
    for (const customer of visited) indices.push(customer - 1);
    for (const limit of counted) indices.push(n + limit);
    starts[column + 1] = indices.length;
  });
  return {
    numCols: columns.length,
    numRows: rows,
    colCost: Float64Array.from(columns, ({ cost }) => cost),
    colLower: new Float64Array(columns.length),
    colUpper: new Float64Array(columns.length).fill(1),
    rowLower: new Float64Array(rows).fill(1, 0, n),
    rowUpper: Float64Array.from({ length: rows }, (_, row) => (row < n ? 1 : limits[row - n])),
    matrix: {
      format: 'csc' as const,
      numRows: rows,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(indices),
      values: new Float64Array(indices.length).fill(1),
    },
  };
}
