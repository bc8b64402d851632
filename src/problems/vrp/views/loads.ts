/** Bars by route: how full each vehicle is. */
import type { Item, Scene } from '../../../scene/scene.ts';
import type { SceneMode } from '../../views.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { isLocked } from '../locks.ts';
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

export const routeNames = (instance: VrpInstance, plan: Plan): string[] =>
  plan.routes.map((route, r) =>
    isLocked(instance, route, plan.types[r]) ? `Route ${r + 1} (locked)` : `Route ${r + 1}`,
  );

function draw(frame: VrpFrame): Scene {
  const { instance } = frame;
  const { customers } = instance;
  const plan = planOf(instance, frame.solution);
  if (!plan || plan.routes.length === 0) return emptyRows('No plan yet: run a solver.');
  if (goesUpAndDown(instance)) return drawProfile(instance, plan);
  const rows = plan.routes.length;
  const room = plan.timings.reduce((sum, { type }) => sum + type.capacity, 0);
  const largest = plan.timings.reduce((most, { type }) => Math.max(most, type.capacity), 0);
  const longest = plan.timings.reduce((most, { load }) => Math.max(most, load), largest);
  const limits: number[] = [];
  const items: Item[] = [];
  plan.routes.forEach((route, r) => {
    const { load, type } = plan.timings[r];
    const { capacity } = type;
    limits.push(capacity, r, capacity, r + 1);
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
    points: Float64Array.from(limits),
    stroke: 'ink2',
    width: 1.5,
    dash: [5, 4],
  });
  const load = plan.timings.reduce((sum, timing) => sum + timing.load, 0);
  return {
    bounds: { minX: 0, minY: 0, maxX: longest * 1.02, maxY: rows },
    fit: 'fill',
    xAxis: { label: 'Load' },
    yAxis: { categories: routeNames(instance, plan), grid: false },
    items,
    description: `${rows} vehicles carry ${load} of ${room} units, ${Math.round((100 * load) / room)} % full.`,
  };
}

/** Does what is on board go up as well as down. */
export const goesUpAndDown = (instance: VrpInstance): boolean =>
  instance.customers.some(({ backhaul, deliverTo }) => backhaul || deliverTo);

/** Stop by stop, how much is on board: the height of a bar against the row is the capacity. */
function drawProfile(instance: VrpInstance, plan: Plan): Scene {
  const items: Item[] = [];
  const rows = plan.routes.length;
  const most = plan.routes.reduce((length, route) => Math.max(length, route.length), 0);
  plan.routes.forEach((route, r) => {
    const { type, loaded, visits } = plan.timings[r];
    const bar = (stop: number, load: number): { x: number; y: number; w: number; h: number } => {
      const h = 0.8 * Math.min(1, load / type.capacity);
      return { x: stop, y: r + 0.9 - h, w: 1, h };
    };
    items.push({
      kind: 'rect',
      x: 0,
      y: r + 0.1,
      w: route.length + 1,
      h: 0.8,
      fill: 'sunk',
      radius: 3,
      title: `Route ${r + 1} · up to ${plan.timings[r].load} of ${type.capacity} on board`,
    });
    items.push({ kind: 'rect', ...bar(0, loaded), fill: plan.hues[r], inset: 0.5 });
    visits.forEach(({ customer, load }, p) =>
      items.push({
        kind: 'rect',
        id: customerId(customer),
        ...bar(p + 1, load),
        fill: plan.hues[r],
        inset: 0.5,
        label: String(customer),
        title: `${customerTitle(instance, customer)} · route ${r + 1} · ${load} on board after it`,
      }),
    );
  });
  const fullest = plan.timings.reduce((top, { load }) => Math.max(top, load), 0);
  return {
    bounds: { minX: 0, minY: 0, maxX: most + 1, maxY: rows },
    fit: 'fill',
    xAxis: { label: 'Stop' },
    yAxis: { categories: routeNames(instance, plan), grid: false },
    items,
    description: `What ${rows} vehicles have on board after each stop; at most ${fullest} units.`,
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
