import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { makeBody, makeSchedule } from '../../../src/problems/learning-rate/schedule.ts';
import { makeTask, type Task } from '../../../src/problems/learning-rate/tasks.ts';
import { copyState, writeState } from './checkpoint.ts';
import { adam } from './optimizers/index.ts';
import { createBatches, createProblem } from './problem.ts';

const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 0 };

/** Training that can be advanced, copied and written back. */
function training(task: Task) {
  const schedule = makeSchedule(0.01, makeBody('constant'));
  const { state, ...problem } = createProblem(
    { name: '', task, steps: 100, batch: 16, schedule },
    createRng(4),
  );
  const { parameters, next, again } = problem;
  const optimizer = adam(ADAM, {
    ...problem,
    start: parameters.slice(),
    steps: 100,
    oracle: { next, again },
    rng: createRng(5),
  });
  const gradient = new Float64Array(parameters.length);
  const arrays = [parameters, ...state, ...optimizer.state];
  return {
    /** Losses of so many steps. */
    advance: (steps: number): number[] =>
      Array.from({ length: steps }, () => {
        const loss = next(parameters, gradient);
        optimizer.step(parameters, gradient, 0.01);
        return loss;
      }),
    save: () => copyState(arrays),
    load: (saved: ReturnType<typeof copyState>) => writeState(arrays, saved),
  };
}

const tasks: Task[] = [
  makeTask('spirals', { samples: 90 }),
  makeTask('logistic', { samples: 50 }),
  makeTask('absolute', { samples: 40 }),
  makeTask('quadratic', { noise: 1 }),
  makeTask('rosenbrock', { noise: 1 }),
];

describe('the state of training', () => {
  it.each(tasks.map((task) => [task.kind, task] as const))(
    'on %s, written back, goes on bit for bit the same, here and elsewhere',
    (_kind, task) => {
      const here = training(task);
      here.advance(13);
      // As bytes, as it would travel to another tab.
      const saved = structuredClone(here.save());
      const after = here.advance(20);
      here.load(saved);
      expect(here.advance(20)).toEqual(after);
      const elsewhere = training(task);
      elsewhere.load(saved);
      expect(elsewhere.advance(20)).toEqual(after);
    },
  );
});

describe('batches', () => {
  it('use every sample at most once in an epoch and depend on their number only', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 200 }),
        (count, batch, index) => {
          const rowsOf = createBatches(count, batch, createRng(3));
          const perEpoch = Math.floor(count / Math.min(batch, count));
          const first = index - (index % perEpoch);
          const seen = new Set<number>();
          for (let i = first; i < first + perEpoch; i++) for (const row of rowsOf(i)) seen.add(row);
          expect(seen.size).toBe(perEpoch * Math.min(batch, count));
          const rows = rowsOf(index).slice();
          rowsOf(index + 5 * perEpoch);
          expect(rowsOf(index)).toEqual(rows);
          expect(createBatches(count, batch, createRng(3))(index)).toEqual(rows);
        },
      ),
    );
  });
});

describe('spikes', () => {
  it('multiply the gradient of every so many-th batch, and of no other', () => {
    const schedule = makeSchedule(0.01, makeBody('constant'));
    const of = (spikeEvery: number) =>
      createProblem(
        {
          name: '',
          task: makeTask('spirals', { samples: 40, width: 4, spikeEvery, spikeSize: 50 }),
          steps: 10,
          batch: 8,
          schedule,
        },
        createRng(2),
      );
    const [plain, spiky] = [of(0), of(3)];
    const [a, b] = [plain, spiky].map(({ parameters }) => new Float64Array(parameters.length));
    for (let step = 1; step <= 7; step++) {
      expect(spiky.next(spiky.parameters, b)).toBe(plain.next(plain.parameters, a));
      const factor = step % 3 === 0 ? 50 : 1;
      expect(Array.from(b)).toEqual(Array.from(a, (value) => factor * value));
    }
  });
});
