/**
 * The shifting bottleneck procedure (Adams, Balas & Zawack 1988): machines are sequenced one by one,
 * the one that holds up the rest most first, each by Carlier's method, and those already sequenced
 * are sequenced anew in between.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { bottleneckParams } from '../../../src/problems/job-shop/solvers.ts';
import { beginGeneral } from './general-start.ts';
import { carlier, type OneMachine, type Sequence } from './one-machine.ts';
import { createPlan, load, refresh, type Plan } from './plan.ts';

export type BottleneckParams = ParamsOf<typeof bottleneckParams>;

export function* bottleneck(
  packed: PackedJobShop,
  context: SolveContext<BottleneckParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { params, budget } = context;
  const start = yield* beginGeneral(packed, context);
  let { best } = start;
  const plan = createPlan(packed);
  load(plan, start.order, packed.machine);
  if (plan.makespan < best) {
    best = plan.makespan;
    yield { kind: 'incumbent', solution: { starts: plan.start.slice() }, objective: best };
  }
  if (best <= start.bound) return { reason: 'optimal' };
  const onMachine: number[][] = Array.from({ length: packed.machines }, () => []);
  packed.machine.forEach((m, operation) => onMachine[m].push(operation));
  const used = onMachine.map((_, m) => m).filter((m) => onMachine[m].length > 0);
  const open = new Set(used);
  const sequenced: number[] = [];
  plan.before.fill(-1);
  plan.after.fill(-1);
  refresh(plan);
  let left = budget.chunk(1);
  let inSlice = 0;
  let problems = 0;

  /** The best sequence of a machine between those that are sequenced; a step. */
  function* sequence(m: number): Generator<SolverYield<JobShopSolution>, Sequence, void> {
    const found = carlier(readMachine(plan, onMachine[m]), params.nodes);
    const members = inOrder(plan, onMachine[m]);
    problems++;
    if (problems % 16 === 0)
      yield { kind: 'trace', row: [problems, found.value, sequenced.length] };
    if (++inSlice >= left) {
      yield inSlice;
      left = budget.chunk(1);
      inSlice = 0;
    }
    return { value: found.value, order: found.order.map((i) => members[i]) };
  }

  /** Each sequenced machine anew, until a round changes nothing or `rounds` are over. */
  function* again(rounds: number): Generator<SolverYield<JobShopSolution>, void, void> {
    for (let round = 0; round < rounds; round++) {
      const before = plan.makespan;
      for (const m of sequenced) {
        const old = orderOf(plan, onMachine[m]);
        const reached = plan.makespan;
        setOrder(plan, onMachine[m], []);
        const { order } = yield* sequence(m);
        setOrder(plan, onMachine[m], order);
        // Delays between operations of a machine are not seen: the new order may be worse.
        if (plan.makespan > reached) setOrder(plan, onMachine[m], old);
      }
      if (plan.makespan === before) return;
    }
  }

  while (open.size > 0) {
    let worst = -1;
    let chosen: Sequence = { order: new Int32Array(0), value: -1 };
    for (const m of open) {
      const found = yield* sequence(m);
      if (found.value > chosen.value) [worst, chosen] = [m, found];
    }
    open.delete(worst);
    sequenced.push(worst);
    setOrder(plan, onMachine[worst], chosen.order);
    yield* again(open.size === 0 ? 100 : params.rounds);
  }
  if (plan.makespan < best)
    yield { kind: 'incumbent', solution: { starts: plan.start.slice() }, objective: plan.makespan };
  if (inSlice > 0) yield inSlice;
  return { reason: plan.makespan <= start.bound ? 'optimal' : 'exhausted' };
}

/** A machine's operations in the plan's topological order. */
function inOrder(plan: Plan, members: readonly number[]): number[] {
  const place = new Int32Array(plan.order.length);
  plan.order.forEach((operation, i) => (place[operation] = i));
  return members.toSorted((a, b) => place[a] - place[b]);
}

/** Heads, tails and the paths between the operations of a machine. O(k · operations). */
function readMachine(plan: Plan, operations: readonly number[]): OneMachine {
  const members = inOrder(plan, operations);
  const index = new Map(members.map((operation, i) => [operation, i]));
  const precedences: number[] = [];
  const reached = new Uint8Array(plan.order.length);
  members.forEach((from, i) => {
    reached.fill(0);
    reached[from] = 1;
    for (const v of plan.order) {
      const above = plan.before[v];
      if (!(plan.isFirst[v] === 0 && reached[v - 1]) && !(above >= 0 && reached[above])) continue;
      reached[v] = 1;
      const j = index.get(v);
      if (j !== undefined && j !== i) precedences.push(i, j);
    }
  });
  return {
    head: Int32Array.from(members, (v) => plan.start[v]),
    duration: Int32Array.from(members, (v) => plan.duration[v]),
    tail: Int32Array.from(members, (v) => plan.tail[v]),
    precedences: Int32Array.from(precedences),
  };
}

function orderOf(plan: Plan, members: readonly number[]): number[] {
  const order: number[] = [];
  let at = members.find((operation) => plan.before[operation] < 0) ?? -1;
  for (; at >= 0; at = plan.after[at]) order.push(at);
  return order;
}

/** Sets (or with an empty order forgets) a machine's sequence and evaluates. O(operations). */
function setOrder(plan: Plan, members: readonly number[], order: ArrayLike<number>): void {
  for (const operation of members) plan.before[operation] = plan.after[operation] = -1;
  for (let i = 1; i < order.length; i++) {
    plan.before[order[i]] = order[i - 1];
    plan.after[order[i - 1]] = order[i];
  }
  refresh(plan);
}
