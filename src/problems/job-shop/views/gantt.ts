/** Gantt charts: time to the right, a row a machine or a row a job. */
import { formatNumber } from '../../../core/format.ts';
import { groupHue, type Item, type Scene } from '../../../scene/scene.ts';
import type { Frame, Toggle } from '../../views.ts';
import {
  jobLabel,
  kindLabels,
  machineLabel,
  machineLoads,
  objectiveName,
  robotLabel,
} from '../instance.ts';
import type { JobShopInstance, JobShopSolution, PackedJobShop } from '../instance.ts';
import { criticalPath, elapsed, linearOrder, machineOrders, makespanOf } from '../schedule.ts';
import { operationId } from './elements.ts';
import { addBoundExplanation } from './gantt-bound.ts';
import { addDates, addHolds } from './gantt-extras.ts';
import { addDowns, interruption } from './gantt-downs.ts';
import { addRobots } from './gantt-robots.ts';
import { barHeight, margin, type Plan, type Rows } from './gantt-plan.ts';
import { packedOf, startsOf } from './gestures.ts';

type JobShopFrame = Frame<JobShopInstance, JobShopSolution>;

const commonToggles: readonly Toggle[] = [
  {
    id: 'critical-path',
    name: 'Critical path',
    help: 'Outline one longest chain of operations without waiting: it alone sets the makespan.',
    default: true,
  },
  {
    id: 'idle-time',
    name: 'Idle time',
    help: 'Shade the time a machine (or a job) waits.',
    default: false,
  },
  {
    id: 'bound-explained',
    name: 'Why this bound',
    help: 'Show which operations on which machine give the bound, or do not fit within a shorter makespan.',
    default: false,
  },
];

/** Toggles for what the instance has. */
export const togglesFor = (instance: JobShopInstance): readonly Toggle[] =>
  instance.release || instance.due
    ? [
        ...commonToggles,
        {
          id: 'dates',
          name: 'Dates',
          help: 'Mark when each job is released and due; among the jobs’ rows.',
          default: true,
        },
      ]
    : commonToggles;

export function drawGantt(frame: JobShopFrame, rows: Rows): Scene {
  const { instance } = frame;
  const starts = startsOf(frame);
  const packed = starts ? elapsed(packedOf(frame), starts) : packedOf(frame);
  const jobCount = instance.jobs.length;
  const plan: Plan = {
    packed,
    rows,
    starts,
    makespan: starts ? makespanOf(packed, starts) : 0,
    critical: new Uint8Array(packed.machine.length),
    hues: instance.jobs.map((_, job) => groupHue(job, jobCount)),
  };
  const items: Item[] = [];
  const chain: string[] = [];
  if (starts) {
    const linear = linearOrder(packed, starts);
    if (frame.toggles['critical-path'] ?? true)
      for (const operation of criticalPath(packed, starts, machineOrders(packed, linear))) {
        plan.critical[operation] = 1;
        chain.push(machineLabel(packed.machine[operation]));
      }
    if (frame.toggles['idle-time']) addIdle(items, plan, starts, linear);
  }
  const shown = starts ?? stacked(packed, rows);
  if (starts) addHolds(items, plan, starts);
  if (frame.solution && starts) addRobots(items, plan, frame.solution);
  addBars(items, plan, shown);
  const longest = starts ? plan.makespan : makespanOf(packed, shown);
  const bound = packed.objective === 'makespan' ? frame.bound : null;
  const width = Math.max(longest, bound ?? 0, 1);
  addDowns(items, plan, width);
  const lanes = instance.transport?.robots ?? 0;
  const rowCount = rows === 'machines' ? instance.machines + lanes : jobCount;
  if (starts) items.push(verticalLine(plan.makespan, rowCount, 'makespan'));
  if (bound !== null) items.push(verticalLine(bound, rowCount, 'bound'));
  if (rows === 'jobs' && (frame.toggles.dates ?? true)) addDates(items, plan, width);
  const explained = frame.toggles['bound-explained']
    ? addBoundExplanation(items, plan, shown, width, bound, frame.evidence)
    : '';

  const label = (row: number) =>
    rows === 'jobs'
      ? jobLabel(row)
      : row < instance.machines
        ? machineLabel(row)
        : robotLabel(row - instance.machines);
  return {
    bounds: { minX: 0, minY: 0, maxX: width * 1.005, maxY: rowCount },
    fit: 'fill',
    zoomX: true,
    xAxis: { label: 'Time' },
    yAxis: { categories: Array.from({ length: rowCount }, (_, row) => label(row)), grid: false },
    items,
    description: describe(frame, plan, chain) + explained,
  };
}

function verticalLine(x: number, rowCount: number, what: 'makespan' | 'bound'): Item {
  return {
    kind: 'path',
    points: Float64Array.of(x, 0, x, rowCount),
    stroke: what === 'bound' ? 'bound' : 'ink3',
    width: what === 'bound' ? 1.5 : 1,
    dash: what === 'bound' ? [5, 4] : undefined,
    title: `${what === 'bound' ? 'Proven bound' : 'Makespan'} ${formatNumber(x)}`,
  };
}

/** Before there is a schedule: each row's operations end to end, to show the work. */
function stacked(packed: PackedJobShop, rows: Rows): Int32Array {
  const starts = new Int32Array(packed.machine.length);
  const ready = new Float64Array(Math.max(packed.machines, packed.first.length));
  for (let job = 0; job + 1 < packed.first.length; job++)
    for (let i = packed.first[job]; i < packed.first[job + 1]; i++) {
      const row = rows === 'machines' ? packed.machine[i] : job;
      starts[i] = ready[row];
      ready[row] += packed.duration[i];
    }
  return starts;
}

function addBars(items: Item[], plan: Plan, starts: Int32Array): void {
  const { packed, rows, critical, hues } = plan;
  const { first, machine, duration } = packed;
  const showsPath = critical.includes(1);
  // The outlined bars come last: nothing covers an outline.
  const outlined: Item[] = [];
  for (let job = 0; job + 1 < first.length; job++) {
    const name = jobLabel(job);
    for (let i = first[job]; i < first[job + 1]; i++) {
      const onMachine = machineLabel(machine[i]);
      const row = rows === 'machines' ? machine[i] : job;
      const operation = i - first[job];
      const isCritical = critical[i] === 1;
      const times = plan.starts ? `${starts[i]} – ${starts[i] + duration[i]}, ` : '';
      const bar: Item = {
        kind: 'rect',
        id: operationId(job, operation),
        x: starts[i],
        y: row + margin,
        w: duration[i],
        h: barHeight,
        fill: hues[job],
        opacity: !plan.starts ? 0.35 : isCritical || !showsPath ? 1 : 0.6,
        radius: 3,
        inset: 0.5,
        label: rows === 'machines' ? name : onMachine,
        title: `${name} operation ${operation + 1} on ${onMachine}: ${times}takes ${duration[i]}${plan.starts ? interruption(packed, i, starts[i]) : ''}`,
      };
      if (isCritical) {
        bar.stroke = 'ink';
        bar.strokeWidth = 2;
        outlined.push(bar);
      } else items.push(bar);
    }
  }
  for (const bar of outlined) items.push(bar);
}

/** The gaps of each row between time 0 and its end: the makespan, or the end of the job. */
function addIdle(items: Item[], plan: Plan, starts: Int32Array, linear: Int32Array): void {
  const { packed, rows } = plan;
  const rowCount = rows === 'machines' ? packed.machines : packed.first.length - 1;
  const rowOf = new Int32Array(packed.machine.length);
  for (let job = 0; job + 1 < packed.first.length; job++)
    for (let i = packed.first[job]; i < packed.first[job + 1]; i++)
      rowOf[i] = rows === 'machines' ? packed.machine[i] : job;
  const ready = new Int32Array(rowCount);
  const gap = (row: number, from: number, to: number) => {
    if (to <= from) return;
    const label = rows === 'machines' ? machineLabel(row) : jobLabel(row);
    items.push({
      kind: 'rect',
      x: from,
      y: row + 0.3,
      w: to - from,
      h: 0.4,
      fill: 'sunk',
      stroke: 'line',
      strokeWidth: 1,
      radius: 2,
      inset: 1,
      label: String(to - from),
      title: `${label} ${rows === 'machines' ? 'is idle' : 'waits'}: ${from} – ${to}, ${to - from}`,
    });
  };
  for (const operation of linear) {
    const row = rowOf[operation];
    gap(row, ready[row], starts[operation]);
    ready[row] = Math.max(ready[row], starts[operation] + packed.duration[operation]);
  }
  if (rows === 'machines')
    for (let row = 0; row < rowCount; row++) gap(row, ready[row], plan.makespan);
}

function describe(frame: JobShopFrame, plan: Plan, chain: readonly string[]): string {
  const { instance } = frame;
  const kind = instance.kind ? `, ${kindLabels[instance.kind].toLowerCase()}` : '';
  const size = `${instance.jobs.length} jobs on ${instance.machines} machines${kind}`;
  if (!plan.starts) {
    const busiest = Math.max(...machineLoads(instance));
    return `${size}, not scheduled yet. The busiest machine has ${formatNumber(busiest)} units of work.`;
  }
  const bound = frame.bound === null ? '' : `, proven bound ${formatNumber(frame.bound)}`;
  const visited = chain.filter((machine, i) => machine !== chain[i - 1]);
  const path =
    chain.length === 0
      ? ''
      : ` The critical path has ${chain.length} operations, on ${visited.slice(0, 12).join(', ')}${
          visited.length > 12 ? ' and on' : ''
        }.`;
  const score =
    instance.objective && frame.report
      ? `${objectiveName(instance).toLowerCase()} ${formatNumber(frame.report.objective)}`
      : `makespan ${formatNumber(plan.makespan)}`;
  return `Schedule of ${size}: ${score}${bound}.${path}`;
}
