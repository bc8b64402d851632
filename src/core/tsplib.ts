/**
 * The text format of TSPLIB95 (Reinelt 1991), which CVRPLIB shares: a specification part of
 * `KEYWORD : value` lines, then sections of numbers that wrap over lines freely. This reads the
 * text; what the sections mean is the family's business.
 */
import { fail, ok, type Issue, type Result } from './result.ts';
import { numberIssue, readTokens, type TokenReader } from './tokens.ts';

export interface TsplibLimits {
  /** DIMENSION is refused above this, before anything is allocated. */
  maxDimension: number;
  /** The same for files with an EDGE_WEIGHT_SECTION, whose memory is its square. */
  maxMatrixDimension: number;
  /**
   * Sections beyond the standard ones with one row per node, `id v1 … vk`: name → k,
   * e.g. `{ TIME_WINDOW_SECTION: 2 }`.
   */
  rowSections?: Readonly<Record<string, number>>;
  /** Reads FIXED_EDGES_SECTION; else it is refused like any that is unknown. */
  fixedEdges?: boolean;
}

export interface TsplibFile {
  /** The value of a keyword of the specification part, '' when absent; keywords in upper case. */
  value(keyword: string): string;
  /** The line of a keyword or section, for issues; undefined when absent. */
  line(keyword: string): number | undefined;
  /** All COMMENT values in order. */
  comments: readonly string[];
  /** Number of nodes; 0 when the file states none (tour files may not). */
  dimension: number;
  /** Node numbers in file order, as NODE_COORD_SECTION gives them; 1 … dimension when it is absent. */
  ids: Int32Array;
  /** The index of a node number; −1 when there is no such node. */
  indexOf(id: number): number;
  /** Sections of one row per node in the order of `ids`, row-major: e.g. NODE_COORD_SECTION → x0, y0, x1, … */
  rows(section: string): Float64Array | null;
  /** EDGE_WEIGHT_SECTION as a full matrix, dimension × dimension, row-major. */
  matrix: Float64Array | null;
  /** Depots as node indices. */
  depots: readonly number[] | null;
  /** FIXED_EDGES_SECTION as pairs of node indices, flat. */
  fixedEdges: readonly number[] | null;
  /** The first tour of TOUR_SECTION as node numbers (not indices). */
  tour: Int32Array | null;
}

/** Rows per node: id, then this many numbers. */
const ROW_SECTIONS: Readonly<Record<string, number>> = {
  NODE_COORD_SECTION: 2,
  DISPLAY_DATA_SECTION: 2,
  DEMAND_SECTION: 1,
};

const BARE_KEYWORD =
  /^(NAME|TYPE|COMMENT|DIMENSION|CAPACITY|DISTANCE|EDGE_WEIGHT_TYPE|EDGE_WEIGHT_FORMAT|EDGE_DATA_FORMAT|NODE_COORD_TYPE|DISPLAY_DATA_TYPE|VEHICLES|SERVICE_TIME)\s+(.*)$/i;

/** How each half-matrix format walks: does a row start at the diagonal, and is it counted. */
const MATRIX_FORMATS: Readonly<
  Record<string, { half: 'full' | 'upper' | 'lower'; diagonal: boolean }>
> = {
  FULL_MATRIX: { half: 'full', diagonal: true },
  UPPER_ROW: { half: 'upper', diagonal: false },
  LOWER_ROW: { half: 'lower', diagonal: false },
  UPPER_DIAG_ROW: { half: 'upper', diagonal: true },
  LOWER_DIAG_ROW: { half: 'lower', diagonal: true },
  // A column-wise half of a symmetric matrix is the other half row by row.
  UPPER_COL: { half: 'lower', diagonal: false },
  LOWER_COL: { half: 'upper', diagonal: false },
  UPPER_DIAG_COL: { half: 'lower', diagonal: true },
  LOWER_DIAG_COL: { half: 'upper', diagonal: true },
};

/**
 * The value of TYPE among the first lines, in upper case ("TSP", "CVRP", "TOUR"); '' when the text
 * looks like TSPLIB but states no TYPE; null when it does not look like TSPLIB. For sniffing.
 */
export function tsplibType(text: string): string | null {
  const head = text.slice(0, 4096);
  const type = /^[ \t]*TYPE[ \t]*:[ \t]*([A-Za-z_]+)/m.exec(head);
  if (type) return type[1].toUpperCase();
  const looks =
    /^[ \t]*(DIMENSION|EDGE_WEIGHT_TYPE)[ \t]*:/m.test(head) ||
    /^[ \t]*(NODE_COORD|TOUR|EDGE_WEIGHT)_SECTION/m.test(head);
  return looks ? '' : null;
}

interface RawRows {
  line: number;
  columns: number;
  ids: Int32Array;
  values: Float64Array;
}

/** Reads a TSPLIB text. Every issue has a line. O(length). */
export function readTsplib(text: string, limits: TsplibLimits): Result<TsplibFile> {
  const reader = readTokens(text);
  const values = new Map<string, string>();
  const lines = new Map<string, number>();
  const comments: string[] = [];
  const rowSections = { ...ROW_SECTIONS, ...limits.rowSections };
  const raw = new Map<string, RawRows>();
  let dimension = 0;
  let matrix: Float64Array | null = null;
  let depotIds: number[] | null = null;
  let fixedIds: number[] | null = null;
  let tour: Int32Array | null = null;

  while (!reader.done()) {
    const { line } = reader.place();
    const keyword = reader.peek().replace(/:.*$/, '').toUpperCase();
    if (keyword === 'EOF') break;
    if (!keyword.endsWith('_SECTION')) {
      const entry = readKeyword(reader, line);
      if (!entry.ok) return entry;
      const [key, value] = entry.value;
      if (key === 'COMMENT') comments.push(value);
      else if (values.has(key) && values.get(key) !== value)
        return fail({
          line,
          message: `${key} is given twice with different values.`,
          hint: 'Keep one of the two lines.',
        });
      values.set(key, value);
      lines.set(key, line);
      if (key === 'DIMENSION') {
        const size = readDimension(value, line, limits.maxDimension);
        if (!size.ok) return size;
        dimension = size.value;
      }
      continue;
    }

    if (lines.has(keyword))
      return fail({ line, message: `${keyword} appears twice.`, hint: 'Remove one of them.' });
    lines.set(keyword, line);
    // Some files write `NODE_COORD_SECTION :`.
    reader.next();
    if (reader.peek() === ':') reader.next();

    if (keyword === 'TOUR_SECTION') {
      const read = readTour(reader, dimension > 0 ? dimension : limits.maxDimension);
      if (!read.ok) return read;
      tour = read.value;
      continue;
    }
    if (dimension === 0)
      return fail({
        line,
        message: `${keyword} comes before DIMENSION.`,
        hint: 'State the number of nodes first, e.g. "DIMENSION : 52".',
      });
    if (keyword in rowSections) {
      const read = readRows(reader, keyword, line, dimension, rowSections[keyword]);
      if (!read.ok) return read;
      raw.set(keyword, read.value);
    } else if (keyword === 'EDGE_WEIGHT_SECTION') {
      const format = (values.get('EDGE_WEIGHT_FORMAT') ?? '').toUpperCase();
      const read = readMatrix(reader, line, dimension, format, limits.maxMatrixDimension);
      if (!read.ok) return read;
      matrix = read.value;
    } else if (keyword === 'DEPOT_SECTION') {
      const read = readDepots(reader, dimension);
      if (!read.ok) return read;
      depotIds = read.value;
    } else if (keyword === 'FIXED_EDGES_SECTION' && limits.fixedEdges) {
      const read = readFixedEdges(reader, dimension);
      if (!read.ok) return read;
      fixedIds = read.value;
    } else {
      return fail({
        line,
        message: `${keyword} is not supported.`,
        hint: 'Remove the section if the problem can do without it.',
      });
    }
  }
  if (values.size === 0 && lines.size === 0)
    return fail({
      line: 1,
      message: 'The file is empty.',
      hint: 'A TSPLIB text starts with NAME.',
    });

  const coords = raw.get('NODE_COORD_SECTION');
  const ids = coords?.ids ?? Int32Array.from({ length: dimension }, (_, i) => i + 1);
  const index = new Map<number, number>();
  for (let i = 0; i < ids.length; i++) {
    if (index.has(ids[i]))
      return fail({
        line: coords?.line,
        message: `NODE_COORD_SECTION has node ${ids[i]} twice.`,
        hint: 'Give every node a number of its own.',
      });
    index.set(ids[i], i);
  }
  const indexOf = (id: number) => index.get(id) ?? -1;

  const rows = new Map<string, Float64Array>();
  for (const [section, { line, columns, ids: rowIds, values: cells }] of raw) {
    const ordered = orderRows(section, line, rowIds, cells, columns, indexOf);
    if (!ordered.ok) return ordered;
    rows.set(section, ordered.value);
  }
  const depots: number[] = [];
  for (const id of depotIds ?? []) {
    if (indexOf(id) < 0)
      return fail({
        line: lines.get('DEPOT_SECTION'),
        message: `DEPOT_SECTION names node ${id}, which does not exist.`,
      });
    depots.push(indexOf(id));
  }

  const fixedEdges: number[] = [];
  for (const id of fixedIds ?? []) {
    if (indexOf(id) < 0)
      return fail({
        line: lines.get('FIXED_EDGES_SECTION'),
        message: `FIXED_EDGES_SECTION names node ${id}, which does not exist.`,
      });
    fixedEdges.push(indexOf(id));
  }

  return ok({
    value: (keyword) => values.get(keyword) ?? '',
    line: (keyword) => lines.get(keyword),
    comments,
    dimension,
    ids,
    indexOf,
    rows: (section) => rows.get(section) ?? null,
    matrix,
    depots: depotIds ? depots : null,
    fixedEdges: fixedIds ? fixedEdges : null,
    tour,
  });
}

function readKeyword(reader: TokenReader, line: number): Result<[string, string]> {
  const rest = reader.restOfLine();
  const colon = rest.indexOf(':');
  if (colon > 0)
    return ok([rest.slice(0, colon).trim().toUpperCase(), rest.slice(colon + 1).trim()]);
  const bare = BARE_KEYWORD.exec(rest);
  if (bare) return ok([bare[1].toUpperCase(), bare[2].trim()]);
  const shown = rest.length > 30 ? `${rest.slice(0, 30)}…` : rest;
  return fail({
    line,
    message: `"${shown}" is neither a keyword nor a section.`,
    hint: 'Lines look like "DIMENSION : 52"; are there more rows than DIMENSION says?',
  });
}

function readDimension(value: string, line: number, max: number): Result<number> {
  const issue = numberIssue(value, 'DIMENSION', { integer: true, min: 1, max });
  if (!issue) return ok(Number(value));
  const hint =
    Number(value) > max ? 'The instance is too large to be opened here.' : 'E.g. "DIMENSION : 52".';
  return fail({ line, ...issue, hint });
}

/** True when the reader stands at a number (not at a keyword, a section or the end). */
function atNumber(reader: TokenReader): boolean {
  return /^[-+.\d]/.test(reader.peek());
}

/** One number, or why there is none; `missing` words what is missing when the section ends here. */
function takeNumber(
  reader: TokenReader,
  what: string,
  integer: boolean,
  missing: () => Issue,
): Result<number> {
  const place = reader.place();
  const token = reader.peek();
  if (token === '' || /^[A-Za-z]+(_[A-Za-z]+)*:?$/.test(token)) {
    // NaN, inf and the like are bad numbers; other words end the section.
    if (token === '' || !/^(nan|inf(inity)?)$/i.test(token))
      return fail({ ...place, ...missing() });
  }
  reader.next();
  const issue = numberIssue(token, what, { integer });
  return issue ? fail({ ...place, ...issue }) : ok(Number(token));
}

function readRows(
  reader: TokenReader,
  section: string,
  sectionLine: number,
  dimension: number,
  columns: number,
): Result<RawRows> {
  const ids = new Int32Array(dimension);
  const values = new Float64Array(dimension * columns);
  let row = 0;
  const missing = (): Issue => ({
    message: `${section} ends after ${row} of ${dimension} rows.`,
    hint: 'Is the file cut off, or DIMENSION wrong?',
  });
  for (; row < dimension; row++) {
    const place = reader.place();
    const id = takeNumber(reader, `the number of a node`, true, missing);
    if (!id.ok) return id;
    if (id.value < 0 || id.value > 2147483647)
      return fail({ ...place, message: `${id.value} is not a node number.` });
    ids[row] = id.value;
    for (let column = 0; column < columns; column++) {
      const value = takeNumber(reader, `a value of node ${id.value}`, false, missing);
      if (!value.ok) return value;
      values[row * columns + column] = value.value;
    }
  }
  if (atNumber(reader))
    return fail({
      ...reader.place(),
      message: `${section} has more numbers than ${dimension} rows of ${columns + 1}.`,
      hint: 'Check DIMENSION and the number of columns.',
    });
  return ok({ line: sectionLine, columns, ids, values });
}

/** Rows into the order of the nodes. */
function orderRows(
  section: string,
  line: number,
  rowIds: Int32Array,
  cells: Float64Array,
  columns: number,
  indexOf: (id: number) => number,
): Result<Float64Array> {
  const ordered = new Float64Array(cells.length);
  const seen = new Uint8Array(rowIds.length);
  for (let row = 0; row < rowIds.length; row++) {
    const node = indexOf(rowIds[row]);
    if (node < 0)
      return fail({ line, message: `${section} names node ${rowIds[row]}, which does not exist.` });
    if (seen[node]) return fail({ line, message: `${section} has node ${rowIds[row]} twice.` });
    seen[node] = 1;
    for (let column = 0; column < columns; column++)
      ordered[node * columns + column] = cells[row * columns + column];
  }
  return ok(ordered);
}

function readMatrix(
  reader: TokenReader,
  sectionLine: number,
  n: number,
  formatName: string,
  max: number,
): Result<Float64Array> {
  const format = MATRIX_FORMATS[formatName];
  if (!format)
    return fail({
      line: sectionLine,
      message: `EDGE_WEIGHT_FORMAT "${formatName}" is not supported.`,
      hint: `Use one of: ${Object.keys(MATRIX_FORMATS).slice(0, 5).join(', ')}.`,
    });
  if (n > max)
    return fail({
      line: sectionLine,
      message: `A distance matrix of ${n} nodes is too large; at most ${max} are read.`,
      hint: 'Give coordinates instead.',
    });
  const diagonal = format.diagonal ? 1 : 0;
  const total = format.half === 'full' ? n * n : (n * (n - 1)) / 2 + diagonal * n;
  const matrix = new Float64Array(n * n);
  let count = 0;
  const missing = (): Issue => ({
    message: `EDGE_WEIGHT_SECTION ends after ${count} of ${total} numbers (${formatName}).`,
    hint: 'Is the file cut off, or DIMENSION or EDGE_WEIGHT_FORMAT wrong?',
  });
  for (let i = 0; i < n; i++) {
    const from = format.half === 'upper' ? i + 1 - diagonal : 0;
    const to = format.half === 'lower' ? i + diagonal : n;
    for (let j = from; j < to; j++) {
      const value = takeNumber(reader, 'a distance', false, missing);
      if (!value.ok) return value;
      matrix[i * n + j] = value.value;
      if (format.half !== 'full') matrix[j * n + i] = value.value;
      count++;
    }
  }
  if (atNumber(reader))
    return fail({
      ...reader.place(),
      message: `EDGE_WEIGHT_SECTION has more than the ${total} numbers of ${formatName}.`,
      hint: 'Check DIMENSION and EDGE_WEIGHT_FORMAT.',
    });
  return ok(matrix);
}

/** Node numbers up to −1. */
function readDepots(reader: TokenReader, dimension: number): Result<number[]> {
  const ids: number[] = [];
  while (atNumber(reader)) {
    const place = reader.place();
    const id = reader.number('a depot', { integer: true });
    if (!id.ok) return id;
    if (id.value === -1) break;
    if (ids.length === dimension)
      return fail({ ...place, message: 'DEPOT_SECTION has more depots than nodes.' });
    ids.push(id.value);
  }
  return ok(ids);
}

/** Pairs of node numbers up to −1. */
function readFixedEdges(reader: TokenReader, dimension: number): Result<number[]> {
  const ids: number[] = [];
  while (atNumber(reader)) {
    const place = reader.place();
    const id = reader.number('an end of a fixed edge', { integer: true });
    if (!id.ok) return id;
    if (id.value === -1) break;
    if (ids.length === 2 * dimension)
      return fail({ ...place, message: 'FIXED_EDGES_SECTION has more edges than nodes.' });
    ids.push(id.value);
  }
  if (ids.length % 2 === 1)
    return fail({
      ...reader.place(),
      message: 'FIXED_EDGES_SECTION ends in the middle of an edge.',
      hint: 'An edge is two node numbers; -1 ends the section.',
    });
  return ok(ids);
}

/** The node numbers of the first tour, up to −1 or the end of the section. */
function readTour(reader: TokenReader, max: number): Result<Int32Array> {
  const ids: number[] = [];
  while (atNumber(reader)) {
    const place = reader.place();
    const id = reader.number('a node of the tour', { integer: true, max: 2147483647 });
    if (!id.ok) return id;
    if (id.value < 0) break;
    if (ids.length === max)
      return fail({
        ...place,
        message: `The tour has more than ${max} nodes.`,
        hint: 'End it with -1.',
      });
    ids.push(id.value);
  }
  // Further tours of the section, and the −1 that ends it.
  while (atNumber(reader)) reader.next();
  return ok(Int32Array.from(ids));
}
