import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JobShopInstance, Kind } from '../../../src/problems/job-shop/instance.ts';
import { countOperations, kinds, pack } from '../../../src/problems/job-shop/instance.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import { defaultSolver, refuses } from '../../../src/problems/job-shop/refusals.ts';
import { solverInfos, type SolverId } from '../../../src/problems/job-shop/solvers.ts';
import { anyVariant, leastByTrial } from '../../../src/problems/job-shop/test-oracle.ts';
import { solve } from './test-solve.ts';

/** How far schedules of tiny instances must be looked for. */
const horizonOf = (instance: JobShopInstance): number => {
  const work = instance.jobs.flat().reduce((sum, operation) => sum + operation[1], 0);
  const setups = instance.setups ? 2 * countOperations(instance) : 0;
  const downs = instance.breakdowns ? 6 : 0;
  return Math.min(13, work + setups + downs + Math.max(0, ...(instance.release ?? [])));
};

const takers = (instance: JobShopInstance): SolverId[] =>
  solverInfos.map(({ id }) => id).filter((id) => refuses(id, instance) === null);

describe.each(kinds.map((kind) => [kind]))('%s shops', (kind: Kind) => {
  test('no solver is below the optimum, no bound above, and the default mostly reaches it', () => {
    let runs = 0;
    let reached = 0;
    fc.assert(
      fc.property(anyVariant(kind), (instance) => {
        const outcomes = takers(instance).map((id) => ({ id, ...solve(id, instance, 600) }));
        expect(outcomes.map(({ id }) => id)).toContain(defaultSolver(instance));
        const upper = Math.min(...outcomes.map(({ best }) => best));
        const least = leastByTrial(instance, upper, horizonOf(instance));
        expect(rootBound(pack(instance)).value).toBeLessThanOrEqual(least);
        for (const { bound, end, best } of outcomes) {
          expect(bound).toBeLessThanOrEqual(least);
          if (end?.reason === 'optimal') expect(best).toBe(least);
        }
        // A dispatcher that cannot foresee breakdowns need not reach what annealing plans.
        const searcher =
          instance.breakdowns && refuses('annealing', instance) === null
            ? 'annealing'
            : defaultSolver(instance);
        if (searcher === 'redispatch') return;
        runs++;
        if (outcomes.find(({ id }) => id === searcher)!.best === least) reached++;
      }),
      { numRuns: 12, seed: 7 },
    );
    expect(reached / runs).toBeGreaterThanOrEqual(0.8);
  });
});
