import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { check } from '../../../src/problems/vrp/check.ts';
import {
  clean,
  cleanCustomer,
  pack,
  ROUNDINGS,
  type Customer,
  type VrpInstance,
  type VrpSolution,
} from '../../../src/problems/vrp/instance.ts';
import { validate } from '../../../src/problems/vrp/schema.ts';
import { unwrap } from '../../../src/core/result.ts';
import { vehiclesFirst } from '../../../src/problems/vrp/vehicles-first.ts';
import { gallery } from '../../../src/problems/vrp/gallery.ts';
import { solvers as infos, type SolverId } from '../../../src/problems/vrp/solvers.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { solvers } from './index.ts';
import { leastCost } from './variants-oracle.ts';

beforeAll(prepareHighs);

interface Outcome {
  best: VrpSolution | null;
  objective: number;
  bound: number;
}

function solve(
  id: SolverId,
  instance: VrpInstance,
  steps: number,
  seed = 1,
  more: { warmStart?: VrpSolution; exchange?: () => VrpSolution | null } = {},
): Outcome {
  const info = infos.find((solver) => solver.id === id)!;
  let done = 0;
  const run = solvers[id](pack(instance), {
    rng: createRng(seed),
    params: defaultParams(info.params),
    budget: {
      steps,
      chunk: (preferred) => Math.min(preferred, steps - done),
      progress: () => done / steps,
    },
    ...more,
  });
  const outcome: Outcome = { best: null, objective: Infinity, bound: -Infinity };
  while (done < steps) {
    const next = run.next();
    if (next.done) break;
    const event = next.value;
    if (typeof event === 'number') done += event;
    else if (event.kind === 'incumbent') {
      outcome.best = event.solution as VrpSolution;
      const report = check(instance, outcome.best);
      expect(report.violations).toEqual([]);
      expect(event.objective).toBeCloseTo(report.objective, 6);
      expect(event.objective).toBeLessThan(outcome.objective);
      outcome.objective = event.objective;
    } else if (event.kind === 'bound') outcome.bound = Math.max(outcome.bound, event.value);
  }
  return outcome;
}

/** A gallery instance by its name's start. */
const make = (id: string): VrpInstance =>
  gallery.find((entry) => entry.id.includes(id))!.instance();

const spot = { x: fc.integer({ min: 0, max: 30 }), y: fc.integer({ min: 0, max: 30 }) };

/** Plain customers, with windows now and then. */
const customers = fc.array(
  fc
    .record({
      ...spot,
      demand: fc.integer({ min: 0, max: 10 }),
      ready: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined, freq: 2 }),
      width: fc.integer({ min: 20, max: 80 }),
      service: fc.integer({ min: 0, max: 8 }),
    })
    .map(({ ready, width, ...rest }) =>
      cleanCustomer(ready === undefined ? rest : { ...rest, ready, due: ready + width }),
    ),
  { minLength: 2, maxLength: 5 },
);

const base = fc.record({
  rounding: fc.constantFrom(...ROUNDINGS),
  capacity: fc.integer({ min: 10, max: 25 }),
  vehicles: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 3 }),
  maxDuration: fc.option(fc.integer({ min: 60, max: 150 }), { nil: undefined, freq: 4 }),
  close: fc.option(fc.integer({ min: 100, max: 200 }), { nil: undefined, freq: 3 }),
  customers,
});

type Base = typeof base extends fc.Arbitrary<infer T> ? T : never;

const built = (
  { close, ...rest }: Base,
  more: Partial<VrpInstance>,
  change: (customers: Customer[]) => Customer[] = (same) => same,
): VrpInstance =>
  unwrap(
    validate(
      clean({
        name: 'tiny',
        ...rest,
        ...more,
        depot: { x: 15, y: 12, due: close },
        customers: change(rest.customers),
      }),
    ),
  );

const numbers = (count: number, max: number) =>
  fc.array(fc.integer({ min: 0, max }), { minLength: count, maxLength: count });
const flags = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });

const asymmetric = fc
  .tuple(base, numbers(36, 40), numbers(36, 40), fc.boolean())
  .map(([start, distances, durations, timed]) => {
    const nodes = start.customers.length + 1;
    const square = (flat: number[]) =>
      Array.from({ length: nodes }, (_, i) =>
        Array.from({ length: nodes }, (_, j) => (i === j ? 0 : 1 + flat[i * nodes + j])),
      );
    return built(start, {
      matrix: {
        distances: square(distances),
        ...(timed ? { durations: square(durations) } : {}),
      },
    });
  });
const open = base.map((start) => built(start, { open: true }));
const costly = base.map((start) => built(start, { fixedCost: 1000 }));
const depots = fc
  .tuple(base, fc.record({ ...spot, due: fc.option(fc.integer({ min: 90, max: 200 })) }))
  .map(([start, { due, ...place }]) =>
    built(start, { depots: [{ ...place, ...(due === null ? {} : { due }) }] }),
  );
const fleet = fc
  .tuple(
    base,
    fc.array(
      fc.record({
        capacity: fc.integer({ min: 8, max: 30 }),
        count: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
        fixed: fc.integer({ min: 0, max: 60 }),
        perDistance: fc.constantFrom(0.5, 1, 1.25, 2),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([start, types]) => built(start, { fleet: types }));
const prizes = fc
  .tuple(base, numbers(5, 40), flags)
  .map(([start, prize, optional]) =>
    built(start, {}, (all) =>
      all.map((customer, i) => (optional[i] ? { ...customer, prize: prize[i] } : customer)),
    ),
  );
const backhauls = fc
  .tuple(base, flags)
  .map(([start, back]) =>
    built(start, {}, (all) =>
      all.map((customer, i) => (back[i] ? { ...customer, backhaul: true } : customer)),
    ),
  );
const pairs = fc.tuple(base, fc.boolean(), fc.boolean()).map(([start, two, prize]) =>
  built(start, {}, (all) =>
    all.map((customer, i): Customer => {
      if (i === 0) return { ...customer, deliverTo: 2, ...(prize ? { prize: 25 } : {}) };
      if (i === 2 && two && all.length > 3) return { ...customer, deliverTo: 4 };
      return i === 1 || (i === 3 && two) ? { ...customer, demand: 0 } : customer;
    }),
  ),
);
const everything = fc
  .tuple(base, flags, numbers(5, 60), fc.record(spot))
  .map(([start, back, prize, second]) =>
    built(
      start,
      {
        open: back[4] ? true : undefined,
        depots: [second],
        fleet: [
          { capacity: 15, fixed: 10 },
          { capacity: 30, fixed: 25, perDistance: 1.5, count: 1, depot: 1 },
        ],
      },
      (all) =>
        all.map((customer, i): Customer => {
          if (i === 0) return { ...customer, deliverTo: 2, prize: prize[0] };
          if (i === 1) return { ...customer, demand: 0 };
          return { ...customer, ...(back[i] ? { backhaul: true } : { prize: prize[i] }) };
        }),
    ),
  );

describe('variants against exhaustive search', () => {
  test.each([
    ['asymmetric', asymmetric],
    ['open', open],
    ['fixed cost', costly],
    ['depots', depots],
    ['fleet', fleet],
    ['prizes', prizes],
    ['backhauls', backhauls],
    ['pairs', pairs],
    ['everything', everything],
  ])('ruin and recreate finds the optimum: %s', (_, instances) => {
    fc.assert(
      fc.property(instances, (instance) => {
        const optimum = leastCost(instance);
        const { best, objective, bound } = solve('sisr', instance, 2500);
        if (optimum === Infinity) {
          expect(best).toBeNull();
          return;
        }
        expect(objective).toBeCloseTo(optimum, 6);
        expect(bound).toBeLessThanOrEqual(optimum + 1e-9);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  test('large neighbourhoods find the optimum, and regret insertion keeps every rule', () => {
    fc.assert(
      fc.property(everything, (instance) => {
        const optimum = leastCost(instance);
        const { best, objective } = solve('alns', instance, 800);
        if (optimum === Infinity) expect(best).toBeNull();
        else expect(objective).toBeCloseTo(optimum, 6);
        const joined = solve('auto', instance, 1500);
        if (optimum < Infinity) expect(joined.objective).toBeCloseTo(optimum, 6);
        const built = solve('regret', instance, 50);
        if (built.best) expect(built.objective).toBeGreaterThanOrEqual(optimum - 1e-9);
      }),
      { numRuns: 60, seed: 12 },
    );
  });

  test('routes are taken away where a vehicle costs more than its way', () => {
    // Two customers per vehicle by load; greedy insertion pairs the wrong ones.
    const customers = [
      { x: 10, y: 0, demand: 3 },
      { x: 11, y: 0, demand: 3 },
      { x: 0, y: 10, demand: 7 },
      { x: 0, y: -10, demand: 7 },
    ];
    const plain = clean({
      name: 'few',
      capacity: 10,
      rounding: 'none',
      depot: { x: 0, y: 0 },
      customers,
    });
    expect(solve('sisr', plain, 500).best?.routes.length).toBe(3);
    expect(solve('sisr', vehiclesFirst(plain), 500).best?.routes.length).toBe(2);
  });
});

describe('vehicles first', () => {
  test('takes routes away again and again, and never shows more than before', () => {
    const instance = gallery.find(({ id }) => id === 'windows-rc-50')!.instance();
    const { best } = solve('sisr', vehiclesFirst({ ...instance, rounding: 'none' }), 6000);
    const free = solve('sisr', { ...instance, rounding: 'none' }, 6000);
    expect(best!.routes.length).toBeLessThanOrEqual(free.best!.routes.length);
  });

  test('goes on from a plan with fewer routes than it had', () => {
    const instance = make('depots');
    const good = solve('sisr', instance, 3000);
    const alone = { routes: instance.customers.map((_, i) => [i + 1]) };
    let offered: VrpSolution | null = good.best;
    const { objective } = solve('sisr', instance, 9000, 2, {
      warmStart: alone,
      exchange: () => {
        const given = offered;
        offered = null;
        return given;
      },
    });
    expect(objective).toBeLessThanOrEqual(good.objective);
  });
});

describe('large neighbourhoods', () => {
  test('weights change and come with every trace row', () => {
    const instance = gallery.find(({ id }) => id === 'x-100')!.instance();
    const info = infos.find(({ id }) => id === 'alns')!;
    const rows: (readonly number[])[] = [];
    let done = 0;
    const run = solvers.alns(pack(instance), {
      rng: createRng(1),
      params: defaultParams(info.params),
      budget: {
        steps: 600,
        chunk: (preferred) => Math.min(preferred, 600 - done),
        progress: () => done / 600,
      },
    });
    while (done < 600) {
      const { value } = run.next();
      if (typeof value === 'number') done += value;
      else if (value && 'kind' in value && value.kind === 'trace') rows.push(value.row);
    }
    expect(rows.length).toBeGreaterThan(3);
    expect(rows[0].length).toBe(info.trace.length);
    expect(new Set(rows.at(-1)!.slice(1)).size).toBeGreaterThan(2);
    expect(rows.at(-1)![0]).toBeLessThan(rows[0][0]);
  });
});
