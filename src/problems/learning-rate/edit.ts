/** Changes to a schedule, as pure functions from instance to instance. */
import { pow } from '../../core/math.ts';
import { learningRates, multipleOf, pieceEnds } from './curve.ts';
import type { Instance } from './instance.ts';
import { LIMITS } from './instance.ts';
import { interpolate, simplify } from './interpolate.ts';
import {
  NO_COOLDOWN,
  NO_WARMUP,
  type Body,
  type ControlPoint,
  type Piece,
  type PointsBody,
  type Schedule,
} from './schedule.ts';

export const withSchedule = (instance: Instance, change: Partial<Schedule>): Instance => ({
  ...instance,
  schedule: { ...instance.schedule, ...change },
});

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** Decimals kept of what a gesture makes, so that links stay short. */
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Three significant digits. */
export const roundRate = (rate: number): number => Number(rate.toPrecision(3));

/** First and last step of the body. */
export function bodySpan({ steps, schedule }: Instance): { first: number; last: number } {
  return { first: schedule.warmup.steps, last: steps - schedule.cooldown.steps };
}

/** Another number of steps; warm-up and cooldown keep their share. */
export function setSteps(instance: Instance, steps: number): Instance {
  const { warmup, cooldown } = instance.schedule;
  const scale = steps / instance.steps;
  const warm = Math.round(warmup.steps * scale);
  const cool = Math.min(steps - warm, Math.round(cooldown.steps * scale));
  return {
    ...withSchedule(instance, {
      warmup: { ...warmup, steps: warm },
      cooldown: { ...cooldown, steps: cool },
    }),
    steps,
  };
}

export function setPeak(instance: Instance, peak: number): Instance {
  return withSchedule(instance, { peak: clamp(roundRate(peak), 1e-9, 1e6) });
}

/** A warm-up of so many steps, shortened to leave the cooldown alone. */
export function setWarmup(instance: Instance, steps: number): Instance {
  const { warmup, cooldown } = instance.schedule;
  const length = clamp(Math.round(steps), 0, instance.steps - cooldown.steps);
  return withSchedule(instance, { warmup: { ...warmup, steps: length } });
}

/** A cooldown of so many steps, shortened to leave the warm-up alone. */
export function setCooldown(instance: Instance, steps: number): Instance {
  const { warmup, cooldown } = instance.schedule;
  const length = clamp(Math.round(steps), 0, instance.steps - warmup.steps);
  return withSchedule(instance, { cooldown: { ...cooldown, steps: length } });
}

/** Multiples of the peak at `count` + 1 evenly spread places of the body. */
function sampleBody(instance: Instance, count: number): Float64Array {
  const { first, last } = bodySpan(instance);
  const multiple = multipleOf(instance.schedule, instance.steps);
  return Float64Array.from({ length: count + 1 }, (_, i) => {
    const value = multiple(first + (i * (last - first)) / count);
    return value > 0 ? Math.min(value, 1000) : 0;
  });
}

/** Control points through samples, few where the curve is straight. */
function pointsThrough(samples: Float64Array, tolerance: number, max: number): ControlPoint[] {
  const count = samples.length - 1;
  const largest = samples.reduce((a, b) => Math.max(a, b), 0);
  const points: [number, number][] = [];
  for (const index of simplify(samples, tolerance * largest, max)) {
    const point: [number, number] = [round(index / count), round(samples[index])];
    if (points.length === 0 || point[0] > points[points.length - 1][0]) points.push(point);
  }
  return points;
}

const isSmooth = (body: Body): boolean =>
  ![
    'step',
    'multistep',
    'triangular',
    'noam',
    'cosine-restarts',
    'pieces',
    'points',
    'sequence',
    'product',
  ].includes(body.kind);

/** As few control points as keep the smooth curve within `tolerance` of the samples. */
function smoothPoints(samples: Float64Array, tolerance: number, max: number): ControlPoint[] {
  const count = samples.length - 1;
  const largest = samples.reduce((a, b) => Math.max(a, b), 0);
  for (let number = 2; ; number++) {
    const points = pointsThrough(samples, 0, number);
    if (number >= max) return points;
    const curve = interpolate(points, 'monotone');
    const fits = samples.every(
      (value, i) => Math.abs(curve(i / count) - value) <= tolerance * largest,
    );
    if (fits) return points;
  }
}

/** The body as control points; exact when it has some already, else within half a percent. */
export function toPoints(instance: Instance): PointsBody {
  const { body } = instance.schedule;
  if (body.kind === 'points') return body;
  const { first, last } = bodySpan(instance);
  const samples = sampleBody(instance, clamp(last - first, 1, 400));
  return isSmooth(body)
    ? { kind: 'points', interpolation: 'monotone', points: smoothPoints(samples, 0.005, 40) }
    : { kind: 'points', interpolation: 'linear', points: pointsThrough(samples, 0.005, 40) };
}

const withPoints = (instance: Instance, points: readonly ControlPoint[]): Instance =>
  withSchedule(instance, { body: { ...toPoints(instance), points } });

/** A place on the curve as a control point; x is kept inside the body. */
function pointAt(instance: Instance, step: number, rate: number): ControlPoint {
  const { first, last } = bodySpan(instance);
  const at = last > first ? clamp((step - first) / (last - first), 0, 1) : 0;
  return [round(at), round(clamp(rate / instance.schedule.peak, 0, 1000))];
}

/** Least distance of neighbouring control points. */
const APART = 0.0001;

/**
 * A control point at a step and a learning rate; a named body becomes control points first. Null
 * outside the body, or when the list is full.
 */
export function addPoint(
  instance: Instance,
  step: number,
  rate: number,
): { instance: Instance; index: number } | null {
  const { first, last } = bodySpan(instance);
  if (step < first || step > last || last === first) return null;
  const { points } = toPoints(instance);
  if (points.length >= LIMITS.points) return null;
  const point = pointAt(instance, step, rate);
  const index = points.findIndex((other) => other[0] >= point[0]);
  const place = index < 0 ? points.length : index;
  const replaces = index >= 0 && points[index][0] - point[0] < APART / 2;
  const next = [...points.slice(0, place), point, ...points.slice(place + (replaces ? 1 : 0))];
  return { instance: withPoints(instance, next), index: place };
}

/** Moves a control point between its neighbours. */
export function movePoint(
  instance: Instance,
  index: number,
  step: number,
  rate: number,
): Instance | null {
  const { points } = toPoints(instance);
  if (!points[index]) return null;
  const [at, value] = pointAt(instance, step, rate);
  const low = index > 0 ? points[index - 1][0] + APART : 0;
  const high = index + 1 < points.length ? points[index + 1][0] - APART : 1;
  // Neighbours may be closer than the least distance; then the place along x stays.
  const place = low <= high ? round(clamp(at, low, high)) : points[index][0];
  return withPoints(
    instance,
    points.map((point, i) => (i === index ? [place, value] : point)),
  );
}

/** Null when it is the last one. */
export function removePoint(instance: Instance, index: number): Instance | null {
  const { points } = toPoints(instance);
  if (points.length < 2 || !points[index]) return null;
  return withPoints(
    instance,
    points.filter((_, i) => i !== index),
  );
}

/** Samples of a drawn curve. */
const DRAWN = 400;

/**
 * A freehand stroke over the curve: between its ends the curve follows it, elsewhere it stays. A
 * stroke that leaves the body takes warm-up and cooldown into the drawing. Null when it is too short.
 * @param stroke step, rate, step, rate, …
 */
export function drawStroke(instance: Instance, stroke: readonly number[]): Instance | null {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i + 1 < stroke.length; i += 2) {
    low = Math.min(low, stroke[i]);
    high = Math.max(high, stroke[i]);
  }
  const { first, last } = bodySpan(instance);
  const inside = low >= first && high <= last && last > first;
  const start = inside ? first : 0;
  const end = inside ? last : instance.steps;
  const count = clamp(end - start, 1, DRAWN);
  const { peak } = instance.schedule;
  const rates = learningRates(instance.schedule, instance.steps);
  const samples = Float64Array.from(
    { length: count + 1 },
    (_, i) => rates[start + Math.round((i * (end - start)) / count)] / peak,
  );
  let touched = 0;
  for (let i = 0; i + 3 < stroke.length; i += 2) {
    const a = ((stroke[i] - start) / (end - start)) * count;
    const b = ((stroke[i + 2] - start) / (end - start)) * count;
    const from = clamp(Math.ceil(Math.min(a, b)), 0, count);
    const to = clamp(Math.floor(Math.max(a, b)), 0, count);
    for (let k = from; k <= to; k++) {
      const u = a === b ? 1 : (k - a) / (b - a);
      const rate = stroke[i + 1] + (stroke[i + 3] - stroke[i + 1]) * clamp(u, 0, 1);
      samples[k] = clamp(rate / peak, 0, 1000);
      touched++;
    }
  }
  if (touched < 2) return null;
  const body: Body = {
    kind: 'points',
    interpolation: 'linear',
    points: pointsThrough(samples, 0.003, 200),
  };
  return withSchedule(
    instance,
    inside ? { body } : { body, warmup: NO_WARMUP, cooldown: NO_COOLDOWN },
  );
}

/** The body as segments: exact for constant, step, exponential, linear and cosine ones and lines. */
export function toPieces(instance: Instance): Piece[] {
  const { body } = instance.schedule;
  const { first, last } = bodySpan(instance);
  switch (body.kind) {
    case 'pieces':
      return [...body.pieces];
    case 'constant':
      return [{ share: 1, shape: 'linear', from: 1, to: 1 }];
    case 'linear':
    case 'cosine':
    case 'exponential':
      return [{ share: 1, shape: body.kind, from: 1, to: body.final }];
    case 'cosine-restarts':
      return Array.from({ length: body.cycles }, (_, i) => ({
        share: round(pow(body.growth, i)),
        shape: 'cosine',
        from: 1,
        to: body.final,
      }));
    case 'step': {
      const size = Math.max(1, Math.round(body.every * (last - first)));
      const count = Math.min(LIMITS.pieces, Math.ceil((last - first) / size));
      return Array.from({ length: Math.max(1, count) }, (_, i) => {
        const value = pow(body.factor, i);
        const share = Math.min(size, last - first - i * size);
        return { share: Math.max(1, share), shape: 'linear', from: value, to: value };
      });
    }
    default: {
      const { points } = toPoints(instance);
      const pieces: Piece[] = [];
      const kept = points.length > LIMITS.pieces ? points.slice(0, LIMITS.pieces) : points;
      for (let i = 0; i + 1 < kept.length; i++)
        pieces.push({
          share: Math.max(round(kept[i + 1][0] - kept[i][0]), APART),
          shape: 'linear',
          from: kept[i][1],
          to: kept[i + 1][1],
        });
      return pieces.length > 0
        ? pieces
        : [{ share: 1, shape: 'linear', from: points[0][1], to: points[0][1] }];
    }
  }
}

/** Steps of each piece, as they are run. */
export function pieceSteps(instance: Instance, pieces: readonly Piece[]): number[] {
  const { first, last } = bodySpan(instance);
  let before = 0;
  return Array.from(pieceEnds(pieces), (end) => {
    const length = Math.round((end - before) * (last - first));
    before = end;
    return length;
  });
}
