import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clean,
  cleanCustomer,
  pack,
  type VrpInstance,
} from '../../../../src/problems/vrp/instance.ts';
import { leastCost } from '../variants-oracle.ts';
import { buildRichModel } from './model.ts';
import { unreachable } from './reach.ts';

function finish<T>(run: Generator<unknown, T, void>): T {
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

const why = (instance: VrpInstance): string | null =>
  finish(unreachable(finish(buildRichModel(pack(instance)))));

const base: VrpInstance = {
  name: 'far',
  capacity: 10,
  rounding: 'nint',
  depot: { x: 0, y: 0, due: 100 },
  depots: [{ x: 50, y: 0, due: 60 }],
  customers: [{ x: 40, y: 0, demand: 1 }],
};

test.each<[string, Partial<VrpInstance>, string | null]>([
  ['in time from the second depot', { customers: [{ x: 40, y: 0, demand: 1, due: 12 }] }, null],
  [
    'too late for both',
    { customers: [{ x: 40, y: 0, demand: 1, due: 9 }] },
    'Customer 1 cannot be reached before 10; its window closes at 9.',
  ],
  [
    'in time, and back late',
    { customers: [{ x: 40, y: 0, demand: 1, due: 12, service: 45 }] },
    'A vehicle that serves customer 1 is back 5 after its depot closes.',
  ],
  [
    'too long',
    { maxDuration: 19 },
    'A route to customer 1 alone takes 20, longer than a route may (19).',
  ],
  ['who may be left out', { customers: [{ x: 40, y: 0, demand: 1, due: 9, prize: 3 }] }, null],
])('%s', (_, change, message) => {
  expect(why({ ...base, ...change })).toBe(message);
});

test('where it finds a reason there is no plan, detours and all', () => {
  let found = 0;
  const ways = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(
      ways,
      fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 3, maxLength: 3 }),
      fc.constantFrom<(true | undefined)[]>(undefined, true),
      fc.option(fc.integer({ min: 15, max: 80 }), { nil: undefined }),
      (flat, dues, open, maxDuration) => {
        const instance = clean({
          name: 'ways',
          capacity: 10,
          rounding: 'none',
          open,
          maxDuration,
          depot: { x: 0, y: 0, due: 60 },
          matrix: {
            distances: [0, 1, 2, 3].map((i) =>
              [0, 1, 2, 3].map((j) => (i === j ? 0 : flat[4 * i + j])),
            ),
          },
          customers: dues.map((due) => cleanCustomer({ x: 0, y: 0, demand: 1, due, service: 2 })),
        });
        if (why(instance) === null) return;
        found++;
        expect(leastCost(instance)).toBe(Infinity);
      },
    ),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(20);
});
