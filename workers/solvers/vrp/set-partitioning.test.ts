import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { highsRuntime, prepareHighs } from '../common/highs-runtime.ts';
import { partition, type Column, type Partition, type Partitioning } from './set-partitioning.ts';

beforeAll(prepareHighs);

function solve(problem: Partitioning, cutoff = Infinity, most = Infinity): Partition {
  const run = partition(highsRuntime(), problem, cutoff, (programs) => programs < most);
  let part = run.next();
  while (!part.done) part = run.next();
  return part.value;
}

/** Every way to serve each customer once. */
function cheapest({ n, columns, limits }: Partitioning): number {
  const all = (1 << n) - 1;
  const masks = columns.map(({ visited }) => visited.reduce((mask, c) => mask | (1 << (c - 1)), 0));
  const place = (served: number, left: readonly number[]): number => {
    if (served === all) return 0;
    const next = 31 - Math.clz32(~served & (served + 1));
    let best = Infinity;
    columns.forEach(({ cost, counted }, column) => {
      if (!(masks[column] & (1 << next)) || masks[column] & served) return;
      if (counted.some((limit) => left[limit] === 0)) return;
      const rest = left.map((free, limit) => free - (counted.includes(limit) ? 1 : 0));
      best = Math.min(best, cost + place(served | masks[column], rest));
    });
    return best;
  };
  return place(0, limits);
}

const problems = fc.integer({ min: 3, max: 8 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    columns: fc.array(
      fc.record<Column>({
        visited: fc.uniqueArray(fc.integer({ min: 1, max: n }), { minLength: 1, maxLength: 4 }),
        cost: fc.integer({ min: 1, max: 40 }),
        counted: fc.constantFrom([0], [0, 1]),
      }),
      { minLength: 12, maxLength: 40 },
    ),
    limits: fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 3 })),
  }),
);

describe('set partitioning', () => {
  test('chooses as cheaply as all choices listed', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const least = cheapest(problem);
        const { chosen, cost, complete } = solve(problem);
        expect(complete).toBe(true);
        expect(chosen === null).toBe(least === Infinity);
        if (!chosen) return;
        expect(cost).toBeCloseTo(least, 6);
        const visited = chosen.flatMap((column) => problem.columns[column].visited);
        expect(visited.toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: problem.n }, (_, i) => i + 1),
        );
        problem.limits.forEach((limit, i) =>
          expect(
            chosen.filter((column) => problem.columns[column].counted.includes(i)).length,
          ).toBeLessThanOrEqual(limit),
        );
        expect(solve(problem, least)).toMatchObject({ chosen: null, complete: true });
        expect(solve(problem, least + 1).cost).toBeCloseTo(least, 6);
      }),
      { numRuns: 150 },
    );
  });

  test('what is left early says so, and what it has met is a partition', () => {
    const n = 9;
    const columns: Column[] = [];
    for (let a = 1; a <= n; a++)
      for (let b = a + 1; b <= n; b++) columns.push({ visited: [a, b], cost: 2, counted: [0] });
    for (let a = 1; a <= n; a++) columns.push({ visited: [a], cost: 2.1, counted: [0] });
    const problem = { n, columns, limits: [9] };
    const early = solve(problem, Infinity, 1);
    expect(early.complete).toBe(false);
    expect(solve(problem)).toMatchObject({ complete: true });
    expect(solve(problem).cost).toBeCloseTo(10.1, 6);
  });
});
