import type { PackedVrp, VrpSolution } from '../../../src/problems/vrp/instance.ts';
import type { SolverId } from '../../../src/problems/vrp/solvers.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { defineSolvers } from '../registry.ts';
import { columnGeneration } from './column-generation/column-generation.ts';
import { alns } from './alns.ts';
import { auto } from './auto.ts';
import { dispatch } from './dispatch.ts';
import { fisherJaikumar } from './fisher-jaikumar.ts';
import { hgs } from './hgs/hgs.ts';
import { localSearch } from './local-search.ts';
import { petal } from './petal.ts';
import { regret } from './regret.ts';
import { savings } from './savings.ts';
import { sisr } from './sisr.ts';
import { sweep } from './sweep.ts';

export const solvers = defineSolvers<PackedVrp, VrpSolution, SolverId>({
  hgs,
  sisr,
  auto,
  alns,
  regret,
  'column-generation': columnGeneration,
  savings,
  sweep,
  petal,
  'fisher-jaikumar': fisherJaikumar,
  'local-search': localSearch,
  dispatch,
});

/** What the host awaits before it calls a solver. */
export const prepare: Readonly<Record<string, () => Promise<void>>> = {
  auto: prepareHighs,
  'column-generation': prepareHighs,
};
