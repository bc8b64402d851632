import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compact, expand } from './compact.ts';

const travelled = (value: unknown): unknown => expand(structuredClone(compact(value)));
const rows = <T>(count: number, row: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => row(i));

it('long lists of like rows travel as numbers and come back as they were', () => {
  const instance = {
    name: 'Large',
    cities: rows(5000, (i) => [i, -i / 3]),
    deep: { items: rows(4096, (i) => ({ profit: i, weights: [i, 2], at: { x: -0 } })) },
    demands: rows(4500, (i) => i * 0.1),
    few: [[1, 2]],
  };
  expect(compact(instance).lists.map(({ path }) => path.join('.'))).toEqual([
    'cities',
    'deep.items',
    'demands',
  ]);
  expect(travelled(instance)).toStrictEqual(instance);
  expect(travelled(instance.cities)).toStrictEqual(instance.cities);
});

it.each([
  ['a row of another length', rows(5000, (i) => (i === 4999 ? [1] : [1, 2]))],
  ['a row with a key more', rows(5000, (i) => (i === 7 ? { x: 1, name: 'Seven' } : { x: 1 }))],
  ['a row with another key', rows(5000, (i) => (i === 7 ? { y: 1 } : { x: 1 }))],
  ['a row that is null', rows(5000, (i) => (i === 7 ? null : [1]))],
  ['a number that is missing', rows(5000, (i) => (i === 7 ? undefined : i))],
  ['texts', rows(5000, String)],
  ['nothing in its rows', rows(5000, () => [])],
])('a list with %s travels as it is', (_name, list) => {
  expect(compact({ list }).lists).toEqual([]);
  expect(travelled({ list })).toStrictEqual({ list });
});

it('whatever is posted comes back', () => {
  const value = fc.anything({ withTypedArray: true, withMap: false, withSet: false });
  fc.assert(
    fc.property(value, fc.array(fc.double(), { minLength: 1, maxLength: 3 }), (any, row) => {
      const whole = { any, list: rows(4100, () => row) };
      expect(travelled(whole)).toStrictEqual(structuredClone(whole));
    }),
    { numRuns: 50 },
  );
});

it('does not change what it is given', () => {
  const instance = { cities: rows(5000, (i) => [i, i]) };
  const before = structuredClone(instance);
  compact(instance);
  expect(instance).toStrictEqual(before);
});
