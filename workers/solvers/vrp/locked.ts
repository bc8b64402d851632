/** Any routing solver around locked routes: it plans the rest, and the locked routes are added. */
import type { Solve, SolverRun } from '../../../src/core/solver.ts';
import {
  pack,
  unpack,
  type PackedVrp,
  type VrpSolution,
} from '../../../src/problems/vrp/instance.ts';
import { unlock } from '../../../src/problems/vrp/locks.ts';

/**
 * The same solver for instances with locked routes. Those routes cost the same in every plan, so what
 * is proven of the rest is proven of the whole.
 */
export function aroundLocks<Params>(
  solve: Solve<PackedVrp, VrpSolution, Params>,
): Solve<PackedVrp, VrpSolution, Params> {
  return function* (packed, context): SolverRun<VrpSolution> {
    if (!packed.extras?.locked) return yield* solve(packed, context);
    const instance = unpack(packed);
    const unlocked = unlock(instance);
    if (!unlocked.ok) return { reason: 'exhausted', message: unlocked.issues[0].message };
    const { rest, cost, whole, part } = unlocked.value;
    const { warmStart, exchange } = context;
    const run = solve(pack(rest), {
      ...context,
      warmStart: warmStart ? (part(warmStart) ?? undefined) : undefined,
      ...(exchange
        ? {
            exchange: () => {
              const other = exchange();
              return other && part(other);
            },
          }
        : {}),
    });
    for (;;) {
      const event = run.next();
      if (event.done) return event.value;
      const value = event.value;
      if (typeof value === 'number') yield value;
      else if (value.kind === 'incumbent')
        yield {
          kind: 'incumbent',
          solution: whole(value.solution),
          objective: value.objective + cost,
        };
      else if (value.kind === 'bound') yield { ...value, value: value.value + cost };
      else yield value;
    }
  };
}
