/** The convention "fewest vehicles, then least distance" as a cost per vehicle. */
import { clean, type VrpInstance } from './instance.ts';
import { depotNode, legUnits, unitsPer } from './metric.ts';

/**
 * A power of ten that no plan worth considering drives: with it as the cost of a vehicle, one
 * vehicle less is worth any distance, and the cost reads as vehicles, then distance. O(n).
 */
export function dominatingCost(instance: VrpInstance): number {
  const { customers, depots = [] } = instance;
  let sum = 0;
  for (let customer = 1; customer <= customers.length; customer++) {
    let farthest = 0;
    for (let depot = 0; depot <= depots.length; depot++) {
      const home = depotNode(customers.length, depot);
      farthest = Math.max(
        farthest,
        legUnits(instance, home, customer) + legUnits(instance, customer, home),
      );
    }
    sum += farthest;
  }
  let cost = 10;
  while (cost <= sum / unitsPer(instance.rounding) && cost < 1e9) cost *= 10;
  return cost;
}

/** The instance under that convention. */
export const vehiclesFirst = (instance: VrpInstance): VrpInstance =>
  clean({ ...instance, fixedCost: dominatingCost(instance) });
