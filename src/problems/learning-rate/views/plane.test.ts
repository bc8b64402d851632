import { describe, expect, it } from 'vitest';
import { makeBody, makeSchedule } from '../schedule.ts';
import { TRACE, type COLUMN } from '../solvers.ts';
import { makeTask } from '../tasks.ts';
import type { TraceData } from '../../views.ts';
import type { LrFrame } from './common.ts';
import { continuation } from './continuation.ts';
import { planeMode, planeOfTrace } from './plane.ts';

type Row = Partial<Record<keyof typeof COLUMN, number>>;

const traceOf = (rows: readonly Row[]): TraceData => ({
  columns: TRACE,
  length: rows.length,
  values: TRACE.map(({ id }) => Float64Array.from(rows, (row) => row[id] ?? NaN)),
});

/** Three snapshots and a 3 × 3 grid around them, after some training. */
const rows: Row[] = [
  { step: 0, train: 1 },
  { step: 5, train: 0.5 },
  { step: 10, planeShare: 0.7 },
  { step: 10, planeShare: 0.2 },
  { step: 10, planeStep: 0, planeX: -1, planeY: 1, planeLoss: 1 },
  { step: 10, planeStep: 5, planeX: 1, planeY: 0, planeLoss: 0.5 },
  { step: 10, planeStep: 10, planeX: 0, planeY: 0, planeLoss: 0.25 },
  ...[-2, 0, 2].flatMap((y) =>
    [-2, 0, 2].map((x) => ({ step: 10, planeX: x, planeY: y, planeLoss: 0.25 + x * x + y * y })),
  ),
];

const instance = {
  name: 'Test',
  task: makeTask('spirals'),
  steps: 10,
  batch: 8,
  schedule: makeSchedule(0.1, makeBody('cosine')),
};

const frame = (change: Partial<LrFrame> = {}): LrFrame => ({
  instance,
  solution: null,
  report: null,
  bound: null,
  trace: traceOf(rows),
  toggles: {},
  tool: '',
  selected: null,
  ...change,
});

describe('the plane of a path', () => {
  it('is read from the rows that a run ends with', () => {
    const plane = planeOfTrace(traceOf(rows))!;
    expect(plane.shares).toEqual([0.7, 0.2]);
    expect(plane.steps).toEqual([0, 5, 10]);
    expect(plane.points[1]).toEqual([1, 0]);
    expect(plane.grid.size).toBe(3);
    expect(plane.grid.box).toEqual({ minX: -2, minY: -2, maxX: 2, maxY: 2 });
    // Still being worked out.
    expect(planeOfTrace(traceOf(rows.slice(0, -1)))).toBeNull();
    expect(planeOfTrace(traceOf(rows.slice(0, 2)))).toBeNull();
    expect(planeOfTrace(null)).toBeNull();
  });

  it('says what it shows, and that a random walk looks alike', () => {
    const scene = planeMode.draw(frame());
    expect(scene.xAxis?.label).toMatch(/First component, 70.?%/);
    expect(scene.description).toMatch(/90.?% of its variance/);
    expect(scene.description).toMatch(/random walk/);
    expect(planeMode.draw(frame({ trace: null })).description).toMatch(/No plane yet/);
  });

  it('marks the step that another chart is pointed at, between snapshots too', () => {
    const marks = (cursor: number | null) =>
      planeMode.draw(frame({ cursor })).items.filter((item) => item.kind === 'points').length;
    expect(marks(1)).toBe(marks(null) + 1);
    expect(marks(99)).toBe(marks(null));
  });
});

describe('going on from a saved run', () => {
  const solution = (step: number) => ({
    parameters: new Float64Array(1),
    step: 0,
    checkpoint: { step, arrays: [] },
  });

  it('needs what a run wrote down', () => {
    expect(continuation(instance, { parameters: new Float64Array(1), step: 3 })).toBeNull();
  });

  it('is to the end of the curve, or of a longer one', () => {
    expect(continuation(instance, solution(4))).toMatchObject({ isOver: false });
    const over = continuation(instance, solution(10))!;
    expect(over.isOver).toBe(true);
    expect(over.longer?.instance.steps).toBe(15);
    expect(continuation({ ...instance, steps: 200_000 }, solution(10))?.longer).toBeUndefined();
  });
});
