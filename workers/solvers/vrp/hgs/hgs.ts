/**
 * Hybrid genetic search (Vidal, Crainic, Gendreau, Lahrichi & Rei 2012; Vidal 2022): plans are
 * crossed, as giant tours that are cut into routes or by exchanging routes, and brought to a local
 * optimum in which capacity, duration and windows may be broken at a price. Ruin and recreate comes
 * first: it gives a good plan early, and an ancestor. `collect` gets every feasible plan.
 */
import type { ParamsOf } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import { exp, log } from '../../../../src/core/math.ts';
import type { PackedVrp, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { HGS_CUSTOMERS, type hgsParams } from '../../../../src/problems/vrp/solvers.ts';
import { FIRST_HEAT, heatOf } from '../heat.ts';
import { routesLength, type Model } from '../model.ts';
import { prepare } from '../prepare.ts';
import { createSearch } from '../search.ts';
import { granularNeighbours } from './granular.ts';
import {
  capture,
  createOrderedCrossover,
  emptyGiant,
  fromRoutes,
  randomTour,
  routesOf,
} from './individual.ts';
import { createLocalSearch } from './local-search.ts';
import { createPenaltyControl } from './penalties.ts';
import { createPopulation, isFeasible, SIZES, type Individual } from './population.ts';
import { createRouteExchange } from './route-exchange.ts';
import { createSplit } from './split.ts';
import { createTours } from './tours.ts';

/** Ruins of the opening when there is no budget to take a share of. */
const OPENING = 65_536;
/**
 * The opening: annealings by ruin and recreate, each longer than the one before, so that a good plan
 * comes early. The more customers, the longer crossing takes to pay, and the longer is the last; and
 * under windows, where it may meet what crossing does not.
 */
const OPENINGS = [
  { customers: 250, percent: 8, timed: 15 },
  { customers: 320, percent: 30, timed: 30 },
  { customers: Infinity, percent: 60, timed: 60 },
] as const;
/** Parts of the opening that end before its last, in shares of the budget. */
const FIRST_END = 0.01;
const SECOND_END = 0.08;
const COLDEST = 0.01;
const SCHEDULE_STEPS = 64;
/** Random plans in the first population, as a multiple of the survivors. */
const FIRST = 1;
/** So many offspring without a better plan, and one plan is annealed by ruins per customer. */
const MUTATION_PERIOD = 300;
const MUTATION_RUINS = 50;
const MUTATION_HEAT = 0.3;
/** Plans of the population before that join the new one. */
const ELDERS = 12;
/** Chance that a local optimum that breaks constraints is searched on at tenfold rates. */
const REPAIR = 0.5;
const REPAIR_FACTOR = 10;
/** Offspring without a better plan, where the parameter leaves it open; under windows, per customer. */
const PATIENCE = 10_000;
const PATIENCE_TIMED = 15;
/** Share of offspring by exchange of routes; the others are crossed as giant tours. */
const EXCHANGES = {
  suited: ({ timed }: Model) => (timed ? 0.5 : 0),
  ox: () => 0,
  srex: () => 1,
  both: () => 0.5,
};

export function* hgs(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof hgsParams>, VrpSolution>,
  collect?: (solution: VrpSolution, objective: number) => void,
): SolverRun<VrpSolution> {
  const { budget, params, rng } = context;
  const prepared = yield* prepare(packed, context.warmStart);
  if (prepared.kind === 'end') return prepared.end;
  const { model, neighbours, plan: first, incumbent } = prepared;
  const { n, fleet, matrix, timed } = model;
  if (matrix === null || n > HGS_CUSTOMERS)
    return { reason: 'exhausted', message: `Takes at most ${HGS_CUSTOMERS} customers.` };
  let best = incumbent;
  const offer = (routes: number[][]): { objective: number; solution: VrpSolution } | null => {
    const objective = routesLength(model, routes);
    if (objective >= best) return null;
    best = objective;
    return { objective, solution: { routes } };
  };

  const preferred = Math.max(4, Math.min(96, Math.floor(12_000 / (n + 100))));
  /** Steps in all, and what is left before control must return. */
  let step = 0;
  let chunk = budget.chunk(preferred);
  let left = chunk;

  // Opening: ruin and recreate.
  const search = createSearch(model, neighbours, rng.fork(1), {
    meanRemoved: 10,
    maxString: 10,
    blink: 0.01,
  });
  search.load(first);
  const budgeted = !Number.isNaN(budget.progress());
  const bySize = OPENINGS.find(({ customers }) => n <= customers)!;
  const share = (params.opening || (timed ? bySize.timed : bySize.percent)) / 100;
  const ends = [FIRST_END, SECOND_END].filter((end) => end < share);
  ends.push(share);
  const full = Math.max(1, search.cost) / (n + Math.max(1, search.routes));
  /** Steps of the whole budget, as far as they can be known at a share of it. */
  const stepsIn = (at: number): number =>
    !budgeted ? OPENING / share : (budget.steps ?? step / Math.max(1e-9, at));
  let stage = 0;
  let from = 0;
  let heat = budgeted && budget.steps === null ? FIRST_HEAT : heatOf(stepsIn(0) * ends[0], n);
  /** The temperature at a share of the budget; goes on to the next annealing. */
  const openingHeat = (at: number): number => {
    if (at >= ends[stage] && stage < ends.length - 1) {
      from = ends[stage++];
      heat = heatOf(stepsIn(at) * (ends[stage] - from), n);
      if (search.bestCost < Infinity) search.restoreBest();
    }
    const part = Math.max(0, at - from) / (ends[stage] - from);
    return full * heat * exp(Math.min(0, log(COLDEST / heat)) * part);
  };
  const progress = (): number => {
    if (!budgeted) return (share * step) / OPENING;
    return budget.steps === null ? budget.progress() : step / budget.steps;
  };
  let temperature = full * heat;
  let shown = search.bestCost;
  yield { kind: 'phase', name: 'Ruin and recreate' };
  for (;;) {
    if (step % SCHEDULE_STEPS === 0) {
      const at = progress();
      if (at >= share) break;
      temperature = openingHeat(at);
    }
    search.step(temperature);
    step++;
    left--;
    if ((step % (8 * SCHEDULE_STEPS) === 0 || step === budget.steps) && search.bestCost < shown) {
      shown = search.bestCost;
      const found = offer(search.bestRoutes());
      if (found) yield { kind: 'incumbent', ...found };
    }
    if (left === 0) {
      yield chunk;
      chunk = left = budget.chunk(preferred);
    }
  }
  if (search.bestCost < Infinity) {
    const found = offer(search.bestRoutes());
    if (found) yield { kind: 'incumbent', ...found };
  }

  yield { kind: 'phase', name: 'Genetic search' };
  if (left < chunk) {
    yield chunk - left;
    chunk = left = budget.chunk(preferred);
  }
  const granular = yield* granularNeighbours(model, matrix, params.neighbours);
  const most = Math.min(n, fleet);
  const tours = createTours(model, matrix, most);
  const local = createLocalSearch(model, matrix, tours, granular, rng.fork(2));
  const split = createSplit(model, matrix, most);
  const control = createPenaltyControl(model);
  const { rates } = control;
  const population = createPopulation(rates, rng, SIZES);
  const cross = createOrderedCrossover(n);
  const exchangeRoutes = createRouteExchange(model, matrix, tours, granular);
  const exchanges = EXCHANGES[params.crossover](model);
  const child = emptyGiant(n, most);
  let bred = 0;
  /** Random plans that the population still begins with, at most. */
  let fresh = FIRST * SIZES.least;
  /** Offspring since the population last had a better plan, and the cost of its best. */
  let idle = 0;
  let bestCost = Infinity;
  const patience = params.patience || (timed ? PATIENCE_TIMED * n : PATIENCE);
  /** The best plans of the population before, and whether they have joined this one. */
  let elders: Individual[] = [];
  let joined = false;

  /** Brings `child` to a local optimum at these rates. */
  function* educate(factor: number): Generator<number, Individual, void> {
    for (let i = 0; i < rates.length; i++) tours.rates[i] = rates[i] * factor;
    local.start(child);
    while (!local.finished) {
      if (left === 0) {
        yield chunk;
        chunk = left = budget.chunk(preferred);
      }
      const used = local.advance(left);
      step += used;
      left -= used;
    }
    return capture(model, tours, rates);
  }

  /** Takes an individual in; an incumbent when it is one. */
  function enter(plan: Individual): ReturnType<typeof offer> {
    population.add(plan);
    if (!isFeasible(plan)) return null;
    if (collect) {
      const routes = routesOf(plan);
      collect({ routes }, routesLength(model, routes));
    }
    if (plan.cost < bestCost - 0.01) {
      bestCost = plan.cost;
      idle = 0;
    }
    return offer(routesOf(plan));
  }

  /** An annealing from a plan of the population, over the wider neighbourhood of ruins. */
  function* mutate(): Generator<number, number[][] | null, void> {
    const base = population.parent();
    if (!isFeasible(base)) return null;
    search.load(routesOf(base));
    const ruins = MUTATION_RUINS * n;
    const start = MUTATION_HEAT * full;
    const cooling = log(COLDEST / MUTATION_HEAT);
    for (let ruin = 0; ruin < ruins; ruin++) {
      if (left === 0) {
        yield chunk;
        chunk = left = budget.chunk(preferred);
      }
      if (ruin % SCHEDULE_STEPS === 0) temperature = start * exp((cooling * ruin) / ruins);
      search.step(temperature);
      step++;
      left--;
    }
    return search.missing === 0 ? search.acceptedRoutes() : null;
  }

  const seeds: (readonly (readonly number[])[])[] = [];
  if (search.bestCost < Infinity) seeds.push(search.bestRoutes());
  if (incumbent < Infinity) seeds.push(first);
  for (;;) {
    if (idle % MUTATION_PERIOD === MUTATION_PERIOD - 1) {
      const mutant = yield* mutate();
      if (mutant) seeds.push(mutant);
    }
    const seed = seeds.shift();
    const other = seed ? null : (context.exchange?.() ?? null);
    if (seed) fromRoutes(child, seed);
    else if (other) fromRoutes(child, other.routes);
    else if (fresh > 0) {
      randomTour(child, rng);
      split.cut(child, rates);
    } else {
      const one = population.parent();
      const two = population.parent();
      tours.rates.set(rates);
      const exchanged =
        (exchanges === 1 || (exchanges > 0 && rng.float() < exchanges)) &&
        exchangeRoutes(one, two, child, rng);
      if (!exchanged) {
        cross(one.tour, two.tour, child.tour, rng);
        split.cut(child, rates);
      }
    }
    const plan = yield* educate(1);
    idle++;
    let found = enter(plan);
    if (found) yield { kind: 'incumbent', ...found };
    if (control.note(plan.overload === 0, plan.overtime === 0, plan.warp === 0))
      population.reprice();
    if (!isFeasible(plan) && rng.float() < REPAIR) {
      child.tour.set(plan.tour);
      child.starts.set(plan.starts);
      child.routes = plan.routes;
      const repaired = yield* educate(REPAIR_FACTOR);
      if (isFeasible(repaired)) {
        found = enter(repaired);
        if (found) yield { kind: 'incumbent', ...found };
      }
    }
    bred++;
    fresh--;
    if (bred % 50 === 0)
      yield {
        kind: 'trace',
        row: [bred, plan.cost / model.scale, population.feasible, population.infeasible],
      };
    if (idle <= patience || fresh > 0) continue;
    idle = 0;
    if (elders.length > 0 && !joined) {
      for (const elder of elders) population.add(elder);
      bestCost = Math.min(bestCost, elders[0].cost);
      joined = true;
      continue;
    }
    elders = population.best(ELDERS);
    joined = false;
    population.clear();
    bestCost = Infinity;
    fresh = FIRST * SIZES.least;
  }
}
