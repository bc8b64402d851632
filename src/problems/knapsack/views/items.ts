/** Items as weight × profit, with the efficiency frontier. */
import { formatNumber } from '../../../core/format.ts';
import type { Item as SceneItem, Scene } from '../../../scene/scene.ts';
import type { Frame, SceneMode } from '../../views.ts';
import {
  changeItem,
  copiesIn,
  itemLabel,
  makeItem,
  type Instance,
  type Solution,
} from '../instance.ts';
import { countsPieces, hasLosses } from '../kinds.ts';
import {
  commit,
  formatEfficiency,
  indexOf,
  itemTitle,
  layoutOf,
  perInstance,
  removeItem,
  roundTo,
  takenOf,
  toggleItem,
  weightLabel,
  withItem,
  type Layout,
} from './common.ts';

const FREE = 0;
const TAKEN = 1;
const PARTLY = 2;
/** Items beyond this are a cloud rather than single marks. */
const DENSE = 1000;
/** More lines than this would hide the items. */
const PAIRS = 2000;

/**
 * The upper left hull from the origin: for no weight can any mix of items beside it offer more
 * profit. x0, y0, x1, y1, … O(n log n).
 */
export function frontier(layout: Layout): Float64Array {
  const { weights, profits } = layout;
  const order = Uint32Array.from(weights, (_, i) => i).sort((a, b) =>
    weights[a] === weights[b] ? profits[b] - profits[a] : weights[a] - weights[b],
  );
  const hull: number[] = [0, 0];
  let highest = 0;
  for (const i of order) {
    const x = weights[i];
    const y = profits[i];
    if (y <= highest) continue;
    highest = y;
    // Slopes fall along the hull: a point below the line past it goes.
    while (hull.length >= 4) {
      const [ax, ay, bx, by] = hull.slice(-4);
      if ((bx - ax) * (y - ay) < (by - ay) * (x - ax)) break;
      hull.length -= 2;
    }
    hull.push(x, y);
  }
  return Float64Array.from(hull);
}

const frontierOf = perInstance((instance) => frontier(layoutOf(instance)));

function draw(frame: Frame<Instance, Solution>): Scene {
  const { instance, solution } = frame;
  const layout = layoutOf(instance);
  const { weights, profits } = layout;
  // Shared elements have no price of their own: there is no critical efficiency.
  const critical = instance.elements ? 0 : layout.critical;
  const n = weights.length;
  let maxX = 0;
  let maxY = 0;
  const points = new Float64Array(2 * n);
  const group = new Uint16Array(n);
  let taken = 0;
  for (let i = 0; i < n; i++) {
    points[2 * i] = weights[i];
    points[2 * i + 1] = profits[i];
    maxX = Math.max(maxX, weights[i]);
    maxY = Math.max(maxY, profits[i]);
    const copies = takenOf(solution, i);
    if (copies > 0) taken++;
    group[i] = copies === 0 ? FREE : copies < copiesIn(instance, i) ? PARTLY : TAKEN;
  }
  maxX = (maxX || 10) * 1.06;
  maxY = (maxY || 10) * 1.06;

  const lines: SceneItem[] = [];
  if (frame.toggles.frontier !== false && n > 1)
    lines.push({
      kind: 'path',
      points: frontierOf(instance),
      stroke: 'ink3',
      width: 1,
      title: 'Frontier: no mix of items offers more profit for the weight',
    });
  if (critical > 0 && Number.isFinite(critical)) {
    const x = Math.min(maxX, maxY / critical);
    lines.push({
      kind: 'path',
      points: Float64Array.of(0, 0, x, x * critical),
      stroke: 'bound',
      width: 1.5,
      dash: [6, 4],
      title: `Critical efficiency ${formatEfficiency(critical)}: filled in order, the sack is full here`,
    });
    // Above all items there is room: beside a steep line, in the corner for a flat one.
    const isFlat = x * critical < 0.85 * maxY;
    const isLeft = x < 0.6 * maxX;
    lines.push({
      kind: 'text',
      x: isFlat ? maxX : x,
      y: maxY,
      text: `${isFlat ? '┄ ' : ''}critical efficiency ${formatEfficiency(critical)}`,
      colour: 'bound',
      size: 11,
      align: isLeft ? 'start' : 'end',
      baseline: 'top',
      dx: isFlat ? -4 : isLeft ? 10 : -36,
      dy: 2,
    });
  }
  if (frame.toggles.core !== false) lines.push(...coreOf(frame));
  const paid = paidPairs(instance, solution);
  if (paid.length > 0 && paid.length <= PAIRS)
    lines.unshift({
      kind: 'segments',
      points: Float64Array.from(
        paid.flatMap(([a, b]) => [weights[a], profits[a], weights[b], profits[b]]),
      ),
      stroke: 'accent',
      width: 0.75,
      opacity: 0.35,
    });
  const cloud: SceneItem = {
    kind: 'points',
    idPrefix: 'item:',
    points,
    radius: n > 5000 ? 1.5 : n > 500 ? 3 : n > 100 ? 4 : 5.5,
    fill: 'panel',
    palette: ['panel', 'accent', { hue: 0.7, tone: 'soft' }],
    group,
    stroke: n > 5000 ? 'ink3' : 'accent',
    strokeWidth: n > 5000 ? 0.5 : 1.25,
    title: (i) => itemTitle(instance, solution, i),
    ...(n <= 40 ? { label: (i: number) => instance.items[i].name ?? '' } : {}),
  };
  return {
    bounds: { minX: 0, minY: 0, maxX, maxY },
    fit: 'fill',
    yUp: true,
    xAxis: { label: weightLabel(layout), ...(layout.shares ? { unit: '%' } : {}) },
    yAxis: { label: instance.pairs ? 'Profit with half of each pair' : 'Profit' },
    // A dense cloud would hide the lines.
    items: n > DENSE ? [cloud, ...lines] : [...lines, cloud],
    description:
      `${formatNumber(n)} items by weight and profit; ` +
      (solution ? `${formatNumber(taken)} are taken.` : 'no solution yet.') +
      (paid.length > 0 ? ` ${formatNumber(paid.length)} pairs pay, drawn as lines.` : '') +
      (critical > 0
        ? ` Critical efficiency ${formatEfficiency(critical)}.`
        : instance.elements
          ? ''
          : ' All items fit.'),
  };
}

/** The pairs of which both items are taken, from 0. */
function paidPairs(instance: Instance, solution: Solution | null): [number, number][] {
  return (instance.pairs ?? []).flatMap(([a, b]): [number, number][] =>
    takenOf(solution, a - 1) > 0 && takenOf(solution, b - 1) > 0 ? [[a - 1, b - 1]] : [],
  );
}

/**
 * The break item, and the core: items whose other choice the linear bound cannot rule out, given the
 * profit reached. It shrinks while a run improves. Plain kind, one capacity. O(n).
 */
function coreOf({ instance, report }: Frame<Instance, Solution>): SceneItem[] {
  const layout = layoutOf(instance);
  const { order, weights, profits, critical, capacity } = layout;
  if (instance.kind !== undefined || layout.shares || !(critical > 0) || critical === Infinity)
    return [];
  let left = capacity;
  let value = 0;
  let broken = -1;
  for (const i of order) {
    const weight = weights[i] * copiesIn(instance, i);
    if (weight > left) {
      broken = i;
      break;
    }
    left -= weight;
    value += profits[i] * copiesIn(instance, i);
  }
  if (broken < 0) return [];
  const linear = value + left * critical;
  const items: SceneItem[] = [];
  if (report?.feasible) {
    const core: number[] = [];
    for (let i = 0; i < weights.length; i++) {
      const loss = Math.abs(profits[i] - critical * weights[i]);
      if (linear - loss > report.objective) core.push(weights[i], profits[i]);
    }
    if (core.length > 0)
      items.push({
        kind: 'points',
        points: Float64Array.from(core),
        radius: weights.length > 500 ? 5 : 9,
        fill: 'bound',
        opacity: 0.25,
        title: () => `Core: ${formatNumber(core.length / 2)} items the bound has not decided`,
      });
  }
  items.push({
    kind: 'points',
    points: Float64Array.of(weights[broken], profits[broken]),
    radius: 9,
    shape: 'diamond',
    fill: 'bound',
    opacity: 0.6,
    title: () => `Break item: ${itemLabel(instance.items[broken], broken)}`,
  });
  return items;
}

/** The item with its weight and profit as at a point of the picture. */
function moved(instance: Instance, i: number, x: number, y: number): Instance {
  const layout = layoutOf(instance);
  const item = instance.items[i];
  // Pairs keep their profit, too.
  const paired = layout.profits[i] - item.profit;
  const profit = countsPieces(instance.kind) ? 0 : roundTo(y - paired, layout.profitDigits);
  // Elements keep their weight: only the item's own is dragged.
  const shared = layout.shares ? 0 : layout.weights[i] - item.weights[0];
  const weights = layout.shares
    ? layout.weights[i] > 0
      ? item.weights.map((w) =>
          roundTo((w * Math.max(0, x)) / layout.weights[i], layout.weightDigits),
        )
      : item.weights
    : [roundTo(x - shared, layout.weightDigits)];
  return withItem(instance, i, { ...item, profit, weights });
}

function announceMove(instance: Instance, i: number): string {
  const layout = layoutOf(instance);
  const item = instance.items[i];
  return `${itemLabel(item, i)}: profit ${formatNumber(item.profit, layout.profitDigits)}, weight ${formatNumber(layout.weights[i], layout.shares ? 2 : layout.weightDigits)}${layout.shares ? ' %' : ''}`;
}

export const itemsMode: SceneMode<Instance, Solution> = {
  id: 'items',
  name: 'Items',
  help: 'Each item by its weight and profit; those above the dashed line pay more than average.',
  kind: 'scene',
  draw,
  toggles: [
    {
      id: 'frontier',
      name: 'Frontier',
      help: 'The upper left hull of the items.',
      default: true,
    },
    {
      id: 'core',
      name: 'Core',
      help: 'The break item, and the items whose choice the linear bound leaves open.',
      default: true,
    },
  ],
  gestures: {
    hint: 'Click empty space to add an item, drag to change it, click it to take it; Del removes.',
    click({ instance, solution }, target, at, { shift }) {
      if (target !== null) {
        const i = indexOf(target, 'item', instance.items.length);
        return i < 0 ? null : toggleItem(instance, solution, i, shift);
      }
      if (at.x < 0 || at.y < 0) return null;
      const layout = layoutOf(instance);
      const weights = layout.shares
        ? instance.capacities.map((c) => roundTo((c * at.x) / 100, layout.weightDigits))
        : [roundTo(at.x, layout.weightDigits)];
      const profit = countsPieces(instance.kind) ? 0 : roundTo(at.y, layout.profitDigits);
      const item = changeItem(makeItem(profit, weights), {
        ...(instance.kind === 'multiple-choice'
          ? { group: instance.items.at(-1)?.group ?? 1 }
          : {}),
        ...(instance.kind === 'set-union' ? { elements: [] } : {}),
        ...(hasLosses(instance.kind) ? { deviation: 0 } : {}),
        ...(instance.kind === 'recourse' ? { repair: weights[0] } : {}),
      });
      const i = instance.items.length;
      const next = { ...instance, items: [...instance.items, item] };
      return commit(next, `${itemLabel(item, i)} added`, `item:${i}`);
    },
    drag({ instance }, target, from, to) {
      const i = indexOf(target, 'item', instance.items.length);
      if (i < 0) return null;
      const layout = layoutOf(instance);
      const next = moved(
        instance,
        i,
        layout.weights[i] + to.x - from.x,
        layout.profits[i] + to.y - from.y,
      );
      return commit(next, announceMove(next, i), target);
    },
    remove: ({ instance }, target) => removeItem(instance, target),
    nudge({ instance }, target, dx, dy) {
      const i = indexOf(target, 'item', instance.items.length);
      if (i < 0) return null;
      const layout = layoutOf(instance);
      const next = moved(
        instance,
        i,
        layout.weights[i] + dx * (layout.shares ? 0.1 : 10 ** -layout.weightDigits),
        layout.profits[i] - dy * 10 ** -layout.profitDigits,
      );
      return commit(next, announceMove(next, i), target);
    },
  },
};
