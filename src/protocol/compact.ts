/**
 * Plain data as it is posted: its long lists of like rows (cities, items, customers) as one typed
 * array each. To post a million pairs of numbers as they stand holds the page for a third of a
 * second; as numbers in a row it takes a few milliseconds.
 */

export interface Compact {
  /** The value, with null in place of each list. */
  rest: unknown;
  lists: readonly CompactList[];
}

interface CompactList {
  /** Keys from the value to the list; empty when it is the value itself. */
  path: readonly string[];
  shape: Shape;
  /** Row after row. */
  values: Float64Array;
}

/** What all rows look like: a number, a list of as many shapes, or an object of just these keys. */
type Shape =
  'number' | { list: readonly Shape[] } | { keys: readonly string[]; of: readonly Shape[] };

/** Shorter lists travel as they are. */
const LONG = 4096;
/** Of objects around the lists, and within a row. */
const DEPTH = 4;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  !Object.hasOwn(value, '__proto__');

/** Null when a row is no tree of numbers. */
function shapeOf(row: unknown, depth: number): Shape | null {
  if (typeof row === 'number') return 'number';
  if (depth === 0) return null;
  const isList = Array.isArray(row);
  if (!isList && !isObject(row)) return null;
  const keys = Object.keys(row);
  const of = (isList ? (row as unknown[]) : Object.values(row)).map((part) =>
    shapeOf(part, depth - 1),
  );
  if (!of.every((part) => part !== null) || keys.length !== of.length) return null;
  return isList ? { list: of } : { keys, of };
}

const width = (shape: Shape): number =>
  shape === 'number'
    ? 1
    : ('list' in shape ? shape.list : shape.of).reduce((sum, part) => sum + width(part), 0);

/** Writes the numbers of a row from `at`; the place after them, or -1 when it has another shape. */
function take(row: unknown, shape: Shape, values: Float64Array, at: number): number {
  if (shape === 'number') {
    if (typeof row !== 'number') return -1;
    values[at] = row;
    return at + 1;
  }
  if ('list' in shape) {
    const { list } = shape;
    if (!Array.isArray(row) || row.length !== list.length) return -1;
    for (let i = 0; i < list.length && at >= 0; i++) at = take(row[i], list[i], values, at);
    return at;
  }
  if (!isObject(row)) return -1;
  const { keys, of } = shape;
  let count = 0;
  for (const _ in row) count++;
  if (count !== keys.length) return -1;
  for (let i = 0; i < keys.length && at >= 0; i++) at = take(row[keys[i]], of[i], values, at);
  return at;
}

function listOf(rows: readonly unknown[], path: readonly string[]): CompactList | null {
  const shape = shapeOf(rows[0], DEPTH);
  if (shape === null || width(shape) === 0) return null;
  const values = new Float64Array(rows.length * width(shape));
  let at = 0;
  for (let i = 0; i < rows.length && at >= 0; i++) at = take(rows[i], shape, values, at);
  return at < 0 ? null : { path, shape, values };
}

/** Linear in the value's long lists; what is not plain data stays as it is. */
export function compact(value: unknown): Compact {
  const lists: CompactList[] = [];
  const walk = (part: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(part)) {
      const list = part.length >= LONG ? listOf(part, path) : null;
      if (!list) return part;
      lists.push(list);
      return null;
    }
    if (!isObject(part) || path.length >= DEPTH) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, each]) => [key, walk(each, [...path, key])]),
    );
  };
  return { rest: walk(value, []), lists };
}

function rowsOf({ shape, values }: CompactList): unknown[] {
  let at = 0;
  const read = (part: Shape): unknown => {
    if (part === 'number') return values[at++];
    if ('list' in part) {
      const row: unknown[] = [];
      for (let i = 0; i < part.list.length; i++) row.push(read(part.list[i]));
      return row;
    }
    const row: Record<string, unknown> = {};
    for (let i = 0; i < part.keys.length; i++) row[part.keys[i]] = read(part.of[i]);
    return row;
  };
  const rows: unknown[] = [];
  while (at < values.length) rows.push(read(shape));
  return rows;
}

/** What was compacted, anew; `rest` becomes part of it. */
export function expand({ rest, lists }: Compact): unknown {
  for (const list of lists) {
    const rows = rowsOf(list);
    const key = list.path.at(-1);
    if (key === undefined) return rows;
    let holder = rest as Record<string, unknown>;
    for (const step of list.path.slice(0, -1)) holder = holder[step] as Record<string, unknown>;
    holder[key] = rows;
  }
  return rest;
}
