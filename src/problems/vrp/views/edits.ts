/** Changes of instances and plans that gestures and grids share. */
import { fail, type Result } from '../../../core/result.ts';
import type { Edit } from '../../views.ts';
import { check } from '../check.ts';
import {
  clean,
  cleanCustomer,
  LIMITS,
  vehicleTypes,
  type Customer,
  type Depot,
  type Matrix,
  type VrpInstance,
  type VrpSolution,
} from '../instance.ts';
import { locksWithout } from '../locks.ts';
import { deliveredTo, timeRoute } from '../route.ts';
import { validate } from '../schema.ts';
import { customerId } from './plan.ts';
import { withNewStock, withoutUses } from './stock-edits.ts';

export type VrpEdit = Edit<VrpInstance, VrpSolution>;

/** The extent of the map, at least 1. */
export function extentOf({ depot, customers, geographic }: VrpInstance): number {
  let extent = geographic ? 0.01 : 1;
  for (const { x, y } of customers)
    extent = Math.max(extent, Math.abs(x - depot.x), Math.abs(y - depot.y));
  return extent;
}

/** Coordinates to whole numbers on maps of whole numbers, else to about four digits. */
export function snap(instance: VrpInstance, value: number): number {
  const extent = extentOf(instance);
  const whole =
    extent >= 20 &&
    instance.customers.every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y));
  let grid = 1;
  if (!whole) while (grid > extent / 2000) grid /= 10;
  const snapped = whole ? Math.round(value) : Math.round(value / grid) * grid;
  const capped = Math.max(-LIMITS.coordinate, Math.min(LIMITS.coordinate, snapped));
  // Away with 0.30000000000000004, and with −0.
  return Number(capped.toPrecision(12)) || 0;
}

/** The demand a new customer gets: the mean, at least 1. */
function usualDemand({ customers, capacity }: VrpInstance): number {
  const total = customers.reduce((sum, { demand }) => sum + demand, 0);
  return Math.min(capacity, Math.max(1, Math.round(total / customers.length)));
}

/** With given distances a new place has none. */
const MATRIX_FIXED = {
  message: 'Distances are given, so there is no place to add.',
  hint: 'Take the distance matrix away first.',
};

export function addCustomer(instance: VrpInstance, x: number, y: number): Result<VrpInstance> {
  if (instance.matrix) return fail(MATRIX_FIXED);
  const demand = usualDemand(instance);
  const first = instance.customers[0];
  // Service as the others have it, when they agree.
  const same = instance.customers.every(({ service }) => service === first.service);
  const customer: Customer = {
    x: snap(instance, x),
    y: snap(instance, y),
    demand,
    ...(same && first.service !== undefined ? { service: first.service } : {}),
  };
  return validate(withNewStock(instance, customer));
}

/** Without the row and column of a node. */
function withoutNode({ distances, durations }: Matrix, node: number): Matrix {
  const cut = (rows: number[][]) =>
    rows.filter((_, i) => i !== node).map((row) => row.filter((_, j) => j !== node));
  return { distances: cut(distances), ...(durations ? { durations: cut(durations) } : {}) };
}

/** The other end of a customer's pair; undefined when it is in none. */
export function partnerOf(instance: VrpInstance, customer: number): number | undefined {
  const { deliverTo } = instance.customers[customer - 1];
  if (deliverTo || !deliveredTo(instance).has(customer)) return deliverTo;
  return instance.customers.findIndex((other) => other.deliverTo === customer) + 1;
}

/** A pick-up whose delivery goes becomes an ordinary customer, and the other way round. */
export function removeCustomer(instance: VrpInstance, customer: number): Result<VrpInstance> {
  const { customers, matrix } = instance;
  return validate({
    ...instance,
    ...(matrix ? { matrix: withoutNode(matrix, customer) } : {}),
    inventory: withoutUses(instance.inventory, customer),
    locked: locksWithout(instance, customer),
    customers: customers
      .filter((_, i) => i !== customer - 1)
      .map((other) => {
        const to = other.deliverTo;
        if (to === undefined) return other;
        if (to !== customer) return { ...other, deliverTo: to > customer ? to - 1 : to };
        return cleanCustomer({ ...other, deliverTo: undefined });
      }),
  });
}

export function addDepot(instance: VrpInstance): Result<VrpInstance> {
  if (instance.matrix) return fail(MATRIX_FIXED);
  const { depot, depots = [] } = instance;
  const extent = extentOf(instance);
  const side = depots.length % 2 === 0 ? 1 : -1;
  const place = {
    x: snap(instance, depot.x + (side * extent) / 3),
    y: snap(instance, depot.y + ((depots.length + 1) * extent) / 8),
  };
  return validate({ ...instance, depots: [...depots, place] });
}

/** Takes a further depot (from 1) away, with the vehicles that stand there. */
export function removeDepot(instance: VrpInstance, depot: number): Result<VrpInstance> {
  const { customers, matrix, depots = [], fleet } = instance;
  return validate({
    ...instance,
    ...(matrix ? { matrix: withoutNode(matrix, customers.length + depot) } : {}),
    depots: depots.filter((_, i) => i !== depot - 1),
    ...(fleet
      ? {
          fleet: fleet
            .filter((type) => (type.depot ?? 0) !== depot)
            .map((type) => {
              const home = type.depot ?? 0;
              return { ...type, depot: home > depot ? home - 1 : home };
            }),
        }
      : {}),
  });
}

/** `node` is 1 … n for customers, 0 for the depot, n + 1 … for further depots. */
export function moveNode(instance: VrpInstance, node: number, x: number, y: number): VrpInstance {
  const to = { x: snap(instance, x), y: snap(instance, y) };
  if (instance.geographic) {
    to.x = Math.max(-180, Math.min(180, to.x));
    to.y = Math.max(-90, Math.min(90, to.y));
  }
  const { customers, depots = [] } = instance;
  if (node === 0) return clean({ ...instance, depot: { ...instance.depot, ...to } });
  if (node > customers.length) {
    const moved: Depot[] = depots.slice();
    const index = node - customers.length - 1;
    moved[index] = { ...moved[index], ...to };
    return clean({ ...instance, depots: moved });
  }
  const moved = customers.slice();
  moved[node - 1] = { ...moved[node - 1], ...to };
  return { ...instance, customers: moved };
}

/** A result as an edit. */
export function editOf(
  result: Result<VrpInstance>,
  announce: string,
  select?: string | null,
): VrpEdit {
  return result.ok
    ? { kind: 'instance', instance: result.value, announce, select }
    : { kind: 'refused', reason: result.issues[0].message };
}

/** Every way to put customers into a route in their order. */
function* placements(route: readonly number[], added: readonly number[]): Generator<number[]> {
  const [first, ...rest] = added;
  for (let p = 0; p <= route.length; p++) {
    const head = [...route.slice(0, p), first];
    if (rest.length === 0) yield [...head, ...route.slice(p)];
    else for (const tail of placements(route.slice(p), rest)) yield [...head, ...tail];
  }
}

/**
 * Takes a customer, with the other end of its pair, out of its route and puts it where it lengthens
 * the other route least and all constraints hold; refused with the reason when it fits nowhere.
 * O(n + length²), O(n + length³) for a pair.
 */
export function reassign(
  instance: VrpInstance,
  solution: VrpSolution,
  customer: number,
  target: number,
): VrpEdit {
  const partner = partnerOf(instance, customer);
  const pickUp = instance.customers[customer - 1].deliverTo ? customer : partner;
  const moved =
    partner === undefined
      ? [customer]
      : pickUp === customer
        ? [customer, partner]
        : [partner, customer];
  const routes = solution.routes.map((route) => route.filter((other) => !moved.includes(other)));
  const type = solution.types?.[target] ?? 0;
  const capacity = vehicleTypes(instance)[type]?.capacity ?? instance.capacity;
  const goal = routes[target];
  let best: number[] | null = null;
  let least = Infinity;
  let shortest: number[] | null = null;
  for (const tried of placements(goal, moved)) {
    const timing = timeRoute(instance, tried, type);
    const fits =
      timing.late === 0 &&
      timing.load <= capacity &&
      timing.visits.every(({ late }) => late === 0) &&
      deliveriesFirst(instance, tried);
    if (timing.distance >= least || (!fits && best !== null)) continue;
    shortest ??= tried;
    if (!fits) continue;
    best = tried;
    least = timing.distance;
  }
  const next = routes.slice();
  next[target] = best ?? shortest ?? goal;
  const kept = next.map((_, r) => r).filter((r) => next[r].length > 0);
  const changed: VrpSolution = {
    routes: kept.map((r) => next[r]),
    ...(solution.types ? { types: kept.map((r) => solution.types![r]) } : {}),
  };
  const report = check(instance, changed);
  if (!report.feasible) return { kind: 'refused', reason: report.violations[0] };
  return {
    kind: 'solution',
    solution: changed,
    announce: `Customer ${customer} moved to route ${target + 1}.`,
    select: customerId(customer),
  };
}

/** Does no delivery come after a backhaul. */
function deliveriesFirst({ customers }: VrpInstance, route: readonly number[]): boolean {
  const first = route.findIndex((customer) => customers[customer - 1].backhaul);
  return (
    first < 0 ||
    route.slice(first).every((customer) => {
      const { backhaul, demand, deliverTo } = customers[customer - 1];
      return backhaul || deliverTo !== undefined || demand === 0;
    })
  );
}

/** The instance with one changed customer, validated. */
export function withCustomer(
  instance: VrpInstance,
  index: number,
  change: Partial<Record<keyof Customer, number | true | undefined>>,
): Result<VrpInstance> {
  const customers: unknown[] = instance.customers.slice();
  customers[index] = { ...instance.customers[index], ...change };
  // What is delivered is what is picked up.
  const end = change.deliverTo;
  const drop = typeof end === 'number' ? instance.customers[end - 1] : undefined;
  if (typeof end === 'number' && drop && end !== index + 1 && !drop.deliverTo)
    customers[end - 1] = cleanCustomer({ ...drop, demand: 0, prize: undefined });
  return validate({ ...instance, customers });
}
