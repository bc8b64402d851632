/** The knapsack family, wired. */
import { formatNumber } from '../../core/format.ts';
import { defineFamily, type Fact } from '../family.ts';
import { bestKnown } from './best-known.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { codec } from './codec.ts';
import { formats } from './formats/index.ts';
import { gallery } from './gallery.ts';
import { generators } from './generators.ts';
import {
  MAX_NAME,
  copiesOf,
  pack,
  scalesOf,
  unpack,
  type Instance,
  type Packed,
  type Solution,
} from './instance.ts';
import { refuses } from './limits.ts';
import { jsonSchema, validate } from './schema.ts';
import { solvers, type SolverId } from './solvers.ts';

const digitsOfScale = (scale: number): number => String(scale).length - 1;

function describe(instance: Instance): Fact[] {
  const { items, capacities } = instance;
  const m = capacities.length;
  const copies = items.reduce((sum, item) => sum + copiesOf(item), 0);
  const profit = items.reduce((sum, item) => sum + item.profit * copiesOf(item), 0);
  const scales = scalesOf(instance);
  const tightness = capacities.map((capacity, d) => {
    const total = items.reduce((sum, item) => sum + item.weights[d] * copiesOf(item), 0);
    return total > 0 ? Math.min(1, capacity / total) : 1;
  });
  const tightest = Math.min(...tightness);
  return [
    {
      label: m > 1 ? 'Items × dimensions' : 'Items',
      value: m > 1 ? `${formatNumber(items.length)} × ${m}` : formatNumber(items.length),
    },
    ...(copies !== items.length ? [{ label: 'Copies', value: formatNumber(copies) }] : []),
    m > 1
      ? {
          label: 'Tightest capacity',
          value: `${formatNumber(capacities[tightness.indexOf(tightest)], digitsOfScale(scales.weights[tightness.indexOf(tightest)]))} (dimension ${tightness.indexOf(tightest) + 1})`,
          help: 'The one that holds the smallest share of its total weight.',
        }
      : { label: 'Capacity', value: formatNumber(capacities[0], digitsOfScale(scales.weights[0])) },
    {
      label: 'Share of weight that fits',
      value: `${formatNumber(tightest * 100, 1)} %`,
      help: 'Capacity over the weight of everything.',
    },
    { label: 'Profit of everything', value: formatNumber(profit, digitsOfScale(scales.profit)) },
  ];
}

export const knapsack = defineFamily<Instance, Packed, Solution>({
  id: 'knapsack',
  name: 'Knapsack',
  summary: 'Choose the items worth most within the capacity.',
  sense: 'max',
  objective: {
    label: 'Profit',
    digits: (instance) => digitsOfScale(scalesOf(instance).profit),
  },
  validate,
  jsonSchema,
  nameOf: (instance) => instance.name,
  withName: (instance, name) => ({ ...instance, name: name.slice(0, MAX_NAME) }),
  describe,
  elements: (instance) => instance.items.length,
  bestKnown,
  pack,
  unpack,
  codec,
  generators,
  gallery,
  formats,
  solutionFormats: [],
  check,
  writeSolution,
  readSolution,
  solvers,
  defaultSolver: (instance) => (instance.capacities.length === 1 ? 'core' : 'branch-and-bound'),
  refuses: (solverId, instance) => refuses(solverId as SolverId, instance),
});
