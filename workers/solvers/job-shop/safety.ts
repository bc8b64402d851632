/** The banker's rule for shops where jobs keep their machines: no move that could end in a deadlock. */
import type { PackedJobShop } from '../../../src/problems/job-shop/instance.ts';

/** Who stands where. */
export interface Standing {
  packed: PackedJobShop;
  jobs: number;
  /** Next operation of each job. */
  next: Int32Array;
  /** The machine a job stands on, or −1; the job on a machine, or −1. */
  on: Int32Array;
  holder: Int32Array;
  /** Scratch: who could have left. */
  gone: Uint8Array;
  /** Counts the operations looked at. */
  looks: number;
}

/**
 * Could the jobs on the floor still leave it one after the other, each while all others stand still,
 * once `job` had moved to `machine`? If so now, some job can always go on without giving that up:
 * the one that would leave first (Dijkstra 1965). O(jobs on the floor² · operations of a job).
 */
export function isSafe(floor: Standing, job: number, machine: number): boolean {
  const { packed, next, on, gone } = floor;
  const { first, firstChoice } = packed;
  let waiting = 0;
  for (let other = 0; other < floor.jobs; other++) {
    gone[other] = on[other] < 0 && other !== job ? 1 : 0;
    waiting += 1 - gone[other];
  }
  /** Who would stand on a machine then; −1 for nobody. */
  const standing = (at: number): number => {
    if (at === machine) return gone[job] === 1 ? -1 : job;
    const who = floor.holder[at];
    return who < 0 || who === job || gone[who] === 1 ? -1 : who;
  };
  for (let progress = true; progress && waiting > 0;) {
    progress = false;
    for (let other = 0; other < floor.jobs; other++) {
      if (gone[other] === 1) continue;
      let free = true;
      for (let i = next[other] + (other === job ? 1 : 0); free && i < first[other + 1]; i++) {
        floor.looks++;
        let found = false;
        const low = firstChoice ? firstChoice[i] : 0;
        const high = firstChoice ? firstChoice[i + 1] : 1;
        for (let c = low; c < high && !found; c++) {
          const who = standing(firstChoice ? packed.choiceMachine[c] : packed.machine[i]);
          found = who < 0 || who === other;
        }
        free = found;
      }
      if (!free) continue;
      gone[other] = 1;
      waiting--;
      progress = true;
    }
  }
  return waiting === 0;
}
