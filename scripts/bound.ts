/** The bound from the command line: `npm run --silent bound -- --schedule NAME --horizon T …`. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_CODE } from '../src/core/code.ts';
import { MAX_TEXT_BYTES } from '../src/problems/open.ts';
import { boundTerms, optimalBound, optimalRate } from '../src/problems/learning-rate/bound.ts';
import { learningRates } from '../src/problems/learning-rate/curve.ts';
import { learningRate } from '../src/problems/learning-rate/family.ts';
import type { Instance } from '../src/problems/learning-rate/instance.ts';
import { validate } from '../src/problems/learning-rate/schema.ts';
import { evaluate } from '../src/sandbox/evaluate.ts';
import { runInNode } from '../src/sandbox/node.ts';
import { readCurve } from '../src/problems/learning-rate/formats/csv.ts';
import { NAMED, namedRates } from '../src/problems/learning-rate/named.ts';
import { parsePairs, runMain, sentence, UsageError } from './lib/command.ts';

const USAGE = `Usage: npm run --silent bound -- --schedule NAME --horizon T [--param key=value]…
       npm run --silent bound -- --curve FILE.csv
       npm run --silent bound -- --code FILE.ts --horizon T

Prints one line of JSON, {schedule, horizon, gammaStar, omegaStar}: the base learning rate that makes
the last-iterate bound of a convex problem smallest, and the bound there, for D = G = 1 and a schedule
of peak 1 with T + 1 values (Schaipp et al. 2025). A curve from a file (step, learning_rate; gaps are
filled with straight lines) is divided by its largest value first, and so is one that a TypeScript
function schedule(t, T) gives, which runs in a sandbox.

Schedules and their parameters:
${NAMED.map(
  ({ name, params }) =>
    `  ${name.padEnd(20)} ${params.map((param) => `${param.id}=${param.default}`).join(' ')}`,
).join('\n')}
`;

async function curveOf(file: string): Promise<Float64Array | null> {
  const { size } = await stat(file);
  if (size > MAX_TEXT_BYTES) throw new Error(`The file has more than ${MAX_TEXT_BYTES} bytes.`);
  const curve = readCurve(await readFile(file, 'utf8'));
  if (!curve.ok) {
    for (const issue of curve.issues)
      process.stderr.write(`${file}:${issue.line ?? 1}: ${sentence(issue)}\n`);
    return null;
  }
  return shapeOf(curve.value);
}

/** The curve of a function schedule(t, T), t = 0 … T; null, with issues printed, when it cannot be. */
async function codeCurveOf(file: string, horizon: number): Promise<Float64Array | null> {
  const { size } = await stat(file);
  if (size > 4 * MAX_CODE) throw new Error(`The code has more than ${MAX_CODE} characters.`);
  const given = validate({
    task: { kind: 'quadratic' },
    steps: horizon,
    schedule: { peak: 1, body: { kind: 'code', code: await readFile(file, 'utf8') } },
  });
  if (!given.ok) throw new UsageError(given.issues.map(sentence).join(' '));
  const whole = await evaluate(learningRate, given.value, runInNode);
  if (!whole.ok) {
    for (const issue of whole.issues)
      process.stderr.write(`${file}:${issue.line ?? 1}:${issue.column ?? 1}: ${sentence(issue)}\n`);
    return null;
  }
  const { schedule, steps } = whole.value as Instance;
  return shapeOf(learningRates(schedule, steps));
}

/** Divided by its largest value. */
function shapeOf(rates: Float64Array): Float64Array {
  const peak = rates.reduce((a, b) => Math.max(a, b), 0);
  if (peak === 0) throw new Error('Every learning rate of the curve is 0.');
  return rates.map((rate) => rate / peak);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      schedule: { type: 'string' },
      horizon: { type: 'string' },
      param: { type: 'string', multiple: true },
      curve: { type: 'string' },
      code: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const sources = [values.schedule, values.curve, values.code];
  if (sources.filter((source) => source !== undefined).length !== 1)
    throw new UsageError('Give one of --schedule, --curve and --code.');
  const horizon = values.horizon === undefined ? null : Number(values.horizon);
  const given = parsePairs(values.param);

  let rates: Float64Array;
  if (values.curve !== undefined) {
    if (values.param) throw new UsageError('A curve from a file takes no --param.');
    const curve = await curveOf(values.curve);
    if (!curve) return 2;
    if (horizon !== null && horizon !== curve.length - 1)
      throw new UsageError(`The curve has ${curve.length - 1} steps, not ${values.horizon}.`);
    rates = curve;
  } else if (values.code !== undefined) {
    if (values.param) throw new UsageError('Code takes no --param.');
    if (horizon === null) throw new UsageError('Give the --horizon, a number of steps.');
    const curve = await codeCurveOf(values.code, horizon);
    if (!curve) return 2;
    rates = curve;
  } else {
    if (horizon === null) throw new UsageError('Give the --horizon, a number of steps.');
    const named = namedRates(values.schedule ?? '', horizon, given);
    if (!named.ok) throw new UsageError(named.issues.map(sentence).join(' '));
    rates = named.value;
  }

  const steps = rates.length - 1;
  const terms = boundTerms(rates, steps);
  const line = {
    schedule: values.schedule ?? basename(values.curve ?? values.code ?? ''),
    horizon: steps,
    gammaStar: optimalRate(terms),
    omegaStar: optimalBound(terms),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return 0;
}

runMain('bound', main);
