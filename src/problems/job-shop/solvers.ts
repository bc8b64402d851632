/** What the page and the command line know of the solvers. */
import type { SolverInfo } from '../../core/solver.ts';
import { beamParams, dispatchParams, redispatchParams, shiftParams } from './dispatch-params.ts';
import {
  alternativeParams,
  annealingParams,
  bottleneckParams,
  flexibleParams,
  flowParams,
  flowProofParams,
  improveParams,
  insertionParams,
  largeNeighbourhoodParams,
  proofParams,
  tabuParams,
} from './solver-params.ts';

export { beamParams, dispatchParams, redispatchParams, shiftParams } from './dispatch-params.ts';
export * from './solver-params.ts';

/** Pairs of operations on one machine that the solvers with propagation take. */
export const maxDisjunctions = 200_000;

/** Nodes an alternative graph may have, and the longest time in it: sums stay within 32 bits. */
export const maxNodes = 400;
export const maxNetTime = 2 ** 29;

const searchTrace = [
  { id: 'moves', label: 'Moves' },
  { id: 'makespan', label: 'Makespan' },
] as const;

export const solverInfos = [
  {
    id: 'tabu',
    version: 3,
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
    version: 2,
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
    id: 'alternative',
    version: 1,
    name: 'Branch and bound (alternative graph)',
    summary:
      'Open, no-wait and blocking shops: longest paths between all operations decide orders; parts of the schedule are searched anew while the whole tree is refuted.',
    source: 'Mascis & Pacciarelli 2002; Laborie & Godard 2007',
    params: alternativeParams,
    traits: { anytime: true, exact: true, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'nodes',
    furtherWorkers: { proof: 0 },
    trace: [
      { id: 'problems', label: 'Sub-problems' },
      { id: 'makespan', label: 'Makespan' },
      { id: 'relaxed', label: 'Operations given up' },
    ],
  },
  {
    id: 'annealing',
    version: 2,
    name: 'Simulated annealing',
    summary:
      'Random swaps of operations that hold up a job, worse ones less and less often; any objective. Breakdowns it knows beforehand.',
    source: 'van Laarhoven, Aarts & Lenstra 1992',
    params: annealingParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'moves',
    trace: [...searchTrace, { id: 'temperature', label: 'Temperature', log: true }],
  },
  {
    id: 'dispatch',
    version: 2,
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
  {
    id: 'redispatch',
    version: 1,
    name: 'Re-dispatching',
    summary:
      'A virtual clock: whenever machines and jobs are free a rule decides; breakdowns are not known before they begin, and no deadlock comes about.',
    source: 'Wong et al. 2023; safe states of Dijkstra 1965',
    params: redispatchParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'schedules',
    trace: [
      { id: 'schedules', label: 'Schedules' },
      { id: 'makespan', label: 'Objective' },
    ],
  },
  {
    id: 'shift',
    version: 1,
    name: 'Fixed plan, shifted',
    summary:
      'Plans as if no machine ever failed, then keeps the order on every machine and starts late what breakdowns delay.',
    source: 'right-shift repair; Abumaizar & Svestka 1997',
    params: shiftParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'schedules',
    trace: [],
  },
  {
    id: 'carry',
    version: 1,
    name: 'Annealing with robots',
    summary:
      'Random changes in the order of moves and operations and in who carries what, worse ones less and less often.',
    source: 'Bilge & Ulusoy 1995; Hurink & Knust 2005',
    params: annealingParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'moves',
    trace: [...searchTrace, { id: 'temperature', label: 'Temperature', log: true }],
  },
  {
    id: 'fetch',
    version: 1,
    name: 'Dispatching with robots',
    summary:
      'Of the jobs the robots could fetch next a rule chooses; each goes with the robot that is there first.',
    source: 'Sabuncuoglu & Hommertzheim 1992',
    params: redispatchParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'schedules',
    trace: [
      { id: 'schedules', label: 'Schedules' },
      { id: 'makespan', label: 'Objective' },
    ],
  },
  {
    id: 'flexible',
    version: 2,
    name: 'Tabu search with machine choice',
    summary: 'Moves operations of a critical path to any place on any of their machines.',
    source: 'Mastrolilli & Gambardella 2000',
    params: flexibleParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'moves',
    trace: searchTrace,
  },
  {
    id: 'flow',
    version: 1,
    name: 'Iterated greedy (flow shop)',
    summary: 'Johnson’s rule on two machines; else NEH, then jobs are taken out and put back.',
    source: 'Johnson 1954; Nawaz, Enscore & Ham 1983; Ruiz & Stützle 2007',
    params: flowParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'insertions',
    trace: [
      { id: 'insertions', label: 'Insertions' },
      { id: 'makespan', label: 'Objective' },
    ],
  },
  {
    id: 'flow-proof',
    version: 1,
    name: 'Branch and bound (flow shop)',
    summary: 'Builds sequences from the front; single machines and pairs of them bound the rest.',
    source: 'Lageweg, Lenstra & Rinnooy Kan 1978; Mitten 1959',
    params: flowProofParams,
    traits: { anytime: true, exact: true, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'nodes',
    trace: [
      { id: 'nodes', label: 'Nodes' },
      { id: 'makespan', label: 'Makespan' },
      { id: 'depth', label: 'Depth' },
    ],
  },
  {
    id: 'insertion',
    version: 1,
    name: 'Job insertion',
    summary:
      'Puts whole jobs into the gaps of a timetable, takes some out and puts them back; any shop with fixed routes.',
    source: 'Ruiz & Stützle 2007; Pranzo & Pacciarelli 2016',
    params: insertionParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'schedules',
    trace: [
      { id: 'schedules', label: 'Schedules' },
      { id: 'makespan', label: 'Objective' },
    ],
  },
  {
    id: 'bottleneck',
    version: 1,
    name: 'Shifting bottleneck',
    summary: 'Sequences one machine after another by Carlier’s method, the worst bottleneck first.',
    source: 'Adams, Balas & Zawack 1988; Carlier 1982',
    params: bottleneckParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'one-machine problems',
    trace: [
      { id: 'problems', label: 'One-machine problems' },
      { id: 'makespan', label: 'Makespan of the machine' },
      { id: 'sequenced', label: 'Machines sequenced' },
    ],
  },
  {
    id: 'beam',
    version: 1,
    name: 'Beam search over rules',
    summary: 'Keeps the most promising partial schedules, each valued by letting a rule finish it.',
    source: 'Sabuncuoglu & Bayiz 1999',
    params: beamParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: false },
    stepUnit: 'schedules',
    trace: [
      { id: 'schedules', label: 'Schedules' },
      { id: 'makespan', label: 'Objective' },
      { id: 'width', label: 'Beam width' },
    ],
  },
  {
    id: 'improve',
    version: 1,
    name: 'Local search (N5)',
    summary: 'Swaps at the ends of critical blocks, chosen by a plain policy.',
    source: 'Nowicki & Smutnicki 1996; policies as in Zhang et al. 2024',
    params: improveParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'moves',
    trace: searchTrace,
  },
  {
    id: 'large-neighbourhood',
    version: 1,
    name: 'Large neighbourhood search',
    summary:
      'Gives up the orders of a part, keeps the rest, and has the constraints find a shorter schedule.',
    source: 'Godard, Laborie & Nuijten 2005; Laborie & Godard 2007',
    params: largeNeighbourhoodParams,
    traits: { anytime: true, exact: false, bounds: true, deterministic: true, warmStart: true },
    stepUnit: 'nodes',
    trace: [
      { id: 'problems', label: 'Sub-problems' },
      { id: 'makespan', label: 'Makespan' },
      { id: 'relaxed', label: 'Operations given up' },
    ],
  },
] as const satisfies readonly SolverInfo[];

export type SolverId = (typeof solverInfos)[number]['id'];
