/** Ranges of the numbers of an instance. */
import { LIMITS } from './instance.ts';

export interface NumberRule {
  min: number;
  max: number;
  integer?: boolean;
}

export const COORDINATE: NumberRule = { min: -LIMITS.coordinate, max: LIMITS.coordinate };
export const DEMAND: NumberRule = { min: 0, max: LIMITS.demand, integer: true };
export const TIME: NumberRule = { min: 0, max: LIMITS.time };
export const COST: NumberRule = { min: 0, max: LIMITS.cost };
export const CUSTOMER_NUMBER: NumberRule = { min: 1, max: LIMITS.customers, integer: true };
export const COUNT: NumberRule = { min: 1, max: LIMITS.vehicles, integer: true };

export const AMOUNT: NumberRule = { min: 0, max: LIMITS.demand };

export const CUSTOMER_KEYS: Readonly<Record<string, NumberRule>> = {
  x: COORDINATE,
  y: COORDINATE,
  demand: DEMAND,
  ready: TIME,
  due: TIME,
  service: TIME,
  prize: COST,
  deliverTo: CUSTOMER_NUMBER,
  known: TIME,
};
export const TYPE_KEYS: Readonly<Record<string, NumberRule>> = {
  capacity: { ...DEMAND, min: 1 },
  count: COUNT,
  fixed: COST,
  perDistance: COST,
  depot: { min: 0, max: LIMITS.depots, integer: true },
};
export const DEPOT_KEYS: Readonly<Record<string, NumberRule>> = {
  x: COORDINATE,
  y: COORDINATE,
  ready: TIME,
  due: TIME,
};
