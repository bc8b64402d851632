/** Items as they arrive: profit per weight over time, the policy's threshold, what was taken. */
import { formatNumber, formatPercent } from '../../../core/format.ts';
import type { Item as SceneItem, Scene } from '../../../scene/scene.ts';
import type { Frame, SceneMode, TraceData } from '../../views.ts';
import type { Instance, Solution } from '../instance.ts';
import { formatEfficiency, itemTitle, layoutOf, takenOf } from './common.ts';

/** Profit per weight below this share of the least positive one is drawn at the bottom. */
const FLOOR = 0.5;

interface Tape {
  /** Item of each arrival shown, and its place in time from 1. */
  items: number[];
  at: number[];
  /** time, threshold pairs. */
  threshold: [number, number][];
  filled: number | null;
}

function readTrace(trace: TraceData | null): Tape | null {
  const column = (id: string): Float64Array | null => {
    const index = trace?.columns.findIndex((entry) => entry.id === id) ?? -1;
    return trace && index >= 0 ? trace.values[index] : null;
  };
  const [arrival, item, threshold, filled] = ['arrival', 'item', 'threshold', 'filled'].map(column);
  if (!trace || !arrival || !item || !threshold || !filled || trace.length === 0) return null;
  const tape: Tape = { items: [], at: [], threshold: [], filled: filled[trace.length - 1] };
  for (let row = 0; row < trace.length; row++) {
    tape.items.push(item[row] - 1);
    tape.at.push(arrival[row]);
    if (threshold[row] > 0) tape.threshold.push([arrival[row], threshold[row]]);
  }
  return tape;
}

function draw(frame: Frame<Instance, Solution>): Scene {
  const { instance, solution } = frame;
  const { efficiency } = layoutOf(instance);
  const n = instance.items.length;
  const read = readTrace(frame.trace);
  const tape: Tape =
    read && read.items.every((i) => i >= 0 && i < n)
      ? read
      : {
          items: Array.from({ length: n }, (_, i) => i),
          at: Array.from({ length: n }, (_, i) => i + 1),
          threshold: [],
          filled: null,
        };
  let low = Infinity;
  let high = 0;
  for (const value of efficiency)
    if (value > 0 && Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  if (high === 0) [low, high] = [1, 1];
  for (const [, value] of tape.threshold) high = Math.max(high, value);
  const bottom = Math.log10(low * FLOOR);
  const top = Math.log10(high) + 0.08;
  const place = (value: number): number =>
    Math.min(top, Math.max(bottom, value > 0 ? Math.log10(value) : bottom));
  const points = new Float64Array(2 * tape.items.length);
  const group = new Uint16Array(tape.items.length);
  let taken = 0;
  for (const [k, i] of tape.items.entries()) {
    points[2 * k] = tape.at[k];
    points[2 * k + 1] = place(efficiency[i]);
    group[k] = takenOf(solution, i) > 0 ? 1 : 0;
    taken += group[k];
  }
  const items: SceneItem[] = [
    {
      kind: 'points',
      points,
      radius: n > 2000 ? 1.5 : n > 300 ? 2.5 : 4,
      fill: 'panel',
      palette: ['panel', 'accent'],
      group,
      stroke: 'accent',
      strokeWidth: n > 2000 ? 0.5 : 1,
      title: (k) => itemTitle(instance, solution, tape.items[k]),
    },
  ];
  if (tape.threshold.length > 1)
    items.push({
      kind: 'path',
      points: Float64Array.from(tape.threshold.flatMap(([at, value]) => [at, place(value)])),
      stroke: 'bound',
      width: 2,
      title: `Threshold, now ${formatEfficiency(tape.threshold[tape.threshold.length - 1][1])}`,
    });
  return {
    bounds: { minX: 0, minY: bottom, maxX: Math.max(1, n) * 1.02, maxY: top },
    fit: 'fill',
    yUp: true,
    xAxis: { label: 'Arrival' },
    yAxis: { label: 'Profit per weight', log10: true },
    items,
    description:
      tape.filled === null
        ? `${formatNumber(n)} items in the order listed; run an online policy to see its threshold.`
        : `${formatNumber(taken)} of ${formatNumber(tape.items.length)} arrivals are taken; the sack is ${formatPercent(tape.filled / 100)} full.`,
  };
}

export const arrivalsMode: SceneMode<Instance, Solution> = {
  id: 'arrivals',
  name: 'Arrivals',
  help: 'Items in the order they arrive, by profit per weight; the line is what an online policy asks.',
  kind: 'scene',
  draw,
};
