import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { samplesOf } from '../../../src/problems/learning-rate/data.ts';
import {
  createForward,
  functionValue,
  networkOf,
  type Layout,
} from '../../../src/problems/learning-rate/model.ts';
import { createNormal } from '../../../src/problems/learning-rate/random.ts';
import type { PlaneTask } from '../../../src/problems/learning-rate/planes.ts';
import { TASKS, makeTask, type Task } from '../../../src/problems/learning-rate/tasks.ts';
import { matmul, transpose } from './matmul.ts';
import { createNetwork, softmaxCrossEntropy } from './network.ts';
import { functionGradient, initialWeights } from './problem.ts';

type DataTask = Extract<Task, { kind: 'spirals' | 'logistic' | 'iris' }>;

/** Largest difference to central differences, relative to the largest slope. */
function gradientError(
  f: (x: Float64Array) => number,
  x: Float64Array,
  gradient: Float64Array,
): number {
  const h = 1e-5;
  let worst = 0;
  let largest = 1e-3;
  for (let i = 0; i < x.length; i++) {
    const up = x.slice();
    const down = x.slice();
    up[i] += h;
    down[i] -= h;
    const slope = (f(up) - f(down)) / (2 * h);
    worst = Math.max(worst, Math.abs(slope - gradient[i]));
    largest = Math.max(largest, Math.abs(slope));
  }
  return worst / largest;
}

describe('matrix product', () => {
  it('agrees with the definition for any shape, transposed or not', () => {
    const side = fc.integer({ min: 1, max: 13 });
    fc.assert(
      fc.property(side, side, side, fc.boolean(), fc.boolean(), (m, n, k, turned, accumulate) => {
        const normal = createNormal(createRng(m * 1000 + n * 100 + k));
        const a = Float64Array.from({ length: m * k }, normal);
        const b = Float64Array.from({ length: k * n }, normal);
        const c = Float64Array.from({ length: m * n }, normal);
        const before = c.slice();
        matmul(m, n, k, a, 0, turned ? 1 : k, turned ? m : 1, b, 0, n, c, 0, accumulate);
        for (let i = 0; i < m; i++)
          for (let j = 0; j < n; j++) {
            let sum = accumulate ? before[i * n + j] : 0;
            for (let p = 0; p < k; p++)
              sum += (turned ? a[p * m + i] : a[i * k + p]) * b[p * n + j];
            expect(c[i * n + j]).toBeCloseTo(sum, 12);
          }
      }),
    );
  });

  it('transposes', () => {
    const into = new Float64Array(6);
    transpose(Float64Array.of(9, 1, 2, 3, 4, 5, 6), 1, 2, 3, into);
    expect([...into]).toEqual([1, 4, 2, 5, 3, 6]);
  });
});

describe('gradients against central differences', () => {
  it('softmax cross-entropy', () => {
    const logits = Float64Array.of(0.3, -1.2, 2, 0.1);
    const loss = (x: Float64Array) => softmaxCrossEntropy(x.slice(), 0, 4, 2, 1);
    const gradient = logits.slice();
    softmaxCrossEntropy(gradient, 0, 4, 2, 1);
    expect(gradientError(loss, logits, gradient)).toBeLessThan(1e-9);
  });

  const tasks: [string, DataTask][] = [
    ['tanh network', makeTask('spirals', { samples: 20, width: 6, arms: 3 })],
    ['GELU network', makeTask('spirals', { samples: 20, width: 5, activation: 'gelu' })],
    ['ReLU network', makeTask('spirals', { samples: 20, width: 7, layers: 3, activation: 'relu' })],
    ['softmax regression', makeTask('iris', { layers: 0 })],
    ['logistic regression with penalty', makeTask('logistic', { features: 4, l2: 0.3 })],
  ];

  it.each(tasks)('%s', (_name, task) => {
    const layout = networkOf(task) as Layout;
    const { train } = samplesOf(task);
    const rows = Uint32Array.from({ length: 11 }, (_, i) => (i * 7) % train.count);
    const network = createNetwork(layout, train, 16, task.kind === 'logistic' ? task.l2 : 0);
    const normal = createNormal(createRng(5));
    const x = initialWeights(task, layout, createRng(3)).map((value) => value + 0.1 * normal());
    const gradient = new Float64Array(layout.count);
    const scratch = new Float64Array(layout.count);
    network(x, rows, gradient);
    expect(gradientError((p) => network(p, rows, scratch), x, gradient)).toBeLessThan(1e-7);
  });

  it.each(TASKS.filter(({ specs }) => specs.some(({ id }) => id === 'startX')))(
    '$name on the plane',
    ({ kind }) => {
      const task = makeTask(kind) as PlaneTask;
      const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
      fc.assert(
        fc.property(coordinate, coordinate, (x, y) => {
          const point = Float64Array.of(x, y);
          const gradient = new Float64Array(2);
          functionGradient(task, point, gradient);
          expect(gradientError((p) => functionValue(task, p), point, gradient)).toBeLessThan(2e-6);
        }),
      );
    },
  );

  it.each([
    ['ℓ1 regression', makeTask('absolute', { dimension: 7 })],
    ['quadratic', makeTask('quadratic', { dimension: 7 })],
    ['harmonic quadratic', makeTask('quadratic', { dimension: 5, spectrum: 'harmonic' })],
    ['Rosenbrock', makeTask('rosenbrock')],
  ] as const)('%s', (_name, task) => {
    const x = Float64Array.of(0.3, -0.8, 1.1, 0.2, 0.9, -1.4, 0.6);
    const point = x.slice(0, 'dimension' in task ? task.dimension : 2);
    const gradient = new Float64Array(point.length);
    functionGradient(task, point, gradient);
    expect(gradientError((p) => functionValue(task, p), point, gradient)).toBeLessThan(1e-8);
  });
});

describe('network', () => {
  it('has the loss that the definition gives', () => {
    const task = makeTask('spirals', { samples: 30, width: 9, arms: 3 });
    const layout = networkOf(task) as Layout;
    const { train } = samplesOf(task);
    const x = initialWeights(task, layout, createRng(8));
    const rows = Uint32Array.of(4, 9, 1, 22, 17);
    const loss = createNetwork(layout, train, 5, 0)(x, rows, new Float64Array(layout.count));
    const forward = createForward(layout, x);
    let expected = 0;
    for (const row of rows) {
      const out = Array.from(forward(train.inputs, row));
      const sum = out.reduce((total, z) => total + Math.exp(z), 0);
      expected += Math.log(sum) - out[train.labels[row]];
    }
    expect(loss).toBeCloseTo(expected / rows.length, 12);
  });
});
