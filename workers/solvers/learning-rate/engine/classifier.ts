/** Fully connected classifiers on the engine. */
import type { Samples } from '../../../../src/problems/learning-rate/data.ts';
import type { Layout } from '../../../../src/problems/learning-rate/model.ts';
import type { LossAndGradient } from '../network.ts';
import type { Kernels } from './kernels.ts';
import { createTape, type Engine, type Tensor } from './tape.ts';

/**
 * Copies parameters in and the gradient out, and runs a step in between.
 * @param load makes the batch of the given rows that of the next step.
 */
export function asLoss(engine: Engine, load: (rows: Uint32Array) => void): LossAndGradient {
  return (parameters, rows, gradient) => {
    engine.parameters.set(parameters);
    load(rows);
    const loss = engine.step();
    gradient.set(engine.gradient);
    return loss;
  };
}

/**
 * Mean loss and gradient of batches of exactly `size` rows, with one output per class. All samples
 * are copied into the arena.
 */
export function createClassifier(
  kernels: Kernels,
  { sizes, activation, weights, biases, count }: Layout,
  samples: Samples,
  size: number,
): LossAndGradient {
  const tape = createTape(kernels, count);
  const features = sizes[0];
  const all = tape.reserve(samples.inputs.length);
  const allLabels = tape.reserve(samples.count);
  const chosen = tape.reserve(size);
  const labels = tape.reserve(size);
  const input = tape.input(size, features);
  tape.before(() => {
    kernels.gather(size, features, all, chosen, input.at);
    kernels.gather(size, 1, allLabels, chosen, labels);
  });
  let x: Tensor = input;
  for (let l = 0; l < weights.length; l++) {
    if (l > 0) x = tape.activation(x, activation);
    x = tape.linear(x, sizes[l + 1], weights[l], biases[l]);
  }
  const engine = tape.build(x, labels);
  engine.values(all, samples.inputs.length).set(samples.inputs);
  engine.words(allLabels, samples.count).set(samples.labels);
  const batch = engine.words(chosen, size);
  return asLoss(engine, (rows) => batch.set(rows));
}
