/** The solvers' code, by family and solver id; each family loads when first asked for. */
import type { ParamValues } from '../../src/core/params.ts';
import type { Solve } from '../../src/core/solver.ts';
import type { FamilyId } from '../../src/problems/family.ts';

/** A solver with its types forgotten. */
export type AnySolve = Solve<unknown, unknown, ParamValues>;
export type SolveTable = Readonly<Record<string, AnySolve>>;

/** Checks a family's solvers: one function per declared id; then forgets their types. */
export function defineSolvers<Packed, Solution, Id extends string>(
  table: Readonly<Record<Id, Solve<Packed, Solution, never>>>,
): SolveTable {
  // Sound because the host hands over parameters read through the same solver's specs.
  return table as unknown as SolveTable;
}

const tables: Record<FamilyId, () => Promise<SolveTable>> = {
  'job-shop': () => import('./job-shop/index.ts').then((module) => module.solvers),
  tsp: () => import('./tsp/index.ts').then((module) => module.solvers),
  vrp: () => import('./vrp/index.ts').then((module) => module.solvers),
  knapsack: () => import('./knapsack/index.ts').then((module) => module.solvers),
  'learning-rate': () => import('./learning-rate/index.ts').then((module) => module.solvers),
};

export const loadSolvers = (family: FamilyId): Promise<SolveTable> => tables[family]();
