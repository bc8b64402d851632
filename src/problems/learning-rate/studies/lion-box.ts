/** Lion with weight decay λ stays in the box |x| ≤ 1/λ: a path in the plane. */
import type { ParamSpec } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { memo } from '../memo.ts';
import { planeOf, type PlaneTask } from '../planes.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { makeTask } from '../tasks.ts';
import { shortNumber } from '../views/common.ts';
import { contour, sampleGrid } from '../views/contours.ts';
import { defineStudy, numeric, series, tableOf, trainingRun, type Pair } from './lab.ts';
import { linePlot, scatterPlot, thinLine } from './plot.ts';

const params = [
  {
    type: 'number',
    id: 'decay',
    label: 'Weight decay',
    help: 'λ: the box is |x|, |y| ≤ 1/λ.',
    default: 0.4,
    min: 0.22,
    max: 2,
    step: 0.05,
  },
  {
    type: 'number',
    id: 'rate',
    label: 'Base rate',
    help: 'η of the first step; it falls linearly to 0.',
    default: 0.02,
    min: 0.001,
    max: 0.2,
    step: 0.005,
  },
  {
    type: 'number',
    id: 'steps',
    label: 'Steps',
    help: 'T of each run.',
    unit: 'steps',
    default: 2_000,
    min: 50,
    max: 5_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** Starts outside the box; its minima at (3, 2) and elsewhere lie outside too. */
const TASK = makeTask('himmelblau', { startX: 4.5, startY: 4 });
const VIEW = { minX: -1, minY: -1, maxX: 5, maxY: 5 };

/** Contour lines as separate short lines, NaN between them. */
const contours = memo((task: PlaneTask): Pair[] => {
  const plane = planeOf(task);
  const grid = sampleGrid(VIEW, 61, (x, y) => plane.value(x, y));
  const pairs: Pair[] = [];
  for (const level of [3, 10, 30, 80, 160, 300]) {
    const segments = contour(grid, level);
    for (let i = 0; i < segments.length; i += 4)
      pairs.push(
        [segments[i], segments[i + 1]],
        [segments[i + 2], segments[i + 3]],
        [segments[i], NaN],
      );
  }
  return pairs;
});

/** The lowest value in the box near the runs' corner, on a grid of 161 × 161 points. */
function lowestInBox(task: PlaneTask, half: number): number {
  const plane = planeOf(task);
  let least = Infinity;
  for (let i = 0; i <= 160; i++)
    for (let j = 0; j <= 160; j++) {
      const value = plane.value((i / 160) * half, (j / 160) * half);
      if (value < least) least = value;
    }
  return least;
}

const METHODS = [
  { id: 'lion', name: 'Lion, with decay', decays: true },
  { id: 'adamw', name: 'AdamW, same decay', decays: true },
  { id: 'adam', name: 'Adam, no decay', decays: false },
] as const;

export const lionBox = defineStudy({
  id: 'lion-box',
  name: 'Lion’s box',
  summary:
    'With weight decay λ Lion solves a constrained problem: it enters the box |x| ≤ 1/λ exponentially and then descends inside it, along its face.',
  source: 'Chen, Liu, Liang and Liu, 2024, “Lion secretly solves constrained optimization”',
  group: 'Optimizers',
  seconds: 0.2,
  params,
  cells(_instance, { decay, rate, steps }) {
    return ok(
      METHODS.map((method) => ({
        key: method,
        run: trainingRun({
          id: method.id,
          label: method.name,
          task: TASK,
          batch: 1,
          steps,
          schedule: makeSchedule(rate, makeBody('linear')),
          solverId: method.id,
          params: method.decays ? { decay } : {},
          seed: 1,
        }),
      })),
    );
  },
  read({ values, cells }) {
    const half = 1 / values.decay;
    const paths = cells.map(({ key, outcome, run }) => {
      const x = series(outcome, 'x');
      const y = series(outcome, 'y');
      const path = x.map(([, at], i): Pair => [at, y[i][1]]);
      return {
        method: key,
        steps: run.instance.steps,
        path,
        norm: x.map(([step, at], i): Pair => [step, Math.max(Math.abs(at), Math.abs(y[i][1]))]),
        value: series(outcome, 'train').at(-1)?.[1] ?? NaN,
        done: outcome.state === 'done',
      };
    });
    return { half, rate: values.rate, decay: values.decay, paths, lowest: lowestInBox(TASK, half) };
  },
  charts({ half, paths, rate, decay }) {
    const steps = paths[0]?.steps ?? 1;
    // What the decay alone does to a coordinate outside: x ← x (1 − ηλ) − η, η falling linearly.
    const outside: Pair[] = [];
    let excess = 4.5 - half;
    for (let t = 0; t <= steps; t++) {
      if (t % Math.ceil(steps / 200) === 0) outside.push([t, half + excess]);
      excess *= 1 - rate * (1 - t / steps) * decay;
    }
    return [
      {
        id: 'paths',
        title: 'Paths on Himmelblau’s function',
        help: 'The square is the box |x|, |y| ≤ 1/λ; the minimum (3, 2) lies outside it.',
        option: (colours) =>
          scatterPlot({
            colours,
            legend: true,
            x: { name: 'x', min: VIEW.minX, max: VIEW.maxX },
            y: { name: 'y', min: VIEW.minY, max: VIEW.maxY },
            lines: [
              {
                name: 'contours',
                data: contours(TASK),
                colour: colours.ink3,
                width: 0.7,
                opacity: 0.5,
                broken: true,
              },
              {
                name: 'box',
                data: [
                  [VIEW.minX, half],
                  [half, half],
                  [half, VIEW.minY],
                ],
                colour: colours.bound,
                dash: 'dashed',
                width: 1.6,
              },
              ...paths.map(({ path }, index) => ({
                name: `path${index}`,
                data: path.filter((_, i) => i % Math.max(1, Math.floor(path.length / 400)) === 0),
                colour: colours.series(index),
                width: index === 0 ? 2.4 : 1.6,
              })),
            ],
            groups: paths.map(({ method, path }, index) => ({
              name: method.name,
              colour: colours.series(index),
              dots:
                path.length > 0 ? [{ name: 'end', x: path.at(-1)![0], y: path.at(-1)![1] }] : [],
            })),
          }),
        description: paths
          .map(
            ({ method, path }) =>
              `${method.name} ends at (${shortNumber(path.at(-1)?.[0] ?? NaN)}, ${shortNumber(path.at(-1)?.[1] ?? NaN)})`,
          )
          .join('; '),
      },
      {
        id: 'norm',
        title: 'Largest coordinate',
        help: 'Dashed: 1/λ. Dotted: how decay alone would bring in a coordinate whose sign never agrees with it.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Step', min: 0, max: steps },
            y: { name: 'max(|x|, |y|)' },
            lines: [
              ...paths.map(({ method, norm }, index) => ({
                name: method.name,
                data: thinLine(norm),
                colour: colours.series(index),
              })),
              {
                name: 'Slowest way into the box',
                data: outside,
                colour: colours.ink3,
                dash: 'dotted' as const,
              },
            ],
            marks: [{ y: half, text: '1/λ', colour: colours.bound }],
          }),
        description: paths
          .map(({ method, norm }) => `${method.name}: ${shortNumber(norm.at(-1)?.[1] ?? NaN)}`)
          .join(', '),
      },
    ];
  },
  findings({ half, paths, lowest }) {
    if (paths.length === 0 || paths.some(({ done }) => !done)) return [];
    const [lion, , adam] = paths;
    const end = lion.norm.at(-1)![1];
    const inside = end <= half * 1.002;
    return [
      {
        tone: inside ? ('measured' as const) : ('against' as const),
        text: `Lion ends with its largest coordinate at ${shortNumber(end)}; the box reaches to ${shortNumber(half)}.`,
      },
      {
        tone: lion.value <= lowest * 1.05 + 0.05 ? ('measured' as const) : ('against' as const),
        text: `Its value there is ${shortNumber(lion.value)}; the lowest in that quarter of the box is ${shortNumber(lowest)}. Adam without decay ends at ${shortNumber(adam.value)}, with a coordinate of ${shortNumber(adam.norm.at(-1)![1])}.`,
      },
    ];
  },
  table: ({ paths }) =>
    tableOf(
      'Ends of the paths',
      [
        { id: 'method', label: 'Optimizer' },
        numeric('x', 'x'),
        numeric('y', 'y'),
        numeric('norm', 'Largest coordinate'),
        numeric('value', 'Value'),
      ],
      paths.map(({ method, path, norm, value }) => [
        method.name,
        path.at(-1)?.[0] ?? NaN,
        path.at(-1)?.[1] ?? NaN,
        norm.at(-1)?.[1] ?? NaN,
        value,
      ]),
    ),
});
