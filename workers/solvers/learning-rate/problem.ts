/** A task as training sees it: a starting point and a stochastic loss with its gradient. */
import type { Rng } from '../../../src/core/rng.ts';
import { shuffle } from '../../../src/core/rng.ts';
import {
  absoluteData,
  product,
  type AbsoluteTask,
} from '../../../src/problems/learning-rate/absolute.ts';
import { samplesOf } from '../../../src/problems/learning-rate/data.ts';
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
  isFunction,
  type FunctionTask,
  type Task,
} from '../../../src/problems/learning-rate/tasks.ts';
import { createNetwork } from './network.ts';
import type { Matrix } from './optimizers/optimizer.ts';

export interface Problem {
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

/** Batches run through 0 … count − 1 in a new random order each epoch; a last short one is left out. */
function createBatches(count: number, batch: number, rng: Rng): () => Uint32Array {
  const size = Math.min(batch, count);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let position = count;
  return () => {
    if (position + size > count) {
      if (size < count) shuffle(order, rng);
      position = 0;
    }
    position += size;
    return order.subarray(position - size, position);
  };
}

/** Starts at 0, a distance of 1 from the solution. */
function createAbsolute(task: AbsoluteTask, batch: number, rng: Rng): Problem {
  const nextRows = createBatches(task.samples, batch, rng.fork(1));
  let rows: Uint32Array;
  const again: Problem['again'] = (point, gradient) => {
    absoluteGradient(task, point, rows, gradient);
    return functionValue(task, point);
  };
  return {
    parameters: new Float64Array(task.dimension),
    decayed: new Uint8Array(task.dimension).fill(1),
    hidden: [],
    matrices: [],
    work: task.dimension * (task.samples + 2 * Math.min(batch, task.samples)),
    again,
    next(point, gradient) {
      rows = nextRows();
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
  const normal = createNormal(rng.fork(2));
  const noise = new Float64Array(count);
  const again: Problem['again'] = (point, gradient) => {
    functionGradient(task, point, gradient);
    if (task.noise > 0) for (let i = 0; i < count; i++) gradient[i] += noise[i];
    return functionValue(task, point);
  };
  return {
    parameters,
    decayed: new Uint8Array(count).fill(1),
    hidden: [],
    matrices: [],
    work: 20 * count,
    again,
    next(point, gradient) {
      if (task.noise > 0) for (let i = 0; i < count; i++) noise[i] = deviation[i] * normal();
      return again(point, gradient);
    },
  };
}

/**
 * Weights uniform in ±√(6 / (in + out)) (Glorot and Bengio 2010), for rectifiers ±√(6 / in) (He et
 * al. 2015); biases 0. Logistic regression, being convex, starts at 0.
 */
export function initialWeights(task: Task, layout: Layout, rng: Rng): Float64Array {
  const parameters = new Float64Array(layout.count);
  if (task.kind === 'logistic') return parameters;
  const { sizes, weights, biases, activation } = layout;
  for (let l = 0; l < weights.length; l++) {
    const fan = activation === 'tanh' ? sizes[l] + sizes[l + 1] : sizes[l];
    const limit = Math.sqrt(6 / fan);
    for (let i = weights[l]; i < biases[l]; i++) parameters[i] = limit * (2 * rng.float() - 1);
  }
  return parameters;
}

function createModel(
  task: Exclude<Task, FunctionTask>,
  layout: Layout,
  batch: number,
  rng: Rng,
): Problem {
  const { train } = samplesOf(task);
  const size = Math.min(batch, train.count);
  const nextRows = createBatches(train.count, batch, rng.fork(1));
  const network = createNetwork(layout, train, size, task.kind === 'logistic' ? task.l2 : 0);
  const decayed = new Uint8Array(layout.count);
  layout.weights.forEach((from, l) => decayed.fill(1, from, layout.biases[l]));
  const matrices = layout.weights.map((from, l) => ({
    from,
    rows: layout.sizes[l],
    columns: layout.sizes[l + 1],
  }));
  let rows: Uint32Array;
  return {
    parameters: initialWeights(task, layout, rng.fork(0)),
    decayed,
    hidden: hiddenMatrices(layout).map((l) => matrices[l]),
    matrices,
    work: 3 * size * layout.count,
    again: (parameters, gradient) => network(parameters, rows, gradient),
    next(parameters, gradient) {
      rows = nextRows();
      return network(parameters, rows, gradient);
    },
  };
}

/** The streams for weights, batches and noise depend on the run's seed only, not on the schedule. */
export function createProblem({ task, batch }: Instance, rng: Rng): Problem {
  if (task.kind === 'absolute') return createAbsolute(task, batch, rng);
  if (isFunction(task)) return createFunction(task, batch, rng);
  return createModel(task, networkOf(task) as Layout, batch, rng);
}
