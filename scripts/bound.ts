/** The bound from the command line: `npm run --silent bound -- --schedule NAME --horizon T …`. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { MAX_TEXT_BYTES } from '../src/problems/open.ts';
import { boundTerms, optimalBound, optimalRate } from '../src/problems/learning-rate/bound.ts';
import { readCurve } from '../src/problems/learning-rate/formats/csv.ts';
import { NAMED, namedRates } from '../src/problems/learning-rate/named.ts';
import { parsePairs, runMain, sentence, UsageError } from './lib/command.ts';

const USAGE = `Usage: npm run --silent bound -- --schedule NAME --horizon T [--param key=value]…
       npm run --silent bound -- --curve FILE.csv

Prints one line of JSON, {schedule, horizon, gammaStar, omegaStar}: the base learning rate that makes
the last-iterate bound of a convex problem smallest, and the bound there, for D = G = 1 and a schedule
of peak 1 with T + 1 values (Schaipp et al. 2025). A curve from a file (step, learning_rate; gaps are
filled with straight lines) is divided by its largest value first.

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
  const peak = curve.value.reduce((a, b) => Math.max(a, b), 0);
  if (peak === 0) throw new Error('Every learning rate of the curve is 0.');
  return curve.value.map((rate) => rate / peak);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      schedule: { type: 'string' },
      horizon: { type: 'string' },
      param: { type: 'string', multiple: true },
      curve: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if ((values.schedule === undefined) === (values.curve === undefined))
    throw new UsageError('Give either --schedule or --curve.');
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
  } else {
    if (horizon === null) throw new UsageError('Give the --horizon, a number of steps.');
    const named = namedRates(values.schedule ?? '', horizon, given);
    if (!named.ok) throw new UsageError(named.issues.map(sentence).join(' '));
    rates = named.value;
  }

  const steps = rates.length - 1;
  const terms = boundTerms(rates, steps);
  const line = {
    schedule: values.schedule ?? basename(values.curve ?? ''),
    horizon: steps,
    gammaStar: optimalRate(terms),
    omegaStar: optimalBound(terms),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return 0;
}

runMain('bound', main);
