/** Why the bound is what it is, in a Gantt chart: which operations, on which machine. */
import { formatNumber } from '../../../core/format.ts';
import type { Item } from '../../../scene/scene.ts';
import { explainBound } from '../bounds.ts';
import { isRefutation } from '../evidence.ts';
import { jobLabel, machineLabel, type PackedJobShop } from '../instance.ts';
import { conflictOf, type Conflict, type Refutation } from '../refutation.ts';
import { jobOfOperation } from '../schedule.ts';
import { margin, type Plan } from './gantt-plan.ts';

/** Operations that cannot start before `head`, work for `work`, and leave `tail` to follow. */
interface Sum {
  head: number;
  work: number;
  tail: number;
}

const conflicts = new WeakMap<Refutation, Conflict | null>();

/** The conflict a refutation ends with; found once for each. */
function conflictIn(packed: PackedJobShop, refutation: Refutation): Conflict | null {
  let found = conflicts.get(refutation);
  if (found === undefined) {
    found = conflictOf(packed, refutation, true);
    conflicts.set(refutation, found);
  }
  return found;
}

/**
 * Outlines the operations that give the bound, and shows as one strip when they could start, their
 * work and what must follow: those that contradict a shorter makespan when a proof has shown that,
 * else those of the bound that needs no search.
 *
 * @param bound the run's. @param evidence of the latest bound that had any.
 * @returns a sentence for the description.
 */
export function addBoundExplanation(
  items: Item[],
  plan: Plan,
  starts: Int32Array,
  width: number,
  bound: number | null,
  evidence: unknown,
): string {
  const { packed } = plan;
  if (packed.objective !== 'makespan') return '';
  const { value, proof, machine, operations, head, work, tail } = explainBound(packed);
  if (isRefutation(evidence) && evidence.makespan >= value) {
    const conflict = conflictIn(packed, evidence);
    if (conflict) return addRefutation(items, plan, starts, width, evidence, conflict, bound);
  }
  if (operations.length === 0) return ` Bound ${formatNumber(value)}: ${proof}.`;
  outline(items, plan, starts, operations, 'counts for the bound');
  const on = addStrip(items, plan, operations, machine, { head, work, tail }, width);
  return ` Bound ${formatNumber(value)} (${proof}): ${operations.length} operations on ${on} start at ${head} at the earliest, take ${work}, and ${tail} must follow.`;
}

function addRefutation(
  items: Item[],
  plan: Plan,
  starts: Int32Array,
  width: number,
  { makespan, refutedOrders }: Refutation,
  { machine, operations, sum }: Conflict,
  bound: number | null,
): string {
  const on = machineLabel(machine);
  outline(items, plan, starts, operations, `would not fit within ${makespan}`);
  if (sum) addStrip(items, plan, operations, machine, sum, width);
  const found =
    refutedOrders.length === 0
      ? 'edge finding shows that'
      : `once ${formatNumber(refutedOrders.length)} single orders are tried and refuted,`;
  const count = `${operations.length} operation${operations.length === 1 ? '' : 's'}`;
  const fails = sum
    ? `${count} on ${on} would start at ${sum.head} at the earliest, take ${sum.work}, and leave ${sum.tail} to follow`
    : `${count} on ${on} could go in neither order`;
  const beyond =
    bound !== null && bound > makespan + 1
      ? ` From there to ${formatNumber(bound)} by searching the tree of orders.`
      : '';
  return ` Bound ${formatNumber(makespan + 1)}: within a makespan of ${formatNumber(makespan)}, ${found} ${fails}.${beyond}`;
}

/** Outlines bars. O(operations). */
function outline(
  items: Item[],
  plan: Plan,
  starts: Int32Array,
  operations: readonly number[],
  why: string,
): void {
  const { packed, rows } = plan;
  const jobs = jobOfOperation(packed);
  for (const operation of operations) {
    const row = rows === 'machines' ? packed.machine[operation] : jobs[operation];
    items.push({
      kind: 'rect',
      x: starts[operation],
      y: row + margin,
      w: packed.duration[operation],
      h: 1 - 2 * margin,
      stroke: 'bound',
      strokeWidth: 3,
      radius: 3,
      inset: 1,
      title: `${jobLabel(jobs[operation])} on ${machineLabel(packed.machine[operation])} ${why}`,
    });
  }
}

/** The strip below a row. @returns what it is about: a machine, or a job. */
function addStrip(
  items: Item[],
  plan: Plan,
  operations: readonly number[],
  machine: number | undefined,
  { head, work, tail }: Sum,
  width: number,
): string {
  const job = jobOfOperation(plan.packed)[operations[0]];
  const on = machine === undefined ? jobLabel(job) : machineLabel(machine);
  const at = plan.rows === 'jobs' ? job : (machine ?? 0);
  const strip = (x: number, w: number, opacity: number, title: string) => {
    if (w > 0 && x < width)
      items.push({
        kind: 'rect',
        x,
        y: at + 0.9,
        w: Math.max(0, Math.min(w, width - x)),
        h: 0.1,
        fill: 'bound',
        opacity,
        title,
      });
  };
  strip(0, head, 0.3, `Nothing of these can start on ${on} before ${head}`);
  strip(head, work, 1, `Work of ${operations.length} operations on ${on}: ${work}`);
  strip(head + work, tail, 0.3, `After the last of them at least ${tail} must follow`);
  return on;
}
