/** Named instances: small facts, and generators with their seeds. */
import { defaultParams, type ParamValues } from '../../core/params.ts';
import { createRng } from '../../core/rng.ts';
import type { GalleryEntry } from '../family.ts';
import { generators } from './generators.ts';
import { clean, cleanCustomer, type VrpInstance } from './instance.ts';

/** Rows `x y demand` or `x y demand ready due service`, the depot first. */
function fromRows(
  head: Omit<VrpInstance, 'depot' | 'customers'>,
  rows: readonly (readonly number[])[],
): VrpInstance {
  const [[depotX, depotY, , depotReady, depotDue], ...others] = rows;
  return clean({
    ...head,
    depot: { x: depotX, y: depotY, ready: depotReady, due: depotDue },
    customers: others.map(([x, y, demand, ready, due, service]) =>
      cleanCustomer({ x, y, demand, ready, due, service }),
    ),
  });
}

function generated(
  generatorId: string,
  seed: number,
  name: string,
  params: ParamValues,
): VrpInstance {
  const generator = generators.find(({ id }) => id === generatorId);
  if (!generator) throw new Error(`No generator "${generatorId}".`);
  const values = { ...defaultParams(generator.params), ...params };
  return { ...generator.generate(values, createRng(seed)), name };
}

const TEN_STOPS = [
  [50, 50, 0, 0, 240],
  [20, 72, 4, 20, 70, 10],
  [32, 84, 3, 40, 100, 10],
  [48, 78, 5, 60, 120, 10],
  [74, 80, 2, 30, 90, 10],
  [86, 62, 4, 50, 110, 10],
  [82, 34, 3, 100, 160, 10],
  [62, 22, 5, 120, 190, 10],
  [40, 18, 2, 20, 80, 10],
  [22, 30, 4, 60, 130, 10],
  [14, 50, 3, 90, 170, 10],
] as const;

/** Augerat et al. 1995. */
const P_N16_K8 = [
  [30, 40, 0],
  [37, 52, 19],
  [49, 49, 30],
  [52, 64, 16],
  [31, 62, 23],
  [52, 33, 11],
  [42, 41, 31],
  [52, 41, 15],
  [57, 58, 28],
  [62, 42, 8],
  [42, 57, 8],
  [27, 68, 7],
  [43, 67, 14],
  [58, 48, 6],
  [58, 27, 19],
  [37, 69, 11],
] as const;

/** Customers on rings around the depot, as in Golden et al. 1998; all demands alike per spoke. */
function rings(): VrpInstance {
  // Rotating by 3-4-5 triangles needs no sine: (cos, sin) = (24/25, 7/25) is about 16°.
  const customers = [];
  let direction = { x: 1, y: 0 };
  for (let spoke = 0; spoke < 22; spoke++) {
    for (let ring = 1; ring <= 4; ring++)
      customers.push({
        x: Math.round(direction.x * ring * 100),
        y: Math.round(direction.y * ring * 100),
        demand: spoke % 2 === 0 ? 30 : 10,
      });
    direction = {
      x: (24 * direction.x - 7 * direction.y) / 25,
      y: (7 * direction.x + 24 * direction.y) / 25,
    };
  }
  return clean({
    name: 'Rings',
    capacity: 250,
    rounding: 'none',
    maxDuration: 1500,
    depot: { x: 0, y: 0 },
    customers,
  });
}

/** Longitude, latitude and demand. */
const CITIES = [
  [4.35, 50.85, 9],
  [2.35, 48.86, 14],
  [4.84, 45.76, 6],
  [5.37, 43.3, 7],
  [-0.58, 44.84, 5],
  [1.44, 43.6, 5],
  [7.75, 48.58, 4],
  [-1.55, 47.22, 4],
  [3.06, 50.63, 4],
  [6.13, 49.61, 2],
  [6.96, 50.94, 7],
  [8.68, 50.11, 8],
  [11.58, 48.14, 9],
  [9.18, 48.78, 6],
  [13.4, 52.52, 13],
  [9.99, 53.55, 10],
  [9.73, 52.37, 5],
  [12.37, 51.34, 5],
  [11.08, 49.45, 5],
  [12.57, 55.68, 8],
  [10.2, 56.16, 3],
  [14.44, 50.08, 7],
  [16.37, 48.21, 9],
  [13.05, 47.8, 2],
  [8.54, 47.38, 6],
  [6.14, 46.2, 3],
  [7.59, 47.56, 3],
  [9.19, 45.46, 11],
  [7.69, 45.07, 5],
  [11.34, 44.49, 4],
] as const;

const fromRotterdam = (): VrpInstance =>
  clean({
    name: 'From Rotterdam',
    capacity: 40,
    rounding: 'nint',
    geographic: true,
    depot: { x: 4.48, y: 51.92 },
    customers: CITIES.map(([x, y, demand]) => ({ x, y, demand })),
  });

export const gallery: readonly GalleryEntry<VrpInstance>[] = [
  {
    id: 'ten-stops',
    name: 'Ten stops',
    summary: 'Small enough to plan by hand, with time windows.',
    source: 'own',
    bestKnown: { value: 396.4, optimal: true, source: 'Exhaustive search' },
    instance: () =>
      fromRows({ name: 'Ten stops', capacity: 12, rounding: 'truncate-1', vehicles: 5 }, TEN_STOPS),
  },
  {
    id: 'p-n16-k8',
    name: 'P-n16-k8',
    summary: 'Fifteen customers that take eight vehicles: packing matters more than distance.',
    source: 'Augerat et al. 1995',
    bestKnown: { value: 450, optimal: true, source: 'CVRPLIB' },
    instance: () => fromRows({ name: 'P-n16-k8', capacity: 35, rounding: 'nint' }, P_N16_K8),
  },
  {
    id: 'x-100',
    name: 'Hundred customers',
    summary: 'Half in clusters, depot at random: a usual benchmark size.',
    source: 'Generator of Uchoa et al. 2017, seed 1',
    instance: () => generated('x', 1, 'Hundred customers', {}),
  },
  {
    id: 'x-200-clustered',
    name: 'Clusters from a corner',
    summary: 'Clusters far from the depot make long legs.',
    source: 'Generator of Uchoa et al. 2017, seed 5',
    instance: () =>
      generated('x', 5, 'Clusters from a corner', {
        customers: 200,
        depot: 'corner',
        layout: 'clustered',
        perRoute: 14,
      }),
  },
  {
    id: 'x-unit-300',
    name: 'Parcels of one size',
    summary: 'Unit demands and long routes around a central depot.',
    source: 'Generator of Uchoa et al. 2017, seed 8',
    instance: () =>
      generated('x', 8, 'Parcels of one size', {
        customers: 300,
        depot: 'centre',
        layout: 'random',
        demand: 'unit',
        perRoute: 20,
      }),
  },
  {
    id: 'x-1000',
    name: 'Thousand customers',
    summary: 'Large: watch the plan settle over a minute.',
    source: 'Generator of Uchoa et al. 2017, seed 3',
    instance: () =>
      generated('x', 3, 'Thousand customers', { customers: 1000, perRoute: 22, depot: 'centre' }),
  },
  {
    id: 'windows-rc-50',
    name: 'Fifty with tight windows',
    summary: 'Short day, narrow windows: times decide more than distances.',
    source: 'Generator after Solomon 1987, seed 2',
    instance: () => generated('windows', 2, 'Fifty with tight windows', {}),
  },
  {
    id: 'windows-r2-100',
    name: 'Hundred over a long day',
    summary: 'A long horizon and wide windows make few, long routes.',
    source: 'Generator after Solomon 1987, seed 4',
    instance: () =>
      generated('windows', 4, 'Hundred over a long day', {
        customers: 100,
        layout: 'random',
        horizon: 'long',
        width: 25,
      }),
  },
  {
    id: 'rings',
    name: 'Rings',
    summary: 'Spokes around the depot with a limit on route length, in the manner of Golden.',
    source: 'after Golden et al. 1998',
    instance: rings,
  },
  {
    id: 'four-depots',
    name: 'Four depots',
    summary: 'Which depot serves whom is part of the plan.',
    source: 'Own generator, seed 2',
    instance: () => generated('variants', 2, 'Four depots', { variant: 'depots' }),
  },
  {
    id: 'mixed-fleet',
    name: 'Vans and lorries',
    summary: 'Three sizes of vehicles, each with its price and its rate.',
    source: 'Own generator, seed 3',
    instance: () => generated('variants', 3, 'Vans and lorries', { variant: 'fleet' }),
  },
  {
    id: 'one-way',
    name: 'One-way streets',
    summary: 'Distances differ by direction, and driving is slow in the centre.',
    source: 'Own generator, seed 5',
    instance: () =>
      generated('variants', 5, 'One-way streets', { variant: 'one-way', customers: 40 }),
  },
  {
    id: 'pairs',
    name: 'Couriers',
    summary: 'Parcels are picked up and delivered within windows.',
    source: 'Own generator, seed 6',
    instance: () => generated('variants', 6, 'Couriers', { variant: 'pairs', customers: 50 }),
  },
  {
    id: 'europe',
    name: 'From Rotterdam',
    summary: 'Lorries from a port to thirty cities, on the map; distances are great circles in km.',
    source: 'Own choice of cities, to a hundredth of a degree',
    instance: fromRotterdam,
  },
  {
    id: 'requests',
    name: 'Requests all day',
    summary:
      'Two thirds of the customers call while the vehicles are out: replay the day on a clock.',
    source: 'Own generator, seed 4',
    instance: () => generated('dynamic', 4, 'Requests all day', {}),
  },
  {
    id: 'couriers',
    name: 'Couriers all day',
    summary:
      'Calls to take something from one place to another: who has it in hand must deliver it.',
    source: 'Own generator, seed 7',
    instance: () =>
      generated('dynamic', 7, 'Couriers all day', { requests: 'pairs', customers: 50 }),
  },
  {
    id: 'stores',
    name: 'Keeping stores filled',
    summary:
      'Whom to visit on which of six days, and with how much: driving often against holding much.',
    source: 'Own generator, seed 3',
    instance: () =>
      generated('stocks', 3, 'Keeping stores filled', { customers: 12, days: 6, past: 0 }),
  },
  {
    id: 'forecast',
    name: 'Stores and forecasts',
    summary: 'Use is not known beforehand: plan on forecasts made from twenty weeks of history.',
    source: 'Own generator, seed 5',
    instance: () =>
      generated('stocks', 5, 'Stores and forecasts', { customers: 6, days: 5, past: 140 }),
  },
  {
    id: 'choose',
    name: 'Not everybody',
    summary: 'Three vehicles cannot serve all; who is left out costs a prize.',
    source: 'Own generator, seed 7',
    instance: () => generated('variants', 7, 'Not everybody', { variant: 'prizes' }),
  },
];
