/** Reordering a machine by hand: what becomes of a schedule, or why it cannot be. */
import type { Edit } from '../../views.ts';
import {
  jobLabel,
  machineLabel,
  type JobShopInstance,
  type JobShopSolution,
  type PackedJobShop,
} from '../instance.ts';
import { earliestStarts, jobOfOperation, linearOrder, machineOrders } from '../schedule.ts';

type JobShopEdit = Edit<JobShopInstance, JobShopSolution>;

/** Where an operation stands and in which order its machine works. */
export interface Place {
  orders: number[][];
  machine: number;
  index: number;
}

/** O(n log n). */
export function placeOf(packed: PackedJobShop, starts: Int32Array, operation: number): Place {
  const orders = machineOrders(packed, linearOrder(packed, starts));
  const machine = packed.machine[operation];
  return { orders, machine, index: orders[machine].indexOf(operation) };
}

/**
 * Puts the operation at `index` in its machine's order and starts everything as early as the orders
 * allow; refused when some operation would have to wait for itself. O(n log n).
 */
export function reorder(packed: PackedJobShop, place: Place, index: number): JobShopEdit | null {
  const { orders, machine } = place;
  const order = orders[machine];
  const target = Math.max(0, Math.min(order.length - 1, index));
  if (target === place.index) return null;
  const operation = order[place.index];
  const moved = order.toSpliced(place.index, 1).toSpliced(target, 0, operation);
  const starts = earliestStarts(packed, orders.with(machine, moved));
  const job = jobLabel(jobOfOperation(packed)[operation]);
  if (!starts) return { kind: 'refused', reason: whyNot(packed, place, target) };
  return {
    kind: 'solution',
    solution: { starts },
    announce: `${job} is now number ${target + 1} of ${order.length} on ${machineLabel(machine)}.`,
  };
}

/** The nearest operation that cannot be passed, and what it waits for. */
function whyNot(packed: PackedJobShop, place: Place, target: number): string {
  const { orders, machine, index } = place;
  const order = orders[machine];
  const jobs = jobOfOperation(packed);
  const operation = order[index];
  const later = target > index;
  const step = later ? 1 : -1;
  for (let i = index + step; i !== target + step; i += step) {
    const [u, v] = later ? [operation, order[i]] : [order[i], operation];
    // Does v come after u's next operation whatever this machine does between the two?
    const next = u + 1 < packed.first[jobs[u] + 1] ? u + 1 : -1;
    if (next < 0 || !leadsTo(packed, orders, next, v)) continue;
    const self = jobLabel(jobs[operation]);
    const other = jobLabel(jobs[order[i]]);
    const on = machineLabel(machine);
    if (self === other) return `${self} must do its own operations on ${on} in this order.`;
    return later
      ? `${self} cannot go behind ${other} on ${on}: ${other} gets there only after the next ` +
          `operation of ${self} on ${machineLabel(packed.machine[next])}.`
      : `${self} cannot go before ${other} on ${on}: ${self} gets there only after the next ` +
          `operation of ${other} on ${machineLabel(packed.machine[next])}.`;
  }
  return 'Some operation would have to wait for itself.';
}

/** Is there a path of job and machine successors from one operation to another? O(n). */
function leadsTo(
  packed: PackedJobShop,
  orders: readonly (readonly number[])[],
  from: number,
  to: number,
): boolean {
  const jobs = jobOfOperation(packed);
  const after = new Int32Array(packed.machine.length).fill(-1);
  for (const order of orders)
    for (let i = 0; i + 1 < order.length; i++) after[order[i]] = order[i + 1];
  const seen = new Uint8Array(packed.machine.length);
  const stack = [from];
  seen[from] = 1;
  while (stack.length > 0) {
    const operation = stack.pop()!;
    if (operation === to) return true;
    const inJob = operation + 1 < packed.first[jobs[operation] + 1] ? operation + 1 : -1;
    for (const next of [inJob, after[operation]])
      if (next >= 0 && !seen[next]) {
        seen[next] = 1;
        stack.push(next);
      }
  }
  return false;
}
