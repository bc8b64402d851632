/** The TSP solvers' code by id. */
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import type { PackedTsp, TspInstance } from '../../../src/problems/tsp/instance.ts';
import { refuses, type SolverId } from '../../../src/problems/tsp/solvers.ts';
import { defineSolvers } from '../registry.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { automatic } from './auto.ts';
import { branchAndCut } from './branch-and-cut/solve.ts';
import { simulatedAnnealing } from './classics/annealing.ts';
import { antColony } from './classics/ant-colony.ts';
import { christofides } from './classics/christofides.ts';
import { descent } from './classics/descent.ts';
import { genetic } from './classics/genetic.ts';
import { insertion } from './classics/insertion.ts';
import { savings } from './classics/savings.ts';
import { selfOrganisingMap } from './classics/self-organising-map.ts';
import { edgeAssembly } from './eax.ts';
import { greedy, nearestNeighbour, spaceFillingCurve } from './constructive.ts';
import { directed } from './directed.ts';
import { dynamicProgramming } from './dynamic-programming.ts';
import { fixedEdges } from './fixed.ts';
import { heldKarp } from './held-karp.ts';
import { open } from './open.ts';
import { iteratedLocalSearch } from './ils.ts';

export const solvers = defineSolvers<PackedTsp, TspSolution, SolverId>({
  auto: fixedEdges(open(directed(automatic, [0])), [0]),
  ils: fixedEdges(open(directed(iteratedLocalSearch, [0])), [0]),
  eax: fixedEdges(open(directed(edgeAssembly, [0, 1])), [0, 1]),
  'nearest-neighbour': open(nearestNeighbour),
  greedy: open(greedy),
  'space-filling-curve': spaceFillingCurve,
  insertion: open(insertion),
  savings,
  christofides,
  'local-search': open(descent),
  'simulated-annealing': open(simulatedAnnealing),
  'ant-colony': open(antColony),
  genetic: open(genetic),
  'self-organising-map': selfOrganisingMap,
  'held-karp': open(heldKarp),
  'branch-and-cut': fixedEdges(open(directed(branchAndCut, [0])), [0]),
  'dynamic-programming': fixedEdges(open(dynamicProgramming), []),
});

const mayProve = (instance?: TspInstance): boolean =>
  !instance || refuses('branch-and-cut', instance) === null;

/** What the host awaits before it calls a solver. */
export const prepare: Readonly<Record<string, (instance?: unknown) => Promise<void>>> = {
  // Without the linear programs there is still everything but the proof.
  auto: async (instance) => {
    if (mayProve(instance as TspInstance | undefined)) await prepareHighs().catch(() => undefined);
  },
  'branch-and-cut': prepareHighs,
};
