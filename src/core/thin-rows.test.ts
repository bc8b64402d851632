import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halvedRows } from './thin-rows.ts';

describe('halving a table', () => {
  it('keeps first and last, in order, about half', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ noDefaultInfinity: true }), fc.double()), { maxLength: 200 }),
        (table) => {
          const kept = halvedRows(table.length, 2, (row, column) => table[row][column]);
          expect(kept.length).toBeLessThanOrEqual(table.length / 2 + 2);
          if (table.length > 0) {
            expect(kept[0]).toBe(0);
            expect(kept.at(-1)).toBe(table.length - 1);
          }
          for (let i = 1; i < kept.length; i++) expect(kept[i]).toBeGreaterThan(kept[i - 1]);
        },
      ),
    );
  });

  it('never loses a lone spike, whatever its column, however often it is halved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.boolean(), (place, isSecond) => {
        let table = Array.from({ length: 1000 }, (_, i) => [Math.sin(i / 50), Math.cos(i / 70)]);
        table[place][Number(isSecond)] = 40;
        while (table.length > 50)
          table = halvedRows(table.length, 2, (row, column) => table[row][column]).map(
            (row) => table[row],
          );
        expect(table.some((row) => row[Number(isSecond)] === 40)).toBe(true);
      }),
    );
  });

  it('prefers rows on which something rare was measured', () => {
    const rare = (row: number) => (row % 10 === 5 ? 1 : NaN);
    const kept = halvedRows(100, 2, (row, column) => (column === 0 ? row : rare(row)));
    expect(kept.filter((row) => row % 10 === 5)).toHaveLength(10);
  });
});
