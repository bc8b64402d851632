/** Marks along a time slider. */

/** Index of the mark nearest to `at`; −1 when there are none. Marks rise. O(log n). */
export function nearestMark(marks: ArrayLike<number>, at: number): number {
  if (marks.length === 0) return -1;
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low > 0 && at - marks[low - 1] <= marks[low] - at ? low - 1 : low;
}

/** The marks worth drawing: at most one in each of `places` equal parts of the slider. */
export function tickMarks(marks: ArrayLike<number>, places: number): number[] {
  const shown: number[] = [];
  let last = -1;
  for (let i = 0; i < marks.length; i++) {
    const place = Math.floor(marks[i] * places);
    if (place === last) continue;
    last = place;
    shown.push(marks[i]);
  }
  return shown;
}
