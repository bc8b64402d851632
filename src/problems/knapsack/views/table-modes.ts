/** Bellman's table, filled row by row, and the frontier of its last row. One capacity. */
import { formatNumber } from '../../../core/format.ts';
import type { Item as SceneItem, Scene } from '../../../scene/scene.ts';
import type { Frame, SceneMode } from '../../views.ts';
import { itemLabel, pack, type Instance, type Solution } from '../instance.ts';
import { layoutOf, perInstance } from './common.ts';

/** Cells of the table computed for the picture. */
const CELLS = 3_000_000;
/** Columns of the picture. */
const COLUMNS = 480;
/** Points of the frontier drawn one by one. */
const POINTS = 2000;

interface Table {
  /** Items by falling efficiency, those that can matter: one row each. */
  order: number[];
  capacity: number;
  /** Units of the capacity in the instance's own units. */
  unit: number;
  profitUnit: number;
  /** Best profits, rows × columns, columns spread evenly over 0 … capacity. */
  columns: number;
  cells: Float32Array;
  /** Capacity after each row on the way to the optimum, from the last row up. */
  path: Float64Array;
  /** Nondominated (weight, profit) pairs of all items, flat, packed units. */
  frontier: Float64Array;
}

/** Whether the table is small enough to be shown. O(n). */
export const hasTable = (instance: Instance): boolean =>
  instance.capacities.length === 1 &&
  instance.items.length > 0 &&
  instance.items.length * (Math.round(instance.capacities[0] * 1e6) / 1e6 + 1) <= CELLS &&
  tableOf(instance) !== null;

/** Best profits of every capacity, row by row; null when it is too large. O(n · capacity). */
const tableOf = perInstance((instance): Table | null => {
  const packed = pack(instance);
  const { profits, weights, counts } = packed;
  const capacity = packed.capacities[0];
  const { order: all } = layoutOf(instance);
  const order = Array.from(all).filter(
    (i) => profits[i] > 0 && counts[i] > 0 && weights[i] <= capacity,
  );
  const rows = order.length;
  if (rows === 0 || rows * (capacity + 1) > CELLS) return null;
  const columns = Math.min(COLUMNS, capacity + 1);
  const cells = new Float32Array(rows * columns);
  const best = new Float64Array(capacity + 1);
  const taken = Array.from({ length: rows }, () => new Uint16Array(capacity + 1));
  for (const [row, i] of order.entries()) {
    const w = weights[i];
    const copies = w === 0 ? counts[i] : Math.min(counts[i], Math.floor(capacity / w), 65_535);
    if (w === 0) {
      for (let c = 0; c <= capacity; c++) best[c] += copies * profits[i];
    } else
      for (let left = copies, bundle = 1; left > 0; bundle *= 2) {
        const size = Math.min(bundle, left);
        left -= size;
        for (let c = capacity; c >= w * size; c--) {
          const value = best[c - w * size] + size * profits[i];
          if (value <= best[c]) continue;
          best[c] = value;
          taken[row][c] = taken[row][c - w * size] + size;
        }
      }
    for (let x = 0; x < columns; x++)
      cells[row * columns + x] =
        best[columns === 1 ? 0 : Math.floor((x * capacity) / (columns - 1))];
  }
  const path = new Float64Array(rows + 1);
  path[rows] = capacity;
  for (let row = rows - 1, c = capacity; row >= 0; row--) {
    c -= taken[row][c] * weights[order[row]];
    path[row] = c;
  }
  const frontier: number[] = [];
  let highest = -1;
  for (let c = 0; c <= capacity; c++)
    if (best[c] > highest) {
      highest = best[c];
      frontier.push(c, highest);
    }
  return {
    order,
    capacity,
    unit: packed.weightScales[0],
    profitUnit: packed.profitScale,
    columns,
    cells,
    path,
    frontier: Float64Array.from(frontier),
  };
});

const EMPTY: Scene = {
  bounds: { minX: 0, minY: 0, maxX: 1, maxY: 1 },
  fit: 'fill',
  items: [],
  description: 'The table is too large to be shown.',
};

/** Rows done by a run of dynamic programming; all of them where nothing says otherwise. */
function rowsDone({ trace }: Frame<Instance, Solution>, rows: number): number {
  const column = trace?.columns.findIndex(({ id }) => id === 'share') ?? -1;
  if (!trace || column < 0 || trace.length === 0) return rows;
  const share = trace.values[column][trace.length - 1];
  return Math.max(1, Math.min(rows, Math.round((rows * share) / 100)));
}

function drawTable(frame: Frame<Instance, Solution>): Scene {
  const table = tableOf(frame.instance);
  if (!table) return EMPTY;
  const { order, columns, cells, path, unit } = table;
  const rows = order.length;
  const done = rowsDone(frame, rows);
  const top = Math.max(1e-9, cells[cells.length - 1]);
  const width = Math.max(table.capacity, 1) / unit;
  const values = cells.slice(0, done * columns).map((value) => value / top);
  const items: SceneItem[] = [
    { kind: 'rect', x: 0, y: 0, w: width, h: rows, fill: 'sunk' },
    {
      kind: 'raster',
      x: 0,
      y: 0,
      w: width,
      h: done,
      columns,
      rows: done,
      values,
      from: 'panel',
      to: { hue: 0.72, tone: 'strong' },
    },
  ];
  const shown = done === rows;
  if (shown && frame.toggles.path !== false) {
    const points: number[] = [];
    for (let row = 0; row <= rows; row++) {
      if (row > 0) points.push(path[row - 1] / unit, row - 0.5);
      points.push(
        path[row] / unit,
        Math.min(rows, Math.max(0, row - 0.5 + (row === rows ? 0.5 : 0))),
      );
    }
    items.push({
      kind: 'path',
      points: Float64Array.from(points),
      stroke: 'bound',
      width: 1.5,
      title: 'The way back: a step to the left is an item of the optimum',
    });
  }
  const name = itemLabel(frame.instance.items[order[done - 1]], order[done - 1]);
  return {
    bounds: { minX: 0, minY: 0, maxX: width, maxY: rows },
    fit: 'fill',
    xAxis: { label: 'Capacity' },
    yAxis: { label: 'Items allowed, most efficient first', grid: false },
    items,
    description: shown
      ? `Best profit of ${formatNumber(rows)} rows of items and every capacity up to ${formatNumber(width)}: ${formatNumber(top / table.profitUnit)} in the last cell.`
      : `${formatNumber(done)} of ${formatNumber(rows)} rows are filled; the last is ${name}.`,
  };
}

export const tableMode: SceneMode<Instance, Solution> = {
  id: 'table',
  name: 'DP table',
  help: "Bellman's table: the darker, the more profit with these items and this capacity.",
  kind: 'scene',
  draw: drawTable,
  toggles: [
    {
      id: 'path',
      name: 'Way back',
      help: 'How the optimum is read from the table.',
      default: true,
    },
  ],
};

function drawFrontier(frame: Frame<Instance, Solution>): Scene {
  const { instance, report } = frame;
  const table = tableOf(instance);
  if (!table) return EMPTY;
  const { frontier, unit, profitUnit } = table;
  const count = frontier.length / 2;
  const steps: number[] = [];
  const points: number[] = [];
  const every = Math.max(1, Math.ceil(count / POINTS));
  for (let k = 0; k < count; k++) {
    const x = frontier[2 * k] / unit;
    const y = frontier[2 * k + 1] / profitUnit;
    if (k % every !== 0 && k !== count - 1) continue;
    if (steps.length > 0) steps.push(x, steps[steps.length - 1]);
    steps.push(x, y);
    points.push(x, y);
  }
  const width = Math.max(1, table.capacity) / unit;
  const best = frontier[frontier.length - 1] / profitUnit;
  steps.push(width, best);
  // The linear relaxation of every capacity: items in order, the last one in part.
  const layout = layoutOf(instance);
  const packed = pack(instance);
  const relaxed: number[] = [];
  let x = 0;
  let y = 0;
  for (const i of layout.order) {
    const copies = packed.counts[i];
    if (packed.weights[i] === 0) y += (copies * packed.profits[i]) / profitUnit;
    else {
      if (relaxed.length === 0) relaxed.push(0, y);
      const weight = (copies * packed.weights[i]) / unit;
      const part = weight > 0 ? Math.min(1, (width - x) / weight) : 0;
      x += part * weight;
      y += (part * copies * packed.profits[i]) / profitUnit;
      relaxed.push(x, y);
      if (x >= width) break;
    }
  }
  const maxY = Math.max(best, y, 1e-9) * 1.04;
  const items: SceneItem[] = [];
  if (frame.toggles.relaxation !== false && relaxed.length >= 4)
    items.push({
      kind: 'path',
      points: Float64Array.from(relaxed),
      stroke: 'bound',
      width: 1.5,
      dash: [5, 3],
      title: 'Linear relaxation: no capacity can pay more',
    });
  items.push({
    kind: 'path',
    points: Float64Array.from(steps),
    stroke: 'accent',
    width: 1.5,
    title: 'Best profit of each capacity',
  });
  if (count <= 400)
    items.push({ kind: 'points', points: Float64Array.from(points), radius: 2.5, fill: 'accent' });
  if (frame.solution && report?.feasible) {
    let weight = 0;
    for (let i = 0; i < instance.items.length; i++)
      weight += (frame.solution.counts[i] * packed.weights[i]) / unit;
    items.push({
      kind: 'points',
      points: Float64Array.of(Math.min(weight, width), Math.min(report.objective, maxY)),
      radius: 6,
      shape: 'diamond',
      fill: 'good',
      title: () =>
        `This solution: weight ${formatNumber(weight)}, profit ${formatNumber(report.objective)}`,
    });
  }
  return {
    bounds: { minX: 0, minY: 0, maxX: width * 1.02, maxY },
    fit: 'fill',
    yUp: true,
    xAxis: { label: 'Weight' },
    yAxis: { label: 'Profit' },
    items,
    description: `${formatNumber(count)} combinations are best for their weight; the last pays ${formatNumber(best)}.`,
  };
}

export const frontierMode: SceneMode<Instance, Solution> = {
  id: 'frontier',
  name: 'Frontier',
  help: 'The combinations that no other beats in both weight and profit, under the linear relaxation.',
  kind: 'scene',
  draw: drawFrontier,
  toggles: [
    {
      id: 'relaxation',
      name: 'Relaxation',
      help: 'The linear relaxation of every capacity.',
      default: true,
    },
  ],
};
