/**
 * Vehicle routing: every customer is served once by a route that starts and ends at a depot; total
 * cost, which is the distance unless vehicles have costs, is least. Time windows, durations, given
 * distances, open routes, several depots, a mixed fleet, prizes, backhauls and pick-up and delivery
 * pairs may each be there or not.
 */

import type { Inventory, PackedStocks, Stock } from './stocks.ts';

export { pack, unpack } from './pack.ts';

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
  /** The customer may be left out; the prize, which is then lost, counts as cost. */
  prize?: number;
  /** The demand is picked up and brought to the depot, after all deliveries of the route. */
  backhaul?: true;
  /**
   * The demand is picked up here and delivered to this customer (1 … n) later on the same route;
   * that customer's own demand is 0. A prize counts for both together.
   */
  deliverTo?: number;
  /** The request becomes known then: no vehicle leaves for it before. Known in advance when absent. */
  known?: number;
  /** What it keeps and uses day by day, in inventory routing; the demand is then 0. */
  stock?: Stock;
}

/** Vehicles that are alike. */
export interface VehicleType {
  capacity: number;
  /** At most so many are used; free when absent. */
  count?: number;
  /** Cost of using one; 0 when absent. */
  fixed?: number;
  /** Cost per unit of distance; 1 when absent. */
  perDistance?: number;
  /** Where its routes start and end: 0 the depot (when absent), 1 … the further depots. */
  depot?: number;
}

/** Distances, and driving times when they differ, from row to column, of all nodes. */
export interface Matrix {
  distances: number[][];
  durations?: number[][];
}

/** Times are in the unit of distance: a vehicle drives one unit of distance per unit of time. */
export interface VrpInstance {
  name: string;
  /** Whole units one vehicle carries; of a mixed fleet, the largest. */
  capacity: number;
  /** At most so many routes; free when absent. */
  vehicles?: number;
  rounding: Rounding;
  /** A route's driving and service time (waiting not counted) is at most this; free when absent. */
  maxDuration?: number;
  /** Routes end at their last customer. */
  open?: true;
  /** Cost of every vehicle used, on top of the distance; not with a fleet, which has its own. */
  fixedCost?: number;
  /** x and y are degrees of longitude and latitude; distances are great circles in km. */
  geographic?: true;
  /**
   * Distances as they are given; x and y are then for the picture only. Rows and columns are the
   * depot, the customers, the further depots.
   */
  matrix?: Matrix;
  /** Stocks over several days; every customer then has a `stock`. */
  inventory?: Inventory;
  /** Routes that every plan has, as they are. */
  locked?: LockedRoute[];
  depot: Depot;
  /** Further depots, 1 … in vehicle types. Without a fleet, a route may belong to any depot. */
  depots?: Depot[];
  /** Types of vehicles; without it all are alike. */
  fleet?: VehicleType[];
  customers: Customer[];
}

/** A route that stays as it is, and its vehicle type (0 when absent). */
export interface LockedRoute {
  customers: number[];
  type?: number;
}

/** Routes of customers 1 … n (in the instance's order); depots are left out. */
export interface VrpSolution {
  routes: number[][];
  /** The vehicle type of each route, an index of `vehicleTypes`; all 0 when absent. */
  types?: number[];
  /** When the vehicle leaves for each customer of each route; as early as can be when absent. */
  departures?: number[][];
  /** In inventory routing: the day of each route from 1, and what each customer on it gets. */
  days?: number[];
  amounts?: number[][];
  /** How the plan stood whenever it was made anew, while requests came in; times rise. */
  epochs?: Epoch[];
}

/** The whole plan at one time: what has been driven by then, and what was meant to follow. */
export interface Epoch {
  at: number;
  routes: number[][];
}

/** What an instance has beyond plain columns; a plain one has none of it. */
export interface VrpExtras {
  open: boolean;
  fixedCost: number;
  geographic: boolean;
  depots: Depot[];
  fleet: VehicleType[];
  /** By node 0 … n: Infinity for customers that must be served. */
  prize: Float64Array;
  backhaul: Uint8Array;
  /** 0 for none. */
  deliverTo: Int32Array;
  /** When the request becomes known; 0 for in advance. */
  known: Float64Array;
  stocks: PackedStocks | null;
  locked: LockedRoute[] | null;
  /** Square, row-major; in the order of `Matrix`. */
  distances: Float64Array | null;
  /** null when driving times are the distances. */
  durations: Float64Array | null;
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
  /** null for plain instances. */
  extras: VrpExtras | null;
}

export const LIMITS = {
  customers: 20_000,
  vehicles: 20_000,
  /** Absolute value of a coordinate. */
  coordinate: 1e7,
  /** Of capacity and of one demand. */
  demand: 1e9,
  time: 1e9,
  /** Of a prize, a fixed cost, a given distance. */
  cost: 1e9,
  /** Nodes of an instance with given distances. */
  matrixNodes: 700,
  /** Further depots. */
  depots: 50,
  types: 50,
  nameLength: 120,
  /** Epochs of a plan, and customers over all of them. */
  epochs: 5000,
  epochVisits: 2_000_000,
  days: 30,
  /** Customers of an instance with stocks. */
  stockCustomers: 200,
  pastDays: 2000,
  features: 8,
} as const;

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

/** A type with everything said. */
export type FullType = Required<VehicleType>;

/**
 * The types of vehicles: those of the fleet; without one, the same vehicle at each depot. The whole
 * plan uses at most `vehicles`.
 */
export function vehicleTypes(
  instance: Pick<VrpInstance, 'capacity' | 'fixedCost' | 'depots' | 'fleet'>,
): FullType[] {
  const { capacity, fixedCost = 0, depots = [], fleet = [] } = instance;
  if (fleet.length > 0)
    return fleet.map((type) => ({
      capacity: type.capacity,
      count: type.count ?? Infinity,
      fixed: type.fixed ?? 0,
      perDistance: type.perDistance ?? 1,
      depot: type.depot ?? 0,
    }));
  return Array.from({ length: depots.length + 1 }, (_, depot) => ({
    capacity,
    count: Infinity,
    fixed: fixedCost,
    perDistance: 1,
    depot,
  }));
}

/** Are there opening or closing times anywhere. */
export function hasWindows(instance: VrpInstance): boolean {
  const { depot, depots = [], customers } = instance;
  const isWindow = ({ ready, due }: { ready?: number; due?: number }) =>
    ready !== undefined || due !== undefined;
  return isWindow(depot) || depots.some(isWindow) || customers.some(isWindow);
}

/** Are there requests that become known only later. */
export const isDynamic = ({ customers }: Pick<VrpInstance, 'customers'>): boolean =>
  customers.some(({ known }) => known !== undefined && known > 0);

/** A plan in the canonical form: no empty routes, no types when all are 0. */
export function cleanSolution(solution: VrpSolution): VrpSolution {
  const { types, departures, days, amounts, epochs } = solution;
  const kept = solution.routes.map((_, r) => r).filter((r) => solution.routes[r].length > 0);
  return {
    routes: kept.map((r) => solution.routes[r]),
    ...(types?.some((type) => type !== 0) ? { types: kept.map((r) => types[r] ?? 0) } : {}),
    ...(departures ? { departures: kept.map((r) => departures[r] ?? []) } : {}),
    ...(days ? { days: kept.map((r) => days[r] ?? 1) } : {}),
    ...(amounts ? { amounts: kept.map((r) => amounts[r] ?? []) } : {}),
    ...(epochs ? { epochs } : {}),
  };
}

/** Decimals of an objective as published for the convention. */
export const objectiveDigits = (rounding: Rounding): number =>
  rounding === 'nint' ? 0 : rounding === 'none' ? 2 : 1;
