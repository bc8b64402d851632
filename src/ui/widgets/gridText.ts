/** Text and widths of a grid's cells. */
import { describeIssue, type Issue } from '../../core/result.ts';
import type { Grid } from '../../problems/views.ts';
import { estimateWidth } from '../../scene/surface.ts';
import { showValue } from './values.ts';

/** '' where a ragged table has no cell. */
export function cellText<Instance>(grid: Grid<Instance>, row: number, column: number): string {
  const value = grid.cell(row, column);
  return value === null ? '' : showValue(grid.columns[column].field, value);
}

/** Column widths, px, from the column's own or from its head and a sample of its cells. */
export function columnWidths<Instance>(grid: Grid<Instance>): number[] {
  return grid.columns.map((column, index) => {
    if (column.width !== undefined) return column.width;
    // A choice is edited in a list with an arrow beside.
    const options =
      column.field.type === 'choice' ? column.field.options.map(({ label }) => `${label}__`) : [];
    return widthOf(grid.rows, [column.label, ...options], (row) => cellText(grid, row, index));
  });
}

export function labelWidth<Instance>(grid: Grid<Instance>): number {
  return widthOf(grid.rows, [], (row) => grid.rowLabel(row));
}

/** Room for `heads` and for up to 60 of the cells, px. */
export function widthOf(
  rows: number,
  heads: readonly string[],
  cell: (row: number) => string,
): number {
  let widest = 16;
  const room = (text: string) => {
    widest = Math.max(widest, estimateWidth(text, '12px'));
  };
  heads.forEach(room);
  for (const row of sample(rows)) room(cell(row));
  return Math.ceil(Math.min(220, widest + 14));
}

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
