/** Small instances of each variant, own design; the same seeds everywhere. */
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import type { Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { clean, cleanCustomer, type Customer, type VrpInstance } from './instance.ts';
import { vehiclesFirst } from './vehicles-first.ts';

const params = [
  {
    id: 'variant',
    type: 'choice',
    label: 'Variant',
    help: 'What the instance has beyond capacity.',
    default: 'depots',
    options: [
      { value: 'depots', label: 'Several depots' },
      { value: 'fleet', label: 'Mixed fleet' },
      { value: 'open', label: 'Open routes' },
      { value: 'prizes', label: 'Optional customers' },
      { value: 'backhauls', label: 'Backhauls' },
      { value: 'pairs', label: 'Pick-up and delivery' },
      { value: 'one-way', label: 'One-way streets' },
      { value: 'vehicles', label: 'Fewest vehicles first' },
    ],
  },
  {
    id: 'customers',
    type: 'number',
    label: 'Customers',
    help: 'How many customers.',
    default: 60,
    min: 2,
    max: 600,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const SIDE = 100;
const CAPACITY = 100;
const between = (min: number, max: number, rng: Rng) => min + rng.int(max - min + 1);
const spot = (rng: Rng) => ({ x: rng.int(SIDE + 1), y: rng.int(SIDE + 1) });

function apart(a: { x: number; y: number }, b: { x: number; y: number }): number {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  return Math.sqrt(dx * dx + dy * dy);
}

/** Pick-ups and drops in turn, each with a window that a vehicle of its own can keep. */
function pairs(count: number, rng: Rng): Customer[] {
  const depot = { x: SIDE / 2, y: SIDE / 2 };
  const customers: Customer[] = [];
  while (customers.length + 1 < count) {
    const from = spot(rng);
    const to = spot(rng);
    const opens = Math.ceil(apart(depot, from)) + rng.int(500);
    const arrives = opens + 10 + Math.ceil(apart(from, to));
    customers.push(
      cleanCustomer({
        ...from,
        demand: between(5, 40, rng),
        ready: opens,
        due: opens + between(30, 120, rng),
        service: 10,
        deliverTo: customers.length + 2,
      }),
      cleanCustomer({
        ...to,
        demand: 0,
        ready: arrives,
        due: arrives + between(40, 160, rng),
        service: 10,
      }),
    );
  }
  // An odd one out is an ordinary delivery.
  if (customers.length < count)
    customers.push(cleanCustomer({ ...spot(rng), demand: between(5, 40, rng), service: 10 }));
  return customers;
}

/** Ways that are longer against the one-way streets, and driving slower near the centre. */
function oneWay(instance: VrpInstance): VrpInstance {
  const centre = { x: SIDE / 2, y: SIDE / 2 };
  const nodes = [instance.depot, ...instance.customers];
  const distances = nodes.map((a) =>
    nodes.map((b) => {
      // Streets lead east and north.
      const against = Math.max(0, a.x - b.x) + Math.max(0, a.y - b.y);
      return Math.round(10 * (apart(a, b) + 0.3 * against));
    }),
  );
  const durations = nodes.map((a, i) =>
    nodes.map((b, j) => {
      const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
      return Math.round(distances[i][j] * (1 + Math.max(0, 1 - apart(middle, centre) / 40)));
    }),
  );
  return { ...instance, matrix: { distances, durations }, maxDuration: 8000 };
}

function generate(values: ParamValues, rng: Rng): VrpInstance {
  const count = Number(values.customers);
  const variant = String(values.variant);
  const label = params[0].options.find(({ value }) => value === variant)?.label ?? variant;
  const customers: Customer[] =
    variant === 'pairs'
      ? pairs(count, rng)
      : Array.from({ length: count }, () => ({ ...spot(rng), demand: between(1, 25, rng) }));
  const start: VrpInstance = {
    name: `${label} ${count}`,
    capacity: CAPACITY,
    rounding: variant === 'vehicles' || variant === 'pairs' ? 'none' : 'nint',
    depot: { x: SIDE / 2, y: SIDE / 2 },
    customers,
  };
  switch (variant) {
    case 'depots':
      return clean({
        ...start,
        depot: { x: 20, y: 25 },
        depots: [
          { x: 80, y: 20 },
          { x: 75, y: 80 },
          { x: 25, y: 75 },
        ],
      });
    case 'fleet':
      return clean({
        ...start,
        fleet: [
          { capacity: 40, fixed: 30 },
          { capacity: 100, fixed: 70, perDistance: 1.2 },
          { capacity: 200, fixed: 120, perDistance: 1.5, count: 2 },
        ],
      });
    case 'open':
      return clean({ ...start, open: true });
    case 'prizes':
      return clean({
        ...start,
        vehicles: Math.max(2, Math.ceil(count / 20)),
        customers: customers.map((customer) => ({ ...customer, prize: between(5, 60, rng) })),
      });
    case 'backhauls':
      return clean({
        ...start,
        customers: customers.map((customer, i) =>
          i % 3 === 2 ? { ...customer, backhaul: true } : customer,
        ),
      });
    case 'pairs':
      return clean({ ...start, depot: { ...start.depot, due: 1000 } });
    case 'one-way':
      return clean(oneWay(start));
    default:
      return vehiclesFirst(clean(start));
  }
}

export const variantGenerator: InstanceGenerator<VrpInstance> = {
  id: 'variants',
  name: 'Variants',
  summary:
    'Depots, fleets, open routes, prizes, backhauls, pairs or one-way streets, one at a time.',
  source: 'own',
  params,
  generate,
};
