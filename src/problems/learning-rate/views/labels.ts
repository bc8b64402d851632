/** Where short labels stand beside lines without covering lines or each other. */

const COLUMNS = 64;
/** Room a label takes and its distance to its line, as fractions of the picture: a phone's. */
const WIDTH = 0.34;
const HEIGHT = 0.06;
const GAP = 0.015;

/** The space a line takes, by columns of the unit square; `low` > `high` where it is absent. */
export interface Profile {
  low: Float64Array;
  high: Float64Array;
}

/** A rectangle of the unit square. */
export interface Place {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

/** @param points x0, y0, x1, y1, … in the unit square, x increasing. O(n + columns). */
export function profileOf(points: ArrayLike<number>): Profile {
  const low = new Float64Array(COLUMNS).fill(Infinity);
  const high = new Float64Array(COLUMNS).fill(-Infinity);
  const mark = (column: number, y: number) => {
    if (y < low[column]) low[column] = y;
    if (y > high[column]) high[column] = y;
  };
  const columnOf = (x: number) => Math.min(COLUMNS - 1, Math.max(0, Math.floor(x * COLUMNS)));
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i];
    const y = points[i + 1];
    const column = columnOf(x);
    mark(column, y);
    if (i === 0) continue;
    // Where the segment from the point before crosses the columns between.
    const before = points[i - 2];
    for (let edge = columnOf(before) + 1; edge <= column; edge++) {
      const part = (edge / COLUMNS - before) / (x - before);
      const crossing = points[i - 1] + part * (y - points[i - 1]);
      mark(edge - 1, crossing);
      mark(edge, crossing);
    }
  }
  return { low, high };
}

const firstColumn = (place: Place) => Math.max(0, Math.floor(place.left * COLUMNS));
const lastColumn = (place: Place) => Math.min(COLUMNS - 1, Math.ceil(place.right * COLUMNS) - 1);

/** Columns in which the line runs through the place. */
export function crossings(place: Place, { low, high }: Profile): number {
  let count = 0;
  for (let c = firstColumn(place); c <= lastColumn(place); c++)
    if (low[c] <= place.top && high[c] >= place.bottom) count++;
  return count;
}

const meet = (a: Place, b: Place): boolean =>
  a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;

/**
 * The place above or below a line for its label that crosses least, as near to `preferred` (x in
 * [0, 1]) as can be. @param others lines to stay off. @param taken places to stay off.
 */
export function placeLabel(
  own: Profile,
  others: readonly Profile[],
  taken: readonly Place[],
  preferred: number,
): Place {
  let best: Place = { left: 0, right: WIDTH, bottom: 0, top: HEIGHT };
  let bestCost = Infinity;
  const tries = COLUMNS - Math.ceil(WIDTH * COLUMNS);
  for (let k = 0; k <= tries; k++) {
    const left = ((1 - WIDTH) * k) / tries;
    const span = { left, right: left + WIDTH, bottom: 0, top: 0 };
    let low = Infinity;
    let high = -Infinity;
    for (let c = firstColumn(span); c <= lastColumn(span); c++) {
      low = Math.min(low, own.low[c]);
      high = Math.max(high, own.high[c]);
    }
    if (low > high) continue;
    for (const bottom of [high + GAP, low - GAP - HEIGHT]) {
      const place = { ...span, bottom, top: bottom + HEIGHT };
      let cost = Math.abs(left + WIDTH / 2 - preferred);
      if (bottom < 0 || place.top > 1) cost += 1000;
      for (const other of others) cost += 10 * crossings(place, other);
      for (const other of taken) if (meet(place, other)) cost += 1000;
      if (cost < bestCost) {
        bestCost = cost;
        best = place;
      }
    }
  }
  return best;
}
