import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../core/result.ts';
import type { EChartsOption } from 'echarts';
import type { ChartColours, Edit, TraceData } from '../../views.ts';
import { learningRates } from '../curve.ts';
import { gallery } from '../gallery.ts';
import type { Instance, Solution } from '../instance.ts';
import { parameterCount } from '../model.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { COLUMN, TRACE } from '../solvers.ts';
import { makeTask } from '../tasks.ts';
import { rateAxis } from './axis.ts';
import { boundMode } from './bound-chart.ts';
import { lossMode, rateMode } from './charts.ts';
import { niceCeiling, thin, type LrFrame } from './common.ts';
import { contour, sampleGrid } from './contours.ts';
import { curveMode } from './curve.ts';
import { fields } from './fields.ts';
import { grids } from './grids.ts';
import { surfaceMode } from './surface.ts';
import { table } from './table.ts';
import { trajectoryMode } from './trajectory.ts';

const colours: ChartColours = {
  ink: '#000',
  ink2: '#222',
  ink3: '#444',
  line: '#ddd',
  panel: '#fff',
  accent: '#00f',
  bound: '#a50',
  good: '#0a0',
  warn: '#aa0',
  series: (index) => `#00${index}`,
};

function traceOf(rows: number[][]): TraceData {
  return {
    columns: TRACE,
    length: rows.length,
    values: TRACE.map((_, column) => Float64Array.from(rows, (row) => row[column] ?? NaN)),
    seconds: Float64Array.from(rows, (_, row) => row / 4),
  };
}

const trace = traceOf([
  [0, 0.1, 2, 1.9, 3, -1.2, 1],
  [1, 0.1, 1.5, NaN, 2, 9, 1e9],
  [2, 0.1, Infinity, 1.2, 1, NaN, NaN],
  [4, 0, NaN, 1.1, NaN, 1, 1],
]);

const instance = (change: Partial<Instance> = {}): Instance => ({
  name: 'Test',
  task: makeTask('rosenbrock'),
  steps: 100,
  batch: 1,
  schedule: makeSchedule(0.1, makeBody('cosine'), { steps: 10 }, { steps: 20 }),
  ...change,
});

const frame = (change: Partial<LrFrame> = {}): LrFrame => ({
  instance: instance(),
  solution: null,
  report: null,
  bound: null,
  trace: null,
  toggles: {},
  tool: 'points',
  selected: null,
  ...change,
});

const gestures = curveMode.gestures!;
const none = { shift: false, alt: false };

function changed(edit: Edit<Instance, Solution> | null): Instance {
  if (edit?.kind !== 'instance') throw new Error(`No edit: ${JSON.stringify(edit)}`);
  return edit.instance;
}

describe('the curve by hand', () => {
  it('drags warm-up, cooldown and peak', () => {
    const at = { x: 10, y: 0.05 };
    const drag = (id: string, x: number, y: number) =>
      changed(gestures.drag!(frame(), id, at, { x, y })).schedule;
    expect(drag('handle:warmup', 30, 0.05).warmup.steps).toBe(30);
    expect(drag('handle:cooldown', 0, 0.05).cooldown.steps).toBe(30);
    expect(drag('handle:peak', 10, 0.1).peak).toBeCloseTo(0.15, 12);
    expect(gestures.drag!(frame(), 'point:0', at, at)).toBeNull();
  });

  it('drags the peak by decades on a logarithmic picture', () => {
    const edit = gestures.drag!(
      frame({ toggles: { log: true } }),
      'handle:peak',
      { x: 0, y: -1 },
      { x: 0, y: -2 },
    );
    expect(changed(edit).schedule.peak).toBeCloseTo(0.01, 12);
  });

  it('a click turns a named curve into control points and says so', () => {
    const edit = gestures.click!(frame(), null, { x: 50, y: 0.09 }, none);
    expect(edit).toMatchObject({
      kind: 'instance',
      announce: expect.stringMatching(/^Cosine became \d+ control points/),
      select: expect.stringMatching(/^point:\d+$/),
    });
    const { schedule, steps } = changed(edit);
    expect(learningRates(schedule, steps)[50]).toBeCloseTo(0.09, 5);
  });

  it('a click in the warm-up is refused with a reason, on an element it means nothing', () => {
    const refused = gestures.click!(frame(), null, { x: 5, y: 0.09 }, none);
    expect(refused).toMatchObject({ kind: 'refused' });
    expect(gestures.click!(frame(), 'handle:peak', { x: 50, y: 0.1 }, none)).toBeNull();
  });

  it('moves, nudges and removes a control point', () => {
    const edited = changed(gestures.click!(frame(), null, { x: 50, y: 0.02 }, none));
    const body = edited.schedule.body as { points: readonly (readonly number[])[] };
    const index = body.points.findIndex((point) => point[1] === 0.2);
    const next = frame({ instance: edited });
    const moved = changed(
      gestures.drag!(next, `point:${index}`, { x: 50, y: 0.02 }, { x: 50, y: 0.04 }),
    );
    expect(learningRates(moved.schedule, 100)[50]).toBeCloseTo(0.04, 4);
    const nudged = changed(gestures.nudge!(next, `point:${index}`, 0, -1));
    expect(learningRates(nudged.schedule, 100)[50]).toBeGreaterThan(0.0205);
    const removed = changed(gestures.remove!(next, `point:${index}`));
    expect((removed.schedule.body as typeof body).points.length).toBe(body.points.length - 1);
  });

  it('draws only with the pen, and offers no handles then', () => {
    const stroke = [20, 0.02, 40, 0.05, 60, 0.01];
    expect(gestures.stroke!(frame(), stroke)).toBeNull();
    const pen = frame({ tool: 'draw' });
    const { schedule } = changed(gestures.stroke!(pen, stroke));
    expect(learningRates(schedule, 100)[40]).toBeCloseTo(0.05, 3);
    expect(gestures.click!(pen, null, { x: 50, y: 0.05 }, none)).toBeNull();
    const ids = (of: LrFrame) =>
      curveMode.draw(of).items.filter((item) => 'id' in item && item.id !== undefined).length;
    expect([ids(frame()), ids(pen)]).toEqual([3, 0]);
  });

  it('Delete on a handle takes warm-up or cooldown away', () => {
    const without = (id: string) => changed(gestures.remove!(frame(), id)).schedule;
    expect(without('handle:warmup').warmup.steps).toBe(0);
    expect(without('handle:cooldown').cooldown.steps).toBe(0);
    expect(gestures.remove!(frame(), 'handle:peak')).toBeNull();
  });
});

describe('pictures', () => {
  const inside = (scene: ReturnType<typeof curveMode.draw>) => {
    const { minX, maxX, minY, maxY } = scene.bounds;
    for (const item of scene.items)
      if (item.kind === 'path' || item.kind === 'points' || item.kind === 'segments')
        item.points.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual((i % 2 === 0 ? minX : minY) - 1e-9);
          expect(value).toBeLessThanOrEqual((i % 2 === 0 ? maxX : maxY) + 1e-9);
        });
  };

  it('stay inside their bounds with a run that leaves them, linear and logarithmic', () => {
    const solution = { parameters: Float64Array.of(50, -50), step: 4 };
    for (const log of [false, true])
      inside(curveMode.draw(frame({ trace, solution, toggles: { log } })));
    const scene = trajectoryMode.draw(frame({ trace, solution }));
    inside(scene);
    expect(scene.description).toMatch(/leaves the picture/);
  });

  it('draw every gallery instance in every way, with a model of zeros', () => {
    for (const entry of gallery) {
      const example = entry.instance();
      const parameters = new Float64Array(parameterCount(example.task));
      const of = frame({ instance: example, solution: { parameters, step: 0 }, trace });
      inside(curveMode.draw(of));
      if (['spirals', 'wsd-petals'].includes(entry.id)) inside(surfaceMode.draw(of));
    }
  });

  it('contours follow the level', () => {
    const grid = sampleGrid({ minX: -2, minY: -2, maxX: 2, maxY: 2 }, 81, (x, y) => x * x + y * y);
    const points = contour(grid, 1);
    expect(points.length).toBeGreaterThan(200);
    for (let i = 0; i < points.length; i += 2)
      expect(Math.hypot(points[i], points[i + 1])).toBeCloseTo(1, 2);
    const saddle = sampleGrid({ minX: -1, minY: -1, maxX: 1, maxY: 1 }, 2, (x, y) => x * y);
    expect(contour(saddle, 0.5)).toHaveLength(8);
    expect(contour(saddle, 5)).toEqual([]);
  });

  it('keep the extremes when thinned', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => (i === 4321 ? 9 : i % 7));
    const kept = thin(values, 500);
    expect(kept.length).toBeLessThanOrEqual(500);
    expect(kept).toContain(4321);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  it('round axes up', () => {
    expect([0.09, 0.1, 0.11, 3.2, 99, 0].map(niceCeiling)).toEqual(
      [0.1, 0.1, 0.12, 4, 100, 1].map((value): unknown => expect.closeTo(value, 12)),
    );
    const axis = rateAxis(instance(), true);
    expect(axis.rate(axis.y(0.02))).toBeCloseTo(0.02, 12);
    expect(axis.rate(axis.y(0))).toBe(0);
  });

  it('drag the start of the path', () => {
    const edit = trajectoryMode.gestures!.drag!(
      frame(),
      'start:0',
      { x: 0, y: 0 },
      { x: 1, y: -9 },
    );
    expect(changed(edit).task).toMatchObject({ startX: -0.2, startY: -5 });
  });
});

describe('the bound of a curve', () => {
  it('is the sum of its two terms, equal at the end', () => {
    const option = boundMode.option(frame({ toggles: { log: false } }), colours);
    const [whole, distance, noise] = (option.series as { data: number[][] }[]).map(
      ({ data }) => data,
    );
    whole.forEach(([x, y], i) => {
      expect(distance[i][0]).toBe(x);
      expect(distance[i][1] + noise[i][1]).toBeCloseTo(y, 12);
    });
    expect(distance.at(-1)![1]).toBeCloseTo(noise.at(-1)![1], 12);
    expect(boundMode.describe(frame())).toMatch(/^The bound ends at 0\./);
  });
});

describe('charts', () => {
  const series = (option: EChartsOption) => option.series as { name: string; data: number[][] }[];

  it('show finite losses and the bound beside them', () => {
    const spirals = instance({ task: makeTask('spirals') });
    const option = lossMode.option(frame({ instance: spirals, trace }), colours);
    const [train, validation, bound] = series(option);
    expect(train.data).toEqual([
      [0, 2],
      [1, 1.5],
    ]);
    expect(validation.data).toEqual([
      [0, 1.9],
      [2, 1.2],
      [4, 1.1],
    ]);
    expect(bound.name).toMatch(/Schaipp et al\. 2025.*G = D = 1/);
    expect(bound.data.at(-1)![0]).toBe(100);
    expect(series(lossMode.option(frame({ toggles: { bound: false } }), colours))).toHaveLength(1);
    expect(lossMode.describe(frame({ trace }))).toMatch(/step 4 of 100: .*1\.1/);
  });

  it('smooth the training loss in front of the raw line, over Σ η when asked', () => {
    const spirals = instance({ task: makeTask('spirals') });
    const noisy = traceOf(
      Array.from({ length: 101 }, (_, t) => {
        const row = [t, 0.1, t === 50 ? 40 : 1 + (t % 2), NaN];
        // A run whose rates were halved by its feedback.
        row[COLUMN.sum] = 0.05 * t;
        return row;
      }),
    );
    const shown = frame({
      instance: spirals,
      trace: noisy,
      toggles: { smooth: true, sum: true, bound: false },
    });
    const [raw, smoothed] = series(lossMode.option(shown, colours));
    // The spike stays in the raw line.
    expect(Math.max(...raw.data.map(([, y]) => y))).toBe(40);
    expect(smoothed.data.length).toBe(raw.data.length);
    expect(Math.max(...smoothed.data.map(([, y]) => y))).toBeLessThan(40);
    raw.data.forEach(([x], t) => expect(x).toBeCloseTo(0.05 * t, 12));
    // The average is one over steps, whatever it is drawn over.
    const toggles = { smooth: true, bound: false };
    const [, overSteps] = series(lossMode.option({ ...shown, toggles }, colours));
    expect(smoothed.data.map(([, y]) => y)).toEqual(overSteps.data.map(([, y]) => y));
    const over = { ...shown, toggles: { ...toggles, time: true, logX: true } };
    const [timed] = series(lossMode.option(over, colours));
    // A logarithm has no zero.
    expect(timed.data.map(([x]) => x)).toEqual(Array.from({ length: 100 }, (_, t) => (t + 1) / 4));
    expect(lossMode.axis!(over)).toMatchObject({ log: true, values: noisy.seconds });
  });

  it('draw pinned runs beside this one, and what was highest between rows', () => {
    const spirals = instance({ task: makeTask('spirals') });
    const rows = [
      [0, 0.1, 2, 1.9],
      [5, 0.1, 1, 1.2],
    ];
    rows[1][COLUMN.trainHigh] = 7;
    const run = traceOf(rows);
    const pinned = [{ name: 'WSD, Adam', colourIndex: 4, seed: 2, trace: run }];
    const lines = series(
      lossMode.option(
        frame({ instance: spirals, trace: run, pinned, toggles: { bound: false } }),
        colours,
      ),
    );
    expect(lines.map(({ name }) => name)).toEqual([
      'Training loss',
      'Highest of the steps between',
      'Validation loss',
      'WSD, Adam, seed 2',
    ]);
    expect(lines[1].data).toEqual([[5, 7]]);
    expect(lines[3].data).toEqual(lines[2].data);
  });

  it('leave zero rates out of a logarithmic axis', () => {
    const option = rateMode.option(frame({ trace, toggles: { log: true } }), colours);
    for (const { data } of series(option))
      for (const pair of data) expect(pair[1]).toBeGreaterThan(0);
    expect(rateMode.describe(frame())).toMatch(/No run yet/);
  });

  it('fill the table as far as the run has come', () => {
    const data = table(frame({ trace }));
    expect(data.rows).toBe(101);
    expect([0, 1, 2, 3, 4].map((column) => data.cell(2, column))).toEqual([2, 0.02, 1.5, 1.2, 1]);
    expect(data.cell(5, 2)).toBe('');
    expect(data.cell(100, 1)).toBe(0);
  });
});

describe('fields and grids', () => {
  const field = (of: Instance, id: string) => fields(of).find((one) => one.id === id)!;
  const after = (of: Instance, id: string, value: string | number) =>
    unwrap(field(of, id).set(value));

  it('change the kind of schedule and keep what can be kept', () => {
    for (const kind of ['wsd', 'points', 'pieces', 'formula', 'step', 'constant'])
      expect(field(after(instance(), 'schedule', kind), 'schedule').value).toBe(
        // A constant body with a cooldown is WSD.
        kind === 'constant' ? 'wsd' : kind,
      );
    const wsd = after(instance(), 'schedule', 'wsd');
    expect(after(wsd, 'schedule', 'linear').schedule.cooldown.steps).toBe(0);
    const formula = after(
      instance({ schedule: makeSchedule(1, makeBody('polynomial')) }),
      'schedule',
      'formula',
    );
    expect(learningRates(formula.schedule, 100)[50]).toBeCloseTo(0.25, 12);
  });

  it('put schedules together by sequence and product', () => {
    let made = after(after(instance(), 'schedule', 'cosine'), 'schedule', 'sequence');
    expect(made.schedule.body).toMatchObject({
      parts: [{ body: { kind: 'cosine' } }, { body: { kind: 'linear' } }],
    });
    made = after(after(made, 'members', 3), 'member2', 'uba');
    made = after(after(made, 'member2.phi', 3), 'member0.share', 4);
    expect(made.schedule.body).toMatchObject({
      kind: 'sequence',
      parts: [{ share: 4 }, { share: 1 }, { share: 1, body: { kind: 'uba', phi: 3 } }],
    });
    made = after(made, 'schedule', 'product');
    expect(made.schedule.body).toMatchObject({ kind: 'product', factors: [{}, {}, { phi: 3 }] });
    made = after(made, 'members', 1);
    const formula = after(made, 'schedule', 'formula').schedule.body;
    expect(formula).toMatchObject({ kind: 'formula', formula: expect.stringContaining('cos(pi') });
    expect(field(made, 'member0').set('product').ok).toBe(false);
  });

  it('change task, steps and formula, or say what is wrong', () => {
    expect(after(instance(), 'task', 'iris').task.kind).toBe('iris');
    expect(after(instance(), 'steps', 200).schedule.cooldown.steps).toBe(40);
    expect(field(instance(), 'steps').set(0).ok).toBe(false);
    expect(field(instance(), 'task').set('moon').ok).toBe(false);
    const typed = after(instance(), 'schedule', 'formula');
    const wrong = field(typed, 'formula').set('1 / t');
    expect(wrong.ok).toBe(true);
    const none = field({ ...typed, schedule: makeSchedule(1, typed.schedule.body) }, 'formula');
    expect(none.set('1 / t').ok).toBe(false);
  });

  it('edit control points and segments as tables', () => {
    const withPoints = after(instance(), 'schedule', 'points');
    const [points, segments] = grids(withPoints);
    expect(learningRates(unwrap(points.set(0, 1, 0.05)).schedule, 100)[10]).toBeCloseTo(0.05, 12);
    expect(grids(unwrap(points.addRow!.apply()))[0].rows).toBe(points.rows + 1);
    expect(grids(unwrap(points.removeRow!(0)))[0].rows).toBe(points.rows - 1);
    expect(unwrap(segments.set(0, 1, 25)).schedule.warmup.steps).toBe(25);
    expect(unwrap(segments.set(2, 3, 0.5)).schedule.cooldown.to).toBe(0.5);
    expect(segments.cell(1, 0)).toBeNull();
  });

  it('adds, lengthens and removes segments', () => {
    const [segments] = grids(instance());
    const two = unwrap(segments.addRow!.apply());
    const [grid] = grids(two);
    expect([grid.rows, grid.cell(1, 1), grid.cell(2, 1)]).toEqual([4, 35, 35]);
    const longer = grids(unwrap(grid.set(1, 1, 60)))[0];
    expect([longer.cell(1, 1), longer.cell(2, 1)]).toEqual([60, 10]);
    expect(grid.set(1, 1, 70).ok).toBe(false);
    expect(grids(unwrap(grid.removeRow!(2)))[0].rows).toBe(3);
    expect(unwrap(grid.removeRow!(0)).schedule.warmup.steps).toBe(0);
    expect(segments.removeRow!(1).ok).toBe(false);
  });
});
