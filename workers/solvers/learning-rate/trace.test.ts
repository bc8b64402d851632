import { describe, expect, it } from 'vitest';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { Solve } from '../../../src/core/solver.ts';
import { pack, type Packed, type Solution } from '../../../src/problems/learning-rate/instance.ts';
import { makeBody, makeSchedule } from '../../../src/problems/learning-rate/schedule.ts';
import {
  COLUMN,
  solvers as infos,
  type SolverId,
} from '../../../src/problems/learning-rate/solvers.ts';
import { makeTask } from '../../../src/problems/learning-rate/tasks.ts';
import { solvers } from './index.ts';

function rowsOf(id: SolverId, params: object = {}): { rows: number[][]; message: string } {
  const schedule = makeSchedule(0.1, makeBody('constant'));
  const task = makeTask('logistic', { samples: 80 });
  const instance = { name: '', task, steps: 60, batch: 16, schedule };
  const info = infos.find((solver) => solver.id === id)!;
  const solve = solvers[id] as unknown as Solve<Packed, Solution, object>;
  const generator = solve(pack(instance), {
    rng: createRng(2),
    params: { ...defaultParams(info.params), ...params },
    budget: { steps: null, chunk: (n) => n, progress: () => NaN },
  });
  const rows: number[][] = [];
  for (;;) {
    const next = generator.next();
    if (next.done) return { rows, message: next.value.message ?? '' };
    if (typeof next.value !== 'number' && next.value.kind === 'trace')
      rows.push([...next.value.row]);
  }
}

const column = (rows: number[][], id: keyof typeof COLUMN) => rows.map((row) => row[COLUMN[id]]);
const finite = (values: number[]) => values.filter(Number.isFinite);

describe('the trace', () => {
  it('has the losses at x, y and z of schedule-free methods, y between the others', () => {
    const { rows } = rowsOf('schedule-free-sgd', { momentum: 0.5 });
    const [x, y, z] = (['validation', 'validationY', 'validationZ'] as const).map((id) =>
      finite(column(rows, id)),
    );
    expect(x.length).toBeGreaterThan(30);
    expect([y.length, z.length]).toEqual([x.length, x.length]);
    // The loss is convex: at y = (x + z) / 2 it is below the mean of the others.
    x.forEach((loss, i) => expect(y[i]).toBeLessThanOrEqual((loss + z[i]) / 2 + 1e-12));
    expect(y).not.toEqual(x);
  });

  it('adds the rates up, and measures steps and parameters', () => {
    const { rows } = rowsOf('sgd');
    const sum = column(rows, 'sum');
    sum.forEach((value, row) => expect(value).toBeCloseTo(0.1 * row, 12));
    expect(sum).toHaveLength(61);
    // A step of plain descent is the rate times the gradient.
    const update = column(rows, 'update');
    const gradient = column(rows, 'gradient');
    for (let row = 0; row < 60; row++) expect(update[row]).toBeCloseTo(0.1 * gradient[row], 12);
    const weights = column(rows, 'weights');
    expect(weights[0]).toBe(0);
    expect(weights[1]).toBeCloseTo(update[0], 12);
    // Every step has a row, so none is the highest of several.
    expect(finite(column(rows, 'trainHigh'))).toEqual([]);
  });

  it('has neither for methods whose model is the point itself', () => {
    const { rows } = rowsOf('adam');
    expect(finite(column(rows, 'validationY'))).toEqual([]);
    expect(finite(column(rows, 'validationZ'))).toEqual([]);
  });

  it.each([
    ['sgd', {}, 1],
    ['u-dog', {}, 2],
    ['optex', { workers: 5 }, 5],
    ['entropy-sgd', { loops: 7 }, 7],
    ['eggroll', { population: 6 }, 6],
    ['damped-newton', {}, 2 * 3 + 1],
  ] as const)('counts the gradients of %s', (id, params, each) => {
    const gradients = column(rowsOf(id, params).rows, 'gradients');
    expect(gradients[0]).toBe(0);
    expect(gradients.at(-1)).toBe(60 * each);
  });

  it('says how large the optimizer’s state is', () => {
    // Three parameters: m, v and two powers for Adam.
    const { rows, message } = rowsOf('adam');
    expect(new Set(column(rows, 'state'))).toEqual(new Set([8 * (3 + 3 + 2)]));
    expect(message).toMatch(/state takes 64 bytes, 21\.3 per parameter/);
  });

  it('has the ℓ1 norm of the gradient beside the ℓ2 norm', () => {
    const { rows } = rowsOf('sgd');
    const [one, two] = [finite(column(rows, 'gradientL1')), finite(column(rows, 'gradient'))];
    one.forEach((norm, i) => {
      expect(norm).toBeGreaterThanOrEqual(two[i] * (1 - 1e-12));
      expect(norm).toBeLessThanOrEqual(two[i] * Math.sqrt(3) * (1 + 1e-12));
    });
  });
});

describe('the panel', () => {
  it('shows equations and a source for every optimizer', () => {
    for (const { equations, source } of infos) {
      expect(equations).toMatch(/[←=]/);
      expect(source).toMatch(/(19|20)\d\d/);
    }
  });
});
