/** The plan on the plane: depot, customers by demand, one coloured path per route. */
import type { Box, Colour, Item, Point, Scene } from '../../../scene/scene.ts';
import { mapBox, mapItems } from '../../../scene/map/world.ts';
import type { SceneMode, Toggle } from '../../views.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { isLocked } from '../locks.ts';
import { depotOf } from '../metric.ts';
import { deliveredTo } from '../route.ts';
import { mapGestures } from './gestures.ts';
import {
  customerTitle,
  flatPoints,
  planOf,
  pointOf,
  routeId,
  routeTitle,
  selectedRoute,
  tidy,
  wayThrough,
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
  {
    id: 'pairs',
    name: 'Pairs',
    help: 'Join each pick-up with its delivery.',
    default: true,
  },
  { id: 'demands', name: 'Demands', help: 'Show the demand of each customer.', default: false },
];

const isOn = (frame: VrpFrame, id: string): boolean =>
  frame.toggles[id] ?? toggles.find((toggle) => toggle.id === id)?.default ?? false;

/** The box of depot and customers with a margin, never empty. */
export function mapBounds(instance: VrpInstance): Box {
  const { depot, depots = [], customers } = instance;
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const place of [depot, ...depots, ...customers]) {
    const { x, y } = pointOf(instance, place);
    box.minX = Math.min(box.minX, x);
    box.maxX = Math.max(box.maxX, x);
    box.minY = Math.min(box.minY, y);
    box.maxY = Math.max(box.maxY, y);
  }
  // Within a degree the map has nothing to show around it.
  if (instance.geographic && Math.max(box.maxX - box.minX, box.maxY - box.minY) > 1)
    return mapBox(box);
  const least = instance.geographic ? 0.001 : 1;
  const margin = 0.04 * Math.max(box.maxX - box.minX, box.maxY - box.minY, least);
  return {
    minX: box.minX - margin,
    minY: box.minY - margin,
    maxX: box.maxX + margin,
    maxY: box.maxY + margin,
  };
}

/** A leg as segments ax, ay, bx, by each: a great circle in pieces on the map. */
function segmentsOf(instance: VrpInstance, from: Point, to: Point): number[] {
  const way = wayThrough(instance, [from, to]);
  const segments: number[] = [];
  for (let i = 0; i + 3 < way.length; i += 2)
    segments.push(way[i], way[i + 1], way[i + 2], way[i + 3]);
  return segments;
}

/** Great circles that bulge out of the map are drawn along its border. */
function within(points: Float64Array, box: Box): Float64Array {
  return points.map((value, i) =>
    i % 2 === 0
      ? Math.max(box.minX, Math.min(box.maxX, value))
      : Math.max(box.minY, Math.min(box.maxY, value)),
  );
}

function routeItems(frame: VrpFrame, plan: Plan, bounds: Box): Item[] {
  const { instance } = frame;
  const { customers } = instance;
  const items: Item[] = [];
  const chosen = selectedRoute(frame, plan);
  const many = customers.length > 1500;
  plan.routes.forEach((route, r) => {
    const places = route.map((customer) => customers[customer - 1]);
    const points = within(wayThrough(instance, places), bounds);
    const stroke: Colour = { ...plan.hues[r], tone: 'strong' };
    if (isLocked(instance, route, plan.types[r]))
      items.push({ kind: 'path', points, stroke: 'ink3', width: 7, opacity: 0.35 });
    const faded = chosen >= 0 && chosen !== r;
    if (isOn(frame, 'legs')) {
      const home = depotOf(instance, plan.timings[r].type.depot);
      const way = [...segmentsOf(instance, home, places[0])];
      if (!instance.open) way.push(...segmentsOf(instance, places[places.length - 1], home));
      items.push({
        kind: 'segments',
        points: within(Float64Array.from(way), bounds),
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
  const arriving = deliveredTo(instance);
  const amounts = customers.map(({ demand }, i) => arriving.get(i + 1) ?? demand);
  customers.forEach((customer, i) => {
    const { x, y } = pointOf(instance, customer);
    points[2 * i] = x;
    points[2 * i + 1] = y;
    radius[i] = base + spread * Math.sqrt(amounts[i] / largest);
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
      return `${customerTitle(instance, i + 1)}${route >= 0 ? ` · route ${route + 1}` : plan ? ' · left out' : ''}`;
    },
    ...(numbers || demands
      ? {
          label: (i: number) =>
            numbers && demands ? `${i + 1} · ${amounts[i]}` : String(numbers ? i + 1 : amounts[i]),
        }
      : {}),
  };
}

/** Lines from pick-ups to their deliveries, and marks on pick-ups and backhauls. */
function variantItems(frame: VrpFrame): Item[] {
  const { instance } = frame;
  const { customers } = instance;
  const lines: number[] = [];
  const marks: number[] = [];
  for (const customer of customers) {
    const { deliverTo, backhaul } = customer;
    const { x, y } = pointOf(instance, customer);
    if (deliverTo || backhaul) marks.push(x, y);
    if (!deliverTo) continue;
    const end = pointOf(instance, customers[deliverTo - 1]);
    lines.push(x, y, end.x, end.y);
  }
  const items: Item[] = [];
  if (lines.length > 0 && isOn(frame, 'pairs'))
    items.push({
      kind: 'segments',
      points: Float64Array.from(lines),
      stroke: 'ink3',
      width: 1,
      dash: [2, 4],
    });
  if (marks.length > 0)
    items.push({
      kind: 'points',
      points: Float64Array.from(marks),
      radius: 2,
      shape: 'diamond',
      fill: 'panel',
    });
  return items;
}

function draw(frame: VrpFrame): Scene {
  const { instance } = frame;
  const plan = planOf(instance, frame.solution);
  const { depot, depots = [], customers } = instance;
  const total = plan?.timings.reduce((sum, { distance }) => sum + distance, 0) ?? 0;
  const served = plan?.routes.reduce((sum, route) => sum + route.length, 0) ?? 0;
  const from = depots.length > 0 ? `${depots.length + 1} depots` : 'the depot';
  const leftOut = customers.length - served;
  const extra = variantItems(frame);
  const bounds = mapBounds(instance);
  const lines = extra.filter(({ kind }) => kind === 'segments');
  const marks = extra.filter(({ kind }) => kind === 'points');
  return {
    bounds,
    fit: 'contain',
    yUp: true,
    items: [
      ...(instance.geographic ? mapItems(bounds) : []),
      ...lines,
      ...(plan ? routeItems(frame, plan, bounds) : []),
      customerItem(frame, plan),
      ...marks,
      {
        kind: 'points',
        idPrefix: 'depot:',
        points: flatPoints([depot, ...depots].map((place) => pointOf(instance, place))),
        radius: 6,
        shape: 'square',
        fill: 'ink',
        stroke: 'panel',
        strokeWidth: 1.5,
        title: (i) => (depots.length > 0 ? `Depot ${i + 1}` : 'Depot'),
      },
    ],
    description: plan
      ? `${plan.routes.length} routes serve ${served} customers from ${from}; total distance ${tidy(total)}.${leftOut > 0 ? ` ${leftOut} customers are left out.` : ''}`
      : `${depots.length > 0 ? `${depots.length + 1} depots` : 'A depot'} and ${customers.length} customers; no plan yet.`,
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

/** The map with the toggles that mean something for the instance. */
export const mapModeOf = ({ customers }: VrpInstance): typeof mapMode =>
  customers.some(({ deliverTo }) => deliverTo)
    ? mapMode
    : { ...mapMode, toggles: toggles.filter(({ id }) => id !== 'pairs') };
