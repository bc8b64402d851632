/** Networks of samples on the engine, the fully connected ones among them. */
import type { Samples } from '../../../../src/problems/learning-rate/data.ts';
import type { Layout } from '../../../../src/problems/learning-rate/model.ts';
import type { LossAndGradient } from '../network.ts';
import type { Kernels } from './kernels.ts';
import { createTape, type Engine, type Tape, type Tensor } from './tape.ts';

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
 * Mean loss and gradient of batches of exactly `size` rows of samples; all samples are copied into
 * the arena, and rows count through the given sets.
 * @param network from a batch of inputs to its outputs.
 */
export function createSampled(
  kernels: Kernels,
  count: number,
  sets: readonly Samples[],
  size: number,
  loss: 'softmax' | 'square',
  network: (tape: Tape, input: Tensor) => Tensor,
): LossAndGradient {
  const tape = createTape(kernels, count);
  const features = sets[0].inputs.length / sets[0].count;
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
  const engine = tape.build(network(tape, input), truth, loss);
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

/** A fully connected network with one output per class or one for a value. */
export const createClassifier = (
  kernels: Kernels,
  { sizes, activation, loss, weights, biases, count }: Layout,
  sets: readonly Samples[],
  size: number,
): LossAndGradient =>
  createSampled(
    kernels,
    count,
    sets,
    size,
    loss === 'square' ? 'square' : 'softmax',
    (tape, input) =>
      weights.reduce((x, offset, l) => {
        const values = l > 0 ? tape.activation(x, activation) : x;
        return tape.linear(values, sizes[l + 1], offset, biases[l]);
      }, input),
  );
