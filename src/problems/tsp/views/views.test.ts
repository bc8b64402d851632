import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../core/result.ts';
import { itemBox, type PathItem, type SegmentsItem } from '../../../scene/scene.ts';
import type { SceneMode } from '../../views.ts';
import { check, type TspSolution } from '../check.ts';
import { gallery } from '../gallery.ts';
import { cityCount, type TspInstance } from '../instance.ts';
import { fields, grids } from './fields.ts';
import { gestures, nearestRealCity } from './gestures.ts';
import { tspViews } from './index.ts';
import { placesFor } from './layout.ts';
import { project, WORLD } from '../../../scene/map/projection.ts';
import { table } from './table.ts';
import { drawTour, type TspFrame } from './tour.ts';
import { loadWorld, mapBox } from '../../../scene/map/world.ts';

const entry = (id: string): TspInstance => gallery.find((each) => each.id === id)!.instance();

function frame(instance: TspInstance, more: Partial<TspFrame> = {}): TspFrame {
  const solution: TspSolution = {
    tour: Int32Array.from({ length: cityCount(instance) }, (_, i) => i),
  };
  return {
    instance,
    solution,
    report: check(instance, solution),
    bound: null,
    trace: null,
    toggles: {},
    tool: 'edit',
    selected: null,
    ...more,
  };
}

const edited = (edit: ReturnType<NonNullable<typeof gestures.click>>): TspInstance => {
  if (edit?.kind !== 'instance') throw new Error(`not an edit: ${JSON.stringify(edit)}`);
  return edit.instance;
};

describe('map', () => {
  beforeAll(async () => {
    await loadWorld(WORLD);
    await loadWorld(mapBox({ minX: 5, maxX: 15, minY: 45, maxY: 55 }));
  });

  it('stays inside its bounds and shows land, wherever the cities are', () => {
    const around: TspInstance = {
      name: 'date line',
      metric: 'great-circle-km',
      cities: [
        [-18, 178],
        [-21, -175],
        [-36, 174],
      ],
    };
    for (const instance of [
      entry('world-capitals'),
      entry('european-capitals'),
      entry('us-cities'),
      entry('burma14'),
      around,
    ]) {
      const { bounds, items } = drawTour(frame(instance));
      for (const item of items) {
        const box = itemBox(item);
        if (!box) continue;
        expect(box.minX).toBeGreaterThanOrEqual(bounds.minX - 1e-9);
        expect(box.maxX).toBeLessThanOrEqual(bounds.maxX + 1e-9);
        expect(box.minY).toBeGreaterThanOrEqual(bounds.minY - 1e-9);
        expect(box.maxY).toBeLessThanOrEqual(bounds.maxY + 1e-9);
      }
      expect(items.some((item) => item.kind === 'path' && item.fill === 'land')).toBe(true);
    }
  });

  it('has no land that jumps over the map', () => {
    const { items } = drawTour(frame(entry('world-capitals')));
    for (const item of items) {
      if (item.kind !== 'path' || item.fill !== 'land') continue;
      const { points } = item;
      for (let i = 2; i < points.length; i += 2)
        if (Math.abs(points[i] - points[i - 2]) > 90)
          // Only along the edge of the picture.
          expect([WORLD.minY, WORLD.maxY]).toContain(points[i + 1]);
    }
  });
});

describe('tour picture', () => {
  it('draws one closed path and one point per city', () => {
    const instance = entry('berlin52');
    const { items } = drawTour(frame(instance, { toggles: { neighbours: true, labels: true } }));
    const path = items.find((item): item is PathItem => item.kind === 'path')!;
    expect(path.closed).toBe(true);
    expect(path.points.length).toBe(104);
    const points = items.find((item) => item.kind === 'points' && item.idPrefix === 'city:');
    expect(points?.kind === 'points' && points.points.length).toBe(104);
    const graph = items.find((item): item is SegmentsItem => item.kind === 'segments')!;
    expect(graph.points.length).toBeGreaterThan(4 * 52 * 2);
  });

  it('places cities of which only distances are known', () => {
    // Corners of a rectangle come back up to turning.
    const corners = [
      [0, 0],
      [30, 0],
      [30, 10],
      [0, 10],
    ];
    const matrix = corners.map(([a, b]) => corners.map(([c, d]) => Math.hypot(a - c, b - d)));
    const places = placesFor(matrix);
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 4; j++)
        expect(
          Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]),
        ).toBeCloseTo(matrix[i][j], 3);
    expect([...placesFor([[0]])]).toEqual([0, 0]);
  });
});

describe('gestures', () => {
  const berlin = entry('berlin52');

  it('add, move, nudge and remove cities', () => {
    const added = edited(
      gestures.click!(frame(berlin), null, { x: 100.4, y: 200.6 }, { shift: false, alt: false }),
    );
    expect(added.cities.at(-1)).toEqual([100, 201]);
    const moved = edited(gestures.drag!(frame(berlin), 'city:0', { x: 0, y: 0 }, { x: 10, y: -5 }));
    expect(moved.cities[0]).toEqual([575, 570]);
    const nudged = edited(gestures.nudge!(frame(berlin), 'city:0', 0, -1));
    expect(nudged.cities[0][1]).toBeGreaterThan(575);
    const removed = edited(gestures.remove!(frame(berlin), 'city:51'));
    expect(removed.cities.length).toBe(51);
    expect(berlin.cities.length).toBe(52);
  });

  it('mean nothing on strange targets or with the select tool', () => {
    expect(gestures.drag!(frame(berlin), 'city:99', { x: 0, y: 0 }, { x: 1, y: 1 })).toBeNull();
    expect(gestures.remove!(frame(berlin), 'job:1')).toBeNull();
    const select = frame(berlin, { tool: 'select' });
    expect(gestures.click!(select, null, { x: 0, y: 0 }, { shift: false, alt: false })).toBeNull();
  });

  it('add real cities to a map, and each once', () => {
    const capitals = entry('european-capitals');
    const at = project(53.5, 10.1);
    const click = (instance: TspInstance) =>
      edited(
        gestures.click!(frame(instance, { tool: 'real' }), null, at, { shift: false, alt: false }),
      );
    const once = click(capitals);
    expect(once.names?.at(-1)).toBe('Hamburg');
    expect(click(once).names?.at(-1)).not.toBe('Hamburg');
    const geo = edited(
      gestures.click!(frame(entry('burma14'), { tool: 'real' }), null, at, {
        shift: false,
        alt: false,
      }),
    );
    expect(geo.names?.at(-1)).toBe('Hamburg');
    expect(geo.cities.at(-1)).toEqual([53.33, 9.59]);
    expect(nearestRealCity(capitals, { latitude: 35.7, longitude: 139.7 })?.name).toBe('Tokyo');
  });

  it('refuse what a matrix cannot give', () => {
    const matrix: TspInstance = {
      name: 'm',
      metric: 'matrix',
      cities: [],
      matrix: [
        [0, 1],
        [1, 0],
      ],
    };
    const at = { x: 0, y: 0 };
    expect(gestures.click!(frame(matrix), null, at, { shift: false, alt: false })?.kind).toBe(
      'refused',
    );
    expect(gestures.drag!(frame(matrix), 'city:0', at, { x: 1, y: 1 })?.kind).toBe('refused');
    const one = edited(gestures.remove!(frame(matrix), 'city:0'));
    expect(one.matrix).toEqual([[0]]);
    expect(gestures.remove!(frame(one), 'city:0')?.kind).toBe('refused');
  });
});

describe('tables', () => {
  it('list the tour from the first city with legs that add up', () => {
    const instance = entry('berlin52');
    const tour = Int32Array.from({ length: 52 }, (_, i) => (i + 9) % 52);
    const given = frame(instance, { solution: { tour } });
    const rows = table(given);
    const column = (id: string) => rows.columns.findIndex((each) => each.id === id);
    expect(rows.cell(0, column('city'))).toBe('1');
    expect(rows.element?.(0)).toBe('city:0');
    expect(rows.cell(51, column('along'))).toBe(check(instance, { tour }).objective);
  });

  it('turn coordinates with the metric', () => {
    const burma = entry('burma14');
    const [metric] = fields(burma);
    const turned = metric.set('great-circle-km');
    if (!turned.ok) throw new Error('should change');
    expect(turned.value.cities[0][0]).toBeCloseTo(16.783, 3);
    const again = fields(turned.value)[0].set('tsplib-geo');
    expect(again.ok && again.value).toEqual(burma);
    expect(metric.set('euclidean').ok).toBe(false);
  });

  it('edit distances both ways', () => {
    const instance: TspInstance = {
      name: 'm',
      metric: 'matrix',
      cities: [],
      matrix: [
        [0, 1],
        [1, 0],
      ],
    };
    const grid = grids(instance)[1];
    const set = grid.set(0, 1, 7);
    expect(set.ok && set.value.matrix).toEqual([
      [0, 7],
      [7, 0],
    ]);
    expect(grid.set(0, 1, -1).ok).toBe(false);
    expect(grid.cell(0, 0)).toBeNull();
  });

  it('offer the real-city tool on maps only', () => {
    const tools = (id: string) =>
      (tspViews.modes(entry(id))[0] as SceneMode<unknown, unknown>).tools!.map((tool) => tool.id);
    expect(tools('burma14')).toContain('real');
    expect(tools('berlin52')).not.toContain('real');
  });
});

describe('fixed edges', () => {
  const gridOf = (instance: TspInstance) => grids(instance).find(({ id }) => id === 'fixed')!;

  it('are added, changed and taken back in a table, and drawn', () => {
    const bare = entry('berlin52');
    const one = unwrap(gridOf(bare).addRow!.apply());
    expect(one.fixed).toEqual([[0, 1]]);
    const changed = unwrap(gridOf(one).set(0, 1, 9));
    expect(changed.fixed).toEqual([[0, 8]]);
    expect(gridOf(changed).cell(0, 1)).toBe(9);
    const segments = (instance: TspInstance) =>
      drawTour(frame(instance)).items.filter((item) => item.kind === 'segments').length;
    expect(segments(changed)).toBe(segments(bare) + 1);
    expect(unwrap(gridOf(changed).removeRow!(0))).toEqual(bare);
  });

  it('that no tour could keep are refused, with the reason', () => {
    const full: TspInstance = {
      ...entry('berlin52'),
      fixed: [
        [0, 1],
        [1, 2],
        [3, 4],
      ],
    };
    const set = gridOf(full).set(2, 0, 2);
    expect(set.ok ? '' : set.issues[0].message).toContain('Three fixed edges meet');
    expect(unwrap(gridOf(full).addRow!.apply()).fixed?.length).toBe(4);
  });
});
