/** The accessible table: one row for each item. */
import type { DataTable, Frame } from '../../views.ts';
import { copiesIn, dimensionsOf, itemLabel, type Instance, type Solution } from '../instance.ts';
import { hasSacks } from '../kinds.ts';
import { formatEfficiency, layoutOf, takenOf } from './common.ts';

/** Weights shown one by one; with more capacities their mean share is shown. */
const SHOWN = 8;

export function table({ instance, solution }: Frame<Instance, Solution>): DataTable {
  const { items, kind } = instance;
  const layout = layoutOf(instance);
  const m = dimensionsOf(instance);
  const each = m <= SHOWN;
  const weights = each ? m : 1;
  const columns = [
    { id: 'item', label: 'Item' },
    { id: 'profit', label: 'Profit', numeric: true },
    ...Array.from({ length: weights }, (_, d) => ({
      id: `weight${d + 1}`,
      label: !each ? 'Mean share, %' : m > 1 ? `Weight ${d + 1}` : 'Weight',
      numeric: true,
    })),
    { id: 'efficiency', label: 'Efficiency', numeric: true },
    { id: 'count', label: 'Count', numeric: true },
    { id: 'taken', label: 'Taken', numeric: true },
    ...(kind === 'multiple-choice' ? [{ id: 'class', label: 'Class', numeric: true }] : []),
    ...(hasSacks(kind)
      ? [{ id: 'sack', label: kind === 'multiple' ? 'Sack' : 'Bin', numeric: true }]
      : []),
  ];
  return {
    caption: solution ? 'Items and how many of each are taken' : 'Items; no solution yet',
    columns,
    rows: items.length,
    element: (row) => `item:${row}`,
    cell(row, column) {
      const item = items[row];
      switch (columns[column].id) {
        case 'item':
          return itemLabel(item, row);
        case 'profit':
          return item.profit;
        case 'efficiency':
          return formatEfficiency(layout.efficiency[row]);
        case 'count':
          return copiesIn(instance, row);
        case 'taken':
          return takenOf(solution, row);
        case 'class':
          return item.group ?? 1;
        case 'sack': {
          const sack = solution?.sacks?.[row] ?? 0;
          return sack > 0 ? sack : 'none';
        }
        default:
          if (instance.elements) return layout.weights[row];
          return each ? item.weights[column - 2] : layout.weights[row].toFixed(2);
      }
    },
  };
}
