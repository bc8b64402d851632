/** From the first linear program to the proof: bound, listing of routes, integer programs, cuts. */
import type { Highs } from 'highs';
import type { SolveContext, SolverEnd, SolverYield } from '../../../../src/core/solver.ts';
import type { VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import type { Bounding, Progress } from './bounding.ts';
import { branch } from './branching.ts';
import { chooseRoutes } from './choose.ts';
import { enumerateRoutes } from './enumerate.ts';
import type { Memory } from './labels.ts';
import { reducedCost, type Priced } from './lagrangian.ts';
import type { Cut, Master } from './master.ts';
import { boundValue, planOf, type Relaxation, type Route } from './network.ts';
import type { Primal } from './primal.ts';

/** Steps of the genetic search per customer before each further stage. */
const FURTHER = 300;
/** Labels of one direction; partial routes when they are listed. */
export const MOST_LABELS = 1_500_000;
const MOST_LISTED = 600_000;
/** Routes are listed when the gap is below, and by so much smaller than at the last try. */
const LISTING_GAP = 0.03;
const SHRUNK = 0.7;
/** With so few routes an integer program comes before further cuts. */
const FEW_CHOICES = 1500;
/** Nodes of such an integer program; what it leaves open is branched on. */
const NODES = 50;
/** Values of the linear program this close to 0 or 1 are whole. */
const WHOLE = 1e-6;
/** Routes of least reduced cost among which a better plan is looked for, and nodes for it. */
const MOST_SAMPLED = 800;
const SAMPLE_NODES = 10;
/** Columns of a linear program that take about as long as a block of labels. */
const COLUMNS_PER_BLOCK = 32;
/** Stages after which they are searched even if the gap stayed nearly the same. */
const SEARCH_PERIOD = 3;

/**
 * Raises the bound, and looks for better plans among the routes at hand, until they meet or there is
 * nothing left to try.
 */
export function* prove(
  highs: Highs,
  relaxation: Relaxation,
  bounding: Bounding,
  memory: Memory,
  primal: Primal,
  exchange: SolveContext<unknown, VrpSolution>['exchange'],
): Generator<SolverYield<VrpSolution>, SolverEnd, void> {
  const { master, pricings } = bounding;
  const { whole, units, size } = relaxation;
  const optimal: SolverEnd = { reason: 'optimal' };
  let told = -Infinity;
  let pool: Route[] | null = null;
  let tried = Infinity;
  let rounds = 0;
  let searched = Infinity;
  let unsearched = 0;
  let few = FEW_CHOICES;
  let stage = 'Columns';
  let branching = false;

  const boundEvent = (): SolverYield<VrpSolution> | null => {
    const value = boundValue(relaxation, bounding.bound);
    if (!(value > told)) return null;
    told = value;
    return {
      kind: 'bound',
      value,
      proof: pool
        ? 'Lagrangian bound over listed routes'
        : `Lagrangian bound over ng-routes${master.cuts.length > 0 ? ', with cuts' : ''}`,
    };
  };
  /** A plan from elsewhere or from integer programming. */
  const take = (plan: VrpSolution): SolverYield<VrpSolution> | null => {
    const event = primal.offer(plan);
    if (event) bounding.lower(primal.units, branching ? [] : (primal.routes ?? []));
    return event;
  };
  /** Progress of the bounding as events of the run. */
  function* relay(progress: Progress): Generator<SolverYield<VrpSolution>, void, void> {
    if (progress.kind === 'work') {
      yield progress.blocks;
      return;
    }
    if (progress.kind === 'bound') {
      const event = boundEvent();
      if (event) yield event;
      return;
    }
    rounds++;
    if (rounds % 5 === 1)
      yield {
        kind: 'trace',
        row: [
          master.objective / units,
          told,
          master.columns.length,
          master.cuts.length,
          pricings.reduce((sum, { labels }) => sum + labels, 0),
        ],
      };
    yield 1 + Math.floor(master.columns.length / COLUMNS_PER_BLOCK);
    const other = exchange?.();
    const event = other ? take(other) : null;
    if (event) yield event;
  }
  /** What is left of the gap, by branching on listed routes. */
  function* branchOn(
    routes: readonly Route[],
  ): Generator<SolverYield<VrpSolution>, SolverEnd, void> {
    branching = true;
    const run = branch(bounding, size, routes, whole);
    let step = run.next();
    for (; !step.done; step = run.next()) {
      const event = step.value;
      if (event.kind === 'plan') {
        const incumbent = take(planOf(event.routes));
        if (incumbent) yield incumbent;
      } else if (event.kind === 'global') {
        yield { kind: 'phase', name: `Branching on ${routes.length} routes, ${event.open} open` };
        const value = boundValue(relaxation, Math.min(event.bound, bounding.upper));
        if (value > told) {
          told = value;
          yield { kind: 'bound', value, proof: 'Branch and bound, listed routes' };
        }
      } else yield* relay(event);
    }
    return step.value ? optimal : { reason: 'exhausted', message: 'Branching came to no end.' };
  }
  /** Chooses among routes; are no others better than the incumbent then, of these? */
  function* choose(
    routes: readonly Route[],
    limit: number,
  ): Generator<SolverYield<VrpSolution>, 'proven' | 'solved' | 'open', void> {
    yield { kind: 'phase', name: `Choosing among ${routes.length} routes` };
    const choice = chooseRoutes(highs, relaxation, routes, limit, bindingCuts(), primal.routes);
    const event = choice.routes ? take(planOf(choice.routes)) : null;
    if (event) yield event;
    yield choice.nodes;
    if (choice.bound >= bounding.upper - (whole ? 0.5 : 1e-6)) return 'proven';
    return choice.solved ? 'solved' : 'open';
  }
  /** The cuts that hold the bound up. */
  const bindingCuts = (): Cut[] =>
    master.cuts.filter((_, cut) => master.duals[relaxation.rows + cut] !== 0);
  /** The elementary routes of least reduced cost, within the gap. */
  const bestRoutes = (routes: readonly Route[], priced: Priced, most: number): Route[] =>
    routes
      .filter(({ stops }) => new Set(stops).size === stops.length)
      .map((route) => ({ route, reduced: reducedCost(size, priced, route) }))
      .filter(({ reduced }) => reduced <= gap())
      .sort((a, b) => a.reduced - b.reduced)
      .slice(0, most)
      .map(({ route }) => route);
  /** All routes a better plan can use; null when there are too many. */
  function* list(priced: Priced): Generator<number, Route[] | null, void> {
    const listed: Route[] = [];
    for (let kind = 0; kind < pricings.length; kind++) {
      const prices = priced.prices[kind];
      const most = MOST_LISTED - listed.length;
      const completions = yield* pricings[kind].completions(prices, MOST_LABELS);
      if (!completions) return null;
      const network = relaxation.networks[kind];
      const routes = yield* enumerateRoutes(network, memory, prices, completions, gap(), most);
      if (!routes) return null;
      for (const stops of routes) listed.push({ kind, stops });
    }
    return listed;
  }
  /** The largest reduced cost of a route in a plan better than the incumbent. */
  const gap = (): number => (whole ? bounding.upper - 1 : bounding.upper) - bounding.bound;

  for (;;) {
    yield { kind: 'phase', name: stage };
    const run = bounding.converge();
    let step = run.next();
    for (; !step.done; step = run.next()) yield* relay(step.value);
    const outcome = step.value;
    if (outcome === 'met') return optimal;
    if (outcome === 'no solution')
      return { reason: 'exhausted', message: 'The linear program has no solution.' };
    const failed = outcome === 'too many labels';
    if (failed && bounding.forget()) continue;

    const routes = wholePlan(master);
    const plan = routes ? take(planOf(routes)) : null;
    if (plan) yield plan;

    // All routes a better plan can use.
    const { best } = bounding;
    if (!best) return { reason: 'exhausted', message: 'Pricing needs too many labels.' };
    const small = gap() < LISTING_GAP * bounding.upper && gap() < SHRUNK * tried;
    if (!pool && bounding.upper < Infinity && (small || failed)) {
      tried = gap();
      yield { kind: 'phase', name: 'Listing routes' };
      pool = yield* list(best);
    }
    if (pool) {
      pool = pool.filter((route) => reducedCost(size, best, route) <= gap());
      bounding.usePool(pool);
    }

    if (pool && pool.length <= few) {
      few = Math.floor(SHRUNK * pool.length);
      const outcome = yield* choose(pool, NODES);
      if (outcome === 'proven') {
        yield {
          kind: 'bound',
          value: boundValue(relaxation, bounding.upper),
          proof: 'All routes within the gap listed, HiGHS',
        };
        return optimal;
      }
      if (outcome === 'solved')
        return { reason: 'exhausted', message: 'The best choice of routes does not check.' };
    } else if (gap() < SHRUNK * searched || ++unsearched === SEARCH_PERIOD) {
      searched = gap();
      unsearched = 0;
      const sample = bestRoutes(pool ?? master.columns, best, MOST_SAMPLED);
      const before = bounding.upper;
      yield* choose(sample, SAMPLE_NODES);
      if (pool && bounding.upper < before) continue;
    }

    const added = failed ? null : bounding.tighten();
    if (added) {
      stage = added;
      yield* primal.search(FURTHER * relaxation.n);
      bounding.lower(primal.units, primal.takeRoutes());
    } else if (pool) {
      return yield* branchOn(pool);
    } else {
      const sample = bestRoutes(master.columns, best, FEW_CHOICES);
      const before = bounding.upper;
      yield* choose(sample, NODES);
      yield { kind: 'phase', name: 'Genetic search' };
      // With a better plan the gap may be small enough to list routes.
      while (bounding.upper >= before) {
        const end = yield* primal.search(FURTHER * relaxation.n);
        if (end) return end;
        if (primal.units < bounding.upper) bounding.lower(primal.units, primal.takeRoutes());
        const other = exchange?.();
        const event = other ? take(other) : null;
        if (event) yield event;
      }
    }
  }
}

/** The plan of the linear program when no route is chosen in part. */
function wholePlan({ columns, values }: Master): Route[] | null {
  if (!values.every((value) => value < WHOLE || value > 1 - WHOLE)) return null;
  return columns.filter((_, column) => values[column] > 0.5);
}
