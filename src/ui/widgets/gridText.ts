/** Text and widths of a grid's cells. */
import { describeIssue, type Issue } from '../../core/result.ts';
import type { Grid } from '../../problems/views.ts';
import { showValue } from './values.ts';

/** '' where a ragged table has no cell. */
export function cellText<Instance>(grid: Grid<Instance>, row: number, column: number): string {
  const value = grid.cell(row, column);
  return value === null ? '' : showValue(grid.columns[column].field, value);
}

/** Column widths, px, from the column's own or from its head and up to 60 of its cells. */
export function columnWidths<Instance>(grid: Grid<Instance>): number[] {
  const rows = sample(grid.rows);
  return grid.columns.map((column, index) => {
    if (column.width !== undefined) return column.width;
    let longest = column.label.length;
    if (column.field.type === 'choice')
      for (const option of column.field.options) longest = Math.max(longest, option.label.length);
    for (const row of rows) longest = Math.max(longest, cellText(grid, row, index).length);
    return widthOf(longest);
  });
}

export function labelWidth<Instance>(grid: Grid<Instance>): number {
  const rows = sample(grid.rows);
  return widthOf(rows.reduce((longest, row) => Math.max(longest, grid.rowLabel(row).length), 2));
}

const widthOf = (letters: number) => Math.round(Math.min(220, Math.max(30, letters * 7.2 + 14)));

function sample(rows: number): number[] {
  const stride = Math.max(1, Math.floor(rows / 60));
  const chosen: number[] = [];
  for (let row = 0; row < rows; row += stride) chosen.push(row);
  if (rows > 0) chosen.push(rows - 1);
  return chosen;
}

/** Issues as one line, without their paths: the message stands beside its cell. */
export function issueText(issues: readonly Issue[]): string {
  return issues.map(({ message, hint }) => describeIssue({ message, hint })).join(' ');
}
