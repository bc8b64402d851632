/** The plan at one time of the day: what is driven, what is meant to follow, who has called. */
import type { Colour, Item, Point, Scene } from '../../../scene/scene.ts';
import { mapItems } from '../../../scene/map/world.ts';
import type { SceneMode, Slider } from '../../views.ts';
import { knownTimes } from '../dynamic.ts';
import type { Epoch, VrpInstance, VrpSolution } from '../instance.ts';
import { depotOf } from '../metric.ts';
import type { RouteTiming } from '../route.ts';
import { mapBounds } from './map.ts';
import {
  customerTitle,
  planOf,
  pointOf,
  routeId,
  routeTitle,
  tidy,
  type Plan,
  type VrpFrame,
} from './plan.ts';

type Place = readonly [x: number, y: number];

function placeOf(instance: VrpInstance, place: Point): Place {
  const { x, y } = pointOf(instance, place);
  return [x, y];
}

/** From the first opening to the last return. */
function span({ depot, depots = [], customers }: VrpInstance, plan: Plan | null) {
  const from = [depot, ...depots].reduce((low, { ready = 0 }) => Math.min(low, ready), Infinity);
  let to = customers.reduce((last, { known = 0 }) => Math.max(last, known), from);
  for (const { back } of plan?.timings ?? []) to = Math.max(to, back);
  return { from, to: to > from ? to : from + 1 };
}

function slider({ instance, solution }: VrpFrame): Slider {
  const { from, to } = span(instance, planOf(instance, solution));
  return { label: 'Time of day', min: from, max: to, text: (value) => `at ${Math.round(value)}` };
}

const timeOf = ({ instance, solution, slide }: VrpFrame): number =>
  slide ?? span(instance, planOf(instance, solution)).to;

/** The plan as it was last made by then; null when the solution does not say. */
function epochAt({ epochs }: VrpSolution, time: number): Epoch | null {
  let found: Epoch | null = null;
  for (const epoch of epochs ?? []) if (epoch.at <= time) found = epoch;
  return found;
}

interface Driven {
  /** Places the vehicle has come to, the depot first, and where it is now. */
  done: Place[];
  /** Customers left for: their number. */
  left: number;
  now: Place;
  /** Where it is driving to; null when it stands. */
  goal: Place | null;
  home: boolean;
}

/** What a route has driven by a time. Leaving the last customer it goes home at once. */
function drivenBy(instance: VrpInstance, timing: RouteTiming, time: number): Driven {
  const { customers, open } = instance;
  const depot = depotOf(instance, timing.type.depot);
  const start = placeOf(instance, depot);
  const done: Place[] = [start];
  const between = (a: Place, b: Place, from: number, to: number): Place => {
    const share = to > from ? Math.min(1, Math.max(0, (time - from) / (to - from))) : 1;
    return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  };
  let at = start;
  let left = 0;
  for (const { customer, depart, arrival } of timing.visits) {
    if (depart > time) return { done, left, now: at, goal: null, home: false };
    const goal = placeOf(instance, customers[customer - 1]);
    left++;
    if (arrival > time)
      return { done, left, now: between(at, goal, depart, arrival), goal, home: false };
    done.push(goal);
    at = goal;
  }
  const last = timing.visits[timing.visits.length - 1];
  if (open || time <= last.leave) return { done, left, now: at, goal: null, home: false };
  if (time < timing.back)
    return {
      done,
      left,
      now: between(at, start, last.leave, timing.back),
      goal: start,
      home: false,
    };
  done.push(start);
  return { done, left, now: start, goal: null, home: true };
}

const flat = (places: readonly Place[]): Float64Array => Float64Array.from(places.flat());

/** What was meant to follow, from the plan at that time; without one, what did follow. */
function openItems(frame: VrpFrame, plan: Plan, driven: readonly Driven[], time: number): Item[] {
  const { instance } = frame;
  const place = (customer: number): Place => placeOf(instance, instance.customers[customer - 1]);
  const epoch = frame.solution ? epochAt(frame.solution, time) : null;
  const meant = epoch?.routes ?? (frame.solution?.epochs ? [] : plan.routes);
  return meant.flatMap((route): Item[] => {
    const r = plan.routeOf[route[0]];
    const first = plan.routes[r];
    // The same vehicle, when it has begun as the route that was driven began.
    const begun = first !== undefined && first[0] === route[0] && driven[r].left > 0;
    const rest = route.slice(begun ? driven[r].left : 0);
    if (rest.length === 0) return [];
    const depot = depotOf(instance, begun ? plan.timings[r].type.depot : 0);
    const from: Place = begun ? (driven[r].goal ?? driven[r].now) : placeOf(instance, depot);
    const home: Place[] = instance.open ? [] : [placeOf(instance, depot)];
    const stroke: Colour = begun ? { ...plan.hues[r], tone: 'strong' } : 'ink3';
    return [
      {
        kind: 'path',
        points: flat([from, ...rest.map(place), ...home]),
        stroke,
        width: 1.25,
        dash: [5, 4],
        opacity: 0.7,
        title: begun ? `Route ${r + 1} as meant at ${tidy(time)}` : 'A route not begun',
      },
    ];
  });
}

const UNKNOWN = 0;
const WAITING = 1;

function draw(frame: VrpFrame): Scene {
  const { instance } = frame;
  const { customers, depot, depots = [] } = instance;
  const plan = planOf(instance, frame.solution);
  const time = timeOf(frame);
  const driven = plan ? plan.timings.map((timing) => drivenBy(instance, timing, time)) : [];
  const bounds = mapBounds(instance);
  const items: Item[] = instance.geographic ? mapItems(bounds) : [];
  if (plan) items.push(...openItems(frame, plan, driven, time));
  const vehicles: number[] = [];
  plan?.routes.forEach((_, r) => {
    const { done, now, goal, left, home } = driven[r];
    if (left === 0) return;
    const stroke: Colour = { ...plan.hues[r], tone: 'strong' };
    items.push({
      kind: 'path',
      id: routeId(r),
      points: flat(goal ? [...done, now] : done),
      stroke,
      width: 2.5,
      title: routeTitle(plan, r, instance),
    });
    // Being driven: it can no longer be changed.
    if (goal)
      items.push({ kind: 'segments', points: flat([now, goal]), stroke, width: 2.5, dash: [2, 3] });
    if (!home) vehicles.push(...now);
  });

  const group = new Uint16Array(customers.length);
  let waiting = 0;
  let served = 0;
  const knowns = knownTimes(instance);
  customers.forEach((_, i) => {
    const known = knowns[i + 1];
    const r = plan?.routeOf[i + 1] ?? -1;
    const visit = plan && r >= 0 ? plan.timings[r].visits[plan.position[i + 1]] : null;
    if (known > time) group[i] = UNKNOWN;
    else if (visit && visit.depart <= time) group[i] = 2 + r;
    else group[i] = WAITING;
    if (group[i] === WAITING) waiting++;
    if (visit && visit.leave <= time) served++;
  });
  const unknown = group.reduce((sum, value) => sum + (value === UNKNOWN ? 1 : 0), 0);
  items.push({
    kind: 'points',
    idPrefix: 'customer:',
    points: flat(customers.map((customer) => placeOf(instance, customer))),
    radius: Float32Array.from(group, (value) => (value === UNKNOWN ? 2 : 4.5)),
    fill: 'ink3',
    palette: ['line', 'warn', ...(plan?.hues ?? [])],
    group,
    stroke: 'panel',
    strokeWidth: 1,
    title: (i) =>
      `${customerTitle(instance, i + 1)} · ${group[i] === UNKNOWN ? 'not yet known' : group[i] === WAITING ? 'waiting' : `route ${group[i] - 1}`}`,
  });
  if (vehicles.length > 0)
    items.push({
      kind: 'points',
      points: Float64Array.from(vehicles),
      radius: 6,
      shape: 'diamond',
      fill: 'ink',
      stroke: 'panel',
      strokeWidth: 1.5,
    });
  items.push({
    kind: 'points',
    idPrefix: 'depot:',
    points: flat([depot, ...depots].map((each) => placeOf(instance, each))),
    radius: 6,
    shape: 'square',
    fill: 'ink',
    stroke: 'panel',
    strokeWidth: 1.5,
    title: (i) => (depots.length > 0 ? `Depot ${i + 1}` : 'Depot'),
  });
  return {
    bounds,
    fit: 'contain',
    yUp: true,
    items,
    description: `At ${tidy(time)}: ${served} customers served, ${waiting} waiting, ${unknown} not yet known; ${vehicles.length / 2} vehicles under way.`,
  };
}

export const clockMode: SceneMode<VrpInstance, VrpSolution> = {
  kind: 'scene',
  id: 'clock',
  name: 'Clock',
  help: 'The day on a clock: solid what is driven and fixed, dashed what was meant to follow; customers who wait stand out, those not yet known are faint.',
  draw,
  slider,
};
