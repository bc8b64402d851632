/** The value of a solution read back from a model, in packed units. */
import type { Packed, Solution } from '../../../../src/problems/knapsack/instance.ts';

/** The objective; NaN when rounding has made it infeasible. O(n·m + pairs + elements). */
export function valueOf(packed: Packed, { counts, sacks }: Solution): number {
  const { n, m, kind, profits, weights, capacities, groups, pairs, elements } = packed;
  if (kind === 'multiple' || kind === 'bin-packing') {
    const loads = new Map<number, number>();
    let profit = 0;
    for (let i = 0; i < n; i++) {
      const s = sacks?.[i] ?? 0;
      if (s === 0 && kind === 'bin-packing') return NaN;
      if (s === 0) continue;
      loads.set(s, (loads.get(s) ?? 0) + weights[i]);
      profit += profits[i];
    }
    for (const [s, load] of loads)
      if (load > (kind === 'multiple' ? capacities[s - 1] : capacities[0])) return NaN;
    return kind === 'multiple' ? profit : -loads.size;
  }
  let profit = 0;
  let pieces = 0;
  const loads = new Float64Array(m);
  const covered = new Uint8Array(elements?.weights.length ?? 0);
  const chosen: number[] = [];
  for (let i = 0; i < n; i++) {
    const taken = counts[i];
    if (groups) chosen[groups[i]] = (chosen[groups[i]] ?? 0) + taken;
    if (taken === 0) continue;
    profit += profits[i] * taken;
    pieces += taken;
    for (let d = 0; d < m; d++) loads[d] += weights[d * n + i] * taken;
    for (let k = elements?.start[i] ?? 0; elements && k < elements.start[i + 1]; k++) {
      const element = elements.list[k];
      if (covered[element]) continue;
      covered[element] = 1;
      loads[0] += elements.weights[element];
    }
  }
  for (let k = 0; pairs && k < pairs.a.length; k++)
    if (counts[pairs.a[k]] > 0 && counts[pairs.b[k]] > 0) profit += pairs.profits[k];
  for (let d = 0; d < m; d++) if (loads[d] > capacities[d]) return NaN;
  if (chosen.some((count) => count !== 1)) return NaN;
  if (kind === 'change-making') return loads[0] === capacities[0] ? -pieces : NaN;
  return profit;
}
