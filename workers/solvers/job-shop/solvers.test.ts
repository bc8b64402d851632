import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { check } from '../../../src/problems/job-shop/check.ts';
import { gallery } from '../../../src/problems/job-shop/gallery.ts';
import { pack } from '../../../src/problems/job-shop/instance.ts';
import type { JobShopInstance } from '../../../src/problems/job-shop/instance.ts';
import { anyInstance, bruteForce } from '../../../src/problems/job-shop/test-oracle.ts';
import { decay } from './cooling.ts';
import { rootBound } from '../../../src/problems/job-shop/bounds.ts';
import { createDispatcher, placeSome, policyOf } from './dispatcher.ts';
import type { Rule } from './rules.ts';
import { solve } from './test-solve.ts';

const instanceOf = (id: string) => gallery.find((entry) => entry.id === id)!.instance();
const small = anyInstance({ jobs: 3, machines: 3, operations: 3 });

describe('bounds', () => {
  test('never exceed the optimum', () => {
    fc.assert(
      fc.property(small, (instance) => {
        expect(rootBound(pack(instance)).value).toBeLessThanOrEqual(bruteForce(instance));
      }),
    );
  });

  // Jackson's preemptive schedule at the root, as computed independently.
  test.each([
    ['ft10', 808],
    ['la21', 995],
    ['ta01', 1168],
    ['ta21', 1435],
    ['ta41', 1850],
    ['ta51', 2760],
    ['ta71', 5464],
  ])('of %s is %i', (id, value) => {
    expect(rootBound(pack(instanceOf(id))).value).toBe(value);
  });

  test('name the simplest argument that gives them', () => {
    const proofOf = (jobs: JobShopInstance['jobs'], machines = 2) =>
      rootBound(pack({ name: '', machines, jobs })).proof;
    expect(
      proofOf([
        [
          [0, 2],
          [1, 8],
        ],
        [
          [0, 1],
          [1, 6],
        ],
      ]),
    ).toBe('work on machine M2');
    expect(rootBound(pack(instanceOf('ft10'))).proof).toMatch(/^preemptive/);
  });
});

describe('dispatching rules', () => {
  const rules: readonly Rule[] = ['SPT', 'LPT', 'MWKR', 'LWKR', 'MOPNR', 'FIFO', 'random'];
  const cases = fc.tuple(anyInstance(), fc.constantFrom(...rules), fc.nat());
  const build = (instance: JobShopInstance, rule: Rule, type: 'active' | 'non-delay', seed = 1) => {
    const packed = pack(instance);
    const dispatcher = createDispatcher(packed, policyOf(rule, type), createRng(seed));
    expect(placeSome(dispatcher, packed.machine.length)).toBe(true);
    return dispatcher.starts;
  };
  /** Busy intervals by machine, in order. */
  const busyOf = (instance: JobShopInstance, starts: Int32Array, without = -1) => {
    const busy: [number, number][][] = Array.from({ length: instance.machines }, () => []);
    let flat = 0;
    for (const job of instance.jobs)
      for (const [machine, duration] of job) {
        if (flat !== without) busy[machine].push([starts[flat], starts[flat] + duration]);
        flat++;
      }
    return busy.map((list) => list.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
  };
  /** Calls back with every operation and when its job is ready for it. */
  const eachReady = (
    instance: JobShopInstance,
    starts: Int32Array,
    look: (flat: number, machine: number, duration: number, ready: number) => void,
  ) => {
    let flat = 0;
    for (const job of instance.jobs) {
      let ready = 0;
      for (const [machine, duration] of job) {
        look(flat, machine, duration, ready);
        ready = starts[flat++] + duration;
      }
    }
  };

  test('non-delay: no machine waits while an operation is ready', () => {
    fc.assert(
      fc.property(cases, ([instance, rule, seed]) => {
        const starts = build(instance, rule, 'non-delay', seed);
        expect(check(instance, { starts }).feasible).toBe(true);
        eachReady(instance, starts, (flat, machine, _duration, ready) => {
          for (let time = ready; time < starts[flat]; time++)
            expect(
              busyOf(instance, starts)[machine].some(([from, to]) => from <= time && time < to),
            ).toBe(true);
        });
      }),
    );
  });

  test('active: no operation fits into an earlier gap', () => {
    fc.assert(
      fc.property(cases, ([instance, rule, seed]) => {
        const starts = build(instance, rule, 'active', seed);
        expect(check(instance, { starts }).feasible).toBe(true);
        eachReady(instance, starts, (flat, machine, duration, ready) => {
          if (duration === 0) return;
          let free = ready;
          for (const [from, to] of busyOf(instance, starts, flat)[machine]) {
            if (free + duration <= from) break;
            free = Math.max(free, to);
          }
          expect(free).toBeGreaterThanOrEqual(starts[flat]);
        });
      }),
    );
  });

  test('a rule prefers what it says', () => {
    // All three jobs wait for M1 at 0; the first to go tells the rule.
    const instance: JobShopInstance = {
      name: '',
      machines: 2,
      jobs: [
        [
          [0, 5],
          [1, 2],
        ],
        [
          [0, 3],
          [1, 9],
        ],
        [
          [0, 7],
          [1, 1],
          [1, 1],
          [1, 1],
        ],
      ],
    };
    const firstJob = (rule: Rule) => {
      const starts = build(instance, rule, 'non-delay');
      return [0, 2, 4].findIndex((operation) => starts[operation] === 0);
    };
    expect(
      ['SPT', 'LPT', 'MWKR', 'LWKR', 'MOPNR', 'FIFO'].map((rule) => firstJob(rule as Rule)),
    ).toEqual([1, 2, 1, 0, 2, 0]);
  });

  test('active random schedules find small optima; one rule ends after one schedule', () => {
    fc.assert(
      fc.property(small, (instance) => {
        const params = { rule: 'random', schedule: 'active' };
        expect(solve('dispatch', instance, 3000, { params }).best).toBe(bruteForce(instance));
      }),
      { numRuns: 30 },
    );
    const single = solve('dispatch', instanceOf('ft06'), 100);
    expect(single.end?.reason).toBe('exhausted');
    expect(single.makespans).toHaveLength(1);
  });
});

describe.each(['tabu', 'annealing', 'proof', 'large-neighbourhood'] as const)('%s', (id) => {
  test('finds the optimum of small instances, with returns and durations of 0', () => {
    fc.assert(
      fc.property(small, (instance) => {
        const outcome = solve(id, instance, 4000, { params: id === 'tabu' ? { stall: 100 } : {} });
        expect(outcome.best).toBe(bruteForce(instance));
        expect(outcome.bound).toBeLessThanOrEqual(outcome.best);
        if (outcome.end) expect(outcome.bound).toBe(outcome.best);
      }),
      { numRuns: 60 },
    );
  });

  test('yields a bound and an incumbent before its first step', () => {
    const outcome = solve(id, instanceOf('ta71'), 1);
    expect(outcome.bound).toBe(5464);
    expect(outcome.makespans.length).toBeGreaterThan(0);
  });

  test('starts from a warm start, never from worse', () => {
    const instance = instanceOf('ft10');
    const {
      best,
      solution: { starts },
    } = solve(id, instance, 3_000);
    const delayed = starts.map((start) => start + 7);
    const warm = solve(id, instance, 1, { warmStart: { starts: delayed } });
    expect(warm.makespans[0]).toBeLessThanOrEqual(best);
  });
});

describe('search and proof by turns', () => {
  test.each([
    ['tabu', 'ft06', 55],
    ['tabu', 'ft10', 930],
    ['tabu', 'la19', 842],
    ['proof', 'ft06', 55],
    ['proof', 'ft10', 930],
    ['proof', 'la19', 842],
  ] as const)('%s proves %s', (id, name, optimum) => {
    const outcome = solve(id, instanceOf(name), 2_000_000);
    expect(outcome.end?.reason).toBe('optimal');
    expect([outcome.bound, outcome.best]).toEqual([optimum, optimum]);
  });

  test('without effort on the proof the bound stays that of the root', () => {
    expect(solve('tabu', instanceOf('ft10'), 20_000, { params: { proof: 0 } }).bound).toBe(808);
    expect(solve('tabu', instanceOf('ft10'), 40_000).bound).toBeGreaterThan(880);
  });

  test('each node is a step when a person steps', () => {
    const alone = solve('proof', instanceOf('ft10'), 50, { params: { moves: 0 } });
    expect(alone.end).toBeNull();
    expect(alone.bound).toBeGreaterThan(808);
  });
});

describe('large neighbourhood search', () => {
  test('improves far on its first schedule, and its tree proves small optima', () => {
    const { makespans } = solve('large-neighbourhood', instanceOf('ft10'), 4_000);
    expect(makespans[0]).toBeGreaterThan(1000);
    expect(makespans.at(-1)).toBeLessThanOrEqual(950);
    const ft06 = solve('large-neighbourhood', instanceOf('ft06'), 20_000);
    expect(ft06.end?.reason).toBe('optimal');
    expect([ft06.best, ft06.proof]).toEqual([55, 'branch and bound']);
  });
});

describe('tabu search', () => {
  test.each([
    ['ft06', 55, 1, 1_000],
    ['ft10', 930, 5, 100_000],
    ['ft20', 1165, 2, 20_000],
    ['la02', 655, 2, 10_000],
    ['la19', 842, 4, 10_000],
  ])('reaches the published optimum of %s', (id, optimum, seed, steps) => {
    expect(solve('tabu', instanceOf(id), steps, { seed }).best).toBe(optimum);
  });

  test.each([
    ['la01', 666],
    ['ta51', 2760],
    ['ta71', 5464],
  ])('proves %s by its bound', (id, optimum) => {
    const outcome = solve('tabu', instanceOf(id), 60_000);
    expect(outcome.best).toBe(optimum);
    expect(outcome.end?.reason).toBe('optimal');
  });

  test('every neighbourhood improves on the first schedule', () => {
    for (const neighbourhood of ['N5', 'N6', 'N7']) {
      const { makespans } = solve('tabu', instanceOf('ft10'), 20_000, {
        params: { neighbourhood },
      });
      expect(makespans[0]).toBeGreaterThan(1000);
      expect(makespans.at(-1)).toBeLessThanOrEqual(970);
    }
  });

  test('takes good schedules of others into its elites', () => {
    const instance = instanceOf('ft10');
    const { starts } = solve('tabu', instance, 60_000, { seed: 5 }).solution;
    let asked = 0;
    const exchange = () => (asked++ === 0 ? { starts: starts.slice() } : null);
    const setting = { params: { stall: 100, elites: 2 } };
    const alone = solve('tabu', instance, 3000, setting);
    const helped = solve('tabu', instance, 3000, { ...setting, exchange });
    expect(asked).toBeGreaterThan(1);
    expect(helped.makespans).not.toEqual(alone.makespans);
    expect(helped.best).toBeLessThan(alone.best);
  });
});

test('decay is e^−x', () => {
  for (let x = 0; x < 45; x += 0.013) expect(Math.abs(decay(x) - Math.exp(-x))).toBeLessThan(1e-5);
});
