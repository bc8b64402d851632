/**
 * The small convolutional network: what its parameters mean, and its outputs in double precision
 * from the definition. Two layers of 3 × 3 filters with zeros around the image, each followed by the
 * activation and the maximum of 2 × 2 pixels, then a linear layer (after LeCun et al. 1998).
 */
import { activate } from './activations.ts';
import { DIGIT_CLASSES, DIGIT_SIDE } from './digits.ts';
import type { Activation, Task } from './tasks.ts';

/** Pixels of a filter. */
export const FILTER = 9;

/** side × side × inner values to as many × outer, then to half the side, rounded down. */
export interface ConvolutionLayer {
  side: number;
  inner: number;
  outer: number;
  /** Offset of the filters, [pixel][inner][outer]. */
  weights: number;
  biases: number;
}

export interface ConvolutionLayout {
  layers: readonly ConvolutionLayer[];
  activation: Activation;
  /** Inputs of the linear layer: the last layer's values, pixel by pixel. */
  features: number;
  classes: number;
  /** Offset of the linear layer, [feature][class]. */
  weights: number;
  biases: number;
  /** Number of parameters. */
  count: number;
  /** Multiply-adds for one image. */
  work: number;
}

/** The network of a task that asks for one; null for others. */
export function convolutionOf(task: Task): ConvolutionLayout | null {
  if (task.kind !== 'digits' || task.network !== 'convolution') return null;
  let count = 0;
  let work = 0;
  const take = (size: number): number => {
    count += size;
    return count - size;
  };
  let side = DIGIT_SIDE;
  let inner = 1;
  const layers = [Number(task.channels), 2 * Number(task.channels)].map((outer) => {
    const weights = take(FILTER * inner * outer);
    const layer = { side, inner, outer, weights, biases: take(outer) };
    work += side * side * FILTER * inner * outer;
    side = Math.floor(side / 2);
    inner = outer;
    return layer;
  });
  const features = side * side * inner;
  const classes = DIGIT_CLASSES;
  const weights = take(features * classes);
  const biases = take(classes);
  work += features * classes;
  const { activation } = task;
  return { layers, activation, features, classes, weights, biases, count, work };
}

/** Filters over one image, the activation, the maximum of 2 × 2 pixels, into `pooled`. */
function createLayer(
  { side, inner, outer, weights, biases }: ConvolutionLayer,
  activation: Activation,
  parameters: ArrayLike<number>,
): (image: Float64Array, from: number) => Float64Array {
  const half = side >> 1;
  const row = side * outer;
  const sums = new Float64Array(side * side * outer);
  const pooled = new Float64Array(half * half * outer);
  /** The image with a rim of zeros, and the places in it of a filter's values. */
  const line = (side + 2) * inner;
  const padded = new Float64Array((side + 2) * line);
  const places = Int32Array.from(
    { length: FILTER * inner },
    (_, k) => Math.floor(k / (3 * inner)) * line + (k % (3 * inner)),
  );
  /** What is not 0 around a pixel, and the offsets of its weights. */
  const values = new Float64Array(FILTER * inner);
  const offsets = new Int32Array(FILTER * inner);

  return (image, from) => {
    for (let y = 0; y < side; y++)
      for (let j = 0; j < side * inner; j++)
        padded[(y + 1) * line + inner + j] = image[from + y * side * inner + j];
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const corner = y * line + x * inner;
        let count = 0;
        for (let k = 0; k < places.length; k++) {
          const value = padded[corner + places[k]];
          if (value === 0) continue;
          values[count] = value;
          offsets[count++] = weights + k * outer;
        }
        const to = (y * side + x) * outer;
        // Four filters at a time: their number is a multiple of 4.
        for (let j = 0; j < outer; j += 4) {
          let s0 = parameters[biases + j];
          let s1 = parameters[biases + j + 1];
          let s2 = parameters[biases + j + 2];
          let s3 = parameters[biases + j + 3];
          for (let k = 0; k < count; k++) {
            const value = values[k];
            const w = offsets[k] + j;
            s0 += value * parameters[w];
            s1 += value * parameters[w + 1];
            s2 += value * parameters[w + 2];
            s3 += value * parameters[w + 3];
          }
          sums[to + j] = activate(activation, s0);
          sums[to + j + 1] = activate(activation, s1);
          sums[to + j + 2] = activate(activation, s2);
          sums[to + j + 3] = activate(activation, s3);
        }
      }
    for (let y = 0; y < half; y++)
      for (let x = 0; x < half; x++)
        for (let j = 0; j < outer; j++) {
          const at = (2 * y * side + 2 * x) * outer + j;
          const upper = Math.max(sums[at], sums[at + outer]);
          const lower = Math.max(sums[at + row], sums[at + row + outer]);
          pooled[(y * half + x) * outer + j] = Math.max(upper, lower);
        }
    return pooled;
  };
}

/** Outputs for one row of inputs at a time; the returned array is written again. O(work). */
export function createConvolution(
  layout: ConvolutionLayout,
  parameters: ArrayLike<number>,
): (inputs: Float64Array, row: number) => Float64Array {
  const { layers, activation, features, classes, weights, biases } = layout;
  const convolutions = layers.map((layer) => createLayer(layer, activation, parameters));
  const outputs = new Float64Array(classes);
  return (inputs, row) => {
    let image = convolutions[0](inputs, row * DIGIT_SIDE * DIGIT_SIDE);
    for (let l = 1; l < convolutions.length; l++) image = convolutions[l](image, 0);
    for (let j = 0; j < classes; j++) outputs[j] = parameters[biases + j];
    for (let i = 0; i < features; i++) {
      const w = weights + i * classes;
      for (let j = 0; j < classes; j++) outputs[j] += image[i] * parameters[w + j];
    }
    return outputs;
  };
}
