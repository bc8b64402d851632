import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestKnown, gallery } from '../../../src/problems/job-shop/gallery.ts';
import type { JobShopInstance } from '../../../src/problems/job-shop/instance.ts';
import { refuses } from '../../../src/problems/job-shop/refusals.ts';
import { anyVariant, leastByTrial } from '../../../src/problems/job-shop/test-oracle.ts';
import { solve } from './test-solve.ts';

type Kind = 'open' | 'no-wait' | 'blocking' | 'swap';
const kinds: readonly Kind[] = ['open', 'no-wait', 'blocking', 'swap'];

const galleryAs = (id: string, kind: Kind): JobShopInstance => ({
  ...gallery.find((entry) => entry.id === id)!.instance(),
  kind,
});

describe.each(kinds.map((kind) => [kind]))('%s shops on alternative graphs', (kind) => {
  test('small ones are proven, at the optimum of all start times', () => {
    fc.assert(
      fc.property(anyVariant(kind), (drawn) => {
        const { objective: _, setups: __, breakdowns: ___, ...rest } = drawn;
        const instance = {
          ...rest,
          jobs: rest.jobs.map((job) => job.map(([m, time]): [number, number] => [m, time])),
        };
        expect(refuses('alternative', instance)).toBeNull();
        const outcome = solve('alternative', instance, 10_000);
        expect(outcome.end?.reason).toBe('optimal');
        const horizon = instance.jobs.flat().reduce((sum, [, time]) => sum + time, 3);
        expect(outcome.best).toBe(leastByTrial(instance, outcome.best, horizon));
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  test('the search finds what the tree proves', () => {
    const instance = galleryAs('ft06', kind);
    const whole = solve('alternative', instance, 20_000);
    expect(whole.end?.reason).toBe('optimal');
    expect(whole.bound).toBe(whole.best);
    if (kind !== 'open') expect(whole.best).toBe(bestKnown(instance)?.value);
    const search = solve('alternative', instance, 6_000, { params: { proof: 0 }, seed: 2 });
    expect(search.best).toBe(whole.best);
    const warm = solve('alternative', instance, 20_000, { warmStart: whole.solution });
    expect(warm.makespans).toEqual([whole.best]);
  });
});

test.each([
  ['no-wait', 1607, 1, 30_000],
  ['blocking', 1158, 2, 1_500],
  ['swap', 1068, 1, 8_000],
] as const)('ft10 as a %s shop comes to the published optimum %i', (kind, optimum, seed, steps) => {
  const outcome = solve('alternative', galleryAs('ft10', kind), steps, { seed });
  expect(outcome.best).toBe(optimum);
  expect(outcome.bound).toBeLessThanOrEqual(optimum);
  if (kind === 'no-wait') expect(outcome.end?.reason).toBe('optimal');
});

test('goes on from a better schedule of another worker', () => {
  const instance = galleryAs('ft10', 'swap');
  const { solution, best } = solve('alternative', instance, 4_000, { seed: 3 });
  const helped = solve('alternative', instance, 60, {
    params: { proof: 0 },
    exchange: () => ({ starts: solution.starts.slice() }),
  });
  expect(helped.best).toBeLessThanOrEqual(best);
});

test('what is too large for it is refused by name', () => {
  const long = galleryAs('ft10', 'blocking');
  const jobs = long.jobs.map((job) =>
    job.map(([m, time]): [number, number] => [m, 100_000 * time]),
  );
  expect(refuses('alternative', { ...long, jobs })).toMatch(/alternative graph\) takes at most/);
  expect(refuses('alternative', { ...long, jobs, kind: 'swap' })).toBeNull();
  const many = Array.from({ length: 401 }, (): [number, number][] => [[0, 1]]);
  expect(
    refuses('alternative', { name: 'many', machines: 1, jobs: many, kind: 'no-wait' }),
  ).toMatch(/at most 400 jobs; here are 401/);
});
