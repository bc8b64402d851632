/** The parameters of the TSP solvers. */
import type { ParamSpec } from '../../core/params.ts';

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

export const AUTO_PARAMS = [
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
  {
    id: 'prove',
    type: 'boolean',
    label: 'Prove',
    help: 'Goes on to branch and cut when crossover finds nothing more, up to 1,000 cities.',
    default: true,
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
