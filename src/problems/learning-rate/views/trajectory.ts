/** The path of training on the contours of a function of two variables. */
import type { Box, Item, Scene } from '../../../scene/scene.ts';
import type { SceneMode } from '../../views.ts';
import { absoluteData } from '../absolute.ts';
import type { Instance, Solution } from '../instance.ts';
import { memo } from '../memo.ts';
import { functionValue } from '../model.ts';
import { planeOf, type PlaneTask } from '../planes.ts';
import type { Task } from '../tasks.ts';
import { COLUMN, currentStep, ratesOf, shortNumber, type LrFrame } from './common.ts';
import { contour, sampleGrid } from './contours.ts';

type PlanarTask = PlaneTask | Extract<Task, { kind: 'quadratic' | 'absolute' }>;

const GRID = 121;
const LEVELS = 12;

function startOf(task: PlanarTask): [number, number] {
  if ('startX' in task) return [task.startX, task.startY];
  return task.kind === 'quadratic' ? [task.start, task.start] : [0, 0];
}

function minimaOf(task: PlanarTask): readonly (readonly [number, number])[] {
  if ('startX' in task) return planeOf(task).minima;
  if (task.kind === 'quadratic') return [[0, 0]];
  const { solution } = absoluteData(task);
  return [[solution[0], solution[1]]];
}

/** The part of the plane that is shown: start and minima with room around. */
function boxOf(task: PlanarTask): Box {
  const [x, y] = startOf(task);
  if ('startX' in task) {
    const [minX, minY, maxX, maxY] = planeOf(task).view;
    return {
      minX: Math.min(minX, x - 0.5),
      minY: Math.min(minY, y - 0.5),
      maxX: Math.max(maxX, x + 0.5),
      maxY: Math.max(maxY, y + 0.5),
    };
  }
  const reach = task.kind === 'absolute' ? 1.5 : 1.5 * Math.max(0.1, Math.abs(x));
  return { minX: -reach, minY: -reach, maxX: reach, maxY: reach };
}

/** Shading and contour lines at values a constant factor apart, remembered per task. */
const background = memo((task: PlanarTask): Item[] => {
  const box = boxOf(task);
  const grid = sampleGrid(box, GRID, (x, y) => functionValue(task, [x, y]));
  const highest = grid.values.reduce((a, b) => Math.max(a, b), 0);
  const ratio = 'startX' in task ? planeOf(task).ratio : 2;
  const lowest = highest / ratio ** (LEVELS + 1);
  const span = Math.log(highest / lowest);
  const width = box.maxX - box.minX;
  const height = box.maxY - box.minY;
  const shades = Float32Array.from(grid.values, (value) =>
    Math.min(1, Math.max(0, Math.log(Math.max(value, lowest) / lowest) / span)),
  );
  const items: Item[] = [
    {
      kind: 'raster',
      x: box.minX,
      y: box.minY,
      w: width,
      h: height,
      columns: GRID,
      rows: GRID,
      values: shades,
      from: { hue: 0.6, tone: 'soft' },
      to: 'panel',
    },
  ];
  for (let k = 1; k <= LEVELS; k++)
    items.push({
      kind: 'segments',
      points: Float64Array.from(contour(grid, highest / ratio ** k)),
      stroke: 'ink3',
      width: 1,
      opacity: 0.35,
    });
  return items;
});

interface Path {
  points: Float64Array;
  /** px, by the learning rate of the step that follows. */
  radii: Float32Array;
  left: boolean;
}

/** The traced points, kept on the edge of the box where they leave it. */
function pathOf({ instance, trace }: LrFrame, box: Box): Path {
  const count = trace?.length ?? 0;
  const points = new Float64Array(2 * count);
  const radii = new Float32Array(count);
  const rates = ratesOf(instance);
  const largest = rates.reduce((a, b) => Math.max(a, b), 0) || 1;
  let kept = 0;
  let left = false;
  for (let row = 0; trace && row < count; row++) {
    const x = trace.values[COLUMN.x][row];
    const y = trace.values[COLUMN.y][row];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const inX = Math.min(box.maxX, Math.max(box.minX, x));
    const inY = Math.min(box.maxY, Math.max(box.minY, y));
    left ||= inX !== x || inY !== y;
    points[2 * kept] = inX;
    points[2 * kept + 1] = inY;
    const rate = rates[Math.min(instance.steps, trace.values[COLUMN.step][row])];
    radii[kept] = 0.75 + 1.5 * Math.sqrt(rate / largest);
    kept++;
  }
  return { points: points.subarray(0, 2 * kept), radii: radii.subarray(0, kept), left };
}

const inside = (box: Box, x: number, y: number): [number, number] => [
  Math.min(box.maxX, Math.max(box.minX, x)),
  Math.min(box.maxY, Math.max(box.minY, y)),
];

function draw(frame: LrFrame): Scene {
  const { instance, trace, solution, report } = frame;
  const task = instance.task as PlanarTask;
  const box = boxOf(task);
  const start = startOf(task);
  const minima = minimaOf(task);
  const path = pathOf(frame, box);
  const items: Item[] = [...background(task)];
  items.push({
    kind: 'points',
    points: Float64Array.from(minima.flat()),
    radius: 6,
    shape: 'diamond',
    fill: 'bound',
    stroke: 'panel',
    strokeWidth: 1.5,
    title: () => 'Minimum, value 0',
    label: () => 'minimum',
  });
  if (path.radii.length > 1) {
    items.push({ kind: 'path', points: path.points, stroke: 'accent', width: 1.25, opacity: 0.75 });
    items.push({ kind: 'points', points: path.points, radius: path.radii, fill: 'accent' });
    items.push({
      kind: 'points',
      points: path.points.slice(-2),
      radius: 5,
      fill: 'accent',
      stroke: 'panel',
      strokeWidth: 1.5,
      title: () => `Step ${currentStep(trace) ?? 0}`,
    });
  }
  if (solution)
    items.push({
      kind: 'points',
      points: Float64Array.from(inside(box, solution.parameters[0], solution.parameters[1])),
      radius: 5,
      shape: 'diamond',
      fill: 'ink',
      stroke: 'panel',
      strokeWidth: 1.5,
      title: () => `Best point, after ${solution.step} steps`,
    });
  items.push({
    kind: 'points',
    ...('startX' in task ? { idPrefix: 'start:' } : {}),
    points: Float64Array.from(start),
    radius: 6,
    shape: 'square',
    fill: 'panel',
    stroke: 'ink',
    strokeWidth: 2,
    title: () => `Start (${shortNumber(start[0])}, ${shortNumber(start[1])})`,
    label: () => 'start',
  });
  const { cursor } = frame;
  if (trace && cursor !== null && cursor !== undefined && cursor < trace.length) {
    const [x, y] = [COLUMN.x, COLUMN.y].map((column) => trace.values[column][cursor]);
    if (Number.isFinite(x) && Number.isFinite(y))
      items.push({
        kind: 'points',
        points: Float64Array.from(inside(box, x, y)),
        radius: 7,
        fill: 'panel',
        stroke: 'ink',
        strokeWidth: 2,
      });
  }
  const at = currentStep(trace);
  return {
    bounds: box,
    fit: 'contain',
    yUp: true,
    xAxis: { label: 'x', grid: false },
    yAxis: { label: 'y', grid: false },
    items,
    description:
      `Contours of the function with minimum 0 at ${minima
        .map((point) => `(${point.map(shortNumber).join(', ')})`)
        .join(', ')}; training starts at (${start.map(shortNumber).join(', ')}).` +
      (at === null
        ? ''
        : ` The path has ${at} steps${path.left ? ' and leaves the picture' : ''}.`) +
      (solution && report ? ` Best value ${shortNumber(report.objective)}.` : ''),
  };
}

const round = (value: number): number => Math.min(5, Math.max(-5, Math.round(value * 1000) / 1000));

export const trajectoryMode: SceneMode<Instance, Solution> = {
  kind: 'scene',
  id: 'trajectory',
  name: 'Trajectory',
  help: 'The path of the two parameters on the contours of the function; dots grow with the rate.',
  draw,
  gestures: {
    hint: 'Drag the square to start elsewhere.',
    drag({ instance }, target, from, to) {
      const { task } = instance;
      if (target !== 'start:0' || !('startX' in task)) return null;
      const startX = round(task.startX + to.x - from.x);
      const startY = round(task.startY + to.y - from.y);
      return {
        kind: 'instance',
        instance: { ...instance, task: { ...task, startX, startY } },
        announce: `Start at ${shortNumber(startX)}, ${shortNumber(startY)}.`,
      };
    },
    nudge({ instance }, target, dx, dy) {
      const { task } = instance;
      if (target !== 'start:0' || !('startX' in task)) return null;
      const startX = round(task.startX + 0.05 * dx);
      const startY = round(task.startY - 0.05 * dy);
      return {
        kind: 'instance',
        instance: { ...instance, task: { ...task, startX, startY } },
        announce: `Start at ${shortNumber(startX)}, ${shortNumber(startY)}.`,
      };
    },
  },
};
