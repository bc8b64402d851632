/** Change-making: the coins paid, side by side up to the amount. */
import { formatNumber } from '../../../core/format.ts';
import { groupHue, type Item as SceneItem, type Scene } from '../../../scene/scene.ts';
import type { Frame, SceneMode } from '../../views.ts';
import { itemLabel, type Instance, type Solution } from '../instance.ts';
import { indexOf, layoutOf, removeItem, setCapacity, toggleItem } from './common.ts';

/** Coins drawn one by one; more of a kind become one bar. */
const COINS = 300;

/** One row for each kind of coin, the largest first; together they reach the amount. */
function draw({ instance, solution }: Frame<Instance, Solution>): Scene {
  const { items: coins, capacities } = instance;
  const [amount] = capacities;
  const digits = layoutOf(instance).weightDigits;
  const order = coins
    .map((_, i) => i)
    .sort((a, b) => coins[b].weights[0] - coins[a].weights[0] || a - b);
  const items: SceneItem[] = [];
  let paid = 0;
  let pieces = 0;
  for (const [row, i] of order.entries()) {
    const [value] = coins[i].weights;
    const count = solution?.counts[i] ?? 0;
    const title = `${itemLabel(coins[i], i)}: ${formatNumber(count)} of value ${formatNumber(value, digits)}`;
    items.push({
      kind: 'rect',
      id: `item:${i}`,
      x: 0,
      y: row + 0.15,
      w: Math.max(amount, 1e-9),
      h: 0.7,
      fill: 'sunk',
      radius: 3,
      title,
    });
    const drawn = Math.min(count, COINS);
    for (let k = 0; k < drawn; k++) {
      const width = (value * count) / drawn;
      items.push({
        kind: 'rect',
        x: paid + k * width,
        y: row + 0.15,
        w: width,
        h: 0.7,
        fill: groupHue(row, coins.length),
        inset: drawn < COINS ? 0.5 : 0,
        radius: 2,
        ...(count <= 40 ? { label: formatNumber(value, digits) } : {}),
        title,
      });
    }
    paid += value * count;
    pieces += count;
  }
  const rows = Math.max(1, coins.length);
  items.push({
    kind: 'path',
    id: 'capacity:0',
    points: Float64Array.of(amount, 0, amount, rows),
    stroke: 'ink',
    width: 2,
    title: `Amount ${formatNumber(amount, digits)}`,
  });
  return {
    bounds: { minX: 0, minY: 0, maxX: Math.max(amount, paid, 1e-9) * 1.04, maxY: rows },
    fit: 'fill',
    xAxis: { label: 'Paid' },
    yAxis: {
      categories: order.map((i) => formatNumber(coins[i].weights[0], digits)),
      grid: false,
    },
    items,
    description: solution
      ? `${formatNumber(pieces)} coins pay ${formatNumber(paid, digits)} of ${formatNumber(amount, digits)}.`
      : `${formatNumber(coins.length)} kinds of coin; nothing is paid yet.`,
  };
}

export const coinsMode: SceneMode<Instance, Solution> = {
  id: 'coins',
  name: 'Coins',
  help: 'Each kind of coin is a row; the coins paid lie end to end up to the amount.',
  kind: 'scene',
  draw,
  gestures: {
    hint: 'Drag the line to change the amount; Del removes a kind of coin.',
    click({ instance, solution }, target, _at, { shift }) {
      const i = target === null ? -1 : indexOf(target, 'item', instance.items.length);
      return i < 0 ? null : toggleItem(instance, solution, i, shift);
    },
    drag: ({ instance }, target, from, to) =>
      target === 'capacity:0'
        ? setCapacity(instance, 0, instance.capacities[0] + to.x - from.x)
        : null,
    nudge({ instance }, target, dx) {
      if (target !== 'capacity:0' || dx === 0) return null;
      const step = 10 ** -layoutOf(instance).weightDigits;
      return setCapacity(instance, 0, instance.capacities[0] + dx * step);
    },
    remove: ({ instance }, target) => removeItem(instance, target),
  },
};
