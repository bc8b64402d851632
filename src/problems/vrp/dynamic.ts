/**
 * Requests that become known while vehicles drive. The plan as driven keeps to this convention:
 *
 * - A vehicle leaves for a customer once the one before is served, and not before the request is
 *   known. Once it has left it goes there.
 * - It may wait anywhere, also at its last customer for a request to come, as long as it is back in
 *   time.
 * - Where all is delivered or all collected, what is on board serves any customer of the route
 *   (goods alike), so only the sum of demands is limited.
 * - Where goods are also picked up on the way (pairs, backhauls), a vehicle carries from the depot
 *   what is planned for it when it leaves: its deliveries are known by then and stay with it.
 * - A pair is one request, known with its pick-up.
 *
 * Epochs are how the plan stood when it was made anew. An epoch knows no later request, and the past
 * is frozen: what had been driven by then is how its routes begin.
 */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import { isDynamic, LIMITS, type Epoch, type VrpInstance, type VrpSolution } from './instance.ts';
import { deliveredTo, TIME_SLACK, type RouteTiming } from './route.ts';

type Report = (text: string) => void;

const short = (value: number): string => String(Math.round(value * 100) / 100);

/** When each customer becomes known, from 1; the end of a pair with its pick-up. O(n). */
export function knownTimes({ customers }: Pick<VrpInstance, 'customers'>): Float64Array {
  const times = new Float64Array(customers.length + 1);
  customers.forEach(({ known = 0 }, i) => (times[i + 1] = known));
  customers.forEach(({ known = 0, deliverTo }) => {
    if (deliverTo) times[deliverTo] = known;
  });
  return times;
}

/** Is anything picked up on the way, so that what was loaded at the depot matters. */
const picksUp = ({ customers }: VrpInstance): boolean =>
  customers.some(({ backhaul, deliverTo }) => backhaul || deliverTo);

/** The deliveries from the depot among these customers. */
function deliveriesOf(instance: VrpInstance, customers: readonly number[]): number[] {
  const arriving = deliveredTo(instance);
  return customers.filter((customer) => {
    const { backhaul, deliverTo } = instance.customers[customer - 1];
    return !backhaul && !deliverTo && !arriving.has(customer);
  });
}

/** Were the deliveries of a route known when its vehicle left with them. O(n). */
export function checkLoaded(
  instance: VrpInstance,
  route: readonly number[],
  r: number,
  { visits }: RouteTiming,
  report: Report,
): void {
  if (visits.length === 0 || !isDynamic(instance) || !picksUp(instance)) return;
  for (const customer of deliveriesOf(instance, route)) {
    const { known = 0 } = instance.customers[customer - 1];
    if (known > visits[0].depart + TIME_SLACK)
      report(
        `The vehicle of route ${r + 1} leaves at ${short(visits[0].depart)} with the goods of customer ${customer}, who is known only at ${known}.`,
      );
  }
}

/** Were departures given, and is each a number that its vehicle and the request allow. O(length). */
export function checkDepartures(
  instance: VrpInstance,
  route: readonly number[],
  r: number,
  departures: unknown,
  { visits }: RouteTiming,
  opens: number,
  report: Report,
): void {
  if (!Array.isArray(departures) || departures.length !== route.length)
    return report(`Route ${r + 1} does not have one departure for each customer.`);
  let free = opens;
  visits.forEach(({ customer, leave }, p) => {
    const departure: unknown = departures[p];
    const known = instance.customers[customer - 1].known ?? 0;
    if (typeof departure !== 'number' || !Number.isFinite(departure))
      report(`The departure for customer ${customer} is not a number (route ${r + 1}).`);
    else if (departure < known - TIME_SLACK)
      report(
        `The vehicle of route ${r + 1} leaves for customer ${customer} at ${short(departure)}, before the request is known at ${known}.`,
      );
    else if (departure < free - TIME_SLACK)
      report(
        `The vehicle of route ${r + 1} leaves for customer ${customer} at ${short(departure)}, but is free only at ${short(free)}.`,
      );
    free = leave;
  });
}

/**
 * Do the epochs know no later request, serve nobody twice, and begin with what had been driven.
 * `timings` are those of the plan's routes that are not empty. O(epochs·n).
 */
export function checkEpochs(
  instance: VrpInstance,
  solution: VrpSolution,
  timings: readonly RouteTiming[],
  report: Report,
): void {
  const read = readEpochs(instance, solution.epochs);
  if (!read.ok) return report(read.issues[0].message);
  const knowns = knownTimes(instance);
  const fixesLoads = picksUp(instance);
  let before = -Infinity;
  for (const { at, routes } of read.value) {
    if (at < before) report(`The epochs go back from ${short(before)} to ${short(at)}.`);
    before = at;
    const seen = new Set<number>();
    const byFirst = new Map<number, readonly number[]>();
    for (const route of routes) {
      if (route.length > 0) byFirst.set(route[0], route);
      for (const customer of route) {
        const known = knowns[customer];
        if (known > at + TIME_SLACK)
          report(
            `The plan at ${short(at)} serves customer ${customer}, who is known only at ${known}.`,
          );
        if (seen.has(customer))
          report(`The plan at ${short(at)} serves customer ${customer} more than once.`);
        seen.add(customer);
      }
    }
    for (const { visits } of timings) {
      if (visits.length === 0 || visits[0].depart >= at - TIME_SLACK) continue;
      const planned = byFirst.get(visits[0].customer);
      if (fixesLoads && planned) {
        const driven = visits.map(({ customer }) => customer);
        const loaded = new Set(deliveriesOf(instance, planned));
        const brought = deliveriesOf(instance, driven);
        const other = brought.find((customer) => !loaded.delete(customer)) ?? [...loaded][0];
        if (other !== undefined)
          report(
            `The plan at ${short(at)} changes what a vehicle under way had loaded: the goods of customer ${other}.`,
          );
      }
      const broken = visits.find(
        ({ customer, depart }, p) => depart < at - TIME_SLACK && planned?.[p] !== customer,
      );
      if (broken)
        report(
          `The plan at ${short(at)} does not keep what was driven: the vehicle had left for customer ${broken.customer}.`,
        );
    }
  }
}

/** Epochs by shape and size; customers must exist. */
export function readEpochs(instance: VrpInstance, value: unknown): Result<Epoch[]> {
  const bad = (message: string): Result<Epoch[]> => fail({ path: ['epochs'], message } as Issue);
  if (!Array.isArray(value)) return bad('The epochs are not a list.');
  if (value.length > LIMITS.epochs) return bad(`More than ${LIMITS.epochs} epochs.`);
  const n = instance.customers.length;
  let visits = 0;
  for (const epoch of value as unknown[]) {
    const { at, routes } = (epoch ?? {}) as { at?: unknown; routes?: unknown };
    if (typeof at !== 'number' || !Number.isFinite(at) || !Array.isArray(routes))
      return bad('An epoch is {"at": …, "routes": [[…], …]}.');
    for (const route of routes as unknown[]) {
      if (!Array.isArray(route)) return bad('A route of an epoch is a list of customers.');
      visits += route.length + 1;
      if (visits > LIMITS.epochVisits) return bad('The epochs have too many visits.');
      for (const customer of route as unknown[])
        if (!Number.isInteger(customer) || (customer as number) < 1 || (customer as number) > n)
          return bad(`"${String(customer).slice(0, 20)}" in an epoch is not a customer.`);
    }
  }
  return ok(value as Epoch[]);
}

/** The same instance with all requests known in advance: what a clairvoyant plans. O(n). */
export const clairvoyant = (instance: VrpInstance): VrpInstance => ({
  ...instance,
  customers: instance.customers.map((customer) => {
    const { known, ...rest } = customer;
    return known === undefined ? customer : rest;
  }),
});

/** How urgent requests are, 0 … 1: all known in advance … all at the last moment. */
export interface Dynamism {
  /** Share of requests that become known later. */
  degree: number;
  /**
   * The effective degree of dynamism (Larsen, Madsen & Solomon 2002): the mean time of request over
   * the length of the day; null without a closing depot.
   */
  effective: number | null;
}

/** O(n). */
export function dynamismOf({ customers, depot }: VrpInstance): Dynamism {
  const opens = depot.ready ?? 0;
  const day = (depot.due ?? Infinity) - opens;
  let later = 0;
  let sum = 0;
  for (const { known = 0 } of customers) {
    if (known > 0) later++;
    sum += Math.max(0, known - opens);
  }
  const n = customers.length;
  return { degree: later / n, effective: day < Infinity && day > 0 ? sum / (n * day) : null };
}
