/**
 * Which part of a schedule a large neighbourhood search gives up: of several kinds, each drawn by
 * what it has been worth so far and as large as can be searched (Laborie & Godard 2007).
 */
import { shuffle, type Rng } from '../../../src/core/rng.ts';
import type { PackedJobShop } from '../../../src/problems/job-shop/instance.ts';
import { jobOfOperation } from '../../../src/problems/job-shop/schedule.ts';

/** What is given up: operations of a span of time, on half the machines, whole machines, whole jobs. */
const kinds = ['window', 'patch', 'machines', 'jobs'] as const;

/** How much of a kind's worth one sub-problem replaces, and the worth a kind never falls below. */
const learning = 0.05;
const leastWorth = 0.02;
/** Growth of a part whose sub-problem was refuted, and its inverse for one left open. */
const growth = 1.02;

export interface Parts {
  /** 1 for each operation given up. */
  relaxed: Uint8Array;
  /** Draws a part of the schedule whose operations by start are `order`. O(operations). */
  draw(order: Int32Array): void;
  /** How its sub-problem ended. */
  learn(verdict: 'open' | 'solved' | 'refuted', better: boolean): void;
}

/** @param first operations given up at first. O(operations). */
export function createParts(packed: PackedJobShop, first: number, rng: Rng): Parts {
  const n = packed.machine.length;
  const { machines } = packed;
  const jobOf = jobOfOperation(packed);
  const jobs = packed.first.length - 1;
  const relaxed = new Uint8Array(n);
  const worth = kinds.map(() => 1);
  const size = kinds.map(() => Math.min(first, n));
  const machineNumbers = Int32Array.from({ length: machines }, (_, m) => m);
  const jobNumbers = Int32Array.from({ length: jobs }, (_, j) => j);
  const chosen = new Uint8Array(Math.max(jobs, machines));
  let drawn = 0;

  /** A kind, each with a chance that goes by its worth. */
  function drawKind(): number {
    const total = worth.reduce((sum, value) => sum + Math.max(leastWorth, value), 0);
    let at = rng.float() * total;
    for (let kind = 0; kind + 1 < kinds.length; kind++) {
      at -= Math.max(leastWorth, worth[kind]);
      if (at < 0) return kind;
    }
    return kinds.length - 1;
  }

  /** Marks `count` of the numbers in `chosen`. */
  function choose(numbers: Int32Array, count: number): void {
    chosen.fill(0);
    shuffle(numbers, rng);
    for (let i = 0; i < count; i++) chosen[numbers[i]] = 1;
  }

  return {
    relaxed,
    draw(order) {
      drawn = drawKind();
      const count = Math.round(size[drawn]);
      relaxed.fill(0);
      if (kinds[drawn] === 'window') {
        const from = rng.int(n - count + 1);
        for (let i = from; i < from + count; i++) relaxed[order[i]] = 1;
      } else if (kinds[drawn] === 'jobs') {
        choose(jobNumbers, Math.max(1, Math.round((count * jobs) / n)));
        for (let i = 0; i < n; i++) relaxed[i] = chosen[jobOf[i]];
      } else {
        const whole = kinds[drawn] === 'machines';
        choose(
          machineNumbers,
          whole ? Math.max(1, Math.round((count * machines) / n)) : (machines + 1) >> 1,
        );
        const from = whole ? 0 : rng.int(Math.max(1, n - 2 * count + 1));
        let open = whole ? n : count;
        for (let i = from; i < n && open > 0; i++)
          if (chosen[packed.machine[order[i]]] === 1) {
            relaxed[order[i]] = 1;
            open--;
          }
      }
    },
    learn(verdict, better) {
      if (verdict !== 'solved') {
        const factor = verdict === 'refuted' ? growth : 1 / growth;
        size[drawn] = Math.max(Math.min(8, n), Math.min(n, size[drawn] * factor));
      }
      worth[drawn] += learning * ((better ? 1 : 0) - worth[drawn]);
    },
  };
}
