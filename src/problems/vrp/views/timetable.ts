/** A Gantt chart by route: driving, waiting, service, and below them the customers' windows. */
import type { Item, Scene } from '../../../scene/scene.ts';
import type { SceneMode } from '../../views.ts';
import { hasWindows, type VrpInstance, type VrpSolution } from '../instance.ts';
import { emptyRows, routeNames } from './loads.ts';
import { barGestures } from './gestures.ts';
import { customerId, customerTitle, planOf, tidy, type Plan, type VrpFrame } from './plan.ts';

interface Span {
  from: number;
  to: number;
}

/** What the time axis shows: all routes, and the depot's opening hours when it has any. */
function spanOf(instance: VrpInstance, plan: Plan): Span {
  const { depot, maxDuration } = instance;
  let from = depot.ready ?? 0;
  let to = depot.due ?? from;
  for (const { departure, back } of plan.timings) {
    from = Math.min(from, departure);
    to = Math.max(to, back);
  }
  if (maxDuration !== undefined && !hasWindows(instance)) to = Math.max(to, from + maxDuration);
  return { from, to: to > from ? to : from + 1 };
}

function routeRow(instance: VrpInstance, plan: Plan, r: number, span: Span): Item[] {
  const { departure, visits, back } = plan.timings[r];
  const hue = plan.hues[r];
  const windows = visits.some(({ customer }) => {
    const { ready, due } = instance.customers[customer - 1];
    return ready !== undefined || due !== undefined;
  });
  const top = r + (windows ? 0.1 : 0.2);
  const height = windows ? 0.42 : 0.6;
  const thin = (span.to - span.from) * 0.003;
  const items: Item[] = [];
  const bar = (from: number, to: number, title: string, waits: boolean): void => {
    if (to <= from) return;
    items.push({
      kind: 'rect',
      x: from,
      y: waits ? top + height * 0.3 : top + height * 0.42,
      w: to - from,
      h: waits ? height * 0.4 : height * 0.16,
      ...(waits
        ? { fill: 'sunk', stroke: 'ink3', strokeWidth: 0.75, dash: [2, 2] }
        : { fill: { ...hue, tone: 'strong' } }),
      title,
    });
  };

  let left = departure;
  visits.forEach(({ customer, depart, arrival, start, leave }, p) => {
    const place = instance.customers[customer - 1];
    if (windows) {
      const opens = Math.max(span.from, place.ready ?? span.from);
      const closes = Math.min(span.to, place.due ?? span.to);
      const lane = 0.38 / visits.length;
      const y = r + 0.57 + p * lane;
      items.push({
        kind: 'rect',
        x: opens,
        y,
        w: Math.max(0, closes - opens),
        h: lane * 0.8,
        fill: { ...hue, tone: 'soft' },
        title: `Window of customer ${customer} · ${place.ready ?? 0}–${place.due ?? '∞'}`,
      });
      items.push({
        kind: 'rect',
        x: Math.min(start, span.to - thin),
        y,
        w: thin,
        h: lane * 0.8,
        fill: { ...hue, tone: 'strong' },
      });
    }
    bar(left, depart, `Stand until ${tidy(depart)}`, true);
    bar(depart, arrival, `Drive to customer ${customer} · ${tidy(depart)}–${tidy(arrival)}`, false);
    bar(arrival, start, `Wait at customer ${customer} · ${tidy(arrival)}–${tidy(start)}`, true);
    items.push({
      kind: 'rect',
      id: customerId(customer),
      x: Math.min(start, span.to - thin),
      y: top,
      w: Math.max(leave - start, thin),
      h: height,
      fill: hue,
      radius: 2,
      label: String(customer),
      title: `${customerTitle(instance, customer)} · arrives ${tidy(arrival)}, served ${tidy(start)}–${tidy(leave)}`,
    });
    left = leave;
  });
  bar(left, back, `Drive to the depot · ${tidy(left)}–${tidy(back)}`, false);
  return items;
}

function draw(frame: VrpFrame): Scene {
  const { instance } = frame;
  const plan = planOf(instance, frame.solution);
  if (!plan) return emptyRows('No plan yet: run a solver.');
  const span = spanOf(instance, plan);
  const rows = plan.routes.length;
  const items = plan.routes.flatMap((_, r) => routeRow(instance, plan, r, span));
  const limit = hasWindows(instance) ? instance.depot.due : instance.maxDuration;
  if (limit !== undefined && limit <= span.to)
    items.push({
      kind: 'segments',
      points: Float64Array.of(limit, 0, limit, rows),
      stroke: 'ink2',
      width: 1.5,
      dash: [5, 4],
    });
  const waiting = plan.timings.reduce((sum, timing) => sum + timing.waiting, 0);
  const latest = plan.timings.reduce((last, { back }) => Math.max(last, back), span.from);
  return {
    bounds: {
      minX: span.from,
      minY: 0,
      maxX: span.to + (span.to - span.from) * 0.01,
      maxY: rows,
    },
    fit: 'fill',
    zoomX: true,
    xAxis: { label: 'Time' },
    yAxis: { categories: routeNames(instance, plan), grid: false },
    items,
    description: `Timetable of ${rows} routes; the last is back at ${tidy(latest)}, ${tidy(waiting)} time units are spent waiting.`,
  };
}

/** Does the instance have times worth a timetable. */
export const hasTimes = (instance: VrpInstance): boolean =>
  instance.maxDuration !== undefined ||
  hasWindows(instance) ||
  instance.customers.some(({ service }) => service !== undefined);

export const timetableMode: SceneMode<VrpInstance, VrpSolution> = {
  kind: 'scene',
  id: 'timetable',
  name: 'Timetable',
  help: 'Driving, waiting and service of each route; windows below the bars.',
  draw,
  gestures: barGestures,
};
