import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStates, growStates, mergeStates, pathOf, setSlopes, type States } from './states.ts';

interface Item {
  profit: number;
  weight: number;
}

/** Lists grow past the length at which the kernel takes over. */
const CAPACITY = 60_000;

const anyItems = fc
  .array(
    fc.record({
      profit: fc.integer({ min: 1, max: 9_999 }),
      weight: fc.integer({ min: 1, max: 9_999 }),
    }),
    { minLength: 14, maxLength: 18 },
  )
  .map((items) => items.sort((a, b) => b.profit * a.weight - a.profit * b.weight));

/** All of a state that both kinds must share. */
const stateOf = (states: States) => ({
  weights: [...states.weights.subarray(0, states.length)],
  profits: [...states.profits.subarray(0, states.length)],
  nodes: [...states.nodes.subarray(0, states.length)],
  tree: [...states.items.subarray(0, states.nodeCount)],
  parents: [...states.parents.subarray(0, states.nodeCount)],
  best: states.best,
  bestNode: states.bestNode,
  bound: states.bound,
});

/** Adds every item to the empty sack, in parts of so many states. */
function run(items: readonly Item[], kind: 'fastest' | 'twin', best: number, part: number): States {
  const states = createStates(0, 0, CAPACITY, best, kind);
  for (const [i, { profit, weight }] of items.entries()) {
    const next = items[i + 1] ?? { profit: 0, weight: 1 };
    // A cheap item before the first may still go: states above the capacity stay.
    setSlopes(states, next.profit + 1e4, next.weight, 1, 1);
    growStates(states);
    for (;;) {
      mergeStates(states, i, weight, profit, part);
      if (states.finished) break;
    }
  }
  return states;
}

test('the kernel does what its twin does, number for number', () => {
  fc.assert(
    fc.property(
      anyItems,
      fc.nat(90_000),
      fc.integer({ min: 1, max: 5_000 }),
      (items, best, part) => {
        const kernel = run(items, 'fastest', best, part);
        const twin = run(items, 'twin', best, 1 << 20);
        expect(stateOf(kernel)).toEqual(stateOf(twin));
      },
    ),
    { numRuns: 12 },
  );
});

test('long lists lie in the memory of a kernel', () => {
  const items = Array.from({ length: 15 }, (_, i) => ({ profit: 2 ** i, weight: 2 ** i }));
  const states = run(items, 'fastest', 0, 1000);
  expect(states.length).toBe(2 ** 15);
  expect(states.kernel).toBeTruthy();
  expect(states.weights.buffer).toBe(states.kernel!.memory.buffer);
  expect(states.best).toBe(2 ** 15 - 1);
  expect(pathOf(states, states.bestNode)).toHaveLength(15);
  expect(run(items, 'twin', 0, 1000).kernel).toBe(null);
});
