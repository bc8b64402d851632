/** Exhaustive search for tests of variants: the least cost over all plans, by the checker alone. */
import { check } from '../../../src/problems/vrp/check.ts';
import {
  vehicleTypes,
  type VrpInstance,
  type VrpSolution,
} from '../../../src/problems/vrp/instance.ts';

/** Infinity when there is no feasible plan. For five customers and a few types at most. */
export function leastCost(instance: VrpInstance): number {
  const n = instance.customers.length;
  const types = vehicleTypes(instance).length;
  let best = Infinity;
  const routes: number[][] = [];
  const kinds: number[] = [];
  const judge = (): void => {
    const solution: VrpSolution = { routes, types: kinds };
    const { feasible, objective } = check(instance, solution);
    if (feasible && objective < best) best = objective;
  };
  // Every customer in turn goes to every place of every route, to a new one, or nowhere.
  const place = (customer: number): void => {
    if (customer > n) return judge();
    place(customer + 1);
    for (const route of routes)
      for (let p = 0; p <= route.length; p++) {
        route.splice(p, 0, customer);
        place(customer + 1);
        route.splice(p, 1);
      }
    for (let type = 0; type < types; type++) {
      routes.push([customer]);
      kinds.push(type);
      place(customer + 1);
      routes.pop();
      kinds.pop();
    }
  };
  place(1);
  return best;
}
