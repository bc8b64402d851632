import { describe, expect, it } from 'vitest';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { Solve, SolverEnd, SolverEvent } from '../../../src/core/solver.ts';
import { boundAt, boundTerms } from '../../../src/problems/learning-rate/bound.ts';
import { check } from '../../../src/problems/learning-rate/check.ts';
import { expectedCurve } from '../../../src/problems/learning-rate/expected.ts';
import {
  pack,
  type Instance,
  type Packed,
  type Solution,
} from '../../../src/problems/learning-rate/instance.ts';
import { curvatures, objectiveOf } from '../../../src/problems/learning-rate/model.ts';
import { makeBody, makeSchedule, makeWsd } from '../../../src/problems/learning-rate/schedule.ts';
import {
  COLUMN,
  TRACE,
  solvers as infos,
  type SolverId,
} from '../../../src/problems/learning-rate/solvers.ts';
import { makeTask, type Task } from '../../../src/problems/learning-rate/tasks.ts';
import { solvers } from './index.ts';

interface Outcome {
  end: SolverEnd;
  steps: number;
  incumbents: { solution: Solution; objective: number }[];
  rows: number[][];
  bounds: number[];
}

function run(
  id: SolverId,
  instance: Instance,
  {
    seed = 1,
    params = {},
    chunk = Infinity,
  }: { seed?: number; params?: object; chunk?: number } = {},
): Outcome {
  const info = infos.find((candidate) => candidate.id === id)!;
  const solve = solvers[id] as unknown as Solve<Packed, Solution, object>;
  const budget = { steps: null, chunk: (n: number) => Math.min(n, chunk), progress: () => NaN };
  const context = {
    rng: createRng(seed),
    params: { ...defaultParams(info.params), ...params },
    budget,
  };
  const generator = solve(pack(instance), context);
  const outcome: Omit<Outcome, 'end'> = { steps: 0, incumbents: [], rows: [], bounds: [] };
  for (;;) {
    const next = generator.next();
    if (next.done) return { ...outcome, end: next.value };
    const value: number | SolverEvent<Solution> = next.value;
    if (typeof value === 'number') outcome.steps += value;
    else if (value.kind === 'incumbent') outcome.incumbents.push(value);
    else if (value.kind === 'trace') outcome.rows.push([...value.row]);
    else if (value.kind === 'bound') outcome.bounds.push(value.value);
  }
}

const instance = (
  task: Task,
  steps: number,
  peak: number,
  rest: Partial<Instance> = {},
): Instance => ({
  name: 'Test',
  task,
  steps,
  batch: 32,
  schedule: makeSchedule(peak, makeBody('constant')),
  ...rest,
});

/** A table whose last column is a line's. */
const LINE = Array.from({ length: 40 }, (_, i) => `${i},${(i * 7) % 40},${2 * i - 3}`).join('\n');

const best = (outcome: Outcome) => outcome.incumbents.at(-1)!.objective;

describe('training', () => {
  it('follows the closed form of gradient descent on a quadratic', () => {
    const task = makeTask('quadratic', { dimension: 5, condition: 10 });
    const outcome = run('sgd', instance(task, 40, 0.3));
    const { parameters, step } = outcome.incumbents.at(-1)!.solution;
    expect(step).toBe(40);
    const h = curvatures(task);
    parameters.forEach((value, i) => expect(value).toBeCloseTo((1 - 0.3 * h[i]) ** 40, 12));
  });

  it('agrees in the mean of 200 runs with the exact expectation within 1 %', () => {
    const task = makeTask('quadratic', { dimension: 200, spectrum: 'harmonic', noise: 1 });
    const example = instance(task, 100, 0.2, { schedule: makeWsd(0.2, 100), batch: 4 });
    const expected = expectedCurve(example)?.values.at(-1) ?? NaN;
    let mean = 0;
    const runs = 200;
    for (let seed = 0; seed < runs; seed++)
      mean += run('sgd', example, { seed }).rows.at(-1)![3] / runs;
    expect(Math.abs(mean / expected - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['sgd', instance(makeTask('logistic'), 400, 0.5), 0.5],
    ['sgd', instance(makeTask('absolute'), 400, 0.05), 0.05],
    ['sgd', instance(makeTask('saddle'), 400, 0.2), 1e-9],
    ['sgd', instance(makeTask('monkey-saddle'), 400, 0.1), 1e-9],
    ['adam', instance(makeTask('himmelblau'), 600, 0.1), 1e-6],
    ['adam', instance(makeTask('beale'), 1500, 0.05), 1e-4],
    ['momentum', instance(makeTask('iris'), 600, 0.05), 0.25],
    ['nesterov', instance(makeTask('iris', { inputs: 'petals' }), 600, 0.05), 0.25],
    ['adam', instance(makeTask('spirals'), 1500, 0.01), 0.2],
    ['adamw', instance(makeTask('spirals'), 1500, 0.01), 0.2],
    ['adam', instance(makeTask('rosenbrock'), 2000, 0.05), 1e-2],
    ['adagrad', instance(makeTask('logistic'), 400, 0.5), 0.5],
    ['rmsprop', instance(makeTask('spirals'), 1500, 0.005), 0.2],
    ['amsgrad', instance(makeTask('spirals'), 1500, 0.01), 0.2],
    ['lion', instance(makeTask('spirals'), 1500, 0.003), 0.2],
    ['muon', instance(makeTask('spirals'), 1500, 0.05), 0.2],
    ['spam', instance(makeTask('spirals'), 1500, 0.01), 0.2],
    ['schedule-free-sgd', instance(makeTask('logistic'), 600, 1), 0.5],
    ['schedule-free-adamw', instance(makeTask('spirals'), 1500, 0.02), 0.2],
    ['d-adaptation', instance(makeTask('logistic'), 600, 1), 0.5],
    ['prodigy', instance(makeTask('spirals'), 1500, 1), 0.2],
    ['dog', instance(makeTask('logistic'), 600, 1), 0.5],
    ['adam', instance(makeTask('circles'), 300, 0.02), 0.1],
    ['adam', instance(makeTask('xor'), 200, 0.02), 0.1],
    ['adam', instance(makeTask('table'), 200, 0.02), 0.2],
    ['adam', instance(makeTask('table', { csv: LINE, layers: 0 }), 300, 0.05), 1e-3],
    [
      'adamw',
      instance(makeTask('text', { layers: 1, width: '16', context: '16' }), 150, 0.02, {
        batch: 8,
      }),
      2.9,
    ],
    ['u-dog', instance(makeTask('logistic'), 300, 1), 0.5],
    ['optimistic-amsgrad', instance(makeTask('spirals'), 500, 0.01), 0.35],
    ['lion-kappa', instance(makeTask('spirals'), 500, 0.1), 0.35],
    ['shampoo', instance(makeTask('spirals'), 400, 0.01), 0.35],
    ['shampoo-4bit', instance(makeTask('spirals'), 400, 0.01), 0.35],
    ['cosmos', instance(makeTask('spirals'), 400, 0.05), 0.35],
    ['apollo', instance(makeTask('spirals'), 500, 0.03), 0.35],
    ['apollo-mini', instance(makeTask('spirals'), 500, 0.01), 0.35],
    ['entropy-sgd', instance(makeTask('spirals', { width: 16 }), 60, 0.3), 0.45],
    ['saddle-free-newton', instance(makeTask('himmelblau'), 100, 1), 1e-9],
    ['damped-newton', instance(makeTask('rosenbrock'), 100, 1), 1e-9],
    ['optex', instance(makeTask('logistic'), 150, 0.5), 0.5],
    ['eggroll', instance(makeTask('logistic'), 150, 0.05), 0.5],
  ] as const)('%s learns', (id, example, target) => {
    const outcome = run(id, example);
    expect(best(outcome)).toBeLessThan(target);
    for (let i = 1; i < outcome.incumbents.length; i++)
      expect(outcome.incumbents[i].objective).toBeLessThan(outcome.incumbents[i - 1].objective);
    for (const { solution, objective } of outcome.incumbents)
      expect(check(example, solution)).toEqual({ feasible: true, objective, violations: [] });
    expect(outcome.steps).toBeLessThanOrEqual(example.steps);
  });

  it('follows a minimum that moves', () => {
    const task = makeTask('quadratic', { dimension: 3, condition: 2, shiftBy: 2, shiftAt: 0.4 });
    const example = instance(task, 100, 0.5);
    const { rows } = run('sgd', example);
    // Far from the old minimum's end at first, the training loss jumps where it moves.
    const loss = (t: number) => rows[t][COLUMN.train];
    expect(loss(39)).toBeLessThan(1e-3);
    expect(loss(40)).toBeGreaterThan(1);
    expect(rows.at(-1)![COLUMN.validation]).toBeLessThan(1e-6);
    // Without noise the expectation is what happens.
    const { values } = expectedCurve(example)!;
    for (const row of rows) expect(row[COLUMN.validation]).toBeCloseTo(values[row[0]], 12);
  });

  it('measures the sharpness every so many steps, without a change to training', () => {
    const example = instance(makeTask('quadratic', { dimension: 4 }), 50, 0.5);
    const plain = run('sgd', example);
    const { rows, incumbents } = run('sgd', example, { params: { sharpness: 20 } });
    expect(incumbents).toEqual(plain.incumbents);
    const measured = rows.filter((row) => Number.isFinite(row[COLUMN.sharpness]));
    expect(measured.map((row) => row[COLUMN.step])).toEqual([0, 20, 40]);
    for (const row of measured) {
      expect(row[COLUMN.sharpness]).toBeCloseTo(1, 3);
      expect(row[COLUMN.stability]).toBe(4);
    }
  });

  it('turns its data where the distribution shifts', () => {
    const task = makeTask('xor', { shiftAngle: 90, shiftAt: 0.5, noise: 0.5 });
    const { rows } = run('adam', instance(task, 400, 0.02));
    const mean = (from: number, to: number, column: number) => {
      const list = rows
        .slice(from, to)
        .map((row) => row[column])
        .filter(Number.isFinite);
      return list.reduce((sum, value) => sum + value, 0) / list.length;
    };
    expect(mean(150, 200, COLUMN.train)).toBeLessThan(0.1);
    expect(mean(150, 200, COLUMN.validation)).toBeGreaterThan(2);
    expect(mean(200, 205, COLUMN.train)).toBeGreaterThan(2);
    expect(mean(380, 400, COLUMN.train)).toBeLessThan(0.1);
    expect(mean(380, 401, COLUMN.validation)).toBeLessThan(0.1);
  });

  it('gives methods that find their rate the curve relative to its peak', () => {
    const task = makeTask('logistic');
    const curve = (peak: number) =>
      instance(task, 50, peak, { schedule: makeSchedule(peak, makeBody('cosine')) });
    for (const id of ['d-adaptation', 'prodigy', 'dog'] as const) {
      const one = run(id, curve(1));
      expect(run(id, curve(64)).incumbents).toEqual(one.incumbents);
      // The trace shows the rate found: tiny at first.
      expect(one.rows[0][1]).toBeLessThan(1e-4);
      expect(Math.max(...one.rows.slice(0, -1).map((row) => row[1]))).toBeGreaterThan(
        10 * one.rows[0][1],
      );
    }
  });

  it('measures functions where a schedule-free model is', () => {
    const task = makeTask('quadratic');
    const { rows } = run('schedule-free-sgd', instance(task, 60, 0.5));
    for (const row of rows.slice(0, -1))
      expect(row[2]).toBeCloseTo(objectiveOf(task, row.slice(5)), 12);
  });

  // Losses after 40 steps on a small network: what a change of any optimizer would change.
  const golden: Record<SolverId, number> = {
    sgd: 0.8278122347312815,
    momentum: 0.6891924964618825,
    nesterov: 0.6889958239428284,
    adagrad: 0.7206781375014316,
    rmsprop: 0.670097888075826,
    adam: 0.6970120109926334,
    adamw: 0.6968422268817263,
    amsgrad: 0.6970112866524139,
    lion: 0.6880567831592401,
    muon: 0.892200438417794,
    spam: 0.6970113789229829,
    'schedule-free-sgd': 0.8871727030927807,
    'schedule-free-adamw': 0.6913258982893905,
    'd-adaptation': 0.7683769626325275,
    prodigy: 0.6628476762392816,
    dog: 1.110681724521956,
    'optimistic-amsgrad': 0.6386872836839894,
    'lion-kappa': 0.7653162930690997,
    shampoo: 0.6728434063341647,
    'shampoo-4bit': 0.6783454760071916,
    cosmos: 0.6918518258701917,
    apollo: 0.6961188976768501,
    'apollo-mini': 0.6695139851775923,
    'u-dog': 1.1075342320899961,
    'entropy-sgd': 0.6786730071529535,
    'saddle-free-newton': 0.8147442788328958,
    'damped-newton': 0.7836172825123475,
    optex: 0.6982156058161283,
    eggroll: 0.6903365091783462,
    'central-flow': 0.8330942614868907,
  };
  it.each(infos.map(({ id }) => id))('%s repeats its known trajectory', (id) => {
    const task = makeTask('spirals', { samples: 60, width: 8 });
    const schedule = makeSchedule(0.02, makeBody('linear'), { steps: 5 });
    const { rows } = run(id, instance(task, 40, 0.02, { schedule, batch: 16 }));
    const losses = rows.map((row) => row[3]).filter(Number.isFinite);
    expect(losses.at(-1)).toBe(golden[id]);
  });

  it('does not depend on how the steps are cut', () => {
    const example = instance(makeTask('spirals', { samples: 100 }), 120, 0.02);
    const whole = run('adam', example);
    expect(run('adam', example, { chunk: 1 })).toEqual(whole);
    expect(whole.steps).toBe(120);
    expect(whole.end.reason).toBe('exhausted');
    expect(run('adam', example, { seed: 2 }).rows).not.toEqual(whole.rows);
  });

  it('keeps below the convex bound on the ℓ1 regression, where D = G = 1 holds', () => {
    const task = makeTask('absolute', { samples: 60, dimension: 10 });
    for (const peak of [0.02, 0.1, 0.5])
      for (const schedule of [makeSchedule(peak, makeBody('linear')), makeWsd(peak, 200)]) {
        const example = instance(task, 200, peak, { schedule, batch: 60 });
        const { rates } = pack(example);
        for (const row of run('sgd', example).rows.slice(0, -1))
          expect(row[2]).toBeLessThanOrEqual(boundAt(boundTerms(rates, row[0] + 1), 1));
      }
  });

  it('uses the same batches whatever the schedule', () => {
    const task = makeTask('logistic');
    const slow = instance(task, 60, 1e-9);
    const other = { ...slow, schedule: makeSchedule(1e-9, makeBody('cosine')) };
    const losses = (outcome: Outcome) => outcome.rows.map((row) => row[2].toFixed(6));
    expect(losses(run('sgd', slow))).toEqual(losses(run('sgd', other)));
  });

  it('stops when the loss is no longer finite', () => {
    const outcome = run('sgd', instance(makeTask('rosenbrock'), 500, 1));
    expect(outcome.end.message).toMatch(/too high/);
    expect(outcome.steps).toBeLessThan(50);
    expect(outcome.incumbents.length).toBeGreaterThan(0);
  });

  it('survives a high rate when the gradient is clipped', () => {
    const example = instance(makeTask('rosenbrock'), 500, 0.02);
    expect(run('sgd', example).end.message).toMatch(/too high/);
    expect(run('sgd', example, { params: { clip: 1 } }).steps).toBe(500);
  });

  it('knows the minimum of functions and ends there', () => {
    const outcome = run('sgd', instance(makeTask('quadratic'), 5000, 1));
    expect(outcome.bounds).toEqual([0]);
    expect(outcome.end.reason).toBe('optimal');
    expect(run('sgd', instance(makeTask('logistic'), 3, 1)).bounds).toEqual([]);
  });

  it('keeps the trace short and whole', () => {
    const example = instance(makeTask('quadratic', { noise: 1 }), 9_001, 0.01);
    const { rows } = run('sgd', example);
    expect(rows.length).toBeLessThanOrEqual(2002);
    expect(rows[0][0]).toBe(0);
    expect(rows.at(-1)![0]).toBe(9_001);
    expect(rows.filter((row) => Number.isFinite(row[3])).length).toBeGreaterThan(150);
    for (const row of rows) expect(row).toHaveLength(TRACE.length);
  });
});
