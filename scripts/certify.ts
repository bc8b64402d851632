/** Proofs of tours from the command line: `node scripts/certify.mjs FILE --out PROOF.json`. */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { NO_BUDGET } from '../src/core/budget.ts';
import { formatNumber, formatSeconds } from '../src/core/format.ts';
import { defaultParams } from '../src/core/params.ts';
import { createRng } from '../src/core/rng.ts';
import { verifyCertificate, type TspCertificate } from '../src/problems/tsp/certificate.ts';
import { evidence } from '../src/problems/tsp/evidence.ts';
import { pack, type TspInstance } from '../src/problems/tsp/instance.ts';
import { BRANCH_AND_CUT_PARAMS } from '../src/problems/tsp/solver-params.ts';
import { refuses } from '../src/problems/tsp/solvers.ts';
import { prepareHighs } from '../workers/solvers/common/highs-runtime.ts';
import { branchAndCut } from '../workers/solvers/tsp/branch-and-cut/solve.ts';
import {
  loadInstance,
  parseNumber,
  positive,
  printIssues,
  readInput,
  runMain,
  UsageError,
} from './lib/command.ts';

const USAGE = `Usage: npm run --silent certify -- FILE --out PROOF.json [--seconds S] [--seed K]
       npm run --silent certify -- FILE --check PROOF.json

Proves by branch and cut how short no tour of a TSP instance can be, and writes the proof: a tree of
decisions on edges with inequalities and multipliers. --check verifies one without any solver.
FILE is an instance in any supported format, or gallery:tsp/ID. 60 seconds when none are given; a
proof cut short is one of a lower bound.
`;

const DEFAULT_SECONDS = 60;

async function loadTsp(file: string): Promise<TspInstance | null> {
  const loaded = await loadInstance(file, file.startsWith('gallery:') ? undefined : 'tsp');
  if (Array.isArray(loaded)) {
    printIssues(file, loaded);
    return null;
  }
  if (loaded.family.id !== 'tsp') throw new UsageError(`${file} is no TSP instance.`);
  return loaded.instance as TspInstance;
}

/** Exit 0: the proof holds; 1: it does not. */
async function verify(instance: TspInstance, file: string): Promise<number> {
  const { text } = await readInput(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    printIssues(file, [{ message: 'This is not JSON.' }]);
    return 2;
  }
  const read = evidence.read(value);
  const proven = read.ok ? evidence.verify(instance, read.value) : read;
  if (!proven.ok) {
    printIssues(file, proven.issues);
    return 1;
  }
  process.stdout.write(
    `${instance.name}: no tour is shorter than ${formatNumber(proven.value)}, verified\n`,
  );
  return 0;
}

async function prove(
  instance: TspInstance,
  out: string,
  seconds: number,
  seed: number,
): Promise<number> {
  await prepareHighs();
  let certificate: TspCertificate | null = null;
  let best = Infinity;
  const started = performance.now();
  const run = branchAndCut(pack(instance), {
    rng: createRng(seed),
    params: defaultParams(BRANCH_AND_CUT_PARAMS) as { kicks: number },
    budget: { ...NO_BUDGET, chunk: (preferred) => preferred, progress: () => NaN },
  });
  const elapsed = () => (performance.now() - started) / 1000;
  for (let step = run.next(); !step.done; step = run.next()) {
    const event = step.value;
    if (typeof event !== 'number' && event.kind === 'incumbent') best = event.objective;
    if (typeof event !== 'number' && event.kind === 'bound') {
      if (event.evidence) certificate = event.evidence as TspCertificate;
      process.stderr.write(
        `${formatSeconds(elapsed())}  tour ${formatNumber(best)}  bound ${formatNumber(event.value)}\n`,
      );
    }
    if (elapsed() > seconds) run.return({ reason: 'exhausted' });
  }
  if (!certificate) {
    process.stderr.write(
      'So few cities are solved by trying all orders: there is no proof to write.\n',
    );
    return 1;
  }
  const proven = verifyCertificate(instance, certificate);
  if (!proven.ok) {
    printIssues(out, proven.issues);
    return 1;
  }
  await writeFile(out, `${JSON.stringify(certificate)}\n`);
  process.stdout.write(
    `${instance.name}: tour ${formatNumber(best)}, no tour is shorter than ${formatNumber(proven.value)}, verified\n`,
  );
  return 0;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      check: { type: 'string' },
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
  const seconds = positive('seconds', parseNumber('seconds', values.seconds, false));
  const seed = parseNumber('seed', values.seed, true) ?? 1;
  const instance = await loadTsp(positionals[0]);
  if (!instance) return 2;
  if (values.check !== undefined) return verify(instance, values.check);
  const refusal =
    instance.directed || instance.open || instance.fixed
      ? 'Proofs are of closed, symmetric tours without fixed edges.'
      : refuses('branch-and-cut', instance);
  if (refusal) throw new UsageError(refusal);
  return prove(instance, values.out!, seconds ?? DEFAULT_SECONDS, seed);
}

runMain('certify', main);
