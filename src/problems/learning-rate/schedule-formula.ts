/** A schedule as one formula in t, in the language of `formula.ts`. */
import { pow } from '../../core/math.ts';
import { multipleOf, shareEnds } from './curve.ts';
import { monotoneSlopes } from './interpolate.ts';
import type { Body, Piece, PointsBody, Schedule, Shape } from './schedule.ts';

/** More segments than this make no readable formula. */
const MOST_SEGMENTS = 20;

/** A number as it stands in a formula. */
const text = (value: number): string => (value < 0 ? `(${value})` : String(value));

/** `a + b * factor` without what does nothing. */
const between = (from: number, to: number, share: string): string =>
  from === to
    ? text(from)
    : from === 0
      ? to === 1
        ? share
        : `${text(to)} * ${share}`
      : `(${text(from)} + ${text(to - from)} * ${share})`;

function rampFormula(shape: Shape, from: number, to: number, u: string): string {
  switch (shape) {
    case 'linear':
      return between(from, to, u);
    case 'cosine':
      return between(from, to, `(0.5 * (1 - cos(pi * ${u})))`);
    case 'sqrt':
      return between(from, to, `sqrt(${u})`);
    case 'square':
      return between(from, to, `${u} ^ 2`);
    case 'exponential': {
      const ratio = from > 0 && to > 0 ? to / from : from > 0 ? 1e-3 : 1e3;
      if (Math.abs(ratio - 1) < 1e-9) return between(from, to, u);
      return between(from, to, `((1 - ${text(ratio)} ^ ${u}) / ${text(1 - ratio)})`);
    }
  }
}

/** One of several formulas by where u lies: the first whose end is above it, else the last. */
function choose(u: string, ends: ArrayLike<number>, formulas: readonly string[]): string {
  let result = formulas[formulas.length - 1];
  for (let i = formulas.length - 2; i >= 0; i--)
    result = `(${u} < ${text(ends[i])} ? ${formulas[i]} : ${result})`;
  return result;
}

function piecesFormula(pieces: readonly Piece[], u: string): string | null {
  if (pieces.length > MOST_SEGMENTS) return null;
  const ends = shareEnds(pieces.map(({ share }) => share));
  const formulas = pieces.map(({ shape, from, to }, i) => {
    const start = i === 0 ? 0 : ends[i - 1];
    const length = ends[i] - start;
    const own = i === 0 && length === 1 ? u : `((${u} - ${text(start)}) / ${text(length)})`;
    return rampFormula(shape, from, to, own);
  });
  return choose(u, ends, formulas);
}

function pointsFormula({ points, interpolation }: PointsBody, u: string): string | null {
  const n = points.length;
  if (n > MOST_SEGMENTS) return null;
  const x = Float64Array.from(points, (point) => point[0]);
  const y = Float64Array.from(points, (point) => point[1]);
  const slopes = interpolation === 'monotone' ? monotoneSlopes(x, y) : null;
  const formulas = [text(y[0])];
  for (let i = 0; i + 1 < n; i++) {
    const h = x[i + 1] - x[i];
    const s = `((${u} - ${text(x[i])}) / ${text(h)})`;
    if (interpolation === 'hold') formulas.push(text(y[i]));
    else if (!slopes) formulas.push(between(y[i], y[i + 1], s));
    else {
      const rise = y[i + 1] - y[i];
      const c1 = h * slopes[i];
      const c2 = 3 * rise - h * (2 * slopes[i] + slopes[i + 1]);
      const c3 = h * (slopes[i] + slopes[i + 1]) - 2 * rise;
      formulas.push(
        `(${text(y[i])} + ${s} * (${text(c1)} + ${s} * (${text(c2)} + ${s} * ${text(c3)})))`,
      );
    }
  }
  formulas.push(text(y[n - 1]));
  return choose(u, x, formulas);
}

/**
 * The body as a formula in t, null when it has too many segments to be one.
 * @param first its first step. @param length its number of steps.
 */
export function bodyFormula(body: Body, first: number, length: number): string | null {
  const since = first === 0 ? 't' : `(t - ${first})`;
  const u = length > 0 ? `(${since} / ${length})` : '0';
  switch (body.kind) {
    case 'constant':
    case 'plateau':
    case 'autolrs':
      return '1';
    case 'step': {
      const size = Math.max(1, Math.round(body.every * length));
      const drops = Math.max(0, Math.ceil(length / size) - 1);
      return `${text(body.factor)} ^ min(${drops}, floor(${since} / ${size}))`;
    }
    case 'exponential':
      return `${text(body.final)} ^ ${u}`;
    case 'polynomial':
      return between(body.final, 1, `(1 - ${u}) ^ ${text(body.power)}`);
    case 'linear':
      return between(body.final, 1, `(1 - ${u})`);
    case 'cosine':
      return between(body.final, 1, `(0.5 * (1 + cos(pi * ${u})))`);
    case 'cosine-restarts': {
      const { cycles, growth, final } = body;
      const pieces = Array.from({ length: cycles }, (_, i): Piece => {
        return { share: pow(growth, i), shape: 'cosine', from: 1, to: final };
      });
      return piecesFormula(pieces, u);
    }
    case 'inverse-square-root':
      return `sqrt(${body.timescale} / (${since} + ${body.timescale}))`;
    case 'one-cycle': {
      const low = 1 / body.startDivisor;
      const up = rampFormula('cosine', low, 1, `(${u} / ${text(body.rise)})`);
      const share = `((${u} - ${text(body.rise)}) / ${text(1 - body.rise)})`;
      const down = rampFormula('cosine', 1, low / body.finalDivisor, share);
      return body.rise > 0 ? `(${u} < ${text(body.rise)} ? ${up} : ${down})` : down;
    }
    case 'rex':
      return `(1 - ${u}) / (1 - ${text(body.beta)} * ${u})`;
    case 'triangular': {
      const { cycles, low, rise, shrink } = body;
      const cycle = `min(${cycles - 1}, floor(${u} * ${cycles}))`;
      const place = `(${u} * ${cycles} - ${cycle})`;
      const height = `(${place} < ${text(rise)} ? ${place} / ${text(rise)} : (1 - ${place}) / ${text(1 - rise)})`;
      return between(low, 1, shrink === 1 ? height : `(${height} * ${text(shrink)} ^ ${cycle})`);
    }
    case 'noam': {
      const n = `(${since} + 1)`;
      return `(${n} < ${body.rise} ? ${n} / ${body.rise} : sqrt(${body.rise} / ${n}))`;
    }
    case 'multistep': {
      const drops = [body.first, body.second, body.third]
        .filter((at) => at < 1)
        .map((at) => `(t >= ${first + Math.round(at * length)})`);
      return drops.length > 0 ? `${text(body.factor)} ^ (${drops.join(' + ')})` : '1';
    }
    case 'uba': {
      const c = `(1 + cos(pi * ${u}))`;
      const share = `(2 * ${c} / (${text(2 * body.phi)} + ${text(2 - body.phi)} * ${c}))`;
      return between(body.final, 1, share);
    }
    case 'optimal':
    case 'code':
      return null;
    case 'points':
      return pointsFormula(body, u);
    case 'pieces':
      return piecesFormula(body.pieces, u);
    case 'formula':
      return `(${body.formula})`;
    case 'sequence': {
      const ends = shareEnds(body.parts.map(({ share }) => share));
      const starts = body.parts.map((_, i) =>
        i === 0 ? first : first + Math.round(ends[i - 1] * length),
      );
      const parts = body.parts.map((part, i) =>
        bodyFormula(part.body, starts[i], (starts[i + 1] ?? first + length) - starts[i]),
      );
      return parts.some((part) => part === null)
        ? null
        : choose('t', starts.slice(1), parts as string[]);
    }
    case 'product': {
      const factors = body.factors.map((factor) => bodyFormula(factor, first, length));
      return factors.some((factor) => factor === null)
        ? null
        : factors.map((factor) => `(${factor})`).join(' * ');
    }
  }
}

/**
 * The multiple of the peak at step t = 0 … T as a formula, warm-up and cooldown included; null when
 * the curve has too many segments. Drops that depend on the run are not in it.
 */
export function scheduleFormula(schedule: Schedule, steps: number): string | null {
  const { warmup, cooldown, body } = schedule;
  const last = steps - cooldown.steps;
  const between = bodyFormula(body, warmup.steps, last - warmup.steps);
  if (between === null) return null;
  const multiple = multipleOf(schedule, steps);
  let formula = between;
  if (cooldown.steps > 0) {
    const u = `((t - ${last}) / ${cooldown.steps})`;
    formula = `(t > ${last} ? ${rampFormula(cooldown.shape, multiple(last), cooldown.to, u)} : ${formula})`;
  }
  if (warmup.steps > 0) {
    const end = multiple(warmup.steps);
    const ramp = rampFormula(warmup.shape, warmup.from * end, end, `(t / ${warmup.steps})`);
    formula = `(t < ${warmup.steps} ? ${ramp} : ${formula})`;
  }
  return formula;
}
