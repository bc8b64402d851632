import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIncumbentQueue, createTraceQueue, RECORDS_PER_MESSAGE } from './outbox.ts';

const record = (objective: number, solution: unknown = { tour: [objective] }) => ({
  solution,
  report: { feasible: true, objective, violations: [] },
  seconds: -objective,
  steps: 1,
});

describe('incumbents that wait for credit', () => {
  it('keep every point, the newest solution, and a bounded number of others in order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (count) => {
        const queue = createIncumbentQueue();
        for (let i = 0; i < count; i++) queue.push(record(1000 - i));
        const { points, records } = queue.take();
        expect(points.length).toBe(3 * count);
        expect(records.length).toBeLessThanOrEqual(RECORDS_PER_MESSAGE);
        const objectives = records.map(({ report }) => report.objective);
        expect(objectives.at(-1)).toBe(1001 - count);
        expect(objectives).toEqual(objectives.toSorted((a, b) => b - a));
        expect(queue.empty).toBe(true);
      }),
    );
  });

  it('of heavy solutions only the newest is sent', () => {
    const queue = createIncumbentQueue();
    for (let i = 0; i < 5; i++) queue.push(record(-i, { tour: new Int32Array(1_000_000) }));
    const { points, records } = queue.take();
    expect(points.length).toBe(15);
    expect(records.map(({ report }) => report.objective)).toEqual([-4]);
  });
});

describe('trace rows that wait for credit', () => {
  it('are thinned, a spike and the newest stay, each with its time', () => {
    const queue = createTraceQueue();
    for (let i = 0; i < 50_000; i++) queue.push([i, i === 31_337 ? 5 : i / 50_000], 10 * i);
    const { rows, seconds } = queue.take();
    expect(rows.length).toBeLessThanOrEqual(2 * 4096);
    expect(rows[rows.length - 2]).toBe(49_999);
    seconds.forEach((at, row) => expect(at).toBe(10 * rows[2 * row]));
    expect(rows).toContain(5);
  });
});
