/** Canonical forms: what is 0, unlimited or absent anyway is left out, so that equal is equal. */
import type { Customer, Depot, Matrix, VehicleType, VrpInstance } from './instance.ts';

/** The canonical form of a customer: what is 0 or unlimited anyway is left out. */
export function cleanCustomer(customer: Customer): Customer {
  const { x, y, demand, ready = 0, due = Infinity, service = 0, prize = Infinity } = customer;
  const cleaned: Customer = { x, y, demand };
  if (ready !== 0) cleaned.ready = ready;
  if (due !== Infinity) cleaned.due = due;
  if (service !== 0) cleaned.service = service;
  if (prize !== Infinity) cleaned.prize = prize;
  if (customer.backhaul) cleaned.backhaul = true;
  if (customer.deliverTo) cleaned.deliverTo = customer.deliverTo;
  if (customer.known) cleaned.known = customer.known;
  if (customer.stock) cleaned.stock = customer.stock;
  return cleaned;
}

/** The canonical form of a depot. */
export function cleanDepot({ x, y, ready = 0, due = Infinity }: Depot): Depot {
  const depot: Depot = { x, y };
  if (ready !== 0) depot.ready = ready;
  if (due !== Infinity) depot.due = due;
  return depot;
}

/** The canonical form of a vehicle type. */
export function cleanType(type: VehicleType): VehicleType {
  const { capacity, count = Infinity, fixed = 0, perDistance = 1, depot = 0 } = type;
  return {
    capacity,
    ...(count !== Infinity ? { count } : {}),
    ...(fixed !== 0 ? { fixed } : {}),
    ...(perDistance !== 1 ? { perDistance } : {}),
    ...(depot !== 0 ? { depot } : {}),
  };
}

/** The canonical form of an instance whose customers are canonical. O(1), O(n²) with a matrix. */
export function clean(instance: VrpInstance): VrpInstance {
  const { name, vehicles = Infinity, maxDuration = Infinity, matrix } = instance;
  const { fixedCost = 0, depots = [], fleet = [] } = instance;
  const capacity = fleet.reduce((most, type) => Math.max(most, type.capacity), 0);
  return {
    name,
    capacity: fleet.length > 0 ? capacity : instance.capacity,
    ...(vehicles !== Infinity ? { vehicles } : {}),
    // Given distances are not rounded: whether all are whole says how sums are shown.
    rounding: matrix ? (areWhole(matrix) ? 'nint' : 'none') : instance.rounding,
    ...(maxDuration !== Infinity ? { maxDuration } : {}),
    ...(instance.open ? { open: true } : {}),
    ...(fixedCost !== 0 ? { fixedCost } : {}),
    ...(instance.geographic ? { geographic: true } : {}),
    ...(matrix ? { matrix } : {}),
    ...(instance.inventory ? { inventory: instance.inventory } : {}),
    ...(instance.locked?.length
      ? {
          locked: instance.locked.map(({ customers, type = 0 }) => ({
            customers,
            ...(type > 0 ? { type } : {}),
          })),
        }
      : {}),
    depot: cleanDepot(instance.depot),
    ...(depots.length > 0 ? { depots: depots.map(cleanDepot) } : {}),
    ...(fleet.length > 0 ? { fleet: fleet.map(cleanType) } : {}),
    customers: instance.customers,
  };
}

const wholes = new WeakMap<Matrix, boolean>();

/** Are all given distances whole numbers; remembered. O(n²). */
function areWhole(matrix: Matrix): boolean {
  const known = wholes.get(matrix);
  if (known !== undefined) return known;
  const whole = matrix.distances.every((row) => row.every((cell) => Number.isInteger(cell)));
  wholes.set(matrix, whole);
  return whole;
}
