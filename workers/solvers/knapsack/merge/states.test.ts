import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStates, growStates, mergeStates, pathOf, setSlopes, type States } from './states.ts';

interface Item {
  profit: number;
  weight: number;
}

/** Lists grow past the length at which the kernel takes over. */
const CAPACITY = 60_000;

/** Profits near weights: few states dominate others. */
const anyItems = fc
  .array(fc.tuple(fc.integer({ min: 100, max: 9_999 }), fc.nat(3)), {
    minLength: 14,
    maxLength: 16,
  })
  .map((items) => items.map(([weight, extra]) => ({ weight, profit: weight + extra })))
  .map((items) => items.sort((x, y) => y.profit * x.weight - x.profit * y.weight));

/** All of a state that both kinds must share. */
const stateOf = (states: States) => ({
  length: states.length,
  weights: states.weights.slice(0, states.length).join(),
  profits: states.profits.slice(0, states.length).join(),
  nodes: states.nodes.slice(0, states.length).join(),
  tree: states.items.slice(0, states.nodeCount).join(),
  parents: states.parents.slice(0, states.nodeCount).join(),
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
    setSlopes(states, next.profit, next.weight, 1, 2);
    growStates(states);
    for (;;) {
      mergeStates(states, i, weight, profit, part);
      if (states.finished) break;
    }
  }
  return states;
}

test('the kernel does what its twin does, number for number', () => {
  let long = 0;
  fc.assert(
    fc.property(
      anyItems,
      fc.integer({ min: 30_000, max: 59_990 }),
      fc.integer({ min: 1, max: 5_000 }),
      (items, best, part) => {
        const kernel = run(items, 'fastest', best, part);
        if (kernel.kernel) long++;
        const twin = run(items, 'twin', best, part);
        expect(stateOf(kernel)).toEqual(stateOf(twin));
      },
    ),
    { numRuns: 12 },
  );
  expect(long).toBeGreaterThan(6);
});

test('long lists lie in the memory of a kernel', () => {
  const items = Array.from({ length: 15 }, (_, i) => ({ profit: 2 ** i, weight: 2 ** i }));
  const states = run(items, 'fastest', 0, 1000);
  expect(states.kernel).toBeTruthy();
  expect(states.weights.buffer).toBe(states.kernel!.memory.buffer);
  expect(states.best).toBe(2 ** 15 - 1);
  expect(pathOf(states, states.bestNode)).toHaveLength(15);
  expect(run(items, 'twin', 0, 1000).kernel).toBe(null);
});
