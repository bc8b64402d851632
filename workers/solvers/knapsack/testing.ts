/** Helpers of the solver tests: run to the end, an oracle, small random instances. */
import { defaultParams, type ParamValues } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { SolverEnd } from '../../../src/core/solver.ts';
import { check } from '../../../src/problems/knapsack/check.ts';
import {
  copiesOf,
  pack,
  type Instance,
  type Solution,
} from '../../../src/problems/knapsack/instance.ts';
import { solvers as infos, type SolverId } from '../../../src/problems/knapsack/solvers.ts';
import { solvers } from './index.ts';

export interface RunLog {
  /** Objectives as the checker computes them. */
  incumbents: number[];
  bounds: number[];
  last: Solution | null;
  steps: number;
  end: SolverEnd | null;
}

/** Runs a solver until it ends, its bound meets the incumbent, or the steps are used up. */
export function run(
  solverId: SolverId,
  instance: Instance,
  options: { steps?: number; chunk?: number; params?: ParamValues; warmStart?: Solution } = {},
): RunLog {
  const info = infos.find(({ id }) => id === solverId);
  if (!info) throw new Error(`No solver ${solverId}.`);
  const log: RunLog = { incumbents: [], bounds: [], last: null, steps: 0, end: null };
  const limit = options.steps ?? Infinity;
  const generator = solvers[solverId](pack(instance), {
    rng: createRng(5),
    params: { ...defaultParams(info.params), ...options.params },
    warmStart: options.warmStart,
    budget: {
      steps: options.steps ?? null,
      chunk: (preferred) => Math.max(1, Math.min(options.chunk ?? preferred, limit - log.steps)),
      progress: () => NaN,
    },
  });
  for (;;) {
    const next = generator.next();
    if (next.done) {
      log.end = next.value;
      return log;
    }
    const event = next.value;
    if (typeof event === 'number') {
      log.steps += event;
      if (log.steps >= limit) break;
    } else if (event.kind === 'incumbent') {
      const solution = event.solution as Solution;
      const report = check(instance, solution);
      if (!report.feasible) throw new Error(report.violations.join(' '));
      if (report.objective !== event.objective)
        throw new Error(`${event.objective} claimed, ${report.objective} found.`);
      log.incumbents.push(report.objective);
      log.last = solution;
    } else if (event.kind === 'bound') log.bounds.push(event.value);
    if (log.bounds.some((bound) => bound <= (log.incumbents.at(-1) ?? -Infinity))) break;
  }
  generator.return({ reason: 'exhausted' });
  return log;
}

/** The optimum by trying every combination of copies. Exponential. */
export function bruteForce(instance: Instance): number {
  const { items, capacities } = instance;
  const residual = [...capacities];
  const visit = (i: number): number => {
    if (i === items.length) return 0;
    let best = -Infinity;
    const { profit, weights } = items[i];
    let copies = 0;
    for (; copies <= copiesOf(items[i]); copies++) {
      if (copies > 0) weights.forEach((w, d) => (residual[d] -= w));
      if (residual.some((left) => left < 0)) {
        copies++;
        break;
      }
      best = Math.max(best, copies * profit + visit(i + 1));
    }
    weights.forEach((w, d) => (residual[d] += w * (copies - 1)));
    return best;
  };
  return visit(0);
}
