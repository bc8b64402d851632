import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap, type Result } from '../../../core/result.ts';
import { itemBox, type RectItem } from '../../../scene/scene.ts';
import type { Frame } from '../../views.ts';
import { check } from '../check.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';
import { fields, grids, readCell, writeCell } from './fields.ts';
import { drawGantt } from './gantt.ts';
import { gestures } from './gestures.ts';
import { table } from './table.ts';

const crossing: JobShopInstance = {
  name: 'crossing',
  machines: 2,
  jobs: [
    [
      [0, 2],
      [1, 2],
    ],
    [
      [1, 2],
      [0, 2],
    ],
  ],
};

/** J1 must wait on M1 for J2 on M2. */
const held: JobShopInstance = {
  name: 'held',
  machines: 2,
  kind: 'blocking',
  jobs: [
    [
      [0, 2],
      [1, 2],
    ],
    [[1, 4]],
  ],
};

function frameOf(
  instance: JobShopInstance,
  starts: number[],
  machines?: number[],
  toggles: Record<string, boolean> = {},
): Frame<JobShopInstance, JobShopSolution> {
  const solution: JobShopSolution = {
    starts: Int32Array.from(starts),
    ...(machines && { machines: Int32Array.from(machines) }),
  };
  const report = check(instance, solution);
  expect(report.violations).toEqual([]);
  return {
    instance,
    solution,
    report,
    bound: null,
    trace: null,
    toggles,
    tool: 'move',
    selected: null,
  };
}

const rectOf = (frame: Frame<JobShopInstance, JobShopSolution>, title: RegExp): RectItem => {
  const found = drawGantt(frame, 'machines').items.find(
    (item) => item.kind === 'rect' && title.test(item.title ?? ''),
  );
  if (found?.kind !== 'rect') throw new Error(`Nothing is called ${String(title)}.`);
  return found;
};

const field = (instance: JobShopInstance, id: string) =>
  fields(instance).find((candidate) => candidate.id === id)!;
const grid = (instance: JobShopInstance, id: string) =>
  grids(instance).find((candidate) => candidate.id === id)!;
const message = (result: Result<unknown>) => (result.ok ? '' : describeIssue(result.issues[0]));

describe('pictures of variants', () => {
  test('a machine held by a job that cannot go on', () => {
    const frame = frameOf(held, [0, 4, 0]);
    expect(rectOf(frame, /J1 waits on M1: 2 – 4/)).toMatchObject({ x: 2, w: 2 });
  });

  test('a setup before its operation', () => {
    const setups = {
      family: [0, 1],
      times: [
        [0, 3],
        [1, 0],
      ],
    };
    const frame = frameOf({ ...crossing, setups }, [0, 3, 0, 5]);
    expect(rectOf(frame, /Setup of M1 for J2: 3/)).toMatchObject({ x: 2, w: 3 });
  });

  test('an operation stands in the row of the machine chosen', () => {
    const instance: JobShopInstance = { name: '', machines: 2, jobs: [[[0, 5, 1, 3]]] };
    const frame = frameOf(instance, [0], [1]);
    const bar = rectOf(frame, /J1 operation 1 on M2/);
    expect([Math.floor(bar.y), bar.w]).toEqual([1, 3]);
    const row = table(frame);
    expect([row.cell(0, 2), row.cell(0, 3)]).toEqual(['M2', 3]);
  });

  test('dates lie in the rows of jobs; a late one warns', () => {
    const dated = { ...crossing, due: [3, 9] };
    const scene = drawGantt(frameOf(dated, [0, 2, 0, 2]), 'jobs');
    const titles = scene.items.map((item) => ('title' in item ? item.title : ''));
    expect(titles).toContain('J1 is due at 3, 1 late');
    // J2 is due beyond the picture.
    expect(titles.some((title) => String(title).startsWith('J2 is due'))).toBe(false);
  });

  test('why the bound is what it is', () => {
    const scene = drawGantt(
      frameOf(crossing, [0, 2, 0, 2], undefined, { 'bound-explained': true }),
      'machines',
    );
    expect(scene.description).toMatch(/Bound 4 \(longest job\): 2 operations on J1/);
    for (const item of scene.items) {
      const box = itemBox(item);
      if (box) expect(box.maxX).toBeLessThanOrEqual(scene.bounds.maxX);
    }
  });

  test('reordering by hand is refused where it cannot be judged', () => {
    const frame = frameOf(held, [0, 4, 0]);
    expect(gestures.drag!(frame, 'op:0:0', { x: 0, y: 0 }, { x: 9, y: 0 })?.kind).toBe('refused');
  });

  test('reordering keeps releases, setups and machines', () => {
    const instance: JobShopInstance = {
      name: '',
      machines: 2,
      jobs: [[[0, 2, 1, 9]], [[0, 2]]],
      release: [1, 2],
      setups: {
        family: [0, 1],
        times: [
          [0, 1],
          [5, 0],
        ],
      },
    };
    const frame = frameOf(instance, [1, 4], [0, 0]);
    const edit = gestures.drag!(frame, 'op:0:0', { x: 0, y: 0 }, { x: 9, y: 0 });
    if (edit?.kind !== 'solution') throw new Error('It must be possible.');
    expect(Array.from(edit.solution.starts)).toEqual([9, 2]);
    expect(Array.from(edit.solution.machines!)).toEqual([0, 0]);
  });
});

describe('editing variants', () => {
  test('cells with a choice of machines', () => {
    expect(unwrap(readCell('2·78 1·80', 3))).toEqual([1, 78, 0, 80]);
    expect(unwrap(readCell('M2:7|M3:9', 3))).toEqual([1, 7, 2, 9]);
    expect(writeCell([1, 78, 0, 80])).toBe('2·78 1·80');
    expect(message(readCell('2·78 x', 3))).toMatch(/Write machine·time/);
    expect(message(grid(crossing, 'operations').set(0, 0, '1·2 1·3'))).toMatch(/among the choices/);
  });

  test('kind and objective', () => {
    expect(unwrap(field(crossing, 'kind').set('swap')).kind).toBe('swap');
    expect(message(field(crossing, 'kind').set('permutation'))).toMatch(/same route/);
    const tardy = unwrap(field(crossing, 'objective').set('tardiness'));
    expect(tardy).toMatchObject({ objective: 'tardiness', due: [6, 6] });
    expect(unwrap(field(tardy, 'objective').set('makespan')).objective).toBeUndefined();
    expect(message(field(tardy, 'dates').set(false))).toMatch(/needs due dates/);
  });

  test('dates, weights and setups in tables', () => {
    const dated = unwrap(field(crossing, 'dates').set(true));
    expect(unwrap(grid(dated, 'dates').set(1, 2, 7)).weight).toEqual([1, 7]);
    expect(unwrap(field(dated, 'dates').set(false))).toEqual(crossing);
    const two = unwrap(field(crossing, 'families').set(2));
    expect(two.setups).toEqual({
      family: [0, 1],
      times: [
        [0, 1],
        [1, 0],
      ],
    });
    expect(unwrap(grid(two, 'setups').set(0, 1, 4)).setups?.times[0]).toEqual([0, 4]);
    expect(unwrap(grid(two, 'dates').set(0, 3, 2)).setups?.family).toEqual([1, 1]);
    expect(unwrap(field(two, 'families').set(0))).toEqual(crossing);
  });

  test('jobs come and go with their dates', () => {
    const dated = unwrap(field(crossing, 'dates').set(true));
    const more = unwrap(grid(dated, 'operations').addRow!.apply());
    expect([more.release, more.due, more.weight]).toEqual([
      [0, 0, 0],
      [6, 6, 6],
      [1, 1, 1],
    ]);
    expect(unwrap(grid(more, 'operations').removeRow!(2))).toEqual(dated);
  });
});
