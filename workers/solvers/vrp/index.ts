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
import { aroundLocks } from './locked.ts';
import { localSearch } from './local-search.ts';
import { petal } from './petal.ts';
import { regret } from './regret.ts';
import { savings } from './savings.ts';
import { sisr } from './sisr.ts';
import { stocksExact } from './stocks/exact.ts';
import { stocksForecast } from './stocks/forecast.ts';
import { stocks } from './stocks/stocks.ts';
import { sweep } from './sweep.ts';

export const solvers = defineSolvers<PackedVrp, VrpSolution, SolverId>({
  hgs: aroundLocks(hgs),
  sisr: aroundLocks(sisr),
  auto: aroundLocks(auto),
  alns: aroundLocks(alns),
  regret: aroundLocks(regret),
  'column-generation': aroundLocks(columnGeneration),
  savings: aroundLocks(savings),
  sweep: aroundLocks(sweep),
  petal: aroundLocks(petal),
  'fisher-jaikumar': aroundLocks(fisherJaikumar),
  'local-search': aroundLocks(localSearch),
  dispatch: aroundLocks(dispatch),
  stocks,
  'stocks-exact': stocksExact,
  'stocks-forecast': stocksForecast,
});

/** What the host awaits before it calls a solver. */
export const prepare: Readonly<Record<string, () => Promise<void>>> = {
  auto: prepareHighs,
  'stocks-exact': prepareHighs,
  'column-generation': prepareHighs,
};
