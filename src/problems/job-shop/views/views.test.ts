import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap, type Result } from '../../../core/result.ts';
import { itemBox, type RectItem, type Scene } from '../../../scene/scene.ts';
import type { Edit, Frame } from '../../views.ts';
import { check } from '../check.ts';
import { gallery } from '../gallery.ts';
import { pack, type JobShopInstance, type JobShopSolution } from '../instance.ts';
import { anyInstance } from '../test-oracle.ts';
import { fields, grids, readCell } from './fields.ts';
import { drawGantt } from './gantt.ts';
import { gestures } from './gestures.ts';
import { describeSearch } from './search.ts';
import { table } from './table.ts';

type JobShopFrame = Frame<JobShopInstance, JobShopSolution>;

const instanceOf = (id: string) => gallery.find((entry) => entry.id === id)!.instance();

function frameOf(instance: JobShopInstance, more: Partial<JobShopFrame> = {}): JobShopFrame {
  return {
    instance,
    solution: null,
    report: null,
    bound: null,
    trace: null,
    toggles: {},
    tool: 'move',
    selected: null,
    ...more,
  };
}

const bars = (scene: Scene): RectItem[] =>
  scene.items.filter((item): item is RectItem => item.kind === 'rect' && item.id !== undefined);

/** The solution of an edit that must be one. */
function solutionOf(edit: Edit<JobShopInstance, JobShopSolution> | null): Int32Array {
  if (edit?.kind !== 'solution') throw new Error(`No solution: ${JSON.stringify(edit)}`);
  return edit.solution.starts;
}

const drag = (frame: JobShopFrame, target: string, by: number) =>
  gestures.drag!(frame, target, { x: 0, y: 0 }, { x: by, y: 0 });

/** J1: M1 3, M2 2; J2: M1 2, M2 4; J3: M2 1, M1 1. */
const three: JobShopInstance = {
  name: 'three',
  machines: 2,
  jobs: [
    [
      [0, 3],
      [1, 2],
    ],
    [
      [0, 2],
      [1, 4],
    ],
    [
      [1, 1],
      [0, 1],
    ],
  ],
};
const scheduled = frameOf(three, { solution: { starts: Int32Array.of(0, 3, 3, 5, 0, 5) } });

describe('dragging', () => {
  test('a bar passes a neighbour when it covers its middle', () => {
    expect(drag(scheduled, 'op:0:0', 0.9)).toBeNull();
    expect(solutionOf(drag(scheduled, 'op:0:0', 1.1))).toEqual(Int32Array.of(2, 5, 0, 7, 0, 5));
    expect(solutionOf(drag(scheduled, 'op:0:0', 2.9))).toEqual(Int32Array.of(3, 6, 0, 8, 0, 2));
    expect(solutionOf(drag(scheduled, 'op:2:1', -3))).toEqual(Int32Array.of(0, 3, 4, 6, 0, 3));
  });

  test('what cannot be is refused with the reason', () => {
    // J3 before J1 on M1 asks for J3's first operation on M2, which comes after J1 there.
    const starts = Int32Array.of(0, 3, 3, 6, 5, 6);
    const refused = drag(frameOf(three, { solution: { starts } }), 'op:2:1', -6);
    expect(refused).toEqual({
      kind: 'refused',
      reason:
        'J3 cannot go before J1 on M1: J3 gets there only after the next operation of J1 on M2.',
    });
    expect(drag(frameOf(three), 'op:0:0', 5)).toMatchObject({ kind: 'refused' });
    expect(drag(scheduled, 'op:9:9', 5)).toBeNull();
    expect(drag(scheduled, 'elsewhere', 5)).toBeNull();
  });

  test('any drag gives a feasible schedule, or none', () => {
    const cases = fc.tuple(anyInstance(), fc.nat(), fc.integer({ min: -30, max: 30 }));
    fc.assert(
      fc.property(cases, ([instance, pick, by]) => {
        const frame = frameOf(instance, { solution: inSequence(instance) });
        const ids = bars(drawGantt(frame, 'jobs')).map(({ id }) => id!);
        const edit = drag(frame, ids[pick % ids.length], by);
        if (edit?.kind === 'solution') {
          expect(check(instance, edit.solution).violations).toEqual([]);
          expect(edit.solution.starts).not.toBe(frame.solution!.starts);
        } else if (edit?.kind === 'refused') expect(edit.reason).toMatch(/\.$/);
        else expect(edit).toBeNull();
      }),
    );
  });

  test('with the stretch tool it changes the duration', () => {
    const edit = drag({ ...scheduled, tool: 'stretch' }, 'op:1:0', 2.6);
    expect(edit).toMatchObject({ kind: 'instance', select: 'op:1:0' });
    if (edit?.kind === 'instance') expect(edit.instance.jobs[1][0]).toEqual([0, 5]);
    const shorter = drag({ ...scheduled, tool: 'stretch' }, 'op:1:0', -50);
    if (shorter?.kind === 'instance') expect(shorter.instance.jobs[1][0]).toEqual([0, 0]);
  });
});

/** All jobs after one another: feasible for any instance. */
function inSequence(instance: JobShopInstance): JobShopSolution {
  const { duration } = pack(instance);
  let time = 0;
  return { starts: duration.map((span) => (time += span) - span) };
}

describe('keys', () => {
  test('Alt+arrows swap with the neighbour', () => {
    expect(solutionOf(gestures.nudge!(scheduled, 'op:1:0', -1, 0))).toEqual(
      Int32Array.of(2, 5, 0, 7, 0, 5),
    );
    expect(gestures.nudge!(scheduled, 'op:0:0', -1, 0)).toBeNull();
    expect(gestures.nudge!(scheduled, 'op:0:0', 0, 1)).toBeNull();
  });

  test('Delete removes the job, but not the last one', () => {
    const edit = gestures.remove!(scheduled, 'op:1:1');
    if (edit?.kind !== 'instance') throw new Error('not removed');
    expect(edit.instance.jobs).toEqual([three.jobs[0], three.jobs[2]]);
    const last = frameOf({ ...three, jobs: [three.jobs[0]] });
    expect(gestures.remove!(last, 'op:0:0')).toMatchObject({ kind: 'refused' });
  });
});

describe('Gantt chart', () => {
  test('has a bar an operation in the row of its machine or job', () => {
    for (const rows of ['machines', 'jobs'] as const) {
      const scene = drawGantt(scheduled, rows);
      expect(bars(scene)).toHaveLength(6);
      const bar = bars(scene).find(({ id }) => id === 'op:2:1')!;
      expect([bar.x, bar.w]).toEqual([5, 1]);
      expect(Math.floor(bar.y)).toBe(rows === 'machines' ? 0 : 2);
      expect(scene.yAxis?.categories).toEqual(
        rows === 'machines' ? ['M1', 'M2'] : ['J1', 'J2', 'J3'],
      );
    }
  });

  test('outlines the critical path unless it is switched off', () => {
    const outlined = (frame: JobShopFrame) =>
      bars(drawGantt(frame, 'machines'))
        .filter(({ stroke }) => stroke === 'ink')
        .map(({ id }) => id);
    expect(outlined(scheduled)).toEqual(['op:0:0', 'op:0:1', 'op:1:1']);
    expect(outlined({ ...scheduled, toggles: { 'critical-path': false } })).toEqual([]);
  });

  test('idle time fills each row to the makespan', () => {
    const scene = drawGantt({ ...scheduled, toggles: { 'idle-time': true } }, 'machines');
    const total = scene.items
      .filter((item): item is RectItem => item.kind === 'rect')
      .reduce((sum, item) => sum + item.w, 0);
    expect(total).toBe(2 * 9);
  });

  test('shows bound and makespan inside its bounds', () => {
    const scene = drawGantt({ ...scheduled, bound: 8 }, 'machines');
    const lines = scene.items.filter((item) => item.kind === 'path');
    expect(lines.map((line) => [line.stroke, line.points[0]])).toEqual([
      ['ink3', 9],
      ['bound', 8],
    ]);
    expect(scene.items.every((item) => itemBox(item)!.maxX <= scene.bounds.maxX)).toBe(true);
    expect(scene.description).toMatch(/3 jobs on 2 machines: makespan 9, proven bound 8/);
  });

  test('shows which operations do not fit within a makespan that a proof has refuted', () => {
    const ft06 = instanceOf('ft06');
    const starts = new Int32Array(36).map((_, i) => 60 * i);
    const frame = frameOf(ft06, {
      solution: { starts },
      bound: 55,
      evidence: { makespan: 54, refutedOrders: [] },
      toggles: { 'bound-explained': true },
    });
    for (const rows of ['machines', 'jobs'] as const) {
      const scene = drawGantt(frame, rows);
      expect(scene.description).toMatch(
        /Bound 55: within a makespan of 54, edge finding shows that \d operations? on M\d would start/,
      );
      const outlined = scene.items.filter(
        (item) => item.kind === 'rect' && /would not fit within 54/.test(item.title ?? ''),
      );
      expect(outlined.length).toBeGreaterThan(0);
    }
    const beyond = drawGantt({ ...frame, bound: 60 }, 'machines');
    expect(beyond.description).toMatch(/From there to 60 by searching the tree/);
    // Weaker than what needs no search, or no evidence: that bound is explained.
    for (const evidence of [{ makespan: 40, refutedOrders: [] }, undefined, 'other'])
      expect(drawGantt({ ...frame, evidence }, 'machines').description).toMatch(/Bound 52 \(/);
  });

  test('a solution of another instance is not drawn', () => {
    const scene = drawGantt(frameOf(three, { solution: { starts: new Int32Array(4) } }), 'jobs');
    expect(scene.description).toMatch(/not scheduled yet/);
    expect(bars(scene)).toHaveLength(6);
  });

  test('2 000 bars keep the order of drawing: outlined ones on top', () => {
    const instance = instanceOf('ta71');
    const scene = drawGantt(frameOf(instance, { solution: inSequence(instance) }), 'machines');
    const all = bars(scene);
    expect(all).toHaveLength(2000);
    const first = all.findIndex(({ stroke }) => stroke === 'ink');
    expect(all.slice(first).every(({ stroke }) => stroke === 'ink')).toBe(true);
  });
});

describe('table', () => {
  test('tells start, end, waiting and the critical path', () => {
    const data = table(scheduled);
    const row = (index: number) => data.columns.map((_, column) => data.cell(index, column));
    expect(data.rows).toBe(6);
    expect(row(5)).toEqual(['J3', 2, 'M1', 1, 5, 6, 4, '']);
    expect(row(1)).toEqual(['J1', 2, 'M2', 2, 3, 5, 0, 'yes']);
    expect(data.element!(5)).toBe('op:2:1');
  });
});

describe('editing the instance', () => {
  const operations = () => grids(three)[0];
  const machines = () => grids(three)[1];
  const message = (result: Result<JobShopInstance>) =>
    result.ok ? 'fine' : describeIssue(result.issues[0]);

  test('a cell is machine·time', () => {
    for (const text of ['2·78', 'M2 78', ' 2:78 ', '2,78', '2.78'])
      expect(unwrap(readCell(text, 2))).toEqual([1, 78]);
    expect(operations().cell(1, 1)).toBe('2·4');
    expect(unwrap(operations().set(1, 1, '1·9')).jobs[1][1]).toEqual([0, 9]);
    expect(message(operations().set(1, 1, '3·9'))).toMatch(/machines M1 to M2/);
    expect(message(operations().set(1, 1, '-3'))).toMatch(/Write machine·time/);
    expect(message(operations().set(1, 1, '1·99999999999'))).toMatch(/at most/);
  });

  test('the empty cell behind a job takes a new operation, an emptied one removes it', () => {
    expect(operations().cell(0, 2)).toBe('');
    expect(unwrap(operations().set(0, 2, '1·7')).jobs[0]).toEqual([...three.jobs[0], [0, 7]]);
    expect(unwrap(operations().set(0, 0, '')).jobs[0]).toEqual([[1, 2]]);
    const single = grids({ ...three, jobs: [[[0, 1]]] })[0];
    expect(message(single.set(0, 0, ''))).toMatch(/no other operation/);
  });

  test('jobs and machines come and go', () => {
    const longer = unwrap(operations().addRow!.apply());
    expect(longer.jobs[3]).toEqual([
      [0, 2],
      [1, 2],
    ]);
    expect(unwrap(operations().removeRow!(0)).jobs).toEqual(three.jobs.slice(1));
    const wider = unwrap(operations().addColumn!.apply());
    expect(wider.machines).toBe(3);
    expect(wider.jobs.every((job) => job.at(-1)![0] === 2)).toBe(true);
    expect(unwrap(machines().addRow!.apply()).machines).toBe(3);
    expect(unwrap(machines().removeRow!(0))).toEqual({
      name: 'three',
      machines: 1,
      jobs: [[[0, 2]], [[0, 4]], [[0, 1]]],
    });
  });

  test('the table of machines edits durations', () => {
    expect(machines().cell(1, 2)).toBe(1);
    expect(unwrap(machines().set(1, 2, 6)).jobs[2][0]).toEqual([1, 6]);
    expect(message(machines().set(1, 2, -6))).toMatch(/duration must be/);
    const twice = grids({
      ...three,
      jobs: [
        [
          [0, 1],
          [0, 2],
        ],
      ],
    })[1];
    expect(twice.cell(0, 0)).toBeNull();
    expect(message(twice.set(0, 0, 3))).toMatch(/exactly once/);
  });

  test('the number of machines shrinks to those in use', () => {
    const [field] = fields(three);
    expect(unwrap(field.set(4)).machines).toBe(4);
    expect(message(field.set(1))).toMatch(/M2 is in use/);
  });

  test('a removed machine with a job’s only operations is refused', () => {
    const alone = grids({ ...three, jobs: [[[0, 1]], [[1, 1]]] })[1];
    expect(message(alone.removeRow!(1))).toMatch(/J2 has operations on M2 only/);
  });
});

test('the search is described in words', () => {
  const trace = {
    columns: [
      { id: 'moves', label: 'Moves' },
      { id: 'makespan', label: 'Makespan' },
    ],
    length: 2,
    values: [Float64Array.of(0, 1024, 0), Float64Array.of(70, 58, 0)],
  };
  expect(describeSearch(frameOf(three, { trace }))).toMatch(/from 58 to 70/);
  expect(describeSearch(frameOf(three))).toMatch(/No search/);
});
