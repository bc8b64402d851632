/** Which solver takes which shop, and why another does not. */
import { formatNumber } from '../../core/format.ts';
import {
  countDisjunctions,
  countOperations,
  isFlexible,
  kindLabels,
  type JobShopInstance,
} from './instance.ts';
import { maxDisjunctions, maxNetTime, maxNodes, solverInfos, type SolverId } from './solvers.ts';

/** What a solver cannot handle, of what an instance has. */
interface Abilities {
  kinds: readonly NonNullable<JobShopInstance['kind'] | 'job'>[];
  objectives?: boolean;
  releases?: boolean;
  setups?: boolean;
  choices?: boolean;
  breakdowns?: boolean;
  robots?: boolean;
}

const abilities: Readonly<Record<SolverId, Abilities>> = {
  tabu: { kinds: ['job'] },
  proof: { kinds: ['job'] },
  alternative: { kinds: ['open', 'no-wait', 'blocking', 'swap'], releases: true },
  annealing: {
    kinds: ['job', 'open', 'blocking', 'swap'],
    objectives: true,
    releases: true,
    setups: true,
    breakdowns: true,
  },
  redispatch: {
    kinds: ['job', 'blocking', 'swap'],
    objectives: true,
    releases: true,
    setups: true,
    choices: true,
    breakdowns: true,
  },
  carry: { kinds: ['job', 'blocking'], objectives: true, releases: true, robots: true },
  fetch: { kinds: ['job', 'blocking'], objectives: true, releases: true, robots: true },
  shift: {
    kinds: ['job', 'blocking', 'swap'],
    objectives: true,
    releases: true,
    setups: true,
    breakdowns: true,
  },
  dispatch: {
    kinds: ['job', 'open'],
    objectives: true,
    releases: true,
    setups: true,
    choices: true,
  },
  flexible: { kinds: ['job'], releases: true, choices: true },
  flow: { kinds: ['permutation'], objectives: true, releases: true, setups: true },
  'flow-proof': { kinds: ['permutation'] },
  bottleneck: { kinds: ['job'], releases: true },
  beam: { kinds: ['job', 'open'], objectives: true, releases: true, setups: true, choices: true },
  improve: { kinds: ['job'] },
  'large-neighbourhood': { kinds: ['job'] },
  insertion: {
    kinds: ['job', 'no-wait', 'blocking', 'swap'],
    objectives: true,
    releases: true,
    setups: true,
    choices: true,
  },
};

/** The solver for an instance when a person has chosen none. */
export function defaultSolver(instance: JobShopInstance): SolverId {
  const kind = instance.kind ?? 'job';
  if (instance.breakdowns) return 'redispatch';
  if (instance.transport) return 'carry';
  if (kind === 'permutation') return 'flow';
  if (kind !== 'job' && refuses('alternative', instance) === null) return 'alternative';
  if (kind === 'open') return 'annealing';
  if (kind !== 'job') return refuses('annealing', instance) === null ? 'annealing' : 'insertion';
  if (refuses('tabu', instance) === null) return 'tabu';
  if (!isFlexible(instance)) return 'annealing';
  return refuses('flexible', instance) === null ? 'flexible' : 'insertion';
}

/** Why an alternative graph of the instance would be too large; null when it is not. */
function netRefusal(name: string, instance: JobShopInstance): string | null {
  const operations = countOperations(instance);
  const noWait = instance.kind === 'no-wait';
  const nodes = noWait ? instance.jobs.length : operations;
  if (nodes > maxNodes)
    return `${name} takes at most ${formatNumber(maxNodes)} ${noWait ? 'jobs' : 'operations'}; here are ${formatNumber(nodes)}.`;
  if (noWait && operations > 4 * maxNodes)
    return `${name} takes at most ${formatNumber(4 * maxNodes)} operations; here are ${formatNumber(operations)}.`;
  const work = instance.jobs.flat().reduce((sum, [, duration]) => sum + duration, 0);
  const longest = work + Math.max(0, ...(instance.release ?? []));
  // Without swaps times are counted in finer units (`scaleOf`).
  const scale = instance.kind === 'blocking' ? operations + 1 : 1;
  return longest * scale <= maxNetTime
    ? null
    : `${name} takes at most ${formatNumber(Math.floor(maxNetTime / scale))} units of work in such a shop; here are ${formatNumber(longest)}.`;
}

/** Why a solver cannot take the instance; null when it can. O(operations). */
export function refuses(solverId: string, instance: JobShopInstance): string | null {
  const info = solverInfos.find(({ id }) => id === solverId);
  if (!info) return null;
  const can = abilities[info.id];
  const kind = instance.kind ?? 'job';
  const cannot = (what: string) => `${info.name} cannot handle ${what}.`;
  if (!can.kinds.includes(kind)) {
    const takes = can.kinds.map((known) => kindLabels[known].toLowerCase()).join(', ');
    return `${info.name} takes ${takes}; this is a ${kindLabels[kind].toLowerCase()}.`;
  }
  if (instance.objective && !can.objectives)
    return cannot(instance.objective === 'flow' ? 'total flow time' : 'total tardiness');
  if (instance.release && !can.releases) return cannot('release dates');
  if (instance.setups && !can.setups) return cannot('setups');
  if (isFlexible(instance) && !can.choices) return cannot('a choice of machines');
  if (instance.breakdowns && !can.breakdowns) return cannot('breakdowns');
  if (instance.transport && !can.robots) return cannot('robots');
  if (!instance.transport && can.robots) return `${info.name} needs robots that carry jobs.`;
  const searchesFloor = solverId === 'annealing' || solverId === 'shift';
  if (searchesFloor && instance.setups && (kind === 'blocking' || kind === 'swap'))
    return cannot('setups with blocking');
  if (solverId === 'alternative') return netRefusal(info.name, instance);
  if (solverId !== 'proof' && solverId !== 'large-neighbourhood') return null;
  const pairs = countDisjunctions(instance.jobs.flatMap((job) => job.map(([machine]) => machine)));
  return pairs <= maxDisjunctions
    ? null
    : `${info.name} takes at most ${formatNumber(maxDisjunctions)} pairs of operations on one machine; here are ${formatNumber(pairs)}.`;
}
