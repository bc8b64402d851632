/** Studies from the command line: `npm run --silent study -- FAMILY/STUDY [FILE] …`. */
import { parseArgs } from 'node:util';
import type { ParamSpec } from '../src/core/params.ts';
import type { AnyFamily } from '../src/problems/family.ts';
import { families } from '../src/problems/registry.ts';
import type { AnyStudy, StudyState } from '../src/problems/studies.ts';
import { loadViews } from '../src/problems/view-registry.ts';
import { conduct } from '../src/studies/conduct.ts';
import { evaluate } from '../src/sandbox/evaluate.ts';
import { runInNode } from '../src/sandbox/node.ts';
import { studiesOf } from '../src/studies/registry.ts';
import {
  inCode,
  loadFamily,
  loadInstance,
  parseParams,
  printIssues,
  runMain,
  UsageError,
} from './lib/command.ts';
import { launchInNode } from './lib/conduct-in-node.ts';

const USAGE = `Usage: npm run --silent study -- FAMILY/STUDY [FILE] [options]

Carries out a study: several runs, read as findings and a table. FILE is the instance it builds on,
as for solve; the family's first gallery instance when absent.

  --param name=value  may be repeated
  --json              one line of JSON on standard output
  --list              all studies and their parameters
`;

const load = async (family: AnyFamily): Promise<readonly AnyStudy[]> =>
  studiesOf(family, await loadViews(family.id));

const rangeOf = (param: ParamSpec): string =>
  param.type === 'number'
    ? `${param.min}…${param.max}`
    : param.type === 'choice'
      ? param.options.map(({ value }) => value).join('|')
      : 'true|false';

async function list(): Promise<void> {
  for (const entry of families)
    for (const study of await load(await entry.load())) {
      process.stdout.write(`${entry.id}/${study.id}: ${study.summary} (${study.source})\n`);
      for (const param of study.params)
        process.stdout.write(
          `    ${param.id}=${String(param.default)} (${rangeOf(param)}) ${param.help}\n`,
        );
    }
}

async function findStudy(name: string): Promise<{ family: AnyFamily; study: AnyStudy }> {
  const [familyId, studyId] = name.split('/');
  const family = await loadFamily(familyId);
  const studies = await load(family);
  const study = studies.find(({ id }) => id === studyId);
  if (!study) {
    const known = studies.map(({ id }) => `${familyId}/${id}`).join(', ') || 'none';
    throw new UsageError(`There is no study "${name}". ${family.name} has: ${known}.`);
  }
  return { family, study };
}

/** Six digits are enough to read; all of them are in the JSON. */
const cellText = (value: string | number): string =>
  String(typeof value === 'number' ? Number(value.toPrecision(6)) : value);

function printTable(study: AnyStudy, state: StudyState<unknown, unknown>): void {
  const { columns, rows, cell } = study.table(state);
  const lines = [columns.map(({ label }) => label)];
  for (let row = 0; row < rows; row++) lines.push(columns.map((_, at) => cellText(cell(row, at))));
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  for (const line of lines) {
    const cells = line.map((text, at) =>
      columns[at].numeric ? text.padStart(widths[at]) : text.padEnd(widths[at]),
    );
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      param: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      list: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (values.list) {
    await list();
    return 0;
  }
  const [name, file] = positionals;
  if (!name || positionals.length > 2)
    throw new UsageError('Give FAMILY/STUDY and at most one FILE.');
  const { family, study } = await findStudy(name);
  const loaded = file ? await loadInstance(file, family.id) : null;
  if (Array.isArray(loaded)) {
    printIssues(file, loaded);
    return 2;
  }
  if (loaded && loaded.family.id !== family.id)
    throw new UsageError(`${file} is an instance of ${loaded.family.name}, not ${family.name}.`);
  const whole = await evaluate(family, loaded?.instance ?? family.gallery[0].instance(), runInNode);
  if (!whole.ok) {
    printIssues(file, inCode(whole.issues));
    return 2;
  }
  const instance = whole.value;

  let ended = 0;
  const conducted = conduct({
    study,
    instance,
    values: parseParams(study.params, values.param),
    parallel: 1,
    launch: (run) =>
      launchInNode(family, run, () => {
        ended++;
        const total = conducted.state().runs.length;
        process.stderr.write(`${ended} of ${total}  ${run.label}\n`);
      }),
    onChange: () => undefined,
  });
  process.once('SIGINT', () => conducted.stop());
  const isWhole = await conducted.finished;
  if (conducted.issues().length > 0) {
    printIssues(name, conducted.issues());
    return 2;
  }
  const state = conducted.state();
  const findings = study.findings(state);
  if (values.json) {
    const { columns, rows, cell } = study.table(state);
    const table = Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(columns.map(({ id }, at) => [id, cell(row, at)])),
    );
    process.stdout.write(
      `${JSON.stringify({ study: name, values: state.values, whole: isWhole, findings, table })}\n`,
    );
  } else {
    printTable(study, state);
    for (const { text } of findings) process.stdout.write(`\n${text}\n`);
  }
  const failures = [...state.outcomes].filter(([, outcome]) => outcome.state === 'failed');
  for (const [id, { message }] of failures) process.stderr.write(`${id}: ${message ?? 'failed'}\n`);
  return failures.length > 0 || !isWhole ? 1 : 0;
}

runMain('study', main);
