/**
 * Nearest neighbours through a k-d tree (Bentley 1975) in flat arrays: O(n) memory, robust on
 * clustered points and duplicates, for two or three coordinates (three for points on a sphere).
 */

/** Points per leaf. */
const LEAF = 8;

export interface PointIndex {
  /** Points not removed. */
  readonly size: number;
  /**
   * Writes the `k` nearest of the points not removed, `point` itself excluded, into
   * `out[offset …]`, nearest first, equal distances by index (among exact duplicates of `point` any
   * of them). Returns how many were found. About 1–2 µs.
   * @param quadrant only points there: 0 = east to north, then anticlockwise; −1 = everywhere.
   */
  nearest(point: number, k: number, out: Int32Array, offset: number, quadrant?: number): number;
  /** Takes a point out of later answers (it may still be asked for). O(log n). */
  remove(point: number): void;
  /** Takes all points back in. O(n). */
  restore(): void;
}

/** Neighbour lists, `k` per point, flat: those of i are `list[i·k] … list[i·k + k − 1]`. */
export interface Neighbours {
  k: number;
  list: Int32Array;
}

/**
 * Builds the tree. O(n log n); yields between parts of about a millisecond.
 * @param coordinates two or three arrays of n finite numbers each.
 */
export function* buildPointIndex(
  coordinates: readonly Float64Array[],
): Generator<void, PointIndex, void> {
  const n = coordinates[0].length;
  const flat = coordinates.length < 3;
  const order = Int32Array.from({ length: n }, (_, i) => i);

  // A complete tree in heap order: the children of node v are 2v + 1 and 2v + 2.
  let leaves = 1;
  while (n > leaves * LEAF) leaves *= 2;
  const nodes = 2 * leaves - 1;
  const low = new Int32Array(nodes);
  const high = new Int32Array(nodes);
  const alive = new Int32Array(nodes);
  // minX, maxX, minY, maxY, minZ, maxZ per node.
  const box = new Float64Array(nodes * 6);
  low[0] = 0;
  high[0] = n;
  let work = 0;
  for (let node = 0; node < nodes; node++) {
    const from = low[node];
    const to = high[node];
    alive[node] = to - from;
    let widest = 0;
    let width = -1;
    for (let axis = 0; axis < coordinates.length; axis++) {
      const values = coordinates[axis];
      let min = Infinity;
      let max = -Infinity;
      for (let p = from; p < to; p++) {
        const value = values[order[p]];
        if (value < min) min = value;
        if (value > max) max = value;
      }
      box[node * 6 + axis * 2] = min;
      box[node * 6 + axis * 2 + 1] = max;
      if (max - min > width) {
        width = max - min;
        widest = axis;
      }
    }
    if (node < leaves - 1) {
      const middle = (from + to) >> 1;
      select(order, coordinates[widest], from, to, middle);
      low[2 * node + 1] = from;
      high[2 * node + 1] = middle;
      low[2 * node + 2] = middle;
      high[2 * node + 2] = to;
    }
    work += to - from;
    if (work > 20000) {
      work = 0;
      yield;
    }
  }

  // Coordinates in tree order lie together in memory.
  const px = new Float64Array(n);
  const py = new Float64Array(n);
  const pz = new Float64Array(flat ? 0 : n);
  const slot = new Int32Array(n);
  for (let p = 0; p < n; p++) {
    const point = order[p];
    slot[point] = p;
    px[p] = coordinates[0][point];
    py[p] = coordinates[1][point];
    if (!flat) pz[p] = coordinates[2][point];
  }
  const removed = new Uint8Array(n);
  const stack = new Int32Array(64);
  const stackDistance = new Float64Array(64);
  let distances = new Float64Array(16);

  const boxDistance = (node: number, x: number, y: number, z: number): number => {
    const b = node * 6;
    const dx = x < box[b] ? box[b] - x : x > box[b + 1] ? x - box[b + 1] : 0;
    const dy = y < box[b + 2] ? box[b + 2] - y : y > box[b + 3] ? y - box[b + 3] : 0;
    if (flat) return dx * dx + dy * dy;
    const dz = z < box[b + 4] ? box[b + 4] - z : z > box[b + 5] ? z - box[b + 5] : 0;
    return dx * dx + dy * dy + dz * dz;
  };

  const outsideQuadrant = (node: number, x: number, y: number, quadrant: number): boolean => {
    const b = node * 6;
    switch (quadrant) {
      case 0:
        return box[b + 1] <= x || box[b + 3] < y;
      case 1:
        return box[b] > x || box[b + 3] <= y;
      case 2:
        return box[b] >= x || box[b + 2] > y;
      case 3:
        return box[b + 1] < x || box[b + 2] >= y;
      default:
        return false;
    }
  };

  const index = {
    size: n,
    nearest(point: number, k: number, out: Int32Array, offset: number, quadrant = -1): number {
      if (k < 1) return 0;
      if (distances.length < k) distances = new Float64Array(k);
      const at = slot[point];
      const x = px[at];
      const y = py[at];
      const z = flat ? 0 : pz[at];
      let found = 0;
      let worst = Infinity;
      let top = 1;
      stack[0] = 0;
      stackDistance[0] = 0;
      while (top > 0) {
        const node = stack[--top];
        const reach = stackDistance[top];
        if (alive[node] === 0) continue;
        if (found === k && (reach > worst || worst === 0)) continue;
        if (quadrant >= 0 && outsideQuadrant(node, x, y, quadrant)) continue;
        if (node < leaves - 1) {
          const left = boxDistance(2 * node + 1, x, y, z);
          const right = boxDistance(2 * node + 2, x, y, z);
          // Among equals the point's own side first, so that points in one place find different ones.
          const leftFirst = left < right || (left === right && at < high[2 * node + 1]);
          stack[top] = leftFirst ? 2 * node + 2 : 2 * node + 1;
          stackDistance[top++] = leftFirst ? right : left;
          stack[top] = leftFirst ? 2 * node + 1 : 2 * node + 2;
          stackDistance[top++] = leftFirst ? left : right;
          continue;
        }
        for (let p = low[node]; p < high[node]; p++) {
          const other = order[p];
          if (other === point || removed[other] === 1) continue;
          const dx = px[p] - x;
          const dy = py[p] - y;
          const dz = flat ? 0 : pz[p] - z;
          if (quadrant >= 0 && quadrantOf(dx, dy) !== quadrant) continue;
          const distance = dx * dx + dy * dy + dz * dz;
          if (found === k) {
            if (distance > worst) continue;
            if (distance === worst && other > out[offset + k - 1]) continue;
          }
          let place = found < k ? found++ : k - 1;
          while (
            place > 0 &&
            (distances[place - 1] > distance ||
              (distances[place - 1] === distance && out[offset + place - 1] > other))
          ) {
            distances[place] = distances[place - 1];
            out[offset + place] = out[offset + place - 1];
            place--;
          }
          distances[place] = distance;
          out[offset + place] = other;
          if (found === k) worst = distances[k - 1];
        }
      }
      return found;
    },
    remove(point: number): void {
      if (removed[point] === 1) return;
      removed[point] = 1;
      index.size--;
      const at = slot[point];
      let node = 0;
      for (;;) {
        alive[node]--;
        if (node >= leaves - 1) return;
        node = at < high[2 * node + 1] ? 2 * node + 1 : 2 * node + 2;
      }
    },
    restore(): void {
      removed.fill(0);
      index.size = n;
      for (let node = 0; node < nodes; node++) alive[node] = high[node] - low[node];
    },
  };
  return index;
}

/** 0 = east to north, then anticlockwise, each with its first axis; −1 for the point itself. */
function quadrantOf(dx: number, dy: number): number {
  if (dx > 0 && dy >= 0) return 0;
  if (dx <= 0 && dy > 0) return 1;
  if (dx < 0) return 2;
  return dy < 0 ? 3 : -1;
}

/** Quickselect (Hoare 1961): `order[middle]` gets its place by value, smaller ones before it. */
function select(
  order: Int32Array,
  values: Float64Array,
  from: number,
  to: number,
  middle: number,
): void {
  let left = from;
  let right = to - 1;
  while (left < right) {
    // Median of three against sorted input.
    const a = values[order[left]];
    const b = values[order[(left + right) >> 1]];
    const c = values[order[right]];
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[order[i]] < pivot) i++;
      while (values[order[j]] > pivot) j--;
      if (i <= j) {
        const swap = order[i];
        order[i++] = order[j];
        order[j--] = swap;
      }
    }
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}

export interface NeighbourOptions {
  /** Points per list; fewer when there are fewer points. */
  k: number;
  /**
   * At least this many from each quadrant where there are any, before the list is filled with the
   * nearest: keeps clusters connected (Johnson & McGeoch 1997). Planar points only. Default 0.
   */
  perQuadrant?: number;
}

/**
 * Neighbour lists of all points, each by distance, then index. O(n log n); yields between parts of
 * about a millisecond. @param index reused when given; nothing may be removed from it.
 */
export function* buildNeighbours(
  coordinates: readonly Float64Array[],
  options: NeighbourOptions,
  index?: PointIndex,
): Generator<void, Neighbours, void> {
  const n = coordinates[0].length;
  const k = Math.max(0, Math.min(options.k, n - 1));
  const perQuadrant = Math.min(options.perQuadrant ?? 0, k >> 2);
  const list = new Int32Array(n * k);
  if (k === 0) return { k, list };
  const points = index ?? (yield* buildPointIndex(coordinates));
  const spare = new Int32Array(k);
  const [x, y] = coordinates;
  for (let i = 0; i < n; i++) {
    if (i % 512 === 511) yield;
    if (perQuadrant === 0) {
      points.nearest(i, k, list, i * k);
      continue;
    }
    // The nearest of each quadrant are among the nearest of all, or must be looked for.
    const near = points.nearest(i, k, spare, 0);
    let found = 0;
    for (let quadrant = 0; quadrant < 4; quadrant++) {
      const first = found;
      for (let s = 0; s < near && found - first < perQuadrant; s++)
        if (quadrantOf(x[spare[s]] - x[i], y[spare[s]] - y[i]) === quadrant)
          list[i * k + found++] = spare[s];
      if (found - first < perQuadrant)
        found = first + points.nearest(i, perQuadrant, list, i * k + first, quadrant);
    }
    for (let s = 0; s < near && found < k; s++) {
      let known = false;
      for (let t = 0; t < found && !known; t++) known = list[i * k + t] === spare[s];
      if (!known) list[i * k + found++] = spare[s];
    }
    sortByDistance(list, i, k, coordinates);
  }
  return { k, list };
}

/** Insertion sort of one list by (distance, index). */
function sortByDistance(
  list: Int32Array,
  point: number,
  k: number,
  [x, y]: readonly Float64Array[],
): void {
  const squared = (j: number) => {
    const dx = x[j] - x[point];
    const dy = y[j] - y[point];
    return dx * dx + dy * dy;
  };
  const start = point * k;
  for (let s = 1; s < k; s++) {
    const city = list[start + s];
    const distance = squared(city);
    let place = s;
    while (place > 0) {
      const before = list[start + place - 1];
      const gap = squared(before) - distance;
      if (gap < 0 || (gap === 0 && before < city)) break;
      list[start + place] = before;
      place--;
    }
    list[start + place] = city;
  }
}

/** `buildNeighbours` of planar points in one go, where nothing waits for it. */
export function nearestNeighbours(
  x: Float64Array,
  y: Float64Array,
  k: number,
  perQuadrant = 0,
): Neighbours {
  const building = buildNeighbours([x, y], { k, perQuadrant });
  for (;;) {
    const step = building.next();
    if (step.done) return step.value;
  }
}
