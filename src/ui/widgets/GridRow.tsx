import { memo } from 'react';
import type { FieldValue, Grid } from '../../problems/views.ts';
import { CellInput, type EditEnd } from './CellInput.tsx';
import { cellText } from './gridText.ts';
import { Icon } from './Icon.tsx';
import { Swatch } from './Swatch.tsx';
import styles from './table.module.css';

/** What rows call; the same object for the life of the table, so that rows at rest stay at rest. */
export interface GridActions {
  go(row: number, column: number): void;
  edit(): void;
  commit(value: FieldValue): string;
  issue(message: string): void;
  endEdit(end: EditEnd): void;
  removeRow(row: number): void;
}

export interface GridRowProps<Instance> {
  grid: Grid<Instance>;
  row: number;
  /** Prefix of cell ids. */
  id: string;
  selected: boolean;
  /** −2 when the active cell is elsewhere. */
  activeColumn: number;
  /** Set while the active cell is edited: the text it starts with, null for its value. */
  editing: { text: string | null } | null;
  removable: boolean;
  actions: GridActions;
}

function Row<Instance>(props: GridRowProps<Instance>) {
  const { grid, row, id, selected, activeColumn, editing, removable, actions } = props;
  const name = grid.rowLabel(row);
  return (
    <tr
      aria-rowindex={row + 2}
      aria-selected={grid.element ? selected : undefined}
      className={`${styles.row} ${selected ? styles.selected : ''} ${
        activeColumn > -2 ? styles.here : ''
      }`}
    >
      <th
        scope="row"
        id={`${id}-${row}--1`}
        className={`${styles.label} ${activeColumn === -1 ? styles.active : ''}`}
        onClick={() => actions.go(row, -1)}
      >
        <Swatch hue={grid.rowHue?.(row)} label={name} />
      </th>
      {grid.columns.map((column, index) => {
        const value = grid.cell(row, index);
        const active = index === activeColumn;
        const edited = active && editing !== null && value !== null;
        const classes = [
          column.field.type === 'number' ? styles.numeric : '',
          active ? styles.active : '',
          edited ? styles.editing : '',
        ];
        return (
          <td
            key={column.id}
            id={`${id}-${row}-${index}`}
            aria-readonly={value === null || undefined}
            className={classes.join(' ')}
            onClick={({ nativeEvent }) => {
              if (edited) return;
              // A finger has no double click: the second tap edits.
              const touched = (nativeEvent as PointerEvent).pointerType === 'touch';
              if (touched && active) actions.edit();
              else actions.go(row, index);
            }}
            onDoubleClick={() => actions.edit()}
          >
            {edited ? (
              <CellInput
                type={column.field}
                value={value}
                text={editing.text}
                label={`${name}, ${column.label}`}
                onCommit={actions.commit}
                onIssue={actions.issue}
                onEnd={actions.endEdit}
              />
            ) : value === null ? (
              <span className={styles.absent}>·</span>
            ) : (
              cellText(grid, row, index)
            )}
          </td>
        );
      })}
      {removable && (
        <td className={styles.end}>
          <RemoveButton label={`Remove ${name}`} onClick={() => actions.removeRow(row)} />
        </td>
      )}
    </tr>
  );
}

export const GridRow = memo(Row) as typeof Row;

export function RemoveButton({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.remove}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      <Icon name="close" size={12} />
    </button>
  );
}
