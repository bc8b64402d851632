/** Requests over a day, own design; the same seeds everywhere. */
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import type { Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { clean, cleanCustomer, type Customer, type VrpInstance } from './instance.ts';

const params = [
  {
    id: 'customers',
    type: 'number',
    label: 'Customers',
    help: 'How many customers call over the day.',
    default: 60,
    min: 1,
    max: 1000,
    integer: true,
  },
  {
    id: 'requests',
    type: 'choice',
    label: 'Requests',
    help: 'What customers call for: goods brought or collected, every third one collected after all deliveries, or goods taken from one customer to another.',
    default: 'alike',
    options: [
      { value: 'alike', label: 'Goods alike' },
      { value: 'backhauls', label: 'Some backhauls' },
      { value: 'pairs', label: 'Pick-up and delivery' },
    ],
  },
  {
    id: 'later',
    type: 'number',
    label: 'Known later',
    help: 'Share of requests that become known only when they are made; the others are known in advance, with the same windows.',
    unit: '%',
    default: 67,
    min: 0,
    max: 100,
    integer: true,
  },
  {
    id: 'response',
    type: 'number',
    label: 'Response',
    help: 'From the request until service must have begun, as a share of the day.',
    unit: '%',
    default: 25,
    min: 5,
    max: 100,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const SIDE = 100;
const DAY = 480;
const SERVICE = 5;

/**
 * Every customer, or pair, calls at a time of its own and is to be served within the response time.
 * A vehicle of its own, sent when the request is made, is always in time, so a plan exists whatever
 * is known.
 */
function generate(values: ParamValues, rng: Rng): VrpInstance {
  const count = Number(values.customers);
  const requests = String(values.requests);
  const later = Number(values.later);
  const response = Math.round((DAY * Number(values.response)) / 100);
  const depot = { x: SIDE / 2, y: SIDE / 2 };
  const spot = () => ({ x: rng.int(SIDE + 1), y: rng.int(SIDE + 1) });
  const wayTo = (a: { x: number; y: number }, b: { x: number; y: number } = depot) =>
    Math.ceil(Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)));
  const customers: Customer[] = [];
  while (customers.length < count) {
    const place = spot();
    const demand = 1 + rng.int(20);
    // An odd one out has nobody to deliver to.
    const end = requests === 'pairs' && customers.length + 1 < count ? spot() : null;
    const way = wayTo(place);
    const after = end ? wayTo(place, end) + SERVICE + wayTo(end) : way;
    const lastCall = DAY - way - SERVICE - after;
    const call = rng.int(lastCall + 1);
    // Drawn for each, so that another share hides other requests of the same day.
    const hidden = 100 * rng.float() < later;
    const due = Math.min(DAY - after - SERVICE, call + Math.max(way, response));
    customers.push(
      cleanCustomer({
        ...place,
        demand,
        ready: call,
        due,
        service: SERVICE,
        known: hidden ? call : 0,
        ...(end ? { deliverTo: customers.length + 2 } : {}),
        ...(requests === 'backhauls' && customers.length % 3 === 2 ? { backhaul: true } : {}),
      }),
    );
    if (end)
      customers.push(
        cleanCustomer({
          ...end,
          demand: 0,
          due: Math.min(DAY - wayTo(end) - SERVICE, due + SERVICE + wayTo(place, end) + response),
          service: SERVICE,
        }),
      );
  }
  return clean({
    name: `Requests ${count}`,
    capacity: 100,
    rounding: 'truncate-1',
    depot: { ...depot, due: DAY },
    customers,
  });
}

export const dynamicGenerator: InstanceGenerator<VrpInstance> = {
  id: 'dynamic',
  name: 'Requests over a day',
  summary: 'Customers who call while vehicles are out, each to be served within a response time.',
  source: 'own',
  params,
  generate,
};
