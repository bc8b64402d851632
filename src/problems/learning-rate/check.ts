/** The checker: recomputes the objective from the instance and the parameters alone. */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import type { Report } from '../family.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { learningRates } from './curve.ts';
import { hasDigits } from './digits.ts';
import { LIMITS, sampleSteps, type Instance, type Solution } from './instance.ts';
import { objectiveOf, parameterCount } from './model.ts';

const MAX_VIOLATIONS = 20;

/**
 * Feasible when there is one finite number for each parameter and the step lies in 0 … T; the
 * objective is the function's value or the mean validation loss. Never throws.
 */
export function check(instance: Instance, solution: Solution): Report {
  const violations: string[] = [];
  const report = (text: string) => {
    if (violations.length < MAX_VIOLATIONS) violations.push(text);
  };
  const { parameters, step } = (solution ?? {}) as Partial<Solution>;
  const count = parameterCount(instance.task);
  if (!Number.isInteger(step) || (step as number) < 0 || (step as number) > instance.steps)
    report(`The step must be a whole number from 0 to ${instance.steps}.`);
  if (!(parameters instanceof Float64Array) || parameters.length !== count) {
    const found = parameters instanceof Float64Array ? `${parameters.length}` : 'no list';
    report(`The model has ${count} parameters; the solution has ${found}.`);
    return { feasible: false, objective: NaN, violations };
  }
  for (let i = 0; i < count; i++)
    if (!Number.isFinite(parameters[i])) report(`Parameter ${i} is not a finite number.`);
  if (instance.task.kind === 'digits' && !hasDigits()) {
    report('The handwritten digits have not been loaded.');
    return { feasible: false, objective: NaN, violations };
  }
  const objective = objectiveOf(instance.task, parameters);
  if (!Number.isFinite(objective)) report('The loss of these parameters is not finite.');
  return {
    feasible: violations.length === 0,
    objective: Number.isFinite(objective) ? objective : NaN,
    violations,
  };
}

/** Samples of the curve in the plain form. */
const CURVE_SAMPLES = 200;

/** `{loss, step, curve, parameters, checkpoint?}`; the curve is η at up to 200 evenly spread steps, 0 and T included. */
export function writeSolution(instance: Instance, solution: Solution): unknown {
  const rates = learningRates(instance.schedule, instance.steps);
  return {
    loss: check(instance, solution).objective,
    step: solution.step,
    curve: sampleSteps(instance.steps, CURVE_SAMPLES).map((t) => rates[t]),
    parameters: Array.from(solution.parameters),
    ...(solution.checkpoint ? { checkpoint: writeCheckpoint(solution.checkpoint) } : {}),
  };
}

/** Shape only: `step`, `parameters` and `checkpoint`; loss and curve follow from them and the instance. */
export function readSolution(_instance: Instance, value: unknown): Result<Solution> {
  if (typeof value !== 'object' || value === null)
    return fail({ message: 'A solution must be an object with "step" and "parameters".' });
  const { step, parameters, checkpoint } = value as Readonly<Record<string, unknown>>;
  const issues: Issue[] = [];
  if (typeof step !== 'number')
    issues.push({ path: ['step'], message: 'The step must be a number.' });
  if (!Array.isArray(parameters) || parameters.length > LIMITS.parameters)
    return fail(...issues, {
      path: ['parameters'],
      message: `The parameters must be a list of at most ${LIMITS.parameters} numbers.`,
    });
  const bad = parameters.findIndex((entry) => typeof entry !== 'number');
  if (bad >= 0)
    issues.push({ path: ['parameters', bad], message: 'A parameter must be a number.' });
  const state = checkpoint === undefined ? null : readCheckpoint(checkpoint);
  if (state && !state.ok) issues.push(...state.issues);
  if (issues.length > 0) return fail(...issues);
  const solution = { parameters: Float64Array.from(parameters as number[]), step: step as number };
  return ok(state?.ok ? { ...solution, checkpoint: state.value } : solution);
}
