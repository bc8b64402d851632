import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { evidence } from './evidence.ts';
import { gallery } from './gallery.ts';
import { pack, type JobShopInstance } from './instance.ts';
import { conflictOf, type Refutation } from './refutation.ts';
import { anyInstance, bruteForce } from './test-oracle.ts';

const ft06 = gallery.find(({ id }) => id === 'ft06')!.instance() as JobShopInstance;

describe('refutations', () => {
  test('never refute a makespan that can be reached, and each conflict is too long', () => {
    let refuted = 0;
    fc.assert(
      fc.property(anyInstance(), fc.nat(3), (instance, short) => {
        const best = bruteForce(instance);
        const packed = pack(instance);
        expect(conflictOf(packed, { makespan: best, refutedOrders: [] })).toBeNull();
        if (best - 1 - short < 0) return;
        const makespan = best - 1 - short;
        const conflict = conflictOf(packed, { makespan, refutedOrders: [] });
        if (!conflict) return;
        refuted++;
        const { machine, operations, sum } = conflict;
        for (const operation of operations) expect(packed.machine[operation]).toBe(machine);
        if (!sum) {
          expect(operations.length).toBe(2);
          return;
        }
        expect(sum.head + sum.work + sum.tail).toBeGreaterThan(makespan);
        expect(sum.work).toBe(operations.reduce((all, i) => all + packed.duration[i], 0));
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(refuted).toBeGreaterThan(100);
  });

  test('ft06 cannot end at 54', () => {
    expect(unwrap(evidence.verify(ft06, { makespan: 54, refutedOrders: [] }))).toBe(55);
    expect(evidence.verify(ft06, { makespan: 55, refutedOrders: [] }).ok).toBe(false);
  });

  test('an order that is not refuted refutes nothing', () => {
    const ft10 = gallery.find(({ id }) => id === 'ft10')!.instance() as JobShopInstance;
    const { machine } = pack(ft10);
    const a = 0;
    const b = machine.indexOf(machine[a], 1);
    const orders: Refutation['refutedOrders'] = [
      [a, b],
      [b, a],
    ];
    const either = evidence.verify(ft10, { makespan: 2000, refutedOrders: orders });
    expect(either.ok).toBe(false);
    expect(evidence.verify(ft10, { makespan: 867, refutedOrders: [] }).ok).toBe(true);
  });
});

test('garbage is refused, not run', () => {
  for (const value of [
    null,
    {},
    { makespan: -1, refutedOrders: [] },
    { makespan: 1.5, refutedOrders: [] },
    { makespan: 54, refutedOrders: 'all' },
    { makespan: 54, refutedOrders: [[0]] },
    { makespan: 54, refutedOrders: [[0, NaN]] },
    { makespan: 54, refutedOrders: new Array(200_001).fill([0, 1]) },
  ])
    expect(evidence.read(value).ok).toBe(false);
  for (const pair of [
    [0, 0],
    [0, 1],
    [0, 9_999],
  ] as const)
    expect(evidence.verify(ft06, { makespan: 54, refutedOrders: [pair] }).ok).toBe(false);
  const due: JobShopInstance = { ...ft06, release: [1, 1, 1, 1, 1, 1] };
  expect(evidence.verify(due, { makespan: 54, refutedOrders: [] }).ok).toBe(false);
});
