/**
 * Alternative graphs (Mascis & Pacciarelli 2002): start times tied by arcs "at least so much later",
 * and pairs of such arcs of which one must hold: which of two operations has a machine first. The
 * longest paths between all nodes are kept up to date, with a trail to undo, so that an arc that
 * would close a ring or make the schedule too long is known at once.
 */
import type { PackedJobShop } from '../../../../src/problems/job-shop/instance.ts';
import { jobOfOperation } from '../../../../src/problems/job-shop/schedule.ts';

/** No path; less than any length, and sums of two stay within 32 bits. */
export const NONE = -(2 ** 30);

export interface Net {
  /**
   * Times are multiplied by this. Without swaps a job comes to a machine after the one before has
   * left: by one unit of these, so that no ring of jobs changes places at one moment.
   */
  scale: number;
  /** Nodes with source and sink, which come last. */
  width: number;
  source: number;
  sink: number;
  /** By operation: the node its start goes by, and how long after that. */
  node: Int32Array;
  offset: Int32Array;
  /** By node pair, row by row: length of the longest path, or NONE. */
  longest: Int32Array;
  /** Longest schedule looked for. */
  limit: number;
  /** Operations of each pair; the first goes first by the arc of way 0. */
  first: Int32Array;
  second: Int32Array;
  /** By pair and way (2 · pair + way): the arc. */
  tail: Int32Array;
  head: Int32Array;
  weight: Int32Array;
  /** Pairs without an order come first, `open` of them; the rest were decided last first. */
  pairs: Int32Array;
  place: Int32Array;
  open: number;
  /** Changes of `longest`: cell and old value. */
  trail: Int32Array;
  trailed: number;
  resources: Resources;
  /** Scratch. */
  rows: Int32Array;
  columns: Int32Array;
}

/** Machines (and, in open shops, jobs) that do one thing at a time. */
interface Resources {
  /** Uses of resource r are from[r] … from[r + 1] − 1. */
  from: Int32Array;
  /** From when to when: a node and how long after it. */
  start: Int32Array;
  startOffset: Int32Array;
  end: Int32Array;
  endOffset: Int32Array;
  /** Uses by rising head, kept from call to call; scratch. */
  order: Int32Array;
  ready: Int32Array;
  left: Int32Array;
  after: Int32Array;
}

/** Nodes a net has for an instance, source and sink aside. O(1). */
export const countNodes = (packed: Pick<PackedJobShop, 'kind' | 'first' | 'machine'>): number =>
  packed.kind === 'no-wait' ? packed.first.length - 1 : packed.machine.length;

/** What times are multiplied by. */
export const scaleOf = (packed: Pick<PackedJobShop, 'kind' | 'machine'>): number =>
  packed.kind === 'blocking' ? packed.machine.length + 1 : 1;

/** Open, no-wait and blocking shops with makespan, one machine an operation. O(nodes² + pairs). */
export function createNet(packed: PackedJobShop): Net {
  const { first, machine, kind } = packed;
  const scale = scaleOf(packed);
  const n = machine.length;
  const nodes = countNodes(packed);
  const width = nodes + 2;
  const [source, sink] = [nodes, nodes + 1];
  const jobOf = jobOfOperation(packed);
  const duration = packed.duration.map((time) => time * scale);
  const node = new Int32Array(n);
  const offset = new Int32Array(n);
  const longest = new Int32Array(width * width).fill(NONE);
  for (let v = 0; v < width; v++) longest[v * width + v] = 0;
  let most = 0;
  for (let job = 0; job + 1 < first.length; job++) {
    const release = packed.release ? packed.release[job] * scale : 0;
    let length = 0;
    for (let i = first[job]; i < first[job + 1]; i++) {
      node[i] = kind === 'no-wait' ? job : i;
      if (kind === 'no-wait') offset[i] = length;
      length += duration[i];
    }
    let before = 0;
    for (let i = first[job]; i < first[job + 1]; i++) {
      const v = node[i];
      const end = kind === 'open' ? duration[i] : length - (kind === 'no-wait' ? 0 : before);
      longest[source * width + v] = release + (kind === 'open' || v === job ? 0 : before);
      if (kind === 'no-wait') longest[source * width + v] = release;
      longest[v * width + sink] = end;
      if (kind === 'blocking' || kind === 'swap')
        for (let k = i + 1, far = duration[i]; k < first[job + 1]; far += duration[k++])
          longest[i * width + k] = far;
      before += duration[i];
      most = Math.max(most, longest[source * width + v] + end);
    }
  }
  longest[source * width + sink] = most;
  const blocks = kind === 'blocking' || kind === 'swap';
  const staysOn = (i: number) => blocks && i + 1 < n && jobOf[i + 1] === jobOf[i];
  const list: number[] = [];
  const arcs: number[] = [];
  /** `a` before `b`. */
  const arc = (a: number, b: number) => {
    if (staysOn(a)) arcs.push(a + 1, b, kind === 'blocking' ? 1 : 0);
    else arcs.push(node[a], node[b], offset[a] + duration[a] - offset[b]);
  };
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) {
      const sameJob = jobOf[a] === jobOf[b];
      if (sameJob ? kind !== 'open' : machine[a] !== machine[b]) continue;
      list.push(a, b);
      arc(a, b);
      arc(b, a);
    }
  const count = list.length / 2;
  const pick = (from: readonly number[], step: number, at: number) =>
    Int32Array.from({ length: from.length / step }, (_, i) => from[step * i + at]);
  return {
    scale,
    width,
    source,
    sink,
    node,
    offset,
    longest,
    limit: 2 ** 30,
    first: pick(list, 2, 0),
    second: pick(list, 2, 1),
    tail: pick(arcs, 3, 0),
    head: pick(arcs, 3, 1),
    weight: pick(arcs, 3, 2),
    pairs: Int32Array.from({ length: count }, (_, pair) => pair),
    place: Int32Array.from({ length: count }, (_, pair) => pair),
    open: count,
    trail: new Int32Array(4 * width * width),
    trailed: 0,
    resources: createResources(packed, node, offset, duration, staysOn, jobOf),
    rows: new Int32Array(width),
    columns: new Int32Array(width),
  };
}

function createResources(
  packed: PackedJobShop,
  node: Int32Array,
  offset: Int32Array,
  duration: Int32Array,
  staysOn: (operation: number) => boolean,
  jobOf: Int32Array,
): Resources {
  const n = node.length;
  const uses: number[][] = Array.from({ length: packed.machines }, () => []);
  for (let i = 0; i < n; i++) uses[packed.machine[i]].push(i);
  if (packed.kind === 'open')
    for (let job = 0; job + 1 < packed.first.length; job++)
      uses.push(Array.from(jobOf.keys()).filter((i) => jobOf[i] === job));
  const all = uses.flat();
  const from = new Int32Array(uses.length + 1);
  uses.forEach((list, r) => (from[r + 1] = from[r] + list.length));
  const by = (of: (operation: number) => number) => Int32Array.from(all, of);
  const array = () => new Int32Array(all.length);
  return {
    from,
    start: by((i) => node[i]),
    startOffset: by((i) => offset[i]),
    end: by((i) => (staysOn(i) ? i + 1 : node[i])),
    endOffset: by((i) => (staysOn(i) ? 0 : offset[i] + duration[i])),
    order: Int32Array.from(all.keys()),
    ready: array(),
    left: array(),
    after: array(),
  };
}

/** Can the arc of this way not be added? */
export function isForbidden(net: Net, arc: number): boolean {
  const { longest, width, source, sink, tail, head, weight } = net;
  const a = tail[arc];
  const b = head[arc];
  const w = weight[arc];
  return (
    longest[b * width + a] + w > 0 ||
    longest[source * width + a] + w + longest[b * width + sink] > net.limit
  );
}

/** Length of the longest path through the arc. */
export function lengthBy(net: Net, arc: number): number {
  const { longest, width, source, sink, tail, head, weight } = net;
  return longest[source * width + tail[arc]] + weight[arc] + longest[head[arc] * width + sink];
}

/** Takes a way of a pair (2 · pair + way). @returns false when it is forbidden. O(nodes²). */
export function take(net: Net, arc: number): boolean {
  if (isForbidden(net, arc)) return false;
  close(net, arc >> 1);
  insert(net, net.tail[arc], net.head[arc], net.weight[arc]);
  return true;
}

/** The pair has its order. */
function close(net: Net, pair: number): void {
  const { pairs, place } = net;
  const at = place[pair];
  const last = pairs[--net.open];
  pairs[at] = last;
  place[last] = at;
  pairs[net.open] = pair;
  place[pair] = net.open;
}

/** Longest paths with one more arc, which closes no ring of positive length. */
function insert(net: Net, a: number, b: number, weight: number): void {
  const { longest, width, rows, columns } = net;
  const toB = b * width;
  const fromA = a * width;
  if (longest[fromA + b] >= weight) return;
  let countRows = 0;
  let countColumns = 0;
  for (let x = 0, at = 0; x < width; x++, at += width) {
    const to = longest[at + a];
    if (to > NONE && to + weight > longest[at + b]) rows[countRows++] = at;
  }
  for (let y = 0; y < width; y++) {
    const on = longest[toB + y];
    if (on > NONE && on + weight > longest[fromA + y]) columns[countColumns++] = y;
  }
  const room = net.trailed + 2 * countRows * countColumns;
  if (room > net.trail.length) {
    const grown = new Int32Array(2 * room);
    grown.set(net.trail);
    net.trail = grown;
  }
  const { trail } = net;
  let { trailed } = net;
  for (let i = 0; i < countRows; i++) {
    const row = rows[i];
    const base = longest[row + a] + weight;
    for (let k = 0; k < countColumns; k++) {
      const y = columns[k];
      const cell = row + y;
      const length = base + longest[toB + y];
      if (length <= longest[cell]) continue;
      trail[trailed++] = cell;
      trail[trailed++] = longest[cell];
      longest[cell] = length;
    }
  }
  net.trailed = trailed;
}

/** Undoes everything down to a mark: the trail's length and how many pairs were open then. */
export function undo(net: Net, trailed: number, open: number): void {
  const { longest, trail } = net;
  for (let at = net.trailed; at > trailed;) {
    at -= 2;
    longest[trail[at]] = trail[at + 1];
  }
  net.trailed = trailed;
  net.open = open;
}

/**
 * Of every pair with one way left that way is taken, until nothing follows any more; then each
 * resource by itself. @returns false on a contradiction. O(rounds · pairs) and what is inserted.
 */
export function propagate(net: Net): boolean {
  const { pairs, longest, width, source, sink, tail, head, weight } = net;
  if (longest[source * width + sink] > net.limit) return false;
  for (let since = 0; since < net.open;) {
    since = 0;
    for (let at = net.open - 1; at >= 0; at--) {
      since++;
      const pair = pairs[at];
      const arc = 2 * pair;
      if (isForbidden(net, arc)) {
        if (!take(net, arc + 1)) return false;
        since = 0;
      } else if (isForbidden(net, arc + 1)) {
        take(net, arc);
        since = 0;
      } else if (
        longest[tail[arc] * width + head[arc]] >= weight[arc] ||
        longest[tail[arc + 1] * width + head[arc + 1]] >= weight[arc + 1]
      )
        close(net, pair);
    }
  }
  const { from } = net.resources;
  for (let r = 0; r + 1 < from.length; r++)
    if (from[r + 1] - from[r] > 2 && preemptiveLength(net, r) > net.limit) return false;
  return true;
}

/** Jackson's preemptive schedule of one resource under the paths as they are. O(uses²). */
function preemptiveLength(net: Net, resource: number): number {
  const { longest, width, source, sink } = net;
  const { from, start, startOffset, end, endOffset, order, ready, left, after } = net.resources;
  const low = from[resource];
  const high = from[resource + 1];
  for (let i = low; i < high; i++) {
    const [u, v] = [start[i], end[i]];
    ready[i] = longest[source * width + u] + startOffset[i];
    left[i] = longest[u * width + v] + endOffset[i] - startOffset[i];
    after[i] = longest[v * width + sink] - endOffset[i];
  }
  for (let i = low + 1; i < high; i++) {
    const use = order[i];
    const key = ready[use];
    let k = i - 1;
    for (; k >= low && ready[order[k]] > key; k--) order[k + 1] = order[k];
    order[k + 1] = use;
  }
  let length = 0;
  let time = 0;
  let arrived = low;
  for (let done = low; done < high;) {
    let running = -1;
    while (arrived < high && ready[order[arrived]] <= time) arrived++;
    for (let i = low; i < arrived; i++) {
      const use = order[i];
      if (left[use] >= 0 && (running < 0 || after[use] > after[running])) running = use;
    }
    if (running < 0) {
      time = ready[order[arrived]];
      continue;
    }
    const until = time + left[running];
    if (arrived < high && ready[order[arrived]] < until) {
      left[running] = until - ready[order[arrived]];
      time = ready[order[arrived]];
      continue;
    }
    time = until;
    left[running] = -1;
    done++;
    if (time + after[running] > length) length = time + after[running];
  }
  return length;
}

/** Start times once every pair has its order. O(operations). */
export function startTimes(net: Net): Int32Array {
  const { longest, width, source, node, offset, scale } = net;
  return node.map((v, i) => Math.floor((longest[source * width + v] + offset[i]) / scale));
}

/** The makespan then. */
export const makespanOf = ({ longest, width, source, sink, scale }: Net): number =>
  Math.floor(longest[source * width + sink] / scale);

/** Only schedules of at most this makespan are looked for. */
export function assume(net: Net, makespan: number): void {
  net.limit = makespan * net.scale + net.scale - 1;
}
