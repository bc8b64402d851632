/** What the page knows of the TSP solvers without loading them. */
import type { SolverInfo } from '../../core/solver.ts';
import { cityCount, type TspInstance } from './instance.ts';
import {
  ANNEALING_PARAMS,
  ANT_COLONY_PARAMS,
  AUTO_PARAMS,
  BRANCH_AND_CUT_PARAMS,
  DESCENT_PARAMS,
  EAX_PARAMS,
  GENETIC_PARAMS,
  HELD_KARP_PARAMS,
  ILS_PARAMS,
  INSERTION_PARAMS,
  NEAREST_NEIGHBOUR_PARAMS,
  SOM_PARAMS,
} from './solver-params.ts';

/** Above these a solver refuses an instance. */
export const MAX_DYNAMIC_PROGRAMMING = 16;
export const MAX_HELD_KARP = 200_000;
export const MAX_EAX = 12_000;
export const MAX_BRANCH_AND_CUT = 1000;
/** What works on all pairs of cities, by solver id. */
const MAX_QUADRATIC: Readonly<Record<string, number>> = {
  insertion: 12_000,
  savings: 12_000,
  christofides: 2000,
  'ant-colony': 2000,
  genetic: 5000,
  'self-organising-map': 5000,
};

const heuristic = {
  anytime: true,
  exact: false,
  bounds: false,
  deterministic: true,
  warmStart: false,
};

export const solverInfos = [
  {
    id: 'auto',
    version: 4,
    name: 'Automatic',
    summary:
      'Picks by size and budget: local search, merged tours or crossover, then branch and cut from the best tour, with a bound on the side.',
    source: 'Nagata & Kobayashi 2013; Applegate et al. 2006',
    params: AUTO_PARAMS,
    traits: { ...heuristic, bounds: true, warmStart: true, followsClock: true },
    stepUnit: 'moves',
    furtherWorkers: { bound: 0, prove: false },
    trace: [{ id: 'current', label: 'Current tour' }],
  },
  {
    id: 'ils',
    version: 5,
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
    version: 3,
    name: 'Edge assembly crossover',
    summary: `Crosses locally optimal tours by their AB-cycles, then by blocks of these, and keeps them diverse; proves a bound on the side. Up to ${MAX_EAX.toLocaleString('en')} cities.`,
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
    id: 'insertion',
    version: 1,
    name: 'Insertion',
    summary:
      'Lets a small tour grow by one city at a time: nearest, farthest, cheapest, random, or from the convex hull.',
    source: 'Rosenkrantz, Stearns & Lewis 1977; Golden et al. 1980',
    params: INSERTION_PARAMS,
    traits: heuristic,
    stepUnit: 'cities',
    trace: [],
  },
  {
    id: 'savings',
    version: 1,
    name: 'Savings',
    summary: 'Goes from a hub to every city and back, then takes the short cuts that save most.',
    source: 'Clarke & Wright 1964',
    params: [],
    traits: heuristic,
    stepUnit: 'edges',
    trace: [],
  },
  {
    id: 'christofides',
    version: 1,
    name: 'Christofides',
    summary:
      'A spanning tree and a matching of its odd cities: at most half as long again as the shortest tour where the triangle inequality holds.',
    source: 'Christofides 1976; Edmonds 1965',
    params: [],
    traits: { ...heuristic, bounds: true },
    stepUnit: 'tours',
    trace: [],
  },
  {
    id: 'local-search',
    version: 1,
    name: 'Local search',
    summary: '2-opt, Or-opt, 3-opt or Lin–Kernighan from one start, down to where no move helps.',
    source: 'Croes 1958; Lin 1965; Or 1976; Lin & Kernighan 1973',
    params: DESCENT_PARAMS,
    traits: { ...heuristic, warmStart: true },
    stepUnit: 'moves',
    trace: [{ id: 'current', label: 'Current tour' }],
  },
  {
    id: 'simulated-annealing',
    version: 1,
    name: 'Simulated annealing',
    summary: 'Random exchanges of edges; longer tours are taken too, ever less often as it cools.',
    source: 'Kirkpatrick, Gelatt & Vecchi 1983; Černý 1985',
    params: ANNEALING_PARAMS,
    traits: { ...heuristic, warmStart: true, followsClock: true },
    stepUnit: 'hundreds of moves',
    trace: [
      { id: 'current', label: 'Current tour' },
      { id: 'temperature', label: 'Temperature', log: true },
    ],
  },
  {
    id: 'ant-colony',
    version: 1,
    name: 'Ant colony',
    summary:
      'MAX–MIN ant system: ants draw tours by pheromone and nearness, and the best marks its trail.',
    source: 'Dorigo, Maniezzo & Colorni 1996; Stützle & Hoos 2000',
    params: ANT_COLONY_PARAMS,
    traits: heuristic,
    stepUnit: 'ants',
    trace: [
      { id: 'round', label: 'Best of the round' },
      { id: 'branching', label: 'Edges worth a try per city' },
    ],
  },
  {
    id: 'genetic',
    version: 1,
    name: 'Genetic algorithm',
    summary: 'Order crossover and inversion over generations of tours, without local search.',
    source: 'Davis 1985',
    params: GENETIC_PARAMS,
    traits: { ...heuristic, warmStart: true },
    stepUnit: 'children',
    trace: [
      { id: 'best', label: 'Best of the population' },
      { id: 'mean', label: 'Mean of the population' },
    ],
  },
  {
    id: 'self-organising-map',
    version: 1,
    name: 'Self-organising map',
    summary: 'A ring of neurons is drawn towards the cities until it passes through them.',
    source: 'Kohonen 1982; Angéniol, de la Croix Vaubois & Le Texier 1988',
    params: SOM_PARAMS,
    traits: heuristic,
    stepUnit: 'cities shown',
    trace: [{ id: 'width', label: 'Neighbourhood', unit: 'neurons', log: true }],
  },
  {
    id: 'held-karp',
    version: 4,
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

/** A run that names no solver. Links name theirs when a person has chosen one. */
export const defaultSolver = (): SolverId => 'auto';

/** What takes distances that differ by direction: by itself, or by two cities for each. */
const DIRECTED: readonly string[] = [
  'auto',
  'ils',
  'eax',
  'branch-and-cut',
  'nearest-neighbour',
  'insertion',
  'genetic',
  'dynamic-programming',
];
/** What does not take paths, as it has no use for a city that lies nowhere. */
const CLOSED: readonly string[] = [
  'space-filling-curve',
  'savings',
  'christofides',
  'self-organising-map',
];
/** What keeps fixed edges. */
const FIXING: readonly string[] = ['auto', 'ils', 'eax', 'branch-and-cut', 'dynamic-programming'];
/** Cities of a path at most: it is solved as a matrix. */
export const MAX_OPEN = 1999;
/** Cities at most where edges are fixed, alike. */
export const MAX_FIXED = 1999;
/** Directed cities at most where each counts as two. */
export const MAX_DIRECTED = 1000;

/** Why a solver cannot take an instance; null when it can. */
export function refuses(solverId: string, instance: TspInstance): string | null {
  const nameOf = () => solverInfos.find(({ id }) => id === solverId)?.name ?? solverId;
  if (instance.directed) {
    if (!DIRECTED.includes(solverId))
      return `${nameOf()} takes distances that are equal both ways; these differ by direction.`;
    if (cityCount(instance) > MAX_DIRECTED)
      return `${nameOf()} takes at most ${MAX_DIRECTED.toLocaleString('en')} cities of an asymmetric instance.`;
  }
  if (instance.fixed) {
    if (!FIXING.includes(solverId))
      return `${nameOf()} does not keep fixed edges; automatic, local search, crossover and the exact solvers do.`;
    if (cityCount(instance) > MAX_FIXED)
      return `Edges can be fixed among at most ${MAX_FIXED.toLocaleString('en')} cities.`;
  }
  if (instance.open && CLOSED.includes(solverId))
    return `${nameOf()} makes closed tours only; this instance asks for a path.`;
  if (instance.open && cityCount(instance) > MAX_OPEN)
    return `Paths are found through at most ${MAX_OPEN.toLocaleString('en')} cities.`;
  // Of directed ones branch and cut sees two for each.
  const n = cityCount(instance) * (instance.directed && solverId === 'branch-and-cut' ? 2 : 1);
  if (solverId === 'dynamic-programming' && n > MAX_DYNAMIC_PROGRAMMING)
    return `Dynamic programming takes at most ${MAX_DYNAMIC_PROGRAMMING} cities.`;
  if (solverId === 'held-karp' && n > MAX_HELD_KARP)
    return `The Held–Karp bound takes at most ${MAX_HELD_KARP} cities here.`;
  if (solverId === 'branch-and-cut' && n > MAX_BRANCH_AND_CUT)
    return `Branch and cut takes at most ${MAX_BRANCH_AND_CUT} cities here.`;
  if (solverId === 'eax' && n > MAX_EAX)
    return `Edge assembly crossover takes at most ${MAX_EAX} cities here.`;
  const most = MAX_QUADRATIC[solverId] ?? Infinity;
  if (n > most) {
    return `${nameOf()} takes at most ${most.toLocaleString('en')} cities here.`;
  }
  if (solverId === 'self-organising-map' && instance.cities.length === 0)
    return 'A self-organising map needs coordinates; this instance has only distances.';
  if (solverId === 'self-organising-map' && instance.metric === 'matrix')
    return 'A self-organising map reads coordinates, but here a matrix gives the distances.';
  if (solverId === 'space-filling-curve' && instance.cities.length === 0)
    return 'A space-filling curve needs coordinates; this instance has only distances.';
  return null;
}
