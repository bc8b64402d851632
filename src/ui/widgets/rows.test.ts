import { describe, expect, it } from 'vitest';
import {
  csvLine,
  maxPasteCells,
  moveCell,
  parseBlock,
  rowWindow,
  scrollToRow,
  tabCell,
} from './rows.ts';

describe('row window', () => {
  it('draws short tables whole', () => {
    expect(rowWindow(500, 200, 24, 100)).toEqual({ first: 0, end: 100 });
  });

  it('covers every row in sight at any scroll position', () => {
    for (let scrollTop = 0; scrollTop < 24 * 1000; scrollTop += 131) {
      const { first, end } = rowWindow(scrollTop, 300, 24, 1000);
      expect(first * 24).toBeLessThanOrEqual(scrollTop);
      expect(end === 1000 || end * 24 >= scrollTop + 300).toBe(true);
      expect(end - first).toBeLessThan(50);
    }
  });

  it('scrolls no more than needed', () => {
    expect(scrollToRow(10, 0, 240, 24, 24)).toBe(48);
    expect(scrollToRow(5, 100, 240, 24, 24)).toBe(100);
    expect(scrollToRow(2, 100, 240, 24, 24)).toBe(48);
  });
});

describe('cell moves', () => {
  const extent = { rows: 5, columns: 3, page: 10 };
  it('stay inside, with the head and the labels as places of their own', () => {
    expect(moveCell({ row: 0, column: 0 }, 'ArrowUp', false, extent)).toEqual({
      row: -1,
      column: 0,
    });
    expect(moveCell({ row: -1, column: -1 }, 'ArrowLeft', false, extent)).toEqual({
      row: -1,
      column: -1,
    });
    expect(moveCell({ row: 4, column: 2 }, 'ArrowDown', false, extent)).toEqual({
      row: 4,
      column: 2,
    });
    expect(moveCell({ row: 1, column: 1 }, 'End', true, extent)).toEqual({ row: 4, column: 2 });
    expect(moveCell({ row: 1, column: 1 }, 'PageDown', false, extent)).toEqual({
      row: 4,
      column: 1,
    });
    expect(moveCell({ row: 1, column: 1 }, 'x', false, extent)).toBeNull();
  });

  it('Tab reads on over line ends and leaves at the ends', () => {
    expect(tabCell({ row: 0, column: 2 }, false, extent)).toEqual({ row: 1, column: 0 });
    expect(tabCell({ row: 1, column: 0 }, true, extent)).toEqual({ row: 0, column: 2 });
    expect(tabCell({ row: 4, column: 2 }, false, extent)).toBeNull();
    expect(tabCell({ row: 0, column: 0 }, true, extent)).toBeNull();
  });
});

describe('blocks', () => {
  it('reads spreadsheet text with any line ends', () => {
    expect(parseBlock('1\t2\r\n3\t4\r\n')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('caps what it reads', () => {
    const rows = parseBlock('1\t2\n'.repeat(maxPasteCells));
    expect(rows.length * 2).toBe(maxPasteCells);
  });

  it('writes CSV that spreadsheets neither split nor run', () => {
    expect(csvLine(['a,b', 'say "x"', 3.5, '=1+1', '-5', '-x'])).toBe(
      `"a,b","say ""x""",3.5,'=1+1,-5,'-x`,
    );
  });
});
