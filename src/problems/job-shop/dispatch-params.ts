/** Parameters of what builds schedules by rules. */
import type { ParamSpec } from '../../core/params.ts';

export const ruleOptions = [
  { value: 'SPT', label: 'SPT', help: 'Shortest processing time.' },
  { value: 'LPT', label: 'LPT', help: 'Longest processing time.' },
  { value: 'WSPT', label: 'WSPT', help: 'Shortest processing time per weight (Smith 1956).' },
  { value: 'MWKR', label: 'MWKR', help: 'Most work remaining in the job.' },
  { value: 'LWKR', label: 'LWKR', help: 'Least work remaining in the job.' },
  { value: 'MOPNR', label: 'MOPNR', help: 'Most operations remaining in the job.' },
  { value: 'LOPNR', label: 'LOPNR', help: 'Least operations remaining in the job.' },
  { value: 'FIFO', label: 'FIFO', help: 'First in, first out: longest wait at the machine.' },
  {
    value: 'FDD',
    label: 'FDD/MWKR',
    help: 'Flow due date over work remaining (Sels et al. 2012).',
  },
  { value: 'EDD', label: 'EDD', help: 'Earliest due date.' },
  { value: 'SLACK', label: 'SLACK', help: 'Least time to the due date beyond the work remaining.' },
  { value: 'SOPN', label: 'S/OPN', help: 'Least slack per operation remaining.' },
  {
    value: 'CR',
    label: 'CR',
    help: 'Critical ratio: least time to the due date per work remaining.',
  },
  { value: 'MDD', label: 'MDD', help: 'Modified due date: when the job is due or could be done.' },
  {
    value: 'ATC',
    label: 'ATC',
    help: 'Apparent tardiness cost (Vepsalainen & Morton 1987): WSPT, fading with the slack.',
  },
  {
    value: 'COVERT',
    label: 'COVERT',
    help: 'Cost over time (Carroll 1965): WSPT, falling in a line with the slack.',
  },
] as const;

export const dispatchParams = [
  {
    type: 'choice',
    id: 'rule',
    label: 'Rule',
    help: 'Which of the waiting operations goes first.',
    default: 'MWKR',
    options: [
      ...ruleOptions,
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
      {
        value: 'between',
        label: 'Between',
        help: 'Active, but a machine waits only for a share of the time it might (Bierwirth & Mattfeld 1999).',
      },
    ],
  },
  {
    type: 'number',
    id: 'delay',
    label: 'Delay factor',
    help: 'The share of the active wait that is allowed: 0 hardly waits, 1 is active.',
    default: 0.5,
    min: 0,
    max: 1,
    step: 0.05,
    shownWhen: (values) => values.schedule === 'between',
  },
  {
    type: 'number',
    id: 'allowance',
    label: 'Due date allowance',
    help: 'Without due dates a job counts as due after this many times its work.',
    unit: '× work',
    default: 1.5,
    min: 1,
    max: 10,
    step: 0.1,
    shownWhen: ({ rule }) =>
      ['EDD', 'SLACK', 'SOPN', 'CR', 'MDD', 'ATC', 'COVERT'].includes(String(rule)),
  },
  {
    type: 'number',
    id: 'lookahead',
    label: 'Look-ahead',
    help: 'How far ahead a due date is felt: mean durations (ATC) or works remaining (COVERT).',
    default: 3,
    min: 0.1,
    max: 100,
    step: 0.1,
    shownWhen: ({ rule }) => rule === 'ATC' || rule === 'COVERT',
  },
] as const satisfies readonly ParamSpec[];

/** The parameters of `dispatchParams` named. */
const pick = <Id extends (typeof dispatchParams)[number]['id']>(id: Id) =>
  dispatchParams.find((param) => param.id === id) as Extract<
    (typeof dispatchParams)[number],
    { id: Id }
  >;

export const redispatchParams = [
  pick('rule'),
  pick('allowance'),
  pick('lookahead'),
] as const satisfies readonly ParamSpec[];

export const shiftParams = [
  {
    type: 'number',
    id: 'moves',
    label: 'Moves of the plan',
    help: 'How long simulated annealing plans without knowing of breakdowns.',
    unit: 'moves',
    default: 5_000,
    min: 0,
    max: 10_000_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export const beamParams = [
  {
    type: 'number',
    id: 'width',
    label: 'Beam width',
    help: 'Partial schedules kept at first; doubled for each further search.',
    default: 3,
    min: 1,
    max: 500,
    integer: true,
  },
  {
    type: 'number',
    id: 'rules',
    label: 'Rules',
    help: 'How many rules extend and finish each partial schedule.',
    default: 4,
    min: 1,
    max: 6,
    integer: true,
  },
  {
    type: 'number',
    id: 'delay',
    label: 'Delay factor',
    help: 'How much of the active wait is allowed: 0 hardly waits, 1 is active.',
    default: 0.3,
    min: 0,
    max: 1,
    step: 0.05,
  },
] as const satisfies readonly ParamSpec[];
