/** A person's own table: reading CSV, and its rows as samples. */
import { createRng, shuffle } from '../../core/rng.ts';
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import { emptySamples, withWrongLabels, type DataSet, type Samples } from './samples.ts';
import type { Task } from './tasks.ts';

export type TableTask = Extract<Task, { kind: 'table' }>;

export const TABLE_LIMITS = {
  characters: 200_000,
  rows: 5_000,
  columns: 50,
  /** Inputs, a text column counting once for each of its values. */
  features: 200,
  classes: 20,
} as const;

/** More different numbers than this in the last column are values, not classes. */
const MOST_NUMERIC_CLASSES = 10;

interface Column {
  name: string;
  /** Null where the column is text. */
  numbers: Float64Array | null;
  cells: readonly string[];
}

export interface Table {
  rows: number;
  inputs: readonly Column[];
  target: Column;
}

/** Cells of a line; quoted ones may hold the separator, and `""` for a quote. */
function splitLine(line: string, separator: string): string[] {
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

const isNumber = (cell: string): boolean => cell !== '' && Number.isFinite(Number(cell));

/** The separator that the first line has most of. */
const separatorOf = (line: string): string =>
  [',', ';', '\t'].reduce((best, candidate) =>
    line.split(candidate).length > line.split(best).length ? candidate : best,
  );

/** Names from the header, where the first line has a cell that is no number but those below are. */
function hasHeader(first: readonly string[], second: readonly string[] | undefined): boolean {
  if (first.every((cell) => !isNumber(cell))) return true;
  return second !== undefined && first.some((cell, j) => !isNumber(cell) && isNumber(second[j]));
}

/** The table in a CSV text; issues have lines. O(characters). */
export function parseTable(text: string): Result<Table> {
  const { characters, rows: mostRows, columns: mostColumns } = TABLE_LIMITS;
  if (text.length > characters)
    return fail({ line: 1, message: `The table has more than ${characters} characters.` });
  const lines = text
    .split(/\r?\n/)
    .map((content, i) => ({ content, line: i + 1 }))
    .filter(({ content }) => content.trim() !== '' && !content.startsWith('#'));
  if (lines.length === 0) return fail({ line: 1, message: 'The table is empty.' });
  if (lines.length > mostRows + 1)
    return fail({ line: lines[mostRows + 1].line, message: `At most ${mostRows} rows are read.` });
  const separator = separatorOf(lines[0].content);
  const rows = lines.map(({ content }) => splitLine(content, separator));
  const width = rows[0].length;
  if (width < 2 || width > mostColumns)
    return fail({
      line: lines[0].line,
      message: `A row has ${width} cells; from 2 to ${mostColumns} are needed.`,
      hint: 'The last column is learned from the others.',
    });
  const issues: Issue[] = [];
  rows.forEach((row, i) => {
    const { line } = lines[i];
    if (issues.length >= 20) return;
    if (row.length !== width)
      issues.push({ line, message: `This row has ${row.length} cells; the first has ${width}.` });
    else if (row.includes(''))
      issues.push({ line, message: 'A cell is empty.', hint: 'Fill it in or leave the row out.' });
  });
  if (issues.length > 0) return fail(...issues);
  const named = hasHeader(rows[0], rows[1]);
  const body = named ? rows.slice(1) : rows;
  if (body.length < 8)
    return fail({ line: 1, message: 'A table needs at least eight rows to learn from.' });
  const columns = Array.from({ length: width }, (_, j): Column => {
    const cells = body.map((row) => row[j]);
    return {
      name: named ? rows[0][j] : `Column ${j + 1}`,
      numbers: cells.every(isNumber) ? Float64Array.from(cells, Number) : null,
      cells,
    };
  });
  const inputs = columns.slice(0, -1);
  const features = inputs.reduce((sum, column) => sum + namesOf(column).length, 0);
  if (features > TABLE_LIMITS.features)
    return fail({
      line: lines[0].line,
      message: `The columns make ${features} inputs; at most ${TABLE_LIMITS.features} are taken.`,
      hint: 'Every different text of a text column is an input: leave out names and dates.',
    });
  return ok({ rows: body.length, inputs, target: columns[width - 1] });
}

/** Different cells in order of their first appearance. */
const valuesOf = ({ cells }: Column): string[] => [...new Set(cells)];

/** Inputs that a column becomes. */
const namesOf = (column: Column): string[] =>
  column.numbers ? [column.name] : valuesOf(column).map((value) => `${column.name} = ${value}`);

/** Whether the last column's values are predicted, or its classes; an issue when it cannot be. */
export function goalOf(goal: TableTask['goal'], { target }: Table): Result<'classes' | 'values'> {
  const distinct = valuesOf(target).length;
  const values =
    goal === 'values' ||
    (goal === 'auto' && target.numbers !== null && distinct > MOST_NUMERIC_CLASSES);
  if (values && target.numbers === null)
    return fail({ message: `The last column, "${target.name}", has cells that are no numbers.` });
  if (distinct < 2)
    return fail({ message: `Every row has the same in the last column, "${target.name}".` });
  if (!values && distinct > TABLE_LIMITS.classes)
    return fail({
      message: `The last column, "${target.name}", has ${distinct} classes; at most ${TABLE_LIMITS.classes} are taken.`,
    });
  return ok(values ? 'values' : 'classes');
}

/** Mean and deviation of the entries of some rows; a deviation of 0 becomes 1. */
function moments(numbers: ArrayLike<number>, rows: readonly number[]): [number, number] {
  let sum = 0;
  for (const row of rows) sum += numbers[row];
  const mean = sum / rows.length;
  let square = 0;
  for (const row of rows) square += (numbers[row] - mean) * (numbers[row] - mean);
  return [mean, Math.sqrt(square / rows.length) || 1];
}

/** Rows of a valid task's table in two parts, standardised by the training part. */
export function makeTable(task: TableTask): DataSet {
  const read = parseTable(task.csv);
  if (!read.ok) throw new Error('The table was not validated.');
  const table = read.value;
  const goal = goalOf(task.goal, table);
  if (!goal.ok) throw new Error('The table was not validated.');
  const values = goal.value === 'values';
  const rng = createRng(task.seed);
  const order = [
    ...shuffle(
      Int32Array.from({ length: table.rows }, (_, i) => i),
      rng,
    ),
  ];
  const held = Math.max(1, Math.min(table.rows - 1, Math.round(task.held * table.rows)));
  const validationRows = order.slice(0, held);
  const trainRows = order.slice(held);

  const inputNames = table.inputs.flatMap(namesOf);
  const raw = table.inputs.flatMap((column) =>
    column.numbers
      ? [column.numbers]
      : valuesOf(column).map((value) =>
          Float64Array.from(column.cells, (cell) => Number(cell === value)),
        ),
  );
  const scales = raw.map((numbers) => moments(numbers, trainRows));
  const classNames = values ? [table.target.name] : valuesOf(table.target).toSorted();
  const index = new Map(classNames.map((name, i) => [name, i]));
  const [level, spread] = values
    ? moments(table.target.numbers as Float64Array, trainRows)
    : [0, 1];
  const take = (rows: readonly number[]): Samples => {
    const set = emptySamples(rows.length, raw.length);
    const targets = new Float64Array(rows.length);
    rows.forEach((row, i) => {
      raw.forEach((numbers, j) => {
        set.inputs[i * raw.length + j] = (numbers[row] - scales[j][0]) / scales[j][1];
      });
      if (values) targets[i] = ((table.target.numbers as Float64Array)[row] - level) / spread;
      else set.labels[i] = index.get(table.target.cells[row]) as number;
    });
    return values ? { ...set, targets } : set;
  };
  const train = take(trainRows);
  return {
    features: raw.length,
    classes: classNames.length,
    classNames,
    inputNames,
    offset: Float64Array.from(scales, ([mean]) => mean),
    scale: Float64Array.from(scales, ([, deviation]) => deviation),
    train: values ? train : withWrongLabels(train, classNames.length, task.labelNoise, rng.fork(3)),
    validation: take(validationRows),
  };
}
