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

export const INSERTION_PARAMS = [
  {
    id: 'rule',
    type: 'choice',
    label: 'Rule',
    help: 'Which city comes next; it goes where the tour grows least.',
    default: 'farthest',
    options: [
      { value: 'nearest', label: 'Nearest', help: 'The city nearest to the tour.' },
      { value: 'farthest', label: 'Farthest', help: 'The city farthest from the tour.' },
      { value: 'cheapest', label: 'Cheapest', help: 'The city that costs least.' },
      { value: 'random', label: 'Random', help: 'Any city.' },
      {
        value: 'convex-hull',
        label: 'Convex hull',
        help: 'Begins with the hull; then the city with the least detour by ratio.',
      },
    ],
  },
] as const satisfies readonly ParamSpec[];

export const DESCENT_PARAMS = [
  {
    id: 'moves',
    type: 'choice',
    label: 'Moves',
    help: 'What a move exchanges.',
    default: '2-opt',
    options: [
      { value: '2-opt', label: '2-opt', help: 'Two edges: a part of the tour is turned round.' },
      { value: 'or-opt', label: 'Or-opt', help: 'Up to three cities in a row move elsewhere.' },
      { value: '3-opt', label: '3-opt', help: 'Two or three edges.' },
      { value: 'lin-kernighan', label: 'Lin–Kernighan', help: 'Up to five edges, in depth.' },
    ],
  },
  {
    id: 'start',
    type: 'choice',
    label: 'Start',
    help: 'The tour that is improved.',
    default: 'nearest-neighbour',
    options: [
      { value: 'random', label: 'Random' },
      { value: 'space-filling-curve', label: 'Space-filling curve' },
      { value: 'nearest-neighbour', label: 'Nearest neighbour' },
      { value: 'greedy', label: 'Greedy edge' },
    ],
  },
  {
    id: 'neighbours',
    type: 'number',
    label: 'Neighbours',
    help: 'Length of the neighbour lists that moves are taken from.',
    default: 10,
    min: 5,
    max: 50,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const ANNEALING_PARAMS = [
  {
    id: 'start',
    type: 'number',
    label: 'First temperature',
    help: 'In mean distances to the second nearest city.',
    default: 2,
    min: 0.01,
    max: 100,
    step: 0.1,
  },
  {
    id: 'end',
    type: 'number',
    label: 'Last temperature',
    help: 'In mean distances to the second nearest city.',
    default: 0.01,
    min: 0.0001,
    max: 10,
    step: 0.01,
  },
  {
    id: 'sweeps',
    type: 'number',
    label: 'Moves per city',
    help: 'Length of the schedule when the run has no budget; else it lasts as long as that.',
    default: 5000,
    min: 10,
    max: 1_000_000,
    step: 100,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const ANT_COLONY_PARAMS = [
  {
    id: 'ants',
    type: 'number',
    label: 'Ants',
    help: 'Tours drawn before the trails change.',
    default: 25,
    min: 1,
    max: 1000,
    step: 1,
    integer: true,
  },
  {
    id: 'beta',
    type: 'number',
    label: 'Nearness',
    help: 'Power of 1 / distance in the choice of the next city.',
    default: 3,
    min: 0,
    max: 8,
    step: 1,
    integer: true,
  },
  {
    id: 'evaporation',
    type: 'number',
    label: 'Evaporation',
    help: 'Share of a trail that is gone after each round.',
    unit: '%',
    default: 5,
    min: 1,
    max: 90,
    step: 1,
    integer: true,
  },
  {
    id: 'improve',
    type: 'boolean',
    label: '2-opt',
    help: "Improves every ant's tour by 2-opt.",
    default: false,
  },
] as const satisfies readonly ParamSpec[];

export const GENETIC_PARAMS = [
  {
    id: 'population',
    type: 'number',
    label: 'Population',
    help: 'Tours in a generation.',
    unit: 'tours',
    default: 100,
    min: 10,
    max: 1000,
    step: 1,
    integer: true,
  },
  {
    id: 'crossover',
    type: 'number',
    label: 'Crossover',
    help: 'Share of children of two parents.',
    unit: '%',
    default: 80,
    min: 0,
    max: 100,
    step: 1,
    integer: true,
  },
  {
    id: 'mutation',
    type: 'number',
    label: 'Mutation',
    help: 'Share of children of which a part is turned round.',
    unit: '%',
    default: 40,
    min: 0,
    max: 100,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const SOM_PARAMS = [
  {
    id: 'neurons',
    type: 'number',
    label: 'Neurons per city',
    help: 'Length of the ring.',
    default: 3,
    min: 1,
    max: 10,
    step: 0.5,
  },
  {
    id: 'epochs',
    type: 'number',
    label: 'Epochs',
    help: 'How often every city is shown.',
    default: 60,
    min: 1,
    max: 2000,
    step: 1,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** Above these a solver refuses an instance. */
export const MAX_DYNAMIC_PROGRAMMING = 16;
export const MAX_HELD_KARP = 200_000;
export const MAX_EAX = 5000;
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
    id: 'ils',
    version: 3,
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
    version: 3,
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

/** Up to this many cities crossover finds shorter tours than local search within seconds. */
const CROSSED = 3000;

export const defaultSolver = (instance: TspInstance): SolverId =>
  cityCount(instance) <= CROSSED ? 'eax' : 'ils';

/** What takes distances that differ by direction: by itself, or by two cities for each. */
const DIRECTED: readonly string[] = [
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
/** Cities of a path at most: it is solved as a matrix. */
export const MAX_OPEN = 1999;
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
