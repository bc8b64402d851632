/**
 * Beam search over dispatching rules: partial schedules are extended by what each of several rules
 * would do next, and valued by letting that rule finish (after Sabuncuoglu & Bayiz 1999). When a
 * search has ended the next is twice as wide.
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { beamParams } from '../../../src/problems/job-shop/solvers.ts';
import {
  collect,
  completeSchedule,
  copyState,
  createDispatcher,
  isAllowed,
  limitsOf,
  looksPerSlice,
  objective,
  placeCandidate,
  toSolution,
  urgencyOf,
  type Dispatcher,
} from './dispatcher.ts';
import type { Rule } from './rules.ts';

export type BeamParams = ParamsOf<typeof beamParams>;
type Ranked = Exclude<Rule, 'random'>;

/** Rules that look at work, times and dates, most useful first. */
const timeRules: readonly Ranked[] = ['MWKR', 'FDD', 'MOPNR', 'SPT', 'LPT', 'FIFO'];
const dateRules: readonly Ranked[] = ['ATC', 'MDD', 'COVERT', 'SLACK', 'SPT', 'FIFO'];

/** Operations times partial schedules that are kept at most. */
const mostKept = 2_000_000;

/** An extension of a partial schedule: which one, by which operation, and what a rule made of it. */
interface Child {
  parent: number;
  operation: number;
  value: number;
  rule: Ranked;
}

export function* beam(
  packed: PackedJobShop,
  context: SolveContext<BeamParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { params, budget, rng } = context;
  const bound = rootBound(packed);
  yield { kind: 'bound', value: bound.value, proof: bound.proof };
  const rules = (packed.objective === 'makespan' ? timeRules : dateRules).slice(0, params.rules);
  const n = packed.machine.length;
  let best = Infinity;
  let rollouts = 0;
  const perRollout = n * Math.max(1, packed.first.length - 1);
  const preferred = Math.max(1, Math.floor(looksPerSlice / perRollout));
  let left = budget.chunk(preferred);
  let inSlice = 0;

  const policy = (rule: Ranked) => ({
    rule,
    schedule: 'active' as const,
    delay: params.delay,
    allowance: 1.5,
    lookahead: 3,
  });
  const create = () => createDispatcher(packed, policy(rules[0]), rng);
  const scratch = create();

  /** Lets a rule finish the schedule in `scratch`; a step. */
  function* rollout(rule: Ranked): Generator<SolverYield<JobShopSolution>, number, void> {
    scratch.policy = policy(rule);
    yield* completeSchedule(scratch);
    const value = objective(scratch);
    rollouts++;
    if (value < best) {
      best = value;
      yield { kind: 'incumbent', solution: toSolution(scratch), objective: best };
    }
    if (rollouts % (16 * preferred) === 1) yield { kind: 'trace', row: [rollouts, value, width] };
    if (++inSlice === left || best <= bound.value) {
      yield inSlice;
      left = budget.chunk(preferred);
      inSlice = 0;
    }
    return value;
  }

  let width = params.width;
  for (const rule of rules) {
    copyState(create(), scratch);
    yield* rollout(rule);
    if (best <= bound.value) return { reason: 'optimal' };
  }
  for (; width * n <= mostKept || width === params.width; width *= 2) {
    let level: Dispatcher[] = [create()];
    let spare: Dispatcher[] = [];
    for (let depth = 0; depth < n; depth++) {
      const children: Child[] = [];
      for (let parent = 0; parent < level.length; parent++) {
        const state = level[parent];
        collect(state);
        for (const { candidate, rule } of preferredBy(state, rules)) {
          copyState(state, scratch);
          collect(scratch);
          placeCandidate(scratch, candidate);
          const value = yield* rollout(rule);
          if (best <= bound.value) return { reason: 'optimal' };
          children.push({ parent, operation: state.operation[candidate], value, rule });
        }
      }
      children.sort(
        (a, b) => a.value - b.value || a.parent - b.parent || a.operation - b.operation,
      );
      const kept = children.slice(0, width);
      const next: Dispatcher[] = [];
      for (const { parent, operation } of kept) {
        const state = spare.pop() ?? create();
        copyState(level[parent], state);
        collect(state);
        placeCandidate(state, state.operation.subarray(0, state.candidates).indexOf(operation));
        next.push(state);
      }
      spare = [...spare, ...level];
      level = next;
    }
  }
  if (inSlice > 0) yield inSlice;
  return { reason: 'exhausted' };
}

/** The different candidates the rules would place next, with the first rule that would. */
function preferredBy(
  state: Dispatcher,
  rules: readonly Ranked[],
): { candidate: number; rule: Ranked }[] {
  const limits = limitsOf(state);
  const found: { candidate: number; rule: Ranked }[] = [];
  for (const rule of rules) {
    let best = -1;
    let bestKey = 0;
    for (let k = 0; k < state.candidates; k++) {
      if (!isAllowed(state, limits, k)) continue;
      const key = urgencyOf(state, k, rule);
      if (best < 0 || key < bestKey) {
        best = k;
        bestKey = key;
      }
    }
    if (!found.some(({ candidate }) => candidate === best)) found.push({ candidate: best, rule });
  }
  return found;
}
