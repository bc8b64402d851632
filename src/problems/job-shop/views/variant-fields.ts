/** Kind of shop, objective, dates, weights, setups, breakdowns and robots as fields and tables. */
import { fail, ok, type Result } from '../../../core/result.ts';
import { groupHue } from '../../../scene/scene.ts';
import type { Field, Grid } from '../../views.ts';
import {
  jobLabel,
  kindLabels,
  kinds,
  limits,
  type JobShopInstance,
  type Kind,
  type Objective,
} from '../instance.ts';
import { withParts } from './edits.ts';
import { transportFields, transportGrids } from './transport-fields.ts';
import { breakdownField, breakdownGrid } from './breakdown-fields.ts';
import { operationId } from './elements.ts';

const shortest = (instance: JobShopInstance): number[] =>
  instance.jobs.map((job) => job.reduce((sum, operation) => sum + operation[1], 0));

/** Due one and a half times the work after the release, as textbooks set it. */
const usualDue = (instance: JobShopInstance): number[] =>
  shortest(instance).map((work, j) =>
    Math.min(limits.due, (instance.release?.[j] ?? 0) + Math.round(1.5 * work)),
  );

function setKind(instance: JobShopInstance, kind: Kind): Result<JobShopInstance> {
  return withParts(instance, { kind: kind === 'job' ? undefined : kind });
}

/** Due dates are added when tardiness needs them. */
function setObjective(instance: JobShopInstance, objective: Objective): Result<JobShopInstance> {
  if (objective === 'makespan') return withParts(instance, { objective: undefined });
  const due = objective === 'tardiness' ? (instance.due ?? usualDue(instance)) : instance.due;
  return withParts(instance, { objective, due });
}

function setDates(instance: JobShopInstance, wanted: boolean): Result<JobShopInstance> {
  const { release, due, weight } = instance;
  const has = release !== undefined || due !== undefined || weight !== undefined;
  if (wanted === has) return ok(instance);
  if (!wanted && instance.objective === 'tardiness')
    return fail({ message: 'Tardiness needs due dates.', hint: 'Change the objective first.' });
  return withParts(
    instance,
    wanted
      ? {
          release: instance.jobs.map(() => 0),
          due: usualDue(instance),
          weight: instance.jobs.map(() => 1),
        }
      : { release: undefined, due: undefined, weight: undefined },
  );
}

/** So many families, jobs taking turns; a setup is a fifth of the mean duration at first. */
function setFamilies(instance: JobShopInstance, count: number): Result<JobShopInstance> {
  const { setups } = instance;
  if (count === (setups?.times.length ?? 0)) return ok(instance);
  if (count === 0) return withParts(instance, { setups: undefined });
  const operations = instance.jobs.reduce((sum, job) => sum + job.length, 0);
  const work = shortest(instance).reduce((sum, length) => sum + length, 0);
  const usual = Math.max(1, Math.round(work / operations / 5));
  const times = Array.from({ length: count }, (_, from) =>
    Array.from({ length: count }, (_unused, to) =>
      from === to ? 0 : (setups?.times[from]?.[to] ?? usual),
    ),
  );
  const family = instance.jobs.map((_, j) => {
    const old = setups?.family[j];
    return old !== undefined && old < count ? old : j % count;
  });
  return withParts(instance, { setups: { family, times } });
}

export function variantFields(instance: JobShopInstance): Field<JobShopInstance>[] {
  const { release, due, weight } = instance;
  return [
    {
      id: 'kind',
      label: 'Kind of shop',
      help: 'How jobs pass the machines.',
      field: {
        type: 'choice',
        options: kinds.map((value) => ({ value, label: kindLabels[value] })),
      },
      value: instance.kind ?? 'job',
      set: (value) => setKind(instance, String(value) as Kind),
    },
    {
      id: 'objective',
      label: 'Objective',
      help: 'What is minimised. Tardiness counts time behind the due dates, by weight.',
      field: {
        type: 'choice',
        options: [
          { value: 'makespan', label: 'Makespan' },
          { value: 'tardiness', label: 'Total weighted tardiness' },
          { value: 'flow', label: 'Total weighted flow time' },
        ],
      },
      value: instance.objective ?? 'makespan',
      set: (value) => setObjective(instance, String(value) as Objective),
    },
    {
      id: 'dates',
      label: 'Dates and weights',
      help: 'Release and due dates and weights of the jobs, in a table of their own.',
      field: { type: 'boolean' },
      value: release !== undefined || due !== undefined || weight !== undefined,
      set: (value) => setDates(instance, value === true),
    },
    {
      id: 'families',
      label: 'Setup families',
      help: 'Between jobs of two families a machine is set up; 0: no setups.',
      field: { type: 'number', min: 0, max: limits.families, step: 1, integer: true },
      value: instance.setups?.times.length ?? 0,
      set: (value) => setFamilies(instance, Number(value)),
    },
    breakdownField(instance),
    ...transportFields(instance),
  ];
}

/** Tables of dates and of setups, when the instance has them. */
export function variantGrids(instance: JobShopInstance): Grid<JobShopInstance>[] {
  const { release, due, weight, setups } = instance;
  const grids: Grid<JobShopInstance>[] = [];
  if (release || due || weight || setups) grids.push(dateGrid(instance));
  if (setups) grids.push(setupGrid(instance, setups));
  if (instance.breakdowns) grids.push(breakdownGrid(instance, instance.breakdowns));
  if (instance.transport) grids.push(...transportGrids(instance, instance.transport));
  return grids;
}

function dateGrid(instance: JobShopInstance): Grid<JobShopInstance> {
  const number = (max: number) =>
    ({ type: 'number', min: 0, max, step: 1, integer: true }) as const;
  const { release, due, weight, setups } = instance;
  const columns = [
    {
      id: 'release',
      label: 'Release',
      help: 'May start from here on.',
      list: release,
      max: limits.work,
    },
    { id: 'due', label: 'Due', help: 'Should be done by then.', list: due, max: limits.due },
    {
      id: 'weight',
      label: 'Weight',
      help: 'How much its lateness counts.',
      list: weight,
      max: limits.weight,
    },
  ] as const;
  const families = setups?.times.length ?? 0;
  return {
    id: 'dates',
    title: 'Jobs',
    columns: [
      ...columns.map(({ id, label, help, max }) => ({
        id,
        label,
        help,
        field: number(max),
        width: 7,
      })),
      ...(setups
        ? [
            {
              id: 'family',
              label: 'Family',
              help: 'For setups.',
              field: { type: 'number', min: 1, max: families, step: 1, integer: true } as const,
              width: 6,
            },
          ]
        : []),
    ],
    rows: instance.jobs.length,
    rowLabel: jobLabel,
    rowHue: (row) => groupHue(row, instance.jobs.length).hue,
    element: (row) => operationId(row, 0),
    cell: (row, column) =>
      column < 3 ? (columns[column].list?.[row] ?? null) : (setups?.family[row] ?? 0) + 1,
    set(row, column, value) {
      if (column === 3)
        return setups
          ? withParts(instance, {
              setups: { ...setups, family: setups.family.with(row, Number(value) - 1) },
            })
          : ok(instance);
      const { id, list } = columns[column];
      if (!list) return fail({ message: 'Switch on dates and weights first.' });
      return withParts(instance, { [id]: list.with(row, Number(value)) });
    },
  };
}

function setupGrid(
  instance: JobShopInstance,
  setups: NonNullable<JobShopInstance['setups']>,
): Grid<JobShopInstance> {
  const { times } = setups;
  const label = (family: number) => `F${family + 1}`;
  return {
    id: 'setups',
    title: 'Setups',
    columns: times.map((_, to) => ({
      id: `to${to + 1}`,
      label: label(to),
      help: `Setup for a job of family ${label(to)} behind one of the row’s.`,
      field: { type: 'number', min: 0, max: limits.duration, step: 1, integer: true },
      width: 6,
    })),
    rows: times.length,
    rowLabel: label,
    cell: (row, column) => (row === column ? null : times[row][column]),
    set(row, column, value) {
      if (row === column) return fail({ message: 'Within a family there is no setup.' });
      const changed = times.map((line, i) => (i === row ? line.with(column, Number(value)) : line));
      return withParts(instance, { setups: { ...setups, times: changed } });
    },
  };
}
