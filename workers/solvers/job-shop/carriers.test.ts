import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import { check } from '../../../src/problems/job-shop/check.ts';
import { gallery } from '../../../src/problems/job-shop/gallery.ts';
import {
  pack,
  type JobShopInstance,
  type Operation,
} from '../../../src/problems/job-shop/instance.ts';
import { solve } from './test-solve.ts';

/** Jobs of one or two operations, at most four together. */
const anyCarried: fc.Arbitrary<JobShopInstance> = fc
  .record({
    sizes: fc.constantFrom([2, 1], [1, 1, 1], [2, 2], [1, 2]),
    machines: fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }),
    durations: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 4, maxLength: 4 }),
    moves: fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }),
    empty: fc.boolean(),
    robots: fc.integer({ min: 1, max: 2 }),
    blocks: fc.boolean(),
    flow: fc.boolean(),
  })
  .map(({ sizes, machines, durations, moves, empty, robots, blocks, flow }) => {
    let next = 0;
    const jobs = sizes.map((size) =>
      Array.from({ length: size }, (): Operation => [machines[next], durations[next++]]),
    );
    const [a, b, c, d, e, f] = moves;
    const times = [
      [0, a, b],
      [c, 0, d],
      [e, f, 0],
    ];
    return {
      name: 'carried',
      machines: 2,
      jobs,
      ...(blocks && { kind: 'blocking' as const }),
      ...(flow && { objective: 'flow' as const }),
      transport: {
        // With four operations a second robot makes too many schedules to try.
        robots: next > 3 ? 1 : robots,
        times,
        ...(empty && {
          empty: [
            [0, 1, 1],
            [1, 0, 1],
            [1, 1, 0],
          ],
        }),
      },
    };
  });

/** The least objective below `upper`, by all whole times of fetching and starting. Exponential. */
function leastByTrial(instance: JobShopInstance, upper: number): number {
  const { jobs, transport } = instance;
  const flat = jobs.flatMap((job, j) => job.map(([machine, time], k) => ({ j, k, machine, time })));
  const n = flat.length;
  const [starts, picks, robots] = [0, 0, 0].map(() => new Int32Array(n));
  let best = upper;
  /** @param spent flow time of the jobs before. */
  const extend = (at: number, spent: number): void => {
    if (at === n) {
      const report = check(instance, { starts, picks, robots });
      if (report.feasible) best = Math.min(best, report.objective);
      return;
    }
    const { k, machine, time } = flat[at];
    const from = k === 0 ? instance.machines : flat[at - 1].machine;
    const ready = k === 0 ? 0 : starts[at - 1] + flat[at - 1].time;
    const carried = from !== machine;
    const isLast = at + 1 === n || flat[at + 1].k === 0;
    const most = () => best - 1 - (instance.objective ? spent : 0);
    for (robots[at] = 0; robots[at] < (carried ? transport!.robots : 1); robots[at]++)
      for (picks[at] = ready; picks[at] + time <= most(); picks[at]++) {
        const drop = picks[at] + transport!.times[from][machine];
        for (starts[at] = drop; starts[at] + time <= most(); starts[at]++) {
          let apart = true;
          for (let i = 0; i < at && apart; i++)
            apart =
              flat[i].machine !== machine ||
              starts[i] + flat[i].time <= starts[at] ||
              starts[at] + time <= starts[i];
          if (apart) extend(at + 1, spent + (isLast ? starts[at] + time : 0));
        }
        if (!carried) break;
      }
  };
  extend(0, 0);
  return best;
}

describe('shops with robots', () => {
  test('no solver is below the optimum, no bound above, and annealing mostly reaches it', () => {
    let runs = 0;
    let reached = 0;
    fc.assert(
      fc.property(anyCarried, (instance) => {
        const found = solve('carry', instance, 1500);
        const rule = solve('fetch', instance, 1);
        const least = leastByTrial(instance, Math.min(found.best, rule.best));
        expect(rootBound(pack(instance)).value).toBeLessThanOrEqual(least);
        if (found.end?.reason === 'optimal') expect(found.best).toBe(least);
        runs++;
        if (found.best === least) reached++;
      }),
      { numRuns: 60, seed: 11 },
    );
    expect(reached / runs).toBeGreaterThanOrEqual(0.9);
  });

  test('a warm start is kept and gone on from', () => {
    const instance = gallery.find(({ id }) => id === 'cluster-tool')!.instance();
    const first = solve('fetch', instance, 1);
    const next = solve('carry', instance, 100, { warmStart: first.solution });
    expect(next.makespans[0]).toBe(first.best);
  });

  test('the published makespan of two vehicles is reached', () => {
    const { instance, bestKnown } = gallery.find(({ id }) => id === 'ex11')!;
    expect(solve('carry', instance(), 60_000).best).toBe(bestKnown!.value);
  });
});
