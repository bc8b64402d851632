import { expect, test } from 'vitest';
import { makeItem, pack } from '../../../src/problems/knapsack/instance.ts';
import { divideOut } from './divisors.ts';
import { dantzig, makeGroups, prefixOf } from './groups.ts';

const groupsOf = (items: [profit: number, weight: number][], capacity: number) => {
  const instance = {
    name: '',
    capacities: [capacity],
    items: items.map(([p, w]) => makeItem(p, [w])),
  };
  const making = makeGroups(pack(instance), capacity);
  for (;;) {
    const next = making.next();
    if (next.done) return next.value;
  }
};

test('units are the common divisors, and the capacity what they can fill', () => {
  const groups = groupsOf([[6, 10], [9, 15], [12, 25]], 37); // prettier-ignore
  const { groups: reduced, profitUnit } = divideOut(groups);
  expect(profitUnit).toBe(3);
  expect(reduced.capacity).toBe(7);
  expect([...reduced.profits].sort()).toEqual([2, 3, 4]);
  expect([...reduced.weights].sort()).toEqual([2, 3, 5]);
  // 6 + 9 + 12/25 of 12 rounds down to 20; in units of 3 it is 15 + 2/5 of 4, 5 + 1 units.
  expect(dantzig(groups, prefixOf(groups), 0, groups.capacity)).toBe(20);
  expect(dantzig(reduced, prefixOf(reduced), 0, reduced.capacity) * profitUnit).toBe(18);
});

test('coprime numbers stay as they are', () => {
  const groups = groupsOf([[3, 4], [5, 7]], 9); // prettier-ignore
  expect(divideOut(groups)).toEqual({ groups, profitUnit: 1 });
});
