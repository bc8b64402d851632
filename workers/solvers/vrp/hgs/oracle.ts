/** Small instances and plans for the tests of the genetic search, priced by driving the routes. */
import { createRng, type Rng } from '../../../../src/core/rng.ts';
import {
  clean,
  cleanCustomer,
  pack,
  type VrpInstance,
} from '../../../../src/problems/vrp/instance.ts';
import { buildModel, type Model } from '../model.ts';
import { emptyGiant, fromRoutes, randomTour } from './individual.ts';
import type { Giant } from './tours.ts';

/** Runs a preparation to its end. */
export function finish<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

export interface Kind {
  seed: number;
  n: number;
  timed: boolean;
  limited: boolean;
}

/** An instance of this kind, too tight for most plans. */
export function instanceOf({ seed, n, timed, limited }: Kind): {
  instance: VrpInstance;
  model: Model;
  rng: Rng;
} {
  const rng = createRng(seed);
  const instance: VrpInstance = clean({
    name: 'mixed',
    capacity: 20,
    rounding: 'truncate-1',
    maxDuration: limited ? 120 : undefined,
    depot: { x: 15, y: 12, ready: timed ? rng.int(9) : 0, due: timed ? 150 : undefined },
    customers: Array.from({ length: n }, () => {
      const ready = rng.int(90);
      return cleanCustomer({
        x: rng.int(40),
        y: rng.int(40),
        demand: rng.int(10),
        service: rng.int(6),
        ...(timed ? { ready, due: ready + rng.int(30) } : {}),
      });
    }),
  });
  return { instance, model: finish(buildModel(pack(instance))), rng };
}

/** What load, duration and time warp too much pay in these tests. */
export const RATES = Float64Array.of(7, 3, 2);

/** Distance and penalties of routes, by driving them. */
export function priced(model: Model, routes: readonly (readonly number[])[]): number {
  const { demand, service, ready, due, capacity, maxDuration } = model;
  let sum = 0;
  for (const route of routes) {
    let clock = ready[0];
    let distance = 0;
    let load = 0;
    let served = 0;
    let warp = 0;
    let at = 0;
    for (const stop of [...route, 0]) {
      distance += model.distance(at, stop);
      clock = Math.max(ready[stop], clock + model.distance(at, stop));
      warp += Math.max(0, clock - due[stop]);
      clock = Math.min(clock, due[stop]) + service[stop];
      load += demand[stop];
      served += service[stop];
      at = stop;
    }
    sum +=
      distance +
      RATES[0] * Math.max(0, load - capacity) +
      RATES[1] * Math.max(0, distance + served - maxDuration) +
      RATES[2] * warp;
  }
  return sum;
}

/** A random tour, cut at random. */
export function randomPlan(model: Model, rng: Rng): Giant {
  const plan = emptyGiant(model.n, model.n);
  randomTour(plan, rng);
  const routes: number[][] = [[]];
  for (const customer of Array.from(plan.tour)) {
    if (rng.int(4) === 0) routes.push([]);
    routes.at(-1)!.push(customer);
  }
  fromRoutes(plan, routes);
  return plan;
}
