import { expect, it } from 'vitest';
import type { DataTable } from '../../problems/views.ts';
import { rowOrder, tableToCsv } from './tableOrder.ts';

const cells: [string, number][] = [
  ['J10', 5],
  ['J2', NaN],
  ['J1', 7],
  ['J3', 5],
];
const table: DataTable = {
  caption: 'Operations',
  columns: [
    { id: 'name', label: 'Name' },
    { id: 'time', label: 'Time', numeric: true },
  ],
  rows: cells.length,
  cell: (row, column) => cells[row][column],
};
const names = (sort: Parameters<typeof rowOrder>[1]) =>
  Array.from(rowOrder(table, sort), (row) => cells[row][0]);

it('sorts texts by the numbers in them, and keeps the order of equals', () => {
  expect(names(null)).toEqual(['J10', 'J2', 'J1', 'J3']);
  expect(names({ column: 0, descending: false })).toEqual(['J1', 'J2', 'J3', 'J10']);
  expect(names({ column: 1, descending: false })).toEqual(['J10', 'J3', 'J1', 'J2']);
  expect(names({ column: 1, descending: true })).toEqual(['J1', 'J10', 'J3', 'J2']);
  expect(names({ column: 9, descending: true })).toEqual(['J10', 'J2', 'J1', 'J3']);
});

it('writes CSV in the order shown', () => {
  const order = rowOrder(table, { column: 0, descending: true });
  expect(tableToCsv(table, order)).toBe('Name,Time\r\nJ10,5\r\nJ3,5\r\nJ2,NaN\r\nJ1,7\r\n');
});
