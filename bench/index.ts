/**
 * `npm run bench -- [FAMILY…] [--seconds S] [--seeds K] [--match TEXT]`: runs the suites headless
 * and prints, per instance, the gap to the best known value over the seeds, the gap proven, and
 * the speed. For learning rates it measures the training engine instead, for routing the groups of
 * `vrp.ts`, for the TSP those of `tsp.ts`, for knapsacks those of `knapsack.ts`, for the job shop
 * also those of `job-shop.ts` (with `--every N`, `--solver ID`, `--record FILE`). One solver at a time; figures belong to the machine they were printed on.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { NO_BUDGET } from '../src/core/budget.ts';
import { formatNumber, formatPercent, formatShort } from '../src/core/format.ts';
import { defaultParams } from '../src/core/params.ts';
import { unwrap } from '../src/core/result.ts';
import { gapOf } from '../src/problems/family.ts';
import { openText } from '../src/problems/open.ts';
import { familyEntry } from '../src/problems/registry.ts';
import { solveInNode } from '../workers/runtime/node.ts';
import { measureEngine } from './engine.ts';
import { measureShops } from './job-shop.ts';
import { measureSacks } from './knapsack.ts';
import { suites, type Case } from './suites.ts';
import { measureTsp } from './tsp.ts';
import { measureRouting } from './vrp.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    match: { type: 'string', default: '' },
    every: { type: 'string', default: '1' },
    solver: { type: 'string' },
    record: { type: 'string' },
  },
});
const chosen = (family: string) => positionals.length === 0 || positionals.includes(family);
if (chosen('learning-rate'))
  await measureEngine(values.match, (line) => void process.stdout.write(line));

const folder = process.env.INCUMBENT_BENCH ?? join(import.meta.dirname, '../../shared/bench');
if (
  (['vrp', 'tsp', 'knapsack'].some(chosen) || suites.some(({ family }) => chosen(family))) &&
  !existsSync(folder)
) {
  process.stderr.write(
    `The benchmark instances are not at ${folder}; set INCUMBENT_BENCH to their folder.\n`,
  );
  process.exit(2);
}

if (chosen('tsp'))
  await measureTsp({
    folder,
    seeds: Number(values.seeds),
    match: values.match,
    record: values.record ?? join(import.meta.dirname, 'records/tsp.jsonl'),
    write: (line) => void process.stdout.write(`${line}\n`),
  });
if (chosen('vrp'))
  await measureRouting({
    folder,
    seeds: Number(values.seeds),
    match: values.match,
    every: Number(values.every),
    seconds: values.seconds ? Number(values.seconds) : undefined,
    solver: values.solver,
    record: values.record ?? join(import.meta.dirname, 'records/vrp.jsonl'),
    write: (line) => void process.stdout.write(`${line}\n`),
  });

interface BestKnown {
  value?: number;
  ub?: number;
  lb?: number;
}

async function bestKnown(test: Case): Promise<number | null> {
  const file = join(folder, test.file, '../best-known.json');
  const table = JSON.parse(await readFile(file, 'utf8')) as Record<string, BestKnown>;
  const entry = table[basename(test.file).replace(/\.[^.]+$/, '')];
  // Maximisation files give their best solution as the lower bound.
  return entry?.value ?? (test.family === 'knapsack' ? entry?.lb : entry?.ub) ?? null;
}

const median = (list: number[]) => list.toSorted((a, b) => a - b)[(list.length - 1) >> 1];

async function measure(test: Case): Promise<void> {
  const family = await familyEntry(test.family)!.load();
  const name = basename(test.file);
  const opened = unwrap(
    await openText(await readFile(join(folder, test.file), 'utf8'), name, { family: test.family }),
  );
  if (opened.kind !== 'instance') throw new Error(`${name} is not an instance.`);
  const { instance } = opened;
  const solverId = test.solver ?? family.defaultSolver(instance);
  const solver = family.solvers.find(({ id }) => id === solverId)!;
  const best = await bestKnown(test);
  const seconds = values.seconds ? Number(values.seconds) : test.seconds;
  const gaps: number[] = [];
  const proven: number[] = [];
  const speeds: number[] = [];
  const objectives: number[] = [];
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const result = await solveInNode({
      family,
      instance,
      solverId,
      params: defaultParams(solver.params),
      seed,
      budget: { ...NO_BUDGET, seconds },
      threads: 1,
    });
    const objective = result.report?.objective;
    if (objective === undefined) continue;
    objectives.push(objective);
    speeds.push(result.steps / Math.max(1e-9, result.seconds));
    if (best !== null) gaps.push((objective - best) / Math.abs(best));
    if (result.bound !== null) proven.push(gapOf(family.sense, result.bound, objective));
  }
  const cell = (list: number[], format: (value: number) => string) =>
    list.length === 0 ? '–' : format(median(list));
  process.stdout.write(
    [
      name.padEnd(44),
      solverId.padEnd(18),
      `${seconds} s`.padStart(6),
      cell(objectives, (value) => formatNumber(value, family.objective.digits(instance))).padStart(
        14,
      ),
      cell(gaps, formatPercent).padStart(10),
      cell(proven, formatPercent).padStart(10),
      `${cell(speeds, formatShort)}/s`.padStart(12),
    ].join(' ') + '\n',
  );
}

process.stdout.write(
  [
    'instance'.padEnd(44),
    'solver'.padEnd(18),
    'limit'.padStart(6),
    'objective'.padStart(14),
    'to best'.padStart(10),
    'proven'.padStart(10),
    'steps'.padStart(12),
  ].join(' ') + '\n',
);
for (const test of suites)
  if (chosen(test.family) && test.file.includes(values.match)) await measure(test);
if (chosen('job-shop'))
  await measureShops({
    folder,
    seeds: Number(values.seeds),
    match: values.match,
    every: Number(values.every),
    seconds: values.seconds ? Number(values.seconds) : undefined,
    solver: values.solver,
    record: values.record ?? join(import.meta.dirname, 'records/job-shop.jsonl'),
    write: (line) => void process.stdout.write(`${line}\n`),
  });

if (chosen('knapsack'))
  await measureSacks({
    folder,
    seeds: Number(values.seeds),
    match: values.match,
    every: Number(values.every),
    seconds: values.seconds ? Number(values.seconds) : undefined,
    solver: values.solver,
    record: values.record ?? join(import.meta.dirname, 'records/knapsack.jsonl'),
    write: (line) => void process.stdout.write(`${line}\n`),
  });
