/**
 * Cities as comma-, semicolon-, tab- or blank-separated text: `x, y`, `name, x, y`, or
 * `name, latitude, longitude` in any order when a header says so. A first line
 * `# name, metric` keeps what columns cannot say.
 */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import {
  cityCount,
  isGeographic,
  LIMITS,
  METRICS,
  type City,
  type Metric,
  type TspInstance,
} from '../instance.ts';
import { validate } from '../schema.ts';
import { baseName } from './names.ts';

interface Row {
  line: number;
  cells: string[];
}

interface Columns {
  first: number;
  second: number;
  name: number | null;
  geographic: boolean;
}

const HEADS = {
  name: /^(name|city|town|place|label|station|id|nr|no|number|node|index)$/,
  x: /^(x|xcoord|x_coord|easting)$/,
  y: /^(y|ycoord|y_coord|northing)$/,
  latitude: /^(lat|latitude)$/,
  longitude: /^(lon|lng|long|longitude)$/,
};

/** Cells of one line; double quotes protect separators. */
function splitLine(line: string, separator: string): string[] {
  if (separator === ' ') return line.trim().split(/\s+/);
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (line[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (character === separator) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
}

function separatorOf(line: string): string {
  return ['\t', ';', ','].find((each) => line.includes(each)) ?? ' ';
}

/** Rows without blank lines and comments; null when there are more than the limit. */
function readRows(text: string): { rows: Row[]; tooMany: boolean } {
  const rows: Row[] = [];
  let separator: string | null = null;
  let line = 0;
  for (let start = 0; start < text.length;) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const content = text
      .slice(start, end)
      .replace(/^\ufeff/, '')
      .trim();
    start = end + 1;
    line++;
    if (content === '' || content.startsWith('#')) continue;
    separator ??= separatorOf(content);
    if (rows.length > LIMITS.cities) return { rows, tooMany: true };
    rows.push({ line, cells: splitLine(content, separator) });
  }
  return { rows, tooMany: false };
}

/** A number, with a decimal comma where the separator leaves it free. */
function toNumber(cell: string): string {
  return /^[-+]?\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell;
}

const isNumber = (cell: string): boolean => numberIssue(toNumber(cell), '', {}) === null;

/** Columns by header names; null when the row is no header. */
function columnsOfHeader(cells: string[]): Columns | null {
  const heads = cells.map((cell) => cell.toLowerCase().replace(/\s*[([].*$/, ''));
  const find = (pattern: RegExp) => heads.findIndex((head) => pattern.test(head));
  const name = find(HEADS.name);
  const latitude = find(HEADS.latitude);
  const longitude = find(HEADS.longitude);
  if (latitude >= 0 && longitude >= 0)
    return { first: latitude, second: longitude, name: name < 0 ? null : name, geographic: true };
  const x = find(HEADS.x);
  const y = find(HEADS.y);
  if (x >= 0 && y >= 0)
    return { first: x, second: y, name: name < 0 ? null : name, geographic: false };
  return null;
}

/** Columns by what the rows hold: two numbers; or a name or number, then two numbers. */
function columnsOfRows(rows: Row[]): Columns | null {
  const width = rows[0].cells.length;
  if (width < 2) return null;
  const first = width === 2 ? 0 : 1;
  if (!rows[0].cells.slice(first, first + 2).every(isNumber)) return null;
  const named = width > 2 && !rows.every(({ cells }) => isNumber(cells[0] ?? ''));
  // Names beside pairs that could be latitude and longitude, not all whole: places on the earth.
  const pair = ({ cells }: Row) =>
    [first, first + 1].map((at) => Number(toNumber(cells[at] ?? '')));
  const geographic =
    named &&
    rows.every((row) => {
      const [latitude, longitude] = pair(row);
      return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    }) &&
    rows.some((row) => !pair(row).every(Number.isInteger));
  return { first, second: first + 1, name: named ? 0 : null, geographic };
}

function parse(text: string, fileName: string): Result<TspInstance> {
  const { rows, tooMany } = readRows(text);
  if (tooMany)
    return fail({
      line: rows[rows.length - 1].line,
      message: `There are more than ${LIMITS.cities} rows.`,
      hint: 'The file is too large to be opened here.',
    });
  const nothing: Issue = {
    line: 1,
    message: 'There are no cities in this text.',
    hint: 'One city per line: "x, y", "name, latitude, longitude", or with a header.',
  };
  if (rows.length === 0) return fail(nothing);
  const header = columnsOfHeader(rows[0].cells);
  const data = header ? rows.slice(1) : rows;
  if (data.length === 0) return fail(nothing);
  const columns = header ?? columnsOfRows(data);
  if (!columns)
    return fail({
      line: rows[0].line,
      message: 'The columns are not clear.',
      hint: 'Start with a header: "x,y", "name,x,y" or "name,lat,lon".',
    });

  const issues: Issue[] = [];
  const cities: City[] = [];
  const names: string[] = [];
  for (const { line, cells } of data) {
    const city: number[] = [];
    for (const column of [columns.first, columns.second]) {
      const cell = toNumber(cells[column] ?? '');
      const what = `column ${column + 1}`;
      const issue =
        cell === ''
          ? { message: `There is no value in ${what}.` }
          : numberIssue(cell, what, { min: -LIMITS.value, max: LIMITS.value });
      if (issue && issues.length < 20) issues.push({ line, ...issue });
      city.push(Number(cell));
    }
    cities.push(city as unknown as City);
    names.push(columns.name === null ? '' : (cells[columns.name] ?? ''));
  }
  if (issues.length > 0) return { ok: false, issues };

  const head = /^\ufeff?\s*#[ \t]*(.*),[ \t]*([a-z-]+)[ \t]*(\r?\n|$)/.exec(text);
  const stated = METRICS.find(({ id }) => id !== 'matrix' && id === head?.[2])?.id;
  const result = validate({
    name: stated && head ? head[1] : baseName(fileName),
    metric: stated ?? (columns.geographic ? greatCircle(cities) : 'euclidean'),
    cities,
    ...(names.some((name) => name !== '') ? { names } : {}),
  });
  if (result.ok) return result;
  return fail(
    ...result.issues.map(({ message, hint, path }) => {
      const index = path?.[1];
      return { line: data[typeof index === 'number' ? index : 0].line, message, hint };
    }),
  );
}

/** Metres for places within about 300 km, else kilometres. */
function greatCircle(cities: readonly City[]): Metric {
  let [south, north, west, east] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [latitude, longitude] of cities) {
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
  }
  return north - south < 3 && east - west < 4 ? 'great-circle-m' : 'great-circle-km';
}

const quote = (cell: string): string =>
  /[",;\t#]/.test(cell) || isNumber(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

function write(instance: TspInstance): Result<string> {
  const { name, metric, cities, names } = instance;
  if (metric === 'matrix')
    return fail({
      path: ['metric'],
      message: 'A distance matrix has no columns of coordinates.',
      hint: 'Export TSPLIB or JSON.',
    });
  const axes = isGeographic(metric) ? 'lat,lon' : 'x,y';
  const lines = [`# ${name}, ${metric}`, names ? `name,${axes}` : axes];
  for (let i = 0; i < cityCount(instance); i++) {
    const [first, second] = cities[i];
    lines.push(`${names ? `${quote(names[i])},` : ''}${first},${second}`);
  }
  return ok(`${lines.join('\n')}\n`);
}

export const csv: InstanceFormat<TspInstance> = {
  id: 'csv',
  name: 'CSV',
  extensions: ['csv', 'txt', 'xy'],
  sniff(text, fileName) {
    const { rows } = readRows(text.slice(0, 4096));
    if (rows.length === 0) return 0;
    const sure = /\.csv$/i.test(fileName) ? 0.4 : 0.1;
    const header = columnsOfHeader(rows[0].cells);
    if (header) return header.geographic ? 0.6 + sure / 2 : 0.4 + sure;
    // The last row may be cut by the limit.
    const whole = rows.length > 1 ? rows.slice(0, -1) : rows;
    const columns = columnsOfRows(whole);
    if (!columns) return 0;
    const same = whole.every(({ cells }) => cells.length === whole[0].cells.length);
    return same && rows[0].cells.length <= 3 ? 0.2 + sure : 0.05;
  },
  parse,
  write,
};
