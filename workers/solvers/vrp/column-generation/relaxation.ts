/**
 * The instance as column generation sees it: a relaxation of what the checker accepts, in numbers
 * whose sums are exact, so that a bound computed from rounded duals is proven.
 */
import type { PackedVrp } from '../../../../src/problems/vrp/instance.ts';
import { packedDistance, unitsPer } from '../../../../src/problems/vrp/metric.ts';

/** What the checker forgives, and room for the rounding of sums of times; instance units. */
const FORGIVEN = 2e-6;
/** All sums of costs and duals stay below 2^50 grid units, so they are exact in double precision. */
const LARGEST_SUM = 1_125_899_906_842_624;
/** Duals of whole distances need no finer grid than 2^-20. */
const FINEST_GRID = 20;

export interface Relaxation {
  /** Nodes: 0 the depot, 1 … n the customers. */
  size: number;
  n: number;
  /** Distance units of the rounding convention per unit of the instance. */
  units: number;
  /** Costs and rounded duals are multiples of it, a power of two, in distance units. */
  grid: number;
  /** Are all distances whole numbers of units; then so is the cost of every plan. */
  whole: boolean;
  /** Distances rounded down to the grid, size² row-major; exact for the rounded conventions. */
  cost: Float64Array;
  demand: Int32Array;
  capacity: number;
  fewest: number;
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

/** Builds the relaxation. O(n²) */
export function relax(packed: PackedVrp): Relaxation {
  const { x, rounding, demand, capacity, vehicles, service } = packed;
  const size = x.length;
  const n = size - 1;
  const units = unitsPer(rounding);
  const forgiven = FORGIVEN * units;
  const distance = packedDistance(packed);
  const exact = new Float64Array(size * size);
  let longest = 1;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const way = distance(i, j);
      exact[i * size + j] = way;
      longest = Math.max(longest, way);
    }
  const whole = exact.every((way) => Number.isInteger(way));
  // As fine as leaves room for a whole plan.
  let grid = 1;
  let room = LARGEST_SUM / (8 * size * longest);
  for (let halvings = 0; room >= 2 && !(whole && halvings === FINEST_GRID); halvings++) {
    grid /= 2;
    room /= 2;
  }
  const cost = exact.map((way) => Math.floor(way / grid) * grid);
  const leave = exact.map((way, arc) => way + service[Math.floor(arc / size)] * units);
  let total = 0;
  for (let i = 1; i < size; i++) total += demand[i];
  return {
    size,
    n,
    units,
    grid,
    whole,
    cost,
    demand,
    capacity,
    fewest: Math.max(1, Math.ceil(total / capacity)),
    fleet: Math.min(n, vehicles),
    timed: packed.ready.some((time) => time > 0) || packed.due.some((time) => time < Infinity),
    leave,
    ready: packed.ready.map((time) => time * units),
    due: packed.due.map((time) => time * units + forgiven),
    limited: packed.maxDuration < Infinity,
    maxDuration: packed.maxDuration * units + forgiven,
  };
}

/** To the nearest point of the grid of `step`. */
export const onGrid = (value: number, step: number): number => Math.round(value / step) * step;

/** The cost of a route in distance units. O(length) */
export function routeCost(relaxation: Relaxation, route: readonly number[]): number {
  const { cost, size } = relaxation;
  let sum = 0;
  let at = 0;
  for (const customer of route) {
    sum += cost[at * size + customer];
    at = customer;
  }
  return sum + cost[at * size];
}

/**
 * Most routes of a plan cheaper than `below` (distance units): m routes have 2m depot edges, none
 * more than twice, and n − m edges that are a forest on the customers, so they cost at least twice
 * the m least depot edges and the n − m least edges of a least spanning tree. O(n²)
 */
export function mostRoutes(relaxation: Relaxation, below: number): number {
  const { n, size, cost, fewest, fleet } = relaxation;
  const least = (i: number, j: number) => Math.min(cost[i * size + j], cost[j * size + i]);
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
