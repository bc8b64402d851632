/** The table tab of the instance editor: the metric, the cities, and small distance matrices. */
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Field, Grid } from '../../views.ts';
import {
  cityCount,
  cityFromDegrees,
  degreesOf,
  isGeographic,
  LIMITS,
  METRICS,
  type City,
  type Metric,
  type TspInstance,
} from '../instance.ts';
import { addCity, fixAnother, fixEdges, moveCity, nameCity, removeCity } from './edits.ts';

/** Matrices up to this size are edited as a table; larger ones as text. */
const MATRIX_COLUMNS = 40;

export function fields(instance: TspInstance): Field<TspInstance>[] {
  const { metric } = instance;
  if (metric === 'matrix') return [directedField(instance), openField(instance)];
  const geographic = isGeographic(metric);
  const choices = METRICS.filter(({ id }) => id !== 'matrix' && isGeographic(id) === geographic);
  return [
    {
      id: 'metric',
      label: 'Distance',
      help: 'How far two cities are apart.',
      field: {
        type: 'choice',
        options: choices.map(({ id, name, tsplib }) => ({
          value: id,
          label: tsplib ? `${name} (${tsplib})`.replace(/\(ATT\) \(ATT\)/, '(ATT)') : name,
        })),
      },
      value: metric,
      set(value) {
        const chosen = choices.find(({ id }) => id === value)?.id;
        return chosen
          ? ok(withMetric(instance, chosen))
          : fail({ path: ['metric'], message: 'This metric does not fit these cities.' });
      },
    },
    openField(instance),
  ];
}

/** Coordinates are turned where the metric writes them in another way (DDD.MM or decimal degrees). */
export function withMetric(instance: TspInstance, metric: Metric): TspInstance {
  const turns = (instance.metric === 'tsplib-geo') !== (metric === 'tsplib-geo');
  const cities = turns
    ? instance.cities.map((city) => cityFromDegrees(metric, ...degreesOf(instance.metric, city)))
    : instance.cities;
  return { ...instance, metric, cities };
}

export function grids(instance: TspInstance): Grid<TspInstance>[] {
  const list = [cityGrid(instance)];
  if (instance.matrix && instance.matrix.length <= MATRIX_COLUMNS) list.push(matrixGrid(instance));
  if (cityCount(instance) > 3) list.push(fixedGrid(instance));
  return list;
}

/** Edges that every tour must have; cities as people count them, from 1. */
function fixedGrid(instance: TspInstance): Grid<TspInstance> {
  const fixed = instance.fixed ?? [];
  const city = { type: 'number' as const, min: 1, max: cityCount(instance), integer: true };
  return {
    id: 'fixed',
    title: 'Fixed edges',
    columns: [
      { id: 'from', label: 'From', help: 'The number of a city.', field: city },
      { id: 'to', label: 'To', help: 'The number of a city.', field: city },
    ],
    rows: fixed.length,
    rowLabel: (row) => String(row + 1),
    cell: (row, column) => fixed[row][column] + 1,
    set: (row, column, value) =>
      fixEdges(
        instance,
        fixed.map((edge, e) =>
          e === row ? edge.map((end, at) => (at === column ? Number(value) - 1 : end)) : edge,
        ),
      ),
    addRow: { label: 'Fix an edge', apply: () => fixAnother(instance) },
    removeRow: (row) =>
      fixEdges(
        instance,
        fixed.filter((_, e) => e !== row),
      ),
  };
}

function cityGrid(instance: TspInstance): Grid<TspInstance> {
  const { metric, cities } = instance;
  const geographic = isGeographic(metric);
  const unit = metric === 'tsplib-geo' ? 'Degrees and minutes, DDD.MM.' : 'Decimal degrees.';
  const axis = (id: string, label: string, latitude: boolean) => ({
    id,
    label,
    ...(geographic ? { help: unit } : {}),
    field: {
      type: 'number' as const,
      min: geographic ? (latitude ? -90 : -360) : -LIMITS.value,
      max: geographic ? (latitude ? 90 : 360) : LIMITS.value,
    },
  });
  const places =
    cities.length === 0
      ? []
      : geographic
        ? [axis('latitude', 'Latitude', true), axis('longitude', 'Longitude', false)]
        : [axis('x', 'x', false), axis('y', 'y', false)];
  return {
    id: 'cities',
    title: 'Cities',
    columns: [
      { id: 'name', label: 'Name', field: { type: 'text', maxLength: LIMITS.cityName } },
      ...places,
    ],
    rows: cityCount(instance),
    rowLabel: (row) => String(row + 1),
    element: (row) => `city:${row}`,
    cell: (row, column) => (column === 0 ? (instance.names?.[row] ?? '') : cities[row][column - 1]),
    set(row, column, value) {
      if (column === 0) return ok(nameCity(instance, row, String(value)));
      if (typeof value !== 'number')
        return fail({ path: ['cities', row, column - 1], message: 'This must be a number.' });
      const [first, second] = cities[row];
      const moved: City = column === 1 ? [value + 0, second] : [first, value + 0];
      return moveCity(instance, row, moved);
    },
    ...(metric === 'matrix'
      ? {}
      : { addRow: { label: 'Add city', apply: () => addCity(instance, middle(cities)) } }),
    removeRow: (row) => removeCity(instance, row),
  };
}

/** A place amid the cities, rounded like the first of them. */
function middle(cities: readonly City[]): City {
  const mean = (axis: 0 | 1) => {
    const value = cities.reduce((sum, city) => sum + city[axis], 0) / cities.length;
    return cities.every((city) => Number.isInteger(city[axis]))
      ? Math.round(value) + 0
      : Math.round(value * 100) / 100 + 0;
  };
  return [mean(0), mean(1)];
}

function matrixGrid(instance: TspInstance): Grid<TspInstance> {
  const matrix = instance.matrix ?? [];
  const n = matrix.length;
  return {
    id: 'matrix',
    title: 'Distances',
    columns: Array.from({ length: n }, (_, j) => ({
      id: String(j),
      label: instance.names?.[j] || String(j + 1),
      field: { type: 'number' as const, min: 0, max: LIMITS.value },
    })),
    rows: n,
    rowLabel: (row) => instance.names?.[row] || String(row + 1),
    element: (row) => `city:${row}`,
    cell: (row, column) => (row === column ? null : matrix[row][column]),
    set: (row, column, value) => setDistance(instance, row, column, value),
  };
}

function openField(instance: TspInstance): Field<TspInstance> {
  const { open, ...closed } = instance;
  return {
    id: 'open',
    label: 'Open path',
    help: 'From any city to any other: the way need not come back.',
    field: { type: 'boolean' },
    value: open === true,
    set: (value) => ok(value === true ? { ...closed, open: true } : closed),
  };
}

function directedField(instance: TspInstance): Field<TspInstance> {
  const { directed, ...undirected } = instance;
  return {
    id: 'directed',
    label: 'Directed',
    help: 'Distances may differ by direction: rows say from where, columns to where.',
    field: { type: 'boolean' },
    value: directed === true,
    set(value) {
      if (value === true) return ok({ ...undirected, directed: true });
      const matrix = instance.matrix ?? [];
      const symmetric = matrix.every((row, i) => row.every((entry, j) => entry === matrix[j][i]));
      return symmetric
        ? ok(undirected)
        : fail({
            path: ['directed'],
            message: 'Some distances differ by direction.',
            hint: 'Make them equal both ways first.',
          });
    },
  };
}

/** Both ways at once unless the matrix is directed. */
function setDistance(
  instance: TspInstance,
  row: number,
  column: number,
  value: unknown,
): Result<TspInstance> {
  const path = ['matrix', row, column];
  if (typeof value !== 'number' || !(value >= 0 && value <= LIMITS.value))
    return fail({ path, message: `A distance must be a number from 0 to ${LIMITS.value}.` });
  if (row === column) return fail({ path, message: 'A city is at distance 0 from itself.' });
  const matrix = (instance.matrix ?? []).map((each) => each.slice());
  matrix[row][column] = value + 0;
  if (!instance.directed) matrix[column][row] = value + 0;
  return ok({ ...instance, matrix });
}
