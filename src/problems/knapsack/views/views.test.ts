import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../core/result.ts';
import type { Item, PathItem, PointsItem, RectItem } from '../../../scene/scene.ts';
import type { Edit, Frame } from '../../views.ts';
import { makeItem, type Instance, type Solution } from '../instance.ts';
import { arrivalsMode } from './arrivals.ts';
import { binsMode } from './bins.ts';
import { capacitiesMode } from './capacities.ts';
import { coinsMode } from './coins.ts';
import { layoutOf } from './common.ts';
import { fields, grids } from './fields.ts';
import { frontier, itemsMode } from './items.ts';
import { sackMode } from './sack.ts';
import { frontierMode, hasTable, tableMode } from './table-modes.ts';
import { table } from './table.ts';

const one: Instance = {
  name: 'one',
  capacities: [10],
  items: [
    makeItem(60, [5]),
    makeItem(50, [4], 1, 'Rope'),
    makeItem(40, [3], 2),
    makeItem(6, [8]),
    makeItem(5, [0]),
  ],
};

const two: Instance = {
  name: 'two',
  capacities: [10, 200],
  items: [makeItem(60, [5, 20]), makeItem(50, [4, 180])],
};

const paired: Instance = {
  name: 'paired',
  kind: 'quadratic',
  capacities: [6],
  items: [makeItem(3, [2]), makeItem(5, [3]), makeItem(1, [4])],
  pairs: [
    [1, 2, 3],
    [1, 3, 5],
    [2, 3, 11],
  ],
};

const frame = (instance: Instance, counts: number[] | null = null): Frame<Instance, Solution> => ({
  instance,
  solution: counts && { counts },
  report: null,
  bound: null,
  trace: null,
  toggles: {},
  tool: '',
  selected: null,
});

const at = (x: number, y = 0) => ({ x, y });
const keys = { shift: false, alt: false };

function instanceOf(edit: Edit<Instance, Solution> | null | undefined): Instance {
  if (edit?.kind !== 'instance') throw new Error(`Not an edit: ${JSON.stringify(edit)}`);
  return edit.instance;
}

function find<Kind extends Item['kind']>(items: Item[], kind: Kind, id?: string) {
  const found = items.find(
    (item) => item.kind === kind && (id === undefined || ('id' in item && item.id === id)),
  );
  if (!found) throw new Error(`No ${kind} ${id ?? ''}`);
  return found as Extract<Item, { kind: Kind }>;
}

describe('items', () => {
  test('stand at their weight and profit, taken ones marked', () => {
    const { items } = itemsMode.draw(frame(one, [1, 0, 1, 0, 1]));
    const points = items.find(
      (item): item is PointsItem => item.kind === 'points' && item.idPrefix === 'item:',
    )!;
    expect(Array.from(points.points.subarray(0, 4))).toEqual([5, 60, 4, 50]);
    expect([...(points.group ?? [])]).toEqual([1, 0, 2, 0, 1]);
    expect(points.title?.(1)).toBe('Rope · profit 50 · weight 4 · efficiency 12.5 · not taken');
  });

  test('the critical line runs through the break item', () => {
    // The free item, two of efficiency 13.3 and one of 12.5 fill the sack; 12 is next.
    expect(layoutOf(one).critical).toBe(12);
    const line = itemsMode
      .draw(frame(one))
      .items.find((item): item is PathItem => item.kind === 'path' && item.stroke === 'bound');
    const [, , x, y] = line?.points ?? [];
    expect(y / x).toBeCloseTo(12);
  });

  test('the frontier is the upper left hull', () => {
    expect([...frontier(layoutOf(one))]).toEqual([0, 0, 0, 5, 3, 40, 5, 60]);
    const dent: Instance = { ...one, items: [makeItem(1, [2]), makeItem(10, [4])] };
    expect([...frontier(layoutOf(dent))]).toEqual([0, 0, 4, 10]);
  });

  test('a drag moves an item by whole numbers and stops at zero', () => {
    const { drag } = itemsMode.gestures!;
    const next = instanceOf(drag!(frame(one), 'item:1', at(4, 50), at(6.4, 41.6)));
    expect(next.items[1]).toEqual(makeItem(42, [6], 1, 'Rope'));
    const low = instanceOf(drag!(frame(one), 'item:1', at(4, 50), at(-10, -10)));
    expect(low.items[1]).toEqual(makeItem(0, [0], 1, 'Rope'));
    expect(drag!(frame(one), 'item:9', at(0), at(1))).toBeNull();
    expect(one.items[1].profit).toBe(50);
  });

  test('a drag with several capacities keeps the proportions of the weights', () => {
    // Item 0 takes 50 % and 10 %: its mean share is 30 %; to 60 % doubles both.
    const next = instanceOf(
      itemsMode.gestures!.drag!(frame(two), 'item:0', at(30, 60), at(60, 60)),
    );
    expect(next.items[0]).toEqual(makeItem(60, [10, 40]));
  });

  test('pairs count by half with each of their items, and are lines where they pay', () => {
    const { items, yAxis } = itemsMode.draw(frame(paired, [1, 1, 0]));
    expect(yAxis?.label).toBe('Profit with half of each pair');
    const points = items.find(
      (item): item is PointsItem => item.kind === 'points' && item.idPrefix === 'item:',
    )!;
    expect([...points.points]).toEqual([2, 7, 3, 12, 4, 9]);
    expect([...find(items, 'segments').points]).toEqual([2, 7, 3, 12]);
    const none = itemsMode.draw(frame(paired, [1, 0, 0])).items;
    expect(none.some(({ kind }) => kind === 'segments')).toBe(false);
  });

  test('a drag leaves the profit of pairs alone', () => {
    const next = instanceOf(
      itemsMode.gestures!.drag!(frame(paired), 'item:1', at(3, 12), at(3, 15)),
    );
    expect(next.items[1].profit).toBe(8);
    expect(next.pairs).toEqual(paired.pairs);
  });

  test('a click on empty space adds, on an item takes, Delete removes', () => {
    const { click, remove } = itemsMode.gestures!;
    const added = instanceOf(click!(frame(one), null, at(2.3, 7.6), keys));
    expect(added.items.at(-1)).toEqual(makeItem(8, [2]));
    const taken = click!(frame(one, [1, 0, 0, 0, 0]), 'item:1', at(4, 50), keys);
    expect(taken).toMatchObject({ kind: 'solution', solution: { counts: [1, 1, 0, 0, 0] } });
    const refused = click!(frame(one, [1, 1, 0, 0, 0]), 'item:2', at(3, 40), keys);
    expect(refused).toMatchObject({ kind: 'refused', reason: 'Item 3 does not fit: 2 too heavy.' });
    expect(instanceOf(remove!(frame(one), 'item:0')).items).toEqual(one.items.slice(1));
  });

  test('totals above 2^53 are refused, not drawn', () => {
    const edit = itemsMode.gestures!.drag!(frame(one), 'item:0', at(5, 60), at(5, 1e16));
    expect(edit?.kind).toBe('refused');
  });
});

describe('sack', () => {
  test('bars are as wide as they weigh and their area is the profit', () => {
    const { items } = sackMode.draw(frame(one, [1, 1, 0, 0, 1]));
    const bars = items.filter(
      (item): item is RectItem => item.kind === 'rect' && item.id !== undefined,
    );
    expect(bars.map(({ id }) => id)).toEqual(['item:1', 'item:0']);
    expect(bars.map(({ x, w }) => [x, w])).toEqual([
      [0, 4],
      [4, 5],
    ]);
    expect(bars.map(({ w, h }) => Math.round(w * h))).toEqual([50, 60]);
  });

  test('the area is the profit with the pairs that pay, the outline a bound', () => {
    const { items } = sackMode.draw(frame(paired, [1, 1, 0]));
    const area = ['item:0', 'item:1'].reduce((sum, id) => {
      const { w, h } = find(items, 'rect', id);
      return sum + w * h;
    }, 0);
    expect(area).toBeCloseTo(3 + 5 + 3);
    // 12 / 3 first, then 7 / 2: all of both, and a quarter of the third's 9.
    const outline = items.find(
      (item): item is PathItem => item.kind === 'path' && item.stroke === 'bound',
    )!;
    let bound = 0;
    for (let k = 0; k < outline.points.length; k += 4)
      bound += (outline.points[k + 2] - outline.points[k]) * outline.points[k + 1];
    expect(bound).toBeCloseTo(12 + 7 + 9 / 4);
  });

  test('thousands of small items are merged without losing weight', () => {
    const many: Instance = {
      name: 'many',
      capacities: [50_000],
      items: Array.from({ length: 20_000 }, (_, i) => makeItem(1 + (i % 90), [1 + (i % 7)])),
    };
    const counts = many.items.map((_, i) => (i % 2 === 0 ? 1 : 0));
    const bars = sackMode
      .draw(frame(many, counts))
      .items.filter((item): item is RectItem => item.kind === 'rect' && item.fill !== 'sunk');
    expect(bars.length).toBeLessThan(1000);
    const total = many.items.reduce((sum, item, i) => sum + item.weights[0] * counts[i], 0);
    expect(bars.reduce((sum, bar) => sum + bar.w, 0)).toBeCloseTo(total);
  });

  test('the capacity line drags the capacity', () => {
    const { drag, nudge } = sackMode.gestures!;
    expect(instanceOf(drag!(frame(one), 'capacity:0', at(10), at(13.6))).capacities).toEqual([14]);
    expect(instanceOf(drag!(frame(one), 'capacity:0', at(10), at(-5))).capacities).toEqual([0]);
    expect(instanceOf(nudge!(frame(one), 'capacity:0', 1, 0)).capacities).toEqual([11]);
    expect(drag!(frame(two), 'capacity:0', at(100), at(90))?.kind).toBe('refused');
  });
});

describe('core', () => {
  const points = (instance: Instance, report: Frame<Instance, Solution>['report']) =>
    itemsMode
      .draw({ ...frame(instance), report })
      .items.filter((item): item is PointsItem => item.kind === 'points' && item.fill === 'bound');

  test('the break item is marked, and the core shrinks as the profit grows', () => {
    const report = (objective: number) => ({ feasible: true, objective, violations: [] });
    const coreSize = (objective: number): number => {
      const marks = points(one, report(objective));
      return marks.length === 2 ? marks[0].points.length / 2 : 0;
    };
    // Filled in order: the free item, two of 40, 50 in part: 5 + 80 + 50, then 60 does not fit.
    expect(points(one, null).map((item) => [...item.points])).toEqual([[5, 60]]);
    expect(coreSize(0)).toBe(5);
    expect(coreSize(134)).toBeLessThan(5);
    expect(coreSize(135)).toBe(0);
  });
});

describe('table and frontier', () => {
  test('the last cell is the optimum, rows fill as a run goes on', () => {
    const { items, description } = tableMode.draw(frame(one));
    const raster = find(items, 'raster');
    expect(raster.rows).toBe(5);
    expect(raster.values.at(-1)).toBe(1);
    // 5 for free, two of 40 and one of 50.
    expect(description).toContain('135 in the last cell');
    const trace = {
      columns: [{ id: 'share', label: '' }],
      length: 1,
      values: [Float64Array.of(40)],
    };
    expect(find(tableMode.draw({ ...frame(one), trace }).items, 'raster').rows).toBe(2);
    expect(hasTable({ ...one, capacities: [1e9] })).toBe(false);
    expect(hasTable(two)).toBe(false);
  });

  test('the frontier rises in weight and profit and stays under the relaxation', () => {
    const { items } = frontierMode.draw(frame(one));
    const marks = find(items, 'points').points;
    for (let k = 2; k < marks.length; k += 2) {
      expect(marks[k]).toBeGreaterThan(marks[k - 2]);
      expect(marks[k + 1]).toBeGreaterThan(marks[k - 1]);
    }
    expect([marks[0], marks[1]]).toEqual([0, 5]);
    expect([marks.at(-2), marks.at(-1)]).toEqual([10, 135]);
  });
});

describe('arrivals', () => {
  test('stand in the order of the trace, with the threshold they met', () => {
    const ids = ['arrival', 'item', 'density', 'threshold', 'filled', 'taken'];
    const rows = [
      [1, 3, 13.3, 5, 30, 1],
      [2, 1, 12, 20, 30, 0],
    ];
    const trace = {
      columns: ids.map((id) => ({ id, label: id })),
      length: 2,
      values: ids.map((_, column) => Float64Array.from(rows, (row) => row[column])),
    };
    const { items, description } = arrivalsMode.draw({ ...frame(one, [0, 0, 1, 0, 0]), trace });
    const marks = find(items, 'points');
    expect([...(marks.group ?? [])]).toEqual([1, 0]);
    expect(marks.points[1]).toBeCloseTo(Math.log10(40 / 3));
    expect([...find(items, 'path').points]).toEqual([1, Math.log10(5), 2, Math.log10(20)]);
    expect(description).toContain('30');
    expect(arrivalsMode.draw(frame(one)).description).toContain('order listed');
  });
});

test('coins lie end to end up to the amount', () => {
  const change: Instance = {
    name: '',
    kind: 'change-making',
    capacities: [22],
    items: [makeItem(0, [1]), makeItem(0, [10])],
  };
  const { items, description } = coinsMode.draw(frame(change, [2, 2]));
  const coins = items.filter(
    (item): item is RectItem => item.kind === 'rect' && item.fill !== 'sunk',
  );
  expect(coins.map(({ x, w }) => [x, w])).toEqual([
    [0, 10],
    [10, 10],
    [20, 1],
    [21, 1],
  ]);
  expect(description).toBe('4 coins pay 22 of 22.');
});

describe('sacks and bins', () => {
  const bins: Instance = {
    name: 'bins',
    kind: 'bin-packing',
    capacities: [10],
    items: [6, 5, 4].map((w) => makeItem(0, [w])),
  };
  const packed: Frame<Instance, Solution> = {
    ...frame(bins),
    solution: { counts: [1, 1, 1], sacks: [1, 2, 1] },
  };

  test('items lie side by side in their bin', () => {
    const { items, description } = binsMode.draw(packed);
    expect(find(items, 'rect', 'item:0')).toMatchObject({ x: 0, w: 6 });
    expect(find(items, 'rect', 'item:2')).toMatchObject({ x: 6, w: 4 });
    expect(find(items, 'rect', 'item:1').y).toBeGreaterThan(1);
    expect(description).toMatch(/^2 bins/);
  });

  test('a drag moves an item to another bin, opens one, or is refused', () => {
    const { drag } = binsMode.gestures!;
    expect(drag!(packed, 'item:2', at(7, 0.5), at(6, 1.5))).toMatchObject({
      solution: { sacks: [1, 2, 2] },
    });
    expect(drag!(packed, 'item:2', at(7, 0.5), at(6, 2.5))).toMatchObject({
      solution: { sacks: [1, 2, 3] },
    });
    expect(drag!(packed, 'item:1', at(1, 1.5), at(6, 0.5))).toMatchObject({
      kind: 'refused',
      reason: 'Bin 1: weight 15 is above the capacity 10.',
    });
  });

  test('an item removed takes its pairs and its place in the numbering with it', () => {
    const three: Instance = {
      name: '',
      kind: 'quadratic',
      capacities: [9],
      items: one.items.slice(0, 3).map((item) => makeItem(item.profit, item.weights)),
      pairs: [
        [1, 2, 5],
        [1, 3, 6],
        [2, 3, 7],
      ],
    };
    expect(instanceOf(itemsMode.gestures!.remove!(frame(three), 'item:1')).pairs).toEqual([
      [1, 2, 6],
    ]);
  });
});

describe('capacities', () => {
  test('one bar each, by share of the capacity', () => {
    const { items, description } = capacitiesMode.draw(frame(two, [1, 0]));
    expect(find(items, 'rect', 'load:0').w).toBeCloseTo(50);
    expect(find(items, 'rect', 'load:1').w).toBeCloseTo(10);
    expect(description).toContain('dimension 1');
  });

  test('dragging a line changes that capacity in proportion', () => {
    const next = instanceOf(
      capacitiesMode.gestures!.drag!(frame(two), 'capacity:1', at(100), at(75)),
    );
    expect(next.capacities).toEqual([10, 150]);
  });
});

describe('tables', () => {
  test('fields and grids change one thing', () => {
    const [kind, capacity] = fields(one);
    expect(unwrap(kind.set('unbounded')).kind).toBe('unbounded');
    expect(kind.set('nonsense').ok).toBe(false);
    expect(unwrap(capacity.set(12)).capacities).toEqual([12]);
    expect(capacity.set(-1).ok).toBe(false);
    expect(fields(two).map(({ id }) => id)).toEqual(['kind']);

    const [items] = grids(one);
    expect(unwrap(items.set(0, 2, 7)).items[0]).toEqual(makeItem(60, [7]));
    expect(unwrap(items.set(0, 0, 'Tent')).items[0].name).toBe('Tent');
    expect(unwrap(items.set(1, 0, '')).items[1]).toEqual(makeItem(50, [4]));
    expect(unwrap(items.set(0, 3, 4)).items[0].count).toBe(4);
    expect(unwrap(items.set(2, 3, 1)).items[2]).toEqual(makeItem(40, [3]));
    expect(items.set(0, 3, 1.5).ok).toBe(false);
    expect(items.set(0, 1, NaN).ok).toBe(false);
    expect(unwrap(items.addRow!.apply()).items).toHaveLength(6);
    expect(unwrap(items.removeRow!(4)).items).toEqual(one.items.slice(0, 4));
  });

  test('dimensions are added and removed with their weights', () => {
    const [items] = grids(one);
    const wider = unwrap(items.addColumn!.apply());
    expect(wider.capacities).toHaveLength(2);
    for (const item of wider.items) expect(item.weights).toHaveLength(2);
    const [, wide] = grids(wider);
    expect(unwrap(wide.removeColumn!.apply(3))).toEqual(one);
    expect(items.removeColumn!.apply(2).ok).toBe(false);
    expect(items.removeColumn!.apply(0).ok).toBe(false);
    const [capacities] = grids(two);
    expect(unwrap(capacities.removeRow!(0))).toEqual({
      name: 'two',
      capacities: [200],
      items: [makeItem(60, [20]), makeItem(50, [180])],
    });
  });

  test('the solution table says what is taken', () => {
    const data = table(frame(one, [0, 1, 2, 0, 1]));
    const column = data.columns.findIndex(({ id }) => id === 'taken');
    expect(Array.from({ length: data.rows }, (_, row) => data.cell(row, column))).toEqual([
      0, 1, 2, 0, 1,
    ]);
    expect(data.element?.(2)).toBe('item:2');
  });
});
