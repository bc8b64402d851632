/** What the page and the command line know of the routing solvers. */
import type { ParamSpec } from '../../core/params.ts';
import type { SolverInfo } from '../../core/solver.ts';

export const sisrParams = [
  {
    id: 'removed',
    type: 'number',
    label: 'Customers removed',
    help: 'Mean number of customers taken out per step (c̄ of the paper).',
    default: 10,
    min: 1,
    max: 100,
  },
  {
    id: 'string',
    type: 'number',
    label: 'Longest string',
    help: 'Most customers in a row taken from one route (L max of the paper).',
    default: 10,
    min: 1,
    max: 100,
    integer: true,
  },
  {
    id: 'blink',
    type: 'number',
    label: 'Blink rate',
    help: 'Chance that a better insertion place is overlooked.',
    default: 0.01,
    min: 0,
    max: 0.5,
    step: 0.01,
  },
  {
    id: 'heat',
    type: 'number',
    label: 'Start temperature',
    help: 'Temperature at the start, relative to the mean edge of the first plan.',
    default: 1,
    min: 0.001,
    max: 10,
    step: 0.05,
  },
  {
    id: 'cold',
    type: 'number',
    label: 'End temperature',
    help: 'Temperature at the end of the budget, relative to the start temperature.',
    default: 0.003,
    min: 0.0001,
    max: 1,
    step: 0.001,
  },
] as const satisfies readonly ParamSpec[];

/** Most customers the hybrid genetic search takes: it needs the distance matrix. */
export const HGS_CUSTOMERS = 2000;

/** Most customers of an instance with variants: their matrices are of doubles. */
export const VARIANT_CUSTOMERS = 2000;

export const hgsParams = [
  {
    id: 'neighbours',
    type: 'number',
    label: 'Neighbours',
    help: 'Customers each customer is moved to (granular neighbourhood Γ).',
    default: 20,
    min: 5,
    max: 100,
    integer: true,
  },
  {
    id: 'opening',
    type: 'number',
    label: 'Opening',
    help: 'Percent of the budget spent on ruin and recreate first; 0 chooses by size.',
    default: 0,
    min: 0,
    max: 90,
  },
  {
    id: 'patience',
    type: 'number',
    label: 'Patience',
    help: 'Offspring without a better plan before the population starts anew.',
    default: 10_000,
    min: 100,
    max: 100_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** Up to so many customers the genetic search is ahead within a minute. */
export const GENETIC_BEST = 500;

export const autoParams = [
  {
    id: 'routes',
    type: 'number',
    label: 'Routes kept',
    help: 'Most routes of good plans that set partitioning chooses from.',
    default: 3000,
    min: 200,
    max: 20_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const savingsParams = [
  {
    id: 'shape',
    type: 'number',
    label: 'Route shape λ',
    help: 'Weight of the distance between customers (Yellow 1970); above 1 makes compact routes.',
    default: 1,
    min: 0.2,
    max: 3,
    step: 0.1,
  },
] as const satisfies readonly ParamSpec[];

export const regretParams = [
  {
    id: 'k',
    type: 'number',
    label: 'Depth k',
    help: "How many of a customer's best routes count for its regret.",
    default: 3,
    min: 2,
    max: 8,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const alnsParams = [
  {
    id: 'removed',
    type: 'number',
    label: 'Customers removed',
    help: 'Mean number of customers taken out per step.',
    default: 12,
    min: 1,
    max: 100,
    integer: true,
  },
  {
    id: 'reaction',
    type: 'number',
    label: 'Reaction',
    help: 'How fast weights follow what the operators have won: 0 never, 1 at once.',
    default: 0.1,
    min: 0,
    max: 1,
    step: 0.05,
  },
] as const satisfies readonly ParamSpec[];

export const localSearchParams = [
  {
    id: 'start',
    type: 'choice',
    label: 'Start',
    help: 'The plan to improve.',
    default: 'singles',
    options: [
      { value: 'singles', label: 'A route for each customer' },
      { value: 'savings', label: 'Savings' },
    ],
  },
  {
    id: 'rule',
    type: 'choice',
    label: 'Takes',
    help: 'The best of all moves, or the first that improves.',
    default: 'best',
    options: [
      { value: 'best', label: 'The best move' },
      { value: 'first', label: 'The first that improves' },
    ],
  },
  {
    id: 'neighbours',
    type: 'number',
    label: 'Neighbours',
    help: 'Moves join a customer with one of so many nearest.',
    default: 20,
    min: 1,
    max: 100,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const petalParams = [
  {
    id: 'length',
    type: 'number',
    label: 'Longest petal',
    help: 'Most customers of a petal.',
    default: 60,
    min: 1,
    max: 500,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const fisherJaikumarParams = [
  {
    id: 'spare',
    type: 'number',
    label: 'Spare seeds',
    help: 'Seeds beyond the fewest vehicles that carry all demand.',
    default: 0,
    min: 0,
    max: 20,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const sweepParams = [
  {
    id: 'twoOpt',
    type: 'boolean',
    label: '2-opt in routes',
    help: 'Improve each route by 2-opt after insertion; only without time windows.',
    default: true,
  },
] as const satisfies readonly ParamSpec[];

/** Most customers column generation takes. */
export const COLUMN_GENERATION_CUSTOMERS = 200;

export const columnGenerationParams = [
  {
    id: 'memory',
    type: 'number',
    label: 'Memory',
    help: 'Customers that a route remembers at each customer at first (size of the ng-sets).',
    default: 8,
    min: 1,
    max: 16,
    integer: true,
  },
  {
    id: 'prove',
    type: 'boolean',
    label: 'Prove',
    help: 'Raise the bound; otherwise only the genetic search beside it runs.',
    default: true,
  },
] as const satisfies readonly ParamSpec[];

export const solvers = [
  {
    id: 'hgs',
    version: 2,
    name: 'Hybrid genetic search',
    summary:
      'Crosses plans and improves their offspring, with capacity, duration and windows broken at a price.',
    source: 'Vidal et al. 2012, 2022',
    params: hgsParams,
    traits: {
      anytime: true,
      exact: false,
      bounds: true,
      deterministic: true,
      warmStart: true,
      followsClock: true,
    },
    stepUnit: 'neighbourhoods',
    trace: [
      { id: 'offspring', label: 'Offspring' },
      { id: 'cost', label: 'Cost with penalties' },
      { id: 'feasible', label: 'Feasible plans' },
      { id: 'infeasible', label: 'Infeasible plans' },
    ],
  },
  {
    id: 'sisr',
    version: 2,
    name: 'Ruin and recreate (SISR)',
    summary:
      'Removes strings of customers from neighbouring routes and reinserts them, under simulated annealing.',
    source: 'Christiaens & Vanden Berghe 2020',
    params: sisrParams,
    traits: {
      anytime: true,
      exact: false,
      bounds: true,
      deterministic: true,
      warmStart: true,
      followsClock: true,
    },
    stepUnit: 'ruins',
    trace: [
      { id: 'current', label: 'Accepted plan' },
      { id: 'temperature', label: 'Temperature', log: true },
      { id: 'routes', label: 'Routes' },
    ],
  },
  {
    id: 'column-generation',
    version: 1,
    name: 'Column generation',
    summary:
      'Raises a proven bound by pricing routes and adding cuts, until it meets the plan or all routes a better plan could use are listed.',
    source: 'Baldacci, Mingozzi & Roberti 2011; Pecin et al. 2017',
    params: columnGenerationParams,
    traits: {
      anytime: true,
      exact: true,
      bounds: true,
      deterministic: true,
      warmStart: true,
    },
    stepUnit: 'label blocks',
    furtherWorkers: { prove: false },
    trace: [
      { id: 'lp', label: 'Linear program' },
      { id: 'bound', label: 'Bound' },
      { id: 'columns', label: 'Columns' },
      { id: 'cuts', label: 'Cuts' },
      { id: 'labels', label: 'Labels' },
    ],
  },
  {
    id: 'auto',
    version: 1,
    name: 'Search with set partitioning',
    summary:
      'The search that suits the instance; now and then HiGHS puts the routes it has seen together anew.',
    source: 'Rochat & Taillard 1995; Subramanian, Uchoa & Ochi 2013',
    params: autoParams,
    traits: {
      anytime: true,
      exact: false,
      bounds: true,
      deterministic: true,
      warmStart: true,
      followsClock: true,
    },
    stepUnit: 'neighbourhoods',
    trace: [
      { id: 'pool', label: 'Routes to choose from' },
      { id: 'gain', label: 'Gained by choosing' },
    ],
  },
  {
    id: 'alns',
    version: 1,
    name: 'Adaptive large neighbourhoods (ALNS)',
    summary:
      'Ways to take customers out and to put them back compete, each chosen by what it has won.',
    source: 'Ropke & Pisinger 2006',
    params: alnsParams,
    traits: {
      anytime: true,
      exact: false,
      bounds: true,
      deterministic: true,
      warmStart: true,
      followsClock: true,
    },
    stepUnit: 'neighbourhoods',
    trace: [
      { id: 'current', label: 'Accepted plan' },
      { id: 'random', label: 'Weight: random removal' },
      { id: 'worst', label: 'Weight: worst removal' },
      { id: 'related', label: 'Weight: related removal' },
      { id: 'strings', label: 'Weight: strings' },
      { id: 'route', label: 'Weight: whole route' },
      { id: 'greedy', label: 'Weight: greedy insertion' },
      { id: 'regret2', label: 'Weight: regret-2' },
      { id: 'regret3', label: 'Weight: regret-3' },
    ],
  },
  {
    id: 'regret',
    version: 1,
    name: 'Regret insertion',
    summary: 'Inserts next whoever loses most by waiting, over its k best routes.',
    source: 'Potvin & Rousseau 1993',
    params: regretParams,
    traits: {
      anytime: false,
      exact: false,
      bounds: false,
      deterministic: true,
      warmStart: false,
    },
    stepUnit: 'insertions',
    trace: [
      { id: 'cost', label: 'Cost so far' },
      { id: 'routes', label: 'Routes' },
    ],
  },
  {
    id: 'savings',
    version: 1,
    name: 'Savings',
    summary: 'Joins the two route ends that save most, again and again.',
    source: 'Clarke & Wright 1964',
    params: savingsParams,
    traits: {
      anytime: false,
      exact: false,
      bounds: false,
      deterministic: true,
      warmStart: false,
    },
    stepUnit: 'merges',
    trace: [],
  },
  {
    id: 'sweep',
    version: 1,
    name: 'Sweep',
    summary: 'Fills one vehicle after the other by angle around the depot, from every start angle.',
    source: 'Gillett & Miller 1974',
    params: sweepParams,
    traits: {
      anytime: false,
      exact: false,
      bounds: false,
      deterministic: true,
      warmStart: false,
    },
    stepUnit: 'start angles',
    trace: [],
  },
  {
    id: 'petal',
    version: 1,
    name: 'Petals',
    summary: 'The cheapest routes among all runs of customers by angle, by shortest ways.',
    source: 'Foster & Ryan 1976; Ryan, Hjorring & Glover 1993',
    params: petalParams,
    traits: {
      anytime: false,
      exact: false,
      bounds: false,
      deterministic: true,
      warmStart: false,
    },
    stepUnit: 'petals',
    trace: [],
  },
  {
    id: 'fisher-jaikumar',
    version: 1,
    name: 'Fisher–Jaikumar',
    summary: 'Assigns customers to seeds within the capacity, then routes each cluster.',
    source: 'Fisher & Jaikumar 1981; Martello & Toth 1981',
    params: fisherJaikumarParams,
    traits: {
      anytime: false,
      exact: false,
      bounds: false,
      deterministic: true,
      warmStart: false,
    },
    stepUnit: 'starts',
    trace: [],
  },
  {
    id: 'local-search',
    version: 1,
    name: 'Local search',
    summary: 'One move at a time to a local optimum: relocate, swap, 2-opt, 2-opt*.',
    source: 'Savelsbergh 1992; Potvin & Rousseau 1995',
    params: localSearchParams,
    traits: {
      anytime: false,
      exact: false,
      bounds: false,
      deterministic: true,
      warmStart: true,
    },
    stepUnit: 'moves',
    trace: [
      { id: 'length', label: 'Distance' },
      { id: 'gain', label: 'Gain', log: true },
      { id: 'move', label: 'Move (1 relocate, 2 swap, 3 2-opt, 4 2-opt*)' },
    ],
  },
] as const satisfies readonly SolverInfo[];

export type SolverId = (typeof solvers)[number]['id'];
