import { describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../../../src/core/budget.ts';
import { defaultParams } from '../../../src/core/params.ts';
import { unwrap } from '../../../src/core/result.ts';
import { createRng } from '../../../src/core/rng.ts';
import { readCheckpoint } from '../../../src/problems/learning-rate/checkpoint.ts';
import { learningRate as family } from '../../../src/problems/learning-rate/family.ts';
import {
  pack,
  type Instance,
  type Solution,
} from '../../../src/problems/learning-rate/instance.ts';
import { makeBody, makeSchedule, type Body } from '../../../src/problems/learning-rate/schedule.ts';
import { makeTask, type Task } from '../../../src/problems/learning-rate/tasks.ts';
import { createDriver } from '../../runtime/driver.ts';
import type { AnySolve } from '../registry.ts';
import { solvers } from './index.ts';

const instanceOf = (task: Task, body: Body, steps: number): Instance => ({
  name: '',
  task,
  steps,
  batch: 8,
  schedule: makeSchedule(0.01, body, { steps: 5 }),
});

interface Given {
  params?: object;
  warmStart?: unknown;
  /** Stops after so many steps of the solver, probes among them. */
  stopAt?: number;
}

/** Runs to the end, or to where a state is saved and taken through JSON. */
function run(id: string, instance: Instance, { params = {}, warmStart, stopAt }: Given = {}) {
  const info = family.solvers.find((solver) => solver.id === id)!;
  const rows: number[][] = [];
  let best: Solution | null = null;
  const driver = createDriver(
    {
      family,
      instance,
      solve: solvers[id] as AnySolve,
      params: { ...defaultParams(info.params), ...params },
      seed: 5,
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
  if (stopAt !== undefined) {
    while (!driver.end && driver.stamp.steps < stopAt) driver.step();
    const saved = driver.save();
    const text = JSON.stringify(family.writeSolution(instance, saved));
    return {
      rows,
      best,
      end: driver.end,
      saved: unwrap(family.readSolution(instance, JSON.parse(text))) as Solution,
    };
  }
  driver.run(Infinity);
  return { rows, best, end: driver.end, saved: null };
}

/** Rows from the saved step on are the same, and so is the best model. */
function continues(id: string, instance: Instance, stopAt: number, params: object = {}): void {
  const whole = run(id, instance, { params });
  const first = run(id, instance, { params, stopAt });
  expect(first.end).toBeNull();
  expect(first.saved!.checkpoint!.step).toBeLessThanOrEqual(stopAt);
  expect(first.saved!.checkpoint!.step).toBeGreaterThan(0);
  const rest = run(id, instance, { params, warmStart: first.saved });
  expect(rest.end).toEqual(whole.end);
  expect(rest.best).toEqual(whole.best);
  const from = first.saved!.checkpoint!.step;
  expect(rest.rows.length).toBeGreaterThan(0);
  expect(rest.rows).toEqual(whole.rows.filter((row) => row[0] >= from));
}

const xor = makeTask('xor', { samples: 40, width: 6, layers: 2 });
const linear = makeBody('linear');
const ids = family.solvers.filter(({ traits }) => traits.continues).map(({ id }) => id);

describe('a saved run', () => {
  it.each(ids)('of %s goes on elsewhere bit for bit the same', (id) => {
    continues(id, instanceOf(xor, linear, 40), 23);
  });

  it.each([
    ['a shift before', makeTask('xor', { samples: 40, shiftAngle: 90 }), linear, 25],
    ['a shift to come', makeTask('xor', { samples: 40, shiftAngle: 90 }), linear, 12],
    ['noise', makeTask('quadratic', { noise: 1 }), linear, 17],
    ['double precision', makeTask('logistic', { samples: 50 }), linear, 17],
    ['a plateau', xor, makeBody('plateau', { every: 3, patience: 0 }), 19],
  ] as const)('goes on with %s', (_, task, body, stopAt) => {
    continues('adam', instanceOf(task, body, 40), stopAt);
  });

  it('goes on with a text', () => {
    const text = makeTask('text', { width: '16', context: '16', layers: 1 });
    continues('adam', instanceOf(text, linear, 4), 2);
  });

  it('goes on with the sharpness that it measures', () => {
    continues('sgd', instanceOf(xor, linear, 40), 21, { sharpness: 4 });
  });

  it.each([30, 47, 60, 90])('goes on from before AutoLRS’ probes, stopped after %i steps', (at) => {
    const body = makeBody('autolrs', { stage: 40, longest: 40, probes: 3 });
    const instance = instanceOf(makeTask('quadratic', { noise: 1 }), body, 130);
    const whole = run('sgd', instance);
    const { saved } = run('sgd', instance, { stopAt: at });
    const rest = run('sgd', instance, { warmStart: saved });
    expect(rest.best).toEqual(whole.best);
    const from = saved!.checkpoint!.step;
    expect(rest.rows).toEqual(whole.rows.filter((row) => row[0] >= from));
  });

  it('goes on from its end when the horizon is longer', () => {
    const short = instanceOf(xor, makeBody('constant'), 30);
    const { saved } = run('adam', short, { stopAt: 30 });
    const longer = run('adam', { ...short, steps: 60 }, { warmStart: saved });
    const whole = run('adam', { ...short, steps: 60 });
    expect(longer.best).toEqual(whole.best);
  });

  it('is refused by another optimizer and another task', () => {
    const instance = instanceOf(xor, linear, 40);
    const { saved } = run('adam', instance, { stopAt: 9 });
    expect(run('lion', instance, { warmStart: saved }).end?.message).toContain('another optimizer');
    const other = instanceOf(makeTask('xor', { samples: 40, width: 7, layers: 2 }), linear, 40);
    expect(run('adam', other, { warmStart: saved }).end?.message).toContain('another task');
  });

  it('is a checked solution, and does not change while the run goes on', () => {
    const instance = instanceOf(xor, linear, 40);
    const solve = solvers.adam as AnySolve;
    let save: (() => unknown) | null = null;
    const generator = solve(pack(instance), {
      rng: createRng(5),
      params: defaultParams(family.solvers.find(({ id }) => id === 'adam')!.params),
      budget: { steps: null, chunk: () => 1, progress: () => NaN },
      saves: (given) => (save = given),
    });
    for (let steps = 0; steps < 10;) {
      const { value } = generator.next();
      if (typeof value === 'number') steps += value;
    }
    const saved = save!();
    const before = structuredClone(saved);
    expect(family.check(instance, saved).feasible).toBe(true);
    for (let i = 0; i < 20; i++) generator.next();
    expect(saved).toEqual(before);
  });
});

describe('a checkpoint as text', () => {
  it('keeps every bit of every kind of number', () => {
    const arrays = [
      Float64Array.of(NaN, Infinity, -0, 1 / 3),
      Float32Array.of(1e-40, -2.5),
      Uint32Array.of(0, 4294967295),
      Uint8Array.of(7),
      new Float64Array(0),
    ];
    const solution = { parameters: new Float64Array(2), step: 3, checkpoint: { step: 3, arrays } };
    const task = makeTask('quadratic');
    const instance = instanceOf(task, linear, 40);
    const text = JSON.stringify(family.writeSolution(instance, solution));
    expect(unwrap(family.readSolution(instance, JSON.parse(text)))).toEqual(solution);
  });

  it.each([
    ['no object', 3],
    ['no step', { arrays: [] }],
    ['a step that is no number of steps', { step: -1, arrays: [] }],
    ['no list', { step: 1, arrays: 'AAAA' }],
    ['an unknown kind', { step: 1, arrays: [['f16', 'AAAA']] }],
    ['half a number', { step: 1, arrays: [['f64', 'AAAA']] }],
    ['no base64', { step: 1, arrays: [['u8', '?!{}']] }],
    ['too much', { step: 1, arrays: [['u8', 'A'.repeat(44_000_000)]] }],
  ])('is refused with a path: %s', (_, value) => {
    const result = readCheckpoint(value);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.issues[0].path?.[0]).toBe('checkpoint');
  });
});
