/** Row windows, cell moves and pasted blocks of tables. */

/** Rows are drawn one by one up to this many; only those in sight beyond. */
export const windowFrom = 100;

export interface RowWindow {
  first: number;
  /** One past the last. */
  end: number;
}

/** The rows to draw, with `spare` ones above and below, in steps of 8 so that few scrolls redraw. */
export function rowWindow(
  scrollTop: number,
  height: number,
  rowHeight: number,
  rows: number,
  spare = 8,
): RowWindow {
  if (rows <= windowFrom) return { first: 0, end: rows };
  const top = Math.floor(scrollTop / rowHeight / 8) * 8;
  const seen = Math.ceil(height / rowHeight) + 8;
  const first = Math.max(0, Math.min(rows, top - spare));
  return { first, end: Math.min(rows, top + seen + spare) };
}

/** Where the list must be scrolled to for row `row` to be seen below a sticky head. */
export function scrollToRow(
  row: number,
  scrollTop: number,
  height: number,
  rowHeight: number,
  head: number,
): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  const bottom = top + rowHeight - (height - head);
  return bottom > scrollTop ? bottom : scrollTop;
}

/** Row −1 is the head, column −1 the row labels. */
export interface Cell {
  row: number;
  column: number;
}

export interface Extent {
  rows: number;
  columns: number;
  /** Rows of a page. */
  page: number;
}

/** The cell a navigation key leads to; null for other keys. */
export function moveCell(cell: Cell, key: string, ctrl: boolean, extent: Extent): Cell | null {
  const { rows, columns, page } = extent;
  const to = (row: number, column: number): Cell => ({
    row: Math.max(-1, Math.min(rows - 1, row)),
    column: Math.max(-1, Math.min(columns - 1, column)),
  });
  switch (key) {
    case 'ArrowUp':
      return to(ctrl ? 0 : cell.row - 1, cell.column);
    case 'ArrowDown':
      return to(ctrl ? rows - 1 : cell.row + 1, cell.column);
    case 'ArrowLeft':
      return to(cell.row, ctrl ? 0 : cell.column - 1);
    case 'ArrowRight':
      return to(cell.row, ctrl ? columns - 1 : cell.column + 1);
    case 'Home':
      return to(ctrl ? 0 : cell.row, 0);
    case 'End':
      return to(ctrl ? rows - 1 : cell.row, columns - 1);
    case 'PageUp':
      return to(Math.max(0, cell.row - page), cell.column);
    case 'PageDown':
      return to(cell.row + page, cell.column);
    default:
      return null;
  }
}

/** Cells one after another in reading order (Tab); null past either end. */
export function tabCell(cell: Cell, back: boolean, extent: Extent): Cell | null {
  const { rows, columns } = extent;
  const index = Math.max(0, cell.row) * columns + Math.max(-1, cell.column) + (back ? -1 : 1);
  if (columns === 0 || index < 0 || index >= rows * columns) return null;
  return { row: Math.floor(index / columns), column: index % columns };
}

export const maxPasteCells = 20_000;

/** A copied block of a spreadsheet: rows of cells. Text beyond the cap is left out. */
export function parseBlock(text: string): string[][] {
  const lines = text.slice(0, 2_000_000).replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  const block: string[][] = [];
  let cells = 0;
  for (const line of lines) {
    const row = line.split('\t');
    cells += row.length;
    if (cells > maxPasteCells) break;
    block.push(row);
  }
  return block;
}

/** A CSV line (RFC 4180). Text that a spreadsheet would run as a formula is quoted with a tick. */
export function csvLine(values: readonly (string | number)[]): string {
  return values
    .map((value) => {
      if (typeof value === 'number') return String(value);
      const safe = /^[=+@\t\r]|^-(?!\d)/.test(value) ? `'${value}` : value;
      return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(',');
}
