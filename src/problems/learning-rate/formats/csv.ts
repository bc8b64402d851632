/**
 * A curve as CSV: one row per step, `step,learning_rate`. A first comment line carries the rest of
 * the experiment, so that our own files read back whole; without it the curve gets a default task.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { isEvaluated, NOT_EVALUATED } from '../code-values.ts';
import { learningRates } from '../curve.ts';
import { LIMITS, type Instance } from '../instance.ts';
import { interpolate, simplify } from '../interpolate.ts';
import { makeSchedule, type ControlPoint } from '../schedule.ts';
import { validate } from '../schema.ts';
import { makeTask } from '../tasks.ts';

const MARK = '# experiment:';
const STEP_NAMES = ['step', 'steps', 'iteration', 'iter', 't'];
const RATE_NAMES = ['learning_rate', 'learning rate', 'learningrate', 'lr', 'eta', 'η'];

const cells = (line: string): string[] =>
  line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

/** Columns of step (−1: rows are steps 0, 1, 2, …) and rate named by a header; null without one. */
function readHeader(line: string): { step: number; rate: number } | null {
  const names = cells(line).map((cell) => cell.toLowerCase());
  const rate = names.findIndex((name) => RATE_NAMES.includes(name));
  return rate < 0 ? null : { step: names.findIndex((name) => STEP_NAMES.includes(name)), rate };
}

const firstLines = (text: string): string[] =>
  text
    .slice(0, 4000)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');

function sniff(text: string, fileName: string): number {
  const lines = firstLines(text);
  if (lines[0]?.startsWith(MARK)) return 1;
  const data = lines.filter((line) => !line.startsWith('#'));
  if (data.length === 0) return 0;
  const header = readHeader(data[0]);
  if (header) return header.step >= 0 ? 0.95 : 0.7;
  const numeric = cells(data[0]).every((cell) => cell !== '' && Number.isFinite(Number(cell)));
  if (!numeric || cells(data[0]).length > 2) return 0;
  return /schedule|learning|(^|[^a-z])lr([^a-z]|$)|eta/i.test(fileName) ? 0.5 : 0.05;
}

interface Rows {
  steps: number[];
  rates: number[];
}

/** Rows with whole, strictly increasing steps from 0 on and rates ≥ 0. */
function readRows(text: string, firstLine: number): Result<Rows> {
  const steps: number[] = [];
  const rates: number[] = [];
  let columns: { step: number; rate: number } | null = null;
  let position = 0;
  for (let line = 1; position < text.length; line++) {
    let end = text.indexOf('\n', position);
    if (end < 0) end = text.length;
    const raw = text.slice(position, end).trim();
    position = end + 1;
    if (line < firstLine || raw === '' || raw.startsWith('#')) continue;
    if (raw.length > 2000) return fail({ line, message: 'This line is too long for a CSV row.' });
    if (columns === null) {
      columns = readHeader(raw);
      if (columns) continue;
      columns = cells(raw).length === 1 ? { step: -1, rate: 0 } : { step: 0, rate: 1 };
    }
    const row = cells(raw);
    const rate = row[columns.rate] ?? '';
    const problem = numberIssue(rate, 'a learning rate', { min: 0, max: 1e6 });
    if (problem) return fail({ line, ...problem });
    let step = steps.length;
    if (columns.step >= 0) {
      const token = row[columns.step] ?? '';
      const issue = numberIssue(token, 'a step', { min: 0, max: 2 ** 40, integer: true });
      if (issue) return fail({ line, ...issue });
      step = Number(token);
    }
    if (steps.length > 0 && step <= steps[steps.length - 1])
      return fail({ line, message: `Step ${step} does not come after the step before it.` });
    if (steps.length > 0 && step - steps[0] > LIMITS.steps)
      return fail({ line, message: `The curve has more than ${LIMITS.steps} steps.` });
    steps.push(step);
    rates.push(Number(rate));
  }
  if (steps.length < 2)
    return fail({
      line: 1,
      message: 'A curve needs at least two rows.',
      hint: 'Each row is a step and a learning rate, for example 0,0.1.',
    });
  const from = steps[0];
  return ok({ steps: steps.map((step) => step - from), rates });
}

/** The rate at every step, on straight lines between the rows. */
function everyStep({ steps, rates }: Rows): Float64Array {
  const curve = interpolate(
    steps.map((step, i): ControlPoint => [step, rates[i]]),
    'linear',
  );
  return Float64Array.from({ length: steps[steps.length - 1] + 1 }, (_, t) => curve(t));
}

/** η(0) … η(T) from the rows of a CSV file, on straight lines between them. O(T log rows). */
export function readCurve(text: string): Result<Float64Array> {
  const rows = readRows(text.startsWith('\ufeff') ? text.slice(1) : text, 1);
  return rows.ok ? ok(everyStep(rows.value)) : rows;
}

/** Straight lines through the rows, as few as give the same curve; at most 1000 points. */
function pointsOf(rows: Rows, peak: number): ControlPoint[] {
  const dense = everyStep(rows).map((rate) => rate / peak);
  const last = dense.length - 1;
  return simplify(dense, 1e-9, LIMITS.points).map((t): ControlPoint => [t / last, dense[t]]);
}

function readExperiment(text: string): Result<Instance> | null {
  if (!text.startsWith(MARK)) return null;
  const end = text.indexOf('\n');
  const line = text.slice(MARK.length, end < 0 ? text.length : end);
  if (line.length > 200_000)
    return fail({ line: 1, message: 'The experiment in the first line is too long.' });
  try {
    const read = validate(JSON.parse(line));
    return read.ok ? read : fail(...read.issues.map((issue) => ({ ...issue, line: 1 })));
  } catch {
    return fail({
      line: 1,
      message: 'The experiment in the first line is not valid JSON.',
      hint: 'Delete the line to read the curve alone.',
    });
  }
}

function parse(text: string, fileName: string): Result<Instance> {
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  const experiment = readExperiment(clean);
  if (experiment && !experiment.ok) return experiment;
  const rows = readRows(clean, experiment ? 2 : 1);
  if (!rows.ok) return rows;
  const { steps, rates } = rows.value;
  const last = steps[steps.length - 1];
  const known = experiment?.value;
  // Whether rows are those of code only a run could tell; the code says more than they do.
  if (known && !isEvaluated(known.schedule.body, known.steps)) return ok(known);
  if (known && known.steps === last && rates.length === last + 1) {
    const own = learningRates(known.schedule, known.steps);
    if (rates.every((rate, t) => rate === own[t])) return ok(known);
  }
  const peak = rates.reduce((a, b) => Math.max(a, b), 0);
  if (peak < 1e-9) return fail({ line: 1, message: 'Every learning rate of the curve is 0.' });
  const name = fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  return validate({
    name: known?.name ?? (name.slice(0, LIMITS.name) || 'Imported curve'),
    task: known?.task ?? makeTask('spirals'),
    steps: last,
    batch: known?.batch ?? 32,
    schedule: makeSchedule(peak, {
      kind: 'points',
      interpolation: 'linear',
      points: pointsOf(rows.value, peak),
    }),
  });
}

function write(instance: Instance): Result<string> {
  if (!isEvaluated(instance.schedule.body, instance.steps)) return fail(NOT_EVALUATED);
  const rates = learningRates(instance.schedule, instance.steps);
  const lines = [`${MARK} ${JSON.stringify(instance)}`, 'step,learning_rate'];
  for (let t = 0; t <= instance.steps; t++) lines.push(`${t},${rates[t]}`);
  return ok(`${lines.join('\n')}\n`);
}

export const csv: InstanceFormat<Instance> = {
  id: 'csv',
  name: 'CSV of the curve',
  extensions: ['csv', 'tsv'],
  sniff,
  parse,
  write,
};
