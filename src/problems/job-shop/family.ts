import { formatNumber } from '../../core/format.ts';
import { defineFamily } from '../family.ts';
import type { Fact } from '../family.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { codec } from './codec.ts';
import { formats, solutionFormats } from './formats/index.ts';
import { bestKnown, gallery } from './gallery.ts';
import { generators } from './generators.ts';
import {
  countDisjunctions,
  countOperations,
  jobLabel,
  machineLabel,
  machineLoads,
  pack,
  unpack,
  type JobShopInstance,
  type JobShopSolution,
  type PackedJobShop,
} from './instance.ts';
import { jsonSchema, validate } from './schema.ts';
import { maxDisjunctions, solverInfos } from './solvers.ts';

/** Index of the largest value. */
const largest = (values: readonly number[]): number =>
  values.reduce((best, value, i) => (value > values[best] ? i : best), 0);

function describe(instance: JobShopInstance): Fact[] {
  const loads = machineLoads(instance);
  const lengths = instance.jobs.map((job) => job.reduce((sum, [, time]) => sum + time, 0));
  const busiest = largest(loads);
  const longest = largest(lengths);
  return [
    { label: 'Jobs × machines', value: `${instance.jobs.length} × ${instance.machines}` },
    { label: 'Operations', value: formatNumber(countOperations(instance)) },
    { label: 'Total work', value: formatNumber(loads.reduce((sum, load) => sum + load, 0)) },
    {
      label: 'Busiest machine',
      value: `${machineLabel(busiest)} · ${formatNumber(loads[busiest])}`,
      help: 'No schedule can be shorter than the work on one machine.',
    },
    {
      label: 'Longest job',
      value: `${jobLabel(longest)} · ${formatNumber(lengths[longest])}`,
      help: 'No schedule can be shorter than one job.',
    },
  ];
}

/** The exact solver keeps a table of all pairs. */
function refuses(solverId: string, instance: JobShopInstance): string | null {
  if (solverId !== 'proof') return null;
  const pairs = countDisjunctions(instance.jobs.flatMap((job) => job.map(([machine]) => machine)));
  return pairs <= maxDisjunctions
    ? null
    : `Branch and bound takes at most ${formatNumber(maxDisjunctions)} pairs of operations on one machine; here are ${formatNumber(pairs)}.`;
}

export const jobShop = defineFamily<JobShopInstance, PackedJobShop, JobShopSolution>({
  id: 'job-shop',
  name: 'Job shop',
  summary: 'Order jobs on machines so that the last one ends early.',
  sense: 'min',
  objective: { label: 'Makespan', digits: () => 0 },
  validate,
  jsonSchema,
  nameOf: (instance) => instance.name,
  withName: (instance, name) => ({ ...instance, name }),
  describe,
  elements: countOperations,
  bestKnown,
  pack,
  unpack,
  codec,
  generators,
  gallery,
  formats,
  solutionFormats,
  check,
  writeSolution,
  readSolution,
  solvers: solverInfos,
  defaultSolver: () => 'tabu',
  refuses,
});
