import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../src/core/rng.ts';
import { samplesOf } from '../../../../src/problems/learning-rate/data.ts';
import { networkOf, type Layout } from '../../../../src/problems/learning-rate/model.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { makeTask } from '../../../../src/problems/learning-rate/tasks.ts';
import { TRAINING_TEXT } from '../../../../src/problems/learning-rate/text.ts';
import {
  createWindowLoss,
  transformerOf,
} from '../../../../src/problems/learning-rate/transformer.ts';
import { createNetwork } from '../network.ts';
import { createClassifier } from './classifier.ts';
import { createKernels, type Kernels } from './kernels.ts';
import { createTape, type Engine, type Tape, type Tensor } from './tape.ts';
import { createTransformer, initialTransformer } from './transformer.ts';
import { createTwin } from './twin.ts';

/** A network under test: its operations between given inputs and the loss. */
interface Case {
  parameters: number;
  /** Rows × columns of the input, whose values are drawn. */
  input: [number, number];
  /** 0 where a value is predicted. */
  classes: number;
  loss?: 'square';
  build(tape: Tape, input: Tensor): Tensor;
}

const cases: Record<string, Case> = {
  'linear layer with bias': {
    parameters: 5 * 3 + 3,
    input: [7, 5],
    classes: 3,
    build: (tape, x) => tape.linear(x, 3, 0, 15),
  },
  ...Object.fromEntries(
    (['tanh', 'relu', 'gelu'] as const).map((kind): [string, Case] => [
      kind,
      {
        parameters: 4 * 9 + 9 + 9 * 3,
        input: [6, 4],
        classes: 3,
        build: (tape, x) => tape.linear(tape.activation(tape.linear(x, 9, 0, 36), kind), 3, 45),
      },
    ]),
  ),
  'layer normalisation': {
    parameters: 8 * 8 + 8 + 8 * 3,
    input: [5, 8],
    classes: 3,
    build: (tape, x) => tape.linear(tape.layerNorm(tape.linear(x, 8, 0), 64), 3, 72),
  },
  'residual sum, read twice': {
    parameters: 8 * 8 + 8 + 8 * 8 + 8 * 2,
    input: [5, 8],
    classes: 2,
    build(tape, x) {
      const stream = tape.linear(x, 8, 0);
      const branch = tape.linear(tape.layerNorm(stream, 64), 8, 72);
      return tape.linear(tape.sum(stream, branch), 2, 136);
    },
  },
  'squared error': {
    parameters: 5 + 1,
    input: [7, 5],
    classes: 0,
    loss: 'square',
    build: (tape, x) => tape.linear(x, 1, 0, 5),
  },
  'causal attention': {
    parameters: 6 * 24 + 8 * 3,
    input: [2 * 8, 6],
    classes: 3,
    build: (tape, x) => tape.linear(tape.attention(tape.linear(x, 24, 0), 2, 8), 3, 144),
  },
  'token and position embedding': {
    parameters: 5 * 8 + 4 * 8 + 8 * 5,
    input: [1, 1],
    classes: 5,
    build(tape) {
      const tokens = tape.reserve(8);
      const x = tape.embed(tokens, 8, 8, 0, 5, 40, 4);
      embedded.set(tape, tokens);
      return tape.linear(x, 5, 72);
    },
  },
};

const imageCases: Record<string, Case> = {
  'convolutions and maxima': {
    parameters: 9 * 2 * 4 + 4 + 9 * 4 * 4 + 4 + 4 * 3,
    input: [3 * 5 * 5, 2],
    classes: 3,
    build(tape, x) {
      const first = tape.activation(tape.linear(tape.patches(x, 5), 4, 0, 72), 'tanh');
      const second = tape.linear(tape.patches(tape.maxPool(first, 5), 2), 4, 76, 220);
      return tape.linear(tape.reshape(tape.maxPool(tape.activation(second, 'tanh'), 2), 4), 3, 224);
    },
  },
  'a convolution of many pixels, read twice': {
    parameters: 3 * 4 + 2 * 9 * 4 * 4 + 8 * 5,
    input: [2 * 4 * 4, 3],
    classes: 5,
    build(tape, x) {
      const pixels = tape.linear(x, 4, 0);
      const a = tape.linear(tape.patches(pixels, 4), 4, 12);
      const b = tape.linear(tape.patches(pixels, 4), 4, 156);
      return tape.linear(tape.reshape(tape.sum(a, b), 8), 5, 300);
    },
  },
};

/** Where a tape's tokens are. */
const embedded = new WeakMap<Tape, number>();

function engineOf(kernels: Kernels, { parameters, input, classes, loss, build }: Case): Engine {
  const normal = createNormal(createRng(11));
  const tape = createTape(kernels, parameters);
  const x = tape.input(...input);
  const logits = build(tape, x);
  const labels = tape.reserve(logits.rows);
  const engine = tape.build(logits, labels, loss);
  const inputs = engine.values(x.at, input[0] * input[1]);
  for (let i = 0; i < inputs.length; i++) inputs[i] = normal();
  for (let i = 0; i < logits.rows; i++)
    if (loss === 'square') engine.values(labels, logits.rows)[i] = normal();
    else engine.words(labels, logits.rows)[i] = (i * 5) % classes;
  const tokens = embedded.get(tape);
  if (tokens !== undefined) engine.words(tokens, 8).set([0, 3, 1, 3, 4, 2, 0, 1]);
  for (let i = 0; i < parameters; i++) engine.parameters[i] = 0.5 * normal();
  return engine;
}

describe.each(Object.entries({ ...cases, ...imageCases }))('%s', (_name, example) => {
  it('has the gradient that central differences give', () => {
    const engine = engineOf(createTwin('double'), example);
    engine.step();
    const gradient = engine.gradient.slice();
    const h = 1e-5;
    let worst = 0;
    let largest = 0;
    for (let i = 0; i < gradient.length; i++) {
      const value = engine.parameters[i];
      engine.parameters[i] = value + h;
      const up = engine.step();
      engine.parameters[i] = value - h;
      const slope = (up - engine.step()) / (2 * h);
      engine.parameters[i] = value;
      worst = Math.max(worst, Math.abs(slope - gradient[i]));
      largest = Math.max(largest, Math.abs(slope));
    }
    expect(largest).toBeGreaterThan(1e-3);
    expect(worst / largest).toBeLessThan(1e-7);
  });

  it('is the same in WebAssembly, bit for bit', () => {
    const wasm = engineOf(createKernels(), example);
    const twin = engineOf(createTwin(), example);
    for (let step = 0; step < 3; step++) {
      expect(wasm.step()).toBe(twin.step());
      expect(wasm.gradient).toEqual(twin.gradient);
      for (const { parameters, gradient } of [wasm, twin])
        for (let i = 0; i < parameters.length; i++) parameters[i] -= 0.1 * gradient[i];
    }
  });
});

describe('transformer', () => {
  const task = makeTask('text', { width: '16', heads: '2', context: '16' });
  const layout = transformerOf(task);
  const parameters = initialTransformer(layout, 2, createRng(6));
  const lossOf = createWindowLoss(layout, parameters);
  const starts = Uint32Array.of(5, 1000, 77);
  const mean = (): number =>
    starts.reduce((sum, at) => sum + lossOf(TRAINING_TEXT.subarray(at, at + 17)), 0) / 3;

  it('has the loss that the definition gives, and its slope along any direction', () => {
    const engine = createTransformer(createKernels(), layout, TRAINING_TEXT, 3);
    const gradient = new Float64Array(layout.count);
    expect(engine(parameters, starts, gradient)).toBeCloseTo(mean(), 5);
    const normal = createNormal(createRng(1));
    for (let trial = 0; trial < 4; trial++) {
      const direction = gradient.map(() => normal());
      const slope = gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
      const start = parameters.slice();
      const at = (h: number): number => {
        for (let i = 0; i < start.length; i++) parameters[i] = start[i] + h * direction[i];
        return mean();
      };
      const measured = (at(1e-5) - at(-1e-5)) / 2e-5;
      parameters.set(start);
      expect(Math.abs(slope - measured)).toBeLessThan(1e-4 * Math.max(1, Math.abs(measured)));
    }
  });

  it('gives the same bits in WebAssembly and in the twin', () => {
    const [a, b] = [createKernels(), createTwin()].map((kernels) => {
      const gradient = new Float64Array(layout.count);
      const loss = createTransformer(
        kernels,
        layout,
        TRAINING_TEXT,
        3,
      )(parameters, starts, gradient);
      return { loss, gradient };
    });
    expect(a).toEqual(b);
  });
});

describe('classifier', () => {
  it('agrees with the double-precision network', () => {
    for (const activation of ['tanh', 'relu', 'gelu'] as const) {
      const task = makeTask('spirals', { arms: 3, width: 17, activation });
      const layout = networkOf(task) as Layout;
      const { train } = samplesOf(task);
      const rows = Uint32Array.from({ length: 21 }, (_, i) => (i * 17) % train.count);
      const normal = createNormal(createRng(2));
      const x = Float64Array.from({ length: layout.count }, () => 0.4 * normal());
      const expected = new Float64Array(layout.count);
      const gradient = new Float64Array(layout.count);
      const loss = createNetwork(layout, train, 21, 0)(x, rows, expected);
      const classifier = createClassifier(createKernels(), layout, [train], 21);
      expect(classifier(x, rows, gradient)).toBeCloseTo(loss, 5);
      const largest = expected.reduce((max, g) => Math.max(max, Math.abs(g)), 0);
      expected.forEach((g, i) => expect(Math.abs(g - gradient[i]) / largest).toBeLessThan(3e-6));
    }
  });
});
