/** Curves through points: monotone cubic, straight lines, or steps. */
import type { ControlPoint, Interpolation } from './schedule.ts';

/**
 * Slopes of the monotone cubic through the points (Fritsch and Carlson 1980): the mean of the
 * neighbouring secants, 0 at extrema, shortened onto the circle of radius 3. O(n).
 */
export function monotoneSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  const slopes = new Float64Array(n);
  if (n < 2) return slopes;
  const secants = new Float64Array(n - 1);
  for (let i = 0; i + 1 < n; i++) secants[i] = (y[i + 1] - y[i]) / (x[i + 1] - x[i]);
  slopes[0] = secants[0];
  slopes[n - 1] = secants[n - 2];
  for (let i = 1; i + 1 < n; i++)
    slopes[i] = secants[i - 1] * secants[i] <= 0 ? 0 : (secants[i - 1] + secants[i]) / 2;
  for (let i = 0; i + 1 < n; i++) {
    const secant = secants[i];
    if (secant === 0) {
      slopes[i] = 0;
      slopes[i + 1] = 0;
      continue;
    }
    const a = slopes[i] / secant;
    const b = slopes[i + 1] / secant;
    const norm = a * a + b * b;
    if (norm <= 9) continue;
    const scale = 3 / Math.sqrt(norm);
    slopes[i] = scale * a * secant;
    slopes[i + 1] = scale * b * secant;
  }
  return slopes;
}

/**
 * The curve through at least one point of strictly increasing `at`, constant beyond the ends.
 * Building is O(n), each value O(log n).
 */
export function interpolate(
  points: readonly ControlPoint[],
  interpolation: Interpolation,
): (at: number) => number {
  const n = points.length;
  const x = Float64Array.from(points, (point) => point[0]);
  const y = Float64Array.from(points, (point) => point[1]);
  const slopes = interpolation === 'monotone' ? monotoneSlopes(x, y) : null;
  return (at) => {
    if (!(at > x[0])) return y[0];
    if (at >= x[n - 1]) return y[n - 1];
    let low = 0;
    let high = n - 1;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (x[middle] <= at) low = middle;
      else high = middle;
    }
    if (interpolation === 'hold') return y[low];
    const h = x[high] - x[low];
    const s = (at - x[low]) / h;
    if (slopes === null) return y[low] + (y[high] - y[low]) * s;
    const r = 1 - s;
    return (
      y[low] * (1 + 2 * s) * r * r +
      slopes[low] * h * s * r * r +
      y[high] * s * s * (3 - 2 * s) -
      slopes[high] * h * s * s * r
    );
  };
}

/**
 * Indices of at most `max` samples through which straight lines stay within `tolerance` of all:
 * splits the worst segment first (Ramer 1972; Douglas and Peucker 1973, best first). Always keeps
 * the two ends. O(n · max) in the worst case.
 */
export function simplify(values: ArrayLike<number>, tolerance: number, max: number): number[] {
  const n = values.length;
  if (n <= 2) return Array.from({ length: n }, (_, i) => i);
  const worstOf = (from: number, to: number) => {
    let at = -1;
    let error = tolerance;
    const slope = (values[to] - values[from]) / (to - from);
    for (let i = from + 1; i < to; i++) {
      const distance = Math.abs(values[i] - (values[from] + slope * (i - from)));
      if (distance > error) {
        error = distance;
        at = i;
      }
    }
    return { from, to, at, error };
  };
  const segments = [worstOf(0, n - 1)];
  while (segments.length + 1 < max) {
    let worst = -1;
    for (let i = 0; i < segments.length; i++)
      if (segments[i].at >= 0 && (worst < 0 || segments[i].error > segments[worst].error))
        worst = i;
    if (worst < 0) break;
    const { from, to, at } = segments[worst];
    segments.splice(worst, 1, worstOf(from, at), worstOf(at, to));
  }
  return [0, ...segments.map((segment) => segment.to)];
}
