/** A day on a virtual clock: requests come in, vehicles leave, the open part is planned anew. */
import type { Neighbours } from '../../../../src/core/neighbours.ts';
import type { Rng } from '../../../../src/core/rng.ts';
import type { Epoch, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { DROP, type RichModel } from '../rich/model.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { createReplanner } from './replan.ts';

export interface Policy {
  /** Steps of ruin and recreate after each arrival; 0 for insertion alone. */
  steps: number;
  /** The same before the day begins. */
  opening: number;
  /** How much of the time to spare a vehicle waits before it leaves: 0 none, 1 all. */
  wait: number;
  /** Requests are looked at every so often, in units; 0 at once. */
  interval: number;
}

export type DayEvent =
  | { kind: 'step' }
  /** The plan stands anew; times in units. */
  | { kind: 'epoch'; now: number; known: number; left: number; cost: number };

export interface Day {
  solution: VrpSolution;
  /** Customers who must be served and were not. */
  missing: number;
}

/** Most customers over all epochs that are kept. */
const EPOCH_VISITS = 200_000;

/**
 * Drives the day through. A request known at the very time a vehicle would leave comes first. A
 * vehicle without a next customer stays where it is until it gets one. Yields each step of planning
 * and each new plan. Nothing is decided by what is not known yet.
 */
export function* driveDay(
  model: RichModel,
  neighbours: Neighbours,
  rng: Rng,
  policy: Policy,
): Generator<DayEvent, Day, void> {
  const { n, units, packed } = model;
  const fleet = createFleet(model);
  const replanner = createReplanner(model, fleet, neighbours, rng);
  const known = Float64Array.from(
    { length: n + 1 },
    // A pair is one request, known with its pick-up.
    (_, c) => (packed.extras?.known[model.kind[c] === DROP ? model.partner[c] : c] ?? 0) * units,
  );
  const opening = model.opens.reduce((low, value) => Math.min(low, value), Infinity);
  const seen = (c: number): number =>
    known[c] <= opening
      ? opening
      : policy.interval > 0
        ? opening + Math.ceil((known[c] - opening) / policy.interval) * policy.interval
        : known[c];
  const order = Array.from({ length: n }, (_, i) => i + 1).sort(
    (a, b) => seen(a) - seen(b) || a - b,
  );
  const times = new Set(order.map(seen)).size;
  const every = Math.max(1, Math.ceil((times * n) / EPOCH_VISITS));
  const epochs: Epoch[] = [];
  let plans = 0;
  let revealed = 0;
  let left = 0;
  let now = opening;
  for (;;) {
    const departure = nextDeparture(model, fleet, policy.wait, now);
    const request = revealed < n ? seen(order[revealed]) : Infinity;
    if (departure === null && request === Infinity) break;
    if (departure !== null && departure.at < request) {
      now = departure.at;
      fleet.leave(departure.route, now);
      left++;
      continue;
    }
    now = request;
    fleet.retime(now);
    while (revealed < n && seen(order[revealed]) <= now) fleet.call(order[revealed++]);
    replanner.insert();
    for (const _ of replanner.improve(plans === 0 ? policy.opening : policy.steps))
      yield { kind: 'step' };
    if (plans++ % every === 0) epochs.push({ at: now / units, routes: routesOf(model, fleet) });
    yield { kind: 'epoch', now, known: revealed, left, cost: fleet.cost };
  }
  let missing = 0;
  for (let i = 0; i < fleet.outs; i++) if (model.prize[fleet.out[i]] === Infinity) missing++;
  const routes: number[][] = [];
  const types: number[] = [];
  for (let r = 0; r < fleet.slots; r++) {
    if (fleet.count[r] === 0) continue;
    routes.push(routeOf(model, fleet, r));
    types.push(fleet.type[r]);
  }
  const departures = routes.map((route) => route.map((c) => fleet.departed[c] / units));
  const varied = types.some((type) => type > 0);
  return {
    solution: { routes, ...(varied ? { types } : {}), departures, epochs },
    missing,
  };
}

/** The vehicle that leaves next, and when; null when all have gone where they are to go. */
function nextDeparture(
  { nodes, side, time, home }: RichModel,
  { slots, count, tail, next, type, freeAt, latest }: Fleet,
  wait: number,
  now: number,
): { route: number; at: number } | null {
  let chosen = -1;
  let first = Infinity;
  for (let r = 0; r < slots; r++) {
    const c = next[tail[r]];
    if (count[r] === 0 || c >= nodes) continue;
    const from = tail[r] >= nodes ? home[type[r]] : tail[r];
    const last = latest[c] - time[from * side + c];
    const spare = last < Infinity ? Math.max(0, last - freeAt[r]) : 0;
    const at = Math.max(now, freeAt[r] + wait * spare);
    if (at < first) {
      first = at;
      chosen = r;
    }
  }
  return chosen < 0 ? null : { route: chosen, at: first };
}

function routeOf({ nodes }: RichModel, { next }: Fleet, route: number): number[] {
  const customers: number[] = [];
  for (let node = next[nodes + route]; node < nodes; node = next[node]) customers.push(node);
  return customers;
}

const routesOf = (model: RichModel, fleet: Fleet): number[][] =>
  Array.from({ length: fleet.slots }, (_, r) => routeOf(model, fleet, r)).filter(
    (route) => route.length > 0,
  );
