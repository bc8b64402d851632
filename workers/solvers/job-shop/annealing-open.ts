/**
 * Simulated annealing for open shops: a list of all operations, each starting as soon as its job and
 * its machine are free, and neighbours on a chain without waiting exchanged.
 */
import type { Rng } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { jobOfOperation } from '../../../src/problems/job-shop/schedule.ts';
import { decay, type AnnealingParams } from './cooling.ts';
import { beginGeneral } from './general-start.ts';
import { costOf, meanDelay, objectiveOf } from './objective.ts';

/** Operations times moves that take about a millisecond. */
const workPerSlice = 60_000;
const traceEvery = 1024;
/** One move in so many is between any two operations: chains alone may lead nowhere. */
const anyPairIn = 16;

interface List {
  packed: PackedJobShop;
  jobOf: Int32Array;
  order: Int32Array;
  place: Int32Array;
  starts: Int32Array;
  /** The operation before on the job and on the machine; −1 when none. */
  beforeInJob: Int32Array;
  beforeOnMachine: Int32Array;
  jobReady: Int32Array;
  machineReady: Int32Array;
  lastInJob: Int32Array;
  lastOnMachine: Int32Array;
}

function createList(packed: PackedJobShop, order: Int32Array): List {
  const n = order.length;
  const jobs = packed.first.length - 1;
  return {
    packed,
    jobOf: jobOfOperation(packed),
    order: order.slice(),
    place: new Int32Array(n),
    starts: new Int32Array(n),
    beforeInJob: new Int32Array(n),
    beforeOnMachine: new Int32Array(n),
    jobReady: new Int32Array(jobs),
    machineReady: new Int32Array(packed.machines),
    lastInJob: new Int32Array(jobs),
    lastOnMachine: new Int32Array(packed.machines),
  };
}

/** Setup between neighbours on a machine. */
const setupOf = ({ packed, jobOf }: List, before: number, operation: number): number =>
  packed.family
    ? packed.setup[packed.family[jobOf[before]] * packed.families + packed.family[jobOf[operation]]]
    : 0;

/** Start times and the objective. O(operations). */
function decode(list: List): number {
  const { packed, order, jobOf, place, starts, jobReady, machineReady } = list;
  if (packed.release) jobReady.set(packed.release);
  else jobReady.fill(0);
  machineReady.fill(0);
  list.lastInJob.fill(-1);
  list.lastOnMachine.fill(-1);
  for (let i = 0; i < order.length; i++) {
    const operation = order[i];
    const job = jobOf[operation];
    const onMachine = packed.machine[operation];
    const last = list.lastOnMachine[onMachine];
    let start = machineReady[onMachine];
    if (last >= 0) start += setupOf(list, last, operation);
    if (jobReady[job] > start) start = jobReady[job];
    place[operation] = i;
    starts[operation] = start;
    list.beforeInJob[operation] = list.lastInJob[job];
    list.beforeOnMachine[operation] = last;
    list.lastInJob[job] = operation;
    list.lastOnMachine[onMachine] = operation;
    jobReady[job] = machineReady[onMachine] = start + packed.duration[operation];
  }
  return objectiveOf(packed, jobReady);
}

/** One of the pairs without waiting on a chain up to the end of a costly job; −1 when none. */
function holdUp(list: List, value: number, rng: Rng): { u: number; v: number } | null {
  const { packed, jobReady, starts, beforeInJob, beforeOnMachine } = list;
  let node = -1;
  let ties = 0;
  for (let job = 0; job < jobReady.length; job++) {
    const cost = costOf(packed, job, jobReady[job]);
    const counts = packed.objective === 'makespan' ? cost === value : cost > 0;
    if (counts && (++ties === 1 || rng.int(ties) === 0)) node = list.lastInJob[job];
  }
  let found: { u: number; v: number } | null = null;
  let count = 0;
  while (node >= 0) {
    const byJob = beforeInJob[node];
    const byMachine = beforeOnMachine[node];
    const end = (i: number) => starts[i] + packed.duration[i];
    const jobTight = byJob >= 0 && end(byJob) === starts[node];
    const machineTight =
      byMachine >= 0 && end(byMachine) + setupOf(list, byMachine, node) === starts[node];
    if (!jobTight && !machineTight) break;
    const above = jobTight && (!machineTight || rng.uint32() < 0x80000000) ? byJob : byMachine;
    if (rng.int(++count) === 0) found = { u: above, v: node };
    node = above;
  }
  return found;
}

const anyPair = ({ order }: List, rng: Rng): { u: number; v: number } => ({
  u: order[rng.int(order.length)],
  v: order[rng.int(order.length)],
});

/** Takes the operation at `from` out of the order and puts it in at `to`. */
function shift(order: Int32Array, from: number, to: number): void {
  const operation = order[from];
  if (from > to) order.copyWithin(to + 1, to, from);
  else order.copyWithin(from, from + 1, to + 1);
  order[to] = operation;
}

export function* annealOpen(
  packed: PackedJobShop,
  context: SolveContext<AnnealingParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget } = context;
  const start = yield* beginGeneral(packed, context);
  let { best } = start;
  const list = createList(packed, start.order);
  let current = decode(list);
  let bestOrder = list.order.slice();
  if (current < best) {
    best = current;
    yield { kind: 'incumbent', solution: { starts: list.starts.slice() }, objective: best };
  }
  if (best <= start.bound) return { reason: 'optimal' };
  const hottest = params.heat * meanDelay(packed);
  const slice = Math.max(4, Math.floor(workPerSlice / list.order.length));
  let moves = 0;
  let left = budget.chunk(slice);
  let inSlice = 0;
  for (let length = params.length * 1000; ; length *= 2) {
    for (let k = 0; k < length; k++) {
      const cold = 1 - k / length;
      const temperature = hottest * cold * cold;
      const pair = rng.int(anyPairIn) === 0 ? anyPair(list, rng) : holdUp(list, current, rng);
      if (pair) {
        // v before u, or u behind v: not the same, as others stand between.
        const early = list.place[pair.u];
        const late = list.place[pair.v];
        const [from, to] = rng.uint32() < 0x80000000 ? [late, early] : [early, late];
        shift(list.order, from, to);
        const reached = decode(list);
        const worse = reached - current;
        if (worse <= 0 || rng.float() < decay(worse / temperature)) current = reached;
        else {
          shift(list.order, to, from);
          decode(list);
        }
      }
      moves++;
      if (current < best) {
        best = current;
        bestOrder = list.order.slice();
        yield { kind: 'incumbent', solution: { starts: list.starts.slice() }, objective: best };
      }
      if (moves % traceEvery === 0) yield { kind: 'trace', row: [moves, current, temperature] };
      if (++inSlice === left || best <= start.bound) {
        yield inSlice;
        if (best <= start.bound) return { reason: 'optimal' };
        left = budget.chunk(slice);
        inSlice = 0;
      }
    }
    list.order.set(bestOrder);
    current = decode(list);
  }
}
