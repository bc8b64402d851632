/** The schedule as a table, one row an operation. */
import type { DataTable, Frame } from '../../views.ts';
import { jobLabel, machineLabel } from '../instance.ts';
import type { JobShopInstance, JobShopSolution, PackedJobShop } from '../instance.ts';
import { criticalPath, elapsed, jobOfOperation, linearOrder, machineOrders } from '../schedule.ts';
import { operationId } from './elements.ts';
import { packedOf, startsOf } from './gestures.ts';

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
  const starts = startsOf(frame);
  const packed = starts ? elapsed(packedOf(frame), starts) : packedOf(frame);
  const { first, machine, duration } = packed;
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
      return starts[row] - readyAt(packed, starts, jobs[row], row);
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

/** When a row's job was ready for it: released, and done with what came before. */
function readyAt(packed: PackedJobShop, starts: Int32Array, job: number, row: number): number {
  const { first, duration, kind, release } = packed;
  let ready = release ? release[job] : 0;
  if (kind === 'open') {
    for (let i = first[job]; i < first[job + 1]; i++)
      if (i !== row && starts[i] + duration[i] <= starts[row])
        ready = Math.max(ready, starts[i] + duration[i]);
  } else if (row > first[job]) ready = starts[row - 1] + duration[row - 1];
  return ready;
}
