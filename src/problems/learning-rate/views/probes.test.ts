import { describe, expect, it } from 'vitest';
import { makeBody, makeSchedule } from '../schedule.ts';
import { TRACE, type COLUMN } from '../solvers.ts';
import { makeTask } from '../tasks.ts';
import { probesMode, probesOf } from './probes.ts';

const row = (values: Partial<Record<keyof typeof COLUMN, number>>): number[] =>
  TRACE.map(({ id }) => values[id] ?? NaN);

function traceOf(rows: number[][]) {
  return {
    columns: TRACE,
    length: rows.length,
    values: TRACE.map((_, column) => Float64Array.from(rows, (values) => values[column])),
  };
}

const probe = (step: number, branch: number, rate: number, losses: number[]) =>
  losses.map((loss, k) =>
    row({ step, branch, branchStep: step + k, branchRate: rate, branchLoss: loss }),
  );

const trace = traceOf([
  ...probe(0, 1, 0.1, [3, 2]),
  ...probe(0, 2, 1, [3, Infinity]),
  row({ step: 0, rate: 0.1, train: 3 }),
  row({ step: 1, rate: 0.1, train: 2 }),
  ...probe(2, 3, 0.1, [2, 1.5]),
  ...probe(2, 4, 0.02, [2, 1.2]),
  row({ step: 2, rate: 0.02, train: 2 }),
]);

describe('AutoLRS’ probes', () => {
  it('are found in the trace, with the one whose rate the stage took', () => {
    expect(probesOf({ trace })).toEqual([
      {
        from: 0,
        rate: 0.1,
        points: [
          [0, 3],
          [1, 2],
        ],
        won: true,
      },
      { from: 0, rate: 1, points: [[0, 3]], won: false },
      {
        from: 2,
        rate: 0.1,
        points: [
          [2, 2],
          [3, 1.5],
        ],
        won: false,
      },
      {
        from: 2,
        rate: 0.02,
        points: [
          [2, 2],
          [3, 1.2],
        ],
        won: true,
      },
    ]);
    expect(probesOf({ trace: null })).toEqual([]);
  });

  it('are told in words', () => {
    const task = makeTask('spirals');
    const schedule = makeSchedule(1, makeBody('autolrs'));
    const instance = { name: '', task, steps: 3, batch: 1, schedule };
    const rest = {
      solution: null,
      report: null,
      bound: null,
      toggles: {},
      tool: '',
      selected: null,
    };
    const frame = { instance, trace, ...rest };
    expect(probesMode.describe(frame)).toBe(
      '4 rates were tried. Chosen: 0.1 from step 0, 0.02 from step 2.',
    );
  });
});
