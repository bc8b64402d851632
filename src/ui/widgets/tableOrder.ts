/** Sorting and CSV of read-only tables. */
import type { DataTable } from '../../problems/views.ts';
import { csvLine } from './rows.ts';

export interface Sort {
  column: number;
  descending: boolean;
}

/** Rows in the order shown; ties and equal texts keep the table's order. NaN comes last. */
export function rowOrder(table: DataTable, sort: Sort | null): Uint32Array {
  const order = Uint32Array.from({ length: table.rows }, (_, row) => row);
  if (!sort || sort.column >= table.columns.length) return order;
  const values = Array.from(order, (row) => table.cell(row, sort.column));
  const sign = sort.descending ? -1 : 1;
  return order.sort((a, b) => compare(values[a], values[b], sign) || a - b);
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(a: string | number, b: string | number, sign: number): number {
  if (typeof a === 'number' && typeof b === 'number') {
    const aMissing = Number.isNaN(a);
    const bMissing = Number.isNaN(b);
    if (aMissing || bMissing) return Number(aMissing) - Number(bMissing);
    return sign * (a - b);
  }
  return sign * collator.compare(String(a), String(b));
}

/** The table with its head, in the given order, as RFC 4180 CSV. */
export function tableToCsv(table: DataTable, order: ArrayLike<number>): string {
  const lines = [csvLine(table.columns.map((column) => column.label))];
  for (let place = 0; place < order.length; place++)
    lines.push(csvLine(table.columns.map((_, column) => table.cell(order[place], column))));
  return `${lines.join('\r\n')}\r\n`;
}
