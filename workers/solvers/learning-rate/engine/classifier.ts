/** Fully connected networks on the engine. */
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
 * Mean loss and gradient of batches of exactly `size` rows, with one output per class or one for a
 * value. All samples are copied into the arena; rows count through the given sets.
 */
export function createClassifier(
  kernels: Kernels,
  { sizes, activation, loss, weights, biases, count }: Layout,
  sets: readonly Samples[],
  size: number,
): LossAndGradient {
  const tape = createTape(kernels, count);
  const features = sizes[0];
  const total = sets.reduce((sum, set) => sum + set.count, 0);
  const all = tape.reserve(total * features);
  const allTruth = tape.reserve(total);
  const chosen = tape.reserve(size);
  const truth = tape.reserve(size);
  const input = tape.input(size, features);
  tape.before(() => {
    kernels.gather(size, features, all, chosen, input.at);
    kernels.gather(size, 1, allTruth, chosen, truth);
  });
  let x: Tensor = input;
  for (let l = 0; l < weights.length; l++) {
    if (l > 0) x = tape.activation(x, activation);
    x = tape.linear(x, sizes[l + 1], weights[l], biases[l]);
  }
  const engine = tape.build(x, truth, loss === 'square' ? 'square' : 'softmax');
  let row = 0;
  for (const { count: rows, inputs, labels, targets } of sets) {
    engine.values(all + 4 * row * features, rows * features).set(inputs);
    if (targets) engine.values(allTruth + 4 * row, rows).set(targets);
    else engine.words(allTruth + 4 * row, rows).set(labels);
    row += rows;
  }
  const batch = engine.words(chosen, size);
  return asLoss(engine, (rows) => batch.set(rows));
}
