/** Requests over a day, own design; the same seeds everywhere. */
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import type { Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { clean, cleanCustomer, type VrpInstance } from './instance.ts';

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
 * Every customer calls at a time of its own and is to be served within the response time. A vehicle
 * of its own, sent when the request is made, is always in time, so a plan exists whatever is known.
 */
function generate(values: ParamValues, rng: Rng): VrpInstance {
  const count = Number(values.customers);
  const later = Number(values.later);
  const response = Math.round((DAY * Number(values.response)) / 100);
  const depot = { x: SIDE / 2, y: SIDE / 2 };
  const customers = Array.from({ length: count }, () => {
    const x = rng.int(SIDE + 1);
    const y = rng.int(SIDE + 1);
    const demand = 1 + rng.int(20);
    const dx = x - depot.x;
    const dy = y - depot.y;
    const way = Math.ceil(Math.sqrt(dx * dx + dy * dy));
    const lastCall = DAY - 2 * way - SERVICE;
    const call = rng.int(lastCall + 1);
    // Drawn for each, so that another share hides other requests of the same day.
    const hidden = 100 * rng.float() < later;
    return cleanCustomer({
      x,
      y,
      demand,
      ready: call,
      due: Math.min(DAY - way - SERVICE, call + Math.max(way, response)),
      service: SERVICE,
      known: hidden ? call : 0,
    });
  });
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
