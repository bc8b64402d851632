import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRng } from '../../../../src/core/rng.ts';
import { clean, cleanCustomer, pack } from '../../../../src/problems/vrp/instance.ts';
import { buildModel, type Model } from '../model.ts';
import { createSearch } from '../search.ts';
import { createWorkingPlan, type WorkingPlan } from './working-plan.ts';
import { customerNeighbours } from '../savings.ts';

function finish<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Wide windows, so that any route is in time. */
function modelOf(seed: number, n: number, timed: boolean): Model {
  const rng = createRng(seed);
  const customers = Array.from({ length: n }, () => {
    const ready = rng.int(50);
    return cleanCustomer({
      x: rng.int(40),
      y: rng.int(40),
      demand: 1 + rng.int(5),
      service: rng.int(4),
      ...(timed ? { ready, due: 5000 + rng.int(50) } : {}),
    });
  });
  const depot = { x: 20, y: 20, ...(timed ? { due: 9000 } : {}) };
  const maxDuration = timed ? 8000 : undefined;
  return finish(
    buildModel(
      pack(
        clean({ name: '', capacity: 30, rounding: 'truncate-1', maxDuration, depot, customers }),
      ),
    ),
  );
}

const routesIn = (plan: WorkingPlan, n: number): number[][] => {
  const routes: number[][] = [];
  for (let a = 0; a < plan.actives; a++) {
    const depot = n + 1 + plan.active[a];
    const route: number[] = [];
    for (let node = plan.next[depot]; node <= n; node = plan.next[node]) route.push(node);
    if (route.length > 0) routes.push(route);
  }
  return routes;
};

/** All that a plan says of its served customers. */
function stateOf(plan: WorkingPlan, n: number): unknown {
  const customers = Array.from({ length: n }, (_, i) => i + 1).map((c) =>
    plan.routeOf[c] < 0
      ? null
      : [
          plan.next[c],
          plan.prev[c],
          plan.leg[c],
          plan.routeOf[c],
          plan.earliest[c],
          plan.latest[c],
        ],
  );
  const routes = Array.from(plan.active.subarray(0, plan.actives))
    .filter((r) => plan.count[r] > 0)
    .toSorted((a, b) => a - b)
    .map((r) => [r, plan.load[r], plan.count[r], plan.duration[r], plan.leg[n + 1 + r]]);
  return { customers, routes, cost: plan.cost, used: plan.used };
}

test('going back restores everything; what is kept is as if built anew', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 3, max: 25 }), fc.boolean(), (seed, n, timed) => {
      const model = modelOf(seed, n, timed);
      const rng = createRng(seed ^ 7);
      const plan = createWorkingPlan(model);
      plan.restart([Array.from({ length: n }, (_, i) => i + 1)]);
      for (let round = 0; round < 12; round++) {
        const before = stateOf(plan, n);
        const out: number[] = [];
        for (let cuts = 1 + rng.int(3); cuts > 0; cuts--) {
          const first = 1 + rng.int(n);
          if (plan.routeOf[first] < 0) continue;
          let length = 0;
          const most = 1 + rng.int(5);
          for (let node = first; node <= n && length < most; node = plan.next[node]) {
            out.push(node);
            length++;
          }
          plan.cut(first, length);
        }
        for (const c of out) {
          const beside = 1 + rng.int(n);
          if (rng.int(3) === 0 || plan.routeOf[beside] < 0) plan.open(c);
          else {
            const after = plan.place[plan.next[beside]];
            const way = model.distance(beside, c) + model.distance(c, after);
            plan.insert(c, beside, way - plan.leg[beside]);
          }
        }
        if (rng.int(2) === 0) {
          plan.undo();
          plan.settle();
          expect(stateOf(plan, n)).toEqual(before);
        } else {
          plan.keep();
          plan.settle();
          const fresh = createWorkingPlan(model);
          fresh.restart(routesIn(plan, n));
          expect(plan.cost).toBe(fresh.cost);
          expect(plan.used).toBe(fresh.used);
          if (timed)
            for (let c = 1; c <= n; c++) {
              expect(plan.earliest[c]).toBe(fresh.earliest[c]);
              expect(plan.latest[c]).toBe(fresh.latest[c]);
            }
        }
      }
    }),
    { numRuns: 100 },
  );
});

test.each([60, 400])('the best plan is whole and costs what it says, %d customers', (n) => {
  const model = modelOf(5, n, false);
  const neighbours = finish(customerNeighbours(model, 60));
  const search = createSearch(model, neighbours, createRng(2), {
    meanRemoved: 10,
    maxString: 10,
    blink: 0.01,
  });
  search.load(Array.from({ length: n }, (_, i) => [i + 1]));
  for (let step = 0; step < 3000; step++) {
    search.step(20);
    if (step % 500 !== 499) continue;
    const routes = search.bestRoutes();
    const length = routes.reduce(
      (sum, route) =>
        sum +
        [...route, 0].reduce(
          ({ at, total }, c) => ({ at: c, total: total + model.distance(at, c) }),
          { at: 0, total: 0 },
        ).total,
      0,
    );
    expect(length).toBe(search.bestCost);
    expect(routes.flat().toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: n }, (_, i) => i + 1),
    );
  }
});
