import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, type Rng } from '../../../../src/core/rng.ts';
import {
  clean,
  cleanCustomer,
  pack,
  ROUNDINGS,
  type Rounding,
} from '../../../../src/problems/vrp/instance.ts';
import { buildModel, type Model } from '../model.ts';
import { customerNeighbours } from '../savings.ts';
import { createDescent, descends } from './descent.ts';
import { createMoves, type Move } from './moves.ts';
import { createWorkingPlan, type WorkingPlan } from './working-plan.ts';

function finish<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const CAPACITY = 12;

function modelOf(rng: Rng, n: number, rounding: Rounding): Model {
  const customers = Array.from({ length: n }, () =>
    cleanCustomer({ x: rng.int(30), y: rng.int(30), demand: 1 + rng.int(4) }),
  );
  const depot = { x: rng.int(30), y: rng.int(30) };
  return finish(
    buildModel(pack(clean({ name: '', capacity: CAPACITY, rounding, depot, customers }))),
  );
}

/** Customers in any order, each on the first route with room. */
function anyRoutes(model: Model, rng: Rng): number[][] {
  const order = Array.from({ length: model.n }, (_, i) => i + 1);
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const routes: { members: number[]; load: number }[] = [];
  for (const customer of order) {
    const demand = model.demand[customer];
    let route = routes.find(({ load }) => load + demand <= CAPACITY);
    if (!route) routes.push((route = { members: [], load: 0 }));
    route.members.push(customer);
    route.load += demand;
  }
  return routes.map(({ members }) => members);
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

const costOf = (model: Model, routes: readonly (readonly number[])[]): number =>
  routes.reduce(
    (sum, route) =>
      sum +
      [...route, 0].reduce((way, c, i) => way + model.distance(i === 0 ? 0 : route[i - 1], c), 0),
    0,
  );

/** The plan serves everyone once, within the capacity, and is as it says. */
function expectSound(model: Model, plan: WorkingPlan): void {
  const routes = routesIn(plan, model.n);
  expect(routes.flat().toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: model.n }, (_, i) => i + 1),
  );
  expect(plan.cost).toBe(costOf(model, routes));
  expect(plan.used).toBe(routes.length);
  for (const route of routes) {
    const load = route.reduce((sum, c) => sum + model.demand[c], 0);
    const on = plan.routeOf[route[0]];
    expect(load).toBeLessThanOrEqual(CAPACITY);
    expect(plan.load[on]).toBe(load);
    expect(plan.count[on]).toBe(route.length);
    expect(new Set(route.map((c) => plan.routeOf[c])).size).toBe(1);
  }
}

const nameOf = (move: Readonly<Move>, isWithin: boolean): string =>
  move.isCross
    ? isWithin
      ? '2-opt'
      : move.iSide === move.jSide
        ? '2-opt*, heads joined'
        : '2-opt*, tails exchanged'
    : `${isWithin ? 'within' : 'between'} ${move.moved}-${move.returned}${move.turned ? ' turned' : ''}`;

const shape = {
  seed: fc.nat(1e6),
  n: fc.integer({ min: 2, max: 30 }),
  rounding: fc.constantFrom(...ROUNDINGS),
};

describe('moves', () => {
  test('gain what they say, of every kind, and keep the plan sound', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const rng = createRng(seed);
      const model = modelOf(rng, 20 + rng.int(20), ROUNDINGS[seed % ROUNDINGS.length]);
      const { n } = model;
      const plan = createWorkingPlan(model);
      plan.restart(anyRoutes(model, rng));
      const moves = createMoves(model, finish(customerNeighbours(model, n - 1)), plan, n);
      for (let turn = 0; turn < 60; turn++) {
        const move = moves.find(1 + rng.int(n));
        if (!move) continue;
        const { gain, i, j } = move;
        const isWithin = plan.routeOf[i] === plan.routeOf[j];
        const before = plan.cost;
        const kind = nameOf(move, isWithin);
        const changed = new Set<number>();
        const [next, prev] = [plan.next.slice(), plan.prev.slice()];
        moves.make(move, (node) => changed.add(node));
        seen.add(kind);
        expect(gain, kind).toBeGreaterThan(0);
        expect(before - plan.cost, kind).toBe(gain);
        // Customers i and j have become neighbours.
        expect([plan.next[i], plan.prev[i]], kind).toContain(j);
        // Whoever has another neighbour than before was named.
        for (let c = 1; c <= n; c++) {
          const was = [next[c], prev[c]].map((node) => plan.place[node]);
          const is = [plan.next[c], plan.prev[c]].map((node) => plan.place[node]);
          if (was.toSorted().join() !== is.toSorted().join())
            expect(changed.has(c), kind).toBe(true);
        }
        for (let c = 1; c <= n; c++)
          if (plan.next[c] <= n) expect(plan.longestLeg).toBeGreaterThanOrEqual(plan.leg[c]);
        expectSound(model, plan);
      }
    }
    for (const kind of [
      ...[1, 2, 3].flatMap((moved) => [`within ${moved}-0`, `between ${moved}-0`]),
      'between 1-1',
      'between 2-1',
      'between 2-2',
      'between 2-2 turned',
      '2-opt',
      '2-opt*, heads joined',
      '2-opt*, tails exchanged',
    ])
      expect([...seen]).toContain(kind);
  });

  test('go back as if nothing had been', () => {
    fc.assert(
      fc.property(fc.record(shape), ({ seed, n, rounding }) => {
        const rng = createRng(seed);
        const model = modelOf(rng, n, rounding);
        const plan = createWorkingPlan(model);
        plan.restart(anyRoutes(model, rng));
        const before = routesIn(plan, n);
        const moves = createMoves(model, finish(customerNeighbours(model, n - 1)), plan, n);
        for (let turn = 0; turn < 20; turn++) {
          const move = moves.find(1 + rng.int(n));
          if (move) moves.make(move, () => {});
        }
        plan.undo();
        plan.settle();
        expect(routesIn(plan, n)).toEqual(before);
        expectSound(model, plan);
      }),
    );
  });
});

describe('the descent', () => {
  test('shortens a plan from what was taken out, whatever the size of its cache', () => {
    let shorter = 0;
    fc.assert(
      fc.property(
        fc.record(shape),
        fc.integer({ min: 1, max: 12 }),
        ({ seed, n, rounding }, room) => {
          const rng = createRng(seed);
          const model = modelOf(rng, n, rounding);
          expect(descends(model)).toBe(true);
          const neighbours = finish(customerNeighbours(model, n - 1));
          const plan = createWorkingPlan(model);
          const descent = createDescent(model, neighbours, plan, room);
          plan.restart(anyRoutes(model, rng));
          descent.clear();
          for (let turn = 0; turn < 5; turn++) {
            descent.begin();
            const c = 1 + rng.int(n);
            descent.noteCut(c, 1);
            plan.cut(c, 1);
            plan.open(c);
            const before = plan.cost;
            descent.run(Int32Array.of(c), 1);
            expect(plan.cost).toBeLessThanOrEqual(before);
            if (plan.cost < before) shorter++;
            expectSound(model, plan);
            if (turn % 2 === 0) plan.keep();
            else plan.undo();
            descent.outdate();
            plan.settle();
            expectSound(model, plan);
          }
        },
      ),
    );
    expect(shorter).toBeGreaterThan(100);
  });

  test('is for capacities alone', () => {
    const model = modelOf(createRng(1), 10, 'nint');
    expect(descends({ ...model, timed: true })).toBe(false);
    expect(descends({ ...model, maxDuration: 100 })).toBe(false);
  });
});
