/** Shops where jobs keep their machines and do not swap: no move that could end in a deadlock. */
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
  trial: Trial;
}

/** Room to try how a state could go on. */
export interface Trial {
  next: Int32Array;
  on: Int32Array;
  holder: Int32Array;
  /** Operations looked at since last read. */
  looks: number;
}

export const createTrial = (packed: PackedJobShop): Trial => ({
  next: new Int32Array(packed.first.length - 1),
  on: new Int32Array(packed.first.length - 1),
  holder: new Int32Array(packed.machines),
  looks: 0,
});

/**
 * Is there surely a way for all jobs on the floor to leave it once `job` had moved to `machine`?
 * Jobs that can leave while all others stand still do so first (the banker's rule, Dijkstra 1965);
 * when none can, the one with the fewest operations left that can move goes one machine further. A
 * way is found by the state alone, so its first move leads to a state whose way is found again: who
 * only makes safe moves can always make one. O(operations on the floor · (jobs there)²) at worst.
 */
export function isSafe(floor: Standing, job: number, machine: number): boolean {
  const { packed, trial } = floor;
  const { next, on, holder } = trial;
  next.set(floor.next);
  on.set(floor.on);
  holder.set(floor.holder);
  step(packed, trial, job, machine);
  for (;;) {
    for (let progress = true; progress;) {
      progress = false;
      for (let other = 0; other < floor.jobs; other++)
        if (on[other] >= 0 && canLeave(packed, trial, other)) {
          holder[on[other]] = -1;
          on[other] = -1;
          progress = true;
        }
    }
    let mover = -1;
    let target = -1;
    let fewest = Infinity;
    let standing = false;
    for (let other = 0; other < floor.jobs; other++) {
      if (on[other] < 0) continue;
      standing = true;
      const left = packed.first[other + 1] - next[other];
      if (left >= fewest) continue;
      const to = freeMachine(packed, trial, other);
      if (to < 0 || closesRing(packed, trial, other, to)) continue;
      [mover, target, fewest] = [other, to, left];
    }
    if (!standing) return true;
    if (mover < 0) return false;
    step(packed, trial, mover, target);
  }
}

/** The job goes on to a machine; from its last one it leaves. */
function step(packed: PackedJobShop, { next, on, holder }: Trial, job: number, to: number): void {
  if (on[job] >= 0) holder[on[job]] = -1;
  next[job]++;
  const stays = next[job] < packed.first[job + 1];
  on[job] = stays ? to : -1;
  if (stays) holder[to] = job;
}

/** Are all machines a job still needs free but for itself? */
function canLeave(packed: PackedJobShop, trial: Trial, job: number): boolean {
  const { firstChoice } = packed;
  for (let i = trial.next[job]; i < packed.first[job + 1]; i++) {
    let free = false;
    const low = firstChoice ? firstChoice[i] : 0;
    const high = firstChoice ? firstChoice[i + 1] : 1;
    for (let c = low; c < high && !free; c++) {
      trial.looks++;
      const who = trial.holder[firstChoice ? packed.choiceMachine[c] : packed.machine[i]];
      free = who === -1 || who === job;
    }
    if (!free) return false;
  }
  return true;
}

/** The first machine of a job's next operation that is free but for itself; −1 when none is. */
function freeMachine(packed: PackedJobShop, trial: Trial, job: number): number {
  const { firstChoice } = packed;
  const i = trial.next[job];
  const low = firstChoice ? firstChoice[i] : 0;
  const high = firstChoice ? firstChoice[i + 1] : 1;
  for (let c = low; c < high; c++) {
    trial.looks++;
    const machine = firstChoice ? packed.choiceMachine[c] : packed.machine[i];
    if (trial.holder[machine] === -1 || trial.holder[machine] === job) return machine;
  }
  return -1;
}

/**
 * Once a job had entered `to`, would it wait for a machine whose holder waits, over others, for
 * `to`? Then none of them could ever go on. With a choice of machines that is not asked.
 * O(machines).
 */
export function closesRing(
  packed: PackedJobShop,
  { next, on, holder }: Pick<Standing, 'next' | 'on' | 'holder'>,
  job: number,
  to: number,
): boolean {
  const then = next[job] + 1;
  if (packed.firstChoice || then === packed.first[job + 1]) return false;
  let at = packed.machine[then];
  for (let steps = 0; steps <= packed.machines; steps++) {
    if (at === to) return steps > 0;
    if (at === on[job] || holder[at] === -1) return false;
    at = packed.machine[next[holder[at]]];
  }
  return true;
}
