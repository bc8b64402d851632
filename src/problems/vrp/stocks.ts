/**
 * Stocks over several days: the part of an instance and its packed form that inventory routing adds.
 * After Archetti, Bertazzi, Laporte & Speranza (2007) with the maximum-level policy and a depot that
 * never runs out:
 *
 * - A customer is delivered to at most once a day, in the morning, and never above its most in store.
 * - Then the day's use goes out. What is wanted and not there is lost at the cost of a shortage;
 *   where there is no such cost, nothing may lack.
 * - What is left at the end of a day costs the customer's holding cost.
 * - The plan costs its routes, what is held and what lacks.
 */
import type { VrpInstance } from './instance.ts';

/** A customer's stock, in units of capacity; not necessarily whole. */
export interface Stock {
  /** In store before the first day. */
  start: number;
  /** Most in store. */
  most: number;
  /** Cost of a unit in store at the end of a day. */
  holding: number;
  /** Use on each day, after that day's delivery. */
  use: number[];
}

/** Inventory routing: routes on each of several days keep customers in stock. */
export interface Inventory {
  days: number;
  /** Cost of a unit that is used up and not there; it is not made up for later. None may lack when absent. */
  shortage?: number;
  /** What forecasts are made of. */
  history?: History;
}

/** Past days, and what is known beforehand of the days to plan: the same numbers of features. */
export interface History {
  features: number[][];
  /** By past day, by customer. */
  uses: number[][];
  /** By day to plan. */
  coming: number[][];
}

/** Columns by node 0 … n; the depot's are 0. */
export interface PackedStocks {
  days: number;
  /** Infinity where nothing may lack. */
  shortage: number;
  start: Float64Array;
  most: Float64Array;
  holding: Float64Array;
  /** Node after node, `days` each. */
  use: Float64Array;
  history: History | null;
}

export function packStocks({ inventory, customers }: VrpInstance): PackedStocks | null {
  if (!inventory) return null;
  const { days, shortage = Infinity, history = null } = inventory;
  const column = (of: (stock: Stock) => number) =>
    Float64Array.from([0, ...customers.map(({ stock = NO_STOCK }) => of(stock))]);
  const use = new Float64Array((customers.length + 1) * days);
  customers.forEach(({ stock = NO_STOCK }, i) => use.set(stock.use, (i + 1) * days));
  return {
    days,
    shortage,
    start: column(({ start }) => start),
    most: column(({ most }) => most),
    holding: column(({ holding }) => holding),
    use,
    history,
  };
}

const NO_STOCK: Stock = { start: 0, most: 0, holding: 0, use: [] };

/** The stock of a node. O(days). */
export function stockOf({ start, most, holding, use, days }: PackedStocks, node: number): Stock {
  return {
    start: start[node],
    most: most[node],
    holding: holding[node],
    use: Array.from(use.subarray(node * days, (node + 1) * days)),
  };
}

/** One customer's days under some deliveries. */
export interface StockCourse {
  /** In store at the end of each day. */
  level: number[];
  /** What is lost on each day. */
  lost: number[];
  /** By how much a delivery is above what the store takes, at most. */
  over: number;
  holding: number;
  missing: number;
}

/** Follows a stock from day to day; `amounts` by day. O(days). */
export function followStock(
  { start, most, holding, use }: Stock,
  amounts: ArrayLike<number>,
): StockCourse {
  const course: StockCourse = { level: [], lost: [], over: 0, holding: 0, missing: 0 };
  let level = start;
  use.forEach((used, day) => {
    level += amounts[day] ?? 0;
    course.over = Math.max(course.over, level - most);
    const lost = Math.max(0, used - level);
    level = Math.max(0, level - used);
    course.level.push(level);
    course.lost.push(lost);
    course.holding += holding * level;
    course.missing += lost;
  });
  return course;
}
