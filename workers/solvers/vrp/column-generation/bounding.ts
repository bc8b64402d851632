/**
 * The lower bound of one linear program after the other: columns by pricing under stabilised duals,
 * and a Lagrangian bound from every exact pricing.
 */
import type { Highs } from 'highs';
import { separateCapacity } from './capacity-cuts.ts';
import type { Memory } from './labels.ts';
import { lagrangianBound, priceArcs, reducedCost, type Priced } from './lagrangian.ts';
import { createMaster, type Master } from './master.ts';
import { growMemory, nearestMemory } from './memory.ts';
import { mostRoutes, type Relaxation, type Route } from './network.ts';
import { createPricing, NEGLIGIBLE, type Pricing } from './pricing.ts';
import { separateSubsetRows } from './subset-rows.ts';

/** Weight of the duals of the best bound among those priced (Wentges 1997). */
const SMOOTHING = 0.6;
/** Rounds of heuristic pricing between exact ones. */
const MOST_GUESSES = 12;
const COLUMNS_PER_ROUND = 60;
const MOST_COLUMNS = 3000;
/** First duals as a part of what customers cost. */
const CAUTION = 0.9;
const CUTS_PER_ROUND = 30;
const ROWS_PER_ROUND = 32;
/** Subset rows ever added. */
const ALL_ROWS = 500;
/** A linear program this close to its bound is solved, in cost units. */
const SOLVED = 0.01;

export type Progress = { kind: 'work'; blocks: number } | { kind: 'bound' } | { kind: 'round' };
export type Outcome = 'converged' | 'met' | 'too many labels' | 'no solution';

export interface Bounding {
  readonly master: Master;
  /** By kind of vehicle. */
  readonly pricings: readonly Pricing[];
  /** In cost units: no plan that is cheaper than `upper` is cheaper than this. */
  readonly bound: number;
  /** The duals that prove it, priced; null before the first. */
  readonly best: Priced | null;
  /** Columns until no route prices out, or until the bound meets `upper`. */
  converge(): Generator<Progress, Outcome, void>;
  /** A better plan is known, of this cost in cost units. */
  lower(upper: number, routes: readonly Route[]): void;
  readonly upper: number;
  /** Adds cuts, or memory; null when there is nothing left to add. */
  tighten(): string | null;
  /** From now on price by looking through these routes: all that a better plan can use. */
  usePool(routes: readonly Route[]): void;
  /**
   * Bounds only plans of routes that pass the test, which must be among the pool's; the bound starts
   * anew.
   */
  enter(routes: readonly Route[], test: (route: Route) => boolean): void;
  /** Routes may remember next to nothing from now on; false when they do already. */
  forget(): boolean;
  dispose(): void;
}

/**
 * First duals: what each customer costs in a plan, by its ways there and on and its part of the ways
 * to the depot; 0 when the routes are no plan. O(n)
 */
function shares({ networks, size, rows }: Relaxation, routes: readonly Route[]): Float64Array {
  const duals = new Float64Array(rows);
  for (const { kind, stops } of routes) {
    const { cost } = networks[kind];
    const ends = (cost[stops[0]] + cost[stops[stops.length - 1] * size]) / stops.length;
    stops.forEach((customer, i) => {
      const before = i > 0 ? cost[stops[i - 1] * size + customer] : 0;
      const after = i + 1 < stops.length ? cost[customer * size + stops[i + 1]] : 0;
      duals[customer - 1] = CAUTION * (ends + (before + after) / 2);
    });
  }
  return duals;
}

export function createBounding(
  highs: Highs,
  relaxation: Relaxation,
  memory: Memory,
  mostLabels: number,
): Bounding {
  const { size, whole, fleet, networks } = relaxation;
  let longest = 0;
  for (const { cost } of networks)
    for (const way of cost) if (way < Infinity) longest = Math.max(longest, way);
  const master = createMaster(highs, relaxation, 4 * longest * relaxation.n);
  const pricings = networks.map((network) => createPricing(network, memory));
  const labelsEach = Math.ceil(mostLabels / pricings.length);
  const wantedEach = Math.ceil(COLUMNS_PER_ROUND / pricings.length);
  let upper = Infinity;
  let most = fleet;
  let bound = -Infinity;
  let best: Priced | null = null;
  /** Duals of the best bound, by row. */
  let centre: Float64Array | null = null;
  let pool: readonly Route[] | null = null;
  const known = new Set<string>();
  let subsetRows = 0;
  let forgetful = false;

  const met = (): boolean => (whole ? Math.ceil(bound) : bound) >= upper;

  /** The least reduced costs by kind, and the routes below 0, best first. */
  function inspect(priced: Priced): { least: number[]; found: Route[] } {
    const found: { route: Route; reduced: number }[] = [];
    const least = networks.map(() => 0);
    for (const route of pool ?? []) {
      const reduced = reducedCost(size, priced, route);
      if (reduced < least[route.kind]) least[route.kind] = reduced;
      if (reduced < -NEGLIGIBLE) found.push({ route, reduced });
    }
    found.sort((a, b) => a.reduced - b.reduced);
    return { least, found: found.slice(0, 2 * COLUMNS_PER_ROUND).map(({ route }) => route) };
  }

  function mix(out: Float64Array): Float64Array {
    const from = centre;
    if (!from) return out;
    return out.map((dual, row) =>
      row < from.length ? SMOOTHING * from[row] + (1 - SMOOTHING) * dual : dual,
    );
  }

  /** Prices at these duals; adds what also prices out at `out`. null when it failed. */
  function* round(
    duals: Float64Array,
    out: Priced,
    exact: boolean,
  ): Generator<Progress, number | null, void> {
    const priced = priceArcs(relaxation, duals, master.cuts);
    let least: number[];
    let routes: Route[];
    if (pool) {
      const found = inspect(priced);
      least = found.least;
      routes = found.found;
      yield { kind: 'work', blocks: 1 + Math.floor(pool.length / 10_000) };
    } else {
      least = [];
      routes = [];
      for (let kind = 0; kind < pricings.length; kind++) {
        const run = pricings[kind].price(priced.prices[kind], exact, wantedEach, labelsEach);
        let step = run.next();
        for (; !step.done; step = run.next()) yield { kind: 'work', blocks: step.value };
        if (!step.value.complete) return null;
        least.push(step.value.least);
        for (const { route: stops } of step.value.found) routes.push({ kind, stops });
      }
    }
    if (exact || pool) {
      const value = lagrangianBound(relaxation, priced, least, most);
      if (value > bound) {
        bound = value;
        best = priced;
        centre = duals;
        yield { kind: 'bound' };
      }
    }
    return master.add(routes.filter((route) => reducedCost(size, out, route) < -NEGLIGIBLE));
  }

  function* converge(): Generator<Progress, Outcome, void> {
    let guesses = 0;
    for (;;) {
      // Columns can be too few for the cuts; the whole pool is not.
      if (!master.solve() && (!pool || master.add(pool) === 0 || !master.solve()))
        return 'no solution';
      master.trim(MOST_COLUMNS);
      yield { kind: 'round' };
      const { duals } = master;
      const out = priceArcs(relaxation, duals, master.cuts);
      const smooth = mix(duals);
      // Pricing that keeps too few labels goes first, but a bound is due now and then.
      if (!pool && guesses < MOST_GUESSES) {
        guesses++;
        if ((yield* round(smooth, out, false)) !== 0) continue;
        if (centre && (yield* round(duals, out, false)) !== 0) continue;
      }
      guesses = 0;
      const added = yield* round(smooth, out, true);
      if (added === null) return 'too many labels';
      if (met()) return 'met';
      if (master.covered && master.objective - bound < SOLVED) return 'converged';
      if (added > 0) continue;
      if (centre === smooth && smooth === duals) return 'converged';
      const last = yield* round(duals, out, true);
      if (last === null) return 'too many labels';
      if (met()) return 'met';
      if (last === 0) return 'converged';
    }
  }

  return {
    master,
    pricings,
    get bound() {
      return Math.min(bound, upper);
    },
    get best() {
      return best;
    },
    get upper() {
      return upper;
    },
    converge,
    lower(value, routes) {
      if (value < upper) {
        upper = value;
        most = mostRoutes(relaxation, upper);
        if (routes.length > 0) centre ??= shares(relaxation, routes);
      }
      master.add(routes);
    },
    tighten() {
      const { columns, values } = master;
      const capacity = separateCapacity(relaxation, columns, values, CUTS_PER_ROUND, known);
      if (capacity.length > 0) {
        master.cut(capacity);
        return 'Capacity cuts';
      }
      if (!pool && !forgetful && growMemory(memory, size, columns, values) > 0)
        return 'Longer memory';
      if (forgetful || subsetRows >= ALL_ROWS) return null;
      const wanted = Math.min((pool ? 2 : 1) * ROWS_PER_ROUND, ALL_ROWS - subsetRows);
      const rows = separateSubsetRows(size, columns, values, wanted, !pool, known);
      if (rows.length === 0) return null;
      subsetRows += rows.length;
      master.cut(rows);
      return 'Subset-row cuts';
    },
    usePool(routes) {
      if (!pool) master.partition();
      pool = routes;
    },
    enter(routes, test) {
      pool = routes.filter(test);
      master.allow(test);
      bound = -Infinity;
      best = null;
      centre = null;
    },
    forget() {
      if (forgetful || subsetRows > 0) return false;
      forgetful = true;
      memory.keep.set(nearestMemory(relaxation, 1).keep);
      return true;
    },
    dispose: () => master.dispose(),
  };
}
