/** The schedule as a table, one row an operation. */
import type { DataTable, Frame } from '../../views.ts';
import { jobLabel, machineLabel, pack } from '../instance.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';
import { criticalPath, jobOfOperation, linearOrder, machineOrders } from '../schedule.ts';
import { operationId } from './elements.ts';
import { startsOf } from './gestures.ts';

const columns = [
  { id: 'job', label: 'Job' },
  { id: 'operation', label: 'Operation', numeric: true },
  { id: 'machine', label: 'Machine' },
  { id: 'duration', label: 'Duration', numeric: true },
  { id: 'start', label: 'Start', numeric: true },
  { id: 'end', label: 'End', numeric: true },
  { id: 'wait', label: 'Waits', numeric: true },
  { id: 'critical', label: 'Critical' },
] as const;

export function table(frame: Frame<JobShopInstance, JobShopSolution>): DataTable {
  const packed = pack(frame.instance);
  const { first, machine, duration } = packed;
  const starts = startsOf(frame);
  const jobs = jobOfOperation(packed);
  const critical = new Set(
    starts
      ? criticalPath(packed, starts, machineOrders(packed, linearOrder(packed, starts)))
      : undefined,
  );
  const cells: Record<(typeof columns)[number]['id'], (row: number) => string | number> = {
    job: (row) => jobLabel(jobs[row]),
    operation: (row) => row - first[jobs[row]] + 1,
    machine: (row) => machineLabel(machine[row]),
    duration: (row) => duration[row],
    start: (row) => (starts ? starts[row] : '–'),
    end: (row) => (starts ? starts[row] + duration[row] : '–'),
    wait: (row) => {
      if (!starts) return '–';
      const ready = row === first[jobs[row]] ? 0 : starts[row - 1] + duration[row - 1];
      return starts[row] - ready;
    },
    critical: (row) => (critical.has(row) ? 'yes' : ''),
  };
  return {
    caption: `Schedule of ${frame.instance.name || 'the job shop'}, by job`,
    columns,
    rows: machine.length,
    cell: (row, column) => cells[columns[column].id](row),
    element: (row) => operationId(jobs[row], row - first[jobs[row]]),
  };
}
