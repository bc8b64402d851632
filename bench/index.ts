/**
 * `npm run bench -- [FAMILY…] [--match TEXT] [--seeds K] [--every N] [--seconds S] [--solver ID]
 * [--record FILE]`: runs groups of public instances headless and prints, per instance, the median
 * over the seeds, and per group what is aimed at and whether it is reached. For learning rates it
 * measures the training engine, for the job shop the kernel of the tabu search too, and for `page`
 * what is computed between two pictures. One solver at a time; figures belong to the machine they
 * were printed on.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FamilyId } from '../src/problems/family.ts';
import { measureEngine } from './engine.ts';
import { measure, type BenchOptions, type Group } from './figures.ts';
import { jobShopGroups, measureKernel } from './job-shop.ts';
import { knapsackGroups } from './knapsack.ts';
import { measurePage } from './page.ts';
import { tspGroups } from './tsp.ts';
import { vrpGroups } from './vrp.ts';

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
const chosen = (family: FamilyId | 'page') =>
  positionals.length === 0 || positionals.includes(family);
const write = (line: string) => void process.stdout.write(`${line}\n`);

if (chosen('page')) measurePage(values.match, write);
if (chosen('learning-rate')) await measureEngine(values.match, (line) => write(line.trimEnd()));

const suites: readonly (readonly [FamilyId, readonly Group[]])[] = [
  ['job-shop', jobShopGroups],
  ['tsp', tspGroups],
  ['vrp', vrpGroups],
  ['knapsack', knapsackGroups],
];
const folder = process.env.INCUMBENT_BENCH ?? join(import.meta.dirname, '../../shared/bench');
if (suites.some(([family]) => chosen(family)) && !existsSync(folder)) {
  process.stderr.write(
    `The benchmark instances are not at ${folder}; set INCUMBENT_BENCH to their folder.\n`,
  );
  process.exit(2);
}

for (const [family, groups] of suites) {
  if (!chosen(family)) continue;
  const options: BenchOptions = {
    folder,
    seeds: Number(values.seeds),
    match: values.match,
    every: Number(values.every),
    seconds: values.seconds ? Number(values.seconds) : undefined,
    solver: values.solver,
    record: values.record ?? join(import.meta.dirname, `records/${family}.jsonl`),
    write,
  };
  if (family === 'job-shop' && 'kernel'.includes(values.match)) measureKernel(options);
  await measure(family, groups, options);
}
