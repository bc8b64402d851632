/** Robots as fields and tables. */
import { ok, type Result } from '../../../core/result.ts';
import type { Field, Grid } from '../../views.ts';
import { countOperations, limits, machineLabel, type JobShopInstance } from '../instance.ts';
import { layoutTimes } from '../transport-generator.ts';
import type { Transport } from '../transport.ts';
import { withParts } from './edits.ts';

/** Switched on, the machines stand in a line; a step takes a tenth of the mean duration. */
function setRobots(instance: JobShopInstance, robots: number): Result<JobShopInstance> {
  if (robots === 0) return withParts(instance, { transport: undefined });
  const work = instance.jobs.flat().reduce((sum, operation) => sum + operation[1], 0);
  const step = Math.max(1, Math.round(work / countOperations(instance) / 10));
  // A count beyond the limit is refused by the schema, before times are made for it.
  const times =
    instance.transport?.times ??
    (instance.machines <= limits.places ? layoutTimes(instance.machines, step, 'line') : []);
  return withParts(instance, { transport: { ...instance.transport, robots, times } });
}

export function transportFields(instance: JobShopInstance): Field<JobShopInstance>[] {
  const { transport } = instance;
  const robots: Field<JobShopInstance> = {
    id: 'robots',
    label: 'Robots',
    help: 'Carry jobs from the station to machines and between these; 0: jobs move in no time.',
    field: { type: 'number', min: 0, max: limits.robots, step: 1, integer: true },
    value: transport?.robots ?? 0,
    set: (value) => setRobots(instance, Number(value)),
  };
  if (!transport) return [robots];
  const { empty, ...alike } = transport;
  return [
    robots,
    {
      id: 'empty-moves',
      label: 'Own times without a job',
      help: 'Whether a robot without a job takes other times, in a table of their own.',
      field: { type: 'boolean' },
      value: empty !== undefined,
      set: (value) =>
        value === (empty !== undefined)
          ? ok(instance)
          : withParts(instance, {
              transport: value ? { ...transport, empty: transport.times } : alike,
            }),
    },
  ];
}

export function transportGrids(
  instance: JobShopInstance,
  transport: Transport,
): Grid<JobShopInstance>[] {
  const { times, empty } = transport;
  const label = (place: number) => (place === instance.machines ? 'Station' : machineLabel(place));
  const grid = (
    id: 'times' | 'empty',
    title: string,
    table: readonly (readonly number[])[],
  ): Grid<JobShopInstance> => ({
    id: `moves-${id}`,
    title,
    columns: table.map((_, to) => ({
      id: `to${to + 1}`,
      label: label(to),
      help: `Time of a robot to ${label(to)} from the row’s place.`,
      field: { type: 'number', min: 0, max: limits.duration, step: 1, integer: true },
      width: 6,
    })),
    rows: table.length,
    rowLabel: label,
    cell: (row, column) => (row === column ? null : table[row][column]),
    set(row, column, value) {
      const changed = table.with(row, table[row].with(column, Number(value)));
      return withParts(instance, { transport: { ...transport, [id]: changed } });
    },
  });
  return [
    grid('times', 'Moves with a job', times),
    ...(empty ? [grid('empty', 'Moves without a job', empty)] : []),
  ];
}
