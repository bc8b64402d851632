/** For tests: runs a solver for a number of steps and checks everything it yields. */
import { expect } from 'vitest';
import { defaultParams, type ParamValues } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { SolverEnd } from '../../../src/core/solver.ts';
import { check } from '../../../src/problems/job-shop/check.ts';
import { pack } from '../../../src/problems/job-shop/instance.ts';
import type { JobShopInstance, JobShopSolution } from '../../../src/problems/job-shop/instance.ts';
import { solverInfos, type SolverId } from '../../../src/problems/job-shop/solvers.ts';
import { solvers } from './index.ts';

export interface Outcome {
  best: number;
  bound: number;
  proof: string;
  solution: JobShopSolution;
  end: SolverEnd | null;
  makespans: number[];
}

export interface Setting {
  params?: ParamValues;
  seed?: number;
  warmStart?: JobShopSolution;
  exchange?: () => JobShopSolution | null;
}

export function solve(
  id: SolverId,
  instance: JobShopInstance,
  steps: number,
  setting: Setting = {},
): Outcome {
  const info = solverInfos.find((candidate) => candidate.id === id)!;
  let left = steps;
  const run = solvers[id](pack(instance), {
    rng: createRng(setting.seed ?? 1),
    params: { ...defaultParams(info.params), ...setting.params },
    budget: { steps, chunk: (preferred) => Math.min(preferred, left), progress: () => NaN },
    warmStart: setting.warmStart,
    exchange: setting.exchange,
  });
  const outcome: Outcome = {
    best: Infinity,
    bound: 0,
    proof: '',
    solution: { starts: new Int32Array(0) },
    end: null,
    makespans: [],
  };
  while (left > 0) {
    const { value, done } = run.next();
    if (done) {
      outcome.end = value;
      break;
    }
    if (typeof value === 'number') left -= value;
    else if (value.kind === 'bound') {
      outcome.bound = value.value;
      outcome.proof = value.proof;
    } else if (value.kind === 'incumbent') {
      const solution = value.solution as JobShopSolution;
      const report = check(instance, solution);
      expect(report.violations).toEqual([]);
      expect(report.objective).toBe(value.objective);
      expect(value.objective).toBeLessThan(outcome.best);
      outcome.best = value.objective;
      outcome.solution = solution;
      outcome.makespans.push(value.objective);
    }
  }
  return outcome;
}
