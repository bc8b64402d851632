/**
 * Branch and bound over listed routes: two customers are on one route or on two (Ryan & Foster 1981).
 * and, with several kinds of vehicles, which kind comes to a customer. Routes are priced by looking through the list, so branching costs pricing nothing.
 */
import type { Bounding, Progress } from './bounding.ts';
import type { Column } from './master.ts';
import type { Route } from './network.ts';

interface Node {
  /** Pairs of customers: i, j, and whether they share a route. */
  pairs: readonly { i: number; j: number; together: boolean }[];
  /** Customers and kinds of vehicle, and whether only such a vehicle comes, or any other. */
  visits: readonly { customer: number; kind: number; only: boolean }[];
  /** In cost units, of the node it comes from. */
  bound: number;
}

export type BranchEvent =
  | Progress
  /** No plan is cheaper than this, or than the incumbent. */
  | { kind: 'global'; bound: number; open: number }
  | { kind: 'plan'; routes: Route[] };

const CUT_ROUNDS = 2;
const WHOLE = 1e-6;

function passes({ pairs, visits }: Node, { kind, stops }: Route): boolean {
  for (const { i, j, together } of pairs) {
    const first = stops.includes(i);
    const second = stops.includes(j);
    if (together ? first !== second : first && second) return false;
  }
  for (const visit of visits)
    if ((visit.kind === kind) !== visit.only && stops.includes(visit.customer)) return false;
  return true;
}

/** The pair most undecided; null when all are decided. O(columns · length²) */
function undecided(
  size: number,
  columns: readonly Column[],
  values: Float64Array,
): { i: number; j: number } | null {
  const shared = new Float64Array(size * size);
  columns.forEach(({ stops }, column) => {
    if (values[column] > WHOLE)
      for (const i of stops)
        for (const j of stops) if (i < j) shared[i * size + j] += values[column];
  });
  let best = WHOLE;
  let pair: { i: number; j: number } | null = null;
  for (let i = 1; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const doubt = Math.min(shared[i * size + j], 1 - shared[i * size + j]);
      if (doubt > best + WHOLE) {
        best = doubt;
        pair = { i, j };
      }
    }
  return pair;
}

/** The customer and kind of vehicle most undecided; null when all are decided. */
function undecidedKind(
  size: number,
  columns: readonly Column[],
  values: Float64Array,
): { customer: number; kind: number } | null {
  const share = new Map<number, Float64Array>();
  columns.forEach(({ kind, stops }, column) => {
    if (values[column] <= WHOLE) return;
    const row = share.get(kind) ?? new Float64Array(size);
    for (const i of stops) row[i] += values[column];
    share.set(kind, row);
  });
  let best = WHOLE;
  let visit: { customer: number; kind: number } | null = null;
  for (const [kind, row] of share)
    for (let customer = 1; customer < size; customer++) {
      const doubt = Math.min(row[customer], 1 - row[customer]);
      if (doubt > best + WHOLE) {
        best = doubt;
        visit = { customer, kind };
      }
    }
  return visit;
}

/**
 * Best bound first. True when no plan of the pool is cheaper than `bounding.upper` any more; false
 * when numbers fail. @param cutRounds rounds of cuts at a node
 */
export function* branch(
  bounding: Bounding,
  size: number,
  pool: readonly Route[],
  whole: boolean,
  cutRounds = CUT_ROUNDS,
): Generator<BranchEvent, boolean, void> {
  const { master } = bounding;
  const open: Node[] = [{ pairs: [], visits: [], bound: bounding.bound }];
  const met = (bound: number): boolean => (whole ? Math.ceil(bound) : bound) >= bounding.upper;
  for (;;) {
    let at = -1;
    for (let node = 0; node < open.length; node++)
      if (at < 0 || open[node].bound < open[at].bound) at = node;
    if (at < 0 || met(open[at].bound)) return true;
    const node = open[at];
    yield { kind: 'global', bound: node.bound, open: open.length };
    open.splice(at, 1);
    bounding.enter(pool, (route) => passes(node, route));
    let bound = node.bound;
    let closed = false;
    for (let round = 0; ; round++) {
      const run = bounding.converge();
      let step = run.next();
      for (; !step.done; step = run.next()) if (step.value.kind !== 'bound') yield step.value;
      bound = Math.max(bound, bounding.bound);
      closed = step.value === 'no solution' || met(bound);
      if (closed || round === cutRounds || bounding.tighten() === null) break;
    }
    if (closed) continue;
    const { columns, values } = master;
    const pair = undecided(size, columns, values);
    if (pair) {
      for (const together of [true, false])
        open.push({ ...node, pairs: [...node.pairs, { ...pair, together }], bound });
      continue;
    }
    const visit = undecidedKind(size, columns, values);
    if (visit) {
      // Whoever is left out in part stays so in both halves: numbers decide no further.
      if (node.visits.some((v) => v.customer === visit.customer && v.kind === visit.kind))
        return false;
      for (const only of [true, false])
        open.push({ ...node, visits: [...node.visits, { ...visit, only }], bound });
      continue;
    }
    if (!master.covered) return false;
    const before = bounding.upper;
    const routes = columns.flatMap(({ kind, stops }, column) =>
      values[column] > 0.5 ? [{ kind, stops }] : [],
    );
    yield { kind: 'plan', routes };
    // The best plan of the node was none to the checker: the node stays open for ever.
    if (!(bounding.upper < before)) return false;
  }
}
