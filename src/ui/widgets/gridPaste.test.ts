import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../core/result.ts';
import type { Grid } from '../../problems/views.ts';
import { pasteBlock } from './gridPaste.ts';

type Table = number[][];

function gridOf(table: Table): Grid<Table> {
  return {
    id: 'table',
    title: 'Table',
    columns: ['a', 'b'].map((id) => ({ id, label: id, field: { type: 'number' as const } })),
    rows: table.length,
    rowLabel: (row) => `row ${row + 1}`,
    cell: (row, column) => table[row][column] ?? null,
    set: (row, column, value) =>
      Number(value) < 0
        ? fail({ message: 'Must not be negative.' })
        : ok(
            table.map((line, i) =>
              line.map((old, j) => (i === row && j === column ? Number(value) : old)),
            ),
          ),
    addRow: table.length < 4 ? { label: 'row', apply: () => ok([...table, [0, 0]]) } : undefined,
  };
}

const paste = (table: Table, row: number, column: number, block: string[][]) =>
  pasteBlock(gridOf(table), { row, column }, block, gridOf);

describe('pasting a block', () => {
  it('writes cells, adds rows and drops what lies beyond the last column', () => {
    const result = paste([[1, 2]], 0, 1, [
      ['5', '9'],
      ['6', '9'],
    ]);
    expect(result).toEqual({
      ok: true,
      instance: [
        [1, 5],
        [0, 6],
      ],
      cells: 2,
    });
  });

  it('stops where no more rows can be added', () => {
    const result = paste(
      [[1, 1]],
      0,
      0,
      Array.from({ length: 9 }, (_, i) => [String(i + 10)]),
    );
    expect(result.ok && result.instance.map((line) => line[0])).toEqual([10, 11, 12, 13]);
  });

  it('skips cells a ragged row does not have', () => {
    expect(
      paste([[1], [2, 3]], 0, 0, [
        ['7', '8'],
        ['7', '8'],
      ]),
    ).toMatchObject({
      instance: [[7], [7, 8]],
    });
  });

  it('names the first bad cell and takes nothing', () => {
    expect(paste([[1, 2]], 0, 0, [['3', 'x']])).toEqual({
      ok: false,
      message: 'row 1, b: "x" is not a number.',
    });
    expect(paste([[1, 2]], 0, 0, [['-3']])).toEqual({
      ok: false,
      message: 'row 1, a: Must not be negative.',
    });
  });
});
