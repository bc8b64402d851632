/** Parameters of the routing solvers, and up to what size they are used. */
import type { ParamSpec } from '../../core/params.ts';

/** From so many customers on a local search after each recreate measures better. */
export const LOCAL_SEARCH_FROM = 300;

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
    help: 'Temperature at the start of a long annealing, relative to the mean edge of the first plan.',
    default: 1,
    min: 0.001,
    max: 10,
    step: 0.05,
  },
  {
    id: 'cold',
    type: 'number',
    label: 'End temperature',
    help: 'Temperature at the end of the budget, relative to the mean edge of the first plan.',
    default: 0.012,
    min: 0.0001,
    max: 1,
    step: 0.001,
  },
  {
    id: 'local',
    type: 'choice',
    label: 'Local search',
    help: `Moves after each recreate (relocate, swap, 2-opt, 2-opt*) for the vertices it touched, as FILO does (Accorsi & Vigo 2021); not under windows, durations or variants. By size: from ${LOCAL_SEARCH_FROM} customers on.`,
    default: 'auto',
    options: [
      { value: 'auto', label: 'By size' },
      { value: 'none', label: 'None' },
      { value: 'cached', label: 'Cached vertices' },
    ],
  },
  {
    id: 'cache',
    type: 'number',
    label: 'Cache',
    help: 'Most vertices the local search remembers as touched.',
    default: 64,
    min: 1,
    max: 1000,
    integer: true,
    shownWhen: ({ local }) => local !== 'none',
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
    help: 'Percent of the budget spent on ruin and recreate first; 0 chooses by size and windows.',
    default: 0,
    min: 0,
    max: 90,
  },
  {
    id: 'patience',
    type: 'number',
    label: 'Patience',
    help: 'Offspring without a better plan before the population starts anew, and then takes in the best of the old; 0 chooses: fewer under windows.',
    default: 0,
    min: 0,
    max: 100_000,
    integer: true,
  },
  {
    id: 'crossover',
    type: 'choice',
    label: 'Crossover',
    help: 'How two plans make a third: OX crosses them as giant tours and cuts the outcome, SREX exchanges neighbouring routes.',
    default: 'suited',
    options: [
      { value: 'suited', label: 'OX, under windows both' },
      { value: 'ox', label: 'OX (giant tours)' },
      { value: 'srex', label: 'SREX (whole routes)' },
      { value: 'both', label: 'Both, by chance' },
    ],
  },
] as const satisfies readonly ParamSpec[];

/** Up to so many customers the genetic search is ahead within a minute; under windows. */
export const GENETIC_BEST = 300;
export const GENETIC_BEST_TIMED = 500;

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
  {
    id: 'bound',
    type: 'number',
    label: 'Effort on the bound',
    help: 'Percent of the work spent on column generation beside the search.',
    default: 20,
    min: 0,
    max: 90,
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
export const COLUMN_GENERATION_CUSTOMERS = 600;

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
    help: 'Raise the bound; otherwise only the search beside it runs.',
    default: true,
  },
] as const satisfies readonly ParamSpec[];

/** Most customers dispatching takes. */
export const DISPATCH_CUSTOMERS = VARIANT_CUSTOMERS;

export const dispatchParams = [
  {
    id: 'replan',
    type: 'boolean',
    label: 'Plan anew',
    help: 'Ruin and recreate what nobody has left for whenever requests come in; otherwise they are only inserted into the plan the day began with.',
    default: true,
  },
  {
    id: 'steps',
    type: 'number',
    label: 'Steps per arrival',
    help: 'Ruins after each arrival; ten times as many before the day begins.',
    default: 300,
    min: 1,
    max: 100_000,
    integer: true,
  },
  {
    id: 'wait',
    type: 'choice',
    label: 'Waiting',
    help: 'When a vehicle leaves for its next customer.',
    default: 'drive',
    options: [
      { value: 'drive', label: 'Drive first: at once' },
      { value: 'middle', label: 'Half of the time to spare' },
      { value: 'wait', label: 'Wait first: at the last moment' },
    ],
  },
  {
    id: 'interval',
    type: 'number',
    label: 'Interval',
    help: 'Requests are looked at every so often; 0 for as soon as they are known.',
    default: 0,
    min: 0,
    max: 1e9,
  },
] as const satisfies readonly ParamSpec[];

/** Most customers and days that inventory routing is proven for. */
export const EXACT_STOCKS = { customers: 5, days: 5 } as const;

export const stocksParams = [
  {
    id: 'removed',
    type: 'number',
    label: 'Customers removed',
    help: 'At most so many are taken out of all their days at once.',
    default: 6,
    min: 1,
    max: 50,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const stocksExactParams = [] as const satisfies readonly ParamSpec[];

export const forecastParams = [
  {
    id: 'method',
    type: 'choice',
    label: 'Forecast',
    help: 'What the forecast is fitted to.',
    default: 'decision',
    options: [
      { value: 'squares', label: 'Least squares: predict, then optimise' },
      { value: 'margin', label: 'Least squares with a margin tuned on the past' },
      { value: 'decision', label: 'Decision-focused: the cost of past plans' },
      { value: 'perfect', label: 'None: the use is known' },
    ],
  },
] as const satisfies readonly ParamSpec[];
