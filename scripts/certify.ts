/** Proofs of bounds from the command line: `node scripts/certify.mjs FILE --out PROOF.json`. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { NO_BUDGET } from '../src/core/budget.ts';
import { formatSeconds } from '../src/core/format.ts';
import type { Result } from '../src/core/result.ts';
import { shownObjective } from '../src/problems/family.ts';
import { solveInNode } from '../workers/runtime/node.ts';
import {
  loadInstance,
  parseNumber,
  parseParams,
  positive,
  printIssues,
  readInput,
  runMain,
  solverOf,
  UsageError,
  type Loaded,
} from './lib/command.ts';

const USAGE = `Usage: npm run --silent certify -- FILE --out PROOF.json [--solver ID] [--param NAME=VALUE]
         [--seconds S] [--seed K]
       npm run --silent certify -- FILE --check PROOF.json

Proves a bound on every solution of an instance and writes the proof as data: for a tour a tree of
decisions with inequalities and multipliers, or the penalties of a 1-tree; for a job shop the orders
that a makespan refutes. --check verifies one without any solver.
FILE is an instance in any supported format, or gallery:FAMILY/ID. 60 seconds when none are given; a
proof cut short is one of a weaker bound.
`;

const DEFAULT_SECONDS = 60;

function evidenceOf({ family }: Loaded) {
  if (!family.evidence) throw new UsageError(`Bounds of ${family.name} come without evidence.`);
  return family.evidence;
}

/** Prints what is proven, or why it is not. */
function report({ family, instance }: Loaded, file: string, proven: Result<number>): boolean {
  if (!proven.ok) {
    printIssues(file, proven.issues);
    return false;
  }
  const { label, text } = shownObjective(family, instance);
  const sign = family.sense === 'min' ? '≥' : '≤';
  process.stdout.write(
    `${family.nameOf(instance)}: ${label.toLowerCase()} ${sign} ${text(proven.value)}, verified\n`,
  );
  return true;
}

/** Exit 0: the proof holds; 1: it does not. */
async function verify(loaded: Loaded, file: string): Promise<number> {
  const evidence = evidenceOf(loaded);
  const { text } = await readInput(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    printIssues(file, [{ message: 'This is not JSON.' }]);
    return 2;
  }
  const read = evidence.read(value);
  return report(loaded, file, read.ok ? evidence.verify(loaded.instance, read.value) : read)
    ? 0
    : 1;
}

interface Effort {
  solverId: string | undefined;
  params: readonly string[] | undefined;
  seconds: number;
  seed: number;
}

async function prove(loaded: Loaded, out: string, effort: Effort): Promise<number> {
  const { family, instance } = loaded;
  const evidence = evidenceOf(loaded);
  const solver = solverOf(family, instance, effort.solverId ?? family.defaultSolver(instance));
  const { text } = shownObjective(family, instance);
  const shown = (value: number | null) => (value === null ? '–' : text(value));
  const result = await solveInNode({
    family,
    instance,
    solverId: solver.id,
    params: parseParams(solver.params, effort.params),
    seed: effort.seed,
    budget: { ...NO_BUDGET, seconds: effort.seconds },
    threads: 1,
    onProgress: ([seconds, objective, bound]) =>
      process.stderr.write(
        `${formatSeconds(seconds)}  incumbent ${shown(objective)}  bound ${shown(bound)}\n`,
      ),
  });
  if (result.evidence === null) {
    process.stderr.write(`${solver.name} told no evidence of a bound: there is none to write.\n`);
    return 1;
  }
  if (!report(loaded, out, evidence.verify(instance, result.evidence))) return 1;
  await writeFile(out, `${JSON.stringify(evidence.write(result.evidence))}\n`);
  return 0;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      check: { type: 'string' },
      solver: { type: 'string' },
      param: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (positionals.length !== 1) throw new UsageError('Give exactly one FILE.');
  if ((values.out === undefined) === (values.check === undefined))
    throw new UsageError('Give either --out or --check.');
  const effort: Effort = {
    solverId: values.solver,
    params: values.param,
    seconds: positive('seconds', parseNumber('seconds', values.seconds, false)) ?? DEFAULT_SECONDS,
    seed: parseNumber('seed', values.seed, true) ?? 1,
  };
  const loaded = await loadInstance(positionals[0], undefined);
  if (Array.isArray(loaded)) {
    printIssues(positionals[0], loaded);
    return 2;
  }
  return values.check !== undefined
    ? verify(loaded, values.check)
    : prove(loaded, values.out!, effort);
}

runMain('certify', main);
