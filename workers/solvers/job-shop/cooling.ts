/** How readily annealing takes a worse schedule. */
import type { ParamsOf } from '../../../src/core/params.ts';
import type { annealingParams } from '../../../src/problems/job-shop/solvers.ts';

export type AnnealingParams = ParamsOf<typeof annealingParams>;

/**
 * e^−x for x ≥ 0 from products only, so that every engine decides alike; within 1e-5. The series of
 * e^−y for y = x / 1024, squared ten times.
 */
export function decay(x: number): number {
  if (x > 40) return 0;
  const y = x / 1024;
  let value = 1 - y * (1 - (y / 2) * (1 - y / 3));
  for (let i = 0; i < 10; i++) value *= value;
  return value;
}
