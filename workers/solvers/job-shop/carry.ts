/** Simulated annealing over the order of moves and operations, and over who carries what. */
import { defaultParams } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { redispatchParams } from '../../../src/problems/job-shop/solvers.ts';
import { createYard, listOf, runList, toSolution } from './carriers.ts';
import { decay, type AnnealingParams } from './cooling.ts';
import { fetchAll, type FetchParams } from './fetch.ts';
import { copyOf, meanDelay, objectiveOfSolution } from './objective.ts';

/** Entries times moves that take about a millisecond. */
const workPerSlice = 16_000;
const traceEvery = 512;
/** One change in so many is of a robot, when there are several. */
const robotIn = 5;

export function* carry(
  packed: PackedJobShop,
  context: SolveContext<AnnealingParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget, warmStart } = context;
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const yard = createYard(packed, packed.transport!);
  const { wish } = yard;
  const operations = wish.length;
  const { robots } = yard.carriers;
  let best = Infinity;
  let list: Int32Array;
  if (warmStart) {
    best = objectiveOfSolution(packed, warmStart);
    yield { kind: 'incumbent', solution: copyOf(warmStart), objective: best };
    list = listOf(yard, warmStart);
  } else {
    const entries: number[] = [];
    const rule = defaultParams(redispatchParams) as FetchParams;
    yield* fetchAll(yard, rule, rng, (job) => entries.push(job));
    list = Int32Array.from(entries);
  }
  let current = runList(yard, list);
  if (current < best) {
    best = current;
    yield { kind: 'incumbent', solution: toSolution(yard), objective: best };
  }
  if (best <= bound.value) return { reason: 'optimal' };
  let bestList = list.slice();
  let bestWish = wish.slice();
  let bestFound = current;
  const n = list.length;
  const reach = Math.max(4, 2 * yard.jobs);
  const hottest = params.heat * meanDelay(packed);
  const slice = Math.max(1, Math.floor(workPerSlice / (n * (yard.blocks ? yard.jobs : 2))));
  let moves = 0;
  let left = budget.chunk(slice);
  let inSlice = 0;
  for (let length = params.length * 100; ; length *= 2) {
    for (let k = 0; k < length; k++) {
      const cold = 1 - k / length;
      const temperature = hottest * cold * cold;
      const changesRobot = robots > 1 && rng.int(robotIn) === 0;
      const from = rng.int(changesRobot ? operations : n);
      const to = changesRobot
        ? rng.int(robots + 1) - 1
        : Math.max(0, Math.min(n - 1, from + rng.int(2 * reach + 1) - reach));
      const before = wish[from];
      if (changesRobot ? before !== to : list[from] !== list[to]) {
        if (changesRobot) wish[from] = to;
        else shift(list, from, to);
        const reached = runList(yard, list);
        const worse = reached - current;
        if (reached < best) {
          best = reached;
          yield { kind: 'incumbent', solution: toSolution(yard), objective: best };
        }
        if (worse <= 0 || rng.float() < decay(worse / temperature)) {
          current = reached;
          if (current < bestFound) {
            bestFound = current;
            bestList = list.slice();
            bestWish = wish.slice();
          }
        } else if (changesRobot) wish[from] = before;
        else shift(list, to, from);
      }
      moves++;
      if (moves % traceEvery === 0) yield { kind: 'trace', row: [moves, current, temperature] };
      if (++inSlice === left || best <= bound.value) {
        yield inSlice;
        if (best <= bound.value) return { reason: 'optimal' };
        left = budget.chunk(slice);
        inSlice = 0;
      }
    }
    list.set(bestList);
    wish.set(bestWish);
    current = bestFound;
  }
}

/** Takes the entry at `from` out of the list and puts it in at `to`. */
function shift(list: Int32Array, from: number, to: number): void {
  const job = list[from];
  if (from > to) list.copyWithin(to + 1, to, from);
  else list.copyWithin(from, from + 1, to + 1);
  list[to] = job;
}
