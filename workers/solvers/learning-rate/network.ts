/** Mean loss of a mini-batch and its gradient for a fully connected network, by back-propagation. */
import { exp, log, tanh } from '../../../src/core/math.ts';
import type { Samples } from '../../../src/problems/learning-rate/data.ts';
import {
  geluWithSlope,
  sigmoid,
  softplus,
} from '../../../src/problems/learning-rate/activations.ts';
import type { Layout } from '../../../src/problems/learning-rate/model.ts';
import type { Activation } from '../../../src/problems/learning-rate/tasks.ts';
import { matmul, transpose } from './matmul.ts';

/** Loss of the rows, its gradient into `gradient`. */
export type LossAndGradient = (
  parameters: Float64Array,
  rows: Uint32Array,
  gradient: Float64Array,
) => number;

/**
 * Softmax cross-entropy of one row of `count` logits in place: the row becomes
 * (softmax − one-hot) · scale. Returns −ln P(label).
 */
export function softmaxCrossEntropy(
  logits: Float64Array,
  from: number,
  count: number,
  label: number,
  scale: number,
): number {
  let max = logits[from];
  for (let j = 1; j < count; j++) if (logits[from + j] > max) max = logits[from + j];
  const own = logits[from + label] - max;
  let sum = 0;
  for (let j = 0; j < count; j++) {
    const e = exp(logits[from + j] - max);
    logits[from + j] = e;
    sum += e;
  }
  const factor = scale / sum;
  for (let j = 0; j < count; j++) logits[from + j] *= factor;
  logits[from + label] -= scale;
  return log(sum) - own;
}

/** Values and slopes of the activation at the first `count` sums: one tight loop for each kind. */
function activateAll(
  kind: Activation,
  sums: Float64Array,
  values: Float64Array,
  slopes: Float64Array,
  count: number,
): void {
  switch (kind) {
    case 'tanh':
      for (let i = 0; i < count; i++) {
        const y = tanh(sums[i]);
        values[i] = y;
        slopes[i] = 1 - y * y;
      }
      return;
    case 'relu':
      for (let i = 0; i < count; i++) {
        // Without a branch: the signs of the sums are as good as random.
        const slope = Number(sums[i] > 0);
        values[i] = slope * sums[i];
        slopes[i] = slope;
      }
      return;
    case 'gelu':
      for (let i = 0; i < count; i++) geluWithSlope(sums[i], values, slopes, i);
  }
}

/**
 * The engine of one training run. All buffers are made here; a call allocates nothing.
 * @param capacity largest number of rows in a batch. @param l2 λ of λ/2 · |weights|².
 */
export function createNetwork(
  layout: Layout,
  samples: Samples,
  capacity: number,
  l2: number,
): LossAndGradient {
  const { sizes, activation, loss: kind, weights, biases } = layout;
  const depth = sizes.length - 1;
  const features = sizes[0];
  /** values[l]: inputs of layer l, row-major; sums[l]: its outputs before the activation. */
  const values = sizes.slice(0, depth).map((size) => new Float64Array(size * capacity));
  const sums = sizes.slice(1).map((size) => new Float64Array(size * capacity));
  const deltas = sizes.slice(1).map((size) => new Float64Array(size * capacity));
  /** slopes[l]: derivative of the activation that made values[l]. */
  const slopes = values.map(({ length }) => new Float64Array(length));
  const turned = new Float64Array(Math.max(...weights.map((_, l) => sizes[l] * sizes[l + 1])));

  function forward(parameters: Float64Array, rows: Uint32Array): void {
    const count = rows.length;
    for (let r = 0; r < count; r++)
      for (let j = 0; j < features; j++)
        values[0][r * features + j] = samples.inputs[rows[r] * features + j];
    for (let l = 0; l < depth; l++) {
      const inner = sizes[l];
      const outer = sizes[l + 1];
      const out = sums[l];
      for (let r = 0; r < count; r++)
        for (let j = 0; j < outer; j++) out[r * outer + j] = parameters[biases[l] + j];
      const w = weights[l];
      matmul(count, outer, inner, values[l], 0, inner, 1, parameters, w, outer, out, 0, true);
      if (l + 1 === depth) break;
      activateAll(activation, out, values[l + 1], slopes[l + 1], count * outer);
    }
  }

  /** Loss; its derivative by the last layer's sums into the last deltas. */
  function outputLoss(rows: Uint32Array): number {
    const count = rows.length;
    const outer = sizes[depth];
    const out = sums[depth - 1];
    const delta = deltas[depth - 1];
    let loss = 0;
    for (let r = 0; r < count; r++) {
      const label = samples.labels[rows[r]];
      if (samples.targets) {
        const error = out[r] - samples.targets[rows[r]];
        loss += 0.5 * error * error;
        delta[r] = error / count;
        continue;
      }
      if (kind === 'logistic') {
        const z = out[r];
        loss += softplus(label === 1 ? -z : z);
        delta[r] = (sigmoid(z) - label) / count;
        continue;
      }
      const from = r * outer;
      for (let j = 0; j < outer; j++) delta[from + j] = out[from + j];
      loss += softmaxCrossEntropy(delta, from, outer, label, 1 / count);
    }
    return loss / count;
  }

  function backward(parameters: Float64Array, count: number, gradient: Float64Array): void {
    for (let l = depth - 1; l >= 0; l--) {
      const inner = sizes[l];
      const outer = sizes[l + 1];
      const delta = deltas[l];
      const w = weights[l];
      matmul(inner, outer, count, values[l], 0, 1, inner, delta, 0, outer, gradient, w, false);
      for (let j = 0; j < outer; j++) {
        let sum = 0;
        for (let r = 0; r < count; r++) sum += delta[r * outer + j];
        gradient[biases[l] + j] = sum;
      }
      if (l === 0) break;
      const before = deltas[l - 1];
      transpose(parameters, w, inner, outer, turned);
      matmul(count, inner, outer, delta, 0, outer, 1, turned, 0, inner, before, 0, false);
      const slope = slopes[l];
      for (let i = 0; i < count * inner; i++) before[i] *= slope[i];
    }
  }

  return (parameters, rows, gradient) => {
    forward(parameters, rows);
    let loss = outputLoss(rows);
    backward(parameters, rows.length, gradient);
    if (l2 > 0)
      for (let l = 0; l < depth; l++)
        for (let i = weights[l]; i < biases[l]; i++) {
          loss += 0.5 * l2 * parameters[i] * parameters[i];
          gradient[i] += l2 * parameters[i];
        }
    return loss;
  };
}
