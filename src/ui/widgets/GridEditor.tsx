import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ElementId } from '../../scene/scene.ts';
import type { Result } from '../../core/result.ts';
import type { FieldValue, Grid } from '../../problems/views.ts';
import type { EditEnd } from './CellInput.tsx';
import { pasteBlock } from './gridPaste.ts';
import { GridRow, RemoveButton, type GridActions } from './GridRow.tsx';
import { cellText, columnWidths, issueText, labelWidth } from './gridText.ts';
import { Icon } from './Icon.tsx';
import { moveCell, parseBlock, tabCell, type Cell } from './rows.ts';
import styles from './table.module.css';
import { tableRowHeight, useRowWindow } from './useRowWindow.ts';
import { readValue } from './values.ts';

export interface GridEditorProps<Instance> {
  grid: Grid<Instance>;
  /** The instance after an edit; `what` says what was done, for undo and speech. */
  onChange(instance: Instance, what: string): void;
  /** The same grid of another instance; makes pasting blocks possible. */
  regrid?(instance: Instance): Grid<Instance> | undefined;
  /** The selected element; its row is marked and scrolled to. */
  selected?: ElementId | null;
  onSelect?(target: ElementId | null): void;
  disabled?: boolean;
  /** CSS length; the table scrolls beyond it. */
  maxHeight?: string;
  /** Leaves the heading away when it stands elsewhere. */
  hideTitle?: boolean;
}

/** The column of the buttons that remove rows, px. */
const endWidth = 20;

/**
 * An editable table. One tab stop: arrow keys move, Enter, F2 or typing edits, Escape drops the
 * edit, Tab goes on while editing; Delete on a row or column label removes it; Ctrl+C and Ctrl+V
 * exchange cells with spreadsheets.
 */
export function GridEditor<Instance>(props: GridEditorProps<Instance>) {
  const { grid, onChange, regrid, selected = null, onSelect, disabled } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [rowHeight] = useState(tableRowHeight);
  const rows = useRowWindow(scroller, grid.rows, rowHeight);
  const [wanted, setActive] = useState<Cell>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<{ text: string | null } | null>(null);
  const [issue, setIssue] = useState('');
  const columns = grid.columns.length;
  const extent = { rows: grid.rows, columns, page: rows.page };
  const active = {
    row: Math.min(wanted.row, grid.rows - 1),
    column: Math.min(wanted.column, columns - 1),
  };
  const widths = useMemo(() => columnWidths(grid), [grid]);
  const labels = useMemo(() => labelWidth(grid), [grid]);
  const removable = grid.removeRow !== undefined && !disabled;
  const focus = () => table.current?.focus({ preventScroll: true });

  function go(cell: Cell): void {
    setActive(cell);
    rows.reveal(cell.row);
    revealColumn(scroller.current!, cell.column, widths, labels, removable);
    if (cell.row >= 0 && cell.row < grid.rows && onSelect && grid.element) {
      const element = grid.element(cell.row);
      if (element !== selected) onSelect(element);
    }
  }

  function apply(result: Result<Instance>, what: string): void {
    setIssue(result.ok ? '' : issueText(result.issues));
    if (result.ok) onChange(result.value, what);
  }

  /** '' when the value was taken. */
  function commit(value: FieldValue): string {
    const { row, column } = active;
    if (grid.cell(row, column) === value) return '';
    const result = grid.set(row, column, value);
    if (!result.ok) return issueText(result.issues);
    setIssue('');
    onChange(result.value, `${grid.rowLabel(row)}, ${grid.columns[column].label}`);
    return '';
  }

  function startEdit(text: string | null): void {
    const { row, column } = active;
    if (disabled || row < 0 || column < 0 || grid.cell(row, column) === null) return;
    setIssue('');
    if (grid.columns[column].field.type === 'boolean')
      setIssue(commit(grid.cell(row, column) !== true));
    else setEditing({ text });
  }

  function endEdit(end: EditEnd): void {
    setEditing(null);
    if (end === 'left') return;
    const next =
      end === 'stay'
        ? active
        : end === 'down'
          ? moveCell(active, 'ArrowDown', false, extent)
          : tabCell(active, end === 'back', extent);
    if (next) go(next);
    focus();
  }

  function removeRow(row: number): void {
    if (!removable || row < 0 || row >= grid.rows) return;
    apply(grid.removeRow!(row), `Removed ${grid.rowLabel(row)}`);
    focus();
  }

  function removeColumn(column: number): void {
    const remove = grid.removeColumn;
    if (column < 0 || !remove || disabled) return;
    apply(remove.apply(column), `${remove.label} ${grid.columns[column].label}`);
    focus();
  }

  const current = { go, startEdit, commit, endEdit, removeRow, grid, active, reveal: rows.reveal };
  const latest = useRef(current);
  useLayoutEffect(() => {
    latest.current = current;
  });
  const actions = useMemo<GridActions>(
    () => ({
      go: (row, column) => latest.current.go({ row, column }),
      edit: () => latest.current.startEdit(null),
      commit: (value) => latest.current.commit(value),
      issue: setIssue,
      endEdit: (end) => latest.current.endEdit(end),
      removeRow: (row) => latest.current.removeRow(row),
    }),
    [],
  );

  useEffect(() => {
    const { grid: now, active: cell, reveal } = latest.current;
    if (selected === null || !now.element) return;
    if (cell.row >= 0 && cell.row < now.rows && now.element(cell.row) === selected) return;
    for (let row = 0; row < now.rows; row++) {
      if (now.element(row) !== selected) continue;
      setEditing(null);
      setActive({ row, column: cell.column });
      reveal(row);
      return;
    }
  }, [selected]);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (editing || event.target !== table.current) return;
    const { key } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    const next = event.altKey ? null : moveCell(active, key, ctrl, extent);
    if (next) go(next);
    else if (ctrl || event.altKey) return;
    else if (key === 'Enter' || key === 'F2' || key === ' ') startEdit(null);
    else if (key === 'Delete' || key === 'Backspace') {
      if (active.column < 0) removeRow(active.row);
      else if (active.row < 0) removeColumn(active.column);
      else return;
    } else if (key.length === 1 && active.row >= 0 && active.column >= 0) {
      const { type } = grid.columns[active.column].field;
      if (type !== 'number' && type !== 'text') return;
      startEdit(key);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onPaste(event: React.ClipboardEvent): void {
    if (editing || disabled || active.row < 0 || active.column < 0) return;
    event.preventDefault();
    const block = parseBlock(event.clipboardData.getData('text/plain'));
    const single = block.length === 1 && block[0].length === 1;
    if (single || !regrid) {
      const reading = readValue(grid.columns[active.column].field, block[0][0]);
      return setIssue(reading.ok ? commit(reading.value) : reading.message);
    }
    const pasted = pasteBlock(grid, active, block, regrid);
    setIssue(pasted.ok ? '' : pasted.message);
    if (pasted.ok) onChange(pasted.instance, `Pasted ${pasted.cells} cells`);
  }

  function onCopy(event: React.ClipboardEvent): void {
    if (editing || getSelection()?.isCollapsed === false) return;
    const { row, column } = active;
    // A label stands for its whole row or column.
    const rowsOf = row < 0 ? Array.from({ length: grid.rows }, (_, i) => i) : [row];
    const columnsOf = column < 0 ? grid.columns.map((_, i) => i) : [column];
    const text = rowsOf.map((r) => columnsOf.map((c) => cellText(grid, r, c)).join('\t'));
    event.clipboardData.setData('text/plain', text.join('\n'));
    event.preventDefault();
  }

  const body = [];
  for (let row = rows.first; row < rows.end; row++)
    body.push(
      <GridRow
        key={row}
        grid={grid}
        row={row}
        id={id}
        selected={selected !== null && grid.element?.(row) === selected}
        activeColumn={row === active.row ? active.column : -2}
        editing={row === active.row ? editing : null}
        removable={removable}
        actions={actions}
      />,
    );

  const spacer = (height: number) =>
    height > 0 && (
      <tr className={styles.spacer} aria-hidden="true">
        <td style={{ height }} colSpan={columns + 2} />
      </tr>
    );
  const markHead = (column: number) =>
    active.row === -1 && active.column === column ? `${styles.active} ${styles.here}` : '';

  return (
    <div className={styles.frame}>
      {!props.hideTitle && <h2 className={styles.title}>{grid.title}</h2>}
      <div
        ref={scroller}
        className={styles.scroller}
        style={{ maxHeight: props.maxHeight ?? 'min(60vh, 560px)' }}
      >
        <table
          ref={table}
          className={styles.table}
          role="grid"
          tabIndex={0}
          aria-label={grid.title}
          aria-rowcount={grid.rows + 1}
          aria-colcount={columns + 1}
          aria-readonly={disabled || undefined}
          aria-activedescendant={`${id}-${active.row}-${active.column}`}
          aria-describedby={issue ? `${id}issue` : undefined}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onCopy={onCopy}
          style={{ '--row': `${rowHeight}px` } as React.CSSProperties}
        >
          <colgroup>
            <col style={{ width: labels }} />
            {widths.map((width, index) => (
              <col key={grid.columns[index].id} style={{ width }} />
            ))}
            {removable && <col style={{ width: endWidth }} />}
          </colgroup>
          <thead className={styles.head}>
            <tr aria-rowindex={1}>
              <th
                scope="col"
                id={`${id}--1--1`}
                className={`${styles.label} ${markHead(-1)}`}
                onClick={() => go({ row: -1, column: -1 })}
              >
                <span className="sr-only">{grid.title}</span>
              </th>
              {grid.columns.map((column, index) => (
                <th
                  key={column.id}
                  scope="col"
                  id={`${id}--1-${index}`}
                  title={column.help}
                  className={`${column.field.type === 'number' ? styles.numeric : ''} ${markHead(index)}`}
                  onClick={() => go({ row: -1, column: index })}
                >
                  {grid.removeColumn && !disabled && (
                    <RemoveButton
                      label={`${grid.removeColumn.label} ${column.label}`}
                      onClick={() => removeColumn(index)}
                    />
                  )}
                  {column.label}
                </th>
              ))}
              {removable && <td className={styles.end} />}
            </tr>
          </thead>
          <tbody>
            {spacer(rows.first * rowHeight)}
            {body}
            {spacer((grid.rows - rows.end) * rowHeight)}
          </tbody>
        </table>
      </div>
      {issue && (
        <p id={`${id}issue`} className={styles.issue} role="alert">
          {issue}
        </p>
      )}
      {!disabled && (grid.addRow || grid.addColumn) && (
        <div className={styles.foot}>
          {[grid.addRow, grid.addColumn].map(
            (add) =>
              add && (
                <button key={add.label} type="button" onClick={() => apply(add.apply(), add.label)}>
                  <Icon name="plus" size={12} />
                  {add.label}
                </button>
              ),
          )}
        </div>
      )}
    </div>
  );
}

/** Scrolls sideways until a column stands between the sticky label and the right edge. */
function revealColumn(
  scroller: HTMLElement,
  column: number,
  widths: readonly number[],
  labels: number,
  hasEnd: boolean,
): void {
  if (column < 0) return;
  const left = widths.slice(0, column).reduce((sum, width) => sum + width, 0);
  const room = scroller.clientWidth - labels - (hasEnd ? endWidth : 0);
  if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  else if (left + widths[column] > scroller.scrollLeft + room)
    scroller.scrollLeft = left + widths[column] - room;
}
