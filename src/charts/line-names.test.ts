import { expect, it } from 'vitest';
import { placeNames } from './line-names.ts';

const name = (text: string, ...spots: [number, number][]) => ({ text, spots });

it('a name stands above its line, or below when another line begins just above', () => {
  const [top, bottom] = placeNames([name('makespan', [0, 50]), name('proven bound', [10, 62])]);
  expect(top).toMatchObject({ x: 4, above: true });
  expect(bottom).toMatchObject({ x: 14, above: false });
  expect(bottom.y).toBeGreaterThan(62);
});

it('names far apart are all above', () => {
  const placed = placeNames([name('a', [0, 20]), name('b', [0, 80]), name('c', [300, 75])]);
  expect(placed.map(({ above }) => above)).toEqual([true, true, true]);
});

it('a level line that has no room at its beginning is named further on', () => {
  const [, , best] = placeNames([
    name('makespan', [0, 50]),
    name('proven bound', [0, 62]),
    name('best known 930', [0, 56], [400, 56]),
  ]);
  expect(best).toEqual({ x: 404, y: 52, above: true });
});

it('without any room a name stands above all the same', () => {
  const [, second] = placeNames([name('a', [0, 50]), name('b', [0, 50])]);
  const [, , third] = placeNames([name('a', [0, 50]), name('b', [0, 50]), name('c', [0, 50])]);
  expect(second.above).toBe(false);
  expect(third.above).toBe(true);
});
