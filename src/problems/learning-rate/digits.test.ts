import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import { convolutionOf, createConvolution, type ConvolutionLayout } from './convolution.ts';
import { dataOf, samplesOf } from './data.ts';
import { DIGIT_SIDE, hasDigits, loadDigits } from './digits.ts';
import { learningRate } from './family.ts';
import type { Instance } from './instance.ts';
import { objectiveOf, parameterCount, validationAccuracy } from './model.ts';
import { makeBody, makeSchedule } from './schedule.ts';
import { makeTask, type Task } from './tasks.ts';

const instance = (task: Task): Instance => ({
  name: 'Test',
  task,
  steps: 100,
  batch: 16,
  schedule: makeSchedule(0.01, makeBody('linear')),
});

const dense = makeTask('digits');
const convolution = makeTask('digits', { network: 'convolution', channels: '4' });

describe('digits that have not been loaded', () => {
  it('leave everything but the checker at work, which says so', () => {
    expect(hasDigits()).toBe(false);
    expect(dataOf(dense)).toBeNull();
    expect(learningRate.describe(instance(dense)).map(({ value }) => value)).toContain('MNIST');
    expect(learningRate.refuses('central-flow', instance(dense))).not.toBeNull();
    const solution = { parameters: new Float64Array(parameterCount(dense)), step: 0 };
    expect(check(instance(dense), solution).violations).toEqual([
      'The handwritten digits have not been loaded.',
    ]);
  });

  it('load when an instance needs them', async () => {
    await learningRate.prepare!(instance(makeTask('xor')));
    expect(hasDigits()).toBe(false);
    await learningRate.prepare!(instance(dense));
    expect(hasDigits()).toBe(true);
  });
});

describe('the task', () => {
  it('has as many digits of each class, and others to validate with', async () => {
    await loadDigits();
    const { train, validation } = samplesOf(makeTask('digits', { samples: 500 }));
    const counts = (labels: Uint8Array) =>
      Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
    expect(counts(train.labels)).toEqual(Array(10).fill(50));
    expect(counts(validation.labels)).toEqual(Array(10).fill(100));
    const key = (inputs: Float64Array, i: number) => inputs.subarray(196 * i, 196 * (i + 1)).join();
    const seen = new Set(Array.from(train.labels, (_, i) => key(train.inputs, i)));
    expect(
      Array.from(validation.labels, (_, i) => key(validation.inputs, i)).filter((image) =>
        seen.has(image),
      ),
    ).toEqual([]);
  });

  it('has wrong labels where asked for, to train on only', async () => {
    await loadDigits();
    const clean = samplesOf(dense);
    const noisy = samplesOf(makeTask('digits', { labelNoise: 0.3 }));
    const wrong = noisy.train.labels.filter((label, i) => label !== clean.train.labels[i]).length;
    expect(wrong / 7000).toBeCloseTo(0.3, 1);
    expect(noisy.validation).toBe(clean.validation);
  });

  it('starts from ln 10 and one in ten, whatever the network', async () => {
    await loadDigits();
    for (const task of [dense, convolution]) {
      const parameters = new Float64Array(parameterCount(task));
      expect(objectiveOf(task, parameters)).toBeCloseTo(Math.log(10), 12);
      expect(validationAccuracy(task, parameters)).toBeCloseTo(0.1, 12);
    }
  });
});

/** Word for word: sums over the filter, the activation, then the largest of 2 × 2. */
function outputsOf(layout: ConvolutionLayout, p: Float64Array, image: number[][][]): number[] {
  let x = image;
  for (const { side, inner, outer, weights, biases } of layout.layers) {
    const at = (i: number, j: number, c: number) => x[i]?.[j]?.[c] ?? 0;
    const y = Array.from({ length: side }, (_, i) =>
      Array.from({ length: side }, (__, j) =>
        Array.from({ length: outer }, (___, o) => {
          let sum = p[biases + o];
          for (let a = 0; a < 3; a++)
            for (let b = 0; b < 3; b++)
              for (let c = 0; c < inner; c++)
                sum +=
                  at(i + a - 1, j + b - 1, c) * p[weights + ((3 * a + b) * inner + c) * outer + o];
          return Math.max(0, sum);
        }),
      ),
    );
    const half = Math.floor(side / 2);
    x = Array.from({ length: half }, (_, i) =>
      Array.from({ length: half }, (__, j) =>
        y[0][0].map((___, o) =>
          Math.max(
            y[2 * i][2 * j][o],
            y[2 * i][2 * j + 1][o],
            y[2 * i + 1][2 * j][o],
            y[2 * i + 1][2 * j + 1][o],
          ),
        ),
      ),
    );
  }
  const features = x.flat(2);
  return Array.from({ length: layout.classes }, (_, j) =>
    features.reduce(
      (sum, value, i) => sum + value * p[layout.weights + i * layout.classes + j],
      p[layout.biases + j],
    ),
  );
}

describe('the convolutional network', () => {
  it('has the parameters of its filters', () => {
    expect(parameterCount(convolution)).toBe(9 * 4 + 4 + 9 * 4 * 8 + 8 + 9 * 8 * 10 + 10);
  });

  it('has the outputs that its definition gives', () => {
    const layout = convolutionOf(convolution)!;
    const parameters = Float64Array.from(
      { length: layout.count },
      (_, i) => ((i * 37) % 23) / 23 - 0.45,
    );
    const pixels = Float64Array.from({ length: 2 * 196 }, (_, i) =>
      i % 3 === 0 ? 0 : ((i * 7) % 16) / 15,
    );
    const image = Array.from({ length: DIGIT_SIDE }, (_, i) =>
      Array.from({ length: DIGIT_SIDE }, (__, j) => [pixels[196 + i * DIGIT_SIDE + j]]),
    );
    const expected = outputsOf(layout, parameters, image);
    const found = createConvolution(layout, parameters)(pixels, 1);
    expected.forEach((value, j) => expect(found[j]).toBeCloseTo(value, 9));
    expect(new Set(expected).size).toBe(10);
  });
});
