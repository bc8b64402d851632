/** The decision surface of a classifier of two inputs, with the samples on it. */
import { groupHue, type Box, type Hue, type Item, type Scene } from '../../../scene/scene.ts';
import { formatPercent } from '../../../core/format.ts';
import type { SceneMode } from '../../views.ts';
import { dataOf, type DataSet, type Samples } from '../data.ts';
import type { Instance, Solution } from '../instance.ts';
import { memo } from '../memo.ts';
import {
  createForward,
  networkOf,
  probabilities,
  validationAccuracy,
  type Layout,
} from '../model.ts';
import type { LrFrame } from './common.ts';
import { shortNumber } from './common.ts';

/** Multiply-adds spent on one surface: keeps a drawing under about 15 ms. */
const WORK = 8_000_000;

/** Shown values of both inputs of all samples, and the box around them. */
const layoutOf = memo((data: DataSet) => {
  const shown = ({ count, inputs }: Samples) => {
    const points = new Float64Array(2 * count);
    for (let i = 0; i < points.length; i++)
      points[i] = data.offset[i % 2] + data.scale[i % 2] * inputs[i];
    return points;
  };
  const train = shown(data.train);
  const validation = shown(data.validation);
  const box: Box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (const points of [train, validation])
    for (let i = 0; i < points.length; i += 2) {
      box.minX = Math.min(box.minX, points[i]);
      box.maxX = Math.max(box.maxX, points[i]);
      box.minY = Math.min(box.minY, points[i + 1]);
      box.maxY = Math.max(box.maxY, points[i + 1]);
    }
  const padX = 0.06 * (box.maxX - box.minX) || 1;
  const padY = 0.06 * (box.maxY - box.minY) || 1;
  return {
    train,
    validation,
    box: {
      minX: box.minX - padX,
      minY: box.minY - padY,
      maxX: box.maxX + padX,
      maxY: box.maxY + padY,
    },
  };
});

const hueOf = (data: DataSet, label: number, tone: Hue['tone']): Hue => ({
  ...groupHue(label, data.classes),
  tone,
});

/** Class probabilities at the middles of size × size cells of the box. */
function sampleSurface(
  layout: Layout,
  data: DataSet,
  box: Box,
  parameters: Float64Array,
  size: number,
): Float64Array {
  const forward = createForward(layout, parameters);
  const cell = new Float64Array(data.classes);
  const values = new Float64Array(size * size * data.classes);
  const input = new Float64Array(2);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const x = box.minX + ((box.maxX - box.minX) * (column + 0.5)) / size;
      const y = box.minY + ((box.maxY - box.minY) * (row + 0.5)) / size;
      input[0] = (x - data.offset[0]) / data.scale[0];
      input[1] = (y - data.offset[1]) / data.scale[1];
      probabilities(forward(input, 0), cell);
      values.set(cell, (row * size + column) * data.classes);
    }
  return values;
}

/** Two classes: shades of the probability. More: the likeliest class, in runs along each row. */
function surfaceItems(data: DataSet, box: Box, values: Float64Array, size: number): Item[] {
  const { classes } = data;
  if (classes === 2) {
    const shades = Float32Array.from({ length: size * size }, (_, i) => values[2 * i + 1]);
    return [
      {
        kind: 'raster',
        x: box.minX,
        y: box.minY,
        w: box.maxX - box.minX,
        h: box.maxY - box.minY,
        columns: size,
        rows: size,
        values: shades,
        from: hueOf(data, 0, 'soft'),
        to: hueOf(data, 1, 'soft'),
        middle: 'panel',
      },
    ];
  }
  const likeliest = (index: number): number => {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if (values[index * classes + c] > values[index * classes + best]) best = c;
    return best;
  };
  const w = (box.maxX - box.minX) / size;
  const h = (box.maxY - box.minY) / size;
  const items: Item[] = [];
  for (let row = 0; row < size; row++) {
    let from = 0;
    for (let column = 1; column <= size; column++) {
      const label = likeliest(row * size + from);
      if (column < size && likeliest(row * size + column) === label) continue;
      // Half a cell longer, under what is drawn next, so that no seams show.
      items.push({
        kind: 'rect',
        x: box.minX + from * w,
        y: box.minY + row * h,
        w: (column < size ? column + 0.5 - from : size - from) * w,
        h: row + 1 < size ? 1.5 * h : h,
        fill: hueOf(data, label, 'soft'),
      });
      from = column;
    }
  }
  return items;
}

/** Resolution that the network's size allows. */
const sizeFor = (layout: Layout): number =>
  Math.max(20, Math.min(90, Math.floor(Math.sqrt(WORK / layout.count))));

/** Samples of one set, the wrongly classified ones with a dark rim. */
function sampleItems(
  data: DataSet,
  set: Samples,
  points: Float64Array,
  shape: 'circle' | 'diamond',
  layout: Layout,
  solution: Solution | null,
): Item[] {
  const palette = Array.from({ length: data.classes }, (_, c) => hueOf(data, c, 'strong'));
  const items: Item[] = [];
  if (solution) {
    const forward = createForward(layout, solution.parameters);
    const chances = new Float64Array(data.classes);
    const wrong: number[] = [];
    for (let i = 0; i < set.count; i++) {
      probabilities(forward(set.inputs, i), chances);
      if (chances.some((chance) => chance > chances[set.labels[i]]))
        wrong.push(points[2 * i], points[2 * i + 1]);
    }
    items.push({
      kind: 'points',
      points: Float64Array.from(wrong),
      radius: 5,
      shape,
      fill: 'ink',
    });
  }
  items.push({
    kind: 'points',
    points,
    radius: 3,
    shape,
    fill: 'ink2',
    palette,
    group: Uint16Array.from(set.labels),
    stroke: 'panel',
    strokeWidth: 1,
  });
  return items;
}

function draw({ instance, solution, report, toggles }: LrFrame): Scene {
  const { task } = instance;
  const data = dataOf(task) as DataSet;
  const layout = networkOf(task) as Layout;
  const { box, train, validation } = layoutOf(data);
  const items: Item[] = [];
  if (solution) {
    const size = sizeFor(layout);
    const values = sampleSurface(layout, data, box, solution.parameters, size);
    items.push(...surfaceItems(data, box, values, size));
  }
  if (toggles.train !== false)
    items.push(...sampleItems(data, data.train, train, 'circle', layout, solution));
  if (toggles.validation === true)
    items.push(...sampleItems(data, data.validation, validation, 'diamond', layout, solution));
  const accuracy = solution ? validationAccuracy(task, solution.parameters) : null;
  return {
    bounds: box,
    fit: task.kind === 'iris' ? 'fill' : 'contain',
    yUp: true,
    xAxis: { label: data.inputNames[0], grid: false },
    yAxis: { label: data.inputNames[1], grid: false },
    items,
    description:
      `${data.train.count} training samples of ${data.classes} classes (${data.classNames.join(', ')}).` +
      (solution && report && accuracy !== null
        ? ` The model of step ${solution.step} has validation loss ${shortNumber(
            report.objective,
          )} and names ${formatPercent(accuracy)} of the validation samples rightly.`
        : ' No model yet.'),
  };
}

export const surfaceMode: SceneMode<Instance, Solution> = {
  kind: 'scene',
  id: 'surface',
  name: 'Decision surface',
  help: 'Which class the best model so far gives each place; wrong samples have a dark rim.',
  toggles: [
    { id: 'train', name: 'Training', help: 'Training samples, as circles.', default: true },
    {
      id: 'validation',
      name: 'Validation',
      help: 'Validation samples, as diamonds.',
      default: false,
    },
  ],
  draw,
};
