import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../core/result.ts';
import type { RectItem, Scene } from '../../../scene/scene.ts';
import type { Edit, SceneMode } from '../../views.ts';
import { check } from '../check.ts';
import { gallery } from '../gallery.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { fields, grids } from './fields.ts';
import { loadMode } from './loads.ts';
import { mapMode } from './map.ts';
import type { VrpFrame } from './plan.ts';
import { timeRoute } from '../route.ts';
import { routeTable, timeSlack } from './route-table.ts';
import { table } from './table.ts';
import { hasTimes, timetableMode } from './timetable.ts';

const cross: VrpInstance = {
  name: 'cross',
  capacity: 10,
  rounding: 'none',
  depot: { x: 50, y: 50, due: 200 },
  customers: [
    { x: 70, y: 50, demand: 6, ready: 40, due: 60, service: 10 },
    { x: 80, y: 50, demand: 4 },
    { x: 30, y: 50, demand: 3 },
  ],
};
const plan: VrpSolution = { routes: [[1, 2], [3]] };

const frame = (solution: VrpSolution | null, rest: Partial<VrpFrame> = {}): VrpFrame => ({
  instance: cross,
  solution,
  report: solution && check(cross, solution),
  bound: null,
  trace: null,
  toggles: {},
  tool: '',
  selected: null,
  ...rest,
});

const rect = (scene: Scene, id: string): RectItem => {
  const item = scene.items.find((each) => each.kind === 'rect' && each.id === id);
  if (item?.kind !== 'rect') throw new Error(`No rect ${id}.`);
  return item;
};

type Mode = SceneMode<VrpInstance, VrpSolution>;
const drag = (mode: Mode, target: string, x: number, y: number) =>
  mode.gestures!.drag!(frame(plan), target, { x: 0, y: 0 }, { x, y });
const instanceOf = (edit: Edit<VrpInstance, VrpSolution> | null | undefined): VrpInstance => {
  if (edit?.kind !== 'instance') throw new Error(JSON.stringify(edit));
  return edit.instance;
};

describe('routes', () => {
  test('one path per route and one point per customer', () => {
    const scene = mapMode.draw(frame(plan));
    const paths = scene.items.filter((item) => item.kind === 'path');
    expect(paths.map(({ id }) => id)).toEqual(['route:0', 'route:1']);
    expect([...paths[0].points]).toEqual([70, 50, 80, 50]);
    expect(scene.description).toBe(
      '2 routes serve 3 customers from the depot; total distance 100.',
    );
    const legs = mapMode.draw(frame(plan, { toggles: { legs: false } }));
    expect(legs.items.some((item) => item.kind === 'segments')).toBe(false);
  });

  test('a route keeps its hue when routes are listed in another order', () => {
    const hueOf = (solution: VrpSolution, first: number) => {
      const paths = mapMode.draw(frame(solution)).items.filter((item) => item.kind === 'path');
      return paths.find(({ points }) => points[0] === first)?.stroke;
    };
    expect(hueOf({ routes: [[3], [1, 2]] }, 70)).toEqual(hueOf(plan, 70));
  });

  test('a click adds a customer, on whole coordinates, with the usual demand', () => {
    const edit = mapMode.gestures!.click!(
      frame(plan),
      null,
      { x: 12.4, y: 33.6 },
      {
        shift: false,
        alt: false,
      },
    );
    expect(instanceOf(edit).customers[3]).toEqual({ x: 12, y: 34, demand: 4 });
    expect(edit).toMatchObject({ select: 'customer:3' });
    expect(cross.customers.length).toBe(3);
  });

  test('customers and depot are dragged, nudged on the screen and removed', () => {
    expect(instanceOf(drag(mapMode, 'customer:1', 81.2, 51)).customers[1]).toEqual({
      x: 81,
      y: 51,
      demand: 4,
    });
    expect(instanceOf(drag(mapMode, 'depot:0', 40, 40)).depot).toEqual({ x: 40, y: 40, due: 200 });
    // One step up the screen is up the map.
    expect(
      instanceOf(mapMode.gestures!.nudge!(frame(plan), 'customer:0', 0, -1)).customers[0].y,
    ).toBeGreaterThan(50);
    const removed = instanceOf(mapMode.gestures!.remove!(frame(plan), 'customer:0'));
    expect(removed.customers.map(({ x }) => x)).toEqual([80, 30]);
    expect(mapMode.gestures!.remove!(frame(plan), 'depot:0')?.kind).toBe('refused');
    expect(drag(mapMode, 'route:0', 1, 1)).toBeNull();
  });

  test('the last customer stays', () => {
    const one = { ...cross, customers: cross.customers.slice(0, 1) };
    const edit = mapMode.gestures!.remove!(frame(null, { instance: one }), 'customer:0');
    expect(edit).toMatchObject({ kind: 'refused' });
  });
});

describe('loads', () => {
  test('stacks demands against the capacity', () => {
    const scene = loadMode.draw(frame(plan));
    expect(rect(scene, 'customer:0')).toMatchObject({ x: 0, w: 6 });
    expect(rect(scene, 'customer:1')).toMatchObject({ x: 6, w: 4 });
    expect(scene.yAxis?.categories).toEqual(['Route 1', 'Route 2']);
    expect(scene.description).toBe('2 vehicles carry 13 of 20 units, 65 % full.');
  });

  test('a customer changes the vehicle at its cheapest place when it fits', () => {
    const edit = drag(loadMode, 'customer:1', 5, 1.5);
    expect(edit).toMatchObject({ kind: 'solution', select: 'customer:1' });
    if (edit?.kind !== 'solution') return;
    expect(edit.solution.routes[0]).toEqual([1]);
    expect(check(cross, edit.solution).feasible).toBe(true);
    expect(drag(loadMode, 'customer:2', 5, 0.5)).toEqual({
      kind: 'refused',
      reason: 'Route 1 carries 13, more than the capacity 10.',
    });
    expect(drag(loadMode, 'customer:2', 5, 1.5)).toBeNull();
    expect(drag(loadMode, 'customer:2', 5, 7)?.kind).toBe('refused');
    expect(plan).toEqual({ routes: [[1, 2], [3]] });
  });

  test('a place out of time is refused with the customer and the time', () => {
    const tight = {
      ...cross,
      capacity: 20,
      customers: cross.customers.map((customer, i) =>
        i === 2 ? { ...customer, due: 20 } : customer,
      ),
    };
    const edit = loadMode.gestures!.drag!(
      frame({ routes: [[3], [1, 2]] }, { instance: tight }),
      'customer:0',
      { x: 0, y: 1.5 },
      { x: 0, y: 0.5 },
    );
    // Customer 1 opens late and goes last: 3 first is in time.
    expect(edit).toMatchObject({ kind: 'solution', solution: { routes: [[3, 1], [2]] } });
    const late = {
      ...tight,
      customers: tight.customers.map((c, i) => (i === 0 ? { ...c, due: 45, ready: 0 } : c)),
    };
    const refused = loadMode.gestures!.drag!(
      frame({ routes: [[3], [1, 2]] }, { instance: late }),
      'customer:0',
      { x: 0, y: 1.5 },
      { x: 0, y: 0.5 },
    );
    expect(refused).toMatchObject({ kind: 'refused' });
  });
});

describe('timetable', () => {
  test('shows driving, waiting and service from the timing of the route', () => {
    const scene = timetableMode.draw(frame(plan));
    // Leaves at 20 to be there when customer 1 opens at 40.
    expect(rect(scene, 'customer:0')).toMatchObject({ x: 40, w: 10 });
    expect(rect(scene, 'customer:1').x).toBe(60);
    const window = scene.items.find(
      (item) => item.kind === 'rect' && item.title?.startsWith('Window of customer 1 '),
    );
    expect(window).toMatchObject({ x: 40, w: 20 });
    expect(scene.bounds.maxX).toBeGreaterThanOrEqual(200);
  });

  test('is only offered when there are times', () => {
    const plain = gallery.find(({ id }) => id === 'p-n16-k8')!.instance();
    expect(hasTimes(plain)).toBe(false);
    expect(hasTimes(cross)).toBe(true);
  });
});

describe('table and grids', () => {
  test('the table gives route, stop, load and times', () => {
    const rows = table(frame(plan));
    const row = (r: number) => rows.columns.map((_, column) => rows.cell(r, column));
    expect(row(0)).toEqual([1, 1, 1, 6, 6, '40', '40', '50', '40–60']);
    expect(row(1).slice(0, 5)).toEqual([2, 1, 2, 4, 10]);
    expect(table(frame(null)).cell(2, 1)).toBe('–');
  });

  test('limits are cleared with 0 or an empty cell', () => {
    const byId = (instance: VrpInstance, id: string) =>
      fields(instance).find((field) => field.id === id)!;
    const limited = unwrap(byId(cross, 'vehicles').set(3));
    expect(limited.vehicles).toBe(3);
    expect(unwrap(byId(limited, 'vehicles').set(0))).toEqual(cross);
    expect(byId(cross, 'capacity').set(0).ok).toBe(false);
    const [depot, customers] = grids(cross);
    expect(unwrap(depot.set(0, 3, '')).depot).toEqual({ x: 50, y: 50 });
    expect(unwrap(customers.set(0, 4, '')).customers[0].due).toBeUndefined();
    expect(customers.set(0, 4, 'soon').ok).toBe(false);
    expect(customers.set(0, 4, '30').ok).toBe(false);
    expect(unwrap(customers.addRow!.apply()).customers.length).toBe(4);
    expect(unwrap(customers.removeRow!(1)).customers.length).toBe(2);
  });
});

describe('the table of routes', () => {
  const frameOf = (instance: VrpInstance, solution: VrpSolution) => ({
    instance,
    solution,
    report: null,
    bound: null,
    trace: null,
    toggles: {},
    tool: '',
    selected: null,
  });
  /** On a line: a window that is waited for, then one that closes soon. */
  const line: VrpInstance = {
    name: 'line',
    capacity: 10,
    rounding: 'nint',
    depot: { x: 0, y: 0, due: 100 },
    customers: [
      { x: 10, y: 0, demand: 4, due: 40 },
      { x: 20, y: 0, demand: 3, ready: 50, due: 55, service: 5 },
    ],
  };
  const cells = (instance: VrpInstance, solution: VrpSolution) => {
    const table = routeTable(frameOf(instance, solution));
    return Object.fromEntries(table.columns.map(({ id }, column) => [id, table.cell(0, column)]));
  };

  test('says what is free, how long it takes and what time is to spare', () => {
    expect(cells(line, { routes: [[1, 2]] })).toEqual({
      route: 1,
      stops: 2,
      distance: '40',
      load: '7',
      free: '3',
      departure: '0',
      back: '75',
      duration: '45',
      waiting: '30',
      // Customer 1 closes 30 after it is served; the wait of 30 at customer 2 takes that up.
      slack: '30',
    });
  });

  test('the time to spare is just that: a later departure is late', () => {
    const timing = timeRoute(line, [1, 2], 0, [30, 40]);
    expect(timing.visits.every(({ late }) => late === 0) && timing.late === 0).toBe(true);
    expect(timeRoute(line, [1, 2], 0, [31, 41]).visits[0].late).toBe(1);
    expect(timeSlack(line, timing)).toBe(0);
  });

  test('of stocks over days it gives the day and what is carried', () => {
    const stock = { start: 0, most: 9, holding: 1, use: [2, 2] };
    const instance: VrpInstance = {
      ...line,
      depot: { x: 0, y: 0 },
      inventory: { days: 2, shortage: 1 },
      customers: [{ x: 10, y: 0, demand: 0, stock }],
    };
    const plan = { routes: [[1]], days: [2], amounts: [[2.5]] };
    expect(cells(instance, plan)).toMatchObject({ day: 2, load: '2.5', free: '7.5' });
  });
});
