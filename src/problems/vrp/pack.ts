/** Instances as typed columns, and back. */
import {
  clean,
  cleanCustomer,
  type Customer,
  type PackedVrp,
  type VrpExtras,
  type VrpInstance,
} from './instance.ts';
import { packStocks, stockOf } from './stocks.ts';

export function pack(instance: VrpInstance): PackedVrp {
  const size = instance.customers.length + 1;
  const packed: PackedVrp = {
    name: instance.name,
    capacity: instance.capacity,
    vehicles: instance.vehicles ?? Infinity,
    rounding: instance.rounding,
    maxDuration: instance.maxDuration ?? Infinity,
    x: new Float64Array(size),
    y: new Float64Array(size),
    demand: new Int32Array(size),
    ready: new Float64Array(size),
    due: new Float64Array(size).fill(Infinity),
    service: new Float64Array(size),
    extras: packExtras(instance),
  };
  const { depot, customers } = instance;
  packed.x[0] = depot.x;
  packed.y[0] = depot.y;
  packed.ready[0] = depot.ready ?? 0;
  packed.due[0] = depot.due ?? Infinity;
  for (let i = 1; i < size; i++) {
    const customer = customers[i - 1];
    packed.x[i] = customer.x;
    packed.y[i] = customer.y;
    packed.demand[i] = customer.demand;
    packed.ready[i] = customer.ready ?? 0;
    packed.due[i] = customer.due ?? Infinity;
    packed.service[i] = customer.service ?? 0;
  }
  return packed;
}

function packExtras(instance: VrpInstance): VrpExtras | null {
  const { customers, matrix } = instance;
  const size = customers.length + 1;
  const plain =
    !instance.open &&
    !instance.fixedCost &&
    !instance.geographic &&
    !matrix &&
    !instance.depots &&
    !instance.fleet &&
    customers.every(
      ({ prize, backhaul, deliverTo, known }) =>
        prize === undefined && !backhaul && !deliverTo && !known,
    ) &&
    !instance.inventory &&
    !instance.locked?.length;
  if (plain) return null;
  const extras: VrpExtras = {
    open: instance.open ?? false,
    fixedCost: instance.fixedCost ?? 0,
    geographic: instance.geographic ?? false,
    depots: instance.depots ?? [],
    fleet: instance.fleet ?? [],
    prize: new Float64Array(size).fill(Infinity),
    backhaul: new Uint8Array(size),
    deliverTo: new Int32Array(size),
    known: new Float64Array(size),
    stocks: packStocks(instance),
    locked: instance.locked?.length ? instance.locked : null,
    distances: matrix ? Float64Array.from(matrix.distances.flat()) : null,
    durations: matrix?.durations ? Float64Array.from(matrix.durations.flat()) : null,
  };
  customers.forEach(({ prize = Infinity, backhaul, deliverTo = 0, known = 0 }, i) => {
    extras.prize[i + 1] = prize;
    extras.backhaul[i + 1] = backhaul ? 1 : 0;
    extras.deliverTo[i + 1] = deliverTo;
    extras.known[i + 1] = known;
  });
  return extras;
}

export function unpack(packed: PackedVrp): VrpInstance {
  const { x, y, demand, ready, due, service, extras } = packed;
  const customers: Customer[] = [];
  for (let i = 1; i < x.length; i++)
    customers.push(
      cleanCustomer({
        x: x[i],
        y: y[i],
        demand: demand[i],
        ready: ready[i],
        due: due[i],
        service: service[i],
        prize: extras?.prize[i],
        backhaul: extras?.backhaul[i] ? true : undefined,
        deliverTo: extras?.deliverTo[i],
        known: extras?.known[i],
        stock: extras?.stocks ? stockOf(extras.stocks, i) : undefined,
      }),
    );
  const size = x.length + (extras?.depots.length ?? 0);
  const square = (flat: Float64Array): number[][] =>
    Array.from({ length: size }, (_, i) => Array.from(flat.subarray(i * size, (i + 1) * size)));
  return clean({
    name: packed.name,
    capacity: packed.capacity,
    vehicles: packed.vehicles,
    rounding: packed.rounding,
    maxDuration: packed.maxDuration,
    ...(extras?.open ? { open: true } : {}),
    fixedCost: extras?.fixedCost,
    ...(extras?.geographic ? { geographic: true } : {}),
    ...(extras?.distances
      ? {
          matrix: {
            distances: square(extras.distances),
            ...(extras.durations ? { durations: square(extras.durations) } : {}),
          },
        }
      : {}),
    ...(extras?.stocks
      ? {
          inventory: {
            days: extras.stocks.days,
            ...(extras.stocks.shortage < Infinity ? { shortage: extras.stocks.shortage } : {}),
            ...(extras.stocks.history ? { history: extras.stocks.history } : {}),
          },
        }
      : {}),
    ...(extras?.locked ? { locked: extras.locked } : {}),
    depot: { x: x[0], y: y[0], ready: ready[0], due: due[0] },
    depots: extras?.depots,
    fleet: extras?.fleet,
    customers,
  });
}
