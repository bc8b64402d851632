/**
 * The filled sack: taken items side by side in order of efficiency, as wide as they weigh and as
 * high as they pay per weight, so that the area is the profit. The dashed outline is the linear
 * relaxation; the area between is what the bound leaves open.
 */
import { formatNumber } from '../../../core/format.ts';
import type { Item as SceneItem, Scene } from '../../../scene/scene.ts';
import type { Frame, SceneMode } from '../../views.ts';
import { copiesIn, dimensionsOf, type Instance, type Solution } from '../instance.ts';
import {
  formatEfficiency,
  indexOf,
  itemTitle,
  layoutOf,
  pairShares,
  perInstance,
  removeItem,
  setCapacity,
  takenOf,
  toggleItem,
  weightLabel,
  type Layout,
} from './common.ts';

/** More bars than this are merged with their neighbours. */
const BARS = 800;
/** Efficiencies of the first share of the weight may be cut off, so that the rest can be seen. */
const CUT = 0.02;

/** The height of the picture: the efficiency reached after the first 2 % of the capacity. */
function topOf(instance: Instance, layout: Layout): number {
  const { order, weights, efficiency, capacity } = layout;
  let filled = 0;
  let top = 0;
  for (const i of order) {
    if (!Number.isFinite(efficiency[i])) continue;
    filled += weights[i] * copiesIn(instance, i);
    top = efficiency[i];
    if (filled > capacity * CUT) break;
  }
  return (top || 1) * 1.08;
}

/** The outline of all items filled in order up to the capacity. O(n). */
function relaxation(instance: Instance): Float64Array {
  const layout = layoutOf(instance);
  const top = topOf(instance, layout);
  const { order, weights, efficiency, capacity } = layout;
  const points: number[] = [];
  let x = 0;
  const least = capacity / 2000;
  let start = 0;
  for (const i of order) {
    if (x >= capacity || weights[i] === 0) continue;
    x = Math.min(capacity, x + weights[i] * copiesIn(instance, i));
    if (x - start < least && x < capacity) continue;
    const y = Math.min(top, efficiency[i]);
    points.push(start, y, x, y);
    start = x;
  }
  return Float64Array.from(points);
}

const relaxationOf = perInstance(relaxation);

function draw(frame: Frame<Instance, Solution>): Scene {
  const { instance, solution } = frame;
  const layout = layoutOf(instance);
  const { order, weights, capacity, shares } = layout;
  // Of pairs, only those that pay count.
  const profits = instance.pairs ? pairShares(instance, solution) : layout.profits;
  if (instance.pairs) for (const [i, item] of instance.items.entries()) profits[i] += item.profit;
  const top = topOf(instance, layout);
  const items: SceneItem[] = [];

  let total = 0;
  let bars = 0;
  for (const i of order) {
    const copies = takenOf(solution, i);
    if (copies > 0 && weights[i] > 0) {
      total += copies * weights[i];
      bars++;
    }
  }
  const digits = shares ? 1 : layout.weightDigits;
  const maxX = Math.max(capacity * 1.12, total * 1.02, 1);
  items.push({ kind: 'rect', x: 0, y: 0, w: capacity, h: top, fill: 'sunk' });

  const least = bars > BARS ? total / BARS : 0;
  let x = 0;
  let width = 0;
  let value = 0;
  let merged = 0;
  let last = -1;
  const flush = (rank: number): void => {
    if (merged === 0) return;
    const height = Math.min(top, value / width);
    const single = merged === 1;
    const item = instance.items[last];
    items.push({
      kind: 'rect',
      ...(single ? { id: `item:${last}` } : {}),
      x,
      y: 0,
      w: width,
      h: height,
      fill: { hue: 0.72 - 0.6 * rank, tone: 'fill' },
      inset: bars > 200 ? 0 : 0.5,
      radius: bars > 200 ? 0 : 2,
      ...(single && bars <= 60 ? { label: item.name ?? String(last + 1) } : {}),
      title: single
        ? itemTitle(instance, solution, last)
        : `${merged} items · profit ${formatNumber(value, layout.profitDigits)} · weight ${formatNumber(width, digits)}`,
    });
    x += width;
    width = 0;
    value = 0;
    merged = 0;
  };
  for (let r = 0; r < order.length; r++) {
    const i = order[r];
    const copies = takenOf(solution, i);
    if (copies === 0 || weights[i] === 0) continue;
    width += copies * weights[i];
    value += copies * profits[i];
    merged++;
    last = i;
    if (width >= least) flush(r / order.length);
  }
  flush(1);

  const outline = relaxationOf(instance);
  if (frame.toggles.relaxation !== false && outline.length > 0)
    items.push({
      kind: 'path',
      points: outline,
      stroke: 'bound',
      width: 1.5,
      dash: [5, 3],
      title: instance.pairs
        ? 'Linear relaxation with half of each pair, paid or not: items in order, the last one in part'
        : 'Linear relaxation: items in order of efficiency, the last one in part',
    });
  items.push({
    kind: 'path',
    id: 'capacity:0',
    points: Float64Array.of(capacity, 0, capacity, top),
    stroke: 'ink',
    width: 2,
    title: `Capacity ${formatNumber(capacity, digits)}${shares ? ' %' : ''}`,
  });
  items.push({
    kind: 'text',
    x: capacity,
    y: top,
    text: shares ? 'all capacities' : `capacity ${formatNumber(capacity, digits)}`,
    colour: 'ink2',
    size: 11,
    align: 'end',
    baseline: 'top',
    dx: -6,
    dy: 4,
  });
  const free = capacity - total;
  return {
    bounds: { minX: 0, minY: 0, maxX, maxY: top },
    fit: 'fill',
    yUp: true,
    xAxis: { label: weightLabel(layout), ...(shares ? { unit: '%' } : {}) },
    yAxis: { label: 'Profit per weight' },
    items,
    description: solution
      ? `The sack holds ${formatNumber(bars)} items of weight ${formatNumber(total, digits)} out of ${formatNumber(capacity, digits)}${shares ? ' %' : ''}; ${formatNumber(free, digits)} is free. Critical efficiency ${formatEfficiency(layout.critical)}.`
      : `The sack is empty; its capacity is ${formatNumber(capacity, digits)}${shares ? ' %' : ''}.`,
  };
}

export const sackMode: SceneMode<Instance, Solution> = {
  id: 'sack',
  name: 'Sack',
  help: 'What is taken, by efficiency: width is weight, area is profit.',
  kind: 'scene',
  draw,
  toggles: [
    {
      id: 'relaxation',
      name: 'Relaxation',
      help: 'The outline of the linear relaxation; its area is the Dantzig bound.',
      default: true,
    },
  ],
  gestures: {
    hint: 'Drag the capacity line; click an item to take it out; Del removes it from the instance.',
    click({ instance, solution }, target) {
      const i = target === null ? -1 : indexOf(target, 'item', instance.items.length);
      return i < 0 ? null : toggleItem(instance, solution, i, true);
    },
    drag({ instance }, target, from, to) {
      if (target !== 'capacity:0') return null;
      if (dimensionsOf(instance) > 1)
        return { kind: 'refused', reason: 'Several capacities are dragged under "Capacities".' };
      return setCapacity(instance, 0, instance.capacities[0] + to.x - from.x);
    },
    nudge({ instance }, target, dx) {
      if (target !== 'capacity:0' || dx === 0 || dimensionsOf(instance) > 1) return null;
      const step = 10 ** -layoutOf(instance).weightDigits;
      return setCapacity(instance, 0, instance.capacities[0] + dx * step);
    },
    remove: ({ instance }, target) => removeItem(instance, target),
  },
};
