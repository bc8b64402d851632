/** Lanes of robots in a Gantt chart, and moves in the rows of jobs. */
import type { Item } from '../../../scene/scene.ts';
import {
  jobLabel,
  machineLabel,
  robotLabel,
  type JobShopSolution,
  type PackedJobShop,
} from '../instance.ts';
import { placeBefore } from '../transport.ts';
import { margin, type Plan } from './gantt-plan.ts';

interface Move {
  job: number;
  from: number;
  to: number;
  pick: number;
  drop: number;
}

/** The loaded moves of each robot by time; robots that are not there are left out. */
function movesOf(packed: PackedJobShop, solution: JobShopSolution): Move[][] {
  const { transport, first, machine } = packed;
  const { robots, picks } = solution;
  if (!transport || robots?.length !== machine.length || picks?.length !== machine.length)
    return [];
  const lanes: Move[][] = Array.from({ length: transport.robots }, () => []);
  for (let job = 0; job + 1 < first.length; job++)
    for (let i = first[job]; i < first[job + 1]; i++) {
      const from = placeBefore(first, machine, job, i, packed.machines);
      if (from === machine[i] || !lanes[robots[i]]) continue;
      const time = transport.loaded[from * transport.places + machine[i]];
      lanes[robots[i]].push({ job, from, to: machine[i], pick: picks[i], drop: picks[i] + time });
    }
  for (const lane of lanes) lane.sort((a, b) => a.pick - b.pick || a.drop - b.drop);
  return lanes;
}

/**
 * Rows of machines: a lane a robot below them, moves with a job in its colour, moves without one
 * as thin bars that end when the job is fetched. Rows of jobs: the moves between operations.
 */
export function addRobots(items: Item[], plan: Plan, solution: JobShopSolution): void {
  const { packed, rows, hues } = plan;
  const { transport } = packed;
  if (!transport) return;
  const { places, empty } = transport;
  const name = (place: number) => (place === packed.machines ? 'station' : machineLabel(place));
  movesOf(packed, solution).forEach((lane, robot) => {
    let at = packed.machines;
    for (const { job, from, to, pick, drop } of lane) {
      const way = `from ${name(from)} to ${name(to)}`;
      if (rows === 'jobs') {
        items.push({
          kind: 'rect',
          x: pick,
          y: job + 0.35,
          w: drop - pick,
          h: 0.3,
          fill: { ...hues[job], tone: 'soft' },
          stroke: hues[job],
          strokeWidth: 1,
          title: `${robotLabel(robot)} carries ${jobLabel(job)} ${way}: ${pick} – ${drop}`,
        });
        continue;
      }
      const row = packed.machines + robot;
      const unladen = empty[at * places + from];
      if (unladen > 0)
        items.push({
          kind: 'rect',
          x: pick - unladen,
          y: row + 0.42,
          w: unladen,
          h: 0.16,
          fill: 'ink3',
          opacity: 0.5,
          title: `${robotLabel(robot)} goes from ${name(at)} to ${name(from)}: ${pick - unladen} – ${pick}`,
        });
      items.push({
        kind: 'rect',
        x: pick,
        y: row + margin,
        w: drop - pick,
        h: 1 - 2 * margin,
        fill: hues[job],
        opacity: 0.8,
        radius: 2,
        inset: 0.5,
        label: jobLabel(job),
        title: `${robotLabel(robot)} carries ${jobLabel(job)} ${way}: ${pick} – ${drop}`,
      });
      at = to;
    }
  });
}
