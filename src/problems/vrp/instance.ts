/**
 * Vehicle routing: every customer is served once by a route that starts and ends at a depot; total
 * cost, which is the distance unless vehicles have costs, is least. Time windows, durations, given
 * distances, open routes, several depots, a mixed fleet, prizes, backhauls, pick-up and delivery
 * pairs, requests that become known later, stocks over days and locked routes may each be there or
 * not.
 */
import { packStocks, stockOf, type Inventory, type PackedStocks, type Stock } from './stocks.ts';
import { clean, cleanCustomer } from './clean.ts';

export { clean, cleanCustomer, cleanDepot, cleanType } from './clean.ts';

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
