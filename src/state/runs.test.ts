import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../core/budget.ts';
import { testFamily } from '../problems/test-family.ts';
import {
  createRecordStore,
  hashInstance,
  joinLines,
  MAX_POINTS,
  MAX_RECORDS,
  thinPoints,
  type ConvergencePoint,
  type RunRecord,
} from './runs.ts';

const run = (
  change: Partial<RunRecord> = {},
): Omit<RunRecord, 'id' | 'colourIndex' | 'pinned'> => ({
  finishedAt: 0,
  family: 'tsp',
  instanceHash: 'x',
  instanceName: 'Square',
  facts: [],
  solverId: 'swap',
  solverVersion: 1,
  solverName: 'Swap',
  params: {},
  seed: 1,
  budget: NO_BUDGET,
  workers: 1,
  objective: 4,
  digits: 0,
  isLoss: false,
  bound: null,
  proof: null,
  reason: 'stopped',
  seconds: 1,
  steps: 10,
  points: [],
  solution: null,
  ...change,
});

const points = (count: number, objective: (i: number) => number): ConvergencePoint[] =>
  Array.from({ length: count }, (_, i) => ({
    seconds: i / 100,
    steps: i,
    objective: objective(i),
    bound: null,
  }));

describe('records', () => {
  it('keep their colour while others go, and a new one takes the free colour', () => {
    const store = createRecordStore();
    const [a, b, c] = [store.add(run()), store.add(run()), store.add(run())];
    expect([a, b, c].map(({ colourIndex }) => colourIndex)).toEqual([0, 1, 2]);
    store.remove(b.id);
    expect(store.add(run()).colourIndex).toBe(1);
    expect(store.getState().records.find(({ id }) => id === c.id)?.colourIndex).toBe(2);
  });

  it('are newest first, and pinned ones outlive the cap and a clear', () => {
    const store = createRecordStore();
    const first = store.add(run());
    store.togglePin(first.id);
    for (let i = 0; i < MAX_RECORDS + 10; i++) store.add(run({ seed: i }));
    const { records } = store.getState();
    expect(records).toHaveLength(MAX_RECORDS);
    expect(records[0].seed).toBe(MAX_RECORDS + 9);
    expect(records.at(-1)?.id).toBe(first.id);
    store.clear();
    expect(store.getState().records.map(({ id }) => id)).toEqual([first.id]);
    store.togglePin(first.id);
    store.clear();
    expect(store.getState().records).toEqual([]);
  });

  it('restore beside those of now, in order, with colours of their own', () => {
    const before = createRecordStore();
    before.add(run({ finishedAt: 1 }));
    before.add(run({ finishedAt: 5 }));
    const store = createRecordStore();
    store.add(run({ finishedAt: 3 }));
    store.restore(before.getState().records);
    store.restore(before.getState().records);
    const { records } = store.getState();
    expect(records.map(({ finishedAt }) => finishedAt)).toEqual([5, 3, 1]);
    expect(new Set(records.map(({ colourIndex }) => colourIndex)).size).toBe(3);
  });
});

describe('thinPoints', () => {
  it('keeps at most the cap, the ends, the order, and only points that were there', () => {
    const curves = fc
      .array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.option(fc.nat(50))), { maxLength: 300 })
      .map((steps) => {
        let seconds = 0;
        let objective = 1e6;
        return steps.map(([time, gain, bound]): ConvergencePoint => ({
          seconds: (seconds += time / 100),
          steps: 0,
          objective: (objective -= gain),
          bound,
        }));
      });
    fc.assert(
      fc.property(curves, fc.integer({ min: 2, max: 40 }), (curve, max) => {
        const thin = thinPoints(curve, max);
        expect(thin.length).toBe(Math.min(max, curve.length));
        expect(thin[0]).toBe(curve[0]);
        expect(thin.at(-1)).toBe(curve.at(-1));
        let at = -1;
        for (const point of thin) {
          const next = curve.indexOf(point, at + 1);
          expect(next).toBeGreaterThan(at);
          at = next;
        }
      }),
    );
  });

  it('keeps a sudden drop within the last of many flat points', () => {
    const curve = points(5000, (i) => (i < 4000 ? 100 - i * 1e-6 : 50 - i * 1e-6));
    const thin = thinPoints(curve, 50);
    expect(thin).toContain(curve[4000]);
  });

  it('is applied when a run is kept', () => {
    const record = createRecordStore().add(run({ points: points(9000, (i) => 1 / (i + 1)) }));
    expect(record.points).toHaveLength(MAX_POINTS);
  });
});

it('joins incumbents and bounds in time', () => {
  const line = (...rows: [seconds: number, steps: number, value: number][]) => ({
    seconds: { values: rows.map(([seconds]) => seconds), length: rows.length },
    steps: { values: rows.map(([, steps]) => steps) },
    values: { values: rows.map(([, , value]) => value) },
  });
  expect(joinLines(line([1, 10, 9], [3, 30, 7]), line([1, 12, 2], [2, 20, 4]))).toEqual([
    { seconds: 1, steps: 10, objective: 9, bound: null },
    { seconds: 1, steps: 12, objective: 9, bound: 2 },
    { seconds: 2, steps: 20, objective: 9, bound: 4 },
    { seconds: 3, steps: 30, objective: 7, bound: 4 },
  ]);
});

it('hashes instances by content, not by name', () => {
  const family = testFamily();
  const square = family.gallery[0].instance();
  const hash = hashInstance(family, square);
  expect(hash).toMatch(/^[0-9a-f]{8}-[0-9a-z]+$/);
  expect(hashInstance(family, family.withName(square, 'Other'))).toBe(hash);
  expect(hashInstance(family, { name: 'Square', points: [[0, 0]] })).not.toBe(hash);
});
