import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '../../core/rng.ts';
import { check } from './check.ts';
import { pack } from './instance.ts';
import {
  criticalPath,
  earliestStarts,
  jobOfOperation,
  linearOrder,
  machineOrders,
  makespanOf,
} from './schedule.ts';
import { anyInstance } from './test-oracle.ts';

const cases = fc.tuple(anyInstance(), fc.nat());

/** A schedule from a random sequence of jobs, with random waiting. */
function randomStarts(instance: Parameters<typeof pack>[0], seed: number): Int32Array {
  const rng = createRng(seed);
  const packed = pack(instance);
  const starts = new Int32Array(packed.machine.length);
  const next = Int32Array.from(packed.first.subarray(0, -1));
  const jobReady = new Int32Array(next.length);
  const machineReady = new Int32Array(packed.machines);
  for (let placed = 0; placed < starts.length;) {
    const job = rng.int(next.length);
    if (next[job] === packed.first[job + 1]) continue;
    const i = next[job]++;
    starts[i] = Math.max(jobReady[job], machineReady[packed.machine[i]]) + rng.int(3);
    jobReady[job] = machineReady[packed.machine[i]] = starts[i] + packed.duration[i];
    placed++;
  }
  return starts;
}

describe('schedules', () => {
  test('packing to the left keeps the machine orders and never ends later', () => {
    fc.assert(
      fc.property(cases, ([instance, seed]) => {
        const packed = pack(instance);
        const starts = randomStarts(instance, seed);
        const orders = machineOrders(packed, linearOrder(packed, starts));
        const left = earliestStarts(packed, orders)!;
        expect(check(instance, { starts: left }).feasible).toBe(true);
        expect(left.every((start, i) => start <= starts[i])).toBe(true);
        for (const order of orders)
          for (let i = 1; i < order.length; i++)
            expect(left[order[i]]).toBeGreaterThanOrEqual(
              left[order[i - 1]] + packed.duration[order[i - 1]],
            );
      }),
    );
  });

  test('the critical path has no gaps, fills the makespan and follows jobs and machines', () => {
    fc.assert(
      fc.property(cases, ([instance, seed]) => {
        const packed = pack(instance);
        const orders = machineOrders(packed, linearOrder(packed, randomStarts(instance, seed)));
        const starts = earliestStarts(packed, orders)!;
        const path = criticalPath(packed, starts, orders);
        const jobs = jobOfOperation(packed);
        expect(starts[path[0]]).toBe(0);
        const length = path.reduce((sum, operation) => sum + packed.duration[operation], 0);
        expect(length).toBe(makespanOf(packed, starts));
        for (let i = 1; i < path.length; i++) {
          const [a, b] = [path[i - 1], path[i]];
          expect(starts[b]).toBe(starts[a] + packed.duration[a]);
          expect(jobs[a] === jobs[b] || packed.machine[a] === packed.machine[b]).toBe(true);
        }
      }),
    );
  });

  test('orders that wait for each other are no schedule', () => {
    const packed = pack({
      name: '',
      machines: 2,
      jobs: [
        [
          [0, 1],
          [1, 1],
        ],
        [
          [1, 1],
          [0, 1],
        ],
      ],
    });
    expect(
      earliestStarts(packed, [
        [3, 0],
        [1, 2],
      ]),
    ).toBeNull();
    expect(
      earliestStarts(packed, [
        [0, 3],
        [2, 1],
      ]),
    ).toEqual(Int32Array.of(0, 1, 0, 1));
  });
});
