/** One route timed and measured from the definition, for the checker and the views. */
import { vehicleTypes, type FullType, type VrpInstance } from './instance.ts';
import { depotNode, depotOf, driveUnits, legUnits, unitsPer } from './metric.ts';

/** A visit; times in the instance's unit. */
export interface Visit {
  customer: number;
  /** The vehicle leaves for the customer. */
  depart: number;
  arrival: number;
  /** Service starts: the later of arrival and opening. */
  start: number;
  /** Service ends and the vehicle leaves. */
  leave: number;
  /** By how much service starts after closing; 0 when in time. */
  late: number;
  /** On board when the vehicle leaves. */
  load: number;
}

export interface RouteTiming {
  /** Driving distance, depot to depot, or to the last customer of an open route. */
  distance: number;
  /** The same in 1/`unitsPer(rounding)`: whole for the rounded conventions, so that sums are exact. */
  distanceUnits: number;
  /** Most on board at any time. */
  load: number;
  /** On board when the vehicle leaves the depot. */
  loaded: number;
  /** Driving and service time, without waiting. */
  duration: number;
  /** When the vehicle leaves the depot: unless given, as late as the first visit needs. */
  departure: number;
  /** When it is back; when it leaves its last customer, on an open route. */
  back: number;
  /** By how much it is back after the depot closes. */
  late: number;
  waiting: number;
  visits: Visit[];
  type: FullType;
}

/** Times that differ by less are equal: sums of decimals are not exact. */
export const TIME_SLACK = 1e-6;

const NO_TYPE: FullType = { capacity: 0, count: 0, fixed: 0, perDistance: 1, depot: 0 };

/** Customers at which a pair is delivered, with what they get; remembered by instance. */
const deliveries = new WeakMap<readonly unknown[], Map<number, number>>();

/** What each delivery of a pair brings, by customer. O(n) once. */
export function deliveredTo(instance: VrpInstance): ReadonlyMap<number, number> {
  const known = deliveries.get(instance.customers);
  if (known) return known;
  const map = new Map<number, number>();
  for (const { demand, deliverTo } of instance.customers) if (deliverTo) map.set(deliverTo, demand);
  deliveries.set(instance.customers, map);
  return map;
}

/**
 * Times a route of existing customers 1 … n at the earliest: the vehicle leaves for a customer once
 * the one before is served and the request is known, or at the time given. O(length).
 */
export function timeRoute(
  instance: VrpInstance,
  route: readonly number[],
  type = 0,
  departures?: readonly number[],
): RouteTiming {
  const { customers, rounding } = instance;
  const vehicle = vehicleTypes(instance)[type] ?? NO_TYPE;
  const depot = depotOf(instance, vehicle.depot);
  const home = depotNode(customers.length, vehicle.depot);
  const arriving = deliveredTo(instance);
  const units = unitsPer(rounding);
  const visits: Visit[] = [];
  let distance = 0;
  let driving = 0;
  let service = 0;
  let waiting = 0;
  let loaded = 0;
  for (const customer of route) {
    const { demand, backhaul, deliverTo } = customers[customer - 1];
    if (!backhaul && !deliverTo) loaded += demand;
  }
  let load = loaded;
  let peak = loaded;
  let at = home;
  // In 1/units, so that rounded distances add up exactly.
  let clock = (depot.ready ?? 0) * units;
  let departure = clock;
  for (const customer of route) {
    const place = customers[customer - 1];
    const drive = driveUnits(instance, at, customer);
    const given = departures?.[visits.length];
    distance += legUnits(instance, at, customer);
    driving += drive;
    let depart = Math.max(clock, (place.known ?? 0) * units, (given ?? 0) * units);
    const start = Math.max(depart + drive, (place.ready ?? 0) * units);
    const leave = start + (place.service ?? 0) * units;
    if (visits.length === 0) {
      if (given === undefined) depart = start - drive;
      departure = depart;
    } else waiting += depart - clock;
    const arrival = depart + drive;
    waiting += start - arrival;
    load += place.backhaul || place.deliverTo ? place.demand : -place.demand;
    load -= arriving.get(customer) ?? 0;
    peak = Math.max(peak, load);
    visits.push({
      customer,
      depart: depart / units,
      arrival: arrival / units,
      start: start / units,
      leave: leave / units,
      late: Math.max(0, start / units - (place.due ?? Infinity)),
      load,
    });
    service += place.service ?? 0;
    clock = leave;
    at = customer;
  }
  if (!instance.open) {
    distance += legUnits(instance, at, home);
    driving += driveUnits(instance, at, home);
    clock += driveUnits(instance, at, home);
  }
  const back = clock / units;
  return {
    distance: distance / units,
    distanceUnits: distance,
    load: peak,
    loaded,
    duration: driving / units + service,
    departure: departure / units,
    back,
    late: instance.open ? 0 : Math.max(0, back - (depot.due ?? Infinity)),
    waiting: waiting / units,
    visits,
    type: vehicle,
  };
}
