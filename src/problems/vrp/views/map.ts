/** The plan on the plane: depot, customers by demand, one coloured path per route. */
import type { Box, Colour, Item, Scene } from '../../../scene/scene.ts';
import type { SceneMode, Toggle } from '../../views.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { mapGestures } from './gestures.ts';
import {
  customerTitle,
  planOf,
  routeId,
  routeTitle,
  selectedRoute,
  tidy,
  type Plan,
  type VrpFrame,
} from './plan.ts';

const toggles: readonly Toggle[] = [
  {
    id: 'legs',
    name: 'Depot legs',
    help: 'Show the first and the last leg of each route.',
    default: true,
  },
  { id: 'numbers', name: 'Numbers', help: 'Show the number of each customer.', default: false },
  { id: 'demands', name: 'Demands', help: 'Show the demand of each customer.', default: false },
];

const isOn = (frame: VrpFrame, id: string): boolean =>
  frame.toggles[id] ?? toggles.find((toggle) => toggle.id === id)?.default ?? false;

/** The box of depot and customers with a margin, never empty. */
export function mapBounds(instance: VrpInstance): Box {
  const { depot, customers } = instance;
  const box = { minX: depot.x, minY: depot.y, maxX: depot.x, maxY: depot.y };
  for (const { x, y } of customers) {
    box.minX = Math.min(box.minX, x);
    box.maxX = Math.max(box.maxX, x);
    box.minY = Math.min(box.minY, y);
    box.maxY = Math.max(box.maxY, y);
  }
  const margin = 0.04 * Math.max(box.maxX - box.minX, box.maxY - box.minY, 1);
  return {
    minX: box.minX - margin,
    minY: box.minY - margin,
    maxX: box.maxX + margin,
    maxY: box.maxY + margin,
  };
}

function routeItems(frame: VrpFrame, plan: Plan): Item[] {
  const { instance } = frame;
  const { depot, customers } = instance;
  const items: Item[] = [];
  const chosen = selectedRoute(frame, plan);
  const many = customers.length > 1500;
  plan.routes.forEach((route, r) => {
    const points = new Float64Array(2 * route.length);
    route.forEach((customer, p) => {
      points[2 * p] = customers[customer - 1].x;
      points[2 * p + 1] = customers[customer - 1].y;
    });
    const stroke: Colour = { ...plan.hues[r], tone: 'strong' };
    const faded = chosen >= 0 && chosen !== r;
    if (isOn(frame, 'legs')) {
      const ends = points.length - 2;
      items.push({
        kind: 'segments',
        points: Float64Array.of(
          depot.x,
          depot.y,
          points[0],
          points[1],
          points[ends],
          points[ends + 1],
          depot.x,
          depot.y,
        ),
        stroke,
        width: 1,
        opacity: faded ? 0.12 : chosen === r ? 0.9 : 0.35,
      });
    }
    items.push({
      kind: 'path',
      id: routeId(r),
      points,
      stroke,
      width: chosen === r ? 3.5 : many ? 1.25 : 2.25,
      opacity: faded ? 0.35 : 1,
      title: routeTitle(plan, r, instance),
    });
  });
  return items;
}

function customerItem(frame: VrpFrame, plan: Plan | null): Item {
  const { instance } = frame;
  const { customers } = instance;
  const n = customers.length;
  const points = new Float64Array(2 * n);
  const radius = new Float32Array(n);
  const group = new Uint16Array(n);
  const largest = customers.reduce((most, { demand }) => Math.max(most, demand), 1);
  const base = n > 1500 ? 1.25 : n > 400 ? 2 : 3;
  const spread = n > 1500 ? 1 : n > 400 ? 2 : 4;
  customers.forEach(({ x, y, demand }, i) => {
    points[2 * i] = x;
    points[2 * i + 1] = y;
    radius[i] = base + spread * Math.sqrt(demand / largest);
    group[i] = plan ? plan.routeOf[i + 1] + 1 : 0;
  });
  const numbers = isOn(frame, 'numbers');
  const demands = isOn(frame, 'demands');
  return {
    kind: 'points',
    idPrefix: 'customer:',
    points,
    radius,
    fill: 'ink3',
    palette: plan ? ['ink3', ...plan.hues] : ['ink3'],
    group,
    stroke: 'panel',
    strokeWidth: n > 400 ? 0.5 : 1,
    title: (i) => {
      const route = plan ? plan.routeOf[i + 1] : -1;
      return `${customerTitle(instance, i + 1)}${route >= 0 ? ` · route ${route + 1}` : ''}`;
    },
    ...(numbers || demands
      ? {
          label: (i: number) =>
            numbers && demands
              ? `${i + 1} · ${customers[i].demand}`
              : String(numbers ? i + 1 : customers[i].demand),
        }
      : {}),
  };
}

function draw(frame: VrpFrame): Scene {
  const { instance } = frame;
  const plan = planOf(instance, frame.solution);
  const { depot, customers } = instance;
  const total = plan?.timings.reduce((sum, { distance }) => sum + distance, 0) ?? 0;
  return {
    bounds: mapBounds(instance),
    fit: 'contain',
    yUp: true,
    items: [
      ...(plan ? routeItems(frame, plan) : []),
      customerItem(frame, plan),
      {
        kind: 'points',
        idPrefix: 'depot:',
        points: Float64Array.of(depot.x, depot.y),
        radius: 6,
        shape: 'square',
        fill: 'ink',
        stroke: 'panel',
        strokeWidth: 1.5,
        title: () => 'Depot',
      },
    ],
    description: plan
      ? `${plan.routes.length} routes serve ${customers.length} customers from the depot; total distance ${tidy(total)}.`
      : `A depot and ${customers.length} customers; no plan yet.`,
  };
}

export const mapMode: SceneMode<VrpInstance, VrpSolution> = {
  kind: 'scene',
  id: 'routes',
  name: 'Routes',
  help: 'The plan on the plane: one colour per route, customers sized by demand.',
  toggles,
  draw,
  gestures: mapGestures,
};
