/** A relaxation of an instance in numbers whose sums are exact, and what routes in it cost. */
import { cleanSolution, type VrpSolution } from '../../../../src/problems/vrp/instance.ts';

/** What one kind of vehicle can drive, and at what cost. */
export interface Network {
  /** Nodes: 0 the depot, 1 … n the customers. */
  size: number;
  n: number;
  /** Costs are multiples of it, a power of two, in cost units. */
  grid: number;
  /**
   * Costs of ways rounded down to the grid, size² row-major; exact when all are whole. The vehicle's
   * own cost is on the ways from and to the depot; Infinity where no route may go.
   */
  cost: Float64Array;
  demand: Int32Array;
  capacity: number;
  /** Whose load is brought to the depot, after all deliveries; each fills a vehicle anew. */
  backhaul: Uint8Array | null;
  /** Most vehicles of the kind. */
  fleet: number;
  /** Are there windows; else `leave` and the windows are not looked at. */
  timed: boolean;
  /** Service at i and the way from i to j, in distance units; size² row-major. */
  leave: Float64Array;
  ready: Float64Array;
  due: Float64Array;
  /** Is the driving and service time of a route limited. */
  limited: boolean;
  maxDuration: number;
}

/** Plans are routes in the networks of all kinds of vehicles, every customer on one of them. */
export interface Relaxation {
  size: number;
  n: number;
  /** Cost units per unit of the instance. */
  units: number;
  /** Costs and rounded duals are multiples of it, a power of two, in cost units. */
  grid: number;
  /** Is the cost of every plan a whole number of units. */
  whole: boolean;
  /** What a bound loses, as a share, to the rounding of the checker's sums. */
  slack: number;
  /** Are its plans those of the instance, at their cost; else there are more, or cheaper ones. */
  exact: boolean;
  networks: readonly Network[];
  /** The network of each vehicle type. */
  kindOf: readonly number[];
  /** Fewest and most routes of a plan. */
  fewest: number;
  fleet: number;
  /** What leaving a customer out costs, by node; Infinity for those that must be served. */
  prize: Float64Array;
  optional: boolean;
  /** Rows before the cuts: customers, the number of routes, and of each kind when there are some. */
  rows: number;
}

/** A route of a kind of vehicle. */
export interface Route {
  kind: number;
  /** Customers in order. */
  stops: readonly number[];
}

/** All sums of costs and duals stay below 2^50 grid units, so they are exact in double precision. */
const LARGEST_SUM = 1_125_899_906_842_624;
/** Duals of whole distances need no finer grid than 2^-20. */
const FINEST_GRID = 20;

/** As fine as leaves room for the sum of a whole plan. */
export function gridFor(size: number, longest: number, whole: boolean): number {
  let grid = 1;
  let room = LARGEST_SUM / (8 * size * longest);
  for (let halvings = 0; room >= 2 && !(whole && halvings === FINEST_GRID); halvings++) {
    grid /= 2;
    room /= 2;
  }
  return grid;
}

/** To the nearest point of the grid of `step`. */
export const onGrid = (value: number, step: number): number => Math.round(value / step) * step;

/** A bound in cost units as one in the instance's unit, of what the checker counts. */
export const boundValue = ({ whole, units, slack }: Relaxation, bound: number): number =>
  ((whole ? Math.ceil(bound) : bound) / units) * (1 - slack);

/** The routes of a plan, each of the kind its type belongs to. */
export const routesOf = ({ kindOf }: Relaxation, plan: VrpSolution): Route[] =>
  plan.routes.map((stops, r) => ({ kind: kindOf[plan.types?.[r] ?? 0], stops: [...stops] }));

/** The plan of routes of an exact relaxation, whose kinds are the vehicle types. */
export const planOf = (routes: readonly Route[]): VrpSolution =>
  cleanSolution({
    routes: routes.map(({ stops }) => [...stops]),
    types: routes.map(({ kind }) => kind),
  });

/** Names the route. */
export const keyOf = ({ kind, stops }: Route): string => `${kind}:${stops.join()}`;

/** The cost of a route in cost units. O(length) */
export function routeCost({ networks }: Relaxation, { kind, stops }: Route): number {
  const { cost, size } = networks[kind];
  let sum = 0;
  let at = 0;
  for (const customer of stops) {
    sum += cost[at * size + customer];
    at = customer;
  }
  return sum + cost[at * size];
}

/**
 * Fewest vehicles that carry a load, the largest first; more than there are when they cannot.
 * O(kinds log kinds)
 */
export function fewestFor(networks: readonly Network[], load: number): number {
  let left = load;
  let used = 0;
  for (const { capacity, fleet } of networks.toSorted((a, b) => b.capacity - a.capacity)) {
    const taken = Math.min(fleet, Math.ceil(left / capacity));
    used += taken;
    left -= taken * capacity;
    if (left <= 0) return used;
  }
  return used + 1;
}

/**
 * Most routes of a plan cheaper than `below` (cost units): m routes have 2m depot edges, none
 * more than twice, and n − m edges that are a forest on the customers, so they cost at least twice
 * the m least depot edges and the n − m least edges of a least spanning tree, each edge at what it
 * costs the cheapest kind of vehicle. O(n² · kinds)
 */
export function mostRoutes(relaxation: Relaxation, below: number): number {
  const { n, size, networks, fewest, fleet, optional } = relaxation;
  // Who is left out needs no edge.
  if (optional) return fleet;
  const least = (i: number, j: number) => {
    let low = Infinity;
    for (const { cost } of networks) low = Math.min(low, cost[i * size + j], cost[j * size + i]);
    return low;
  };
  const reach = new Float64Array(size).fill(Infinity);
  const inTree = new Uint8Array(size);
  const edges: number[] = [];
  let near = 1;
  for (let edge = 1; edge < n; edge++) {
    inTree[near] = 1;
    let next = 0;
    for (let i = 1; i <= n; i++) {
      if (inTree[i] === 1) continue;
      reach[i] = Math.min(reach[i], least(near, i));
      if (next === 0 || reach[i] < reach[next]) next = i;
    }
    edges.push(reach[next]);
    near = next;
  }
  edges.sort((a, b) => a - b);
  const depot = Array.from({ length: n }, (_, i) => least(0, i + 1)).sort((a, b) => a - b);
  let most = fewest;
  let sum = 0;
  for (const edge of edges) sum += edge;
  for (let routes = 1; routes <= fleet; routes++) {
    sum += 2 * depot[routes - 1];
    if (routes > 1) sum -= edges[n - routes];
    if (sum < below) most = Math.max(most, routes);
  }
  return most;
}
