/**
 * The instance as column generation sees it: a relaxation of what the checker accepts, in numbers
 * whose sums are exact, so that a bound computed from rounded duals is proven.
 */
import { isPlain } from '../../../../src/problems/vrp/features.ts';
import { vehicleTypes, type PackedVrp } from '../../../../src/problems/vrp/instance.ts';
import { depotNode, packedDistance, unitsPer } from '../../../../src/problems/vrp/metric.ts';

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
  /** What leaving a customer out costs, by node; Infinity for those that must be served. */
  prize: Float64Array;
  /** May any customer be left out; then no cut may count on all being served. */
  optional: boolean;
}

/**
 * The relaxation of a plain instance, which is as good as the instance itself, or of one with
 * variants (`relaxVariants`). O(n²)
 */
export function relax(packed: PackedVrp): Relaxation {
  return isPlain(packed) ? relaxPlain(packed) : relaxVariants(packed);
}

function relaxPlain(packed: PackedVrp): Relaxation {
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
  const grid = gridFor(size, longest, whole);
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
    prize: new Float64Array(size).fill(Infinity),
    optional: false,
  };
}

/** As fine as leaves room for the sum of a whole plan. */
function gridFor(size: number, longest: number, whole: boolean): number {
  let grid = 1;
  let room = LARGEST_SUM / (8 * size * longest);
  for (let halvings = 0; room >= 2 && !(whole && halvings === FINEST_GRID); halvings++) {
    grid /= 2;
    room /= 2;
  }
  return grid;
}

function wholeDistances(distance: (i: number, j: number) => number, nodes: number): boolean {
  for (let i = 0; i < nodes; i++)
    for (let j = 0; j < nodes; j++) if (!Number.isInteger(distance(i, j))) return false;
  return true;
}

/** Can `relaxVariants` take it: pairs would leave no load to bound routes by. */
export const isRelaxable = ({ extras }: PackedVrp): boolean =>
  !extras?.deliverTo.some((customer) => customer > 0);

/**
 * Every vehicle as the largest, cheapest and nearest of all: a route starts and ends at whichever
 * depot in use is nearest, at the least rate and cost per vehicle; backhauls go anywhere as long as
 * deliveries and backhauls together are at most two loads; open routes end for nothing. Whoever may
 * be left out costs the prize then. Each of these only allows more plans, or cheaper ones. O(n²)
 */
function relaxVariants(packed: PackedVrp): Relaxation {
  const { x, rounding, demand, vehicles, service } = packed;
  const extras = packed.extras!;
  const size = x.length;
  const n = size - 1;
  const units = unitsPer(rounding);
  const forgiven = FORGIVEN * units;
  const distance = packedDistance(packed);
  const { depots, durations, open } = extras;
  const nodes = size + depots.length;
  const time = durations ? (i: number, j: number) => durations[i * nodes + j] : distance;
  const types = vehicleTypes({
    capacity: packed.capacity,
    fixedCost: extras.fixedCost,
    depots,
    fleet: extras.fleet,
  });
  const least = (list: readonly number[]) => list.reduce((low, value) => Math.min(low, value));
  const rate = least(types.map(({ perDistance }) => perDistance));
  const fixed = units * least(types.map(({ fixed }) => fixed));
  const homes = [...new Set(types.map(({ depot }) => depotNode(n, depot)))];
  const backhauls = extras.backhaul.includes(1);

  const exact = new Float64Array(size * size);
  const leave = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      if (i === j) continue;
      const from = i === 0 ? homes : [i];
      const to = j === 0 ? homes : [j];
      const home = j === 0 && open;
      const shortest = (way: (a: number, b: number) => number) =>
        home ? 0 : least(from.flatMap((a) => to.map((b) => way(a, b))));
      // The vehicle's cost in two halves, one at each end of its route.
      exact[i * size + j] = rate * shortest(distance) + (i === 0 || j === 0 ? fixed / 2 : 0);
      leave[i * size + j] = shortest(time) + (home || i === 0 ? 0 : service[i] * units);
    }
  let longest = 1;
  for (const way of exact) longest = Math.max(longest, way);
  const prize = new Float64Array(size).fill(Infinity);
  for (let i = 1; i <= n; i++) {
    prize[i] = extras.prize[i] * units;
    if (prize[i] < Infinity) longest = Math.max(longest, prize[i]);
  }
  const optional = prize.some((value) => value < Infinity);
  // Then every plan costs a whole number of units, whatever vehicles it uses.
  const whole =
    types.every(
      (type) => Number.isInteger(type.perDistance) && Number.isInteger(type.fixed * units),
    ) &&
    prize.every((value) => value === Infinity || Number.isInteger(value)) &&
    wholeDistances(distance, nodes);
  const grid = gridFor(size, longest, whole);

  const largest = types.reduce((most, { capacity }) => Math.max(most, capacity), 0);
  let must = 0;
  for (let i = 1; i <= n; i++)
    if (prize[i] === Infinity && extras.backhaul[i] === 0) must += demand[i];
  const count = types.reduce((sum, type) => sum + type.count, 0);
  const windows = (pick: (at: number) => number) =>
    homes.map((home) => pick(home === 0 ? 0 : home - n));
  const ready = packed.ready.map((value) => value * units);
  const due = packed.due.map((value) => value * units + forgiven);
  ready[0] =
    units * least(windows((d) => (d === 0 ? packed.ready[0] : (depots[d - 1].ready ?? 0))));
  due[0] = open
    ? Infinity
    : windows((d) => (d === 0 ? packed.due[0] : (depots[d - 1].due ?? Infinity))).reduce(
        (most, value) => Math.max(most, value),
      ) *
        units +
      forgiven;
  return {
    size,
    n,
    units,
    grid,
    whole,
    cost: exact.map((way) => Math.floor(way / grid) * grid),
    demand,
    capacity: backhauls ? 2 * largest : largest,
    fewest: must > 0 ? Math.max(1, Math.ceil(must / largest)) : 0,
    fleet: Math.min(n, vehicles, count),
    timed: ready.some((value) => value > 0) || due.some((value) => value < Infinity),
    leave,
    ready,
    due,
    limited: packed.maxDuration < Infinity,
    maxDuration: packed.maxDuration * units + forgiven,
    prize: prize.map((value) => Math.floor(value / (2 * grid)) * 2 * grid),
    optional,
  };
}

/** What `relaxVariants` gives up of an instance, in words; '' for nothing. */
export function relaxedParts({ extras }: PackedVrp): string {
  if (!extras) return '';
  const parts: string[] = [];
  if (extras.depots.length > 0) parts.push('any depot at either end');
  if (extras.fleet.length > 1) parts.push('the largest and cheapest vehicle');
  if (extras.backhaul.includes(1)) parts.push('backhauls in any order');
  return parts.join(', ');
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
  const { n, size, cost, fewest, fleet, optional } = relaxation;
  // Who is left out needs no edge.
  if (optional) return fleet;
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
