/** What the page and the command line know of the knapsack solvers. */
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import type { SolverInfo } from '../../core/solver.ts';

const multipliers = {
  id: 'multipliers',
  type: 'choice',
  label: 'Multipliers',
  help: 'How several capacities are joined into one for the order and the bound.',
  default: 'subgradient',
  options: [
    { value: 'subgradient', label: 'Subgradient', help: 'Near the best possible ones.' },
    { value: 'equal', label: 'By capacity', help: 'Each capacity counts the same.' },
  ],
} as const;

export const greedyParams = [multipliers] as const satisfies readonly ParamSpec[];

export const branchParams = [
  multipliers,
  {
    id: 'bound',
    type: 'choice',
    label: 'Bound',
    help: 'What cuts a subtree of the plain problem.',
    default: 'dantzig',
    options: [
      { value: 'dantzig', label: 'Dantzig', help: 'The linear relaxation.' },
      {
        value: 'martello-toth',
        label: 'Martello–Toth',
        help: 'The break item left out or in; tighter and slower.',
      },
    ],
  },
] as const satisfies readonly ParamSpec[];

export const tableParams = [
  {
    id: 'table',
    type: 'choice',
    label: 'Table',
    help: 'What the table runs over in plain problems.',
    default: 'weight',
    options: [
      { value: 'weight', label: 'By weight', help: 'The best profit of each capacity.' },
      { value: 'profit', label: 'By profit', help: 'The least weight of each profit.' },
    ],
  },
] as const satisfies readonly ParamSpec[];

const number = <Id extends string>(
  id: Id,
  label: string,
  help: string,
  value: number,
  max: number,
  step: number,
  policy: string | null,
) => ({
  id,
  type: 'number' as const,
  label,
  help,
  default: value,
  min: 0,
  max,
  step,
  ...(policy === null ? {} : { shownWhen: (values: ParamValues) => values.policy === policy }),
});

export const onlineParams = [
  {
    id: 'policy',
    type: 'choice',
    label: 'Policy',
    help: 'What an arriving item must pay per weight.',
    default: 'zcl',
    options: [
      { value: 'zcl', label: 'ZCL', help: 'A price that rises exponentially with the share used.' },
      { value: 'fair', label: 'Time-fair', help: 'One price for the first share α, then rising.' },
      { value: 'learned', label: 'With a prediction', help: 'A predicted price inside ZCL.' },
      {
        value: 'secretary',
        label: 'Secretary',
        help: 'Watches 1/e of the items, then their price.',
      },
      { value: 'greedy', label: 'Whatever fits', help: 'No price at all.' },
    ],
  },
  {
    id: 'order',
    type: 'choice',
    label: 'Arrival',
    help: 'The order in which items arrive.',
    default: 'listed',
    options: [
      { value: 'listed', label: 'As listed' },
      { value: 'random', label: 'At random' },
      { value: 'rising', label: 'Rising density', help: 'The adversary of every threshold.' },
      { value: 'falling', label: 'Falling density' },
    ],
  },
  number(
    'alpha',
    'α',
    'Share of the capacity sold at one price; raised to its least.',
    0.5,
    0.99,
    0.05,
    'fair',
  ),
  number(
    'trust',
    'Trust',
    'Share of the capacity sold at the predicted price.',
    0.5,
    1,
    0.05,
    'learned',
  ),
  number(
    'error',
    'Prediction error',
    'Largest relative error of the predicted critical density; 0 predicts perfectly.',
    0.1,
    10,
    0.05,
    'learned',
  ),
  number('low', 'Least density', 'Known beforehand; 0 takes it from the items.', 0, 1e9, 1, null),
  number(
    'high',
    'Largest density',
    'Known beforehand; 0 takes it from the items.',
    0,
    1e9,
    1,
    null,
  ),
] as const satisfies readonly ParamSpec[];

export const fptasParams = [
  {
    id: 'epsilon',
    type: 'number',
    label: 'ε',
    help: 'The result is at least 1 − ε of the optimum; the time grows with 1/ε.',
    default: 0.05,
    min: 0.001,
    max: 0.9,
    step: 0.01,
  },
] as const satisfies readonly ParamSpec[];

export const searchParams = [
  {
    id: 'drop',
    type: 'number',
    label: 'Items dropped',
    help: 'Most items taken out in one move before refilling.',
    default: 4,
    min: 1,
    max: 50,
    integer: true,
    step: 1,
  },
  {
    id: 'memory',
    type: 'number',
    label: 'Acceptance memory',
    help: 'A move is accepted when it beats the value this many moves ago; longer searches wider.',
    unit: 'moves',
    default: 1000,
    min: 1,
    max: 100_000,
    integer: true,
    step: 1,
  },
] as const satisfies readonly ParamSpec[];

export const fitParams = [
  {
    id: 'rule',
    type: 'choice',
    label: 'Rule',
    help: 'The bin an item goes into, and the order of the items.',
    default: 'all',
    options: [
      { value: 'all', label: 'All in turn', help: 'Every rule; the best is kept.' },
      { value: 'next', label: 'Next fit', help: 'The last bin, or a new one.' },
      { value: 'first', label: 'First fit', help: 'The first bin with room.' },
      { value: 'best', label: 'Best fit', help: 'The fullest bin with room.' },
      { value: 'worst', label: 'Worst fit', help: 'The emptiest bin with room.' },
      { value: 'next-decreasing', label: 'Next fit decreasing', help: 'Heaviest items first.' },
      { value: 'first-decreasing', label: 'First fit decreasing', help: 'Heaviest items first.' },
      { value: 'best-decreasing', label: 'Best fit decreasing', help: 'Heaviest items first.' },
      { value: 'worst-decreasing', label: 'Worst fit decreasing', help: 'Heaviest items first.' },
      {
        value: 'minimum-bin-slack',
        label: 'Minimum bin slack',
        help: 'Bin by bin, the subset that leaves the least room.',
      },
    ],
  },
] as const satisfies readonly ParamSpec[];

const PROVEN = { exact: true, bounds: true, deterministic: true } as const;

export const solvers = [
  {
    id: 'core',
    version: 4,
    name: 'Expanding core',
    summary: 'Dynamic programming over lists of states, outward from the break item; one capacity.',
    source: 'Pisinger 1997; Martello, Pisinger & Toth 1999',
    params: [],
    traits: { ...PROVEN, anytime: true, warmStart: true },
    stepUnit: 'states',
    trace: [
      { id: 'states', label: 'States', log: true },
      { id: 'core', label: 'Core size', unit: 'items' },
    ],
  },
  {
    id: 'highs',
    version: 1,
    name: 'HiGHS',
    summary: 'Exact branch and cut for any number of capacities, in rounds of growing node limits.',
    source: 'Huangfu & Hall 2018; HiGHS 1.15',
    params: [],
    traits: { ...PROVEN, anytime: true, warmStart: true },
    stepUnit: 'nodes',
    trace: [
      { id: 'nodes', label: 'Nodes', log: true },
      { id: 'bound', label: 'Bound' },
    ],
  },
  {
    id: 'branch-and-bound',
    version: 2,
    name: 'Branch and bound',
    summary:
      'Depth-first search cut by relaxations; several sacks first as one, bins by completion.',
    source: 'Horowitz & Sahni 1974; Martello & Toth 1977; Pisinger 1999; Korf 2002',
    params: branchParams,
    traits: { ...PROVEN, anytime: true, warmStart: true },
    stepUnit: 'nodes',
    trace: [{ id: 'depth', label: 'Depth', unit: 'items' }],
  },
  {
    id: 'dynamic-programming',
    version: 1,
    name: 'Dynamic programming',
    summary: 'The best profit of every capacity, item by item; one capacity of moderate size.',
    source: 'Bellman 1957',
    params: tableParams,
    traits: { ...PROVEN, anytime: true, warmStart: true },
    stepUnit: 'items',
    trace: [
      { id: 'profit', label: 'Profit so far' },
      { id: 'share', label: 'Rows done', unit: '%' },
    ],
  },
  {
    id: 'local-search',
    version: 1,
    name: 'Drop and refill',
    summary: 'Drops a few items, refills by efficiency; late acceptance; any number of capacities.',
    source: 'Ruiz & Stützle 2007; Burke & Bykov 2017',
    params: searchParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'moves',
    trace: [
      { id: 'current', label: 'Current profit' },
      { id: 'best', label: 'Best profit' },
    ],
  },
  {
    id: 'greedy',
    version: 1,
    name: 'Greedy by efficiency',
    summary: 'Takes items in order of profit per weight while they fit, or the best single item.',
    source: 'Dantzig 1957',
    params: greedyParams,
    traits: { anytime: false, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'items',
    trace: [],
  },
  {
    id: 'fptas',
    version: 1,
    name: 'FPTAS',
    summary: 'Profits in coarser units, solved exactly: at least 1 − ε of the optimum, proven.',
    source: 'Ibarra & Kim 1975; Lawler 1979',
    params: fptasParams,
    traits: { anytime: false, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'items',
    trace: [
      { id: 'unit', label: 'Unit of profit' },
      { id: 'table', label: 'Width of the table' },
    ],
  },
  {
    id: 'online',
    version: 1,
    name: 'Online policy',
    summary: 'Items arrive one by one and are taken or left for good; against the offline optimum.',
    source: 'Zhou, Chakrabarty & Lukose 2008; Lechowicz et al. 2023; Babaioff et al. 2007',
    params: onlineParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'arrivals',
    trace: [
      { id: 'arrival', label: 'Arrival' },
      { id: 'item', label: 'Item' },
      { id: 'density', label: 'Profit per weight' },
      { id: 'threshold', label: 'Threshold' },
      { id: 'filled', label: 'Filled', unit: '%' },
      { id: 'taken', label: 'Taken' },
    ],
  },
  {
    id: 'bin-fit',
    version: 1,
    name: 'Bin rules',
    summary: 'Next, first, best and worst fit, as given or heaviest first; minimum bin slack.',
    source: 'Johnson 1973; Gupta & Ho 1999',
    params: fitParams,
    traits: { anytime: false, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'items',
    trace: [{ id: 'bins', label: 'Bins open' }],
  },
] as const satisfies readonly SolverInfo[];

export type SolverId = (typeof solvers)[number]['id'];
