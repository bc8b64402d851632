/** What the page and the command line know of the solvers. */
import type { ParamSpec } from '../../core/params.ts';
import type { SolverInfo } from '../../core/solver.ts';

export const tabuParams = [
  {
    type: 'choice',
    id: 'neighbourhood',
    label: 'Neighbourhood',
    help: 'Which moves on critical blocks are tried.',
    default: 'N7',
    options: [
      {
        value: 'N5',
        label: 'N5',
        help: 'Swaps at both ends of a block; Nowicki & Smutnicki 1996.',
      },
      {
        value: 'N6',
        label: 'N6',
        help: 'Any operation to either end of its block; Balas & Vazacopoulos 1998.',
      },
      {
        value: 'N7',
        label: 'N7',
        help: 'N6, and the end operations into the block; Zhang, Li, Guan & Rao 2007.',
      },
    ],
  },
  {
    type: 'number',
    id: 'tenure',
    label: 'Tabu tenure',
    help: 'How long a reversed pair may not turn back, in moves; jobs per machine are added.',
    unit: '+ n/m',
    default: 10,
    min: 1,
    max: 100,
    integer: true,
  },
  {
    type: 'number',
    id: 'elites',
    label: 'Elite solutions',
    help: 'Solutions kept for path relinking; 1 restarts from a disturbed best instead.',
    default: 6,
    min: 1,
    max: 50,
    integer: true,
  },
  {
    type: 'number',
    id: 'stall',
    label: 'Stall',
    help: 'Moves without improvement before the search starts from another solution.',
    unit: 'moves',
    default: 12_500,
    min: 100,
    max: 1_000_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'proof',
    label: 'Effort on the proof',
    help: 'Share of time for bounds and, up to about 15 × 15, the proof of optimality; 0 only searches.',
    unit: '%',
    default: 60,
    min: 0,
    max: 95,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const proofParams = [
  {
    type: 'number',
    id: 'moves',
    label: 'Moves before',
    help: 'Moves of tabu search for a good schedule before the proof begins.',
    unit: 'moves',
    default: 10_000,
    min: 0,
    max: 10_000_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'search',
    label: 'Effort on the search',
    help: 'Share of time that tabu search goes on for a better schedule meanwhile.',
    unit: '%',
    default: 20,
    min: 0,
    max: 90,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const dispatchParams = [
  {
    type: 'choice',
    id: 'rule',
    label: 'Rule',
    help: 'Which of the waiting operations goes first.',
    default: 'MWKR',
    options: [
      { value: 'SPT', label: 'SPT', help: 'Shortest processing time.' },
      { value: 'LPT', label: 'LPT', help: 'Longest processing time.' },
      { value: 'MWKR', label: 'MWKR', help: 'Most work remaining in the job.' },
      { value: 'LWKR', label: 'LWKR', help: 'Least work remaining in the job.' },
      { value: 'MOPNR', label: 'MOPNR', help: 'Most operations remaining in the job.' },
      { value: 'FIFO', label: 'FIFO', help: 'First in, first out: longest wait at the machine.' },
      {
        value: 'random',
        label: 'Random',
        help: 'A new draw each time, for ever; the best is kept.',
      },
    ],
  },
  {
    type: 'choice',
    id: 'schedule',
    label: 'Schedules',
    help: 'Which schedules can be built.',
    default: 'non-delay',
    options: [
      {
        value: 'non-delay',
        label: 'Non-delay',
        help: 'No machine waits while it could work; may miss every optimum.',
      },
      {
        value: 'active',
        label: 'Active',
        help: 'No operation could be done earlier without delaying another; holds an optimum.',
      },
    ],
  },
] as const satisfies readonly ParamSpec[];

export const annealingParams = [
  {
    type: 'number',
    id: 'heat',
    label: 'Start temperature',
    help: 'Relative to the mean duration of an operation.',
    default: 0.5,
    min: 0.01,
    max: 10,
    step: 0.05,
  },
  {
    type: 'number',
    id: 'length',
    label: 'Moves per cooling',
    help: 'Moves from hot to cold, in thousands; then it starts again, twice as long.',
    unit: 'thousand',
    default: 200,
    min: 1,
    max: 100_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** Pairs of operations on one machine that the exact solver takes. */
export const maxDisjunctions = 200_000;

const searchTrace = [
  { id: 'moves', label: 'Moves' },
  { id: 'makespan', label: 'Makespan' },
] as const;

export const solverInfos = [
  {
    id: 'tabu',
    version: 2,
    name: 'Tabu search',
    summary:
      'Moves on the critical path with a memory, path relinking between elites, a proof in between.',
    source: 'Nowicki & Smutnicki 1996; Zhang et al. 2007; Peng, Lü & Cheng 2015',
    params: tabuParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'moves',
    furtherWorkers: { proof: 0 },
    trace: searchTrace,
  },
  {
    id: 'proof',
    version: 1,
    name: 'Branch and bound',
    summary: 'Refutes makespans from below by edge finding and shaving, then searches all orders.',
    source: 'Carlier & Pinson 1989; Martin & Shmoys 1996; Vilím, Laborie & Shaw 2015',
    params: proofParams,
    traits: { anytime: true, exact: true, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'nodes',
    trace: [
      { id: 'nodes', label: 'Nodes' },
      { id: 'makespan', label: 'Makespan assumed' },
      { id: 'depth', label: 'Depth' },
    ],
  },
  {
    id: 'annealing',
    version: 1,
    name: 'Simulated annealing',
    summary: 'Random swaps on the critical path, worse ones less and less often.',
    source: 'van Laarhoven, Aarts & Lenstra 1992',
    params: annealingParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'moves',
    trace: [...searchTrace, { id: 'temperature', label: 'Temperature', log: true }],
  },
  {
    id: 'dispatch',
    version: 1,
    name: 'Dispatching rule',
    summary: 'Builds a schedule in one pass, as a shop floor would; random draws repeat.',
    source: 'Giffler & Thompson 1960; Panwalkar & Iskander 1977',
    params: dispatchParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'schedules',
    trace: [
      { id: 'schedules', label: 'Schedules' },
      { id: 'makespan', label: 'Makespan' },
    ],
  },
] as const satisfies readonly SolverInfo[];

export type SolverId = (typeof solverInfos)[number]['id'];
