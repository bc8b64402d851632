/** One route timed and measured from the definition, for the checker and the views. */
import {
  distanceUnits as legUnits,
  unitsPer,
  type Customer,
  type VrpInstance,
} from './instance.ts';

/** A visit; times in the instance's unit. */
export interface Visit {
  customer: number;
  arrival: number;
  /** Service starts: the later of arrival and opening. */
  start: number;
  /** Service ends and the vehicle leaves. */
  leave: number;
  /** By how much service starts after closing; 0 when in time. */
  late: number;
}

export interface RouteTiming {
  /** Driving distance, depot to depot. */
  distance: number;
  /** The same in 1/`unitsPer(rounding)`: whole for the rounded conventions, so that sums are exact. */
  distanceUnits: number;
  load: number;
  /** Driving and service time, without waiting. */
  duration: number;
  /** When the vehicle leaves the depot: as late as the first visit allows without waiting there. */
  departure: number;
  /** When it is back. */
  back: number;
  /** By how much it is back after the depot closes. */
  late: number;
  waiting: number;
  visits: Visit[];
}

/** Times that differ by less are equal: sums of decimals are not exact. */
export const TIME_SLACK = 1e-6;

/** Times a route of existing customers 1 … n at the earliest. O(length). */
export function timeRoute(instance: VrpInstance, route: readonly number[]): RouteTiming {
  const { depot, customers, rounding } = instance;
  const units = unitsPer(rounding);
  const visits: Visit[] = [];
  let distance = 0;
  let load = 0;
  let service = 0;
  let waiting = 0;
  let at: { x: number; y: number } = depot;
  // In 1/units, so that rounded distances add up exactly.
  let clock = (depot.ready ?? 0) * units;
  let departure = clock;
  for (const customer of route) {
    const place: Customer = customers[customer - 1];
    const leg = legUnits(rounding, place.x - at.x, place.y - at.y);
    distance += leg;
    const arrival = clock + leg;
    const start = Math.max(arrival, (place.ready ?? 0) * units);
    const leave = start + (place.service ?? 0) * units;
    if (visits.length === 0) departure = start - leg;
    else waiting += start - arrival;
    visits.push({
      customer,
      arrival: (visits.length === 0 ? start : arrival) / units,
      start: start / units,
      leave: leave / units,
      late: Math.max(0, start / units - (place.due ?? Infinity)),
    });
    load += place.demand;
    service += place.service ?? 0;
    clock = leave;
    at = place;
  }
  const leg = legUnits(rounding, depot.x - at.x, depot.y - at.y);
  distance += leg;
  const back = (clock + leg) / units;
  return {
    distance: distance / units,
    distanceUnits: distance,
    load,
    duration: distance / units + service,
    departure: departure / units,
    back,
    late: Math.max(0, back - (depot.due ?? Infinity)),
    waiting: waiting / units,
    visits,
  };
}
