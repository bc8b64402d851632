import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { carlier, schrage, type OneMachine } from './one-machine.ts';

/** The value of a sequence; infinite when a precedence is broken. */
function valueOf(problem: OneMachine, order: readonly number[]): number {
  const place = order.map((_, i) => order.indexOf(i));
  for (let e = 0; e < problem.precedences.length; e += 2)
    if (place[problem.precedences[e]] > place[problem.precedences[e + 1]]) return Infinity;
  let time = 0;
  let value = 0;
  for (const i of order) {
    time = Math.max(time, problem.head[i]) + problem.duration[i];
    value = Math.max(value, time + problem.tail[i]);
  }
  return value;
}

function leastOf(problem: OneMachine): number {
  let least = Infinity;
  const extend = (order: number[]): void => {
    if (order.length === problem.head.length) least = Math.min(least, valueOf(problem, order));
    for (let i = 0; i < problem.head.length; i++) if (!order.includes(i)) extend([...order, i]);
  };
  extend([]);
  return least;
}

const numbers = (count: number, min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: count, maxLength: count });

const problems = fc
  .record({
    head: numbers(6, 0, 20),
    duration: numbers(6, 0, 7),
    tail: numbers(6, 0, 20),
    edges: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 3 }),
  })
  .map(({ head, duration, tail, edges }): OneMachine => ({
    head: Int32Array.from(head),
    duration: Int32Array.from(duration),
    tail: Int32Array.from(tail),
    precedences: Int32Array.from(
      edges.flatMap(([a, b]) => (a === b ? [] : [Math.min(a, b), Math.max(a, b)])),
    ),
  }));

test('Carlier finds the least value, also with precedences', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const { order, value } = carlier(problem, 10_000);
      expect(valueOf(problem, Array.from(order))).toBeLessThanOrEqual(value);
      expect(value).toBe(leastOf(problem));
    }),
    { numRuns: 150 },
  );
});

test('Schrage schedules every operation once', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const { order } = schrage(problem);
      expect(Array.from(order).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    }),
  );
});
