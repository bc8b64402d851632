/** A network's path in the plane in which it varies most, on contours of the loss there. */
import type { Box, Item, Scene } from '../../../scene/scene.ts';
import { formatPercent } from '../../../core/format.ts';
import type { SceneMode, TraceData } from '../../views.ts';
import type { Instance, Solution } from '../instance.ts';
import { validationSize } from '../model.ts';
import { planeSamples } from '../plane-grid.ts';
import { COLUMN, shortNumber, type LrFrame } from './common.ts';
import { contour, type Grid } from './contours.ts';

const LEVELS = 14;

/** What a run told of its plane. */
export interface PathPlane {
  /** Parts of the variance along the components, falling. */
  shares: number[];
  /** Snapshots in order. */
  steps: number[];
  points: [x: number, y: number][];
  losses: number[];
  grid: Grid;
}

/** From the rows that a run with snapshots ends with; null without them. O(rows). */
export function planeOfTrace(trace: TraceData | null): PathPlane | null {
  if (!trace) return null;
  const at = (column: keyof typeof COLUMN, row: number) => trace.values[COLUMN[column]][row];
  const shares: number[] = [];
  const steps: number[] = [];
  const points: [number, number][] = [];
  const losses: number[] = [];
  const values: number[] = [];
  const box: Box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (let row = 0; row < trace.length; row++) {
    if (Number.isFinite(at('planeShare', row))) shares.push(at('planeShare', row));
    const [x, y] = [at('planeX', row), at('planeY', row)];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (Number.isFinite(at('planeStep', row))) {
      steps.push(at('planeStep', row));
      points.push([x, y]);
      losses.push(at('planeLoss', row));
      continue;
    }
    values.push(at('planeLoss', row));
    box.minX = Math.min(box.minX, x);
    box.maxX = Math.max(box.maxX, x);
    box.minY = Math.min(box.minY, y);
    box.maxY = Math.max(box.maxY, y);
  }
  const size = Math.round(Math.sqrt(values.length));
  // Still being worked out.
  if (size < 2 || size * size !== values.length || shares.length < 2) return null;
  return { shares, steps, points, losses, grid: { box, size, values: Float64Array.from(values) } };
}

/** Shades and lines at losses a constant factor apart. */
function lossItems({ box, size, values }: Grid): Item[] {
  let low = Infinity;
  let high = 0;
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) return [];
  const span = Math.log(high / low);
  const items: Item[] = [
    {
      kind: 'raster',
      x: box.minX,
      y: box.minY,
      w: box.maxX - box.minX,
      h: box.maxY - box.minY,
      columns: size,
      rows: size,
      values: Float32Array.from(values, (value) =>
        Number.isFinite(value) ? Math.max(0, Math.log(Math.max(value, low) / low) / span) : 1,
      ),
      from: { hue: 0.6, tone: 'soft' },
      to: 'panel',
    },
  ];
  const grid = { box, size, values };
  for (let k = 1; k <= LEVELS; k++)
    items.push({
      kind: 'segments',
      points: Float64Array.from(contour(grid, low * Math.exp((span * k) / (LEVELS + 1)))),
      stroke: 'ink3',
      width: 1,
      opacity: 0.4,
    });
  return items;
}

/** Where between its snapshots the path was at a step. */
function placeAt({ steps, points }: PathPlane, step: number): [number, number] | null {
  const next = steps.findIndex((known) => known >= step);
  if (next < 0) return null;
  if (next === 0 || steps[next] === step) return points[next];
  const part = (step - steps[next - 1]) / (steps[next] - steps[next - 1]);
  return [0, 1].map((axis) => {
    const [a, b] = [points[next - 1][axis], points[next][axis]];
    return a + part * (b - a);
  }) as [number, number];
}

const EMPTY: Box = { minX: -1, minY: -1, maxX: 1, maxY: 1 };

function draw({ instance, trace, cursor, solution }: LrFrame): Scene {
  const plane = planeOfTrace(trace);
  if (!plane)
    return {
      bounds: EMPTY,
      fit: 'contain',
      yUp: true,
      items: [
        {
          kind: 'text',
          x: 0,
          y: 0,
          text: 'Set Snapshots (50, say) among the optimizer’s parameters and run to the end.',
          colour: 'ink2',
          size: 13,
          align: 'middle',
          baseline: 'middle',
        },
      ],
      description: 'No plane yet: it takes snapshots of the path and is worked out at its end.',
    };
  const { shares, steps, points, losses, grid } = plane;
  const flat = Float64Array.from(points.flat());
  const items: Item[] = [
    ...lossItems(grid),
    { kind: 'path', points: flat, stroke: 'accent', width: 1.5, opacity: 0.85 },
    {
      kind: 'points',
      idPrefix: 'snapshot:',
      points: flat,
      radius: 3,
      fill: 'accent',
      title: (i) => `Step ${steps[i]}, loss ${shortNumber(losses[i])}`,
    },
    {
      kind: 'points',
      points: Float64Array.from(points[0]),
      radius: 6,
      shape: 'square',
      fill: 'panel',
      stroke: 'ink',
      strokeWidth: 2,
      title: () => 'Start',
      label: () => 'start',
    },
    {
      kind: 'points',
      points: Float64Array.from(points[points.length - 1]),
      radius: 6,
      shape: 'diamond',
      fill: 'ink',
      stroke: 'panel',
      strokeWidth: 1.5,
      title: () => `End, loss ${shortNumber(losses[losses.length - 1])}`,
      label: () => 'end',
    },
  ];
  const mark = (step: number, hollow: boolean) => {
    const place = placeAt(plane, step);
    if (place)
      items.push({
        kind: 'points',
        points: Float64Array.from(place),
        radius: hollow ? 7 : 5,
        fill: hollow ? 'panel' : 'good',
        stroke: hollow ? 'ink' : 'panel',
        strokeWidth: hollow ? 2 : 1.5,
        title: () => (hollow ? `Step ${step}` : `Best model, after ${step} steps`),
      });
  };
  if (solution) mark(solution.step, false);
  if (trace && cursor !== null && cursor !== undefined && cursor < trace.length)
    mark(trace.values[COLUMN.step][cursor], true);
  const samples = planeSamples(instance.task);
  const whole = validationSize(instance.task);
  const [first, second] = shares.map(formatPercent);
  return {
    bounds: grid.box,
    fit: 'fill',
    yUp: true,
    xAxis: { label: `First component, ${first} of the variance`, grid: false },
    yAxis: { label: `Second component, ${second}`, grid: false },
    items,
    description:
      `The path of ${steps.length} snapshots, projected onto its first two principal components, ` +
      `which hold ${formatPercent(shares[0] + shares[1])} of its variance. Contours: validation loss` +
      `${samples < whole ? ` on ${samples} of ${whole} samples` : ''} in the plane through the last ` +
      `iterate; other iterates lie off it. Even a random walk looks like a curved path here, with ` +
      `61 % and 15 % of its variance.`,
  };
}

export const planeMode: SceneMode<Instance, Solution> = {
  kind: 'scene',
  id: 'plane',
  name: 'Plane',
  help: 'The path in its first two principal components, on contours of the loss. What is off the plane is left out, and even a random walk looks like a smooth Lissajous curve here: read it with care.',
  draw,
};
