/** One open route, filled by cheapest feasible insertion. */
import type { Model } from './model.ts';

export interface RouteBuilder {
  /** Puts the customer at its cheapest feasible place; false when there is none. O(length). */
  insert(customer: number): boolean;
  /** Reverses parts while that shortens the route (Croes 1958); not for time windows. */
  twoOpt(): void;
  /** The route as it stands; the builder is empty afterwards. */
  take(): number[];
}

export function createRouteBuilder(model: Model): RouteBuilder {
  const { n, demand, capacity, timed, ready, due, service, maxDuration, distance } = model;
  /** Depot, customers, depot. */
  const route = new Int32Array(n + 2);
  const earliest = new Float64Array(n + 2);
  const latest = new Float64Array(n + 2);
  let length = 0;
  let load = 0;
  let duration = 0;

  function retime(): void {
    earliest[0] = ready[0];
    for (let p = 1; p <= length; p++)
      earliest[p] = Math.max(
        ready[route[p]],
        earliest[p - 1] + service[route[p - 1]] + distance(route[p - 1], route[p]),
      );
    latest[length + 1] = due[0];
    for (let p = length; p >= 1; p--)
      latest[p] = Math.min(
        due[route[p]],
        latest[p + 1] - service[route[p]] - distance(route[p], route[p + 1]),
      );
  }

  function inTime(customer: number, p: number): boolean {
    const start = Math.max(
      ready[customer],
      earliest[p] + service[route[p]] + distance(route[p], customer),
    );
    const leave = start + service[customer];
    return start <= due[customer] && leave + distance(customer, route[p + 1]) <= latest[p + 1];
  }

  return {
    insert(customer) {
      if (load + demand[customer] > capacity) return false;
      if (timed && length === 0) retime();
      let best = Infinity;
      let at = -1;
      for (let p = 0; p <= length; p++) {
        const change =
          distance(route[p], customer) +
          distance(customer, route[p + 1]) -
          distance(route[p], route[p + 1]);
        if (change >= best || (timed && !inTime(customer, p))) continue;
        best = change;
        at = p;
      }
      if (at < 0 || duration + best + service[customer] > maxDuration) return false;
      route.copyWithin(at + 2, at + 1, length + 2);
      route[at + 1] = customer;
      length++;
      load += demand[customer];
      duration += best + service[customer];
      if (timed) retime();
      return true;
    },
    twoOpt() {
      let improved = true;
      while (improved) {
        improved = false;
        for (let i = 0; i < length; i++)
          for (let j = i + 2; j <= length; j++) {
            const gain =
              distance(route[i], route[i + 1]) +
              distance(route[j], route[j + 1]) -
              distance(route[i], route[j]) -
              distance(route[i + 1], route[j + 1]);
            if (gain <= 0) continue;
            route.subarray(i + 1, j + 1).reverse();
            duration -= gain;
            improved = true;
          }
      }
    },
    take() {
      const taken = Array.from(route.subarray(1, length + 1));
      route.fill(0, 0, length + 2);
      length = 0;
      load = 0;
      duration = 0;
      return taken;
    },
  };
}
