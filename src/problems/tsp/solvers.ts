/** What the page knows of the TSP solvers without loading them. */
import type { ParamSpec } from '../../core/params.ts';
import type { SolverInfo } from '../../core/solver.ts';
import { cityCount, type TspInstance } from './instance.ts';

export const NEAREST_NEIGHBOUR_PARAMS = [
  {
    id: 'starts',
    type: 'number',
    label: 'Starts',
    help: 'From how many cities to try; at most all.',
    default: 20,
    min: 1,
    max: 1000,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const ILS_PARAMS = [
  {
    id: 'neighbours',
    type: 'number',
    label: 'Neighbours',
    help: 'Length of the neighbour lists that moves are taken from.',
    default: 8,
    min: 5,
    max: 16,
    step: 1,
    integer: true,
  },
  {
    id: 'kick',
    type: 'number',
    label: 'Kick length',
    help: 'Longest segment a double-bridge kick exchanges.',
    unit: 'cities',
    default: 50,
    min: 3,
    max: 500,
    step: 1,
    integer: true,
  },
  {
    id: 'acceptance',
    type: 'choice',
    label: 'Acceptance',
    help: 'Which tours a kick may leave behind.',
    default: 'not-worse',
    options: [
      { value: 'not-worse', label: 'Not worse', help: 'Equal or shorter tours only.' },
      {
        value: 'threshold',
        label: 'Cooled threshold',
        help: 'Slightly longer tours too, ever less so as the budget is used up.',
      },
    ],
  },
  {
    id: 'bound',
    type: 'number',
    label: 'Bound',
    help: 'Share of the effort spent on proving a lower bound, until that has converged.',
    unit: '%',
    default: 20,
    min: 0,
    max: 90,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const EAX_PARAMS = [
  {
    id: 'population',
    type: 'number',
    label: 'Population',
    help: 'Tours that are crossed: more find better tours, later.',
    unit: 'tours',
    default: 40,
    min: 10,
    max: 300,
    step: 1,
    integer: true,
  },
  {
    id: 'children',
    type: 'number',
    label: 'Children',
    help: 'Tried per pair of parents; the best replaces one of them.',
    default: 30,
    min: 1,
    max: 100,
    step: 1,
    integer: true,
  },
  {
    id: 'bound',
    type: 'number',
    label: 'Bound',
    help: 'Share of the effort spent on proving a lower bound, until that has converged.',
    unit: '%',
    default: 20,
    min: 0,
    max: 90,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const HELD_KARP_PARAMS = [
  {
    id: 'effort',
    type: 'number',
    label: 'Iterations',
    help: 'Subgradient steps between halvings of the step size, and ten times that in all at least.',
    default: 40,
    min: 5,
    max: 1000,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const BRANCH_AND_CUT_PARAMS = [
  {
    id: 'kicks',
    type: 'number',
    label: 'Kicks first',
    help: 'Kicks of local search per city before the first linear program.',
    default: 15,
    min: 0,
    max: 1000,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** Above these a solver refuses an instance. */
export const MAX_DYNAMIC_PROGRAMMING = 16;
export const MAX_HELD_KARP = 12_000;
export const MAX_EAX = 5000;
export const MAX_BRANCH_AND_CUT = 1000;

const heuristic = {
  anytime: true,
  exact: false,
  bounds: false,
  deterministic: true,
  warmStart: false,
};

export const solverInfos = [
  {
    id: 'ils',
    version: 2,
    name: 'Iterated local search',
    summary:
      'Lin–Kernighan moves of up to five edges on neighbour lists, kicked by local double bridges; proves a bound on the side.',
    source: 'Lin & Kernighan 1973; Martin, Otto & Felten 1991; Applegate, Cook & Rohe 2003',
    params: ILS_PARAMS,
    traits: { ...heuristic, bounds: true, warmStart: true, followsClock: true },
    stepUnit: 'moves',
    furtherWorkers: { bound: 0 },
    trace: [{ id: 'current', label: 'Current tour' }],
  },
  {
    id: 'eax',
    version: 1,
    name: 'Edge assembly crossover',
    summary: `Crosses locally optimal tours by their AB-cycles and keeps them diverse; proves a bound on the side. Up to ${MAX_EAX.toLocaleString('en')} cities.`,
    source: 'Nagata & Kobayashi 2013',
    params: EAX_PARAMS,
    traits: { ...heuristic, bounds: true, warmStart: true },
    stepUnit: 'moves',
    trace: [
      { id: 'best', label: 'Best of the population' },
      { id: 'mean', label: 'Mean of the population' },
    ],
  },
  {
    id: 'nearest-neighbour',
    version: 1,
    name: 'Nearest neighbour',
    summary: 'Goes to the nearest city not visited yet, from several starts.',
    source: 'Bellmore & Nemhauser 1968; Rosenkrantz, Stearns & Lewis 1977',
    params: NEAREST_NEIGHBOUR_PARAMS,
    traits: heuristic,
    stepUnit: 'tours',
    trace: [],
  },
  {
    id: 'greedy',
    version: 1,
    name: 'Greedy edge',
    summary: 'Takes the shortest edge that closes no cycle and gives no city a third edge.',
    source: 'Bentley 1992',
    params: [],
    traits: heuristic,
    stepUnit: 'edges',
    trace: [],
  },
  {
    id: 'space-filling-curve',
    version: 1,
    name: 'Space-filling curve',
    summary: 'Visits the cities in the order of the Hilbert curve.',
    source: 'Platzman & Bartholdi 1989',
    params: [],
    traits: heuristic,
    stepUnit: 'tours',
    trace: [],
  },
  {
    id: 'held-karp',
    version: 2,
    name: 'Held–Karp bound',
    summary: 'Raises the minimum 1-tree by subgradient ascent: proves how short no tour can be.',
    source: 'Held & Karp 1971',
    params: HELD_KARP_PARAMS,
    traits: { ...heuristic, bounds: true },
    stepUnit: '1-trees',
    trace: [
      { id: 'one-tree', label: '1-tree' },
      { id: 'step', label: 'Step size', log: true },
    ],
  },
  {
    id: 'branch-and-cut',
    version: 1,
    name: 'Branch and cut',
    summary: `Tightens a linear relaxation by subtours, blossoms and combs, and splits on edges: exact, usually within a minute up to 200 cities; at most ${MAX_BRANCH_AND_CUT.toLocaleString('en')}.`,
    source: 'Dantzig, Fulkerson & Johnson 1954; Padberg & Rinaldi 1991; Applegate et al. 2006',
    params: BRANCH_AND_CUT_PARAMS,
    traits: { ...heuristic, exact: true, bounds: true, warmStart: true },
    stepUnit: 'kicks and pivots',
    furtherWorkers: { kicks: 1000 },
    trace: [
      { id: 'relaxation', label: 'Linear relaxation' },
      { id: 'cuts', label: 'Cuts' },
      { id: 'open', label: 'Open nodes' },
    ],
  },
  {
    id: 'dynamic-programming',
    version: 1,
    name: 'Dynamic programming',
    summary: `Tries all orders at once over subsets of cities; exact, up to ${MAX_DYNAMIC_PROGRAMMING} cities.`,
    source: 'Bellman 1962; Held & Karp 1962',
    params: [],
    traits: { ...heuristic, exact: true },
    stepUnit: 'subsets',
    trace: [],
  },
] as const satisfies readonly SolverInfo[];

export type SolverId = (typeof solverInfos)[number]['id'];

/** Why a solver cannot take an instance; null when it can. */
export function refuses(solverId: string, instance: TspInstance): string | null {
  const n = cityCount(instance);
  if (solverId === 'dynamic-programming' && n > MAX_DYNAMIC_PROGRAMMING)
    return `Dynamic programming takes at most ${MAX_DYNAMIC_PROGRAMMING} cities.`;
  if (solverId === 'held-karp' && n > MAX_HELD_KARP)
    return `The Held–Karp bound takes at most ${MAX_HELD_KARP} cities here.`;
  if (solverId === 'branch-and-cut' && n > MAX_BRANCH_AND_CUT)
    return `Branch and cut takes at most ${MAX_BRANCH_AND_CUT} cities here.`;
  if (solverId === 'eax' && n > MAX_EAX)
    return `Edge assembly crossover takes at most ${MAX_EAX} cities here.`;
  if (solverId === 'space-filling-curve' && instance.cities.length === 0)
    return 'A space-filling curve needs coordinates; this instance has only distances.';
  return null;
}
