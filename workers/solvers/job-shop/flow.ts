/**
 * Permutation flow shops: Johnson's rule on two machines, else NEH (Nawaz, Enscore & Ham 1983) and
 * the iterated greedy of Ruiz & Stützle (2007).
 */
import type { ParamsOf } from '../../../src/core/params.ts';
import { shuffle } from '../../../src/core/rng.ts';
import type { SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import { jobLengths, rootBound } from '../../../src/problems/job-shop/bounds.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import type { flowParams } from '../../../src/problems/job-shop/solvers.ts';
import { decay } from './cooling.ts';
import { dueDates, meanDelay } from './objective.ts';
import { bestPlace, createLine, evaluate, insertAt, johnson, removeAt } from './permutation.ts';

export type FlowParams = ParamsOf<typeof flowParams>;

/** Looks at an operation that take about a millisecond. */
const looksPerSlice = 250_000;
const traceEvery = 512;

export function* flow(
  packed: PackedJobShop,
  context: SolveContext<FlowParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { rng, params, budget, warmStart } = context;
  let { value: bound, proof } = rootBound(packed);
  const line = createLine(packed);
  const { jobs, machines, plain } = line;
  const exact = plain && machines <= 2;
  let sequence = warmStart
    ? byStart(packed, warmStart)
    : exact && machines === 2
      ? johnson(packed)
      : firstSequence(packed);
  if (exact && !warmStart) {
    bound = evaluate(line, sequence, jobs);
    proof = machines === 2 ? 'Johnson’s rule (1954)' : 'one machine without waiting';
  }
  yield { kind: 'bound', value: bound, proof };
  let best = Infinity;
  let insertions = 0;
  const perInsertion = plain ? jobs * machines : jobs * jobs * machines;
  const preferred = Math.max(1, Math.floor(looksPerSlice / perInsertion));
  let left = budget.chunk(preferred);
  let inSlice = 0;

  /** Hands over the whole sequence if it is the best so far. */
  function* offer(whole: Int32Array): Generator<SolverYield<JobShopSolution>, number, void> {
    const starts = new Int32Array(packed.machine.length);
    const value = evaluate(line, whole, jobs, starts);
    if (value < best) {
      best = value;
      yield { kind: 'incumbent', solution: { starts }, objective: best };
    }
    return value;
  }
  /** One job put where it serves best; a step. */
  function* place(list: Int32Array, length: number, job: number): SolverRunPart {
    const at = bestPlace(line, list, length, job, params.ties === 'last');
    insertAt(list, length, at, job);
    insertions++;
    if (++inSlice === left) {
      yield inSlice;
      left = budget.chunk(preferred);
      inSlice = 0;
    }
  }
  /** Every job taken out and put back, in random order, until none helps. */
  function* improve(
    list: Int32Array,
    from: number,
  ): Generator<SolverYield<JobShopSolution>, number, void> {
    let value = from;
    for (let better = true; better && best > bound;) {
      better = false;
      for (const job of shuffle(Int32Array.from(list), rng)) {
        const old = list.indexOf(job);
        removeAt(list, jobs, old);
        yield* place(list, jobs - 1, job);
        if (line.value < value) {
          value = line.value;
          better = true;
        }
        if (value < best) yield* offer(list);
      }
    }
    return value;
  }

  let current = yield* offer(sequence);
  if (best > bound && !warmStart && params.start === 'neh') {
    const order = sequence;
    sequence = new Int32Array(jobs);
    for (let i = 0; i < jobs; i++) yield* place(sequence, i, order[i]);
    current = yield* offer(sequence);
  }
  if (best > bound) current = yield* improve(sequence, current);
  let kept = sequence.slice();
  const temperature = (params.temperature * meanDelay(packed)) / 10;
  const removed = Math.min(params.removed, jobs - 1);
  let iterations = 0;
  while (best > bound && removed > 0) {
    const out: number[] = [];
    let length = jobs;
    for (let i = 0; i < removed; i++) out.push(removeAt(sequence, length--, rng.int(length + 1)));
    for (const job of out) yield* place(sequence, length++, job);
    let value = line.value;
    if (value < best) yield* offer(sequence);
    value = yield* improve(sequence, value);
    const worse = value - current;
    if (worse <= 0 || rng.float() < decay(worse / Math.max(temperature, 1e-9))) {
      current = value;
      kept = sequence.slice();
    } else sequence.set(kept);
    if (++iterations % 8 === 1 || insertions % traceEvery === 0)
      yield { kind: 'trace', row: [insertions, value] };
  }
  if (inSlice > 0) yield inSlice;
  return { reason: best <= bound ? 'optimal' : 'exhausted' };
}

type SolverRunPart = Generator<SolverYield<JobShopSolution>, void, void>;

/** NEH's order: long jobs first; with dates or for flow times by due date or short jobs first. */
function firstSequence(packed: PackedJobShop): Int32Array {
  const lengths = jobLengths(packed);
  const due = dueDates(packed, lengths, 1);
  const key = (job: number) =>
    packed.objective === 'makespan'
      ? -lengths[job]
      : packed.objective === 'tardiness'
        ? due[job]
        : lengths[job];
  return Int32Array.from(lengths, (_, job) => job).sort((a, b) => key(a) - key(b) || a - b);
}

/** Jobs in the order of a feasible schedule. */
function byStart(packed: PackedJobShop, { starts }: JobShopSolution): Int32Array {
  const { first } = packed;
  const total = Float64Array.from({ length: first.length - 1 }, (_, job) => {
    let sum = 0;
    for (let i = first[job]; i < first[job + 1]; i++) sum += 2 * starts[i] + packed.duration[i];
    return sum;
  });
  return Int32Array.from(total, (_, job) => job).sort((a, b) => total[a] - total[b] || a - b);
}
