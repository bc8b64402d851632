/** Learning-rate curves: draw one and train a model with it. */
import { formatNumber } from '../../core/format.ts';
import { defineFamily, type Fact } from '../family.ts';
import { boundTerms, optimalBound, optimalRate } from './bound.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { codec } from './codec.ts';
import { knownAnswers, missingCalls, withAnswers } from './code-body.ts';
import { isEvaluated } from './code-values.ts';
import { learningRates } from './curve.ts';
import { dataOf, samplesOf } from './data.ts';
import { DIGIT_VALIDATION, digitSource, loadDigits } from './digits.ts';
import { formats } from './formats/index.ts';
import { gallery } from './gallery.ts';
import { generators } from './generators.ts';
import {
  TABLE_ROWS,
  pack,
  sampleSteps,
  unpack,
  type Instance,
  type Packed,
  type Solution,
} from './instance.ts';
import { parameterCount } from './model.ts';
import { refusal } from './optimizer-refusals.ts';
import { scheduleName } from './schedule.ts';
import { validate } from './schema.ts';
import { jsonSchema } from './schema-json.ts';
import { solvers, type SolverId } from './solvers.ts';
import { TRAINING_TEXT, VALIDATION_LENGTH } from './text.ts';
import { taskInfo, type Task, type TaskKind } from './tasks.ts';

/** Four significant digits without an exponent where it can be. */
const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : '–';

/** How much there is to learn from. */
function samplesFact(task: Task): Fact | null {
  const fact = (label: string, train: number, validation: number): Fact => ({
    label,
    value: `${formatNumber(train)} + ${formatNumber(validation)}`,
    help: 'To train on, and to validate with.',
  });
  if (task.kind === 'text') return fact('Characters', TRAINING_TEXT.length, VALIDATION_LENGTH);
  if (task.kind === 'digits') return fact('Samples', task.samples, DIGIT_VALIDATION);
  const data = dataOf(task);
  return data && fact('Samples', data.train.count, data.validation.count);
}

function describe(instance: Instance): Fact[] {
  const { task, steps, batch, schedule } = instance;
  const rates = learningRates(schedule, steps);
  const terms = boundTerms(rates, steps);
  const samples = samplesFact(task);
  let sum = 0;
  for (let t = 0; t < steps; t++) sum += rates[t];
  return [
    { label: 'Task', value: taskInfo(task.kind).name, help: taskInfo(task.kind).summary },
    { label: 'Parameters', value: formatNumber(parameterCount(task)) },
    ...(samples ? [samples] : []),
    ...(task.kind === 'digits' ? [{ label: 'Data', value: 'MNIST', help: digitSource() }] : []),
    { label: 'Steps', value: formatNumber(steps) },
    { label: 'Batch', value: formatNumber(batch) },
    {
      label: 'Schedule',
      value: isEvaluated(schedule.body, steps)
        ? scheduleName(schedule)
        : `${scheduleName(schedule)}, not run yet`,
    },
    { label: 'Sum of rates', value: short(sum), help: 'Σ η(t) over all steps.' },
    {
      label: 'Bound Ω*',
      value: short(optimalBound(terms)),
      help: 'Last-iterate bound of this shape for convex problems with D = G = 1, at its best base rate (Schaipp et al. 2025).',
    },
    {
      label: 'Best rate γ*',
      value: short(schedule.peak * optimalRate(terms)),
      help: 'The peak learning rate at which the bound is lowest, for D = G = 1.',
    },
  ];
}

/** Optimizers that the galleries' peaks are made for. */
const usual: Readonly<Record<TaskKind, SolverId>> = {
  quadratic: 'sgd',
  rosenbrock: 'adam',
  himmelblau: 'adam',
  beale: 'adam',
  saddle: 'sgd',
  'monkey-saddle': 'sgd',
  rastrigin: 'adam',
  absolute: 'sgd',
  logistic: 'sgd',
  spirals: 'adam',
  iris: 'momentum',
  text: 'adamw',
  circles: 'adam',
  xor: 'adam',
  table: 'adam',
  digits: 'adamw',
};

/** Without noise from batches there is a descent to watch, with its edge of stability. */
function usualOptimizer({ task, batch }: Instance): SolverId {
  const isWhole = task.kind === 'table' && batch >= samplesOf(task).train.count;
  return isWhole ? 'sgd' : usual[task.kind];
}

export const learningRate = defineFamily<Instance, Packed, Solution>({
  id: 'learning-rate',
  name: 'Learning rate',
  summary: 'Draw a learning-rate curve and train a model with it.',
  sense: 'min',
  objective: { label: 'Loss', digits: () => 6 },

  validate,
  jsonSchema,
  nameOf: (instance) => instance.name,
  withName: (instance, name) => ({ ...instance, name }),
  describe,
  elements: (instance) => sampleSteps(instance.steps, TABLE_ROWS).length,

  prepare: async ({ task }) => {
    if (task.kind === 'digits') await loadDigits();
  },
  pack,
  unpack,
  codec,
  code: { missing: missingCalls, known: knownAnswers, supply: withAnswers },

  generators,
  gallery,
  formats,
  solutionFormats: [],

  check,
  writeSolution,
  readSolution,

  solvers,
  defaultSolver: usualOptimizer,
  refuses: (solverId, { task }) => refusal(solverId as SolverId, task),
});
