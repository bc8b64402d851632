/** The training run: one optimizer step after the other along the learning-rate curve. */
import type { Solve, SolverRun } from '../../../src/core/solver.ts';
import { meets } from '../../../src/problems/family.ts';
import type { Packed, Solution } from '../../../src/problems/learning-rate/instance.ts';
import {
  addValidationLoss,
  objectiveOf,
  validationSize,
} from '../../../src/problems/learning-rate/model.ts';
import { isFunction, isPlanar } from '../../../src/problems/learning-rate/tasks.ts';
import type { Optimizer } from './optimizers.ts';
import { createProblem } from './problem.ts';

/** Multiply-adds of about a millisecond. */
const MILLISECOND = 1_000_000;
/** Most rows of the trace, and most evaluations on the validation samples. */
const ROWS = 2_000;
const EVALUATIONS = 200;

/** Validation loss in parts of about a millisecond; bit for bit the checker's. */
function* evaluate(instance: Packed, parameters: Float64Array): Generator<number, number, void> {
  const { task } = instance;
  if (isFunction(task)) return objectiveOf(task, parameters);
  const count = validationSize(task);
  const part = Math.max(1, Math.floor(MILLISECOND / parameters.length));
  let sum = 0;
  for (let from = 0; from < count; from += part) {
    if (from > 0) yield 0;
    sum = addValidationLoss(task, parameters, from, Math.min(count, from + part), sum);
  }
  return sum / count;
}

const norm = (vector: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += vector[i] * vector[i];
  return Math.sqrt(sum);
};

/**
 * A solver that trains with one optimizer. A step is an optimizer step; step t uses η(t). Evaluates
 * before the first step, then about 200 times at fixed steps and at the end; each better model is an
 * incumbent. Ends early when the loss is no longer finite, or when a function's known minimum 0 is
 * reached.
 */
export function createTraining<Params extends { clip: number }>(
  optimizer: Optimizer<Params>,
): Solve<Packed, Solution, Params> {
  return function* train(instance, { rng, params, budget }): SolverRun<Solution> {
    const { task, steps, rates } = instance;
    const { parameters, decayed, next, work } = createProblem(instance, rng);
    const update = optimizer(params, parameters.length, decayed);
    const gradient = new Float64Array(parameters.length);
    const planar = isPlanar(task);
    const stride = Math.ceil(steps / ROWS);
    const evaluateEvery = stride * Math.max(1, Math.floor(steps / (EVALUATIONS * stride)));
    const preferred = Math.max(1, Math.floor(MILLISECOND / work));
    let best = Infinity;

    let validation = yield* evaluate(instance, parameters);
    if (Number.isFinite(validation)) {
      best = validation;
      yield incumbent(parameters, 0, validation);
    }
    const hasMinimum = isFunction(task);
    if (hasMinimum && meets('min', 0, best)) return yield* minimum();

    let t = 0;
    let lossSum = 0;
    let normSum = 0;
    let since = 0;
    while (t < steps) {
      const count = Math.min(budget.chunk(preferred), steps - t);
      for (let i = 0; i < count; i++) {
        const x = parameters[0];
        const y = parameters[1];
        const loss = next(parameters, gradient);
        const length = norm(gradient);
        lossSum += loss;
        normSum += length;
        since++;
        if (t % stride === 0) {
          const row = [t, rates[t], lossSum / since, validation, normSum / since];
          yield { kind: 'trace', row: planar ? [...row, x, y] : [...row, NaN, NaN] };
          validation = NaN;
          lossSum = 0;
          normSum = 0;
          since = 0;
        }
        if (!Number.isFinite(loss) || !Number.isFinite(length)) {
          yield i;
          return diverged(t);
        }
        if (params.clip > 0 && length > params.clip) {
          const scale = params.clip / length;
          for (let j = 0; j < gradient.length; j++) gradient[j] *= scale;
        }
        update(parameters, gradient, rates[t]);
        t++;
        if (t % evaluateEvery !== 0 && t !== steps) continue;
        validation = yield* evaluate(instance, parameters);
        if (validation < best) {
          best = validation;
          yield incumbent(parameters, t, validation);
          if (hasMinimum && meets('min', 0, best)) {
            yield i + 1;
            return yield* minimum();
          }
        }
      }
      if (t === steps) {
        // The end of the curve and of the path, with no gradient of its own.
        const row = [steps, rates[steps], NaN, validation, NaN];
        yield {
          kind: 'trace',
          row: planar ? [...row, parameters[0], parameters[1]] : [...row, NaN, NaN],
        };
      }
      yield count;
    }
    return { reason: 'exhausted', message: `All ${steps} steps are done.` };
  };
}

const incumbent = (parameters: Float64Array, step: number, objective: number) => ({
  kind: 'incumbent' as const,
  solution: { parameters: parameters.slice(), step },
  objective,
});

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
