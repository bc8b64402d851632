/** Gradient descent, its central flow and the gradient flow, side by side from one start. */
import type { Solve, SolverRun } from '../../../src/core/solver.ts';
import { meets } from '../../../src/problems/family.ts';
import type { Packed, Solution } from '../../../src/problems/learning-rate/instance.ts';
import type { CentralFlowParams } from '../../../src/problems/learning-rate/sharpness-params.ts';
import { FLOW_TRACE } from '../../../src/problems/learning-rate/solvers.ts';
import { isFunction, isPlanar } from '../../../src/problems/learning-rate/tasks.ts';
import { createCentralFlow } from './central-flow.ts';
import { squareNorm } from './optimizers/optimizer.ts';
import { createProblem } from './problem.ts';
import { createFullGradient, createSharpness, type FullGradient } from './sharpness.ts';
import { evaluate } from './train.ts';

/** Most rows of the trace, and most evaluations on the validation samples. */
const ROWS = 2_000;
const EVALUATIONS = 200;

type FlowColumn = (typeof FLOW_TRACE)[number]['id'];

const rowOf = (values: Partial<Record<FlowColumn, number>>): number[] =>
  FLOW_TRACE.map(({ id }) => values[id] ?? NaN);

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return Math.sqrt(sum);
}

/** x ← x − size ∇L. @returns the loss before. */
function descend(
  full: FullGradient,
  x: Float64Array,
  gradient: Float64Array,
  size: number,
): number {
  const loss = full(x, gradient);
  for (let i = 0; i < x.length; i++) x[i] -= size * gradient[i];
  return loss;
}

/**
 * A step is one of descent on all training samples (at most 1000) and a unit of time of both flows.
 * The incumbents are points of the central flow. Ends early when the flow is no longer finite.
 */
export const solveCentralFlow: Solve<Packed, Solution, CentralFlowParams> = function* (
  instance,
  { rng, params },
): SolverRun<Solution> {
  const { task, steps, rates } = instance;
  const full = createFullGradient(task);
  if (!full) return { reason: 'exhausted', message: 'This task has no curvature to follow.' };
  const { parameters: start } = createProblem(instance, rng);
  const count = start.length;
  const descent = start.slice();
  const flow = start.slice();
  const gradient = new Float64Array(count);
  const central = createCentralFlow(full, start, rng.fork(5), params.directions);
  const measureDescent = createSharpness(full, count, rng.fork(6));
  const measureFlow = createSharpness(full, count, rng.fork(7));
  const stride = Math.ceil(steps / ROWS);
  const evaluateEvery = stride * Math.max(1, Math.floor(steps / (EVALUATIONS * stride)));
  const planar = isPlanar(task);
  let best = Infinity;
  let nextSharpness = 0;
  let sum = 0;

  for (let t = 0; t <= steps; t++) {
    const last = t === steps;
    const point = central.point;
    let validation = NaN;
    if (last || t % evaluateEvery === 0) {
      validation = yield* evaluate(instance, point);
      if (validation < best) {
        best = validation;
        yield {
          kind: 'incumbent',
          solution: { parameters: point.slice(), step: t },
          objective: validation,
        };
        if (isFunction(task) && meets('min', 0, best)) {
          yield { kind: 'bound', value: 0, proof: 'Known minimum' };
          return { reason: 'optimal' };
        }
      }
    }
    const row: Partial<Record<FlowColumn, number>> = { step: t, rate: rates[t], validation, sum };
    sum += rates[t];
    if (planar) [row.x, row.y] = point;
    const drawn = last || t % stride === 0;
    if (drawn) {
      row.centralDistance = distance(descent, point);
      row.flowDistance = distance(descent, flow);
      if (last || t >= nextSharpness) {
        row.descentSharpness = yield* measureDescent(descent);
        row.flowSharpness = yield* measureFlow(flow);
        nextSharpness = t + params.sharpness;
      }
    }
    if (last) {
      yield { kind: 'trace', row: rowOf(row) };
      break;
    }
    const rate = rates[t];
    row.train = yield* central.step(rate, params.parts);
    if (!Number.isFinite(row.train))
      return { reason: 'exhausted', message: `The flow is no longer finite after ${t} steps.` };
    row.predictedLoss = row.train + (rate > 0 ? central.variance / rate : 0);
    row.sharpness = central.sharpness;
    row.stability = 2 / rate;
    row.descentLoss = descend(full, descent, gradient, rate);
    row.gradient = Math.sqrt(squareNorm(gradient));
    for (let part = 0; part < params.parts; part++) {
      const loss = descend(full, flow, gradient, rate / params.parts);
      if (part === 0) row.flowLoss = loss;
    }
    if (drawn) yield { kind: 'trace', row: rowOf(row) };
    yield 1;
  }
  return { reason: 'exhausted', message: `All ${steps} steps are done.` };
};
