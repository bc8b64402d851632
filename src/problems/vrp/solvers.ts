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
    version: 1,
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
] as const satisfies readonly SolverInfo[];

export type SolverId = (typeof solvers)[number]['id'];
