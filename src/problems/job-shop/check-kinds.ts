/** What single kinds of shop ask of a schedule besides the rules of all. */
import { jobLabel, machineLabel } from './instance.ts';

/** An operation as the solution places it. */
export interface Placed {
  job: number;
  /** Place in the job's list. */
  index: number;
  machine: number;
  /** From when its job is on the machine: its start, or before that when robots bring it. */
  enter: number;
  start: number;
  end: number;
  /** When it frees its machine: its end, or under blocking the start of the job's next operation. */
  leave: number;
}

/**
 * One order of the jobs fits every machine. Sorted by the sum of their starts the jobs are in that
 * order if there is one, so neighbours suffice. O(operations + jobs · log jobs).
 */
export function checkPermutation(
  jobs: readonly (readonly Placed[])[],
  complain: (text: string) => void,
): void {
  const total = (list: readonly Placed[], pick: 'start' | 'end') =>
    list.reduce((sum, operation) => sum + operation[pick], 0);
  const order = jobs.toSorted(
    (a, b) => total(a, 'start') - total(b, 'start') || total(a, 'end') - total(b, 'end'),
  );
  for (let i = 1; i < order.length; i++) {
    const [a, b] = [order[i - 1], order[i]];
    for (let k = 0; k < Math.min(a.length, b.length); k++)
      if (b[k].start < a[k].start || b[k].end < a[k].end) {
        complain(
          `${jobLabel(b[k].job)} passes ${jobLabel(a[k].job)} on ${machineLabel(a[k].machine)}: machines differ in their order of jobs.`,
        );
        break;
      }
  }
}

/**
 * No ring of jobs changes machines at one moment, each taking what the next one leaves: without
 * swaps none of them could begin. Operations must take time and not overlap.
 * O(operations · log operations).
 */
export function checkExchanges(
  jobs: readonly (readonly Placed[])[],
  complain: (text: string) => void,
): void {
  interface Move {
    job: number;
    from: number;
    to: number;
    at: number;
  }
  const moves: Move[] = [];
  for (const list of jobs)
    for (let k = 1; k < list.length; k++)
      if (list[k].machine !== list[k - 1].machine)
        moves.push({
          job: list[k].job,
          from: list[k - 1].machine,
          to: list[k].machine,
          at: list[k].start,
        });
  moves.sort((a, b) => a.at - b.at);
  for (let i = 0; i < moves.length;) {
    // At most one job leaves a machine at a moment, and at most one comes.
    const leaving = new Map<number, Move>();
    const { at } = moves[i];
    for (; i < moves.length && moves[i].at === at; i++) leaving.set(moves[i].from, moves[i]);
    const cleared = new Set<number>();
    for (const start of leaving.values()) {
      const ring: Move[] = [];
      let move: Move | undefined = start;
      while (move && !cleared.has(move.from)) {
        cleared.add(move.from);
        ring.push(move);
        move = leaving.get(move.to);
      }
      const closing = move ? ring.indexOf(move) : -1;
      if (closing >= 0)
        complain(
          `At ${at} ${ring
            .slice(closing)
            .map(({ job }) => jobLabel(job))
            .join(', ')} would have to swap machines, none of which is free.`,
        );
    }
  }
}
