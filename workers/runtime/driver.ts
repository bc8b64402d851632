/**
 * Runs one solver generator: counts steps, keeps budgets, verifies every incumbent with the
 * family's checker, keeps the best bound and decides when the run is over. It knows nothing of
 * workers: the page's worker, the command line and the tests all drive solvers through it.
 */
import type { BudgetSpec, EndReason } from '../../src/core/budget.ts';
import type { CodeAnswer } from '../../src/core/code.ts';
import type { ParamValues } from '../../src/core/params.ts';
import type { Result } from '../../src/core/result.ts';
import { createRng } from '../../src/core/rng.ts';
import type { SolverRun } from '../../src/core/solver.ts';
import { isBetter, meets, type AnyFamily, type Report } from '../../src/problems/family.ts';
import type { AnySolve } from '../solvers/registry.ts';

export interface DriveRequest {
  family: AnyFamily;
  instance: unknown;
  solve: AnySolve;
  params: ParamValues;
  seed: number;
  /** Which worker of a portfolio this is; 0 uses the seed itself. */
  workerIndex?: number;
  budget: BudgetSpec;
  /** Already checked. */
  warmStart?: unknown;
  /** Monotone clock in seconds. */
  now(): number;
}

/** What a run reports, stamped with the solving time and steps so far. */
export interface Stamp {
  seconds: number;
  steps: number;
}

export interface DriveListener {
  incumbent(solution: unknown, report: Report, at: Stamp): void;
  bound(value: number, proof: string, at: Stamp, evidence?: unknown): void;
  trace?(row: readonly number[], at: Stamp): void;
  phase?(name: string, progress: number | undefined, at: Stamp): void;
}

export interface DriveEnd {
  reason: EndReason;
  message?: string;
}

export interface Driver {
  /** Solves until the clock reads `until` (seconds), or to the end. At least one yield. */
  run(until: number): void;
  /** One single step (of the solver's own unit), or its next event. */
  step(): void;
  stop(): void;
  /** A better solution from elsewhere, already checked, for solvers that exchange. */
  offer(solution: unknown): void;
  /**
   * A solution for another run to go on from, or null when the solver has none. Advances the solver
   * to where it can be written down, a step further at most.
   */
  save(): unknown;
  /** The same as it stands, at the end too; null when that is in the midst of a step. */
  saved(): unknown;
  readonly end: DriveEnd | null;
  readonly objective: number | null;
  readonly bound: number | null;
  readonly stamp: Stamp;
}

/** An instance as it came to a worker, with the values of its code, which do not travel with it. */
export const withAnswers = (
  { code }: AnyFamily,
  instance: Result<unknown>,
  answers: readonly CodeAnswer[],
): Result<unknown> =>
  code && answers.length > 0 && instance.ok ? code.supply(instance.value, answers) : instance;

/** Throws when code of the instance has not been run, or when the solver cannot begin. */
export function createDriver(request: DriveRequest, listener: DriveListener): Driver {
  const { family, instance, budget, now } = request;
  if (family.code && family.code.missing(instance).length > 0)
    throw new Error('The code of the instance has not been run.');
  let steps = 0;
  let activeSeconds = 0;
  let sliceStart = 0;
  let running = false;
  let single = false;
  let end: DriveEnd | null = null;
  let objective: number | null = null;
  let bound: number | null = null;
  let lastImprovement = 0;
  let immigrant: unknown = null;
  let saveNow: (() => unknown) | null = null;

  const seconds = () => activeSeconds + (running ? now() - sliceStart : 0);
  const stamp = (): Stamp => ({ seconds: seconds(), steps });

  const rng = createRng(request.seed);
  const generator: SolverRun<unknown> = request.solve(family.pack(instance), {
    rng: request.workerIndex ? rng.fork(request.workerIndex) : rng,
    params: request.params,
    budget: {
      steps: budget.steps,
      chunk(preferred) {
        const left = budget.steps === null ? Infinity : budget.steps - steps;
        return Math.max(1, Math.min(single ? 1 : preferred, left));
      },
      progress() {
        if (budget.steps === null && budget.seconds === null) return NaN;
        const byStep = budget.steps === null ? 0 : steps / budget.steps;
        const byTime = budget.seconds === null ? 0 : seconds() / budget.seconds;
        return Math.min(1, Math.max(byStep, byTime));
      },
    },
    warmStart: request.warmStart,
    exchange() {
      const solution = immigrant;
      immigrant = null;
      return solution;
    },
    saves(save) {
      saveNow = save;
    },
  });

  function finish(reason: EndReason, message?: string): void {
    if (end) return;
    end = { reason, message };
    generator.return({ reason: 'exhausted' });
  }

  function takeIncumbent(solution: unknown): void {
    const report = family.check(instance, solution);
    if (!report.feasible) {
      finish('error', `The solver returned an infeasible solution: ${report.violations[0] ?? ''}`);
      return;
    }
    if (objective !== null && !isBetter(family.sense, report.objective, objective)) return;
    objective = report.objective;
    lastImprovement = seconds();
    listener.incumbent(solution, report, stamp());
    compare();
    if (budget.target !== null && !isBetter(family.sense, budget.target, report.objective))
      finish('target');
  }

  function takeBound(value: number, proof: string, evidence?: unknown): void {
    if (!Number.isFinite(value)) return;
    // A better bound is a worse objective: larger when minimising.
    if (bound !== null && !isBetter(family.sense, bound, value)) return;
    bound = value;
    listener.bound(value, proof, stamp(), evidence);
    compare();
  }

  function compare(): void {
    if (bound === null || objective === null || !meets(family.sense, bound, objective)) return;
    if (meets(family.sense, objective, bound)) finish('optimal');
    else finish('error', `The bound ${bound} contradicts a verified solution of ${objective}.`);
  }

  /** Advances to the next yield. */
  function advance(): void {
    let next;
    try {
      next = generator.next();
    } catch (error) {
      finish('error', error instanceof Error ? error.message : String(error));
      return;
    }
    if (next.done) {
      const { reason, message } = next.value;
      if (reason === 'optimal' && objective !== null && !end)
        takeBound(objective, 'exhaustive search');
      finish(
        reason === 'optimal' ? 'optimal' : reason === 'infeasible' ? 'infeasible' : 'finished',
        message,
      );
      return;
    }
    const value = next.value;
    if (typeof value === 'number') {
      steps += value;
      if (budget.steps !== null && steps >= budget.steps) finish('budget');
      return;
    }
    switch (value.kind) {
      case 'incumbent':
        takeIncumbent(value.solution);
        break;
      case 'bound':
        takeBound(value.value, value.proof, value.evidence);
        break;
      case 'trace':
        listener.trace?.(value.row, stamp());
        break;
      case 'phase':
        listener.phase?.(value.name, value.progress, stamp());
        break;
    }
  }

  function slice(body: () => void): void {
    if (end) return;
    sliceStart = now();
    running = true;
    body();
    activeSeconds += now() - sliceStart;
    running = false;
  }

  return {
    run(until) {
      slice(() => {
        do {
          advance();
          if (end) return;
          const elapsed = seconds();
          if (budget.seconds !== null && elapsed >= budget.seconds) finish('budget');
          else if (budget.stall !== null && elapsed - lastImprovement >= budget.stall)
            finish('stall');
        } while (!end && now() < until);
      });
    },
    step() {
      slice(() => {
        single = true;
        const before = steps;
        // Events that come with the step are taken along: up to the next counted step.
        for (let events = 0; !end && steps === before && events < 64; events++) advance();
        single = false;
      });
    },
    stop: () => finish('stopped'),
    offer(solution) {
      immigrant = solution;
    },
    save() {
      let solution: unknown = saveNow?.() ?? null;
      slice(() => {
        single = true;
        while (!end && solution === null) {
          advance();
          if (!saveNow) break;
          solution = saveNow();
        }
        single = false;
      });
      return solution;
    },
    saved: () => saveNow?.() ?? null,
    get end() {
      return end;
    },
    get objective() {
      return objective;
    },
    get bound() {
      return bound;
    },
    get stamp() {
      return stamp();
    },
  };
}
