/**
 * A plan over days that is taken apart and put together customer by customer. A customer's days are
 * chosen by a shortest way over its possible delivery days (after Wagner & Whitin 1958): each
 * delivery covers the use of some days on end, and costs its cheapest place among the day's routes.
 */
import type { PackedVrp, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import { packedDistance, unitsPer } from '../../../../src/problems/vrp/metric.ts';
import type { PackedStocks } from '../../../../src/problems/vrp/stocks.ts';

export interface StockModel {
  n: number;
  days: number;
  capacity: number;
  /** Most routes a day. */
  vehicles: number;
  fixed: number;
  /** Cost of a way, (n + 1)², row-major; 0 back to the depot of open routes. */
  distance: Float64Array;
  stocks: PackedStocks;
}

/** O(n²). */
export function buildStockModel(packed: PackedVrp, stocks: PackedStocks): StockModel {
  const n = packed.x.length - 1;
  const side = n + 1;
  const exact = packedDistance(packed);
  const units = unitsPer(packed.rounding);
  const distance = new Float64Array(side * side);
  for (let i = 0; i < side; i++)
    for (let j = 0; j < side; j++)
      if (i !== j && !(j === 0 && packed.extras?.open))
        distance[i * side + j] = exact(i, j) / units;
  return {
    n,
    days: stocks.days,
    capacity: packed.capacity,
    vehicles: Math.min(n, packed.vehicles),
    fixed: packed.extras?.fixedCost ?? 0,
    distance,
    stocks,
  };
}

export interface StockRoute {
  customers: number[];
  load: number;
}

export interface StockPlan {
  /** By day. */
  readonly routes: StockRoute[][];
  /** By customer and day, node · days + day. */
  readonly amounts: Float64Array;
  /** Customers out of the plan where something would lack that may not. */
  readonly unplaced: Set<number>;
  /** Takes a customer out of all its days. */
  take(customer: number): void;
  /** Puts it back on the days that cost least; places are overlooked with the chance `blink`. */
  put(customer: number, blink: number, random: () => number): void;
  /** Driving, vehicles, holding and shortages, and a high price for each customer unplaced. */
  cost(): number;
  snapshot(): StockSnapshot;
  restore(snapshot: StockSnapshot): void;
  solution(): VrpSolution;
}

export interface StockSnapshot {
  routes: StockRoute[][];
  amounts: Float64Array;
  stores: Float64Array;
  unplaced: readonly number[];
  driving: number;
}

const UNPLACED = 1e9;
const EPSILON = 1e-9;

/** @param use by node and day; forecasts may differ from the instance's own. */
export function createStockPlan(model: StockModel, use: Float64Array): StockPlan {
  const { n, days, capacity, vehicles, fixed, distance, stocks } = model;
  const { start, most, holding, shortage } = stocks;
  const side = n + 1;
  let routes: StockRoute[][] = Array.from({ length: days }, () => []);
  const amounts = new Float64Array(side * days);
  /** Holding and shortage by customer. */
  const stores = new Float64Array(side);
  const unplaced = new Set<number>();
  let driving = 0;

  /** By day and route: cost of the cheapest place, and where. */
  const placeCost: number[][] = Array.from({ length: days }, () => []);
  const placeAt: number[][] = Array.from({ length: days }, () => []);

  function findPlaces(c: number, blink: number, random: () => number): void {
    const alone = distance[c] + distance[c * side] + fixed;
    for (let day = 0; day < days; day++) {
      const costs = placeCost[day];
      const places = placeAt[day];
      const today = routes[day];
      costs.length = places.length = 0;
      for (let r = 0; r < today.length; r++) {
        const { customers } = today[r];
        let least = Infinity;
        let where = 0;
        let i = 0;
        for (let p = 0; p <= customers.length; p++) {
          const j = p < customers.length ? customers[p] : 0;
          const cost = distance[i * side + c] + distance[c * side + j] - distance[i * side + j];
          if (cost < least && (blink === 0 || random() >= blink)) {
            least = cost;
            where = p;
          }
          i = j;
        }
        costs.push(least);
        places.push(where);
      }
      if (today.length < vehicles) {
        costs.push(alone);
        places.push(0);
      }
    }
  }

  /** The cheapest route of a day with room for an amount; −1 when there is none. */
  function cheapest(day: number, amount: number): number {
    const costs = placeCost[day];
    let found = -1;
    let least = Infinity;
    for (let r = 0; r < costs.length; r++) {
      const load = r < routes[day].length ? routes[day][r].load : 0;
      if (costs[r] >= least || load + amount > capacity + EPSILON) continue;
      least = costs[r];
      found = r;
    }
    return found;
  }

  /** By day: use beyond what the first stock covers, and what of that stock is left in the morning. */
  const net = new Float64Array(days);
  const left = new Float64Array(days);
  /** Least cost when all use before a day is covered or lost, and the visit that led there. */
  const reached = new Float64Array(days + 1);
  const reachedBy = new Int32Array(days + 1);
  /** By visit on day a that covers until b, a · (days + 1) + b: amount, and the visit before. */
  const amountOf = new Float64Array(days * (days + 1));
  const coveredBefore = new Int32Array(days * (days + 1));
  const visitBefore = new Int32Array(days * (days + 1));

  const lossOn = (day: number): number => (net[day] > EPSILON ? shortage * net[day] : 0);

  /**
   * The visits of a customer. A visit on day a covers the use of some days s … b − 1, s ≥ a, right
   * after those covered before; in between use is lost. O(days³·routes).
   * @returns until when all is covered, to go back from; −1 when what must not lack does.
   */
  function chooseDays(c: number): number {
    let level = start[c];
    for (let day = 0; day < days; day++) {
      left[day] = level;
      net[day] = Math.max(0, use[c * days + day] - level);
      level = Math.max(0, level - use[c * days + day]);
    }
    reached.fill(Infinity);
    reached[0] = 0;
    reachedBy[0] = -1;
    for (let a = 0; a < days; a++) {
      // Visits of this day lead further, but not from one to another of the same day.
      for (let b = days; b > a; b--) {
        let least = Infinity;
        for (let covered = 0; covered < b; covered++) {
          if (reached[covered] === Infinity || reachedBy[covered] === a) continue;
          const s = Math.max(a, covered);
          let cost = reached[covered];
          for (let day = covered; day < s; day++) cost += lossOn(day);
          let kept = left[a];
          for (let day = a; day < s; day++) kept += net[day];
          // What does not fit is lost at the end.
          const room = Math.min(capacity, most[c] - kept);
          let amount = 0;
          for (let day = s; day < b; day++) {
            const covers = Math.min(net[day], Math.max(0, room - amount));
            amount += covers;
            cost += holding[c] * covers * (day - a);
            if (net[day] > covers + EPSILON) cost += shortage * (net[day] - covers);
          }
          if (amount <= EPSILON || cost >= least || cost >= reached[b]) continue;
          const route = cheapest(a, amount);
          if (route < 0) continue;
          cost += placeCost[a][route];
          if (cost >= least || cost >= reached[b]) continue;
          least = cost;
          const index = a * (days + 1) + b;
          amountOf[index] = amount;
          coveredBefore[index] = covered;
          visitBefore[index] = reachedBy[covered];
        }
        if (least === Infinity) continue;
        reached[b] = least;
        reachedBy[b] = a;
      }
    }
    let best = Infinity;
    let end = -1;
    for (let b = 0; b <= days; b++) {
      let cost = reached[b];
      for (let day = b; day < days && cost < best; day++) cost += lossOn(day);
      if (cost >= best) continue;
      best = cost;
      end = b;
    }
    return end;
  }

  const plan: StockPlan = {
    get routes() {
      return routes;
    },
    amounts,
    unplaced,
    take(c) {
      stores[c] = 0;
      unplaced.delete(c);
      for (let day = 0; day < days; day++) {
        const amount = amounts[c * days + day];
        if (amount === 0) continue;
        amounts[c * days + day] = 0;
        const today = routes[day];
        const r = today.findIndex(({ customers }) => customers.includes(c));
        const { customers } = today[r];
        const p = customers.indexOf(c);
        const i = p > 0 ? customers[p - 1] : 0;
        const j = p + 1 < customers.length ? customers[p + 1] : 0;
        driving -= distance[i * side + c] + distance[c * side + j] - distance[i * side + j];
        customers.splice(p, 1);
        today[r].load -= amount;
        if (customers.length > 0) continue;
        driving -= fixed;
        today.splice(r, 1);
      }
    },
    put(c, blink, random) {
      findPlaces(c, blink, random);
      const end = chooseDays(c);
      if (end < 0) {
        unplaced.add(c);
        return;
      }
      for (let b = end, day = reachedBy[end]; day >= 0;) {
        const index = day * (days + 1) + b;
        const amount = amountOf[index];
        const r = cheapest(day, amount);
        const today = routes[day];
        if (r === today.length) today.push({ customers: [c], load: amount });
        else {
          today[r].customers.splice(placeAt[day][r], 0, c);
          today[r].load += amount;
        }
        driving += placeCost[day][r];
        amounts[c * days + day] = amount;
        b = coveredBefore[index];
        day = visitBefore[index];
      }
      let level = start[c];
      for (let day = 0; day < days; day++) {
        level += amounts[c * days + day] - use[c * days + day];
        if (level < -EPSILON) stores[c] -= shortage * level;
        level = Math.max(0, level);
        stores[c] += holding[c] * level;
      }
    },
    cost() {
      let sum = driving + UNPLACED * unplaced.size;
      for (let c = 1; c <= n; c++) sum += stores[c];
      return sum;
    },
    snapshot: () => ({
      routes: routes.map((today) =>
        today.map(({ customers, load }) => ({ customers: customers.slice(), load })),
      ),
      amounts: amounts.slice(),
      stores: stores.slice(),
      unplaced: [...unplaced],
      driving,
    }),
    restore(snapshot) {
      routes = snapshot.routes.map((today) =>
        today.map(({ customers, load }) => ({ customers: customers.slice(), load })),
      );
      amounts.set(snapshot.amounts);
      stores.set(snapshot.stores);
      unplaced.clear();
      for (const c of snapshot.unplaced) unplaced.add(c);
      driving = snapshot.driving;
    },
    solution() {
      const solution = { routes: [], days: [], amounts: [] } as Required<
        Pick<VrpSolution, 'routes' | 'days' | 'amounts'>
      >;
      routes.forEach((today, day) => {
        for (const { customers } of today) {
          solution.routes.push(customers.slice());
          solution.days.push(day + 1);
          solution.amounts.push(customers.map((c) => amounts[c * days + day]));
        }
      });
      return solution;
    },
  };
  return plan;
}

/**
 * A plan by insertion, far customers first, then each customer taken out and put back until nothing
 * gains or after `passes`. Without chance.
 */
export function* constructPlan(
  model: StockModel,
  plan: StockPlan,
  passes: number,
): Generator<void, void, void> {
  const { n, distance } = model;
  const order = Array.from({ length: n }, (_, i) => i + 1).sort(
    (a, b) => distance[b] - distance[a] || a - b,
  );
  const never = () => 1;
  for (const c of order) {
    plan.put(c, 0, never);
    yield;
  }
  for (let pass = 0; pass < passes; pass++) {
    const before = plan.cost();
    for (const c of order) {
      const current = plan.cost();
      const snapshot = plan.snapshot();
      plan.take(c);
      plan.put(c, 0, never);
      if (plan.cost() > current) plan.restore(snapshot);
      yield;
    }
    if (plan.cost() >= before - EPSILON) return;
  }
}

/** What a plan costs with the given use: amounts are cut to what the store takes on the day. */
export function realise(
  model: StockModel,
  { routes, days: ofDay, amounts }: VrpSolution,
  use: Float64Array,
): { solution: VrpSolution; cost: number } {
  const { n, days, distance, fixed, stocks } = model;
  const { start, most, holding, shortage } = stocks;
  const side = n + 1;
  const level = start.slice();
  const cut = (amounts ?? []).map((row) => row.slice());
  let driven = 0;
  for (const route of routes) {
    let at = 0;
    for (const c of route) {
      driven += distance[at * side + c];
      at = c;
    }
    driven += distance[at * side] + fixed;
  }
  let stores = 0;
  for (let day = 0; day < days; day++) {
    routes.forEach((route, r) => {
      if (ofDay?.[r] !== day + 1) return;
      route.forEach((c, p) => {
        cut[r][p] = Math.max(0, Math.min(cut[r][p], most[c] - level[c]));
        level[c] += cut[r][p];
      });
    });
    for (let c = 1; c <= n; c++) {
      const used = use[c * days + day];
      if (used > level[c] + EPSILON) stores += shortage * (used - level[c]);
      level[c] = Math.max(0, level[c] - used);
      stores += holding[c] * level[c];
    }
  }
  return { solution: { routes, days: ofDay, amounts: cut }, cost: driven + stores };
}
