/**
 * Capacitated vehicle routing, with optional time windows, fleet limit and route duration: every
 * customer is served once by a route that starts and ends at the depot; total distance is least.
 */

/**
 * How Euclidean distances are rounded; the conventions of the published benchmarks.
 * - `nint`: to the nearest integer (TSPLIB's EUC_2D; CVRPLIB sets A, B, E, F, M, P, X, XXL).
 * - `none`: double precision (CVRPLIB sets CMT, Golden, Li, Taillard).
 * - `truncate-1`: cut to one decimal, floor(10·d)/10 (DIMACS challenge 2021, for time windows).
 */
export type Rounding = 'nint' | 'none' | 'truncate-1';

export const ROUNDINGS: readonly Rounding[] = ['nint', 'none', 'truncate-1'];

export interface Depot {
  x: number;
  y: number;
  /** Vehicles leave no earlier; 0 when absent. */
  ready?: number;
  /** Vehicles are back by then; no limit when absent. */
  due?: number;
}

export interface Customer {
  x: number;
  y: number;
  /** Whole units of capacity. */
  demand: number;
  /** Service starts no earlier (vehicles wait); 0 when absent. */
  ready?: number;
  /** Service starts no later; no limit when absent. */
  due?: number;
  /** Time spent at the customer; 0 when absent. */
  service?: number;
}

/** Times are in the unit of distance: a vehicle drives one unit of distance per unit of time. */
export interface VrpInstance {
  name: string;
  /** Whole units one vehicle carries. */
  capacity: number;
  /** At most so many routes; free when absent. */
  vehicles?: number;
  rounding: Rounding;
  /** A route's driving and service time (waiting not counted) is at most this; free when absent. */
  maxDuration?: number;
  depot: Depot;
  customers: Customer[];
}

/** Routes of customers 1 … n (in the instance's order); the depot, 0, is left out. */
export interface VrpSolution {
  routes: number[][];
}

/** Columns by node: 0 is the depot, 1 … n the customers. */
export interface PackedVrp {
  name: string;
  capacity: number;
  /** Infinity when free. */
  vehicles: number;
  rounding: Rounding;
  /** Infinity when free. */
  maxDuration: number;
  x: Float64Array;
  y: Float64Array;
  demand: Int32Array;
  ready: Float64Array;
  /** Infinity when there is no limit. */
  due: Float64Array;
  service: Float64Array;
}

export const LIMITS = {
  customers: 20_000,
  vehicles: 20_000,
  /** Absolute value of a coordinate. */
  coordinate: 1e7,
  /** Of capacity and of one demand. */
  demand: 1e9,
  time: 1e9,
  nameLength: 120,
} as const;

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

export function unpack(packed: PackedVrp): VrpInstance {
  const { x, y, demand, ready, due, service } = packed;
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
      }),
    );
  return clean({
    name: packed.name,
    capacity: packed.capacity,
    vehicles: packed.vehicles,
    rounding: packed.rounding,
    maxDuration: packed.maxDuration,
    depot: { x: x[0], y: y[0], ready: ready[0], due: due[0] },
    customers,
  });
}

/** The canonical form of a customer: what is 0 or unlimited anyway is left out. */
export function cleanCustomer(customer: Customer): Customer {
  const { x, y, demand, ready = 0, due = Infinity, service = 0 } = customer;
  const cleaned: Customer = { x, y, demand };
  if (ready !== 0) cleaned.ready = ready;
  if (due !== Infinity) cleaned.due = due;
  if (service !== 0) cleaned.service = service;
  return cleaned;
}

/** The canonical form of an instance whose customers are canonical. O(1). */
export function clean(instance: VrpInstance): VrpInstance {
  const { name, capacity, vehicles = Infinity, rounding, maxDuration = Infinity } = instance;
  const { x, y, ready = 0, due = Infinity } = instance.depot;
  const depot: Depot = { x, y };
  if (ready !== 0) depot.ready = ready;
  if (due !== Infinity) depot.due = due;
  return {
    name,
    capacity,
    ...(vehicles !== Infinity ? { vehicles } : {}),
    rounding,
    ...(maxDuration !== Infinity ? { maxDuration } : {}),
    depot,
    customers: instance.customers,
  };
}

/** Are there opening or closing times anywhere. */
export function hasWindows(instance: VrpInstance): boolean {
  const { depot, customers } = instance;
  return (
    depot.ready !== undefined ||
    depot.due !== undefined ||
    customers.some(({ ready, due }) => ready !== undefined || due !== undefined)
  );
}

/**
 * Distances and times are counted in 1/units: whole numbers for the rounded conventions, so that
 * sums are exact.
 */
export const unitsPer = (rounding: Rounding): number => (rounding === 'truncate-1' ? 10 : 1);

/** The distance between points dx, dy apart, in 1/`unitsPer(rounding)`. */
export function distanceUnits(rounding: Rounding, dx: number, dy: number): number {
  const distance = Math.sqrt(dx * dx + dy * dy);
  if (rounding === 'nint') return Math.floor(distance + 0.5);
  return rounding === 'none' ? distance : Math.floor(10 * distance);
}

/** Decimals of an objective as published for the convention. */
export const objectiveDigits = (rounding: Rounding): number =>
  rounding === 'nint' ? 0 : rounding === 'none' ? 2 : 1;
