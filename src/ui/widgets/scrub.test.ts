import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearestMark, tickMarks } from './scrub.ts';

it('finds the nearest mark', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
      fc.double({ min: -1, max: 2, noNaN: true }),
      (values, at) => {
        const marks = values.toSorted((a, b) => a - b);
        const best = Math.min(...marks.map((mark) => Math.abs(mark - at)));
        expect(Math.abs(marks[nearestMark(marks, at)] - at)).toBeCloseTo(best, 12);
      },
    ),
  );
  expect(nearestMark([], 0.5)).toBe(-1);
});

it('draws no more ticks than there are places', () => {
  const marks = Float64Array.from({ length: 5000 }, (_, i) => i / 4999);
  expect(tickMarks(marks, 200).length).toBeLessThanOrEqual(201);
  expect(tickMarks([0.1, 0.5], 200)).toEqual([0.1, 0.5]);
});
