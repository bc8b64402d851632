/**
 * The solver contract. A solver is a pure, seeded, synchronous generator over a packed instance;
 * the same generator runs in a worker, in Node and step by step in a lesson. It has no timers,
 * clocks, messages or chance of its own.
 */
import type { ParamSpec, ParamValues } from './params.ts';
import type { Rng } from './rng.ts';

/** How much a solver may do, and where it stands. Given by the host. */
export interface Budget {
  /** Steps the run may take; null when only a time limit, a target or a person ends it. */
  readonly steps: number | null;
  /**
   * Steps to do before the next yield: at most `preferred` (choose about 1 ms of work), fewer when
   * the step budget ends or a person is stepping. At least 1. Where the yields fall must not change
   * the result.
   */
  chunk(preferred: number): number;
  /**
   * Fraction of the budget used, in [0, 1], for cooling schedules; NaN when the run has no budget.
   * Exact under a step budget (so results repeat); measured time under a time budget.
   */
  progress(): number;
}

export interface SolveContext<Params, Solution> {
  rng: Rng;
  params: Params;
  budget: Budget;
  /** A feasible solution to start from, already checked; with what `saves` wrote, to go on from. */
  warmStart?: Solution;
  /** The best solution of other workers on this instance since the last call, already checked. */
  exchange?(): Solution | null;
  /**
   * Called once by a solver that can be continued elsewhere. `save`, called between yields, gives the
   * best solution with all that the run goes on from: warm-started with it, another run ends bit for
   * bit as this one would. null while the solver is in the midst of a step.
   */
  saves?(save: () => Solution | null): void;
}

export type SolverEvent<Solution> =
  /** Strictly better than every incumbent before. The solution is handed over: not written again. */
  | { kind: 'incumbent'; solution: Solution; objective: number }
  /**
   * A proven bound on every solution; `proof` names the method that proves it, `evidence` is what
   * the family can check it by (`Family.evidence`), when there is such a thing.
   */
  | { kind: 'bound'; value: number; proof: string; evidence?: unknown }
  /** One row of the solver's trace columns. */
  | { kind: 'trace'; row: readonly number[] }
  /** What the solver is doing, for long preparations; `progress` in [0, 1]. */
  | { kind: 'phase'; name: string; progress?: number };

/**
 * An event, or the number of steps done since the last number was yielded (returns control). Events
 * of those steps come before the number: a run may end at any number.
 */
export type SolverYield<Solution> = number | SolverEvent<Solution>;

/** `optimal`: the last incumbent is proven best; `exhausted`: nothing more to try; `infeasible`: proven. */
export interface SolverEnd {
  reason: 'optimal' | 'exhausted' | 'infeasible';
  message?: string;
}

export type SolverRun<Solution> = Generator<SolverYield<Solution>, SolverEnd, void>;

/** The part of a solver that lives in a worker. */
export type Solve<Packed, Solution, Params> = (
  instance: Packed,
  context: SolveContext<Params, Solution>,
) => SolverRun<Solution>;

export interface TraceColumn {
  id: string;
  label: string;
  unit?: string;
  /** Drawn on a logarithmic axis by default. */
  log?: boolean;
  /** `axis`: only rises, others can be drawn over it; `picture`: of a view's own, in no chart. */
  role?: 'axis' | 'picture';
  /** Runs are compared by it unless a person chooses otherwise. */
  compared?: boolean;
  /** Name of the chart it shares with others; by default those with the same last word share one. */
  panel?: string;
}

export interface SolverTraits {
  /** Improves until stopped. */
  anytime: boolean;
  /** Ends with a proof of optimality when given time. */
  exact: boolean;
  /** Yields proven bounds. */
  bounds: boolean;
  /** Repeats bit for bit for a seed and a step budget. */
  deterministic: boolean;
  /** Uses `warmStart`. */
  warmStart: boolean;
  /** Goes on from a solution that a run saved (`SolveContext.saves`). */
  continues?: boolean;
  /** Follows `budget.progress()`, so a run under a time limit does not repeat. */
  followsClock?: boolean;
}

/** What the page and the command line know of a solver without loading it. */
export interface SolverInfo {
  id: string;
  /** Raised when the same seed and budget give another result than before. */
  version: number;
  name: string;
  /** One sentence. */
  summary: string;
  /** Author, year of the method. */
  source: string;
  /** Its update rule or recurrence as plain text with Unicode signs, a line each. */
  equations?: string;
  params: readonly ParamSpec[];
  traits: SolverTraits;
  /** What a step is, plural: "moves", "nodes". */
  stepUnit: string;
  /** What a portfolio's workers after the first do otherwise: one proof is enough. */
  furtherWorkers?: ParamValues;
  trace: readonly TraceColumn[];
}

/** A solver as the host runs it. */
export interface Solver<Packed, Solution, Params = ParamValues> extends SolverInfo {
  solve: Solve<Packed, Solution, Params>;
}
