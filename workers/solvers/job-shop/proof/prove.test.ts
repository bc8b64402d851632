import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../../src/core/result.ts';
import { check } from '../../../../src/problems/job-shop/check.ts';
import { evidence } from '../../../../src/problems/job-shop/evidence.ts';
import { gallery } from '../../../../src/problems/job-shop/gallery.ts';
import { pack, type JobShopInstance } from '../../../../src/problems/job-shop/instance.ts';
import { conflictOf, type Refutation } from '../../../../src/problems/job-shop/refutation.ts';
import { linearOrder } from '../../../../src/problems/job-shop/schedule.ts';
import { anyInstance, bruteForce } from '../../../../src/problems/job-shop/test-oracle.ts';
import { branch, createSearch, type Verdict } from './branch.ts';
import { createPropagator, prove, type Shared } from './prove.ts';
import { propagate } from './propagate.ts';
import { assume, decidePair, undo } from './space.ts';

/** Sizes that brute force takes, crowded on few machines, with returns and durations of 0. */
const crowded = fc.oneof(
  anyInstance({ jobs: 4, machines: 2, operations: 2, duration: 6 }),
  anyInstance({ jobs: 3, machines: 3, operations: 3 }),
  anyInstance({ jobs: 6, machines: 2, operations: 1, duration: 20 }),
);

/** All optimal schedules as start times, by building every semi-active schedule. */
function allOptima(instance: JobShopInstance, optimum: number): Int32Array[] {
  const found: Int32Array[] = [];
  const packed = pack(instance);
  const next = instance.jobs.map(() => 0);
  const jobReady = instance.jobs.map(() => 0);
  const machineReady = new Array<number>(instance.machines).fill(0);
  const starts = new Int32Array(packed.machine.length);
  const extend = (): void => {
    let complete = true;
    instance.jobs.forEach((job, j) => {
      if (next[j] === job.length) return;
      complete = false;
      const [machine, duration] = job[next[j]];
      const before = [jobReady[j], machineReady[machine]];
      const start = Math.max(...before);
      if (start + duration > optimum) return;
      starts[packed.first[j] + next[j]++] = start;
      jobReady[j] = machineReady[machine] = start + duration;
      extend();
      next[j]--;
      [jobReady[j], machineReady[machine]] = before;
    });
    if (complete) found.push(starts.slice());
  };
  extend();
  return found;
}

function run(
  instance: JobShopInstance,
  best: number,
  bound = 0,
): Shared & { solved: number; proofs: string[] } {
  const shared = { best, bound };
  const proofs: string[] = [];
  let solved = 0;
  for (const event of prove(pack(instance), shared, { workPerStep: 1000, tree: true })) {
    if (typeof event === 'number') continue;
    if (event.kind === 'incumbent') {
      expect(check(instance, event.solution)).toMatchObject({
        feasible: true,
        objective: event.objective,
      });
      expect(shared.best).toBe(event.objective);
      solved++;
    } else if (event.kind === 'bound') {
      expect(event.value).toBe(shared.bound);
      proofs.push(event.proof);
    }
  }
  return { ...shared, solved, proofs };
}

describe('propagation', () => {
  test('keeps an optimal schedule within its windows and orders, and loses none', () => {
    fc.assert(
      fc.property(crowded, fc.nat(3), (instance, slack) => {
        const optimum = bruteForce(instance);
        const limit = optimum + slack;
        const propagator = createPropagator(pack(instance));
        const { space } = propagator;
        expect(assume(space, limit) && propagate(propagator)).toBe(true);
        const n = space.operations;
        for (const starts of allOptima(instance, limit).slice(0, 200)) {
          const place = new Int32Array(n);
          linearOrder(pack(instance), starts).forEach((operation, i) => (place[operation] = i));
          for (let i = 0; i < n; i++) {
            expect(space.time[i]).toBeLessThanOrEqual(starts[i]);
            expect(starts[i] + space.duration[i] + space.time[n + i]).toBeLessThanOrEqual(limit);
          }
          for (const pair of space.pairs) {
            const m = space.machineOfPair[pair];
            const a = space.members[space.from[m] + space.firstSlot[pair]];
            const b = space.members[space.from[m] + space.secondSlot[pair]];
            const free = space.duration[a] > 0 && space.duration[b] > 0;
            if (free && space.order[pair] !== 0)
              expect(space.order[pair]).toBe(place[a] < place[b] ? 1 : -1);
          }
        }
      }),
      { numRuns: 700 },
    );
  });

  test('the trail brings everything back', () => {
    fc.assert(
      fc.property(crowded, fc.array(fc.nat(), { maxLength: 6 }), (instance, choices) => {
        const propagator = createPropagator(pack(instance));
        const { space } = propagator;
        const limit = bruteForce(instance);
        expect(assume(space, limit) && propagate(propagator)).toBe(true);
        const before = [space.time.slice(), space.order.slice(), space.undecided];
        const mark = space.trailed;
        for (const choice of choices) {
          if (space.pairs.length === 0) break;
          if (!decidePair(space, space.pairs[choice % space.pairs.length])) break;
          if (!propagate(propagator)) break;
        }
        undo(space, mark);
        expect([space.time, space.order, space.undecided]).toEqual(before);
        expect(space.queued + space.dirtyCount).toBe(0);
      }),
    );
  });
});

describe('proofs', () => {
  test('from any upper bound end at the optimum of small instances', () => {
    fc.assert(
      fc.property(crowded, fc.nat(20), (instance, slack) => {
        const optimum = bruteForce(instance);
        const outcome = run(instance, optimum + slack);
        expect(outcome.best).toBe(optimum);
        expect(outcome.bound).toBe(optimum);
        if (slack > 0) expect(outcome.solved).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  test('the tree alone, restarted all the time, refutes optimum − 1 and solves the optimum', () => {
    let restarts = 0;
    const shape = anyInstance({ jobs: 4, machines: 3, operations: 4 });
    fc.assert(
      fc.property(shape, (instance) => {
        const packed = pack(instance);
        const solved = run(instance, 1000).best;
        for (const limit of [solved - 1, solved]) {
          const propagator = createPropagator(packed);
          const { space, nogoods } = propagator;
          const search = createSearch(propagator);
          search.run = 1;
          let verdict: Verdict = assume(space, limit) && propagate(propagator) ? 'open' : 'refuted';
          while (verdict === 'open') verdict = branch(search);
          expect(verdict).toBe(limit < solved ? 'refuted' : 'solved');
          restarts += nogoods.clauses.length;
          if (limit < solved) continue;
          const starts = space.time.slice(0, space.operations);
          expect(check(instance, { starts })).toMatchObject({ feasible: true, objective: solved });
        }
      }),
      { numRuns: 3000 },
    );
    expect(restarts).toBeGreaterThan(0);
  });

  test('an order that runs in a circle is found at once, however far the limit', () => {
    // J1 before J2 on M1 and J2 before J1 on M2 wait for each other.
    const instance: JobShopInstance = {
      name: '',
      machines: 2,
      jobs: [
        [
          [1, 1],
          [0, 1],
        ],
        [
          [0, 1],
          [1, 1],
        ],
      ],
    };
    const propagator = createPropagator(pack(instance));
    const { space } = propagator;
    expect(assume(space, 900_000_000) && propagate(propagator)).toBe(true);
    const [onFirst, onSecond] = space.pairs;
    expect(decidePair(space, onFirst) && propagate(propagator)).toBe(true);
    expect(decidePair(space, space.back[onSecond]) && propagate(propagator)).toBe(false);
    expect(space.work).toBeLessThan(100_000);
  });

  const instanceOf = (id: string) => gallery.find((entry) => entry.id === id)!.instance();

  test.each([
    ['ft06', 55],
    ['la02', 655],
    ['ft10', 930],
    ['la19', 842],
    ['ft20', 1165],
  ])('of %s: %i, and nothing below', (id, optimum) => {
    expect(run(instanceOf(id), optimum).bound).toBe(optimum);
  });

  test('runs under lower limits lose no schedule of the search above them', () => {
    const instance = instanceOf('la19');
    const outcome = run(instance, 860, 617);
    expect(outcome).toMatchObject({ best: 842, bound: 842 });
    expect(outcome.proofs).toContain('destructive bound (tree search)');
  });

  test.each([
    ['ft10', 930, 880],
    ['la19', 842, 790],
  ])('every destructive bound of %s is verified from its refutation', (id, best, least) => {
    const instance = gallery.find((entry) => entry.id === id)!.instance();
    let proven = 0;
    const shaved: number[] = [];
    const shared = { best, bound: 0 };
    for (const event of prove(pack(instance), shared, { workPerStep: 1000, tree: false })) {
      if (typeof event === 'number' || event.kind !== 'bound') continue;
      const refutation = event.evidence as Refutation;
      shaved.push(refutation.refutedOrders.length);
      expect(conflictOf(pack(instance), refutation, true)).not.toBeNull();
      // Every fourth: each order of a refutation is refuted anew.
      if (shaved.length % 4 > 0) continue;
      proven = unwrap(evidence.verify(instance, refutation));
      expect(proven).toBe(event.value);
    }
    expect(proven).toBeGreaterThanOrEqual(least);
    expect(shaved[0]).toBe(0);
    expect(shaved.at(-1)).toBeGreaterThan(50);
  });

  test('bounds alone raise ta21 from 1435', () => {
    const shared = { best: 1642, bound: 1435 };
    let work = 0;
    const options = { workPerStep: 1, tree: false };
    for (const event of prove(pack(instanceOf('ta21')), shared, options))
      if (typeof event === 'number' && (work += event) > 1e8) break;
    expect(shared.bound).toBeGreaterThan(1500);
    expect(shared.bound).toBeLessThanOrEqual(1642);
  });
});
