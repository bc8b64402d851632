/** Direct manipulation of the curve. */
import type { ElementId, Point } from '../../../scene/scene.ts';
import type { Edit, Gestures } from '../../views.ts';
import {
  addPoint,
  bodySpan,
  drawStroke,
  movePoint,
  removePoint,
  setCooldown,
  setPeak,
  setWarmup,
  toPoints,
} from '../edit.ts';
import { isEvaluated, NOT_EVALUATED } from '../code-values.ts';
import { LIMITS, type Instance, type Solution } from '../instance.ts';
import { bodyInfo } from '../schedule.ts';
import { shortNumber, type LrFrame } from './common.ts';
import { rateAxis } from './axis.ts';

type LrEdit = Edit<Instance, Solution>;

const axisOf = ({ instance, toggles }: LrFrame) => rateAxis(instance, toggles.log === true);

const edit = (instance: Instance, announce: string, select?: ElementId | null): LrEdit => ({
  kind: 'instance',
  instance,
  announce,
  ...(select === undefined ? {} : { select }),
});

/** Index of a control point's id; −1 for anything else. */
const pointIndex = (target: ElementId): number =>
  target.startsWith('point:') ? Number(target.slice('point:'.length)) : -1;

/** A curve that is not known yet cannot become control points. */
const unknown = ({ schedule, steps }: Instance): LrEdit | null =>
  isEvaluated(schedule.body, steps)
    ? null
    : { kind: 'refused', reason: `${NOT_EVALUATED.message} ${NOT_EVALUATED.hint}` };

/** "Cosine became 9 control points. " when a named body had to be converted. */
function conversion(instance: Instance): string {
  const { body } = instance.schedule;
  if (body.kind === 'points') return '';
  return `${bodyInfo(body.kind).name} became ${toPoints(instance).points.length} control points. `;
}

function click(frame: LrFrame, target: ElementId | null, at: Point): LrEdit | null {
  if (frame.tool === 'draw' || target !== null) return null;
  const { instance } = frame;
  if (at.x < 0 || at.x > instance.steps) return null;
  const { first, last } = bodySpan(instance);
  if (at.x < first || at.x > last)
    return {
      kind: 'refused',
      reason: 'Control points lie between warm-up and cooldown; drag their handles to make room.',
    };
  const refused = unknown(instance);
  if (refused) return refused;
  const added = addPoint(instance, at.x, axisOf(frame).rate(at.y));
  if (!added)
    return { kind: 'refused', reason: `At most ${LIMITS.points} control points are possible.` };
  return edit(
    added.instance,
    `${conversion(instance)}Control point added at step ${Math.round(at.x)}.`,
    `point:${added.index}`,
  );
}

function drag(frame: LrFrame, target: ElementId, from: Point, to: Point): LrEdit | null {
  const { instance } = frame;
  const { warmup, cooldown, peak, body } = instance.schedule;
  const axis = axisOf(frame);
  if (target === 'handle:warmup') {
    const next = setWarmup(instance, warmup.steps + to.x - from.x);
    return edit(next, `Warm-up of ${next.schedule.warmup.steps} steps.`);
  }
  if (target === 'handle:cooldown') {
    const next = setCooldown(instance, cooldown.steps - (to.x - from.x));
    return edit(next, `Cooldown of ${next.schedule.cooldown.steps} steps.`);
  }
  if (target === 'handle:peak') {
    const rate = axis.log ? peak * 10 ** (to.y - from.y) : peak + to.y - from.y;
    const next = setPeak(instance, rate);
    return edit(next, `Peak learning rate ${shortNumber(next.schedule.peak)}.`);
  }
  const index = pointIndex(target);
  if (body.kind !== 'points' || !body.points[index]) return null;
  const { first, last } = bodySpan(instance);
  const [at, value] = body.points[index];
  const y = axis.y(peak * value) + to.y - from.y;
  const next = movePoint(
    instance,
    index,
    first + at * (last - first) + to.x - from.x,
    axis.rate(y),
  );
  return next && edit(next, `Control point ${index + 1} moved.`, target);
}

function stroke(frame: LrFrame, points: readonly number[]): LrEdit | null {
  if (frame.tool !== 'draw') return null;
  const refused = unknown(frame.instance);
  if (refused) return refused;
  const axis = axisOf(frame);
  const rates = points.map((value, i) => (i % 2 === 0 ? value : axis.rate(value)));
  const next = drawStroke(frame.instance, rates);
  if (!next) return null;
  const { body } = next.schedule;
  const count = body.kind === 'points' ? body.points.length : 0;
  return edit(next, `Curve drawn; ${count} control points.`, null);
}

function remove(frame: LrFrame, target: ElementId): LrEdit | null {
  const { instance } = frame;
  if (target === 'handle:warmup') return edit(setWarmup(instance, 0), 'Warm-up removed.', null);
  if (target === 'handle:cooldown')
    return edit(setCooldown(instance, 0), 'Cooldown removed.', null);
  const index = pointIndex(target);
  if (index < 0) return null;
  const next = removePoint(instance, index);
  return next
    ? edit(next, `Control point ${index + 1} removed.`, null)
    : { kind: 'refused', reason: 'A curve needs at least one control point.' };
}

function nudge(frame: LrFrame, target: ElementId, dx: number, dy: number): LrEdit | null {
  const { instance } = frame;
  const { peak, body } = instance.schedule;
  const axis = axisOf(frame);
  const x = dx * Math.max(1, Math.round(instance.steps / 100));
  const from = { x: 0, y: 0 };
  if (target.startsWith('handle:'))
    return drag(frame, target, from, { x, y: (-dy * (axis.max - axis.min)) / 50 });
  const index = pointIndex(target);
  if (body.kind !== 'points' || !body.points[index]) return null;
  return drag(frame, target, from, { x, y: -dy * (axis.log ? 0.05 : peak / 50) });
}

export const curveGestures: Gestures<Instance, Solution> = {
  hint: 'Click adds a control point; drag points, the dashed warm-up and cooldown lines, or the peak; Delete removes.',
  click,
  drag,
  stroke,
  remove,
  nudge,
};
