/** The training run: one optimizer step after the other along the learning-rate curve. */
import { formatNumber } from '../../../src/core/format.ts';
import type { Solve, SolverRun } from '../../../src/core/solver.ts';
import { meets } from '../../../src/problems/family.ts';
import type { Packed, Solution } from '../../../src/problems/learning-rate/instance.ts';
import {
  addValidationLoss,
  hasClasses,
  objectiveOf,
  sampleWork,
  validationSize,
  type Tally,
} from '../../../src/problems/learning-rate/model.ts';
import { COLUMN, TRACE } from '../../../src/problems/learning-rate/solvers.ts';
import { convolutionOf } from '../../../src/problems/learning-rate/convolution.ts';
import { hasPlane } from '../../../src/problems/learning-rate/plane-grid.ts';
import type { SharpnessParams } from '../../../src/problems/learning-rate/sharpness-params.ts';
import {
  isFunction,
  isPlanar,
  shiftStep,
  type Task,
} from '../../../src/problems/learning-rate/tasks.ts';
import { createAutoLrs, type Branching } from './autolrs.ts';
import { bytesOf, CHECKPOINT_BYTES } from '../../../src/problems/learning-rate/checkpoint.ts';
import { copyState, resume, writeState } from './checkpoint.ts';
import { squareNorm, stateBytes, type MakeOptimizer } from './optimizers/optimizer.ts';
import { createSnapshots, type PlaneRow } from './plane.ts';
import { createPlateau } from './plateau.ts';
import { createProblem } from './problem.ts';
import { createFullGradient, createSharpness } from './sharpness.ts';

/** Multiply-adds of about a millisecond. */
const MILLISECOND = 1_000_000;
/** Most rows of the trace, and most evaluations on the validation samples. */
const ROWS = 2_000;
const EVALUATIONS = 200;
/** Of texts and images, whose evaluation takes as long as several steps; of filters even more. */
const FEW_EVALUATIONS = 40;
const LEAST_EVALUATIONS = 20;

/** Validation loss in parts of about a millisecond, bit for bit the checker's; and its mistakes. */
export function* evaluate(
  instance: Packed,
  parameters: Float64Array,
  tally?: Tally,
): Generator<number, number, void> {
  const { task } = instance;
  if (isFunction(task)) return objectiveOf(task, parameters);
  const count = validationSize(task);
  const part = Math.max(1, Math.floor(MILLISECOND / sampleWork(task)));
  let sum = 0;
  for (let from = 0; from < count; from += part) {
    if (from > 0) yield 0;
    sum = addValidationLoss(task, parameters, from, Math.min(count, from + part), sum, tally);
  }
  return sum / count;
}

function evaluationsOf(task: Task): number {
  if (convolutionOf(task)) return LEAST_EVALUATIONS;
  return task.kind === 'text' || task.kind === 'digits' ? FEW_EVALUATIONS : EVALUATIONS;
}

interface TrainingOptions {
  /** The optimizer finds its own rate: it gets the curve relative to its peak. */
  findsRate?: boolean;
}

/**
 * A solver that trains with one optimizer. A step is an optimizer step, AutoLRS’ probes among them;
 * step t of the training uses η(t). Evaluates
 * before the first step, then about 200 times at fixed steps and at the end, at the point that the
 * optimizer calls its model; each better one is an incumbent. Ends early when the loss is no longer
 * finite, or when a function's known minimum 0 is reached. Can be saved between steps, while AutoLRS
 * probes as of before the probes, and goes on from a saved solution; of other solutions to start
 * from nothing is used.
 */
export function createTraining<Params extends { clip: number }>(
  makeOptimizer: MakeOptimizer<Params>,
  { findsRate = false }: TrainingOptions = {},
): Solve<Packed, Solution, Params & SharpnessParams> {
  return function* train(instance, context): SolverRun<Solution> {
    const { rng, params, budget, warmStart } = context;
    const { task, steps, rates, schedule } = instance;
    const { parameters, next, shift, work, state, ...setting } = createProblem(instance, rng);
    const shiftAt = shiftStep(task, steps);
    const optimizer = makeOptimizer(params, {
      ...setting,
      start: parameters.slice(),
      steps,
      oracle: { next, again: setting.again },
      rng: rng.fork(3),
    });
    const { gradients = 1, average, fast } = optimizer;
    const bytes = stateBytes(optimizer);
    const model = average ?? parameters;
    const gradient = new Float64Array(parameters.length);
    const unit = findsRate ? schedule.peak : 1;
    const planar = isPlanar(task);
    const hasMinimum = isFunction(task);
    const classes = hasClasses(task);
    const stride = Math.ceil(steps / ROWS);
    const evaluateEvery = stride * Math.max(1, Math.floor(steps / (evaluationsOf(task) * stride)));
    const preferred = Math.max(
      1,
      Math.floor(MILLISECOND / (work * gradients + (optimizer.work ?? 0))),
    );
    const full = params.sharpness > 0 ? createFullGradient(task) : null;
    const measure = full && createSharpness(full, parameters.length, rng.fork(4));
    const snapshots =
      params.snapshots > 0 && hasPlane(task)
        ? createSnapshots(task, steps, params.snapshots)
        : null;
    const before = new Float64Array(parameters.length);
    const plateau = schedule.body.kind === 'plateau' ? createPlateau(schedule.body) : null;
    const bodyFirst = schedule.warmup.steps;
    const bodyLast = steps - schedule.cooldown.steps;
    const auto =
      schedule.body.kind === 'autolrs'
        ? createAutoLrs(schedule.body, bodyFirst, bodyLast, findsRate ? 1 : schedule.peak)
        : null;

    let t = 0;
    let best = Infinity;
    let validation = NaN;
    let error = NaN;
    let validationY = NaN;
    let validationZ = NaN;
    let lossSum = 0;
    let normSum = 0;
    let normL1Sum = 0;
    let lossHigh = -Infinity;
    let normHigh = -Infinity;
    let since = 0;
    let rateSum = 0;
    let nextSharpness = 0;
    let probeSteps = 0;
    /** The incumbent, and what a run remembers besides it. */
    let bestModel: Solution | null = null;
    const past = new Float64Array(14);
    const remember = () =>
      past.set([
        best,
        validation,
        validationY,
        validationZ,
        lossSum,
        normSum,
        normL1Sum,
        since,
        nextSharpness,
        probeSteps,
        lossHigh,
        normHigh,
        rateSum,
        error,
      ]);
    const trained = [parameters, ...state, ...optimizer.state];
    const whole = [
      ...trained,
      ...(plateau?.state ?? []),
      ...(auto?.state ?? []),
      ...(measure?.state ?? []),
      past,
    ];
    /** Between two steps; or the state from before AutoLRS' probes. */
    let resting = false;
    let beforeProbes: typeof whole | null = null;
    if (bytesOf(whole) <= CHECKPOINT_BYTES)
      context.saves?.(() => {
        if (!bestModel || !(resting || beforeProbes)) return null;
        if (!beforeProbes) remember();
        return { ...bestModel, checkpoint: { step: t, arrays: beforeProbes ?? copyState(whole) } };
      });

    /** Validation loss of the model, and its error. */
    function* assess(): Generator<number, number, void> {
      const tally = { wrong: 0 };
      const loss = yield* evaluate(instance, model, tally);
      if (classes) error = tally.wrong / validationSize(task);
      return loss;
    }

    if (warmStart?.checkpoint) {
      t = resume(warmStart.checkpoint, whole, steps);
      [best, validation, validationY, validationZ, lossSum, normSum, normL1Sum] = past;
      [since, nextSharpness, probeSteps, lossHigh, normHigh, rateSum, error] = past.subarray(7);
      bestModel = { parameters: warmStart.parameters, step: warmStart.step };
      yield { kind: 'incumbent', solution: bestModel, objective: best };
    } else {
      validation = yield* assess();
      if (average) validationY = validation;
      if (fast) validationZ = validation;
      if (Number.isFinite(validation)) {
        best = validation;
        bestModel = { parameters: model.slice(), step: 0 };
        yield { kind: 'incumbent', solution: bestModel, objective: best };
      }
    }
    if (hasMinimum && meets('min', 0, best)) return yield* minimum();

    const cut = () => {
      const norm = Math.sqrt(squareNorm(gradient));
      if (!(params.clip > 0 && norm > params.clip)) return norm;
      const scale = params.clip / norm;
      for (let j = 0; j < gradient.length; j++) gradient[j] *= scale;
      return norm;
    };
    const branching: Branching = {
      step(multiple) {
        probeSteps++;
        const loss = next(parameters, gradient);
        cut();
        optimizer.step(parameters, gradient, (multiple * schedule.peak) / unit);
        return loss;
      },
      save() {
        remember();
        beforeProbes = copyState(whole);
      },
      restore: () => beforeProbes && writeState(trained, beforeProbes),
    };

    while (t < steps) {
      resting = false;
      if (auto && t === auto.next) {
        yield* auto.search(t, branching, () => budget.chunk(preferred), emptyRow);
        beforeProbes = null;
      }
      const until = auto && auto.next > t ? Math.min(steps, auto.next) : steps;
      const count = Math.min(budget.chunk(preferred), until - t);
      for (let i = 0; i < count; i++) {
        if (t === shiftAt) shift();
        snapshots?.take(t, model);
        const batchLoss = next(parameters, gradient);
        // A function's value is measured where the model is; a batch's loss comes with its gradient.
        const loss = hasMinimum && model !== parameters ? objectiveOf(task, model) : batchLoss;
        normL1Sum += absoluteSum(gradient);
        const length = cut();
        lossSum += loss;
        normSum += length;
        if (loss > lossHigh) lossHigh = loss;
        if (length > normHigh) normHigh = length;
        since++;
        let row: number[] | null = null;
        if (t % stride === 0) {
          row = emptyRow(t);
          row[COLUMN.rate] = rates[t];
          row[COLUMN.train] = lossSum / since;
          row[COLUMN.validation] = validation;
          row[COLUMN.gradient] = normSum / since;
          row[COLUMN.gradientL1] = normL1Sum / since;
          row[COLUMN.error] = error;
          row[COLUMN.validationY] = validationY;
          row[COLUMN.validationZ] = validationZ;
          row[COLUMN.gradients] = (t + probeSteps) * gradients;
          row[COLUMN.state] = bytes;
          row[COLUMN.sum] = rateSum;
          row[COLUMN.weights] = Math.sqrt(squareNorm(parameters));
          if (since > 1) {
            row[COLUMN.trainHigh] = lossHigh;
            row[COLUMN.gradientHigh] = normHigh;
          }
          if (planar) [row[COLUMN.x], row[COLUMN.y]] = model;
          before.set(parameters);
          lossHigh = normHigh = -Infinity;
          validation = NaN;
          error = NaN;
          validationY = NaN;
          validationZ = NaN;
          lossSum = 0;
          normSum = 0;
          normL1Sum = 0;
          since = 0;
          if (measure && t >= nextSharpness) {
            row[COLUMN.sharpness] = yield* measure(parameters);
            nextSharpness = t + params.sharpness;
          }
        }
        if (!Number.isFinite(batchLoss) || !Number.isFinite(length)) {
          if (row) yield { kind: 'trace', row };
          yield i;
          return diverged(t);
        }
        const multiple = plateau?.factor ?? auto?.multiple ?? 1;
        const rate = optimizer.step(parameters, gradient, (multiple * rates[t]) / unit);
        if (t >= bodyFirst) plateau?.observe(batchLoss);
        rateSum += rate;
        if (row) {
          row[COLUMN.rate] = rate;
          row[COLUMN.update] = distance(before, parameters);
          if (Number.isFinite(row[COLUMN.sharpness])) row[COLUMN.stability] = 2 / rate;
          yield { kind: 'trace', row };
        }
        t++;
        if (t % evaluateEvery !== 0 && t !== steps) continue;
        validation = yield* assess();
        if (average) validationY = yield* evaluate(instance, parameters);
        if (fast) validationZ = yield* evaluate(instance, fast);
        if (validation < best) {
          best = validation;
          bestModel = { parameters: model.slice(), step: t };
          yield { kind: 'incumbent', solution: bestModel, objective: best };
          if (hasMinimum && meets('min', 0, best)) {
            yield i + 1;
            return yield* minimum();
          }
        }
      }
      if (t === steps) {
        // The end of the curve and of the path, with no gradient of its own.
        const row = emptyRow(steps);
        if (!findsRate) row[COLUMN.rate] = (plateau?.factor ?? auto?.multiple ?? 1) * rates[steps];
        row[COLUMN.validation] = validation;
        row[COLUMN.error] = error;
        row[COLUMN.validationY] = validationY;
        row[COLUMN.validationZ] = validationZ;
        row[COLUMN.gradients] = (steps + probeSteps) * gradients;
        row[COLUMN.state] = bytes;
        row[COLUMN.sum] = rateSum;
        row[COLUMN.weights] = Math.sqrt(squareNorm(parameters));
        if (planar) [row[COLUMN.x], row[COLUMN.y]] = model;
        yield { kind: 'trace', row };
        if (snapshots) {
          snapshots.take(steps, model);
          yield { kind: 'phase', name: 'Plane of the path' };
          for (const place of snapshots.rows()) yield place === 0 ? 0 : planeRow(steps, place);
        }
      }
      resting = true;
      yield count;
    }
    return {
      reason: 'exhausted',
      message:
        `All ${steps} steps are done. The optimizer’s state takes ${formatNumber(bytes)} bytes, ` +
        `${(bytes / parameters.length).toFixed(1)} per parameter.`,
    };
  };
}

/** A row of the path's plane, after the last step. */
function planeRow(steps: number, { step, x, y, loss, share }: PlaneRow) {
  const row = emptyRow(steps);
  row[COLUMN.planeStep] = step;
  row[COLUMN.planeX] = x;
  row[COLUMN.planeY] = y;
  row[COLUMN.planeLoss] = loss;
  row[COLUMN.planeShare] = share;
  return { kind: 'trace' as const, row };
}

function emptyRow(step: number): number[] {
  const row = new Array<number>(TRACE.length).fill(NaN);
  row[COLUMN.step] = step;
  return row;
}

/** ‖a − b‖₂. */
function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return Math.sqrt(sum);
}

/** ‖v‖₁. */
function absoluteSum(v: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += Math.abs(v[i]);
  return sum;
}

/**
 * A function's minimum is known to be 0. As a bound that says nothing until it is reached (the gap
 * would read 100 % all along), so it is given then.
 */
function* minimum(): SolverRun<Solution> {
  yield { kind: 'bound', value: 0, proof: 'Known minimum' };
  return { reason: 'optimal' };
}

const diverged = (step: number) => ({
  reason: 'exhausted' as const,
  message: `The loss is no longer finite after ${step} steps: the learning rate is too high.`,
});
