/** What mouse and keys do to a schedule's bars. */
import type { Edit, Frame, Gestures, Tool } from '../../views.ts';
import { countOperations, jobLabel, limits, pack } from '../instance.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';
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

/** The place in the machine's order where a bar dropped `shift` later belongs. */
function move(frame: JobShopFrame, target: string, shift: number): JobShopEdit | null {
  const at = parseOperationId(frame.instance, target);
  if (!at) return null;
  const starts = startsOf(frame);
  if (!starts) return noSchedule;
  const packed = pack(frame.instance);
  const operation = locate(packed, at);
  const place = placeOf(packed, starts, operation);
  const middle = (i: number) => starts[i] + packed.duration[i] / 2;
  const order = place.orders[place.machine];
  // The bar passes a neighbour when its front edge passes the neighbour's middle.
  const front = starts[operation] + shift + (shift > 0 ? packed.duration[operation] : 0);
  let index = place.index;
  if (shift > 0) while (index + 1 < order.length && front > middle(order[index + 1])) index++;
  else while (index > 0 && front < middle(order[index - 1])) index--;
  return selecting(reorder(packed, place, index), target);
}

function stretch(frame: JobShopFrame, target: string, shift: number): JobShopEdit | null {
  const at = parseOperationId(frame.instance, target);
  if (!at) return null;
  const [, duration] = frame.instance.jobs[at.job][at.operation];
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

const selecting = (edit: JobShopEdit | null, select: string): JobShopEdit | null =>
  edit?.kind === 'solution' ? { ...edit, select } : edit;

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
    const packed = pack(frame.instance);
    const place = placeOf(packed, starts, locate(packed, at));
    return selecting(reorder(packed, place, place.index + dx), target);
  },
};
