/** Inventory routing as pictures: each day's routes, each store over the days, and the table. */
import { groupHue, type Hue, type Item, type Scene } from '../../../scene/scene.ts';
import type { DataTable, SceneMode } from '../../views.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { followStock, type Stock, type StockCourse } from '../stocks.ts';
import { emptyRows } from './loads.ts';
import { mapBounds } from './map.ts';
import { customerId, pointOf, tidy, type VrpFrame } from './plan.ts';

interface Course extends StockCourse {
  stock: Stock;
  /** Delivered by day. */
  amounts: Float64Array;
  visits: number;
}

/** Each customer's stock under the solution's deliveries. O(visits + n·days). */
function coursesOf(instance: VrpInstance, solution: VrpSolution | null): Course[] {
  const days = instance.inventory?.days ?? 0;
  const amounts = instance.customers.map(() => new Float64Array(days));
  solution?.routes.forEach((route, r) =>
    route.forEach((customer, p) => {
      const day = (solution.days?.[r] ?? 1) - 1;
      const row = amounts[customer - 1];
      if (row && day in row) row[day] += solution.amounts?.[r]?.[p] ?? 0;
    }),
  );
  return instance.customers.map(({ stock }, i) => {
    const own = stock ?? { start: 0, most: 0, holding: 0, use: [] };
    return {
      ...followStock(own, amounts[i]),
      stock: own,
      amounts: amounts[i],
      visits: amounts[i].reduce((sum, amount) => sum + (amount > 0 ? 1 : 0), 0),
    };
  });
}

const dayHue = (day: number, days: number): Hue => groupHue(day, days);

/** One small map per day, side by side. */
function drawDays(frame: VrpFrame): Scene {
  const { instance, solution } = frame;
  const { customers, depot } = instance;
  const days = instance.inventory?.days ?? 1;
  const box = mapBounds(instance);
  const [w, h] = [box.maxX - box.minX, box.maxY - box.minY];
  const columns = Math.ceil(Math.sqrt((days * 1.6 * h) / w));
  const rows = Math.ceil(days / columns);
  const head = 0.22 * h;
  const [cellW, cellH] = [w * 1.06, h * 1.04 + head];
  const courses = coursesOf(instance, solution);
  const items: Item[] = [];
  for (let day = 0; day < days; day++) {
    const left = (day % columns) * cellW;
    // y grows upwards; the first day is at the top.
    const bottom = (rows - 1 - Math.floor(day / columns)) * cellH;
    const at = (place: { x: number; y: number }): [number, number] => {
      const { x, y } = pointOf(instance, place);
      return [left + x - box.minX, bottom + y - box.minY];
    };
    const hue = dayHue(day, days);
    items.push({
      kind: 'rect',
      x: left,
      y: bottom,
      w,
      h,
      fill: 'sunk',
      radius: 4,
      title: `Day ${day + 1}`,
    });
    items.push({
      kind: 'text',
      x: left,
      y: bottom + h,
      text: `Day ${day + 1}`,
      colour: 'ink2',
      size: 12,
      weight: 600,
      baseline: 'bottom',
      dy: -2,
    });
    solution?.routes.forEach((route, r) => {
      if (solution.days?.[r] !== day + 1) return;
      const stops = route.map((customer) => at(customers[customer - 1]));
      const ends = instance.open ? [] : [at(depot)];
      const load = solution.amounts?.[r]?.reduce((sum, amount) => sum + amount, 0) ?? 0;
      items.push({
        kind: 'path',
        points: Float64Array.from([at(depot), ...stops, ...ends].flat()),
        stroke: { ...hue, tone: 'strong' },
        width: 1.75,
        title: `Day ${day + 1} · ${route.length} customers · load ${tidy(load)} of ${instance.capacity}`,
      });
    });
    const group = Uint16Array.from(courses, ({ amounts, lost }) =>
      lost[day] > 1e-6 ? 2 : amounts[day] > 0 ? 1 : 0,
    );
    items.push({
      kind: 'points',
      idPrefix: `stop:${day + 1}:`,
      points: Float64Array.from(customers.flatMap(at)),
      radius: Float32Array.from(courses, ({ amounts, stock }) =>
        amounts[day] > 0 ? 3 + 3 * Math.sqrt(amounts[day] / Math.max(1, stock.most)) : 2.5,
      ),
      fill: 'ink3',
      palette: ['ink3', hue, 'warn'],
      group,
      stroke: 'panel',
      strokeWidth: 1,
      title: (i) =>
        `Customer ${i + 1} · day ${day + 1} · gets ${tidy(courses[i].amounts[day])}, ${tidy(courses[i].level[day])} of ${tidy(courses[i].stock.most)} left${courses[i].lost[day] > 1e-6 ? `, ${tidy(courses[i].lost[day])} lack` : ''}`,
    });
    items.push({
      kind: 'points',
      points: Float64Array.from(at(depot)),
      radius: 4.5,
      shape: 'square',
      fill: 'ink',
      stroke: 'panel',
      strokeWidth: 1,
    });
  }
  const visits = courses.reduce((sum, course) => sum + course.visits, 0);
  return {
    bounds: { minX: 0, minY: 0, maxX: columns * cellW, maxY: rows * cellH },
    fit: 'contain',
    yUp: true,
    items,
    description: solution
      ? `${solution.routes.length} routes on ${days} days make ${visits} deliveries to ${customers.length} customers.`
      : `${customers.length} customers over ${days} days; no plan yet.`,
  };
}

export const daysMode: SceneMode<VrpInstance, VrpSolution> = {
  kind: 'scene',
  id: 'days',
  name: 'Days',
  help: "One map per day: the day's routes, customers sized by what they get, orange where something lacks.",
  draw: drawDays,
};

/** Per customer a row, per day a bar: what is in store after the delivery and at the day's end. */
function drawStores(frame: VrpFrame): Scene {
  const { instance, solution } = frame;
  const days = instance.inventory?.days ?? 1;
  if (!solution) return emptyRows('No plan yet: run a solver.');
  const courses = coursesOf(instance, solution);
  const rows = courses.length;
  const items: Item[] = [];
  courses.forEach(({ stock, level, lost, amounts }, i) => {
    const scale = 0.84 / Math.max(1e-9, stock.most, ...level, ...stock.use);
    const base = i + 0.94;
    items.push({
      kind: 'rect',
      x: 0,
      y: base - stock.most * scale,
      w: days,
      h: stock.most * scale,
      fill: 'sunk',
    });
    for (let day = 0; day < days; day++) {
      const hue = dayHue(day, days);
      const morning = level[day] + stock.use[day] - lost[day];
      const bar = (x: number, w: number, height: number) => ({
        x: day + x,
        y: base - height * scale,
        w,
        h: height * scale,
      });
      const title = `Customer ${i + 1} · day ${day + 1} · ${tidy(morning)} in store after ${tidy(amounts[day])} delivered, ${tidy(stock.use[day])} wanted, ${tidy(level[day])} left${lost[day] > 1e-6 ? `, ${tidy(lost[day])} lack` : ''}`;
      items.push({
        kind: 'rect',
        ...(day === 0 ? { id: customerId(i + 1) } : {}),
        ...bar(0.08, 0.42, morning - amounts[day]),
        fill: 'ink3',
        title,
      });
      if (amounts[day] > 0)
        items.push({
          kind: 'rect',
          x: day + 0.08,
          y: base - morning * scale,
          w: 0.42,
          h: amounts[day] * scale,
          fill: { ...hue, tone: 'strong' },
          label: tidy(amounts[day]),
          title,
        });
      items.push({
        kind: 'rect',
        ...bar(0.5, 0.42, level[day]),
        fill: { ...hue, tone: 'soft' },
        title,
      });
      if (lost[day] > 1e-6)
        items.push({ kind: 'rect', ...bar(0.5, 0.42, lost[day]), fill: 'warn', title });
    }
  });
  const missing = courses.reduce((sum, course) => sum + course.missing, 0);
  const held = courses.reduce((sum, course) => sum + course.holding, 0);
  return {
    bounds: { minX: 0, minY: 0, maxX: days, maxY: rows },
    fit: 'fill',
    xAxis: { categories: Array.from({ length: days }, (_, day) => `Day ${day + 1}`) },
    yAxis: { categories: courses.map((_, i) => `Customer ${i + 1}`), grid: false },
    items,
    description: `Stores of ${rows} customers over ${days} days: holding costs ${tidy(held)}, ${tidy(missing)} units lack.`,
  };
}

export const storesMode: SceneMode<VrpInstance, VrpSolution> = {
  kind: 'scene',
  id: 'stores',
  name: 'Stores',
  help: 'For each customer and day: in the morning with the delivery on top, and at the end of the day; orange is what lacks.',
  draw: drawStores,
};

/** One row per customer. */
export function stockTable({ instance, solution }: VrpFrame): DataTable {
  const courses = coursesOf(instance, solution);
  const days = instance.inventory?.days ?? 1;
  return {
    caption: solution
      ? `${courses.length} stores, ${solution.routes.length} routes on ${days} days`
      : `${courses.length} stores over ${days} days, no plan yet`,
    columns: [
      { id: 'customer', label: 'Customer', numeric: true },
      { id: 'use', label: 'Use', numeric: true },
      { id: 'visits', label: 'Deliveries', numeric: true },
      { id: 'delivered', label: 'Delivered', numeric: true },
      { id: 'mean', label: 'Mean in store', numeric: true },
      { id: 'holding', label: 'Holding cost', numeric: true },
      { id: 'missing', label: 'Lacking', numeric: true },
    ],
    rows: courses.length,
    element: (row) => customerId(row + 1),
    cell(row, column) {
      const { stock, amounts, level, visits, holding, missing } = courses[row];
      const sum = (list: ArrayLike<number>) =>
        Array.from(list).reduce((total, value) => total + value, 0);
      if (column === 0) return row + 1;
      if (column === 1) return tidy(sum(stock.use));
      if (!solution) return '–';
      return [visits, sum(amounts), sum(level) / days, holding, missing].map(tidy)[column - 2];
    },
  };
}
