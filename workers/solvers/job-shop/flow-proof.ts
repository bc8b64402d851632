/**
 * Branch and bound for permutation flow shops: the sequence is built from its front, and what is
 * left is bounded by one machine at a time and by pairs of machines, between which jobs take a lag
 * (Johnson's rule with lags, Mitten 1959; Lageweg, Lenstra & Rinnooy Kan 1978).
 */
import { defaultParams, type ParamsOf } from '../../../src/core/params.ts';
import type { SolveContext, SolverRun, SolverYield } from '../../../src/core/solver.ts';
import type { JobShopSolution, PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { flowParams, type flowProofParams } from '../../../src/problems/job-shop/solvers.ts';
import { flow, type FlowParams } from './flow.ts';
import { createLine, evaluate } from './permutation.ts';

export type FlowProofParams = ParamsOf<typeof flowProofParams>;

/** Looks at a job on a machine that take about a millisecond. */
const looksPerSlice = 200_000;
const traceEvery = 64;
/** Up to so many machines all pairs are bounded, beyond each with the last one. */
const allPairs = 10;

/** A pair of machines with the best order of all jobs on them, and their lags. */
interface Pair {
  first: number;
  second: number;
  order: Int32Array;
  lag: Int32Array;
}

interface Tree {
  jobs: number;
  machines: number;
  /** Duration of job j on machine k: time[j · machines + k]; tail behind it likewise. */
  time: Int32Array;
  tail: Int32Array;
  pairs: Pair[];
  prefix: Int32Array;
  used: Uint8Array;
  /** By depth: when each machine is free, and the work left on it. */
  free: Int32Array;
  work: Int32Array;
  /** By depth: the jobs that may come next, best bound first, how many, and which is next. */
  child: Int32Array;
  value: Int32Array;
  count: Int32Array;
  next: Int32Array;
  /** Scratch by machine. */
  start: Int32Array;
  least: Int32Array;
  leastTail: Int32Array;
}

function createTree(packed: PackedJobShop): Tree {
  const { duration } = packed;
  const jobs = packed.first.length - 1;
  const machines = duration.length / jobs;
  const tail = new Int32Array(duration.length);
  const work = new Int32Array((jobs + 1) * machines);
  for (let j = 0; j < jobs; j++)
    for (let k = machines - 1; k >= 0; k--) {
      const i = j * machines + k;
      if (k + 1 < machines) tail[i] = tail[i + 1] + duration[i + 1];
      work[k] += duration[i];
    }
  const pairs: Pair[] = [];
  for (let v = 1; v < machines; v++)
    for (let u = 0; u < v; u++)
      if (machines <= allPairs || v === machines - 1) pairs.push(createPair(packed, u, v));
  return {
    jobs,
    machines,
    time: duration,
    tail,
    pairs,
    prefix: new Int32Array(jobs),
    used: new Uint8Array(jobs),
    free: new Int32Array((jobs + 1) * machines),
    work,
    child: new Int32Array(jobs * jobs),
    value: new Int32Array(jobs * jobs),
    count: new Int32Array(jobs),
    next: new Int32Array(jobs),
    start: new Int32Array(machines),
    least: new Int32Array(machines),
    leastTail: new Int32Array(machines),
  };
}

/** Johnson's order of all jobs on two machines, what lies between added to both. O(n log n). */
function createPair({ duration, first: firstOf }: PackedJobShop, u: number, v: number): Pair {
  const jobs = firstOf.length - 1;
  const machines = duration.length / jobs;
  const lag = new Int32Array(jobs);
  for (let j = 0; j < jobs; j++)
    for (let k = u + 1; k < v; k++) lag[j] += duration[j * machines + k];
  const a = (j: number) => duration[j * machines + u] + lag[j];
  const b = (j: number) => duration[j * machines + v] + lag[j];
  const isFirst = (j: number) => a(j) < b(j);
  const order = Int32Array.from({ length: jobs }, (_, j) => j).sort((x, y) => {
    if (isFirst(x) !== isFirst(y)) return isFirst(x) ? -1 : 1;
    return (isFirst(x) ? a(x) - a(y) : b(y) - b(x)) || x - y;
  });
  return { first: u, second: v, order, lag };
}

/** Puts a job behind the first `depth` ones: free times and work of the next depth. O(machines). */
function append(tree: Tree, depth: number, job: number): void {
  const { machines, time, free, work } = tree;
  const [from, to] = [depth * machines, (depth + 1) * machines];
  let end = 0;
  for (let k = 0; k < machines; k++) {
    const duration = time[job * machines + k];
    end = Math.max(end, free[from + k]) + duration;
    free[to + k] = end;
    work[to + k] = work[from + k] - duration;
  }
}

/** A bound on every completion of the first `depth` jobs; those used are marked. O(jobs · pairs). */
function boundOf(tree: Tree, depth: number): number {
  const { jobs, machines, time, tail, used, free, work, start, least, leastTail } = tree;
  const base = depth * machines;
  if (depth === jobs) return free[base + machines - 1];
  least.fill(0x7fffffff);
  leastTail.fill(0x7fffffff);
  for (let j = 0; j < jobs; j++) {
    if (used[j] === 1) continue;
    for (let k = 0; k < machines; k++) {
      const i = j * machines + k;
      if (time[i] < least[k]) least[k] = time[i];
      if (tail[i] < leastTail[k]) leastTail[k] = tail[i];
    }
  }
  let bound = 0;
  for (let k = 0; k < machines; k++) {
    const before = k === 0 ? 0 : start[k - 1] + least[k - 1];
    start[k] = Math.max(free[base + k], before);
    bound = Math.max(bound, start[k] + work[base + k] + leastTail[k]);
  }
  for (const { first, second, order, lag } of tree.pairs) {
    let a = start[first];
    let b = start[second];
    for (let k = 0; k < jobs; k++) {
      const j = order[k];
      if (used[j] === 1) continue;
      a += time[j * machines + first];
      b = Math.max(b, a + lag[j]) + time[j * machines + second];
    }
    bound = Math.max(bound, b + leastTail[second]);
  }
  return bound;
}

/** Lists the jobs that may follow the first `depth` ones and beat `best`, best bound first. */
function expand(tree: Tree, depth: number, best: number): void {
  const { jobs, used, child, value, count, next } = tree;
  const base = depth * jobs;
  count[depth] = next[depth] = 0;
  for (let job = 0; job < jobs; job++) {
    if (used[job] === 1) continue;
    used[job] = 1;
    append(tree, depth, job);
    const bound = boundOf(tree, depth + 1);
    used[job] = 0;
    if (bound >= best) continue;
    let at = base + count[depth]++;
    for (; at > base && value[at - 1] > bound; at--) {
      value[at] = value[at - 1];
      child[at] = child[at - 1];
    }
    value[at] = bound;
    child[at] = job;
  }
}

/** The sequence is proven optimal when no prefix is left that could beat it; a step is a prefix. */
export function* flowProof(
  packed: PackedJobShop,
  context: SolveContext<FlowProofParams, JobShopSolution>,
): SolverRun<JobShopSolution> {
  const { budget } = context;
  const found = yield* searchFirst(packed, context);
  if (found.optimal) return { reason: 'optimal' };
  let { best, bound } = found;
  const tree = createTree(packed);
  const { jobs, prefix, used, child, value, count, next } = tree;
  const line = createLine(packed);
  const preferred = Math.max(
    1,
    Math.floor(looksPerSlice / (jobs * jobs * (tree.machines + tree.pairs.length))),
  );
  let left = budget.chunk(preferred);
  let done = 0;
  let nodes = 0;
  expand(tree, 0, best);
  for (let depth = 0; depth >= 0;) {
    const at = depth * jobs + next[depth];
    const over = next[depth] === count[depth] || value[at] >= best;
    if (depth === 0) {
      // What is behind is refuted or found; what comes is no better than its first.
      const proven = over ? best : value[at];
      if (proven > bound) {
        bound = proven;
        yield { kind: 'bound', value: bound, proof: 'Branch and bound over pairs of machines' };
      }
    }
    if (over) {
      depth--;
      if (depth >= 0) used[prefix[depth]] = 0;
      continue;
    }
    next[depth]++;
    prefix[depth] = child[at];
    if (depth + 1 === jobs) {
      best = value[at];
      const starts = new Int32Array(packed.machine.length);
      evaluate(line, prefix, jobs, starts);
      yield { kind: 'incumbent', solution: { starts }, objective: best };
      continue;
    }
    used[prefix[depth]] = 1;
    append(tree, depth, prefix[depth]);
    expand(tree, ++depth, best);
    nodes++;
    if (nodes % traceEvery === 0) yield { kind: 'trace', row: [nodes, best, depth] };
    if (++done === left) {
      yield done;
      left = budget.chunk(preferred);
      done = 0;
    }
  }
  yield done;
  return { reason: 'optimal' };
}

/** Iterated greedy for a first sequence; counts no steps. */
function* searchFirst(
  packed: PackedJobShop,
  context: SolveContext<FlowProofParams, JobShopSolution>,
): Generator<
  SolverYield<JobShopSolution>,
  { best: number; bound: number; optimal: boolean },
  void
> {
  let left = context.params.insertions;
  let best = Infinity;
  let bound = 0;
  const search = flow(packed, {
    rng: context.rng,
    params: defaultParams(flowParams) as FlowParams,
    budget: {
      steps: left,
      chunk: (preferred) => Math.max(1, Math.min(preferred, left)),
      progress: () => NaN,
    },
    warmStart: context.warmStart,
  });
  while (left > 0 || best === Infinity) {
    const { value, done } = search.next();
    if (done) return { best, bound, optimal: value.reason === 'optimal' };
    if (typeof value === 'number') {
      left -= value;
      yield 0;
      continue;
    }
    if (value.kind === 'trace') continue;
    if (value.kind === 'incumbent') best = value.objective;
    if (value.kind === 'bound') bound = value.value;
    yield value;
  }
  return { best, bound, optimal: false };
}
