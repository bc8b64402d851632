/** The command line: `npm run --silent solve -- FILE …`. Exit 0 done, 2 bad input, 3 nothing feasible. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { NO_BUDGET, type BudgetSpec, type EndReason } from '../src/core/budget.ts';
import { formatNumber, formatPercent, formatSeconds } from '../src/core/format.ts';
import {
  gapOf,
  shownObjective,
  type AnyFamily,
  type ShownObjective,
} from '../src/problems/family.ts';
import { openText } from '../src/problems/open.ts';
import { families } from '../src/problems/registry.ts';
import { evaluate } from '../src/sandbox/evaluate.ts';
import { runInNode } from '../src/sandbox/node.ts';
import { solveInNode, type TraceRow } from '../workers/runtime/node.ts';
import {
  inCode,
  loadInstance,
  parseNumber,
  parseParams,
  positive,
  printIssues,
  readInput,
  runMain,
  solverOf,
  UsageError,
} from './lib/command.ts';

const USAGE = `Usage: npm run --silent solve -- FILE [options]

FILE is an instance in any supported format, - for standard input, or
gallery:FAMILY/ID for a built-in one.

  --family F        ${families.map((entry) => entry.id).join(', ')}; found from the file when absent
  --solver ID       the family's default when absent
  --seconds S       time limit (10 when no budget is given)
  --steps N         step limit; with a seed the result repeats bit for bit
  --target V        stop at an objective at least this good
  --seed K          default 1
  --threads T       portfolio of T workers, default 1
  --param name=value  may be repeated
  --start FILE      a solution to start from
  --state           with --steps and --out: the solution holds what --start goes on from
  --out FILE        write the solution there (.json, or the family's own format by extension)
  --json            one line of JSON on standard output
  --list            families, solvers and parameters
`;

const DEFAULT_SECONDS = 10;

async function readStart(file: string, family: AnyFamily, instance: unknown): Promise<unknown> {
  const { text, name } = await readInput(file);
  const opened = await openText(text, name, {
    family: family.id,
    current: { family: family.id, instance },
  });
  if (!opened.ok) return printIssues(file, opened.issues);
  if (opened.value.kind !== 'solution') {
    printIssues(file, [{ message: 'This is not a solution of the instance.' }]);
    return undefined;
  }
  const report = family.check(instance, opened.value.solution);
  if (!report.feasible) {
    printIssues(
      file,
      report.violations.map((message) => ({ message })),
    );
    return undefined;
  }
  return opened.value.solution;
}

/** The five outcomes of the JSON line. */
function statusOf(reason: EndReason): string {
  switch (reason) {
    case 'optimal':
    case 'infeasible':
    case 'error':
    case 'budget':
      return reason;
    case 'finished':
    case 'target':
    case 'stall':
    case 'stopped':
      return 'stopped';
  }
}

function progressLine(
  family: AnyFamily,
  shown: ShownObjective,
  [seconds, objective, bound]: TraceRow,
): string {
  const parts = [formatSeconds(seconds).padStart(9)];
  if (objective !== null) parts.push(`${shown.label} ${shown.text(objective)}`);
  if (bound !== null) parts.push(`bound ${shown.text(bound)}`);
  if (objective !== null && bound !== null)
    parts.push(`gap ${formatPercent(gapOf(family.sense, bound, objective))}`);
  return `${parts.join('  ')}\n`;
}

async function list(): Promise<void> {
  for (const entry of families) {
    const family = await entry.load();
    process.stdout.write(`${family.id}: ${family.summary}\n`);
    process.stdout.write(
      `  formats: ${family.formats.map((format) => format.name).join(', ')}, JSON\n`,
    );
    for (const solver of family.solvers) {
      process.stdout.write(`  ${solver.id}: ${solver.name} (${solver.source})\n`);
      for (const param of solver.params) {
        const range =
          param.type === 'number'
            ? `${param.min}…${param.max}`
            : param.type === 'choice'
              ? param.options.map(({ value }) => value).join('|')
              : 'true|false';
        process.stdout.write(`    ${param.id}=${String(param.default)} (${range}) ${param.help}\n`);
      }
    }
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      family: { type: 'string' },
      solver: { type: 'string' },
      seconds: { type: 'string' },
      steps: { type: 'string' },
      target: { type: 'string' },
      seed: { type: 'string' },
      threads: { type: 'string' },
      param: { type: 'string', multiple: true },
      start: { type: 'string' },
      state: { type: 'boolean' },
      out: { type: 'string' },
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
  if (positionals.length !== 1) throw new UsageError('Give exactly one FILE.');
  const [file] = positionals;

  const budget: BudgetSpec = {
    ...NO_BUDGET,
    seconds: positive('seconds', parseNumber('seconds', values.seconds, false)),
    steps: positive('steps', parseNumber('steps', values.steps, true)),
    target: parseNumber('target', values.target, false),
  };
  if (budget.seconds === null && budget.steps === null) budget.seconds = DEFAULT_SECONDS;
  const threads = positive('threads', parseNumber('threads', values.threads, true)) ?? 1;
  if (threads > 64) throw new UsageError('--threads must be at most 64.');

  const loaded = await loadInstance(file, values.family);
  if (Array.isArray(loaded)) {
    printIssues(file, loaded);
    return 2;
  }
  const { family } = loaded;
  const whole = await evaluate(family, loaded.instance, runInNode);
  if (!whole.ok) {
    printIssues(file, inCode(whole.issues));
    return 2;
  }
  const instance = whole.value;
  const solverId = values.solver ?? loaded.solverId ?? family.defaultSolver(instance);
  const solver = solverOf(family, instance, solverId);
  if (values.state && !(solver.traits.continues && budget.steps !== null && values.out))
    throw new UsageError(
      solver.traits.continues
        ? '--state needs --steps and --out.'
        : `${solver.name} cannot go on from a saved state.`,
    );
  const inherited = solverId === loaded.solverId ? loaded.params : undefined;
  const params = parseParams(solver.params, values.param, inherited);
  const seed = parseNumber('seed', values.seed, true) ?? loaded.seed ?? 1;
  const warmStart = values.start ? await readStart(values.start, family, instance) : undefined;
  if (values.start && warmStart === undefined) return 2;

  const shown = shownObjective(family, instance);
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  const result = await solveInNode({
    family,
    instance,
    solverId,
    params,
    seed,
    budget,
    threads,
    warmStart,
    save: values.state,
    signal: abort.signal,
    onProgress: (row) => process.stderr.write(progressLine(family, shown, row)),
  });
  if (result.message) process.stderr.write(`${result.message}\n`);

  const objective = result.report?.objective ?? null;
  const plain = result.report ? family.writeSolution(instance, result.solution) : null;
  if (values.out && result.saved !== null)
    await writeFile(
      values.out,
      `${JSON.stringify(family.writeSolution(instance, result.saved))}\n`,
    );
  else if (values.out && result.report) {
    const extension = values.out.split('.').pop() ?? '';
    const format = family.solutionFormats.find(({ extensions }) => extensions.includes(extension));
    const text = format
      ? format.write(instance, result.solution, result.report.objective)
      : `${JSON.stringify(plain)}\n`;
    await writeFile(values.out, text);
  }
  if (values.json) {
    const line = {
      family: family.id,
      instance: family.nameOf(instance) || loaded.name,
      solver: solverId,
      version: solver.version,
      seed,
      params,
      objective,
      bound: result.bound,
      status: statusOf(result.reason),
      feasible: result.report?.feasible ?? false,
      seconds: result.seconds,
      steps: result.steps,
      trace: result.trace,
      solution: plain,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } else if (objective !== null) {
    const best = family.bestKnown?.(instance);
    const lines = [
      `${family.nameOf(instance)}: ${shown.label.toLowerCase()} ${shown.text(objective)}, verified`,
      result.bound === null
        ? 'bound: none'
        : `bound: ${shown.text(result.bound)} (${result.proof})`,
      ...(best ? [`best known: ${shown.text(best.value)}${best.optimal ? ' (optimal)' : ''}`] : []),
      `${statusOf(result.reason)} after ${formatSeconds(result.seconds)}, ${formatNumber(result.steps)} ${solver.stepUnit}, seed ${seed}`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  if (result.reason === 'error') return 1;
  return objective === null ? 3 : 0;
}

runMain('solve', main);
