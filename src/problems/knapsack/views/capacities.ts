/** One bar for each capacity: how much of it is used. */
import { formatNumber, formatPercent } from '../../../core/format.ts';
import type { Item as SceneItem, Scene } from '../../../scene/scene.ts';
import type { Frame, SceneMode } from '../../views.ts';
import { loadsOf } from '../check.ts';
import type { Instance, Solution } from '../instance.ts';
import { indexOf, layoutOf, setCapacity } from './common.ts';

/** Half the height of a bar, in rows. */
const HALF = 0.32;

/** What one unit of the axis is in dimension d: 1, or a percent of the capacity. */
const unitOf = (instance: Instance, d: number): number => {
  const capacity = instance.capacities[d];
  return instance.capacities.length > 1 && capacity > 0 ? capacity / 100 : 1;
};

function draw({ instance, solution }: Frame<Instance, Solution>): Scene {
  const { capacities } = instance;
  const m = capacities.length;
  const loads = loadsOf(instance, solution);
  const digits = layoutOf(instance).weightDigits;
  const items: SceneItem[] = [];
  let maxX = 1;
  let fullest = 0;
  for (const [d, capacity] of capacities.entries()) {
    const unit = unitOf(instance, d);
    const end = capacity / unit;
    const used = Math.max(0, loads[d] / unit);
    maxX = Math.max(maxX, end * 1.15, used * 1.02);
    if (loads[d] * capacities[fullest] > loads[fullest] * capacity) fullest = d;
    const y = d + 0.5;
    const said = `${formatNumber(loads[d], digits)} of ${formatNumber(capacity, digits)} used`;
    const title = m > 1 ? `Dimension ${d + 1}: ${said}` : said;
    items.push(
      { kind: 'rect', x: 0, y: y - HALF, w: end, h: 2 * HALF, fill: 'sunk', radius: 3, title },
      {
        kind: 'rect',
        id: `load:${d}`,
        x: 0,
        y: y - HALF,
        w: used,
        h: 2 * HALF,
        fill: loads[d] > capacity ? 'warn' : 'accent',
        radius: 3,
        title,
        ...(m <= 40
          ? { label: `${formatNumber(loads[d], digits)} / ${formatNumber(capacity, digits)}` }
          : {}),
      },
      {
        kind: 'path',
        id: `capacity:${d}`,
        points: Float64Array.of(end, y - HALF - 0.1, end, y + HALF + 0.1),
        stroke: 'ink',
        width: 2,
        title: `Capacity ${m > 1 ? `${d + 1}: ` : ''}${formatNumber(capacity, digits)}`,
      },
    );
  }
  const share = (d: number): string =>
    capacities[d] > 0 ? formatPercent(loads[d] / capacities[d]) : 'all';
  return {
    bounds: { minX: 0, minY: 0, maxX, maxY: m },
    fit: 'fill',
    xAxis: { label: m > 1 ? 'Used' : 'Weight', ...(m > 1 ? { unit: '%' } : {}) },
    yAxis: { categories: capacities.map((_, d) => (m > 1 ? `D${d + 1}` : 'Weight')), grid: false },
    items,
    description:
      m > 1
        ? `${m} capacities; the fullest is dimension ${fullest + 1} with ${share(fullest)} used.`
        : `${share(0)} of the capacity is used.`,
  };
}

export const capacitiesMode: SceneMode<Instance, Solution> = {
  id: 'capacities',
  name: 'Capacities',
  help: 'How much of each capacity is used.',
  kind: 'scene',
  draw,
  gestures: {
    hint: 'Drag the end of a bar to change its capacity.',
    drag({ instance }, target, from, to) {
      const d = indexOf(target, 'capacity', instance.capacities.length);
      if (d < 0) return null;
      return setCapacity(
        instance,
        d,
        instance.capacities[d] + (to.x - from.x) * unitOf(instance, d),
      );
    },
    nudge({ instance }, target, dx) {
      const d = indexOf(target, 'capacity', instance.capacities.length);
      if (d < 0 || dx === 0) return null;
      const step = 10 ** -layoutOf(instance).weightDigits;
      return setCapacity(instance, d, instance.capacities[d] + dx * step);
    },
  },
};
