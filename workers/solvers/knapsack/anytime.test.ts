/** What the streams of the knapsack solvers promise beyond the optimum. */
import { beforeAll, expect, test } from 'vitest';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { generators } from '../../../src/problems/knapsack/generators.ts';
import { makeItem, type Instance } from '../../../src/problems/knapsack/instance.ts';
import { refuses } from '../../../src/problems/knapsack/limits.ts';
import { solvers as infos } from '../../../src/problems/knapsack/solvers.ts';
import { prepare } from './index.ts';
import { run } from './testing.ts';

beforeAll(async () => {
  await prepare.highs();
});

function generate(
  id: 'pisinger' | 'chu-beasley',
  params: Record<string, string | number>,
): Instance {
  const generator = generators.find((candidate) => candidate.id === id);
  if (!generator) throw new Error(id);
  return generator.generate({ ...defaultParams(generator.params), ...params }, createRng(11));
}

const strongly = generate('pisinger', { class: 'strongly', n: 300, range: 10_000 });
/** HiGHS alone is slow on strongly correlated items. */
const short = generate('pisinger', { class: 'strongly', n: 40 });
const chuBeasley = generate('chu-beasley', { n: 60, m: 4 });

test.each(infos)('$id has an incumbent and a bound after one step', ({ id }) => {
  for (const instance of [id === 'highs' ? short : strongly, chuBeasley]) {
    if (refuses(id, instance)) continue;
    const log = run(id, instance, { steps: 1 });
    expect(log.incumbents.length).toBeGreaterThan(0);
    expect(log.bounds.length).toBeGreaterThan(0);
  }
});

test.each(['core', 'branch-and-bound', 'local-search', 'dynamic-programming'] as const)(
  '%s gives the same stream in steps of one as in large ones',
  (id) => {
    for (const instance of [generate('pisinger', { class: 'weakly', n: 80 }), chuBeasley]) {
      if (refuses(id, instance)) continue;
      const [large, small] = [{}, { chunk: 1 }].map((chunk) =>
        run(id, instance, { steps: 3000, ...chunk }),
      );
      expect(small.incumbents).toEqual(large.incumbents);
      expect(small.bounds).toEqual(large.bounds);
      expect(small.steps).toBe(large.steps);
    }
  },
);

test.each(['core', 'branch-and-bound', 'local-search', 'highs'] as const)(
  '%s begins with the solution it is given',
  (id) => {
    for (const instance of [id === 'highs' ? short : strongly, chuBeasley]) {
      if (refuses(id, instance)) continue;
      const steps = id === 'local-search' ? 10_000 : 200_000;
      const best = run(id === 'highs' ? 'branch-and-bound' : id, instance, { steps });
      const again = run(id, instance, { steps: 1, warmStart: best.last ?? undefined });
      expect(again.incumbents[0]).toBeGreaterThanOrEqual(best.incumbents.at(-1) ?? Infinity);
    }
  },
);

test('the bound of core falls while it runs', () => {
  const { bounds, incumbents } = run('core', strongly);
  expect(new Set(bounds).size).toBeGreaterThan(1);
  bounds.forEach((bound, i) => {
    if (i > 0) expect(bound).toBeLessThan(bounds[i - 1]);
  });
  expect(bounds.at(-1)).toBeGreaterThanOrEqual(incumbents.at(-1) ?? Infinity);
});

test('greedy takes the best single item when that is more', () => {
  const trap: Instance = {
    name: 'trap',
    capacities: [100],
    items: [makeItem(3, [1]), makeItem(100, [100])],
  };
  expect(run('greedy', trap).incumbents).toEqual([3, 100]);
});

test('highs keeps to its budget of nodes', () => {
  const hard = generate('chu-beasley', { n: 100, m: 10, tightness: 0.25 });
  const log = run('highs', hard, { steps: 40 });
  expect(log.steps).toBeLessThanOrEqual(41);
  expect(Math.min(...log.bounds)).toBeGreaterThan(log.incumbents.at(-1) ?? Infinity);
});

test('refusals name the solver and the reason', () => {
  expect(refuses('core', chuBeasley)).toMatch(/Expanding core.*one capacity/);
  expect(refuses('dynamic-programming', chuBeasley)).toMatch(/one capacity/);
  const wide: Instance = { name: '', capacities: [1e12], items: [makeItem(1, [999_999_999_989])] };
  expect(
    refuses('dynamic-programming', { ...wide, items: [...wide.items, makeItem(1, [7])] }),
  ).toMatch(/memory/);
  expect(refuses('highs', wide)).toMatch(/precision/);
  expect(refuses('core', wide)).toBeNull();
  // A common divisor makes the table small again.
  const coarse: Instance = { name: '', capacities: [1e12], items: [makeItem(1, [1e11])] };
  expect(refuses('dynamic-programming', coarse)).toBeNull();
});
