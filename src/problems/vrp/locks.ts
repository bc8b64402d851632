/** Routes that stay as they are while the rest is planned. */
import { fail, ok, type Result } from '../../core/result.ts';
import {
  clean,
  isDynamic,
  vehicleTypes,
  type LockedRoute,
  type VrpInstance,
  type VrpSolution,
} from './instance.ts';
import { unitsPer } from './metric.ts';
import { timeRoute } from './route.ts';

const sameRoute = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((customer, p) => customer === b[p]);

/** Is a route of this type locked as it is. */
export const isLocked = (
  { locked = [] }: VrpInstance,
  route: readonly number[],
  type: number,
): boolean => locked.some((lock) => (lock.type ?? 0) === type && sameRoute(lock.customers, route));

/** What is wrong with locks, on an instance that is otherwise sound; null when nothing is. O(n). */
export function wrongLock(instance: VrpInstance): { index: number; message: string } | null {
  const { customers, locked = [], inventory } = instance;
  if (locked.length === 0) return null;
  if (inventory || isDynamic(instance))
    return {
      index: 0,
      message: 'Routes can be locked where there is one day and all requests are known in advance.',
    };
  const types = vehicleTypes(instance).length;
  const lockOf = new Int32Array(customers.length + 1);
  for (const [index, { customers: route, type = 0 }] of locked.entries()) {
    if (type >= types) return { index, message: `There is no vehicle type ${type}.` };
    for (const customer of route) {
      if (customer < 1 || customer > customers.length)
        return { index, message: `There is no customer ${customer}.` };
      if (lockOf[customer] > 0)
        return { index, message: `Customer ${customer} is on a locked route already.` };
      lockOf[customer] = index + 1;
    }
  }
  for (const [i, { deliverTo }] of customers.entries())
    if (deliverTo && lockOf[i + 1] !== lockOf[deliverTo])
      return {
        index: Math.max(lockOf[i + 1], lockOf[deliverTo]) - 1,
        message: `Customers ${i + 1} and ${deliverTo} are a pair; one alone is on a locked route.`,
      };
  return null;
}

/** The locks after a customer is gone: those of its route go, others keep their customers. */
export function locksWithout({ locked }: VrpInstance, customer: number): LockedRoute[] | undefined {
  return locked
    ?.filter(({ customers }) => !customers.includes(customer))
    .map((lock) => ({
      ...lock,
      customers: lock.customers.map((other) => (other > customer ? other - 1 : other)),
    }));
}

/** What is left to plan around the locks. */
export interface Unlocked {
  /** Without locked customers and their vehicles. */
  rest: VrpInstance;
  /** What the locked routes cost. */
  cost: number;
  /** A plan of the rest as a plan of the whole. */
  whole(solution: VrpSolution): VrpSolution;
  /** A plan of the whole without the locked routes; null when it has not all of them. */
  part(solution: VrpSolution): VrpSolution | null;
}

/** Fails when no customer or no vehicle is left. O(n), O(n²) with a matrix. */
export function unlock(instance: VrpInstance): Result<Unlocked> {
  const { locked = [], customers, matrix, vehicles, fleet, depots = [] } = instance;
  const isFixed = new Uint8Array(customers.length + 1);
  for (const { customers: route } of locked) for (const customer of route) isFixed[customer] = 1;
  /** By customer of the rest, its number in the whole, and back. */
  const original: number[] = [0];
  const renumbered = new Int32Array(customers.length + 1);
  customers.forEach((_, i) => {
    if (isFixed[i + 1] === 1) return;
    renumbered[i + 1] = original.length;
    original.push(i + 1);
  });
  if (original.length === 1) return fail({ message: 'All customers are on locked routes.' });
  const used = vehicleTypes(instance).map(
    (_, type) => locked.filter((lock) => (lock.type ?? 0) === type).length,
  );
  const keptTypes = used
    .map((_, type) => type)
    .filter((type) => !fleet || (fleet[type].count ?? Infinity) > used[type]);
  if ((vehicles ?? Infinity) <= locked.length || keptTypes.length === 0)
    return fail({ message: 'All vehicles drive locked routes.' });
  const nodes = [...original, ...depots.map((_, i) => customers.length + 1 + i)];
  const cut = (rows: number[][]) => nodes.map((i) => nodes.map((j) => rows[i][j]));
  const { locked: _, ...open } = instance;
  const rest = clean({
    ...open,
    ...(matrix
      ? {
          matrix: {
            distances: cut(matrix.distances),
            ...(matrix.durations ? { durations: cut(matrix.durations) } : {}),
          },
        }
      : {}),
    ...(vehicles === undefined ? {} : { vehicles: vehicles - locked.length }),
    ...(fleet
      ? {
          fleet: keptTypes.map((type) => {
            const { count } = fleet[type];
            return {
              ...fleet[type],
              ...(count === undefined ? {} : { count: count - used[type] }),
            };
          }),
        }
      : {}),
    customers: original.slice(1).map((customer) => {
      const own = customers[customer - 1];
      return own.deliverTo ? { ...own, deliverTo: renumbered[own.deliverTo] } : own;
    }),
  });
  const units = unitsPer(instance.rounding);
  let cost = 0;
  for (const { customers: route, type = 0 } of locked) {
    const timing = timeRoute(instance, route, type);
    cost += timing.type.fixed + (timing.type.perDistance * timing.distanceUnits) / units;
  }
  return ok({
    rest,
    cost,
    whole({ routes, types }) {
      const all = [
        ...locked.map(({ customers: route, type = 0 }) => ({ route: [...route], type })),
        ...routes.map((route, r) => ({
          route: route.map((customer) => original[customer]),
          type: keptTypes[types?.[r] ?? 0],
        })),
      ];
      const varied = all.some(({ type }) => type > 0);
      return {
        routes: all.map(({ route }) => route),
        ...(varied ? { types: all.map(({ type }) => type) } : {}),
      };
    },
    part({ routes, types }) {
      const open = routes
        .map((route, r) => ({ route, type: types?.[r] ?? 0 }))
        .filter(({ route, type }) => route.length > 0 && !isLocked(instance, route, type));
      const fits = open.every(
        ({ route, type }) =>
          keptTypes.includes(type) && route.every((customer) => renumbered[customer] > 0),
      );
      if (!fits) return null;
      const kinds = open.map(({ type }) => keptTypes.indexOf(type));
      return {
        routes: open.map(({ route }) => route.map((customer) => renumbered[customer])),
        ...(kinds.some((type) => type > 0) ? { types: kinds } : {}),
      };
    },
  });
}
