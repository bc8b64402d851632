/**
 * The instance as column generation sees it: a relaxation of what the checker accepts, with one
 * network for each kind of vehicle.
 */
import { isPlain } from '../../../../src/problems/vrp/features.ts';
import {
  vehicleTypes,
  type FullType,
  type PackedVrp,
} from '../../../../src/problems/vrp/instance.ts';
import { depotNode, packedDistance, unitsPer } from '../../../../src/problems/vrp/metric.ts';
import { fewestFor, gridFor, type Network, type Relaxation } from './network.ts';
import { isBarred, narrowWindows, pairsOf } from './pairs.ts';

/** What the checker forgives, and room for the rounding of sums of times; instance units. */
const FORGIVEN = 2e-6;
/** Most kinds of vehicles; with more types, all are as the largest, cheapest and nearest. */
const MOST_KINDS = 8;
/** By one of these, costs of vehicles, rates and prizes become whole, if at all. */
const SCALES = [1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100] as const;
/** How far a decimal fraction in double precision may be from what is meant. */
const NEARLY = 1e-13;
/** What sums of such fractions lose. */
const FRACTION_SLACK = 1e-12;
const SUM_SLACK = 1e-9;

/**
 * The relaxation of a plain instance, which is as good as the instance itself, or of one with
 * variants (`relaxVariants`). O(n² · kinds)
 */
export function relax(packed: PackedVrp): Relaxation {
  return isPlain(packed) ? relaxPlain(packed) : relaxVariants(packed);
}

const isTimed = (ready: Float64Array, due: Float64Array): boolean =>
  ready.some((time) => time > 0) || due.some((time) => time < Infinity);

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
  let total = 0;
  for (let i = 1; i < size; i++) total += demand[i];
  const network: Network = {
    size,
    n,
    grid,
    cost: exact.map((way) => Math.floor(way / grid) * grid),
    demand,
    capacity,
    backhaul: null,
    pairs: null,
    fleet: Math.min(n, vehicles),
    timed: isTimed(packed.ready, packed.due),
    leave: exact.map((way, arc) => way + service[Math.floor(arc / size)] * units),
    ready: packed.ready.map((time) => time * units),
    due: packed.due.map((time) => time * units + forgiven),
    limited: packed.maxDuration < Infinity,
    maxDuration: packed.maxDuration * units + forgiven,
  };
  return {
    size,
    n,
    units,
    grid,
    whole,
    slack: 0,
    exact: true,
    networks: [network],
    kindOf: [0],
    fewest: Math.max(1, Math.ceil(total / capacity)),
    fleet: network.fleet,
    prize: new Float64Array(size).fill(Infinity),
    optional: false,
    rows: size,
  };
}

/** Can `relaxVariants` take it: pairs leave no load to bound routes by, so there must be windows. */
export const isRelaxable = ({ extras, due }: PackedVrp): boolean =>
  !extras?.deliverTo.some((customer) => customer > 0) ||
  (!extras.open && due[0] < Infinity && extras.depots.every((depot) => depot.due !== undefined)) ||
  due.subarray(1).every((time) => time < Infinity);

const typesOf = ({ capacity, extras }: PackedVrp): FullType[] =>
  vehicleTypes({
    capacity,
    fixedCost: extras?.fixedCost,
    depots: extras?.depots,
    fleet: extras?.fleet,
  });

/** The types of vehicles whose network is one: each its own, or all when there are too many. */
const kindsOf = (types: readonly FullType[]): FullType[][] =>
  types.length <= MOST_KINDS ? types.map((type) => [type]) : [[...types]];

const least = (list: readonly number[]) => list.reduce((low, value) => Math.min(low, value));
const largest = (list: readonly number[]) => list.reduce((most, value) => Math.max(most, value));

/** The first scale by which all are whole; 0 when there is none. */
function scaleOf(values: readonly number[]): number {
  const isWhole = (value: number): boolean =>
    Math.abs(value - Math.round(value)) <= NEARLY * Math.max(1, Math.abs(value));
  return SCALES.find((scale) => values.every((value) => isWhole(scale * value))) ?? 0;
}

/**
 * One network for each type of vehicle: its capacity, costs, depot and number. With too many types
 * there is one for all: as the largest of them, at the least rate and cost per vehicle, from and to
 * whichever depot is nearest. The ends of a pair are served each by itself, as if they had no load.
 * Whoever may be left out costs the prize then. Each of these only allows more plans, or cheaper ones;
 * requests are known from the start. O(n² · kinds)
 */
function relaxVariants(packed: PackedVrp): Relaxation {
  const { x, rounding, demand, vehicles, service } = packed;
  const extras = packed.extras!;
  const { depots, durations, open, backhaul } = extras;
  const size = x.length;
  const n = size - 1;
  const timeUnits = unitsPer(rounding);
  const forgiven = FORGIVEN * timeUnits;
  const distance = packedDistance(packed);
  const nodes = size + depots.length;
  const time = durations ? (i: number, j: number) => durations[i * nodes + j] : distance;
  const types = typesOf(packed);
  const kinds = kindsOf(types);
  const pairs = pairsOf(extras);
  // The prize of a pick-up is that of the pair.
  const prizes = extras.prize.map((prize, i) =>
    pairs &&
    pairs.partner[i] > 0 &&
    pairs.starts[i] === 0 &&
    extras.prize[pairs.partner[i]] < Infinity
      ? 0
      : prize,
  );
  const mandatory = (i: number) => prizes[i] === Infinity;
  const loads = pairs ? demand.map((load, i) => (pairs.partner[i] > 0 ? 0 : load)) : demand;

  // Then every plan costs a whole number of units, whatever vehicles it uses.
  const scale = wholeDistances(distance, nodes)
    ? scaleOf([
        ...types.flatMap(({ perDistance, fixed }) => [perDistance, fixed * timeUnits]),
        ...prizes
          .subarray(1)
          .filter((prize) => prize < Infinity)
          .map((p) => p * timeUnits),
      ])
    : 0;
  const whole = scale > 0;
  const costScale = whole ? scale : 1;
  const units = timeUnits * costScale;
  const inCost = (value: number) => (whole ? Math.round(value * costScale) : value);

  let longest = 1;
  const costs = kinds.map((kind) => {
    const homes = kind.map(({ depot }) => depotNode(n, depot));
    const rate = inCost(least(kind.map(({ perDistance }) => perDistance)));
    const fixed = inCost(timeUnits * least(kind.map((type) => type.fixed)));
    const capacity = largest(kind.map((type) => type.capacity));
    const exact = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        if (i === j) continue;
        const way = nearest(distance, homes, open, i, j);
        // The vehicle's cost in two halves, one at each end of its route.
        const cost = rate * way + (i === 0 || j === 0 ? fixed / 2 : 0);
        longest = Math.max(longest, cost);
        const delivers = j > 0 && backhaul[j] === 0 && !(pairs && pairs.partner[j] > 0);
        const turnsBack = i > 0 && backhaul[i] === 1 && delivers;
        const barred = turnsBack || (pairs !== null && isBarred(pairs, demand, capacity, i, j));
        exact[i * size + j] = barred ? Infinity : cost;
      }
    return exact;
  });
  const prize = new Float64Array(size).fill(Infinity);
  for (let i = 1; i <= n; i++)
    if (!mandatory(i)) {
      prize[i] = inCost(prizes[i] * timeUnits);
      longest = Math.max(longest, prize[i]);
    }
  const grid = gridFor(size, longest, whole);

  const ready = packed.ready.map((value) => value * timeUnits);
  const due = packed.due.map((value) => value * timeUnits + forgiven);
  if (pairs) narrowWindows(pairs, time, (i) => service[i] * timeUnits, ready, due);
  const opening = (depot: number) =>
    depot === 0 ? packed.ready[0] : (depots[depot - 1].ready ?? 0);
  const closing = (depot: number) =>
    depot === 0 ? packed.due[0] : (depots[depot - 1].due ?? Infinity);
  const fleet = Math.min(n, vehicles);
  const networks = kinds.map((kind, k): Network => {
    const homes = kind.map(({ depot }) => depotNode(n, depot));
    const leave = new Float64Array(size * size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        if (i === j) continue;
        leave[i * size + j] =
          nearest(time, homes, open, i, j) + (i === 0 ? 0 : service[i] * timeUnits);
      }
    const opens = ready.slice();
    const closes = due.slice();
    opens[0] = timeUnits * least(kind.map(({ depot }) => opening(depot)));
    closes[0] = open
      ? Infinity
      : timeUnits * largest(kind.map(({ depot }) => closing(depot))) + forgiven;
    return {
      size,
      n,
      grid,
      cost: costs[k].map((way) => Math.floor(way / grid) * grid),
      demand: loads,
      capacity: largest(kind.map(({ capacity }) => capacity)),
      backhaul: backhaul.includes(1) ? backhaul : null,
      pairs,
      fleet: Math.min(
        fleet,
        kind.reduce((sum, { count }) => sum + count, 0),
      ),
      timed: isTimed(opens, closes),
      leave,
      ready: opens,
      due: closes,
      limited: packed.maxDuration < Infinity,
      maxDuration: packed.maxDuration * timeUnits + forgiven,
    };
  });

  let deliveries = 0;
  let backhauls = 0;
  for (let i = 1; i <= n; i++)
    if (mandatory(i)) {
      if (backhaul[i] === 1) backhauls += loads[i];
      else deliveries += loads[i];
    }
  const most = Math.min(
    fleet,
    networks.reduce((sum, network) => sum + network.fleet, 0),
  );
  const must = Array.from({ length: n }, (_, i) => i + 1).some(mandatory);
  const fewest = Math.max(
    must ? 1 : 0,
    fewestFor(networks, deliveries),
    fewestFor(networks, backhauls),
  );
  const separate = kinds.every((kind) => kind.length === 1);
  return {
    size,
    n,
    units,
    grid,
    whole,
    slack: !whole ? SUM_SLACK : scale > 1 ? FRACTION_SLACK : 0,
    exact: separate && !pairs && !extras.known.some((at) => at > 0),
    networks,
    kindOf: types.map((_, type) => (separate ? type : 0)),
    fewest: Math.min(most, fewest),
    fleet: most,
    prize: prize.map((value) => Math.floor(value / (2 * grid)) * 2 * grid),
    optional: prize.subarray(1).some((value) => value < Infinity),
    rows: size + (networks.length > 1 ? networks.length : 0),
  };
}

/** The way from i to j; 0 is the nearest of the homes, to which open routes need not go. O(homes) */
function nearest(
  way: (i: number, j: number) => number,
  homes: readonly number[],
  open: boolean,
  i: number,
  j: number,
): number {
  if (i > 0 && j > 0) return way(i, j);
  if (i > 0 && open) return 0;
  let low = Infinity;
  for (const home of homes) low = Math.min(low, i > 0 ? way(i, home) : way(home, j));
  return low;
}

function wholeDistances(distance: (i: number, j: number) => number, nodes: number): boolean {
  for (let i = 0; i < nodes; i++)
    for (let j = 0; j < nodes; j++) if (!Number.isInteger(distance(i, j))) return false;
  return true;
}

/** What `relaxVariants` gives up of an instance, in words; '' for nothing. */
export function relaxedParts(packed: PackedVrp): string {
  const parts: string[] = [];
  if (typesOf(packed).length > MOST_KINDS)
    parts.push('the largest, cheapest and nearest of all vehicles');
  if (packed.extras && pairsOf(packed.extras)) parts.push('the ends of a pair each by itself');
  if (packed.extras?.known.some((at) => at > 0)) parts.push('all requests known');
  return parts.join(', ');
}
