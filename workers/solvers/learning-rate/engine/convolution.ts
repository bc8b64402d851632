/** The convolutional network on the engine. */
import type { Rng } from '../../../../src/core/rng.ts';
import {
  FILTER,
  type ConvolutionLayout,
} from '../../../../src/problems/learning-rate/convolution.ts';
import type { Samples } from '../../../../src/problems/learning-rate/samples.ts';
import type { LossAndGradient } from '../network.ts';
import { createSampled } from './classifier.ts';
import type { Kernels } from './kernels.ts';

/** Mean loss and gradient of batches of exactly `size` images. All are copied into the arena. */
export const createConvolutional = (
  kernels: Kernels,
  { layers, activation, features, classes, weights, biases, count }: ConvolutionLayout,
  images: Samples,
  size: number,
): LossAndGradient =>
  createSampled(kernels, count, [images], size, 'softmax', (tape, input) => {
    let x = tape.reshape(input, layers[0].inner);
    for (const { side, outer, weights: filters, biases: offsets } of layers) {
      const sums = tape.linear(tape.patches(x, side), outer, filters, offsets);
      x = tape.maxPool(tape.activation(sums, activation), side);
    }
    return tape.linear(tape.reshape(x, features), classes, weights, biases);
  });

/** Weights uniform in ±√(6 / inputs) (He et al. 2015), for tanh ±√(6 / (inputs + outputs)); biases 0. */
export function initialConvolution(
  { layers, activation, features, classes, weights, biases, count }: ConvolutionLayout,
  scale: number,
  rng: Rng,
): Float64Array {
  const parameters = new Float64Array(count);
  const draw = (from: number, to: number, inputs: number, outputs: number): void => {
    const limit = scale * Math.sqrt(6 / (activation === 'tanh' ? inputs + outputs : inputs));
    for (let i = from; i < to; i++) parameters[i] = limit * (2 * rng.float() - 1);
  };
  for (const layer of layers)
    draw(layer.weights, layer.biases, FILTER * layer.inner, FILTER * layer.outer);
  draw(weights, biases, features, classes);
  return parameters;
}
