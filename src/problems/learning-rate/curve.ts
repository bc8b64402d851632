/** From a schedule to the learning rate at every step. */
import { cos, log, exp, pow } from '../../core/math.ts';
import { optimalSchedule } from './bound-optimal.ts';
import { codeValues, isEvaluated } from './code-values.ts';
import { compileFormula } from './formula.ts';
import { interpolate } from './interpolate.ts';
import type { Body, Piece, Schedule, SequencePart, Shape } from './schedule.ts';

const PI = 3.141592653589793;

/** No multiple of the peak is above this. */
export const MAX_MULTIPLE = 1000;

/**
 * The value at `u` in [0, 1] of a ramp from `from` to `to`. Exponential ramps to or from 0 span a
 * factor of 1000.
 */
export function ramp(shape: Shape, from: number, to: number, u: number): number {
  if (u <= 0) return from;
  if (u >= 1) return to;
  return from + (to - from) * progress(shape, from, to, u);
}

function progress(shape: Shape, from: number, to: number, u: number): number {
  switch (shape) {
    case 'linear':
      return u;
    case 'cosine':
      return 0.5 * (1 - cos(PI * u));
    case 'sqrt':
      return Math.sqrt(u);
    case 'square':
      return u * u;
    case 'exponential': {
      const ratio = from > 0 && to > 0 ? to / from : from > 0 ? 1e-3 : 1e3;
      if (Math.abs(ratio - 1) < 1e-9) return u;
      return (1 - exp(u * log(ratio))) / (1 - ratio);
    }
  }
}

/** Half a cosine from `a` to `b`. */
const anneal = (a: number, b: number, u: number): number => b + (a - b) * 0.5 * (1 + cos(PI * u));

/** Ends of the pieces as fractions of the body, the last exactly 1. */
export const pieceEnds = (pieces: readonly Piece[]): Float64Array =>
  shareEnds(pieces.map(({ share }) => share));

/** Sums of the shares from the first on, over their total; the last is exactly 1. */
export function shareEnds(shares: readonly number[]): Float64Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const ends = new Float64Array(shares.length);
  let sum = 0;
  for (let i = 0; i < shares.length; i++) {
    sum += shares[i];
    ends[i] = sum / total;
  }
  ends[ends.length - 1] = 1;
  return ends;
}

/**
 * The body alone, as a multiple of the peak.
 * @param first its first step W; @param length its number of steps H = T − W − C.
 * @returns value at step t in [W, W + H]; may be NaN or negative for a formula.
 */
function compileBody(
  body: Body,
  first: number,
  length: number,
  horizon: number,
): (t: number) => number {
  const fraction = (t: number) => (length > 0 ? (t - first) / length : 0);
  switch (body.kind) {
    case 'constant':
    case 'plateau':
    case 'autolrs':
      return () => 1;
    case 'step': {
      const size = Math.max(1, Math.round(body.every * length));
      // No drop at the very end, where nothing would be left to train with it.
      const drops = Math.max(0, Math.ceil(length / size) - 1);
      return (t) => pow(body.factor, Math.min(drops, Math.floor((t - first) / size)));
    }
    case 'exponential': {
      const rate = log(body.final);
      return (t) => exp(rate * fraction(t));
    }
    case 'polynomial':
      return (t) => body.final + (1 - body.final) * pow(1 - fraction(t), body.power);
    case 'linear':
      return (t) => body.final + (1 - body.final) * (1 - fraction(t));
    case 'cosine':
      return (t) => anneal(1, body.final, fraction(t));
    case 'cosine-restarts': {
      const pieces = Array.from({ length: body.cycles }, (_, i): Piece => {
        return { share: pow(body.growth, i), shape: 'cosine', from: 1, to: body.final };
      });
      return compilePieces(pieces, fraction);
    }
    case 'inverse-square-root':
      return (t) => Math.sqrt(body.timescale / (t - first + body.timescale));
    case 'one-cycle': {
      const low = 1 / body.startDivisor;
      const last = low / body.finalDivisor;
      return (t) => {
        const u = fraction(t);
        return u < body.rise
          ? anneal(low, 1, u / body.rise)
          : anneal(1, last, (u - body.rise) / (1 - body.rise));
      };
    }
    case 'rex':
      return (t) => (1 - fraction(t)) / (1 - body.beta * fraction(t));
    case 'triangular': {
      const { cycles, low, rise, shrink } = body;
      return (t) => {
        const place = fraction(t) * cycles;
        const cycle = Math.min(cycles - 1, Math.floor(place));
        const u = place - cycle;
        const height = u < rise ? u / rise : (1 - u) / (1 - rise);
        return low + (1 - low) * height * pow(shrink, cycle);
      };
    }
    case 'noam': {
      // Steps count from 1 there: the peak is reached at step `rise`.
      const { rise } = body;
      return (t) => {
        const n = t - first + 1;
        return n < rise ? n / rise : Math.sqrt(rise / n);
      };
    }
    case 'multistep': {
      const drops = [body.first, body.second, body.third]
        .filter((at) => at < 1)
        .map((at) => first + Math.round(at * length));
      return (t) => pow(body.factor, drops.filter((drop) => t >= drop).length);
    }
    case 'uba': {
      const { phi, final } = body;
      return (t) => {
        const c = 1 + cos(PI * fraction(t));
        return final + ((1 - final) * 2 * c) / (2 * phi + (2 - phi) * c);
      };
    }
    case 'optimal': {
      if (length === 0) return () => 1;
      const { rates } = optimalSchedule(length);
      return (t) => {
        const place = Math.min(length, Math.max(0, t - first));
        const left = Math.min(length - 1, Math.floor(place));
        const share = place - left;
        return (rates[left] + (rates[left + 1] - rates[left]) * share) / rates[0];
      };
    }
    case 'points': {
      const curve = interpolate(body.points, body.interpolation);
      return (t) => curve(fraction(t));
    }
    case 'pieces':
      return compilePieces(body.pieces, fraction);
    case 'sequence':
      return compileSequence(body.parts, first, length, horizon);
    case 'product': {
      const factors = body.factors.map((factor) => compileBody(factor, first, length, horizon));
      return (t) => factors.reduce((product, factor) => product * factor(t), 1);
    }
    case 'formula': {
      const formula = compileFormula(body.formula);
      if (!formula.ok) return () => NaN;
      return (t) => formula.value(t, horizon);
    }
    case 'code': {
      const values = codeValues(body, horizon);
      if (!values) return () => NaN;
      return (t) => {
        const left = Math.min(horizon - 1, Math.floor(t));
        const share = t - left;
        // Between steps, where only pictures ask, on a straight line.
        return share === 0
          ? values[left]
          : values[left] + (values[left + 1] - values[left]) * share;
      };
    }
  }
}

/** Parts begin at whole steps; each is a body of its own from there. */
function compileSequence(
  parts: readonly SequencePart[],
  first: number,
  length: number,
  horizon: number,
): (t: number) => number {
  const ends = shareEnds(parts.map(({ share }) => share));
  const starts = parts.map((_, i) => first + (i === 0 ? 0 : Math.round(ends[i - 1] * length)));
  const values = parts.map(({ body }, i) => {
    const end = i + 1 < parts.length ? starts[i + 1] : first + length;
    return compileBody(body, starts[i], end - starts[i], horizon);
  });
  return (t) => {
    let i = parts.length - 1;
    while (i > 0 && t < starts[i]) i--;
    return values[i](t);
  };
}

function compilePieces(
  pieces: readonly Piece[],
  fraction: (t: number) => number,
): (t: number) => number {
  const ends = pieceEnds(pieces);
  const last = pieces.length - 1;
  return (t) => {
    const u = fraction(t);
    let i = 0;
    while (i < last && u >= ends[i]) i++;
    const start = i === 0 ? 0 : ends[i - 1];
    return ramp(pieces[i].shape, pieces[i].from, pieces[i].to, (u - start) / (ends[i] - start));
  };
}

/**
 * The schedule as a pure function of the step: the multiple of the peak at step t in 0 … T, before
 * anything is clipped; NaN where a formula has no value or code has not been run.
 */
export function multipleOf(schedule: Schedule, steps: number): (t: number) => number {
  const { warmup, body, cooldown } = schedule;
  const first = warmup.steps;
  const last = steps - cooldown.steps;
  const value = compileBody(body, first, last - first, steps);
  const atFirst = value(first);
  const atLast = value(last);
  return (t) => {
    if (t < first) return ramp(warmup.shape, warmup.from * atFirst, atFirst, t / first);
    if (t > last) return ramp(cooldown.shape, atLast, cooldown.to, (t - last) / cooldown.steps);
    return value(t);
  };
}

/**
 * Learning rates η(0) … η(T), T + 1 entries: step t of the training uses η(t), t = 0 … T − 1, and
 * η(T) is where the curve ends. Values are clipped to [0, 1000 · peak], NaN to 0. All are NaN while
 * a typed schedule has not been run: nothing is known of it. O(T).
 */
export function learningRates(schedule: Schedule, steps: number): Float64Array {
  if (!isEvaluated(schedule.body, steps)) return new Float64Array(steps + 1).fill(NaN);
  const multiple = multipleOf(schedule, steps);
  const rates = new Float64Array(steps + 1);
  for (let t = 0; t <= steps; t++) {
    const value = multiple(t);
    rates[t] = value > 0 ? schedule.peak * Math.min(value, MAX_MULTIPLE) : 0;
  }
  return rates;
}
