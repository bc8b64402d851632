/** Sacks and bins as rows, filled from the left by the items that lie in them. */
import { formatNumber, formatPercent } from '../../../core/format.ts';
import { groupHue, type Item as SceneItem, type Point, type Scene } from '../../../scene/scene.ts';
import type { Edit, Frame, SceneMode } from '../../views.ts';
import { check, loadsOf, sackCount } from '../check.ts';
import { itemLabel, type Instance, type Solution } from '../instance.ts';
import { indexOf, itemTitle, layoutOf, removeItem, setCapacity } from './common.ts';

const HALF = 0.38;
/** More rows than this leave out the names beside them. */
const NAMED = 60;

const capacityOf = (instance: Instance, s: number): number =>
  instance.kind === 'multiple' ? instance.capacities[s] : instance.capacities[0];

/** Where a solution puts each item: its row, and how far from the left. */
function placesOf(instance: Instance, solution: Solution): { row: number; x: number }[] {
  const { order, weights } = layoutOf(instance);
  const filled: number[] = [];
  const places = instance.items.map(() => ({ row: -1, x: 0 }));
  const byWeight = Array.from(order).sort((a, b) => weights[b] - weights[a] || a - b);
  for (const i of byWeight) {
    const row = (solution.sacks?.[i] ?? 0) - 1;
    if (row < 0) continue;
    places[i] = { row, x: filled[row] ?? 0 };
    filled[row] = (filled[row] ?? 0) + weights[i];
  }
  return places;
}

function draw({ instance, solution, bound }: Frame<Instance, Solution>): Scene {
  const { items: all, kind } = instance;
  const layout = layoutOf(instance);
  const rows = sackCount(instance, solution);
  const loads = loadsOf(instance, solution);
  const word = kind === 'multiple' ? 'Sack' : 'Bin';
  const digits = layout.weightDigits;
  const items: SceneItem[] = [];
  let maxX = 1;
  for (let s = 0; s < rows; s++) {
    const capacity = capacityOf(instance, s);
    maxX = Math.max(maxX, capacity, loads[s] ?? 0);
    items.push({
      kind: 'rect',
      x: 0,
      y: s + 0.5 - HALF,
      w: capacity,
      h: 2 * HALF,
      fill: 'sunk',
      radius: 3,
      title: `${word} ${s + 1}: ${formatNumber(loads[s] ?? 0, digits)} of ${formatNumber(capacity, digits)}`,
    });
  }
  let heaviest = 1;
  for (const weight of layout.weights) heaviest = Math.max(heaviest, weight);
  const places = solution ? placesOf(instance, solution) : [];
  for (const [i, { row, x }] of places.entries()) {
    if (row < 0) continue;
    const name = all[i].name ?? String(i + 1);
    items.push({
      kind: 'rect',
      id: `item:${i}`,
      x,
      y: row + 0.5 - HALF,
      w: layout.weights[i],
      h: 2 * HALF,
      // Bins show how heavy an item is, sacks which item it is.
      fill:
        kind === 'multiple'
          ? groupHue(i, all.length)
          : { hue: 0.72 - 0.6 * (1 - layout.weights[i] / heaviest), tone: 'fill' },
      inset: all.length > 600 ? 0 : 0.5,
      radius: all.length > 600 ? 0 : 2,
      ...(all.length <= 400 ? { label: name } : {}),
      title: itemTitle(instance, solution, i),
    });
  }
  for (let s = 0; s < rows; s++) {
    const end = capacityOf(instance, s);
    if (kind === 'multiple' || s === 0)
      items.push({
        kind: 'path',
        id: `capacity:${s}`,
        points: Float64Array.of(
          end,
          s + 0.5 - HALF - 0.08,
          end,
          kind === 'multiple' ? s + 0.5 + HALF + 0.08 : rows,
        ),
        stroke: 'ink',
        width: 2,
        title: `Capacity ${formatNumber(end, digits)}`,
      });
  }
  const used = loads.filter((load) => load > 0).length;
  const load = loads.reduce((sum, value) => sum + value, 0);
  const held = Array.from({ length: rows }, (_, s) => capacityOf(instance, s)).reduce(
    (sum, value) => sum + value,
    0,
  );
  return {
    bounds: { minX: 0, minY: 0, maxX: maxX * 1.06, maxY: Math.max(1, rows) },
    fit: 'fill',
    xAxis: { label: 'Weight' },
    yAxis: {
      categories: Array.from({ length: rows }, (_, s) =>
        rows <= NAMED ? `${word[0]}${s + 1}` : '',
      ),
      grid: false,
    },
    items,
    description: !solution
      ? `${formatNumber(all.length)} items; nothing is packed yet.`
      : kind === 'bin-packing'
        ? `${used} bins, ${formatPercent(held > 0 ? load / held : 1)} full${bound !== null ? `; at least ${formatNumber(-bound)} are needed` : ''}.`
        : `${rows} sacks, ${formatPercent(held > 0 ? load / held : 1)} full.`,
  };
}

/** The item in the sack or bin of row `s`; refused when the checker finds it too full. */
function put(
  instance: Instance,
  solution: Solution,
  i: number,
  s: number,
): Edit<Instance, Solution> {
  const sacks = Array.from(solution.sacks ?? []);
  const counts = Array.from(solution.counts);
  sacks[i] = s + 1;
  counts[i] = 1;
  const next = instance.kind === 'bin-packing' ? closeGaps(sacks) : sacks;
  const solved: Solution = { counts, sacks: next };
  const { violations } = check(instance, solved);
  if (violations.length > 0) return { kind: 'refused', reason: violations[0] };
  const word = instance.kind === 'multiple' ? 'sack' : 'bin';
  return {
    kind: 'solution',
    solution: solved,
    announce: `${itemLabel(instance.items[i], i)} in ${word} ${next[i]}`,
    select: `item:${i}`,
  };
}

/** Bin numbers without gaps, in their order. */
function closeGaps(sacks: readonly number[]): number[] {
  const used = [...new Set(sacks)].sort((a, b) => a - b);
  return sacks.map((s) => used.indexOf(s) + 1);
}

export const binsMode: SceneMode<Instance, Solution> = {
  id: 'bins',
  name: 'Sacks',
  help: 'Each sack or bin is a row as wide as its capacity; items lie in it side by side.',
  kind: 'scene',
  draw,
  gestures: {
    hint: 'Drag an item to another row; below the last one opens a bin. Del removes an item.',
    drag({ instance, solution }, target, from: Point, to: Point) {
      const s = indexOf(target, 'capacity', instance.capacities.length);
      if (s >= 0) return setCapacity(instance, s, instance.capacities[s] + to.x - from.x);
      const i = indexOf(target, 'item', instance.items.length);
      if (i < 0 || !solution) return null;
      const rows = sackCount(instance, solution);
      const row = Math.max(0, Math.floor(to.y));
      const last = instance.kind === 'bin-packing' ? rows : rows - 1;
      return put(instance, solution, i, Math.min(row, last));
    },
    nudge({ instance, solution }, target, dx, dy) {
      const s = indexOf(target, 'capacity', instance.capacities.length);
      if (s >= 0 && dx !== 0) {
        const step = 10 ** -layoutOf(instance).weightDigits;
        return setCapacity(instance, s, instance.capacities[s] + dx * step);
      }
      const i = indexOf(target, 'item', instance.items.length);
      if (i < 0 || dy === 0 || !solution) return null;
      const row = (solution.sacks?.[i] ?? 0) - 1 + dy;
      const last = sackCount(instance, solution) - (instance.kind === 'bin-packing' ? 0 : 1);
      return row < 0 || row > last ? null : put(instance, solution, i, row);
    },
    remove: ({ instance }, target) => removeItem(instance, target),
  },
};
