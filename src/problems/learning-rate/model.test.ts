import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.ts';
import { absoluteData } from './absolute.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { samplesOf } from './data.ts';
import { learningRate } from './family.ts';
import { sampleSteps, type Instance, type Solution } from './instance.ts';
import { irisMeasurements } from './iris.ts';
import { activate, geluWithSlope } from './activations.ts';
import {
  addValidationLoss,
  createForward,
  curvatures,
  networkOf,
  objectiveOf,
  parameterCount,
  probabilities,
  validationAccuracy,
} from './model.ts';
import { planeOf, type PlaneTask } from './planes.ts';
import { createNormal } from './random.ts';
import { makeBody, makeSchedule } from './schedule.ts';
import { TASKS, makeTask, type Task } from './tasks.ts';

const instance = (task: Task): Instance => ({
  name: 'Test',
  task,
  steps: 1000,
  batch: 1,
  schedule: makeSchedule(0.1, makeBody('linear')),
});

describe('data', () => {
  it('iris is Fisher’s: the known column means', () => {
    const values = irisMeasurements();
    const mean = (column: number) =>
      values.reduce((sum, value, i) => sum + (i % 4 === column ? value : 0), 0) / 150;
    expect([0, 1, 2, 3].map(mean)).toEqual(
      [5.843333, 3.057333, 3.758, 1.199333].map((value): unknown => expect.closeTo(value, 6)),
    );
  });

  it('splits the irises by seed into 100 and 50, each flower once', () => {
    const data = samplesOf(makeTask('iris', { seed: 4 }));
    expect([data.train.count, data.validation.count]).toEqual([100, 50]);
    const rows: string[] = [];
    for (const set of [data.train, data.validation])
      for (let i = 0; i < set.count; i++)
        rows.push(
          [0, 1, 2, 3]
            .map((j) => (data.offset[j] + data.scale[j] * set.inputs[4 * i + j]).toFixed(1))
            .join() + set.labels[i],
        );
    const values = irisMeasurements();
    const expected = Array.from(
      { length: 150 },
      (_, i) =>
        Array.from(values.slice(4 * i, 4 * i + 4), (value) => value.toFixed(1)).join() +
        Math.floor(i / 50),
    );
    expect(rows.sort()).toEqual(expected.sort());
    expect(samplesOf(makeTask('iris', { seed: 5 })).train.inputs).not.toEqual(data.train.inputs);
  });

  it('is the same for equal tasks and remembered for the same one', () => {
    const task = makeTask('spirals', { arms: 3, samples: 30 });
    expect(samplesOf(task)).toBe(samplesOf(task));
    expect(samplesOf({ ...task })).toEqual(samplesOf(task));
    expect(new Set(samplesOf(task).train.labels)).toEqual(new Set([0, 1, 2]));
    expect(samplesOf(task).validation.count).toBe(50);
  });

  it('separates the logistic clouds as far as asked', () => {
    const { validation } = samplesOf(makeTask('logistic', { samples: 5000, separation: 3 }));
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < validation.count; i++) {
      const side = validation.labels[i] === 1 ? 1 : -1;
      sums[0] += (2 * side * validation.inputs[2 * i]) / validation.count;
      sums[1] += (2 * side * validation.inputs[2 * i + 1]) / validation.count;
    }
    expect(Math.hypot(sums[0], sums[1])).toBeGreaterThan(2.8);
    expect(Math.hypot(sums[0], sums[1])).toBeLessThan(3.2);
  });

  it('draws standard normal numbers', () => {
    const normal = createNormal(createRng(1));
    const values = Float64Array.from({ length: 20_000 }, normal);
    const moment = (power: number) =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });
});

describe('model', () => {
  it('counts parameters', () => {
    expect(parameterCount(makeTask('quadratic', { dimension: 9 }))).toBe(9);
    expect(parameterCount(makeTask('rosenbrock'))).toBe(2);
    expect(parameterCount(makeTask('logistic', { features: 5 }))).toBe(6);
    expect(parameterCount(makeTask('iris', { layers: 0 }))).toBe(15);
    expect(parameterCount(makeTask('spirals', { layers: 2, width: 64 }))).toBe(
      2 * 64 + 64 + 64 * 64 + 64 + 64 * 2 + 2,
    );
  });

  it('has log 2 or log 3 as loss without parameters', () => {
    const zero = (task: Task) => objectiveOf(task, new Float64Array(parameterCount(task)));
    expect(zero(makeTask('logistic'))).toBeCloseTo(Math.log(2), 12);
    expect(zero(makeTask('iris'))).toBeCloseTo(Math.log(3), 12);
    expect(zero(makeTask('rosenbrock'))).toBe(1);
  });

  it('computes a tiny network as by hand', () => {
    const task = makeTask('iris', { inputs: 'petals', layers: 1, width: 1, activation: 'relu' });
    const layout = networkOf(task)!;
    // One neuron 2 x₁ − x₂ + 1, then three outputs.
    const out = createForward(layout, Float64Array.of(2, -1, 1, 1, -1, 0.5, 0, 1, 2));
    const outputs = out(Float64Array.of(9, 9, 1, 2), 1);
    expect([...outputs]).toEqual([1, 0, 2.5]);
    const chances = new Float64Array(3);
    probabilities(outputs, chances);
    const total = Math.exp(1) + 1 + Math.exp(2.5);
    expect(chances[2]).toBeCloseTo(Math.exp(2.5) / total, 12);
    expect(chances[0] + chances[1] + chances[2]).toBeCloseTo(1, 12);
  });

  it('GELU has the slope that differences have', () => {
    const values = new Float64Array(1);
    const slopes = new Float64Array(1);
    for (const x of [-3, -0.7, 0.1, 2]) {
      geluWithSlope(x, values, slopes, 0);
      expect(values[0]).toBeCloseTo(activate('gelu', x), 14);
      expect(slopes[0]).toBeCloseTo(
        (activate('gelu', x + 1e-6) - activate('gelu', x - 1e-6)) / 2e-6,
        8,
      );
    }
  });

  it('sums the validation loss bit for bit, however it is cut', () => {
    const task = makeTask('spirals');
    const normal = createNormal(createRng(2));
    const x = Float64Array.from({ length: parameterCount(task) }, normal);
    let sum = 0;
    for (const [from, to] of [
      [0, 3],
      [3, 110],
      [110, 200],
    ])
      sum = addValidationLoss(task, x, from, to, sum);
    expect(sum / 200).toBe(objectiveOf(task, x));
    expect(validationAccuracy(task, x)).toBeGreaterThan(0.2);
    expect(validationAccuracy(makeTask('rosenbrock'), x)).toBeNull();
  });

  it('has the spectrum asked for', () => {
    const h = curvatures(makeTask('quadratic', { dimension: 5, condition: 100 }));
    expect(h[0]).toBe(1);
    expect(h[4]).toBeCloseTo(0.01, 14);
    expect(h[2] / h[1]).toBeCloseTo(h[1] / h[0], 12);
    expect([...curvatures(makeTask('quadratic', { dimension: 3, spectrum: 'harmonic' }))]).toEqual([
      1,
      1 / 2,
      1 / 3,
    ]);
    expect([...curvatures(makeTask('quadratic', { dimension: 1 }))]).toEqual([1]);
  });
});

describe('checker', () => {
  const rosenbrock = instance(makeTask('rosenbrock'));

  it('recomputes the value', () => {
    const solution = { parameters: Float64Array.of(0, 1), step: 3 };
    expect(check(rosenbrock, solution)).toEqual({ feasible: true, objective: 101, violations: [] });
  });

  it.each([
    ['nothing', null],
    ['no parameters', { step: 1 }],
    ['too few', { parameters: Float64Array.of(1), step: 1 }],
    ['a text', { parameters: 'ab', step: 1 }],
    ['NaN', { parameters: Float64Array.of(NaN, 1), step: 1 }],
    ['overflow', { parameters: Float64Array.of(1e200, 1), step: 1 }],
    ['a late step', { parameters: Float64Array.of(1, 1), step: 1001 }],
    ['half a step', { parameters: Float64Array.of(1, 1), step: 0.5 }],
  ])('reports %s', (_name, solution) => {
    const report = check(rosenbrock, solution as unknown as Solution);
    expect(report.feasible).toBe(false);
    expect(report.violations.length).toBeGreaterThan(0);
    expect(report.violations.length).toBeLessThanOrEqual(20);
  });

  it('writes loss and curve, and reads its own form back', () => {
    const solution = { parameters: Float64Array.of(0.5, 0.25), step: 12 };
    const plain = writeSolution(rosenbrock, solution) as Record<string, unknown>;
    expect(plain).toMatchObject({ loss: 0.25, step: 12, parameters: [0.5, 0.25] });
    const curve = plain.curve as number[];
    expect([curve.length, curve[0], curve.at(-1)]).toEqual([200, 0.1, 0]);
    expect(readSolution(rosenbrock, JSON.parse(JSON.stringify(plain)))).toEqual({
      ok: true,
      value: solution,
    });
    for (const value of [null, 5, {}, { step: 1, parameters: [null] }, { parameters: [1] }])
      expect(readSolution(rosenbrock, value).ok).toBe(false);
  });

  it('spreads sample steps over short and long runs', () => {
    expect(sampleSteps(3, 101)).toEqual([0, 1, 2, 3]);
    expect(sampleSteps(1, 2)).toEqual([0, 1]);
    expect(sampleSteps(1000, 5)).toEqual([0, 250, 500, 750, 1000]);
  });
});

describe('refusals', () => {
  it('Muon needs weights between hidden layers', () => {
    const refuses = (task: Task) => learningRate.refuses('muon', instance(task));
    expect(refuses(makeTask('spirals'))).toBeNull();
    for (const task of [
      makeTask('quadratic'),
      makeTask('iris'),
      makeTask('spirals', { layers: 1 }),
    ])
      expect(refuses(task)).toMatch(/two hidden layers/);
    expect(learningRate.refuses('adam', instance(makeTask('quadratic')))).toBeNull();
  });
});

describe('functions', () => {
  const planes = TASKS.filter(({ specs }) => specs.some(({ id }) => id === 'startX'));

  it.each(planes)('$name is 0 at its minima and nowhere below', ({ kind }) => {
    const task = makeTask(kind) as PlaneTask;
    const { minima, value, view } = planeOf(task);
    for (const [x, y] of minima) {
      expect(value(x, y)).toBeLessThan(1e-25);
      expect(x > view[0] && x < view[2] && y > view[1] && y < view[3]).toBe(true);
    }
    const coordinate = fc.double({ min: -100, max: 100, noNaN: true });
    const small = fc.double({ min: -1e-8, max: 1e-8, noNaN: true });
    fc.assert(fc.property(coordinate, coordinate, (x, y) => value(x, y) >= 0));
    fc.assert(
      fc.property(
        fc.constantFrom(...minima),
        small,
        small,
        ([x, y], a, b) => value(x + a, y + b) >= 0,
      ),
    );
  });

  it('the saddles are stationary at the origin and have the values given in words', () => {
    for (const kind of ['saddle', 'monkey-saddle'] as const) {
      const gradient = Float64Array.of(9, 9);
      planeOf(makeTask(kind)).gradient(0, 0, gradient);
      expect(gradient.map(Math.abs)).toEqual(new Float64Array(2));
    }
    const value = (x: number, y: number) => planeOf(makeTask('monkey-saddle')).value(x, y);
    for (const [x, y] of [
      [0, 0],
      [0.3, -0.2],
      [-1.2, 0.7],
      [2, 1],
    ])
      expect(value(x, y)).toBeCloseTo(
        x ** 3 - 3 * x * y * y + 0.75 * (x * x + y * y) ** 2 + 0.25,
        12,
      );
  });

  it('the ℓ1 regression has rows and solution of length 1 and value 0 there', () => {
    const task = makeTask('absolute', { samples: 30, dimension: 5, seed: 9 });
    const { rows, solution } = absoluteData(task);
    for (let i = 0; i < 30; i++)
      expect(Math.hypot(...rows.subarray(5 * i, 5 * i + 5))).toBeCloseTo(1, 12);
    expect(Math.hypot(...solution)).toBeCloseTo(1, 12);
    expect(objectiveOf(task, solution)).toBe(0);
    expect(objectiveOf(task, new Float64Array(5))).toBeGreaterThan(0.1);
    expect(absoluteData({ ...task })).toEqual(absoluteData(task));
  });
});
