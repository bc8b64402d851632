/** Instances as TSPLIB95 text (Reinelt 1991), TSP, ATSP and HPP (paths), fixed edges: EUC_2D, CEIL_2D, ATT, GEO and EXPLICIT. */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import { readTsplib, tsplibType, type TsplibFile } from '../../../core/tsplib.ts';
import type { InstanceFormat } from '../../family.ts';
import {
  cityCount,
  isGeographic,
  LIMITS,
  METRICS,
  type City,
  type FixedEdge,
  type TspInstance,
} from '../instance.ts';
import { validate } from '../schema.ts';
import { baseName } from './names.ts';

const SUPPORTED = METRICS.flatMap(({ tsplib }) => tsplib ?? []).join(', ');

/** City names ride along as comments of this form, as TSPLIB has no place for them. */
const NAME_COMMENT = /^city (\d+) is (.*)$/;

function parse(text: string, fileName: string): Result<TspInstance> {
  const read = readTsplib(text, {
    maxDimension: LIMITS.cities,
    maxMatrixDimension: LIMITS.matrix,
    fixedEdges: true,
  });
  if (!read.ok) return read;
  const file = read.value;
  const typeIssue = checkType(file);
  if (typeIssue) return fail(typeIssue);
  if (file.dimension === 0)
    return fail({
      line: 1,
      message: 'DIMENSION is missing.',
      hint: 'Add e.g. "DIMENSION : 52".',
    });

  const weightType = file.value('EDGE_WEIGHT_TYPE').toUpperCase();
  const line = file.line('EDGE_WEIGHT_TYPE') ?? 1;
  const metric = METRICS.find(({ tsplib }) => tsplib === weightType)?.id;
  if (!metric)
    return fail({
      line,
      message: weightType
        ? `EDGE_WEIGHT_TYPE ${weightType.slice(0, 20)} is not supported.`
        : 'EDGE_WEIGHT_TYPE is missing.',
      hint: `Use one of: ${SUPPORTED}.`,
    });

  const coordinates = file.rows('NODE_COORD_SECTION');
  const places =
    metric === 'matrix' ? (file.rows('DISPLAY_DATA_SECTION') ?? coordinates) : coordinates;
  if (metric === 'matrix' && !file.matrix)
    return fail({ line, message: 'EDGE_WEIGHT_SECTION is missing.', hint: 'Is the file cut off?' });
  if (metric !== 'matrix' && !coordinates)
    return fail({ line, message: 'NODE_COORD_SECTION is missing.', hint: 'Is the file cut off?' });

  const n = file.dimension;
  const matrix = file.matrix;
  const names = readNames(file, n);
  const directed = isDirected(file);
  if (directed && metric !== 'matrix')
    return fail({
      line,
      message: `An asymmetric instance (TYPE ATSP) needs EDGE_WEIGHT_TYPE EXPLICIT, not ${weightType}.`,
      hint: 'Give the distances as a FULL_MATRIX.',
    });
  const result = validate({
    name: file.value('NAME') || baseName(fileName),
    metric,
    cities: places
      ? Array.from({ length: n }, (_, i): City => [places[2 * i], places[2 * i + 1]])
      : [],
    ...(names ? { names } : {}),
    ...(metric === 'matrix' && matrix
      ? {
          matrix: Array.from({ length: n }, (_, i) => {
            const row = Array.from(matrix.subarray(i * n, (i + 1) * n));
            // Published matrices keep all sorts of things on the diagonal.
            row[i] = 0;
            return row;
          }),
        }
      : {}),
    ...(directed ? { directed } : {}),
    ...(typeOf(file) === 'HPP' ? { open: true } : {}),
    ...(file.fixedEdges && file.fixedEdges.length > 0 ? { fixed: pairsOf(file.fixedEdges) } : {}),
  });
  if (result.ok) return result;
  const part = result.issues[0].path?.[0];
  const section =
    part === 'matrix' ? 'EDGE_WEIGHT' : part === 'fixed' ? 'FIXED_EDGES' : 'NODE_COORD';
  return fail(...result.issues.map((issue) => locate(issue, file, `${section}_SECTION`)));
}

const pairsOf = (flat: readonly number[]): FixedEdge[] =>
  Array.from({ length: flat.length / 2 }, (_, e): FixedEdge => [flat[2 * e], flat[2 * e + 1]]);

const typeOf = (file: TsplibFile): string => file.value('TYPE').toUpperCase().split(/\s/)[0];

/** Paths have a type of their own; a full matrix that differs by direction says so itself. */
function isDirected(file: TsplibFile): boolean {
  if (typeOf(file) === 'ATSP') return true;
  const { matrix, dimension: n } = file;
  if (typeOf(file) !== 'HPP' || !matrix) return false;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) if (matrix[i * n + j] !== matrix[j * n + i]) return true;
  return false;
}

function checkType(file: TsplibFile): Issue | null {
  const type = typeOf(file);
  if (type === '' || type === 'TSP' || type === 'ATSP' || type === 'HPP') return null;
  const line = file.line('TYPE');
  if (type === 'TOUR')
    return { line, message: 'This is a tour, not an instance.', hint: 'Open its instance first.' };
  return {
    line,
    message: `TYPE ${type.slice(0, 20)} is no travelling salesman problem.`,
    hint: type === 'CVRP' ? 'Open it as a routing instance.' : 'TYPE TSP is.',
  };
}

function readNames(file: TsplibFile, n: number): string[] | null {
  const names = new Array<string>(n).fill('');
  let found = false;
  for (const comment of file.comments) {
    const match = NAME_COMMENT.exec(comment);
    if (!match || Number(match[1]) < 1 || Number(match[1]) > n) continue;
    names[Number(match[1]) - 1] = match[2];
    found = true;
  }
  return found ? names : null;
}

/** A schema issue in terms of the file: the section's line, and the node by number. */
function locate(issue: Issue, file: TsplibFile, section: string): Issue {
  const node = issue.path?.[1];
  const which =
    issue.path?.[0] !== 'fixed' && typeof node === 'number' && node < file.ids.length
      ? `Node ${file.ids[node]}: `
      : '';
  return { line: file.line(section) ?? 1, message: which + issue.message, hint: issue.hint };
}

function write(instance: TspInstance): Result<string> {
  const { metric, cities, matrix, names, directed = false, open = false, fixed } = instance;
  const type = METRICS.find(({ id }) => id === metric)?.tsplib;
  if (!type)
    return fail({
      path: ['metric'],
      message: `TSPLIB has no distance like "${metric}".`,
      hint: 'Choose a rounded metric, or export CSV or JSON.',
    });
  const n = cityCount(instance);
  const lines = [
    `NAME : ${instance.name || 'Untitled'}`,
    `TYPE : ${open ? 'HPP' : directed ? 'ATSP' : 'TSP'}`,
  ];
  names?.forEach((name, i) => {
    if (name !== '') lines.push(`COMMENT : city ${i + 1} is ${name}`);
  });
  lines.push(`DIMENSION : ${n}`, `EDGE_WEIGHT_TYPE : ${type}`);
  if (matrix) {
    lines.push(`EDGE_WEIGHT_FORMAT : ${directed ? 'FULL_MATRIX' : 'LOWER_DIAG_ROW'}`);
    if (cities.length > 0) lines.push('DISPLAY_DATA_TYPE : TWOD_DISPLAY');
    lines.push('EDGE_WEIGHT_SECTION');
    matrix.forEach((row, i) => lines.push(row.slice(0, directed ? row.length : i + 1).join(' ')));
    if (cities.length > 0) lines.push('DISPLAY_DATA_SECTION');
  } else {
    if (isGeographic(metric)) lines.push('DISPLAY_DATA_TYPE : COORD_DISPLAY');
    lines.push('NODE_COORD_SECTION');
  }
  cities.forEach(([x, y], i) => lines.push(`${i + 1} ${x} ${y}`));
  if (fixed) {
    lines.push('FIXED_EDGES_SECTION');
    for (const [a, b] of fixed) lines.push(`${a + 1} ${b + 1}`);
    lines.push('-1');
  }
  return ok(`${lines.join('\n')}\nEOF\n`);
}

export const tsplib: InstanceFormat<TspInstance> = {
  id: 'tsplib',
  name: 'TSPLIB',
  extensions: ['tsp', 'atsp'],
  sniff(text, fileName) {
    const type = tsplibType(text);
    if (type === null) return 0;
    if (type === 'TSP' || type === 'ATSP' || type === 'HPP') return 1;
    if (type === 'TOUR') return 0.1;
    return type === '' ? (fileName.toLowerCase().endsWith('.tsp') ? 0.9 : 0.6) : 0;
  },
  parse,
  write,
};
