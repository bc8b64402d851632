import { beforeAll, describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../../../src/core/budget.ts';
import { defaultParams } from '../../../src/core/params.ts';
import { loadDigits } from '../../../src/problems/learning-rate/digits.ts';
import { learningRate as family } from '../../../src/problems/learning-rate/family.ts';
import type { Instance, Solution } from '../../../src/problems/learning-rate/instance.ts';
import { validationAccuracy } from '../../../src/problems/learning-rate/model.ts';
import { makeBody, makeSchedule } from '../../../src/problems/learning-rate/schedule.ts';
import { COLUMN } from '../../../src/problems/learning-rate/solvers.ts';
import { makeTask, type Task } from '../../../src/problems/learning-rate/tasks.ts';
import { createDriver } from '../../runtime/driver.ts';
import type { AnySolve } from '../registry.ts';
import { solvers } from './index.ts';
import { createFullGradient } from './sharpness.ts';

beforeAll(loadDigits);

const dense = makeTask('digits', { width: 16, samples: 600 });
const convolution = makeTask('digits', { network: 'convolution', channels: '4', samples: 600 });

function run(id: string, task: Task, steps: number, warmStart?: unknown, stopAt = Infinity) {
  const instance: Instance = {
    name: '',
    task,
    steps,
    batch: 32,
    schedule: makeSchedule(0.02, makeBody('linear')),
  };
  const rows: number[][] = [];
  let best: Solution | null = null;
  const driver = createDriver(
    {
      family,
      instance,
      solve: solvers[id] as AnySolve,
      params: defaultParams(family.solvers.find((solver) => solver.id === id)!.params),
      seed: 2,
      budget: NO_BUDGET,
      warmStart,
      now: () => 0,
    },
    {
      incumbent: (solution) => (best = solution as Solution),
      bound: () => undefined,
      trace: (row) => rows.push([...row]),
    },
  );
  while (!driver.end && driver.stamp.steps < stopAt) driver.step();
  return { instance, rows, best: best as Solution | null, end: driver.end, saved: driver.save() };
}

/** Of the last row that has one. */
const last = (rows: readonly number[][], column: number): number =>
  rows.map((row) => row[column]).findLast(Number.isFinite) as number;

describe('digits', () => {
  // What a change of the engine, the data or the optimizer would change.
  it.each([
    ['dense', dense, 'adam', 2.177749849852494],
    ['convolution', convolution, 'adam', 2.3032242910297693],
    ['convolution', convolution, 'muon', 2.512027735115809],
  ] as const)('%s network: a known trajectory', (_, task, id, loss) => {
    const { rows, end } = run(id, task, 4);
    expect(end?.reason).toBe('finished');
    expect(last(rows, COLUMN.validation)).toBe(loss);
  });

  it.each([
    [dense, 40, 0.35],
    [convolution, 2, 0.9],
  ] as const)('are learned, and the error is told with the loss', (task, steps, most) => {
    const { rows, best } = run('adam', task, steps);
    expect(rows[0][COLUMN.error]).toBeGreaterThan(0.7);
    expect(last(rows, COLUMN.error)).toBeLessThan(most);
    const told = rows.find((row) => row[COLUMN.step] === best!.step)!;
    expect(told[COLUMN.error]).toBeCloseTo(1 - validationAccuracy(task, best!.parameters)!, 12);
  });

  it.each([dense, convolution])('go on elsewhere from a saved state', (task) => {
    const whole = run('adam', task, 3);
    const { saved } = run('adam', task, 3, undefined, 2);
    const rest = run('adam', task, 3, structuredClone(saved));
    expect(rest.best).toEqual(whole.best);
    expect(rest.rows).toEqual(whole.rows.filter((row) => row[COLUMN.step] >= 2));
  });

  it('have a curvature where it can be paid', () => {
    expect(createFullGradient(convolution)).toBeNull();
    const gradient = new Float64Array(196 * 16 + 16 + 160 + 10);
    const full = createFullGradient(dense)!;
    expect(full(new Float64Array(gradient.length), gradient)).toBeCloseTo(Math.log(10), 9);
  });
});
