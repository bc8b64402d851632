/** Grids of what some kinds have besides items: pairs and elements. */
import { fail, type Result } from '../../../core/result.ts';
import type { FieldType, Grid } from '../../views.ts';
import type { Instance } from '../instance.ts';
import { amountIssue } from '../schema.ts';
import { accept } from './common.ts';

const AMOUNT: FieldType = { type: 'number', min: 0 };

/** The whole numbers in a text, rising and each once. */
export const listOf = (text: string): number[] =>
  [...new Set((text.match(/\d+/g) ?? []).map(Number))].sort((a, b) => a - b);

export function pairGrid(instance: Instance): Grid<Instance> {
  const pairs = instance.pairs ?? [];
  const n = instance.items.length;
  const item: FieldType = { type: 'number', min: 1, max: n, step: 1, integer: true };
  const put = (row: number, pair: readonly number[]): Result<Instance> => {
    const [a, b, profit] = pair;
    return accept({
      ...instance,
      pairs: pairs.with(row, [Math.min(a, b), Math.max(a, b), profit]),
    });
  };
  return {
    id: 'pairs',
    title: 'Pairs',
    columns: [
      { id: 'first', label: 'Item', field: item },
      { id: 'second', label: 'And item', field: item },
      { id: 'profit', label: 'Profit', help: 'Paid when both are taken.', field: AMOUNT },
    ],
    rows: pairs.length,
    rowLabel: (row) => String(row + 1),
    cell: (row, column) => pairs[row][column],
    set(row, column, value) {
      const issue = amountIssue(value, column < 2 ? 'An item' : 'A profit');
      return issue ? fail(issue) : put(row, pairs[row].with(column, Number(value)));
    },
    addRow: {
      label: 'Add pair',
      apply() {
        const known = new Set(pairs.map(([a, b]) => a * (n + 1) + b));
        for (let a = 1; a < n; a++)
          for (let b = a + 1; b <= n; b++)
            if (!known.has(a * (n + 1) + b))
              return accept({ ...instance, pairs: [...pairs, [a, b, 10]] });
        return fail({ message: 'Every pair is listed.' });
      },
    },
    removeRow: (row) => accept({ ...instance, pairs: pairs.toSpliced(row, 1) }),
  };
}

export function elementGrid(instance: Instance): Grid<Instance> {
  const elements = instance.elements ?? [];
  return {
    id: 'elements',
    title: 'Elements',
    columns: [{ id: 'weight', label: 'Weight', help: 'Paid once.', field: AMOUNT }],
    rows: elements.length,
    rowLabel: (row) => String(row + 1),
    cell: (row) => elements[row],
    set(row, _column, value) {
      const issue = amountIssue(value, 'A weight');
      return issue
        ? fail(issue)
        : accept({ ...instance, elements: elements.with(row, Number(value)) });
    },
    addRow: {
      label: 'Add element',
      apply: () => accept({ ...instance, elements: [...elements, elements.at(-1) ?? 10] }),
    },
    removeRow: (row) =>
      accept({
        ...instance,
        elements: elements.toSpliced(row, 1),
        items: instance.items.map((item) => ({
          ...item,
          elements: (item.elements ?? [])
            .filter((element) => element !== row + 1)
            .map((element) => (element > row + 1 ? element - 1 : element)),
        })),
      }),
  };
}
