/** The further kinds: every exact method against all choices, every heuristic never above them. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultParams } from '../../../../src/core/params.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { check } from '../../../../src/problems/knapsack/check.ts';
import { generators } from '../../../../src/problems/knapsack/generators.ts';
import { copiesIn, makeItem, type Instance } from '../../../../src/problems/knapsack/instance.ts';
import { hasSacks, type Kind } from '../../../../src/problems/knapsack/kinds.ts';
import { defaultSolver, refuses } from '../../../../src/problems/knapsack/limits.ts';
import { unwrap } from '../../../../src/core/result.ts';
import { validate } from '../../../../src/problems/knapsack/schema.ts';
import { solvers as infos } from '../../../../src/problems/knapsack/solvers.ts';
import { prepare } from '../index.ts';
import { run } from '../testing.ts';
import { binBound, boundL2 } from './bin-bounds.ts';

beforeAll(async () => {
  await prepare.highs();
});

/** The best objective of all solutions by the checker; −Infinity when none is feasible. */
function bestOf(instance: Instance): number {
  const n = instance.items.length;
  const counts = new Array<number>(n).fill(0);
  const sacks = new Array<number>(n).fill(0);
  const bins = instance.kind === 'bin-packing';
  let best = -Infinity;
  const visit = (i: number, used: number): void => {
    if (i === n) {
      const { feasible, objective } = check(instance, { counts, sacks });
      if (feasible && objective > best) best = objective;
      return;
    }
    if (!hasSacks(instance.kind)) {
      for (let count = 0; count <= Math.min(12, copiesIn(instance, i)); count++) {
        counts[i] = count;
        visit(i + 1, used);
      }
      counts[i] = 0;
      return;
    }
    // Bins are opened in order, so that each packing comes once.
    const most = bins ? used + 1 : instance.capacities.length;
    for (let s = bins ? 1 : 0; s <= most; s++) {
      sacks[i] = s;
      counts[i] = s > 0 ? 1 : 0;
      visit(i + 1, Math.max(used, s));
    }
  };
  visit(0, 0);
  return best;
}

const weight = fc.integer({ min: 0, max: 15 });
const profit = fc.integer({ min: 0, max: 20 });
const plain = (length: number) => fc.array(fc.record({ profit, weight }), { maxLength: length });

const kinds: Record<Kind, fc.Arbitrary<Instance>> = {
  unbounded: fc.record({ capacity: fc.nat(24), items: plain(4) }).map(({ capacity, items }) => ({
    name: '',
    kind: 'unbounded',
    capacities: [capacity],
    items: items.map((item) => makeItem(item.profit, [item.weight + 2])),
  })),
  'change-making': fc
    .record({
      amount: fc.nat(36),
      coins: fc.array(fc.integer({ min: 3, max: 20 }), { maxLength: 4 }),
    })
    .map(({ amount, coins }) => ({
      name: '',
      kind: 'change-making',
      capacities: [amount],
      items: coins.map((value) => makeItem(0, [value])),
    })),
  'multiple-choice': fc
    .record({
      capacity: fc.nat(50),
      classes: fc.array(fc.array(fc.record({ profit, weight }), { minLength: 1, maxLength: 3 }), {
        maxLength: 4,
      }),
    })
    .map(({ capacity, classes }) => ({
      name: '',
      kind: 'multiple-choice',
      capacities: [capacity],
      items: classes.flatMap((list, k) =>
        list.map((item) => ({ ...makeItem(item.profit, [item.weight]), group: k + 1 })),
      ),
    })),
  multiple: fc
    .record({
      capacities: fc.array(fc.nat(25), { minLength: 1, maxLength: 3 }),
      items: plain(7),
    })
    .map(({ capacities, items }) => ({
      name: '',
      kind: 'multiple',
      capacities,
      items: items.map((item) => makeItem(item.profit, [item.weight])),
    })),
  quadratic: fc
    .record({
      capacity: fc.nat(50),
      items: plain(8),
      pairs: fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(7), profit), {
        maxLength: 12,
        selector: ([a, b]) => a * 8 + b,
      }),
    })
    .map(({ capacity, items, pairs }) => ({
      name: '',
      kind: 'quadratic',
      capacities: [capacity],
      items: items.map((item) => makeItem(item.profit, [item.weight])),
      pairs: pairs
        .filter(([a, b]) => a < b && b < items.length)
        .map(([a, b, extra]) => [a + 1, b + 1, extra]),
    })),
  'set-union': fc
    .record({
      capacity: fc.nat(40),
      elements: fc.array(weight, { minLength: 1, maxLength: 6 }),
      items: fc.array(fc.record({ profit, own: fc.nat(3), needs: fc.nat(63) }), { maxLength: 8 }),
    })
    .map(({ capacity, elements, items }) => ({
      name: '',
      kind: 'set-union',
      capacities: [capacity],
      items: items.map((item) => ({
        ...makeItem(item.profit, [item.own]),
        elements: elements.map((_, e) => e + 1).filter((e) => (item.needs >> (e - 1)) & 1),
      })),
      elements,
    })),
  robust: fc
    .record({
      capacity: fc.nat(50),
      gamma: fc.nat(3),
      items: fc.array(fc.record({ profit, weight, loss: fc.nat(100) }), { maxLength: 8 }),
    })
    .map(({ capacity, gamma, items }) => ({
      name: '',
      kind: 'robust',
      capacities: [capacity],
      items: items.map((item) => ({
        ...makeItem(item.profit, [item.weight]),
        deviation: Math.floor((item.profit * item.loss) / 100),
      })),
      gamma,
    })),
  recourse: fc
    .record({
      capacity: fc.nat(50),
      gamma: fc.nat(3),
      items: fc.array(fc.record({ profit, weight, loss: fc.nat(100), repair: fc.nat(12) }), {
        maxLength: 7,
      }),
    })
    .map(({ capacity, gamma, items }) => ({
      name: '',
      kind: 'recourse',
      capacities: [capacity],
      items: items.map((item) => ({
        ...makeItem(item.profit, [item.weight]),
        deviation: Math.floor((item.profit * item.loss) / 100),
        repair: item.repair,
      })),
      gamma,
    })),
  'bin-packing': fc
    .record({
      capacity: fc.integer({ min: 15, max: 24 }),
      weights: fc.array(weight, { minLength: 1, maxLength: 7 }),
    })
    .map(({ capacity, weights }) => ({
      name: '',
      kind: 'bin-packing',
      capacities: [capacity],
      items: weights.map((w) => makeItem(0, [w])),
    })),
};

const exact = infos.filter(({ traits }) => traits.exact).map(({ id }) => id);
const heuristic = infos.filter(({ traits }) => !traits.exact).map(({ id }) => id);

describe.each(Object.entries(kinds))('%s', (kind, arbitrary) => {
  const taking = (instance: Instance) => (id: (typeof infos)[number]['id']) =>
    refuses(id, instance) === null;

  test('exact methods find the optimum', () => {
    let proven = 0;
    fc.assert(
      fc.property(arbitrary, (instance) => {
        expect(unwrap(validate(instance))).toEqual(instance);
        const optimum = bestOf(instance);
        for (const id of exact.filter(taking(instance))) {
          const log = run(id, instance);
          expect([id, log.incumbents.at(-1) ?? -Infinity]).toEqual([id, optimum]);
          for (const bound of log.bounds) expect(bound).toBeGreaterThanOrEqual(optimum - 1e-9);
          const closed = Math.min(...log.bounds) <= optimum;
          const reason = optimum === -Infinity ? 'infeasible' : 'optimal';
          expect([id, closed || log.end?.reason === reason]).toEqual([id, true]);
          proven++;
        }
      }),
      { numRuns: kind === 'change-making' ? 40 : 60 },
    );
    expect(proven).toBeGreaterThanOrEqual(60);
  });

  test('heuristics stay feasible and below the optimum', () => {
    fc.assert(
      fc.property(arbitrary, (instance) => {
        const optimum = bestOf(instance);
        for (const id of heuristic.filter(taking(instance))) {
          const log = run(id, instance, { steps: 60 });
          for (const value of log.incumbents) expect(value).toBeLessThanOrEqual(optimum);
          for (const bound of log.bounds) expect(bound).toBeGreaterThanOrEqual(optimum - 1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('the default solver takes what the generator makes', () => {
    const generator = generators.find(({ id }) => id === kind);
    if (!generator) throw new Error(`No generator ${kind}.`);
    const instance = generator.generate(defaultParams(generator.params), createRng(4));
    expect(unwrap(validate(instance))).toEqual(instance);
    const id = defaultSolver(instance);
    expect(refuses(id, instance)).toBeNull();
    const log = run(id, instance, { steps: 3000 });
    expect(log.incumbents.length).toBeGreaterThan(0);
    expect(log.bounds.length).toBeGreaterThan(0);
  });

  test('solvers that cannot take it say so by name', () => {
    const generator = generators.find(({ id }) => id === kind);
    const instance = generator?.generate(defaultParams(generator.params), createRng(4));
    for (const info of infos) {
      const reason = instance ? refuses(info.id, instance) : null;
      if (reason !== null) expect(reason).toContain(info.name);
    }
  });
});

test('bounds on bins: worked by hand', () => {
  // Three items above half need three bins; the fourth fits beside none of them.
  expect(boundL2([6, 6, 6, 5], 10)).toBe(4);
  expect(boundL2([7, 7, 3, 3], 10)).toBe(2);
  // L2 sees two bins of weight; no two of the three fit together with the fourth.
  expect(binBound([4, 4, 4, 4, 4], 10)).toBe(3);
  expect(binBound([], 10)).toBe(0);
});
