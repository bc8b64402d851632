/**
 * Tabu search for flexible job shops: an operation of a critical path goes to any of its machines,
 * between any two operations where it makes no cycle (Mastrolilli & Gambardella 2000). With the
 * operation taken out, heads and tails are computed anew, so that every place is valued exactly.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { Rng } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { flexibleParams } from '../../../src/problems/job-shop/solvers.ts';
import { beginGeneral } from './general-start.ts';
import {
  createPlan,
  criticalPath,
  jobWindow,
  listPlaces,
  load,
  move,
  takeOut,
  type Plan,
} from './plan.ts';

export type FlexibleParams = ParamsOf<typeof flexibleParams>;

/** Looks at an operation that take about a millisecond. */
const looksPerSlice = 200_000;
const traceEvery = 256;
/** Operations of a path whose places are valued exactly: the most promising ones. */
const valued = 6;
/** Makes a path length below 2^30 a fraction. */
const small = 2 ** -31;

/** The best place found, and how many equal it. */
interface Choice {
  operation: number;
  choice: number;
  before: number;
  value: number;
  ties: number;
}

const none = (): Choice => ({ operation: -1, choice: 0, before: -1, value: Infinity, ties: 0 });

function consider(
  best: Choice,
  rng: Rng,
  operation: number,
  choice: number,
  before: number,
  value: number,
) {
  if (value > best.value) return;
  if (value < best.value) best.ties = 1;
  else if (rng.int(++best.ties) !== 0) return;
  best.operation = operation;
  best.choice = choice;
  best.before = before;
  best.value = value;
}

export function* flexible(
  packed: PackedJobShop,
  context: SolveContext<FlexibleParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget } = context;
  const start = yield* beginGeneral(packed, context);
  const { bound } = start;
  let { best } = start;
  const plan = createPlan(packed);
  load(plan, start.order, start.machines);
  let current = plan.makespan;
  if (current < best) {
    best = current;
    yield { kind: 'incumbent', solution: solutionOf(plan), objective: best };
  }
  if (best <= bound) return { reason: 'optimal' };
  const n = packed.machine.length;
  const choices = plan.choiceMachine.length;
  const until = new Int32Array(choices);
  const path = new Int32Array(n);
  const promise = new Float64Array(n);
  let bestOrder = plan.order.slice();
  let bestMachines = plan.machine.slice();
  const preferred = Math.max(1, Math.floor(looksPerSlice / (8 * n)));
  let left = budget.chunk(preferred);
  let inSlice = 0;
  let looks = 0;
  let moves = 0;
  let lastImproved = 0;
  for (;;) {
    const count = criticalPath(plan, rng, path);
    const allowed = none();
    const forbidden = none();
    const looked = choosePromising(plan, path, count, until, moves, best, promise, rng);
    looks += 4 * n;
    for (let i = 0; i < looked; i++) {
      scan(plan, path[i], until, moves, best, allowed, forbidden, rng);
      looks += 3 * n;
      if (looks > looksPerSlice) {
        looks = 0;
        yield 0;
      }
    }
    const chosen = allowed.operation >= 0 ? allowed : forbidden;
    if (chosen.operation >= 0) {
      const { operation } = chosen;
      // It shall not come back to where it was soon.
      until[plan.choice[operation]] =
        moves + params.tenure + Math.floor(count / 2) + rng.int(params.tenure);
      move(plan, operation, chosen.choice, chosen.before);
      current = plan.makespan;
    }
    moves++;
    if (current < best) {
      best = current;
      lastImproved = moves;
      bestOrder = plan.order.slice();
      bestMachines = plan.machine.slice();
      yield { kind: 'incumbent', solution: solutionOf(plan), objective: best };
    }
    if (moves % traceEvery === 0) yield { kind: 'trace', row: [moves, current] };
    if (++inSlice === left || best <= bound) {
      yield inSlice;
      if (best <= bound) return { reason: 'optimal' };
      left = budget.chunk(preferred);
      inSlice = 0;
    }
    if (moves - lastImproved >= params.stall || chosen.operation < 0) {
      lastImproved = moves;
      until.fill(0);
      load(plan, bestOrder, bestMachines);
      const shakes = 4 + rng.int(Math.max(4, n >> 3));
      for (let i = 0; i < shakes; i++) shake(plan, rng);
      current = plan.makespan;
    }
  }
}

/**
 * Brings the operations of the path with the most promising places to its front: valued by heads and
 * tails as they are, with the operation still in. @returns how many. O(operations + places).
 */
function choosePromising(
  plan: Plan,
  path: Int32Array,
  count: number,
  until: Int32Array,
  now: number,
  best: number,
  promise: Float64Array,
  rng: Rng,
): number {
  if (count <= valued) return count;
  const { restStart, restTail, duration, firstChoice, choiceMachine, choiceDuration } = plan;
  restStart.set(plan.start);
  restTail.set(plan.tail);
  for (let i = 0; i < count; i++) {
    const operation = path[i];
    const { ready, behind } = jobWindow(plan, operation);
    let least = Infinity;
    for (let c = firstChoice[operation]; c < firstChoice[operation + 1]; c++) {
      const places = listPlaces(plan, operation, choiceMachine[c]);
      for (let k = 0; k < places; k++) {
        const [at, next] = [plan.placeBefore[k], plan.placeAfter[k]];
        const early = at < 0 ? 0 : restStart[at] + duration[at];
        const late = next < 0 ? 0 : restTail[next] + duration[next];
        const through = Math.max(early, ready) + choiceDuration[c] + Math.max(late, behind);
        if (through < least && (until[c] <= now || through < best)) least = through;
      }
    }
    promise[i] = least;
  }
  for (let i = 0; i < valued; i++) {
    let first = i;
    let ties = 1;
    for (let k = i + 1; k < count; k++)
      if (promise[k] < promise[first]) {
        first = k;
        ties = 1;
      } else if (promise[k] === promise[first] && rng.int(++ties) === 0) first = k;
    [path[i], path[first]] = [path[first], path[i]];
    [promise[i], promise[first]] = [promise[first], promise[i]];
  }
  return valued;
}

const solutionOf = (plan: Plan): JobShopSolution => ({
  starts: plan.start.slice(),
  machines: plan.machine.slice(),
});

/** Values every place of one operation on each of its machines. O(operations). */
function scan(
  plan: Plan,
  operation: number,
  until: Int32Array,
  now: number,
  best: number,
  allowed: Choice,
  forbidden: Choice,
  rng: Rng,
): void {
  const { firstChoice, choiceMachine, choiceDuration, placeBefore, placeAfter } = plan;
  const { restStart, restTail, duration } = plan;
  const rest = takeOut(plan, operation);
  const { ready, behind } = jobWindow(plan, operation);
  for (let c = firstChoice[operation]; c < firstChoice[operation + 1]; c++) {
    const count = listPlaces(plan, operation, choiceMachine[c]);
    for (let i = 0; i < count; i++) {
      const [at, next] = [placeBefore[i], placeAfter[i]];
      const early = at < 0 ? 0 : restStart[at] + duration[at];
      const late = next < 0 ? 0 : restTail[next] + duration[next];
      const through = Math.max(early, ready) + choiceDuration[c] + Math.max(late, behind);
      // Of equal makespans the place with the shorter path through it: others become critical.
      const value = Math.max(through, rest) + through * small;
      const to = until[c] <= now || Math.floor(value) < best ? allowed : forbidden;
      consider(to, rng, operation, c, at, value);
    }
  }
}

/** A random operation goes to a random place that is surely possible. O(operations). */
function shake(plan: Plan, rng: Rng): void {
  const { firstChoice } = plan;
  const operation = rng.int(plan.start.length);
  const from = firstChoice[operation];
  const c = from + rng.int(firstChoice[operation + 1] - from);
  takeOut(plan, operation);
  const count = listPlaces(plan, operation, plan.choiceMachine[c]);
  if (count > 0) move(plan, operation, c, plan.placeBefore[rng.int(count)]);
}
