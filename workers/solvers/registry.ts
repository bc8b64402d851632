/** The solvers' code, by family and solver id; each family loads when first asked for. */
import type { ParamValues } from '../../src/core/params.ts';
import type { Solve } from '../../src/core/solver.ts';
import type { FamilyId } from '../../src/problems/family.ts';

/** A solver with its types forgotten. */
export type AnySolve = Solve<unknown, unknown, ParamValues>;
export type SolveTable = Readonly<Record<string, AnySolve>>;

/** A family's solver module. */
interface SolverModule {
  solvers: SolveTable;
  /** What a solver must load before it can run synchronously (WASM), by solver id. */
  prepare?: Readonly<Record<string, (instance?: unknown) => Promise<void>>>;
}

/** Checks a family's solvers: one function per declared id; then forgets their types. */
export function defineSolvers<Packed, Solution, Id extends string>(
  table: Readonly<Record<Id, Solve<Packed, Solution, never>>>,
): SolveTable {
  // Sound because the host hands over parameters read through the same solver's specs.
  return table as unknown as SolveTable;
}

const modules: Record<FamilyId, () => Promise<SolverModule>> = {
  'job-shop': () => import('./job-shop/index.ts'),
  tsp: () => import('./tsp/index.ts'),
  vrp: () => import('./vrp/index.ts'),
  knapsack: () => import('./knapsack/index.ts'),
  'learning-rate': () => import('./learning-rate/index.ts'),
};

/**
 * The solver's code, ready to run on the instance (on any, when none is given); an Error when the
 * family has no such solver.
 */
export async function loadSolver(
  family: FamilyId,
  solverId: string,
  instance?: unknown,
): Promise<AnySolve> {
  const module = await modules[family]();
  const solve = module.solvers[solverId];
  if (!solve) throw new Error(`The family ${family} has no solver "${solverId}".`);
  await module.prepare?.[solverId]?.(instance);
  return solve;
}
