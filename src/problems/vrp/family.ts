import { formatNumber } from '../../core/format.ts';
import { defineFamily, type Fact } from '../family.ts';
import { bestKnown } from './best-known.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { codec } from './codec.ts';
import { dynamismOf } from './dynamic.ts';
import { featuresOf, nameFeatures, type Feature } from './features.ts';
import {
  cordeau,
  cvrplib,
  geojson,
  liLim,
  matrixCsv,
  osrm,
  sol,
  solomon,
  stocksCsv,
} from './formats/index.ts';
import { gallery } from './gallery.ts';
import { generators } from './generators.ts';
import {
  hasWindows,
  isDynamic,
  objectiveDigits,
  pack,
  unpack,
  type PackedVrp,
  type Rounding,
  type VrpInstance,
  type VrpSolution,
} from './instance.ts';
import { jsonSchema } from './json-schema.ts';
import { validate } from './schema.ts';
import {
  COLUMN_GENERATION_CUSTOMERS,
  DISPATCH_CUSTOMERS,
  EXACT_STOCKS,
  HGS_CUSTOMERS,
  solvers,
  VARIANT_CUSTOMERS,
  type SolverId,
} from './solvers.ts';

const ROUNDING_NAMES: Readonly<Record<Rounding, string>> = {
  nint: 'nearest integer',
  none: 'not rounded',
  'truncate-1': 'cut to 0.1',
};

/** What there is to say of stocks over days. */
function describeStocks({ customers, capacity, vehicles, inventory }: VrpInstance): Fact[] {
  const { days = 1, shortage, history } = inventory ?? {};
  const used = customers.reduce(
    (sum, { stock }) => sum + (stock?.use.reduce((total, use) => total + use, 0) ?? 0),
    0,
  );
  return [
    { label: 'Customers', value: formatNumber(customers.length) },
    { label: 'Days', value: formatNumber(days) },
    { label: 'Capacity', value: formatNumber(capacity) },
    {
      label: 'Use a day',
      value: formatNumber(used / days, 1),
      help: 'Of all customers, in the mean.',
    },
    ...(vehicles !== undefined ? [{ label: 'Vehicles a day', value: `≤ ${vehicles}` }] : []),
    {
      label: 'Shortage',
      value: shortage === undefined ? 'not allowed' : `${formatNumber(shortage, 2)} a unit`,
    },
    ...(history
      ? [
          {
            label: 'History',
            value: `${history.features.length} days`,
            help: 'Past days with features, to forecast from.',
          },
        ]
      : []),
  ];
}

function describe(instance: VrpInstance): Fact[] {
  if (instance.inventory) return describeStocks(instance);
  const { customers, capacity, vehicles, maxDuration } = instance;
  const demand = customers.reduce((sum, customer) => sum + customer.demand, 0);
  const fewest = Math.ceil(demand / capacity);
  return [
    { label: 'Customers', value: formatNumber(customers.length) },
    { label: 'Capacity', value: formatNumber(capacity) },
    { label: 'Total demand', value: formatNumber(demand) },
    {
      label: 'Vehicles',
      value: vehicles === undefined ? `≥ ${fewest}` : `${fewest} to ${vehicles}`,
      help: 'At least the total demand over the capacity; at most the fleet.',
    },
    { label: 'Distances', value: ROUNDING_NAMES[instance.rounding] },
    ...(maxDuration !== undefined
      ? [{ label: 'Route duration', value: `≤ ${formatNumber(maxDuration)}` }]
      : []),
    ...(hasWindows(instance)
      ? [
          {
            label: 'Time windows',
            value: formatNumber(
              customers.filter(({ ready, due }) => ready !== undefined || due !== undefined).length,
            ),
            help: 'Customers with an opening or closing time.',
          },
        ]
      : []),
    ...(instance.locked
      ? [
          {
            label: 'Locked routes',
            value: formatNumber(instance.locked.length),
            help: 'Every plan has them as they are; solvers plan the rest.',
          },
        ]
      : []),
    ...(isDynamic(instance) ? dynamismFacts(instance) : []),
  ];
}

function dynamismFacts(instance: VrpInstance): Fact[] {
  const { degree, effective } = dynamismOf(instance);
  return [
    {
      label: 'Known later',
      value: `${formatNumber(100 * degree)} %`,
      help: 'Share of requests that become known while vehicles drive: the degree of dynamism.',
    },
    ...(effective === null
      ? []
      : [
          {
            label: 'Effective dynamism',
            value: `${formatNumber(100 * effective)} %`,
            help: 'Mean time at which a request becomes known, as a share of the day (Larsen, Madsen & Solomon 2002).',
          },
        ]),
  ];
}

/** Fixed costs, prizes not earned and rates per distance make it more than a distance. */
const objectiveName = (instance: VrpInstance): string =>
  featuresOf(instance).some((feature) => COSTED.includes(feature)) ? 'Cost' : 'Distance';

const COSTED: readonly Feature[] = ['fixed-cost', 'fleet', 'prizes', 'stocks'];

/** Solvers that take what `featuresOf` names; all others are for plain instances. */
const TAKES_VARIANTS: readonly string[] = [
  'column-generation',
  'sisr',
  'auto',
  'alns',
  'regret',
] satisfies readonly SolverId[];

/** Of those, what column generation cannot price. */
const NOT_PRICED: readonly Feature[] = ['pairs'];

const STOCK_SOLVERS: readonly string[] = [
  'stocks',
  'stocks-exact',
  'stocks-forecast',
] satisfies readonly SolverId[];

/** Why a solver cannot plan these stocks. */
function refusesStocks(solverId: string, name: string, instance: VrpInstance): string | null {
  const { inventory, customers, maxDuration } = instance;
  if (!STOCK_SOLVERS.includes(solverId))
    return `${name} does not take ${nameFeatures(['stocks'])}; stocks by large neighbourhoods does.`;
  if (hasWindows(instance)) return `${name} does not take time windows.`;
  if (maxDuration !== undefined) return `${name} does not take a limit on route duration.`;
  if (solverId === 'stocks-exact') {
    const { customers: most, days } = EXACT_STOCKS;
    if (customers.length > most || (inventory?.days ?? 1) > days)
      return `${name} takes at most ${most} customers and ${days} days; this instance has ${customers.length} and ${inventory?.days}.`;
  }
  if (solverId === 'stocks-forecast') {
    if (!inventory?.history) return `${name} needs past days to forecast from.`;
    if (inventory.shortage === undefined)
      return `${name} needs a cost of shortage: a forecast can always be too low.`;
  }
  return null;
}

function refuses(solverId: string, instance: VrpInstance): string | null {
  const name = solvers.find(({ id }) => id === solverId)?.name ?? solverId;
  const most = (limit: number, what: string) =>
    `${name} takes at most ${formatNumber(limit)} customers${what}; this instance has ${formatNumber(n)}.`;
  const n = instance.customers.length;
  if (instance.inventory) return refusesStocks(solverId, name, instance);
  if (STOCK_SOLVERS.includes(solverId))
    return `${name} is for ${nameFeatures(['stocks'])}; this instance has one day and demands.`;
  const features = featuresOf(instance);
  if (solverId === 'dispatch') return n > DISPATCH_CUSTOMERS ? most(DISPATCH_CUSTOMERS, '') : null;
  if (features.includes('dynamic'))
    return `${name} does not take ${nameFeatures(['dynamic'])}; dispatching does.`;
  if (features.length > 0) {
    const beyond = TAKES_VARIANTS.includes(solverId)
      ? features.filter(
          (feature) => solverId === 'column-generation' && NOT_PRICED.includes(feature),
        )
      : features;
    if (beyond.length > 0)
      return `${name} does not take ${nameFeatures(beyond)}; ruin and recreate (SISR) does.`;
    if (n > VARIANT_CUSTOMERS) return most(VARIANT_CUSTOMERS, ` with ${nameFeatures(features)}`);
  }
  const limit =
    solverId === 'hgs'
      ? HGS_CUSTOMERS
      : solverId === 'column-generation'
        ? COLUMN_GENERATION_CUSTOMERS
        : solverId === 'alns' || solverId === 'regret'
          ? VARIANT_CUSTOMERS
          : Infinity;
  return n > limit ? most(limit, '') : null;
}

export const vrp = defineFamily<VrpInstance, PackedVrp, VrpSolution>({
  id: 'vrp',
  name: 'Routing',
  summary: 'Serve all customers from a depot with vehicles of limited capacity.',
  sense: 'min',
  objective: {
    label: 'Distance',
    labelOf: objectiveName,
    digits: ({ rounding, inventory }) => (inventory ? 2 : objectiveDigits(rounding)),
  },
  validate,
  jsonSchema,
  nameOf: (instance) => instance.name,
  withName: (instance, name) => ({ ...instance, name }),
  describe,
  elements: (instance) => instance.customers.length,
  bestKnown,
  pack,
  unpack,
  codec,
  generators,
  gallery,
  formats: [cvrplib, solomon, liLim, cordeau, matrixCsv, osrm, stocksCsv],
  solutionFormats: [sol, geojson],
  check,
  writeSolution,
  readSolution,
  solvers,
  defaultSolver(instance) {
    const { inventory } = instance;
    if (inventory)
      return inventory.history && inventory.shortage !== undefined ? 'stocks-forecast' : 'stocks';
    return isDynamic(instance) ? 'dispatch' : 'auto';
  },
  refuses,
});
