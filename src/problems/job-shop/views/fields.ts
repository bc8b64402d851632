/** The instance as fields and tables. */
import { fail, ok, type Result } from '../../../core/result.ts';
import { groupHue } from '../../../scene/scene.ts';
import type { Field, FieldValue, Grid } from '../../views.ts';
import { jobLabel, limits, machineLabel } from '../instance.ts';
import type { JobShopInstance, Operation } from '../instance.ts';
import {
  addJob,
  addMachine,
  addMachineToJobs,
  removeJob,
  removeMachine,
  removeOperation,
  setMachines,
  withDuration,
  withJob,
  withOperation,
} from './edits.ts';
import { operationId } from './elements.ts';
import { variantFields, variantGrids } from './variant-fields.ts';

/** "2·78": machine as shown, then duration; with a choice "2·78 3·80". */
export const writeCell = (operation: Operation): string =>
  Array.from(
    { length: operation.length / 2 },
    (_, c) => `${operation[2 * c] + 1}·${operation[2 * c + 1]}`,
  ).join(' ');

/** Reads "2·78", "M2 78", "2:78" and the like, and several of them: a choice of machines. */
export function readCell(text: string, machines: number): Result<Operation> {
  const one = /^M?(\d+)\s*[·.:,;*/ ]\s*(\d+)$/i.exec(text.trim());
  const parts = one
    ? [one]
    : text
        .trim()
        .split(/\s*[|+]\s*|\s+/)
        .map((part) => /^M?(\d+)[·.:,;*/](\d+)$/i.exec(part));
  const pairs: number[] = [];
  for (const part of parts) {
    if (!part)
      return fail({
        message: 'Write machine·time.',
        hint: 'For example 2·78: 78 units on machine M2; 2·78 3·80 for a choice.',
      });
    const [machine, duration] = [Number(part[1]), Number(part[2])];
    if (machine < 1 || machine > machines)
      return fail({ message: `There are machines M1 to ${machineLabel(machines - 1)}.` });
    if (duration > limits.duration)
      return fail({ message: `A duration is at most ${limits.duration}.` });
    pairs.push(machine - 1, duration);
  }
  return ok(pairs as unknown as Operation);
}

export function fields(instance: JobShopInstance): Field<JobShopInstance>[] {
  return [
    {
      id: 'machines',
      label: 'Machines',
      help: 'How many machines there are. New ones are idle until an operation names them.',
      field: { type: 'number', min: 1, max: limits.machines, step: 1, integer: true },
      value: instance.machines,
      set: (value) => setMachines(instance, Number(value)),
    },
    ...variantFields(instance),
  ];
}

export const grids = (instance: JobShopInstance): Grid<JobShopInstance>[] => [
  operationGrid(instance),
  machineGrid(instance),
  ...variantGrids(instance),
];

/** A row a job; the cell behind a job's last operation is empty and takes a new one. */
function operationGrid(instance: JobShopInstance): Grid<JobShopInstance> {
  const { jobs } = instance;
  const longest = jobs.reduce((most, job) => Math.max(most, job.length), 0);
  return {
    id: 'operations',
    title: 'Operations',
    columns: Array.from({ length: longest + 1 }, (_, k) => ({
      id: `op${k + 1}`,
      label: String(k + 1),
      help: 'machine·time, in processing order; several for a choice. Empty a cell to remove the operation.',
      field: { type: 'text', maxLength: 200, monospace: true },
      width: 7,
    })),
    rows: jobs.length,
    rowLabel: jobLabel,
    rowHue: (row) => groupHue(row, jobs.length).hue,
    element: (row) => operationId(row, 0),
    cell(row, column) {
      const job = jobs[row];
      return column < job.length ? writeCell(job[column]) : column === job.length ? '' : null;
    },
    set: (row, column, value) => setOperation(instance, row, column, value),
    addRow: { label: 'Add job', apply: () => addJob(instance) },
    removeRow: (row) => removeJob(instance, row),
    addColumn: { label: 'Add machine', apply: () => addMachineToJobs(instance) },
  };
}

function setOperation(
  instance: JobShopInstance,
  row: number,
  column: number,
  value: FieldValue,
): Result<JobShopInstance> {
  const job = instance.jobs[row];
  const text = String(value).trim();
  if (text === '')
    return column < job.length ? removeOperation(instance, row, column) : ok(instance);
  const operation = readCell(text, instance.machines);
  if (!operation.ok) return operation;
  return column < job.length
    ? withOperation(instance, row, column, operation.value)
    : withJob(instance, row, [...job, operation.value]);
}

/** A row a machine, a column a job: durations where the job visits the machine exactly once. */
function machineGrid(instance: JobShopInstance): Grid<JobShopInstance> {
  const { jobs, machines } = instance;
  const visit = (machine: number, job: number): number => {
    const first = jobs[job].findIndex(([onMachine]) => onMachine === machine);
    const last = jobs[job].findLastIndex(([onMachine]) => onMachine === machine);
    return first === last && first >= 0 && jobs[job][first].length === 2 ? first : -1;
  };
  return {
    id: 'machines',
    title: 'Machines',
    columns: jobs.map((_, job) => ({
      id: `job${job + 1}`,
      label: jobLabel(job),
      help: `How long ${jobLabel(job)} takes on the machine; empty when it comes not once.`,
      field: { type: 'number', min: 0, max: limits.duration, step: 1, integer: true },
      width: 6,
    })),
    rows: machines,
    rowLabel: machineLabel,
    cell(row, column) {
      const index = visit(row, column);
      return index < 0 ? null : jobs[column][index][1];
    },
    set(row, column, value) {
      const index = visit(row, column);
      if (index < 0)
        return fail({
          message: `${jobLabel(column)} does not visit ${machineLabel(row)} exactly once.`,
          hint: 'Edit its operations instead.',
        });
      return withDuration(instance, column, index, Number(value));
    },
    addRow: { label: 'Add machine', apply: () => addMachine(instance) },
    removeRow: (row) => removeMachine(instance, row),
  };
}
