/**
 * The training engine against plain TypeScript: the same step (forward, backward, Adam) in
 * WebAssembly SIMD and in double-precision typed arrays with register blocks, one after the other
 * in the same process. Steps per second of CPU time. Then the elementwise steps of optimizers, in
 * kernels (copies there and back included) against their twins.
 */
import { createRng } from '../src/core/rng.ts';
import {
  convolutionOf,
  type ConvolutionLayout,
} from '../src/problems/learning-rate/convolution.ts';
import { samplesOf } from '../src/problems/learning-rate/data.ts';
import { loadDigits } from '../src/problems/learning-rate/digits.ts';
import { networkOf, type Layout } from '../src/problems/learning-rate/model.ts';
import { makeTask } from '../src/problems/learning-rate/tasks.ts';
import { TRAINING_TEXT } from '../src/problems/learning-rate/text.ts';
import { transformerOf } from '../src/problems/learning-rate/transformer.ts';
import { createClassifier } from '../workers/solvers/learning-rate/engine/classifier.ts';
import {
  createConvolutional,
  initialConvolution,
} from '../workers/solvers/learning-rate/engine/convolution.ts';
import { createKernels, type Kernels } from '../workers/solvers/learning-rate/engine/kernels.ts';
import {
  createTransformer,
  initialTransformer,
} from '../workers/solvers/learning-rate/engine/transformer.ts';
import { createTwin } from '../workers/solvers/learning-rate/engine/twin.ts';
import {
  UPDATE_NAMES,
  type UpdateName,
} from '../workers/solvers/learning-rate/engine/twin-updates.ts';
import { createNetwork, type LossAndGradient } from '../workers/solvers/learning-rate/network.ts';
import { createRest } from '../workers/solvers/learning-rate/optimizers/adaptive.ts';
import { createUpdate, type Update } from '../workers/solvers/learning-rate/optimizers/update.ts';
import { initialWeights } from '../workers/solvers/learning-rate/problem.ts';

const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
/** Measurements of each, in turn, and their CPU seconds. */
const ROUNDS = 4;
const SECONDS = 0.6;
/** Of the elementwise steps alone, at the numbers of parameters of our networks. */
const SECONDS_OF_UPDATES = 0.03;
const COUNTS = [2_000, 20_000, 110_000];

interface Workload {
  name: string;
  start: Float64Array;
  rows: Uint32Array;
  wasm(): LossAndGradient;
  plain(): LossAndGradient;
}

function network(activation: 'relu' | 'tanh', width: number): Workload {
  const task = makeTask('spirals', { width, activation });
  const layout = networkOf(task) as Layout;
  const { train } = samplesOf(task);
  return {
    name: `MLP 2-${width}-${width}-2 ${activation}, batch 64`,
    start: initialWeights(task, layout, createRng(1)),
    rows: Uint32Array.from({ length: 64 }, (_, i) => (i * 17) % train.count),
    wasm: () => createClassifier(createKernels(), layout, [train], 64),
    plain: () => createNetwork(layout, train, 64, 0),
  };
}

/** Learns digits; they have to be loaded. */
function convolution(channels: '8' | '16'): Workload {
  const task = makeTask('digits', { network: 'convolution', channels });
  const layout = convolutionOf(task) as ConvolutionLayout;
  const { train } = samplesOf(task);
  const create = (kernels: Kernels) => createConvolutional(kernels, layout, train, 32);
  return {
    name: `convolution, ${channels} and ${2 * Number(channels)} filters, batch 32`,
    start: initialConvolution(layout, 1, createRng(1)),
    rows: Uint32Array.from({ length: 32 }, (_, i) => i * 17),
    wasm: () => create(createKernels()),
    plain: () => create(createTwin('double')),
  };
}

function digits(): Workload {
  const task = makeTask('digits', { layers: 2, width: 128 });
  const layout = networkOf(task) as Layout;
  const { train } = samplesOf(task);
  return {
    name: 'MLP 196-128-128-10 relu, batch 64',
    start: initialWeights(task, layout, createRng(1)),
    rows: Uint32Array.from({ length: 64 }, (_, i) => i * 17),
    wasm: () => createClassifier(createKernels(), layout, [train], 64),
    plain: () => createNetwork(layout, train, 64, 0),
  };
}

function transformer(batch: number): Workload {
  const layout = transformerOf(makeTask('text'));
  const create = (kernels: Kernels) => createTransformer(kernels, layout, TRAINING_TEXT, batch);
  return {
    name: `transformer of ${layout.count} parameters, batch ${batch}`,
    start: initialTransformer(layout, 1, createRng(1)),
    rows: Uint32Array.from({ length: batch }, (_, i) => i * 1000),
    wasm: () => create(createKernels()),
    plain: () => create(createTwin('double')),
  };
}

/** Calls per CPU second, at best, of each in turn. */
function speeds(runs: readonly (() => void)[], seconds = SECONDS): number[] {
  const cpu = () => process.cpuUsage().user / 1e6;
  const best = runs.map(() => 0);
  for (let round = 0; round < ROUNDS; round++)
    runs.forEach((run, i) => {
      const from = cpu();
      let calls = 0;
      let spent = 0;
      for (; spent < seconds; spent = cpu() - from, calls++) run();
      best[i] = Math.max(best[i], calls / spent);
    });
  return best;
}

function trainingStep(run: LossAndGradient, { start, rows }: Workload): () => void {
  const parameters = start.slice();
  const gradient = new Float64Array(start.length);
  const optimizer = createRest(ADAM, start.length, []);
  return () => {
    run(parameters, rows, gradient);
    // A rate of 0: training on one batch for long would end in denormal numbers.
    optimizer.step(parameters, gradient, 0);
  };
}

/** Steps on thousands of coordinates, so that the clock costs nothing beside them. */
function updateSteps(name: UpdateName, count: number, inKernels: boolean): () => void {
  const update = createUpdate(name, count, [], inKernels) as Update<UpdateName>;
  const x = Float64Array.from({ length: count }, (_, i) => 1 + (i % 7));
  const g = x.slice();
  const run = update.run as (x: Float64Array, g: Float64Array, ...constants: number[]) => void;
  const repeats = Math.ceil(20_000 / count);
  // Constants of no meaning but sound for all; the rate, which is the first, is 0.
  return () => {
    for (let i = 0; i < repeats; i++) run(x, g, 0, 0.001, 0.9, 0.5, 0.5, 0.5);
  };
}

/** Prints one line for each workload whose name contains the text. */
export async function measureEngine(match: string, write: (line: string) => void): Promise<void> {
  await loadDigits();
  const workloads = [
    network('relu', 64),
    network('tanh', 64),
    network('relu', 128),
    digits(),
    convolution('8'),
    convolution('16'),
    transformer(16),
  ];
  for (const workload of workloads.filter(({ name }) => name.includes(match))) {
    const [wasm, plain] = speeds(
      [workload.wasm(), workload.plain()].map((run) => trainingStep(run, workload)),
    );
    const [a, b] = [wasm, plain].map((value) => value.toFixed(value < 100 ? 1 : 0).padStart(8));
    write(
      `${workload.name.padEnd(44)} SIMD ${a}/s  plain ${b}/s  ${(wasm / plain).toFixed(1)} times\n`,
    );
  }
  for (const name of UPDATE_NAMES) {
    const title = `step of ${name}`;
    if (!title.includes(match)) continue;
    const ratios = COUNTS.map((count) => {
      const runs = [true, false].map((inKernels) => updateSteps(name, count, inKernels));
      const [kernel, twin] = speeds(runs, SECONDS_OF_UPDATES);
      return `${(kernel / twin).toFixed(1)} times at ${count}`;
    });
    write(`${title.padEnd(44)} SIMD over plain: ${ratios.join(', ')} parameters\n`);
  }
}
