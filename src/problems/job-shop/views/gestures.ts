/** What mouse and keys do to a schedule's bars. */
import type { Edit, Frame, Gestures, Tool } from '../../views.ts';
import { assigned, countOperations, isFlexible, jobLabel, limits, pack } from '../instance.ts';
import type { JobShopInstance, JobShopSolution, PackedJobShop } from '../instance.ts';
import { removeJob, withDuration } from './edits.ts';
import { locate, operationId, parseOperationId } from './elements.ts';
import { placeOf, reorder } from './order.ts';

type JobShopFrame = Frame<JobShopInstance, JobShopSolution>;
type JobShopEdit = Edit<JobShopInstance, JobShopSolution>;

export const tools: readonly Tool[] = [
  { id: 'move', name: 'Move', help: 'Drag a bar to another place in its machine’s order.' },
  { id: 'stretch', name: 'Stretch', help: 'Drag a bar left or right to change its duration.' },
];

const noSchedule: JobShopEdit = {
  kind: 'refused',
  reason: 'There is no schedule to change yet: run a solver first.',
};

/** The frame's start times when they fit its instance. */
export function startsOf(frame: JobShopFrame): Int32Array | null {
  const starts = frame.solution?.starts;
  return starts && starts.length === countOperations(frame.instance) ? starts : null;
}

/** The instance with the machines the frame's solution chose. */
export const packedOf = ({ instance, solution }: JobShopFrame): PackedJobShop =>
  assigned(pack(instance), solution?.machines);

/** Why bars cannot be reordered by hand, if so. */
const fixedOrder = ({ instance }: JobShopFrame): JobShopEdit | null =>
  instance.kind || instance.transport
    ? {
        kind: 'refused',
        reason: 'Here one change of order moves too much else: let a solver find another schedule.',
      }
    : null;

/** The place in the machine's order where a bar dropped `shift` later belongs. */
function move(frame: JobShopFrame, target: string, shift: number): JobShopEdit | null {
  const at = parseOperationId(frame.instance, target);
  if (!at) return null;
  const starts = startsOf(frame);
  if (!starts) return noSchedule;
  const fixed = fixedOrder(frame);
  if (fixed) return fixed;
  const packed = packedOf(frame);
  const operation = locate(packed, at);
  const place = placeOf(packed, starts, operation);
  const middle = (i: number) => starts[i] + packed.duration[i] / 2;
  const order = place.orders[place.machine];
  // The bar passes a neighbour when its front edge passes the neighbour's middle.
  const front = starts[operation] + shift + (shift > 0 ? packed.duration[operation] : 0);
  let index = place.index;
  if (shift > 0) while (index + 1 < order.length && front > middle(order[index + 1])) index++;
  else while (index > 0 && front < middle(order[index - 1])) index--;
  return withMachines(frame, reorder(packed, place, index), target);
}

function stretch(frame: JobShopFrame, target: string, shift: number): JobShopEdit | null {
  const at = parseOperationId(frame.instance, target);
  if (!at) return null;
  const operation = frame.instance.jobs[at.job][at.operation];
  if (operation.length > 2)
    return {
      kind: 'refused',
      reason: 'The operation has a time for each of its machines: change them in the table.',
    };
  const duration = operation[1];
  const wanted = Math.round(duration + shift);
  const next = Math.max(0, Math.min(limits.duration, wanted));
  if (next === duration) return null;
  const edited = withDuration(frame.instance, at.job, at.operation, next);
  if (!edited.ok) return { kind: 'refused', reason: edited.issues[0].message };
  return {
    kind: 'instance',
    instance: edited.value,
    announce: `Operation ${at.operation + 1} of ${jobLabel(at.job)} takes ${next}.`,
    select: target,
  };
}

/** The edit with the machines as they are, and the bar selected. */
function withMachines(
  frame: JobShopFrame,
  edit: JobShopEdit | null,
  select: string,
): JobShopEdit | null {
  if (edit?.kind !== 'solution') return edit;
  const machines = isFlexible(frame.instance) ? frame.solution?.machines : undefined;
  const { starts } = edit.solution;
  return { ...edit, solution: machines ? { starts, machines } : { starts }, select };
}

export const gestures: Gestures<JobShopInstance, JobShopSolution> = {
  hint: 'Drag a bar to reorder its machine; Alt+← and Alt+→ swap it with its neighbour; Delete removes its job.',
  drag: (frame, target, from, to) =>
    frame.tool === 'stretch'
      ? stretch(frame, target, to.x - from.x)
      : move(frame, target, to.x - from.x),
  remove(frame, target) {
    const at = parseOperationId(frame.instance, target);
    if (!at) return null;
    const edited = removeJob(frame.instance, at.job);
    if (!edited.ok) return { kind: 'refused', reason: edited.issues[0].message };
    const { job } = at;
    return {
      kind: 'instance',
      instance: edited.value,
      announce: `${jobLabel(job)} is removed; the jobs behind it move up.`,
      select: null,
    };
  },
  nudge(frame, target, dx) {
    const at = parseOperationId(frame.instance, target);
    if (!at || dx === 0) return null;
    if (frame.tool === 'stretch') return stretch(frame, operationId(at.job, at.operation), dx);
    const starts = startsOf(frame);
    if (!starts) return noSchedule;
    const fixed = fixedOrder(frame);
    if (fixed) return fixed;
    const packed = packedOf(frame);
    const place = placeOf(packed, starts, locate(packed, at));
    return withMachines(frame, reorder(packed, place, place.index + dx), target);
  },
};
