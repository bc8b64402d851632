/** A pasted block of cells, applied to a grid as one edit. */
import type { Grid } from '../../problems/views.ts';
import { issueText } from './gridText.ts';
import type { Cell } from './rows.ts';
import { readValue } from './values.ts';

/**
 * The instance with `block` written from `start` on: past the last row, rows are added when the
 * grid can; cells past the last column and absent cells are left out. All or nothing: the message
 * names the first cell that cannot be taken. `regrid` gives the grid of an edited instance.
 */
export function pasteBlock<Instance>(
  grid: Grid<Instance>,
  start: Cell,
  block: readonly (readonly string[])[],
  regrid: (instance: Instance) => Grid<Instance> | undefined,
): { ok: true; instance: Instance; cells: number } | { ok: false; message: string } {
  let current = grid;
  let instance: Instance | null = null;
  let cells = 0;
  const advance = (next: Instance): boolean => {
    instance = next;
    const regridded = regrid(next);
    if (regridded) current = regridded;
    return regridded !== undefined;
  };
  for (let i = 0; i < block.length; i++) {
    const row = Math.max(0, start.row) + i;
    if (row >= current.rows) {
      const added = current.addRow?.apply();
      if (!added) break;
      if (!added.ok) return { ok: false, message: issueText(added.issues) };
      if (!advance(added.value) || row >= current.rows) break;
    }
    for (let j = 0; j < block[i].length; j++) {
      const column = Math.max(0, start.column) + j;
      if (column >= current.columns.length) break;
      if (current.cell(row, column) === null) continue;
      const place = `${current.rowLabel(row)}, ${current.columns[column].label}`;
      const reading = readValue(current.columns[column].field, block[i][j]);
      if (!reading.ok) return { ok: false, message: `${place}: ${reading.message}` };
      if (reading.value === current.cell(row, column)) continue;
      const result = current.set(row, column, reading.value);
      if (!result.ok) return { ok: false, message: `${place}: ${issueText(result.issues)}` };
      cells++;
      if (!advance(result.value)) break;
    }
  }
  if (instance === null) return { ok: false, message: 'Nothing in the clipboard fits here.' };
  return { ok: true, instance, cells };
}
