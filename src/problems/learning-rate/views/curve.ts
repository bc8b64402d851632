/** The learning-rate curve: drawn, dragged and drawn by hand, with loss and bound behind it. */
import type { Item, Scene } from '../../../scene/scene.ts';
import type { SceneMode } from '../../views.ts';
import { isEvaluated } from '../code-values.ts';
import { bodySpan } from '../edit.ts';
import type { Instance, Solution } from '../instance.ts';
import { scheduleName } from '../schedule.ts';
import {
  COLUMN,
  boundOf,
  currentStep,
  lastFinite,
  ratesOf,
  shortNumber,
  thin,
  type LrFrame,
} from './common.ts';
import { rateAxis, type RateAxis } from './axis.ts';
import { curveGestures } from './gestures.ts';
import { placeLabel, profileOf, type Place } from './labels.ts';

/**
 * A curve of its own scale behind the rates: the lowest value at 4 %, `high` at 92 % of the height,
 * logarithmic when it spans more than a factor of ten.
 */
function backdrop(
  axis: RateAxis,
  x: ArrayLike<number>,
  values: ArrayLike<number>,
  high: number,
): Float64Array {
  let low = high;
  for (let i = 0; i < values.length; i++) if (values[i] < low) low = values[i];
  const log = low > 0 && high > 10 * low;
  const scaled = (value: number) => (log ? Math.log(value) : value);
  const span = high > low ? scaled(high) - scaled(low) : 1;
  const points = new Float64Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    const part = Math.min(1, 0.04 + (0.88 * (scaled(values[i]) - scaled(low))) / span);
    points[2 * i] = x[i];
    points[2 * i + 1] = axis.min + part * (axis.max - axis.min);
  }
  return points;
}

interface Backdrop {
  points: Float64Array;
  text: string;
}

function boundBackdrop({ instance, toggles }: LrFrame, axis: RateAxis): Backdrop | null {
  const curve = toggles.bound === false ? null : boundOf(instance);
  if (!curve) return null;
  // The first steps are far off the picture: what matters is the end.
  const from = Math.max(
    0,
    curve.steps.findIndex((step) => step >= instance.steps / 12),
  );
  const values = curve.values.subarray(from);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  return {
    points: backdrop(axis, curve.steps.subarray(from), values, high),
    text: `Ω* ${shortNumber(curve.optimalBound)}, γ* ${shortNumber(
      instance.schedule.peak * curve.optimalRate,
    )}`,
  };
}

function lossBackdrop({ instance, trace, toggles }: LrFrame, axis: RateAxis): Backdrop | null {
  if (toggles.loss === false || !trace || trace.length < 2) return null;
  const steps: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < trace.length; row++) {
    const value = trace.values[COLUMN.validation][row];
    const step = trace.values[COLUMN.step][row];
    if (!Number.isFinite(value) || step > instance.steps) continue;
    steps.push(step);
    values.push(value);
  }
  if (values.length < 2) return null;
  const sorted = [...values].sort((a, b) => a - b);
  // A run that blew up must not flatten the rest.
  const high = Math.max(values[0], sorted[Math.floor(0.9 * (sorted.length - 1))]);
  return {
    points: backdrop(axis, steps, values, high),
    text: `loss ${shortNumber(values[values.length - 1])}`,
  };
}

/** Bound and loss with their labels: off the curve, off each other, the loss's near its end. */
function backdropItems(frame: LrFrame, axis: RateAxis, curve: Float64Array): Item[] {
  const { steps } = frame.instance;
  const { first, last } = bodySpan(frame.instance);
  const unit = (points: Float64Array) =>
    points.map((value, i) =>
      i % 2 === 0 ? value / steps : (value - axis.min) / (axis.max - axis.min),
    );
  const rates = profileOf(unit(curve));
  const items: Item[] = [];
  const taken: Place[] = [];
  // Under the top edge the lengths of warm-up and cooldown are written.
  if (first > 0)
    taken.push({ left: first / steps, right: first / steps + 0.25, bottom: 0.92, top: 1 });
  if (last < steps)
    taken.push({ left: last / steps - 0.25, right: last / steps, bottom: 0.92, top: 1 });
  const bound = boundBackdrop(frame, axis);
  const loss = lossBackdrop(frame, axis);
  const lines = [
    ...(bound ? [{ ...bound, colour: 'bound' as const, preferred: 0.5 }] : []),
    ...(loss
      ? [
          {
            ...loss,
            colour: 'ink2' as const,
            preferred: loss.points[loss.points.length - 2] / steps,
          },
        ]
      : []),
  ].map((line) => ({ ...line, profile: profileOf(unit(line.points)) }));
  for (const line of lines) {
    const { colour, profile } = line;
    const others = lines.map((other) => other.profile).filter((other) => other !== profile);
    const place = placeLabel(profile, [rates, ...others], taken, line.preferred);
    taken.push(place);
    items.push(
      colour === 'bound'
        ? {
            kind: 'path',
            points: line.points,
            stroke: colour,
            width: 1.25,
            dash: [5, 4],
            opacity: 0.85,
          }
        : { kind: 'path', points: line.points, stroke: colour, width: 1.25, opacity: 0.8 },
      {
        kind: 'text',
        x: (steps * (place.left + place.right)) / 2,
        y: axis.min + ((place.bottom + place.top) / 2) * (axis.max - axis.min),
        text: line.text,
        colour,
        size: 11,
        align: 'middle',
        baseline: 'middle',
      },
    );
  }
  return items;
}

function curvePoints(instance: Instance, axis: RateAxis): Float64Array {
  const rates = ratesOf(instance);
  const kept = thin(rates, 2000);
  const points = new Float64Array(2 * kept.length);
  kept.forEach((t, i) => {
    points[2 * i] = t;
    points[2 * i + 1] = axis.y(rates[t]);
  });
  return points;
}

/** Draggable ends of warm-up and cooldown, and the height of the peak. */
function handleItems({ instance, tool }: LrFrame, axis: RateAxis): Item[] {
  const { steps, schedule } = instance;
  const { first, last } = bodySpan(instance);
  const peakY = axis.y(schedule.peak);
  const active = tool !== 'draw';
  const line = (id: string, points: number[], title: string): Item => ({
    kind: 'path',
    ...(active ? { id: `handle:${id}` } : {}),
    points: Float64Array.from(points),
    stroke: 'ink3',
    width: 1,
    dash: [2, 3],
    title,
  });
  const middle = (axis.min + axis.max) / 2;
  const items: Item[] = [
    line('peak', [0, peakY, steps, peakY], `Peak learning rate ${shortNumber(schedule.peak)}`),
    line(
      'warmup',
      [first, axis.min, first, axis.max],
      first > 0 ? `End of the warm-up, step ${first}` : 'Drag to the right for a warm-up',
    ),
    line(
      'cooldown',
      [last, axis.min, last, axis.max],
      last < steps ? `Start of the cooldown, step ${last}` : 'Drag to the left for a cooldown',
    ),
  ];
  if (active)
    items.push({
      kind: 'points',
      points: Float64Array.of(first, middle, last, middle),
      radius: 4,
      shape: 'square',
      fill: 'panel',
      stroke: 'ink3',
      strokeWidth: 1.5,
    });
  const label = (x: number, text: string, align: 'start' | 'end'): Item => ({
    kind: 'text',
    x,
    y: axis.max,
    text,
    colour: 'ink3',
    size: 11,
    align,
    baseline: 'top',
    dx: align === 'start' ? 5 : -5,
    dy: 4,
  });
  if (first > 0) items.push(label(first, `warm-up ${first}`, 'start'));
  if (last < steps) items.push(label(last, `cooldown ${steps - last}`, 'end'));
  return items;
}

function pointItems({ instance, tool }: LrFrame, axis: RateAxis): Item[] {
  const { body, peak } = instance.schedule;
  if (body.kind !== 'points') return [];
  const { first, last } = bodySpan(instance);
  const points = new Float64Array(2 * body.points.length);
  body.points.forEach(([at, value], i) => {
    points[2 * i] = first + at * (last - first);
    points[2 * i + 1] = axis.y(peak * value);
  });
  const many = body.points.length > 80;
  return [
    {
      kind: 'points',
      ...(tool === 'draw' ? {} : { idPrefix: 'point:' }),
      points,
      radius: many ? 3 : 5,
      fill: 'panel',
      stroke: 'accent',
      strokeWidth: 2,
      title: (i) =>
        `Control point ${i + 1}: step ${Math.round(points[2 * i])}, rate ${shortNumber(
          peak * body.points[i][1],
        )}`,
    },
  ];
}

/** Where training stands, and the step of the best model. */
function progressItems({ instance, trace, solution }: LrFrame, axis: RateAxis): Item[] {
  const items: Item[] = [];
  const rates = ratesOf(instance);
  const step = currentStep(trace);
  if (step !== null && step <= instance.steps) {
    items.push(
      {
        kind: 'path',
        points: Float64Array.of(step, axis.min, step, axis.max),
        stroke: 'accent',
        width: 1,
        opacity: 0.6,
      },
      {
        kind: 'points',
        points: Float64Array.of(step, axis.y(rates[Math.round(step)])),
        radius: 5,
        fill: 'accent',
      },
    );
  }
  if (solution && solution.step <= instance.steps)
    items.push({
      kind: 'points',
      points: Float64Array.of(solution.step, axis.y(rates[solution.step])),
      radius: 5,
      shape: 'diamond',
      fill: 'ink',
      stroke: 'panel',
      strokeWidth: 1.5,
      title: () => `Best model, after ${solution.step} steps`,
    });
  return items;
}

/** The step that a chart is pointed at. */
function cursorItems({ instance, trace, cursor }: LrFrame, axis: RateAxis): Item[] {
  if (!trace || cursor === null || cursor === undefined || cursor >= trace.length) return [];
  const step = trace.values[COLUMN.step][cursor];
  if (!(step <= instance.steps)) return [];
  const rate = ratesOf(instance)[Math.round(step)];
  const loss = lastFinite(trace, COLUMN.train, cursor);
  const isRight = step > instance.steps / 2;
  return [
    {
      kind: 'path',
      points: Float64Array.of(step, axis.min, step, axis.max),
      stroke: 'ink3',
      width: 1,
    },
    {
      kind: 'points',
      points: Float64Array.of(step, axis.y(rate)),
      radius: 4,
      fill: 'panel',
      stroke: 'ink',
      strokeWidth: 1.5,
    },
    {
      kind: 'text',
      x: step,
      y: axis.min,
      text: `step ${step}, rate ${shortNumber(rate)}, loss ${shortNumber(loss)}`,
      colour: 'ink',
      size: 11,
      align: isRight ? 'end' : 'start',
      baseline: 'bottom',
      dx: isRight ? -6 : 6,
      dy: -6,
    },
  ];
}

function describe({ instance, trace, solution, report }: LrFrame): string {
  const { steps, schedule } = instance;
  if (!isEvaluated(schedule.body, steps))
    return `${scheduleName(schedule)}: not run yet, so the curve is not known. Press Run.`;
  const rates = ratesOf(instance);
  const bound = boundOf(instance);
  const parts = [
    `${scheduleName(schedule)}: learning rate ${shortNumber(rates[0])} at step 0, peak ${shortNumber(
      schedule.peak,
    )}, ${shortNumber(rates[steps])} at step ${steps}.`,
  ];
  if (bound) parts.push(`Convex bound ${shortNumber(bound.optimalBound)}.`);
  const step = currentStep(trace);
  if (trace && step !== null)
    parts.push(
      `Training is at step ${step}, training loss ${shortNumber(
        lastFinite(trace, COLUMN.train, trace.length - 1),
      )}.`,
    );
  if (solution && report)
    parts.push(`Best loss ${shortNumber(report.objective)} at step ${solution.step}.`);
  return parts.join(' ');
}

/** In place of a curve that is not known before its code has run. */
function unknownItems({ instance }: LrFrame, axis: RateAxis): Item[] {
  const line = (text: string, dy: number, size: number): Item => ({
    kind: 'text',
    x: instance.steps / 2,
    y: (axis.min + axis.max) / 2,
    text,
    colour: size > 12 ? 'ink' : 'ink2',
    size,
    align: 'middle',
    baseline: 'middle',
    dy,
  });
  return [line('Not run yet', -11, 15), line('Press Run to have the code give its curve', 11, 12)];
}

function curveItems(frame: LrFrame, axis: RateAxis): Item[] {
  const { steps } = frame.instance;
  const curve = curvePoints(frame.instance, axis);
  const under = Float64Array.of(0, axis.min, ...curve, steps, axis.min);
  return [
    { kind: 'path', points: under, closed: true, fill: 'accent', opacity: 0.1 },
    ...backdropItems(frame, axis, curve),
    ...handleItems(frame, axis),
    { kind: 'path', points: curve, stroke: 'accent', width: 2 },
    ...progressItems(frame, axis),
    ...pointItems(frame, axis),
    ...cursorItems(frame, axis),
  ];
}

function draw(frame: LrFrame): Scene {
  const { instance, toggles } = frame;
  const { steps } = instance;
  const { first, last } = bodySpan(instance);
  const axis = rateAxis(instance, toggles.log === true);
  const height = axis.max - axis.min;
  const isKnown = isEvaluated(instance.schedule.body, steps);
  const shade = (x: number, w: number): Item => ({
    kind: 'rect',
    x,
    y: axis.min,
    w,
    h: height,
    fill: 'sunk',
    opacity: 0.7,
  });
  return {
    bounds: { minX: 0, minY: axis.min, maxX: steps, maxY: axis.max },
    fit: 'fill',
    yUp: true,
    xAxis: { label: 'Step' },
    yAxis: { label: 'Learning rate', ...(axis.log ? { log10: true } : {}) },
    items: [
      ...(first > 0 ? [shade(0, first)] : []),
      ...(last < steps ? [shade(last, steps - last)] : []),
      ...(isKnown
        ? curveItems(frame, axis)
        : [...handleItems(frame, axis), ...unknownItems(frame, axis)]),
    ],
    description: describe(frame),
  };
}

export const curveMode: SceneMode<Instance, Solution> = {
  kind: 'scene',
  id: 'curve',
  name: 'Curve',
  help: 'The learning rate at every step; drag it, draw it, or add warm-up and cooldown.',
  tools: [
    {
      id: 'points',
      name: 'Points',
      help: 'Click to add a control point, drag to move it, Delete removes it.',
    },
    { id: 'draw', name: 'Draw', help: 'Draw the curve freehand.' },
  ],
  toggles: [
    { id: 'log', name: 'Log', help: 'Logarithmic learning rates.', default: false },
    {
      id: 'loss',
      name: 'Loss',
      help: 'The validation loss behind the curve, on a scale of its own.',
      default: true,
    },
    {
      id: 'bound',
      name: 'Bound',
      help: 'The last-iterate bound for convex problems (Schaipp et al. 2025), on a scale of its own.',
      default: true,
    },
  ],
  draw,
  gestures: curveGestures,
};
