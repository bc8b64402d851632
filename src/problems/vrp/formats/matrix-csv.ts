/**
 * A matrix as CSV, for example from a routing service: rows and columns are the depot and the
 * customers; a row and a column of labels may be there. After an empty line a second matrix may give
 * driving times. Customers get a demand of 1, and places in the picture from the distances.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { InstanceFormat } from '../../family.ts';
import { LIMITS, type Matrix, type VrpInstance } from '../instance.ts';
import { layOut } from '../layout.ts';
import { validate } from '../schema.ts';
import { located, nameFrom } from './common.ts';

interface Block {
  /** Line of the first row. */
  line: number;
  rows: string[][];
}

const cellsOf = (line: string): string[] =>
  line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

const isNumber = (cell: string): boolean => numberIssue(cell, '', {}) === null;

/** Blocks of rows between empty lines, `#` lines left out; at most three, as two are wanted. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open = false;
  let number = 0;
  for (let start = 0; start < text.length && blocks.length < 3;) {
    let stop = text.indexOf('\n', start);
    if (stop < 0) stop = text.length;
    const line = text.slice(start, stop).trim();
    start = stop + 1;
    number++;
    if (line.startsWith('#')) continue;
    if (line === '' || /^[,;\t]+$/.test(line)) {
      open = false;
      continue;
    }
    if (!open) blocks.push({ line: number, rows: [] });
    open = true;
    const { rows } = blocks[blocks.length - 1];
    if (rows.length <= LIMITS.matrixNodes + 1) rows.push(cellsOf(line));
  }
  return blocks;
}

/** Without a heading and a column of labels. */
function withoutLabels({ line, rows }: Block): Block {
  const headed = rows.length > 1 && rows[0].slice(1).some((cell) => !isNumber(cell));
  const body = headed ? rows.slice(1) : rows;
  const labelled = body.length > 0 && body.every((row) => row.length > 1 && !isNumber(row[0]));
  // A heading of numbers over a column of labels.
  const counted = !headed && !labelled && rows.length > 1 && rows[0][0] === '';
  if (counted) return { line: line + 1, rows: rows.slice(1).map((row) => row.slice(1)) };
  return {
    line: line + (headed ? 1 : 0),
    rows: labelled ? body.map((row) => row.slice(1)) : body,
  };
}

/** Reads one or two square matrices of numbers from 0. */
export function readMatrixText(text: string): Result<Matrix> {
  const blocks = blocksOf(text.replace(/^\ufeff/, '')).map(withoutLabels);
  if (blocks.length === 0)
    return fail({
      line: 1,
      message: 'There is no matrix.',
      hint: 'A row of numbers for the depot, then one for each customer.',
    });
  if (blocks.length > 2)
    return fail({
      line: blocks[2].line,
      message: 'There are more than two matrices.',
      hint: 'The first gives distances, the second driving times.',
    });
  const n = blocks[0].rows.length;
  const matrices: number[][][] = [];
  for (const { line, rows } of blocks) {
    if (rows.length > LIMITS.matrixNodes)
      return fail({ line, message: `A matrix has at most ${LIMITS.matrixNodes} rows.` });
    if (rows.length !== n)
      return fail({ line, message: `The second matrix has ${rows.length} rows; ${n} are needed.` });
    for (let i = 0; i < n; i++) {
      if (rows[i].length !== n)
        return fail({
          line: line + i,
          message: `This row has ${rows[i].length} numbers; a square matrix of ${n} rows needs ${n}.`,
        });
      for (const cell of rows[i]) {
        const issue = numberIssue(cell, 'a distance', { min: 0, max: LIMITS.cost });
        if (issue) return fail({ line: line + i, ...issue });
      }
    }
    matrices.push(rows.map((row) => row.map(Number)));
  }
  const [distances, durations] = matrices;
  return ok({ distances, ...(durations ? { durations } : {}) });
}

/** The text of a matrix. */
export const writeMatrixText = ({ distances, durations }: Matrix): string =>
  [distances, ...(durations ? [durations] : [])]
    .map((rows) => rows.map((row) => `${row.join(',')}\n`).join(''))
    .join('\n');

/** Sure when the first rows are numbers with 0 on the diagonal. */
function sniff(text: string): number {
  const [block] = blocksOf(text.slice(0, 65_536));
  if (!block) return 0;
  const { rows } = withoutLabels(block);
  const width = rows[0]?.length ?? 0;
  if (width < 3) return 0;
  const shown = rows.slice(0, Math.max(2, Math.min(8, rows.length - 1)));
  return shown.length > 1 &&
    shown.every((row, i) => row.length === width && row.every(isNumber) && Number(row[i]) === 0)
    ? 0.92
    : 0;
}

function parse(text: string, fileName: string): Result<VrpInstance> {
  const read = readMatrixText(text);
  if (!read.ok) return read;
  const { distances } = read.value;
  const n = distances.length;
  if (n < 2) return fail({ line: 1, message: 'A matrix needs a depot and a customer.' });
  const [depot, ...places] = layOut(distances.flat(), n);
  return located(
    validate({
      name: nameFrom('', fileName),
      capacity: n - 1,
      rounding: 'none',
      matrix: read.value,
      depot,
      customers: places.map((place) => ({ ...place, demand: 1 })),
    }),
    () => 1,
  );
}

function write({ matrix, depots }: VrpInstance): Result<string> {
  if (!matrix || depots)
    return fail({
      path: ['matrix'],
      message: matrix
        ? 'A matrix as CSV has one depot.'
        : 'The instance has coordinates, not a distance matrix.',
      hint: 'Save it as JSON.',
    });
  return ok(writeMatrixText(matrix));
}

export const matrixCsv: InstanceFormat<VrpInstance> = {
  id: 'matrix-csv',
  name: 'Distance matrix (CSV)',
  extensions: ['csv'],
  sniff,
  parse,
  write,
};
