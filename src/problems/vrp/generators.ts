/** Seeded instances after published generators. Decisions use + − × ÷ √ only, so seeds repeat. */
import { exp } from '../../core/math.ts';
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import type { Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';

import { dynamicGenerator } from './generators-dynamic.ts';
import { stockGenerator } from './generators-stocks.ts';
import { variantGenerator } from './generators-variants.ts';
import { clean, cleanCustomer, type Customer, type Depot, type VrpInstance } from './instance.ts';

/** A uniform integer from min to max. */
const between = (min: number, max: number, rng: Rng) => min + rng.int(max - min + 1);

const X_SIDE = 1000;

const xParams = [
  {
    id: 'customers',
    type: 'number',
    label: 'Customers',
    help: 'How many customers.',
    default: 100,
    min: 1,
    max: 20_000,
    integer: true,
  },
  {
    id: 'depot',
    type: 'choice',
    label: 'Depot',
    help: 'Where the depot is.',
    default: 'random',
    options: [
      { value: 'centre', label: 'Centre' },
      { value: 'corner', label: 'Corner' },
      { value: 'random', label: 'Random' },
    ],
  },
  {
    id: 'layout',
    type: 'choice',
    label: 'Customers lie',
    help: 'How customers are spread.',
    default: 'mixed',
    options: [
      { value: 'random', label: 'At random' },
      { value: 'clustered', label: 'In clusters' },
      { value: 'mixed', label: 'Half in clusters' },
    ],
  },
  {
    id: 'demand',
    type: 'choice',
    label: 'Demands',
    help: 'How demands are drawn.',
    default: 'wide',
    options: [
      { value: 'unit', label: 'All 1' },
      { value: 'small', label: '1 to 10' },
      { value: 'even', label: '5 to 10' },
      { value: 'wide', label: '1 to 100' },
      { value: 'large', label: '50 to 100' },
      { value: 'quadrant', label: 'By quadrant' },
      { value: 'many-small', label: 'Many small, few large' },
    ],
  },
  {
    id: 'perRoute',
    type: 'number',
    label: 'Customers per route',
    help: 'About how many customers a full vehicle serves.',
    default: 9,
    min: 1,
    max: 100,
  },
] as const satisfies readonly ParamSpec[];

interface Spot {
  x: number;
  y: number;
}

const randomSpot = (rng: Rng, side: number): Spot => ({
  x: rng.int(side + 1),
  y: rng.int(side + 1),
});

/** Around 3 to 8 seeds, a spot is kept with probability Σ exp(−distance / 40). */
function clusteredSpots(count: number, seeds: readonly Spot[], rng: Rng): Spot[] {
  const spots: Spot[] = [];
  while (spots.length < count) {
    const spot = randomSpot(rng, X_SIDE);
    let chance = 0;
    for (const seed of seeds) {
      const dx = seed.x - spot.x;
      const dy = seed.y - spot.y;
      chance += exp(-Math.sqrt(dx * dx + dy * dy) / 40);
    }
    if (rng.float() < chance) spots.push(spot);
  }
  return spots;
}

function xDemand(kind: string, spot: Spot, rng: Rng, share: number): number {
  switch (kind) {
    case 'unit':
      return 1;
    case 'small':
      return between(1, 10, rng);
    case 'even':
      return between(5, 10, rng);
    case 'large':
      return between(50, 100, rng);
    case 'quadrant':
      return spot.x < X_SIDE / 2 === spot.y < X_SIDE / 2
        ? between(51, 100, rng)
        : between(1, 50, rng);
    case 'many-small':
      return rng.float() < share ? between(1, 10, rng) : between(50, 100, rng);
    default:
      return between(1, 100, rng);
  }
}

function generateX(params: ParamValues, rng: Rng): VrpInstance {
  const count = Number(params.customers);
  const depot: Depot =
    params.depot === 'centre'
      ? { x: X_SIDE / 2, y: X_SIDE / 2 }
      : params.depot === 'corner'
        ? { x: 0, y: 0 }
        : randomSpot(rng, X_SIDE);
  const inClusters =
    params.layout === 'clustered' ? count : params.layout === 'mixed' ? count >> 1 : 0;
  const seeds = Array.from({ length: between(3, 8, rng) }, () => randomSpot(rng, X_SIDE));
  const spots = [
    ...Array.from({ length: count - inClusters }, () => randomSpot(rng, X_SIDE)),
    ...clusteredSpots(inClusters, seeds, rng),
  ];
  const share = between(70, 95, rng) / 100;
  const customers: Customer[] = spots.map((spot) => ({
    ...spot,
    demand: xDemand(String(params.demand), spot, rng, share),
  }));
  const total = customers.reduce((sum, { demand }) => sum + demand, 0);
  const largest = customers.reduce((most, { demand }) => Math.max(most, demand), 0);
  return clean({
    name: `X-like ${count}`,
    capacity: Math.max(largest, Math.ceil((Number(params.perRoute) * total) / count)),
    rounding: 'nint',
    depot,
    customers,
  });
}

const windowParams = [
  {
    id: 'customers',
    type: 'number',
    label: 'Customers',
    help: 'How many customers.',
    default: 50,
    min: 1,
    max: 2000,
    integer: true,
  },
  {
    id: 'layout',
    type: 'choice',
    label: 'Customers lie',
    help: 'R, C and RC of the Solomon sets.',
    default: 'mixed',
    options: [
      { value: 'random', label: 'At random (R)' },
      { value: 'clustered', label: 'In clusters (C)' },
      { value: 'mixed', label: 'Half in clusters (RC)' },
    ],
  },
  {
    id: 'horizon',
    type: 'choice',
    label: 'Horizon',
    help: 'Short days make many short routes (type 1), long days few long ones (type 2).',
    default: 'short',
    options: [
      { value: 'short', label: 'Short (type 1)' },
      { value: 'long', label: 'Long (type 2)' },
    ],
  },
  {
    id: 'density',
    type: 'number',
    label: 'With a window',
    help: 'Share of customers with a time window of their own.',
    unit: '%',
    default: 100,
    min: 0,
    max: 100,
    integer: true,
  },
  {
    id: 'width',
    type: 'number',
    label: 'Window width',
    help: 'Mean width of a window, as a share of the horizon.',
    unit: '%',
    default: 15,
    min: 1,
    max: 100,
  },
] as const satisfies readonly ParamSpec[];

const W_SIDE = 100;
const SERVICE = 10;

/** About normal in ±3: the sum of twelve uniform numbers less six. */
function aboutNormal(rng: Rng): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += rng.float();
  return sum;
}

function clusterSpots(count: number, rng: Rng): Spot[] {
  const seeds = Array.from({ length: Math.max(1, Math.ceil(count / 10)) }, () => ({
    x: between(8, W_SIDE - 8, rng),
    y: between(8, W_SIDE - 8, rng),
  }));
  const inside = (value: number) => Math.min(W_SIDE, Math.max(0, Math.round(value)));
  return Array.from({ length: count }, (_, i) => {
    const seed = seeds[i % seeds.length];
    return {
      x: inside(seed.x + 3 * aboutNormal(rng)),
      y: inside(seed.y + 3 * aboutNormal(rng)),
    };
  });
}

function generateWindows(params: ParamValues, rng: Rng): VrpInstance {
  const count = Number(params.customers);
  const long = params.horizon === 'long';
  const inClusters =
    params.layout === 'clustered' ? count : params.layout === 'mixed' ? count >> 1 : 0;
  const spots = [
    ...Array.from({ length: count - inClusters }, () => randomSpot(rng, W_SIDE)),
    ...clusterSpots(inClusters, rng),
  ];
  const depot = { x: W_SIDE / 2, y: W_SIDE / 2 };
  const horizon = long ? 960 : 240;
  const customers = spots.map(({ x, y }) => {
    const dx = x - depot.x;
    const dy = y - depot.y;
    const way = Math.ceil(Math.sqrt(dx * dx + dy * dy));
    // Served at once, or last before the depot closes: everything between is possible.
    const first = way;
    const last = horizon - way - SERVICE;
    const demand = between(1, 41, rng);
    const centre = between(first, last, rng);
    const half = Math.max(
      5,
      Math.round((horizon * Number(params.width) * (1 + 0.25 * aboutNormal(rng))) / 200),
    );
    const windowed = rng.float() * 100 < Number(params.density);
    const ready = windowed ? Math.max(0, centre - half) : 0;
    const due = windowed ? Math.min(last, Math.max(first, centre + half)) : last;
    return cleanCustomer({ x, y, demand, ready: Math.min(ready, due), due, service: SERVICE });
  });
  return clean({
    name: `Windows ${count}`,
    capacity: long ? 1000 : 200,
    vehicles: count,
    rounding: 'truncate-1',
    depot: { ...depot, due: horizon },
    customers,
  });
}

export const generators: readonly InstanceGenerator<VrpInstance>[] = [
  {
    id: 'x',
    name: 'Capacity (X)',
    summary: 'Random or clustered customers around a depot, as in the X set of CVRPLIB.',
    source: 'Uchoa et al. 2017',
    params: xParams,
    generate: generateX,
  },
  {
    id: 'windows',
    name: 'Time windows',
    summary: 'Random or clustered customers with time windows, in the manner of Solomon.',
    source: 'after Solomon 1987',
    params: windowParams,
    generate: generateWindows,
  },
  variantGenerator,
  dynamicGenerator,
  stockGenerator,
];
