/** Strong branching (Applegate, Bixby, Chvátal & Cook 1995): edges are tried before one is chosen. */
import type { Relaxation } from './relaxation.ts';
import { solveRelaxation, type Events } from './node.ts';

/** Edges tried, and pivots for either side of each. */
const TRIED = 8;
const PIVOTS = 60;

/**
 * The column of the fractional edge whose two sides raise the bound most (by the product of the
 * gains, each at most what closes the gap). The basis is restored.
 * @param free may the column be decided on?
 */
export function* chooseEdge(
  relaxation: Relaxation,
  { x, objective: base }: { x: Float64Array; objective: number },
  limit: number,
  cost: (column: number) => number,
  free: (column: number) => boolean,
): Events<number> {
  const columns: number[] = [];
  for (let e = 0; e < relaxation.count; e++)
    if (x[e] > 1e-5 && x[e] < 1 - 1e-5 && free(e)) columns.push(e);
  const promise = (e: number) => Math.min(x[e], 1 - x[e]) * (1 + cost(e));
  columns.sort((p, q) => promise(q) - promise(p) || p - q);
  if (columns.length === 0) throw new Error('No edge is left to branch on.');
  const basis = relaxation.basis();
  const most = Math.max(1e-6, limit - base);
  let chosen = columns[0];
  let highest = -1;
  for (const column of columns.slice(0, TRIED)) {
    let score = 1;
    let least = Infinity;
    for (const value of [0, 1]) {
      relaxation.setBounds(column, value, value);
      const status = yield* solveRelaxation(relaxation, PIVOTS);
      const rise = status === 'infeasible' ? most : relaxation.objective() - base;
      const gain = Math.min(most, Math.max(1e-6 * most, rise));
      score *= gain;
      least = Math.min(least, gain);
      relaxation.restore(basis);
    }
    relaxation.setBounds(column, 0, 1);
    if (score > highest) {
      highest = score;
      chosen = column;
    }
    // Both sides are refuted.
    if (least >= most) break;
  }
  return chosen;
}
