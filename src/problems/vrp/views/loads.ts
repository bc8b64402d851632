/** Bars by route: how full each vehicle is. */
import type { Item, Scene } from '../../../scene/scene.ts';
import type { SceneMode } from '../../views.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { barGestures } from './gestures.ts';
import { customerId, customerTitle, planOf, type Plan, type VrpFrame } from './plan.ts';

/** A picture of rows before there is a plan. */
export function emptyRows(text: string): Scene {
  return {
    bounds: { minX: 0, minY: 0, maxX: 1, maxY: 1 },
    fit: 'fill',
    items: [{ kind: 'text', x: 0.5, y: 0.5, text, colour: 'ink2', align: 'middle' }],
    description: text,
  };
}

export const routeNames = (plan: Plan): string[] => plan.routes.map((_, r) => `Route ${r + 1}`);

function draw(frame: VrpFrame): Scene {
  const { instance } = frame;
  const { capacity, customers } = instance;
  const plan = planOf(instance, frame.solution);
  if (!plan) return emptyRows('No plan yet: run a solver.');
  const rows = plan.routes.length;
  const longest = plan.timings.reduce((most, { load }) => Math.max(most, load), capacity);
  const items: Item[] = [];
  plan.routes.forEach((route, r) => {
    const { load } = plan.timings[r];
    items.push({
      kind: 'rect',
      x: 0,
      y: r + 0.14,
      w: capacity,
      h: 0.72,
      fill: 'sunk',
      radius: 3,
      title: `Route ${r + 1} · load ${load} of ${capacity} · ${capacity - load} free`,
    });
    let from = 0;
    for (const customer of route) {
      const { demand } = customers[customer - 1];
      items.push({
        kind: 'rect',
        id: customerId(customer),
        x: from,
        y: r + 0.14,
        w: demand,
        h: 0.72,
        fill: plan.hues[r],
        inset: 0.75,
        radius: 2,
        label: String(customer),
        title: `${customerTitle(instance, customer)} · route ${r + 1}`,
      });
      from += demand;
    }
  });
  items.push({
    kind: 'segments',
    points: Float64Array.of(capacity, 0, capacity, rows),
    stroke: 'ink2',
    width: 1.5,
    dash: [5, 4],
  });
  const load = plan.timings.reduce((sum, timing) => sum + timing.load, 0);
  return {
    bounds: { minX: 0, minY: 0, maxX: longest * 1.02, maxY: rows },
    fit: 'fill',
    xAxis: { label: 'Load' },
    yAxis: { categories: routeNames(plan), grid: false },
    items,
    description: `${rows} vehicles carry ${load} of ${rows * capacity} units, ${Math.round((100 * load) / (rows * capacity))} % full.`,
  };
}

export const loadMode: SceneMode<VrpInstance, VrpSolution> = {
  kind: 'scene',
  id: 'loads',
  name: 'Loads',
  help: 'How full each vehicle is, customer by customer.',
  draw,
  gestures: barGestures,
};
