/** Plans as individuals: from and to the tours of the local search, and their offspring. */
import { shuffle, type Rng } from '../../../../src/core/rng.ts';
import type { Model } from '../model.ts';
import { costAt, type Individual } from './population.ts';
import type { Rates } from './penalties.ts';
import { directionOf } from './swap-star.ts';
import type { Giant, Tours } from './tours.ts';

export const emptyGiant = (n: number, fleet: number): Giant => ({
  tour: new Int32Array(n),
  starts: new Int32Array(fleet + 1),
  routes: 0,
});

/** Lateness below this is rounding: sums of decimal times are not exact. */
const toleranceOf = (model: Model): number => 1e-7 * model.scale;

/** The plan as it stands, its routes by direction from the depot. O(n + r log r). */
export function capture(model: Model, tours: Tours, rates: Rates): Individual {
  const { n, packed, capacity, maxDuration } = model;
  const { fleet, next, prev, place, count, loadOf, distanceOf, serviceOf, warpOf } = tours;
  const size = n + 1;
  const order: number[] = [];
  const direction = new Float64Array(fleet);
  for (let r = 0; r < fleet; r++) {
    if (count[r] === 0) continue;
    let dx = 0;
    let dy = 0;
    for (let node = next[size + r]; node <= n; node = next[node]) {
      dx += packed.x[node] - packed.x[0];
      dy += packed.y[node] - packed.y[0];
    }
    direction[r] = directionOf(dx, dy);
    order.push(r);
  }
  order.sort((a, b) => direction[a] - direction[b] || a - b);

  const plan: Individual = {
    ...emptyGiant(n, fleet),
    next: new Int32Array(size),
    prev: new Int32Array(size),
    distance: 0,
    overload: 0,
    overtime: 0,
    warp: 0,
    cost: 0,
  };
  let filled = 0;
  for (const r of order) {
    plan.starts[plan.routes++] = filled;
    for (let node = next[size + r]; node <= n; node = next[node]) {
      plan.tour[filled++] = node;
      plan.next[node] = place[next[node]];
      plan.prev[node] = place[prev[node]];
    }
    plan.distance += distanceOf[r];
    plan.overload += Math.max(0, loadOf[r] - capacity);
    plan.overtime += Math.max(0, distanceOf[r] + serviceOf[r] - maxDuration);
    plan.warp += warpOf[r];
  }
  plan.starts[plan.routes] = filled;
  const tolerance = toleranceOf(model);
  if (plan.warp < tolerance) plan.warp = 0;
  if (plan.overtime < tolerance) plan.overtime = 0;
  plan.cost = costAt(plan, rates);
  return plan;
}

/** Routes as lists, as solutions have them. */
export function routesOf({ tour, starts, routes }: Giant): number[][] {
  return Array.from({ length: routes }, (_, r) =>
    Array.from(tour.subarray(starts[r], starts[r + 1])),
  );
}

/** Takes a solution over; its routes must not be more than the fleet. */
export function fromRoutes(into: Giant, routes: readonly (readonly number[])[]): void {
  let filled = 0;
  into.routes = 0;
  for (const route of routes) {
    if (route.length === 0) continue;
    into.starts[into.routes++] = filled;
    for (const customer of route) into.tour[filled++] = customer;
  }
  into.starts[into.routes] = filled;
}

/** A random order of all customers. */
export function randomTour(into: Giant, rng: Rng): void {
  for (let i = 0; i < into.tour.length; i++) into.tour[i] = i + 1;
  shuffle(into.tour, rng);
}

/** Ordered crossover (OX): a stretch of one giant tour, the rest in the order of the other. */
export function createOrderedCrossover(
  n: number,
): (one: Int32Array, other: Int32Array, child: Int32Array, rng: Rng) => void {
  const taken = new Uint8Array(n + 1);
  return (one, other, child, rng) => {
    taken.fill(0);
    const start = rng.int(n);
    const length = 1 + rng.int(n);
    for (let i = 0; i < length; i++) {
      const at = (start + i) % n;
      child[at] = one[at];
      taken[one[at]] = 1;
    }
    let at = (start + length) % n;
    for (let i = 0; i < n; i++) {
      const customer = other[(start + length + i) % n];
      if (taken[customer] === 1) continue;
      child[at] = customer;
      at = (at + 1) % n;
    }
  };
}
