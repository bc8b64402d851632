import { formatNumber } from '../../core/format.ts';
import { defineFamily } from '../family.ts';
import type { Fact } from '../family.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { codec } from './codec.ts';
import { evidence } from './evidence.ts';
import { formats, solutionFormats } from './formats/index.ts';
import { bestKnown, gallery } from './gallery.ts';
import { generators } from './generators.ts';
import { variantGenerators } from './variant-generators.ts';
import {
  countOperations,
  isFlexible,
  kindLabels,
  jobLabel,
  machineLabel,
  machineLoads,
  objectiveName,
  pack,
  unpack,
  type JobShopInstance,
  type JobShopSolution,
  type PackedJobShop,
} from './instance.ts';
import { jsonSchema, validate } from './schema.ts';
import { defaultSolver, refuses } from './refusals.ts';
import { solverInfos } from './solvers.ts';

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
    ...(instance.kind ? [{ label: 'Kind', value: kindLabels[instance.kind] }] : []),
    ...(instance.objective ? [{ label: 'Objective', value: objectiveName(instance) }] : []),
    { label: 'Operations', value: formatNumber(countOperations(instance)) },
    ...(isFlexible(instance)
      ? [
          {
            label: 'Choices per operation',
            value: formatNumber(
              instance.jobs.flat().reduce((sum, operation) => sum + operation.length / 2, 0) /
                countOperations(instance),
              2,
            ),
          },
        ]
      : []),
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

export const jobShop = defineFamily<JobShopInstance, PackedJobShop, JobShopSolution>({
  id: 'job-shop',
  name: 'Job shop',
  summary: 'Order jobs on machines so that the last one ends early.',
  sense: 'min',
  objective: { label: 'Makespan', labelOf: objectiveName, digits: () => 0 },
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
  generators: [...generators, ...variantGenerators],
  gallery,
  formats,
  solutionFormats,
  check,
  evidence,
  writeSolution,
  readSolution,
  solvers: solverInfos,
  defaultSolver,
  refuses,
});
