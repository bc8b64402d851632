/**
 * What the parameters mean, and the objective: the value of a function of its parameters, or the
 * mean validation loss of a model, computed sample by sample from the definition.
 */
import { exp, log } from '../../core/math.ts';
import { absoluteValue } from './absolute.ts';
import { activate, sigmoid, softplus } from './activations.ts';
import { convolutionOf, createConvolution } from './convolution.ts';
import { samplesOf, validationOf, type Samples } from './data.ts';
import { DIGIT_CLASSES, DIGIT_SIZE, DIGIT_VALIDATION } from './digits.ts';
import { memo } from './memo.ts';
import { planeOf } from './planes.ts';
import { validationWindow, validationWindows } from './text.ts';
import { createWindowLoss, transformerOf } from './transformer.ts';
import { isFunction, type Activation, type FunctionTask, type Task } from './tasks.ts';

/** Layer l maps sizes[l] values to sizes[l + 1]; weights row-major [in][out], then biases. */
export interface Layout {
  sizes: readonly number[];
  activation: Activation;
  /** Of the outputs: one logit, a logit for each class, or half the squared error of a value. */
  loss: 'logistic' | 'softmax' | 'square';
  /** Where the weights and biases of each layer begin. */
  weights: readonly number[];
  biases: readonly number[];
  /** Number of parameters. */
  count: number;
}

function layoutOf(sizes: readonly number[], activation: Activation, loss: Layout['loss']): Layout {
  const weights: number[] = [];
  const biases: number[] = [];
  let count = 0;
  for (let l = 0; l + 1 < sizes.length; l++) {
    weights.push(count);
    count += sizes[l] * sizes[l + 1];
    biases.push(count);
    count += sizes[l + 1];
  }
  return { sizes, activation, loss, weights, biases, count };
}

/**
 * The fully connected network of a task with samples. Logistic regression has no hidden layer and one output, the
 * log odds of class 1; the others have one output per class, or one for a value.
 */
export const networkOf = memo((task: Task): Layout | null => {
  switch (task.kind) {
    case 'logistic':
      return layoutOf([task.features, 1], 'tanh', 'logistic');
    case 'spirals':
    case 'circles':
    case 'xor':
    case 'iris':
    case 'table': {
      const { features, classes, train } = samplesOf(task);
      const hidden = Array.from({ length: task.layers }, () => task.width);
      const loss = train.targets ? 'square' : 'softmax';
      return layoutOf([features, ...hidden, classes], task.activation, loss);
    }
    case 'digits': {
      if (task.network === 'convolution') return null;
      const hidden = Array.from({ length: task.layers }, () => task.width);
      return layoutOf([DIGIT_SIZE, ...hidden, DIGIT_CLASSES], task.activation, 'softmax');
    }
    default:
      return null;
  }
});

/** Layers whose weights lead from a hidden layer to a hidden layer. */
export const hiddenMatrices = ({ sizes }: Layout): number[] => sizes.slice(3).map((_, i) => i + 1);

/** Number of parameters that are trained. */
export function parameterCount(task: Task): number {
  if (task.kind === 'quadratic' || task.kind === 'absolute') return task.dimension;
  if ('startX' in task) return 2;
  if (task.kind === 'text') return transformerOf(task).count;
  return (convolutionOf(task) ?? (networkOf(task) as Layout)).count;
}

/** Multiply-adds of the model for one validation sample, about. */
export const sampleWork = (task: Task): number =>
  task.kind === 'text'
    ? parameterCount(task) * Number(task.context)
    : (convolutionOf(task)?.work ?? parameterCount(task));

/** Curvatures h₁ … h_d of a quadratic. */
export const curvatures = memo((task: Extract<Task, { kind: 'quadratic' }>): Float64Array => {
  const { dimension, spectrum, condition } = task;
  const rate = dimension > 1 ? -log(condition) / (dimension - 1) : 0;
  return Float64Array.from({ length: dimension }, (_, i) =>
    spectrum === 'harmonic' ? 1 / (i + 1) : exp(rate * i),
  );
});

/** The function's value, never negative: every function's minimum is 0. */
export function functionValue(task: FunctionTask, parameters: ArrayLike<number>): number {
  if (task.kind === 'absolute') return absoluteValue(task, parameters);
  if (task.kind !== 'quadratic') return planeOf(task).value(parameters[0], parameters[1]);
  const h = curvatures(task);
  let sum = 0;
  for (let i = 0; i < h.length; i++) sum += h[i] * parameters[i] * parameters[i];
  return 0.5 * sum;
}

/** Outputs of a network for one row of inputs at a time; the returned array is written again. */
export function createForward(
  layout: Layout,
  parameters: ArrayLike<number>,
): (inputs: Float64Array, row: number) => Float64Array {
  const { sizes, activation, weights, biases } = layout;
  const last = sizes.length - 2;
  const outputs = sizes.slice(1).map((size) => new Float64Array(size));
  return (inputs, row) => {
    let from = inputs;
    let base = row * sizes[0];
    for (let l = 0; l <= last; l++) {
      const rows = sizes[l];
      const columns = sizes[l + 1];
      const out = outputs[l];
      for (let j = 0; j < columns; j++) out[j] = parameters[biases[l] + j];
      for (let i = 0; i < rows; i++) {
        const x = from[base + i];
        // Most pixels of a digit are empty.
        if (x === 0) continue;
        const w = weights[l] + i * columns;
        for (let j = 0; j < columns; j++) out[j] += x * parameters[w + j];
      }
      if (l < last) for (let j = 0; j < columns; j++) out[j] = activate(activation, out[j]);
      from = out;
      base = 0;
    }
    return outputs[last];
  };
}

/** Outputs for one row of a task's inputs at a time; the returned array is written again. */
export function createOutputs(
  task: Task,
  parameters: ArrayLike<number>,
): (inputs: Float64Array, row: number) => Float64Array {
  const convolution = convolutionOf(task);
  return convolution
    ? createConvolution(convolution, parameters)
    : createForward(networkOf(task) as Layout, parameters);
}

/** Loss of sample i from the network's outputs: −ln P(label), or half the squared error. */
function sampleLoss(
  loss: Layout['loss'],
  outputs: Float64Array,
  { labels, targets }: Samples,
  i: number,
): number {
  if (loss === 'logistic') return softplus(labels[i] === 1 ? -outputs[0] : outputs[0]);
  if (targets) {
    const error = outputs[0] - targets[i];
    return 0.5 * error * error;
  }
  let max = outputs[0];
  for (let j = 1; j < outputs.length; j++) if (outputs[j] > max) max = outputs[j];
  let sum = 0;
  for (let j = 0; j < outputs.length; j++) sum += exp(outputs[j] - max);
  return max + log(sum) - outputs[labels[i]];
}

/** The likeliest class by a network's outputs. */
export function likeliest(outputs: Float64Array): number {
  if (outputs.length === 1) return outputs[0] > 0 ? 1 : 0;
  let best = 0;
  for (let j = 1; j < outputs.length; j++) if (outputs[j] > outputs[best]) best = j;
  return best;
}

/** Class probabilities into `into`, from a network's outputs. */
export function probabilities(outputs: Float64Array, into: Float64Array): void {
  if (outputs.length === 1) {
    into[1] = sigmoid(outputs[0]);
    into[0] = 1 - into[1];
    return;
  }
  let max = outputs[0];
  for (let j = 1; j < outputs.length; j++) if (outputs[j] > max) max = outputs[j];
  let sum = 0;
  for (let j = 0; j < outputs.length; j++) {
    into[j] = exp(outputs[j] - max);
    sum += into[j];
  }
  for (let j = 0; j < outputs.length; j++) into[j] /= sum;
}

/** Validation samples, for a text windows; 0 for functions. */
export function validationSize(task: Task): number {
  if (task.kind === 'text') return validationWindows(task);
  return task.kind === 'digits' ? DIGIT_VALIDATION : (validationOf(task)?.count ?? 0);
}

/** Counts the samples whose likeliest class is wrong. */
export interface Tally {
  wrong: number;
}

/** Whether the task's samples have classes. */
export const hasClasses = (task: Task): boolean =>
  !isFunction(task) && task.kind !== 'text' && networkOf(task)?.loss !== 'square';

/**
 * Adds the validation losses of samples `from` … `to` − 1 to `sum`, one after the other, so that the
 * total does not depend on how the range is cut. O((to − from) · parameters).
 * @param tally adds to it where samples have classes.
 */
export function addValidationLoss(
  task: Task,
  parameters: ArrayLike<number>,
  from: number,
  to: number,
  sum: number,
  tally?: Tally,
): number {
  let total = sum;
  if (task.kind === 'text') {
    const lossOf = createWindowLoss(transformerOf(task), parameters);
    for (let i = from; i < to; i++) total += lossOf(validationWindow(task, i));
    return total;
  }
  const loss = networkOf(task)?.loss ?? 'softmax';
  const validation = validationOf(task) as Samples;
  const forward = createOutputs(task, parameters);
  for (let i = from; i < to; i++) {
    const outputs = forward(validation.inputs, i);
    total += sampleLoss(loss, outputs, validation, i);
    if (tally && likeliest(outputs) !== validation.labels[i]) tally.wrong++;
  }
  return total;
}

/** Function value or mean validation loss. @throws Error when digits have not been loaded. */
export function objectiveOf(task: Task, parameters: ArrayLike<number>): number {
  if (isFunction(task)) return functionValue(task, parameters);
  const count = validationSize(task);
  return addValidationLoss(task, parameters, 0, count, 0) / count;
}

/** Fraction of the validation samples whose most likely class is right; null without classes. */
export function validationAccuracy(task: Task, parameters: ArrayLike<number>): number | null {
  if (!hasClasses(task)) return null;
  const tally = { wrong: 0 };
  const count = validationSize(task);
  addValidationLoss(task, parameters, 0, count, 0, tally);
  return 1 - tally.wrong / count;
}
