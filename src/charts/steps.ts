/** Step functions: what a convergence line is between its points. */

/** x rising, y from x on until the next. */
export type StepPoint = readonly [x: number, y: number];

/** The value at `x`; null before the first point. O(log n). */
export function valueAt(points: readonly StepPoint[], x: number): number | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= x) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : points[low - 1][1];
}

/**
 * At most about `limit` points of a step function, in equal parts of `place(x)`: of each part the
 * last point, and always the first and the last of all.
 */
export function thinSteps(
  points: readonly StepPoint[],
  limit: number,
  place: (x: number) => number = (x) => x,
): readonly StepPoint[] {
  if (points.length <= limit) return points;
  const start = place(points[0][0]);
  const span = place(points[points.length - 1][0]) - start || 1;
  const kept: StepPoint[] = [points[0]];
  let last = -1;
  for (let i = 1; i < points.length; i++) {
    const part = Math.floor(((place(points[i][0]) - start) / span) * limit);
    if (part === last && kept.length > 1) kept[kept.length - 1] = points[i];
    else kept.push(points[i]);
    last = part;
  }
  return kept;
}

/** The outline between two step functions where both are known, up to `end`; empty when nowhere. */
export function between(
  upper: readonly StepPoint[],
  lower: readonly StepPoint[],
  end: number,
): StepPoint[] {
  if (upper.length === 0 || lower.length === 0) return [];
  const start = Math.max(upper[0][0], lower[0][0]);
  if (end <= start) return [];
  return [...corners(upper, start, end), ...corners(lower, start, end).reverse()];
}

/** The corners of a step function over [start, end]. */
function corners(points: readonly StepPoint[], start: number, end: number): StepPoint[] {
  let value = valueAt(points, start)!;
  const line: StepPoint[] = [[start, value]];
  for (const [x, y] of points) {
    if (x <= start) continue;
    if (x >= end) break;
    line.push([x, value], [x, y]);
    value = y;
  }
  line.push([end, value]);
  return line;
}

/**
 * x and y of rows, thinned to the least and the greatest of each of `parts` runs of rows, so that
 * peaks stay. Rows with a value that is not finite are left out. O(rows).
 */
export function thinRows(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  length: number,
  parts: number,
): [number, number][] {
  const thin: [number, number][] = [];
  const size = Math.max(1, Math.ceil(length / parts));
  for (let start = 0; start < length; start += size) {
    let least = -1;
    let greatest = -1;
    for (let i = start; i < Math.min(length, start + size); i++) {
      if (!Number.isFinite(y[i]) || !Number.isFinite(x[i])) continue;
      if (least < 0 || y[i] < y[least]) least = i;
      if (greatest < 0 || y[i] > y[greatest]) greatest = i;
    }
    if (least < 0) continue;
    const [first, second] = least < greatest ? [least, greatest] : [greatest, least];
    thin.push([x[first], y[first]]);
    if (second !== first) thin.push([x[second], y[second]]);
  }
  return thin;
}
