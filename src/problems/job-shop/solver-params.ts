/** Parameters of the searches. */
import type { ParamSpec } from '../../core/params.ts';

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

export const insertionParams = [
  {
    type: 'number',
    id: 'removed',
    label: 'Jobs taken out',
    help: 'How many jobs are put in anew each time.',
    default: 3,
    min: 1,
    max: 20,
    integer: true,
  },
  {
    type: 'number',
    id: 'temperature',
    label: 'Temperature',
    help: 'Relative to the mean duration: how readily a worse schedule is gone on from.',
    default: 0.2,
    min: 0,
    max: 5,
    step: 0.05,
  },
] as const satisfies readonly ParamSpec[];

export const flowParams = [
  {
    type: 'choice',
    id: 'start',
    label: 'Start',
    help: 'The first sequence.',
    default: 'neh',
    options: [
      { value: 'neh', label: 'NEH', help: 'Long jobs first, each where it serves best.' },
      { value: 'sorted', label: 'Sorted', help: 'Long jobs first, or by due date.' },
    ],
  },
  {
    type: 'number',
    id: 'removed',
    label: 'Jobs taken out',
    help: 'How many jobs are put in anew each time.',
    default: 4,
    min: 1,
    max: 20,
    integer: true,
  },
  {
    type: 'number',
    id: 'temperature',
    label: 'Temperature',
    help: 'In tenths of the mean duration: how readily a worse sequence is gone on from.',
    default: 0.4,
    min: 0,
    max: 5,
    step: 0.05,
  },
  {
    type: 'choice',
    id: 'ties',
    label: 'Equal places',
    help: 'Which of several best places a job takes.',
    default: 'first',
    options: [
      { value: 'first', label: 'First' },
      { value: 'last', label: 'Last' },
    ],
  },
] as const satisfies readonly ParamSpec[];

export const flexibleParams = [
  {
    type: 'number',
    id: 'tenure',
    label: 'Tabu tenure',
    help: 'How long an operation may not return to a machine, in moves; half the critical path is added.',
    unit: 'moves',
    default: 10,
    min: 1,
    max: 200,
    integer: true,
  },
  {
    type: 'number',
    id: 'stall',
    label: 'Stall',
    help: 'Moves without improvement before the best is disturbed and searched from again.',
    unit: 'moves',
    default: 1_500,
    min: 50,
    max: 1_000_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];
