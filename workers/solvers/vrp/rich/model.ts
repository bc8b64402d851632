/** An instance with variants as the ruin and recreate for them sees it: flat, in units. */
import {
  vehicleTypes,
  type PackedVrp,
  type VrpSolution,
} from '../../../../src/problems/vrp/instance.ts';
import { depotNode, packedDistance, unitsPer } from '../../../../src/problems/vrp/metric.ts';

/** What a customer's demand does. */
export const DELIVERY = 0;
export const BACKHAUL = 1;
export const PICK_UP = 2;
export const DROP = 3;

/** Nodes: 0 the depot, 1 … n customers, further depots, and one that is no place at all. */
export interface RichModel {
  packed: PackedVrp;
  n: number;
  /** Nodes with a place. */
  nodes: number;
  /** Side of the matrices: `nodes` + 1; the last node is where open routes end, 0 from all. */
  side: number;
  /** Units per unit of the instance: costs, distances and times below are in these. */
  units: number;
  /** Row-major. */
  distance: Float64Array;
  /** Driving times; the same array when they are the distances. */
  time: Float64Array;
  /** By vehicle type. */
  types: number;
  capacity: Float64Array;
  count: Float64Array;
  fixed: Float64Array;
  /** Cost per unit of distance. */
  rate: Float64Array;
  /** Where its routes start and end, as nodes. */
  home: Int32Array;
  end: Int32Array;
  opens: Float64Array;
  closes: Float64Array;
  /** Most routes. */
  vehicles: number;
  maxDuration: number;
  /** By customer; of a pair, both have what is carried. */
  demand: Float64Array;
  kind: Uint8Array;
  /** The other end of a pair; 0 for none. */
  partner: Int32Array;
  /** Cost of leaving a customer out; Infinity for those that must be served. */
  prize: Float64Array;
  ready: Float64Array;
  due: Float64Array;
  service: Float64Array;
  timed: boolean;
  limited: boolean;
  /** Are there backhauls or pairs: what is on board goes up as well as down. */
  profile: boolean;
}

/** O(n²); yields 0 about every millisecond. */
export function* buildRichModel(packed: PackedVrp): Generator<number, RichModel, void> {
  const { x, extras } = packed;
  const n = x.length - 1;
  const depots = extras?.depots ?? [];
  const nodes = n + 1 + depots.length;
  const side = nodes + 1;
  const units = unitsPer(packed.rounding);
  const exact = packedDistance(packed);
  const distance = new Float64Array(side * side);
  for (let i = 0; i < nodes; i++) {
    for (let j = 0; j < nodes; j++) distance[i * side + j] = i === j ? 0 : exact(i, j);
    if (i % 8 === 7) yield 0;
  }
  let time = distance;
  if (extras?.durations) {
    time = new Float64Array(side * side);
    for (let i = 0; i < nodes; i++)
      for (let j = 0; j < nodes; j++) time[i * side + j] = extras.durations[i * nodes + j];
  }
  const types = vehicleTypes({
    capacity: packed.capacity,
    fixedCost: extras?.fixedCost,
    depots,
    fleet: extras?.fleet,
  });
  const column = (of: (type: (typeof types)[number]) => number) => Float64Array.from(types, of);
  const home = Int32Array.from(types, ({ depot }) => depotNode(n, depot));
  const opens = (depot: number) => (depot === 0 ? packed.ready[0] : (depots[depot - 1].ready ?? 0));
  const closes = (depot: number) =>
    depot === 0 ? packed.due[0] : (depots[depot - 1].due ?? Infinity);
  const open = extras?.open ?? false;
  const demand = Float64Array.from(packed.demand);
  const kind = new Uint8Array(n + 1);
  const partner = new Int32Array(n + 1);
  for (let c = 1; c <= n; c++) {
    if (extras?.backhaul[c]) kind[c] = BACKHAUL;
    const to = extras?.deliverTo[c] ?? 0;
    if (to === 0) continue;
    kind[c] = PICK_UP;
    kind[to] = DROP;
    partner[c] = to;
    partner[to] = c;
    demand[to] = demand[c];
  }
  const prize = new Float64Array(n + 1).fill(Infinity);
  if (extras) for (let c = 1; c <= n; c++) prize[c] = extras.prize[c] * units;
  const scaled = (times: Float64Array) => times.map((value) => value * units);
  const closing = column(({ depot }) => (open ? Infinity : closes(depot) * units));
  return {
    packed,
    n,
    nodes,
    side,
    units,
    distance,
    time,
    types: types.length,
    capacity: column(({ capacity }) => capacity),
    count: column(({ count }) => count),
    fixed: column(({ fixed }) => fixed * units),
    rate: column(({ perDistance }) => perDistance),
    home,
    end: open ? home.map(() => nodes) : home,
    opens: column(({ depot }) => opens(depot) * units),
    closes: closing,
    vehicles: Math.min(n, packed.vehicles),
    maxDuration: packed.maxDuration * units,
    demand,
    kind,
    partner,
    prize,
    ready: scaled(packed.ready),
    due: scaled(packed.due),
    service: scaled(packed.service),
    timed:
      closing.some((value) => value < Infinity) ||
      packed.ready.some((value) => value > 0) ||
      packed.due.some((value, i) => i > 0 && value < Infinity),
    limited: packed.maxDuration < Infinity,
    profile: kind.some((value) => value !== DELIVERY),
  };
}

/** The objective of a plan in the instance's unit, as the checker counts it. O(n). */
export function planCost(model: RichModel, { routes, types }: VrpSolution): number {
  const { side, distance, units, home, end, rate, fixed, prize, partner, kind, n } = model;
  const driven = new Float64Array(model.types);
  const used = new Float64Array(model.types);
  const served = new Uint8Array(n + 1);
  routes.forEach((route, r) => {
    if (route.length === 0) return;
    const type = types?.[r] ?? 0;
    let at = home[type];
    let length = 0;
    for (const customer of route) {
      length += distance[at * side + customer];
      served[customer] = 1;
      at = customer;
    }
    driven[type] += length + distance[at * side + end[type]];
    used[type]++;
  });
  let cost = 0;
  for (let type = 0; type < model.types; type++)
    cost += (rate[type] * driven[type]) / units + (fixed[type] / units) * used[type];
  for (let c = 1; c <= n; c++)
    if (served[c] === 0 && !(kind[c] === DROP && served[partner[c]] === 0))
      cost += prize[c] / units;
  return cost;
}

/**
 * Why no plan exists, when that is plain: a customer that must be served and fits no vehicle, or more
 * deliveries than the whole fleet carries. O(n).
 */
export function richObstacle(model: RichModel): string | null {
  const { n, demand, kind, prize, capacity, count, vehicles } = model;
  const largest = capacity.reduce((most, value) => Math.max(most, value), 0);
  let total = 0;
  for (let c = 1; c <= n; c++) {
    if (prize[c] < Infinity || kind[c] === DROP) continue;
    if (demand[c] > largest)
      return `Customer ${c} demands ${demand[c]}, more than a vehicle carries (${largest}).`;
    if (kind[c] === DELIVERY) total += demand[c];
  }
  let carried = 0;
  for (let type = 0; type < model.types; type++)
    carried += capacity[type] * Math.min(count[type], vehicles);
  carried = Math.min(carried, vehicles * largest);
  return total > carried
    ? `The demand of ${total} is more than the vehicles carry (${carried}).`
    : null;
}

/** Fewest vehicles for the deliveries that must be made; at least 1. */
export function fewestVehicles({ n, kind, prize, demand, capacity }: RichModel): number {
  let must = 0;
  for (let c = 1; c <= n; c++) if (kind[c] === DELIVERY && prize[c] === Infinity) must += demand[c];
  return Math.max(1, Math.ceil(must / capacity.reduce((most, value) => Math.max(most, value), 0)));
}
