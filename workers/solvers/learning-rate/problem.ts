/** A task as training sees it: a starting point and a stochastic loss with its gradient. */
import type { Rng } from '../../../src/core/rng.ts';
import { shuffle } from '../../../src/core/rng.ts';
import {
  absoluteData,
  product,
  type AbsoluteTask,
} from '../../../src/problems/learning-rate/absolute.ts';
import {
  convolutionOf,
  FILTER,
  type ConvolutionLayout,
} from '../../../src/problems/learning-rate/convolution.ts';
import {
  samplesOf,
  type DataTask,
  type Samples,
} from '../../../src/problems/learning-rate/data.ts';
import type { Instance } from '../../../src/problems/learning-rate/instance.ts';
import {
  curvatures,
  functionValue,
  hiddenMatrices,
  networkOf,
  parameterCount,
  type Layout,
} from '../../../src/problems/learning-rate/model.ts';
import { createNormal } from '../../../src/problems/learning-rate/random.ts';
import { planeOf } from '../../../src/problems/learning-rate/planes.ts';
import {
  hasShift,
  isFunction,
  type FunctionTask,
  type Task,
} from '../../../src/problems/learning-rate/tasks.ts';
import { TRAINING_TEXT, type TextTask } from '../../../src/problems/learning-rate/text.ts';
import { transformerOf } from '../../../src/problems/learning-rate/transformer.ts';
import type { Stateful } from './checkpoint.ts';
import { createClassifier } from './engine/classifier.ts';
import { createConvolutional, initialConvolution } from './engine/convolution.ts';
import { createKernels } from './engine/kernels.ts';
import { createTransformer, initialTransformer } from './engine/transformer.ts';
import { createNetwork, type LossAndGradient } from './network.ts';
import type { Matrix } from './optimizers/optimizer.ts';

/**
 * Its `state`, with the parameters and the optimizer's, is the whole state of training but for what
 * the run remembers of its own past.
 */
export interface Problem extends Stateful {
  parameters: Float64Array;
  /** 1 where weight decay applies, else 0. */
  decayed: Uint8Array;
  /** Weights from hidden layer to hidden layer. */
  hidden: readonly Matrix[];
  /** Loss of the next batch (the function's value for functions), its gradient into `gradient`. */
  next(parameters: Float64Array, gradient: Float64Array): number;
  /** The same for the last batch again: the same samples, the same noise. */
  again(parameters: Float64Array, gradient: Float64Array): number;
  /** All weight matrices. */
  matrices: readonly Matrix[];
  /** Multiply-adds of one step, about. */
  work: number;
  /** From the next batch on the data are as they are after the task's shift. */
  shift(): void;
}

/** The exact gradient of a function; of the ℓ1 regression a subgradient. */
export function functionGradient(
  task: FunctionTask,
  parameters: Float64Array,
  gradient: Float64Array,
): void {
  if (task.kind === 'absolute') {
    const rows = Uint32Array.from({ length: task.samples }, (_, i) => i);
    absoluteGradient(task, parameters, rows, gradient);
  } else if (task.kind === 'quadratic') {
    const h = curvatures(task);
    for (let i = 0; i < h.length; i++) gradient[i] = h[i] * parameters[i];
  } else planeOf(task).gradient(parameters[0], parameters[1], gradient);
}

/** Mean of sign(aᵢ·x − bᵢ) aᵢ over the rows. */
function absoluteGradient(
  task: AbsoluteTask,
  x: Float64Array,
  order: Uint32Array,
  gradient: Float64Array,
): void {
  const { rows, targets } = absoluteData(task);
  gradient.fill(0);
  for (let k = 0; k < order.length; k++) {
    const from = order[k] * task.dimension;
    const sign = Math.sign(product(rows, from, x) - targets[order[k]]) / order.length;
    for (let j = 0; j < x.length; j++) gradient[j] += sign * rows[from + j];
  }
}

/**
 * The rows of any batch by its number: batches run through 0 … count − 1 in an order of its own each
 * epoch; a last short one is left out. They depend on the stream's seed only, so going back is free.
 * O(count) where an epoch begins.
 */
export function createBatches(
  count: number,
  batch: number,
  rng: Rng,
): (index: number) => Uint32Array {
  const size = Math.min(batch, count);
  const perEpoch = Math.floor(count / size);
  const order = new Uint32Array(count);
  let shuffled = -1;
  return (index) => {
    const epoch = Math.floor(index / perEpoch);
    if (epoch !== shuffled) {
      for (let i = 0; i < count; i++) order[i] = i;
      if (size < count) shuffle(order, rng.fork(epoch));
      shuffled = epoch;
    }
    const from = (index - epoch * perEpoch) * size;
    return order.subarray(from, from + size);
  };
}

/** Counts the batches drawn: the only state a problem has. */
type Counter = Uint32Array;
const createCounter = (): Counter => new Uint32Array(1);

/** Whether the data have shifted; without a shift they are as if after it. */
const createShift = (task: Task): Uint8Array => Uint8Array.of(Number(!hasShift(task)));

/** Starts at 0, a distance of 1 from the solution. */
function createAbsolute(task: AbsoluteTask, batch: number, rng: Rng): Problem {
  const rowsOf = createBatches(task.samples, batch, rng.fork(1));
  const drawn = createCounter();
  const again: Problem['again'] = (point, gradient) => {
    absoluteGradient(task, point, rowsOf(drawn[0] - 1), gradient);
    return functionValue(task, point);
  };
  return {
    parameters: new Float64Array(task.dimension),
    decayed: new Uint8Array(task.dimension).fill(1),
    hidden: [],
    matrices: [],
    work: task.dimension * (task.samples + 2 * Math.min(batch, task.samples)),
    state: [drawn],
    shift() {},
    again,
    next(point, gradient) {
      drawn[0]++;
      return again(point, gradient);
    },
  };
}

/** Noise of a batch has the deviation of one sample's over √batch. */
function createFunction(
  task: Exclude<FunctionTask, AbsoluteTask>,
  batch: number,
  rng: Rng,
): Problem {
  const count = parameterCount(task);
  const parameters = new Float64Array(count);
  if (task.kind === 'quadratic') parameters.fill(task.start);
  else parameters.set([task.startX, task.startY]);
  const deviation = new Float64Array(count).fill(task.noise / Math.sqrt(batch));
  if (task.kind === 'quadratic')
    curvatures(task).forEach((h, i) => {
      deviation[i] *= Math.sqrt(h);
    });
  const stream = rng.fork(2);
  const noise = new Float64Array(count);
  const drawn = createCounter();
  /** Whose noise it is. */
  let current = 0;
  function draw(): void {
    current = drawn[0];
    const normal = createNormal(stream.fork(current));
    for (let i = 0; i < count; i++) noise[i] = deviation[i] * normal();
  }
  const shifted = createShift(task);
  const centre = task.kind === 'quadratic' ? task.shiftBy : 0;
  const moved = new Float64Array(count);
  const again: Problem['again'] = (x, gradient) => {
    let point = x;
    if (shifted[0] === 0) {
      for (let i = 0; i < count; i++) moved[i] = x[i] - centre;
      point = moved;
    }
    functionGradient(task, point, gradient);
    if (task.noise > 0) {
      if (current !== drawn[0]) draw();
      for (let i = 0; i < count; i++) gradient[i] += noise[i];
    }
    return functionValue(task, point);
  };
  return {
    parameters,
    decayed: new Uint8Array(count).fill(1),
    hidden: [],
    matrices: [],
    work: 20 * count,
    state: [drawn, shifted],
    shift: () => void shifted.fill(1),
    again,
    next(point, gradient) {
      drawn[0]++;
      return again(point, gradient);
    },
  };
}

/**
 * Weights uniform in ±√(6 / (in + out)) (Glorot and Bengio 2010), for rectifiers ±√(6 / in) (He et
 * al. 2015); biases 0. Logistic regression, being convex, starts at 0.
 */
export function initialWeights(task: DataTask, layout: Layout, rng: Rng): Float64Array {
  const parameters = new Float64Array(layout.count);
  if (task.kind === 'logistic') return parameters;
  const { sizes, weights, biases, activation } = layout;
  for (let l = 0; l < weights.length; l++) {
    const fan = activation === 'tanh' ? sizes[l] + sizes[l + 1] : sizes[l];
    const limit = task.initialScale * Math.sqrt(6 / fan);
    for (let i = weights[l]; i < biases[l]; i++) parameters[i] = limit * (2 * rng.float() - 1);
  }
  return parameters;
}

/** A network that learns from samples. */
interface Model {
  network: LossAndGradient;
  parameters: Float64Array;
  matrices: readonly Matrix[];
  hidden: readonly Matrix[];
  /** Multiply-adds of a step. */
  work: number;
}

function createDense(
  task: DataTask,
  layout: Layout,
  sets: readonly Samples[],
  size: number,
  rng: Rng,
): Model {
  const { sizes, count } = layout;
  const matrices = layout.weights.map((from, l) => ({
    from,
    rows: sizes[l],
    columns: sizes[l + 1],
  }));
  return {
    // The convex task keeps double precision: its losses are compared with a bound.
    network:
      task.kind === 'logistic'
        ? createNetwork(layout, sets[0], size, task.l2)
        : createClassifier(createKernels(), layout, sets, size),
    parameters: initialWeights(task, layout, rng),
    matrices,
    hidden: hiddenMatrices(layout).map((l) => matrices[l]),
    work: 3 * size * count,
  };
}

function createConvolution(
  layout: ConvolutionLayout,
  scale: number,
  images: Samples,
  size: number,
  rng: Rng,
): Model {
  const filters = layout.layers.map(({ weights, inner, outer }) => ({
    from: weights,
    rows: FILTER * inner,
    columns: outer,
  }));
  const { features, classes, weights, work } = layout;
  return {
    network: createConvolutional(createKernels(), layout, images, size),
    parameters: initialConvolution(layout, scale, rng),
    matrices: [...filters, { from: weights, rows: features, columns: classes }],
    hidden: filters.slice(1),
    work: 3 * size * work,
  };
}

function createModel(task: DataTask, batch: number, rng: Rng): Problem {
  const { train, before } = samplesOf(task);
  const size = Math.min(batch, train.count);
  const rowsOf = createBatches(train.count, batch, rng.fork(1));
  const convolution = convolutionOf(task);
  const { network, parameters, matrices, hidden, work } =
    convolution && task.kind === 'digits'
      ? createConvolution(convolution, task.initialScale, train, size, rng.fork(0))
      : createDense(
          task,
          networkOf(task) as Layout,
          before ? [train, before] : [train],
          size,
          rng.fork(0),
        );
  const drawn = createCounter();
  const shifted = createShift(task);
  const earlier = new Uint32Array(size);
  const every = task.kind === 'spirals' ? task.spikeEvery : 0;
  const factor = task.kind === 'spirals' ? task.spikeSize : 1;
  const ofBatch: Problem['again'] = (point, gradient) => {
    const rows = rowsOf(drawn[0] - 1);
    if (shifted[0] === 1) return network(point, rows, gradient);
    for (let i = 0; i < size; i++) earlier[i] = train.count + rows[i];
    return network(point, earlier, gradient);
  };
  const again: Problem['again'] = (point, gradient) => {
    const loss = ofBatch(point, gradient);
    if (every > 0 && drawn[0] % every === 0)
      for (let i = 0; i < gradient.length; i++) gradient[i] *= factor;
    return loss;
  };
  return {
    parameters,
    decayed: decayedOf(parameters.length, matrices),
    hidden,
    matrices,
    work,
    state: [drawn, shifted],
    shift: () => void shifted.fill(1),
    again,
    next(point, gradient) {
      drawn[0]++;
      return again(point, gradient);
    },
  };
}

/** Weight decay applies to matrices. */
function decayedOf(count: number, matrices: readonly Matrix[]): Uint8Array {
  const decayed = new Uint8Array(count);
  for (const { from, rows, columns } of matrices) decayed.fill(1, from, from + rows * columns);
  return decayed;
}

/** Windows of the text at random places. */
function createText(task: TextTask, batch: number, rng: Rng): Problem {
  const layout = transformerOf(task);
  const { width, context, count } = layout;
  const network = createTransformer(createKernels(), layout, TRAINING_TEXT, batch);
  const stream = rng.fork(1);
  const starts = new Uint32Array(batch);
  const drawn = createCounter();
  const matrix = (from: number, rows: number, columns: number): Matrix => ({ from, rows, columns });
  const hidden = layout.blocks.flatMap(({ qkv, project, widen, narrow }) => [
    matrix(qkv, width, 3 * width),
    matrix(project, width, width),
    matrix(widen, width, 4 * width),
    matrix(narrow, 4 * width, width),
  ]);
  const matrices = [
    matrix(layout.table, layout.symbols, width),
    matrix(layout.positions, context, width),
    ...hidden,
    matrix(layout.head, width, layout.symbols),
  ];
  const again: Problem['again'] = (parameters, gradient) => {
    const places = stream.fork(drawn[0]);
    for (let b = 0; b < batch; b++) starts[b] = places.int(TRAINING_TEXT.length - context);
    return network(parameters, starts, gradient);
  };
  return {
    parameters: initialTransformer(layout, task.initialScale, rng.fork(0)),
    decayed: decayedOf(count, matrices),
    hidden,
    matrices,
    work: batch * context * count,
    state: [drawn],
    shift() {},
    again,
    next(parameters, gradient) {
      drawn[0]++;
      return again(parameters, gradient);
    },
  };
}

/** The streams for weights, batches and noise depend on the run's seed only, not on the schedule. */
export function createProblem({ task, batch }: Instance, rng: Rng): Problem {
  if (task.kind === 'absolute') return createAbsolute(task, batch, rng);
  if (isFunction(task)) return createFunction(task, batch, rng);
  if (task.kind === 'text') return createText(task, batch, rng);
  return createModel(task, batch, rng);
}
