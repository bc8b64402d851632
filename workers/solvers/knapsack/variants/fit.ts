/** The classic rules of bin packing, one or all of them. */
import type { ParamsOf } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';
import type { fitParams } from '../../../../src/problems/knapsack/solvers.ts';
import { byWeight, fitBins, packingOf, slackBins, type FitRule } from './bins.ts';
import { objectiveOfVariant, rootBoundOf } from './bounds.ts';
import { boundEvent } from './exchange.ts';

const RULES = [
  'next',
  'first',
  'best',
  'worst',
  'next-decreasing',
  'first-decreasing',
  'best-decreasing',
  'worst-decreasing',
  'minimum-bin-slack',
] as const;

/** Each rule packs all items; one step is one item. O(n · bins) each. */
export function* solveFit(
  packed: Packed,
  context: SolveContext<ParamsOf<typeof fitParams>, Solution>,
): SolverRun<Solution> {
  const { n, weights } = packed;
  const capacity = packed.capacities[0];
  const { rule } = context.params;
  const given = Int32Array.from({ length: n }, (_, i) => i);
  const falling = byWeight(weights);
  let best = Infinity;
  for (const name of rule === 'all' ? RULES : [rule]) {
    const packing =
      name === 'minimum-bin-slack'
        ? slackBins(weights, capacity)
        : fitBins(
            weights,
            capacity,
            name.endsWith('decreasing') ? falling : given,
            name.split('-')[0] as FitRule,
          );
    if (packing.bins < best) {
      best = packing.bins;
      yield {
        kind: 'incumbent',
        solution: packingOf(packing.bin),
        objective: objectiveOfVariant(packed, -best),
      };
    }
    yield { kind: 'trace', row: [packing.bins] };
    if (name === 'next' || name === rule) {
      const { value, proof } = rootBoundOf(packed);
      yield boundEvent(packed, value, proof);
    }
    for (let left = Math.max(1, n); left > 0;) {
      const steps = Math.min(left, context.budget.chunk(left));
      yield steps;
      left -= steps;
    }
  }
  return { reason: 'exhausted' };
}
