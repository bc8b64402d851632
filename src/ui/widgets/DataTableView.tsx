import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../../core/format.ts';
import type { DataTable } from '../../problems/views.ts';
import type { ElementId } from '../../scene/scene.ts';
import { widthOf } from './gridText.ts';
import { Icon } from './Icon.tsx';
import { rowOrder, tableToCsv, type Sort } from './tableOrder.ts';
import styles from './table.module.css';
import { tableRowHeight, useRowWindow } from './useRowWindow.ts';

export interface DataTableViewProps {
  table: DataTable;
  selected?: ElementId | null;
  onSelect?(target: ElementId | null): void;
  /** CSS length; the table scrolls beyond it. Default: the height of its place. */
  maxHeight?: string;
  /** Says that the table was copied, or why not. */
  onCopied?(message: string): void;
}

/**
 * A read-only table, one row per element: heads sort (up, down, as it was), rows select, the whole
 * is copied as CSV.
 */
export function DataTableView(props: DataTableViewProps) {
  const { table, selected = null, onSelect, onCopied } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [rowHeight] = useState(tableRowHeight);
  const [sort, setSort] = useState<Sort | null>(null);
  const rows = useRowWindow(scroller, table.rows, rowHeight);
  const order = useMemo(() => rowOrder(table, sort), [table, sort]);
  // The arrow beside a sorted head needs room too.
  const widths = useMemo(
    () =>
      table.columns.map((column, index) =>
        widthOf(table.rows, [`${column.label}__`], (row) => cellOf(table, row, index)),
      ),
    [table],
  );
  const latest = useRef({ table, order, reveal: rows.reveal });
  useEffect(() => {
    latest.current = { table, order, reveal: rows.reveal };
  });

  useEffect(() => {
    const { table: now, order: places, reveal } = latest.current;
    if (selected === null || !now.element) return;
    const at = Array.from(places).findIndex((row) => now.element!(row) === selected);
    if (at >= 0) reveal(at);
  }, [selected]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(tableToCsv(table, order));
      onCopied?.(`Copied ${formatNumber(table.rows)} rows as CSV.`);
    } catch {
      onCopied?.('The browser did not allow copying.');
    }
  }

  const turn = (column: number) =>
    setSort((old) =>
      old?.column !== column
        ? { column, descending: false }
        : old.descending
          ? null
          : { column, descending: true },
    );

  function onKeyDown(event: React.KeyboardEvent): void {
    if (!table.element || !onSelect || event.target !== scroller.current) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: rows.page, PageUp: -rows.page }[event.key];
    if (step === undefined || table.rows === 0) return;
    event.preventDefault();
    const places = Array.from(order);
    const at = places.findIndex((row) => table.element!(row) === selected);
    const next = at < 0 ? 0 : Math.max(0, Math.min(table.rows - 1, at + step));
    onSelect(table.element(places[next]));
  }

  const body = [];
  for (let place = rows.first; place < Math.min(rows.end, order.length); place++) {
    const row = order[place];
    const element = table.element?.(row);
    const isSelected = selected !== null && element === selected;
    body.push(
      <tr
        key={row}
        aria-rowindex={place + 2}
        aria-current={isSelected || undefined}
        className={`${styles.row} ${isSelected ? styles.selected : ''}`}
        onClick={() => element !== undefined && onSelect?.(isSelected ? null : element)}
      >
        {table.columns.map((column, index) => (
          <td key={column.id} className={column.numeric ? styles.numeric : ''}>
            {cellOf(table, row, index)}
          </td>
        ))}
      </tr>,
    );
  }
  const spacer = (height: number) =>
    height > 0 && (
      <tr className={styles.spacer} aria-hidden="true">
        <td style={{ height }} colSpan={table.columns.length} />
      </tr>
    );

  return (
    <div className={styles.frame} style={{ height: props.maxHeight ? undefined : '100%' }}>
      <div className={styles.bar}>
        <span className={styles.caption} id={`${id}caption`}>
          {table.caption}
        </span>
        <button type="button" className="ghost" onClick={() => void copy()}>
          <Icon name="copy" size={14} />
          Copy as CSV
        </button>
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        style={{ maxHeight: props.maxHeight }}
        role="region"
        aria-labelledby={`${id}caption`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <table
          className={styles.table}
          aria-labelledby={`${id}caption`}
          aria-rowcount={table.rows + 1}
          style={{ '--row': `${rowHeight}px` } as React.CSSProperties}
        >
          <colgroup>
            {widths.map((width, index) => (
              <col key={table.columns[index].id} style={{ width }} />
            ))}
          </colgroup>
          <thead className={styles.head}>
            <tr aria-rowindex={1}>
              {table.columns.map((column, index) => (
                <th
                  key={column.id}
                  scope="col"
                  className={column.numeric ? styles.numeric : ''}
                  aria-sort={
                    sort?.column === index
                      ? sort.descending
                        ? 'descending'
                        : 'ascending'
                      : undefined
                  }
                >
                  <button type="button" className={styles.sort} onClick={() => turn(index)}>
                    {column.label}
                    {sort?.column === index && (
                      <Icon name={sort.descending ? 'down' : 'up'} size={12} />
                    )}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {spacer(rows.first * rowHeight)}
            {body}
            {spacer((table.rows - rows.end) * rowHeight)}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function cellOf(table: DataTable, row: number, column: number): string {
  const value = table.cell(row, column);
  if (typeof value === 'string') return value;
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 1 : 3;
  return formatNumber(value, digits);
}
