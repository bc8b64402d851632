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
  dimensionsOf,
  pack,
  scalesOf,
  unpack,
  type Instance,
  type Packed,
  type Solution,
} from './instance.ts';
import { countsPieces, isUnlimited, kindName, hasLosses } from './kinds.ts';
import { defaultSolver, refuses } from './limits.ts';
import { jsonSchema, validate } from './schema.ts';
import { solvers, type SolverId } from './solvers.ts';

const digitsOfScale = (scale: number): number => String(scale).length - 1;

/** What there is of items, capacities and whatever the kind adds. */
function describe(instance: Instance): Fact[] {
  const { items, capacities, kind } = instance;
  const m = dimensionsOf(instance);
  const scales = scalesOf(instance);
  const weightDigits = (d: number) => digitsOfScale(scales.weights[d]);
  const facts: Fact[] = kind ? [{ label: 'Kind', value: kindName(kind) }] : [];
  facts.push({
    label: m > 1 ? 'Items × dimensions' : kind === 'change-making' ? 'Coins' : 'Items',
    value: m > 1 ? `${formatNumber(items.length)} × ${m}` : formatNumber(items.length),
  });
  if (kind === 'multiple-choice')
    facts.push({
      label: 'Classes',
      value: formatNumber(items.reduce((most, item) => Math.max(most, item.group ?? 1), 0)),
    });
  if (hasLosses(kind))
    facts.push({
      label: 'Γ',
      value: formatNumber(instance.gamma ?? 0),
      help: 'Items taken that may pay less.',
    });
  if (instance.pairs) facts.push({ label: 'Pairs', value: formatNumber(instance.pairs.length) });
  if (instance.elements)
    facts.push({ label: 'Elements', value: formatNumber(instance.elements.length) });
  const copies = items.reduce((sum, item) => sum + copiesOf(item), 0);
  if (copies !== items.length) facts.push({ label: 'Copies', value: formatNumber(copies) });
  const total = (d: number): number =>
    items.reduce((sum, item) => sum + item.weights[d] * copiesOf(item), 0) +
    (instance.elements ?? []).reduce((sum, weight) => sum + weight, 0);
  if (kind === 'multiple') {
    const held = capacities.reduce((sum, capacity) => sum + capacity, 0);
    facts.push({ label: 'Sacks', value: formatNumber(capacities.length) });
    facts.push({ label: 'All capacities', value: formatNumber(held, weightDigits(0)) });
    facts.push(share(held, total(0)));
  } else if (kind === 'bin-packing' || isUnlimited(kind)) {
    facts.push({
      label: kind === 'change-making' ? 'Amount' : 'Capacity',
      value: formatNumber(capacities[0], weightDigits(0)),
    });
    if (kind === 'bin-packing')
      facts.push({
        label: 'Weight in bins',
        value: formatNumber(capacities[0] > 0 ? total(0) / capacities[0] : 0, 2),
        help: 'The weight of everything over the capacity: no fewer bins will do.',
      });
  } else {
    const tightness = capacities.map((capacity, d) => [capacity, total(d)] as const);
    const ratio = tightness.map(([c, w]) => (w > 0 ? Math.min(1, c / w) : 1));
    const tightest = ratio.indexOf(Math.min(...ratio));
    const value = formatNumber(capacities[tightest], weightDigits(tightest));
    facts.push(
      m > 1
        ? {
            label: 'Tightest capacity',
            value: `${value} (dimension ${tightest + 1})`,
            help: 'The one that holds the smallest share of its total weight.',
          }
        : { label: 'Capacity', value },
      share(...tightness[tightest]),
    );
  }
  if (!countsPieces(kind) && !isUnlimited(kind)) {
    const profit =
      items.reduce((sum, item) => sum + item.profit * copiesOf(item), 0) +
      (instance.pairs ?? []).reduce((sum, pair) => sum + pair[2], 0);
    facts.push({
      label: 'Profit of everything',
      value: formatNumber(profit, digitsOfScale(scales.profit)),
    });
  }
  return facts;
}

const share = (capacity: number, total: number): Fact => ({
  label: 'Share of weight that fits',
  value: `${formatNumber(total > 0 ? Math.min(1, capacity / total) * 100 : 100, 1)} %`,
  help: 'Capacity over the weight of everything.',
});

export const knapsack = defineFamily<Instance, Packed, Solution>({
  id: 'knapsack',
  name: 'Knapsack',
  summary: 'Choose the items worth most within the capacity.',
  sense: 'max',
  objective: {
    label: 'Profit',
    labelOf: ({ kind }) =>
      kind === 'bin-packing' ? 'Bins' : kind === 'change-making' ? 'Coins' : 'Profit',
    isLoss: ({ kind }) => countsPieces(kind),
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
  defaultSolver,
  refuses: (solverId, instance) => refuses(solverId as SolverId, instance),
});
