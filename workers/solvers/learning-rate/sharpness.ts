/**
 * Sharpness: the largest eigenvalue of the Hessian of the training loss, by power iteration on
 * Hessian-vector products, which are differences of gradients in double precision (Pearlmutter 1994;
 * the edge of stability: Cohen et al. 2021).
 */
import type { Rng } from '../../../src/core/rng.ts';
import { convolutionOf } from '../../../src/problems/learning-rate/convolution.ts';
import { samplesOf } from '../../../src/problems/learning-rate/data.ts';
import {
  functionValue,
  networkOf,
  type Layout,
} from '../../../src/problems/learning-rate/model.ts';
import { createNormal } from '../../../src/problems/learning-rate/random.ts';
import { isFunction, type Task } from '../../../src/problems/learning-rate/tasks.ts';
import type { Stateful } from './checkpoint.ts';
import { createNetwork } from './network.ts';
import { functionGradient } from './problem.ts';
import { squareNorm } from './optimizers/optimizer.ts';

/** Most training samples that the loss is taken over. */
export const SHARPNESS_SAMPLES = 1_000;
/** Of digits so many that parameters times samples are this many. */
const DIGITS_WORK = 1_500_000;
/**
 * Least (for a leading direction that is hardly in the start) and most Hessian-vector products of a
 * measurement, and the relative change that ends it.
 */
const LEAST_PRODUCTS = 6;
const PRODUCTS = 60;
const TOLERANCE = 1e-4;

/** The loss over the training samples and its gradient. */
export type FullGradient = (x: Float64Array, gradient: Float64Array) => number;

/** In double precision; null where there is no Hessian (ℓ1) or it is too costly (texts, filters). */
export function createFullGradient(task: Task): FullGradient | null {
  if (task.kind === 'text' || task.kind === 'absolute' || convolutionOf(task)) return null;
  if (isFunction(task))
    return (x, gradient) => {
      functionGradient(task, x, gradient);
      return functionValue(task, x);
    };
  const { train } = samplesOf(task);
  const layout = networkOf(task) as Layout;
  const most = task.kind === 'digits' ? Math.ceil(DIGITS_WORK / layout.count) : SHARPNESS_SAMPLES;
  const rows = Uint32Array.from({ length: Math.min(train.count, most) }, (_, i) => i);
  const l2 = task.kind === 'logistic' ? task.l2 : 0;
  const network = createNetwork(layout, train, rows.length, l2);
  return (x, gradient) => network(x, rows, gradient);
}

/** H·v at x for |v| = 1: central difference of gradients. Two gradients. */
export function createProduct(
  full: FullGradient,
  count: number,
): (x: Float64Array, v: Float64Array, into: Float64Array) => void {
  const point = new Float64Array(count);
  const other = new Float64Array(count);
  return (x, v, into) => {
    const h = 1e-5 * (1 + Math.sqrt(squareNorm(x) / count));
    for (let i = 0; i < count; i++) point[i] = x[i] + h * v[i];
    full(point, into);
    for (let i = 0; i < count; i++) point[i] = x[i] - h * v[i];
    full(point, other);
    for (let i = 0; i < count; i++) into[i] = (into[i] - other[i]) / (2 * h);
  };
}

export interface Sharpness extends Stateful {
  (x: Float64Array): Generator<number, number, void>;
}

/**
 * Measures the largest eigenvalue at a point, yielding 0 between products. It starts from the
 * eigenvector of the measurement before, so that a slowly changing Hessian takes few products.
 */
export function createSharpness(full: FullGradient, count: number, rng: Rng): Sharpness {
  const product = createProduct(full, count);
  const v = Float64Array.from({ length: count }, createNormal(rng));
  const measurements = new Uint32Array(1);
  const image = new Float64Array(count);

  /** Eigenvalue of H + shift that is largest in size, with its eigenvector in v. */
  function* dominant(x: Float64Array, shift: number): Generator<number, number, void> {
    let value = 0;
    for (let k = 0; k < PRODUCTS; k++) {
      const length = Math.sqrt(squareNorm(v));
      for (let i = 0; i < count; i++) v[i] /= length;
      product(x, v, image);
      const before = value;
      value = 0;
      for (let i = 0; i < count; i++) {
        image[i] += shift * v[i];
        value += image[i] * v[i];
      }
      if (!Number.isFinite(value)) {
        v.fill(1);
        return NaN;
      }
      if (squareNorm(image) === 0) return 0;
      v.set(image);
      const settled = Math.abs(value - before) <= TOLERANCE * Math.abs(value);
      if (settled && k + 1 >= LEAST_PRODUCTS) break;
      yield 0;
    }
    return value;
  }

  function* measure(x: Float64Array): Generator<number, number, void> {
    // A little of everything, so that a new leading direction is found.
    const normal = createNormal(rng.fork(++measurements[0]));
    const size = Math.sqrt(squareNorm(v) / count);
    for (let i = 0; i < count; i++) v[i] += 0.01 * size * normal();
    const value = yield* dominant(x, 0);
    if (!(value < 0)) return value;
    // The largest in size is negative: the largest eigenvalue is that of H − value, shifted back.
    return value + (yield* dominant(x, -value));
  }
  return Object.assign(measure, { state: [v, measurements] });
}
