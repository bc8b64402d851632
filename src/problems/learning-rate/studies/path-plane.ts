/** A network's path in its own principal components, beside what a random walk would look like. */
import { cos } from '../../../core/math.ts';
import type { ParamSpec } from '../../../core/params.ts';
import { formatPercent } from '../../../core/format.ts';
import { ok } from '../../../core/result.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { planeOfTrace, type PathPlane } from '../views/plane.ts';
import { shortNumber } from '../views/common.ts';
import { defineStudy, numeric, tableOf, trainingRun, type Pair } from './lab.ts';
import { linePlot } from './plot.ts';
import { presetOf, warmupOf } from './presets.ts';

const params = [
  {
    type: 'number',
    id: 'rate',
    label: 'Peak rate',
    help: 'Of AdamW, with a linear decay; SGD with momentum takes ten times as much.',
    default: 0.008,
    min: 1e-4,
    max: 0.1,
  },
  {
    type: 'number',
    id: 'snapshots',
    label: 'Snapshots',
    help: 'Iterates kept of each path.',
    default: 60,
    min: 10,
    max: 200,
    integer: true,
  },
  {
    type: 'number',
    id: 'steps',
    label: 'Steps',
    help: 'T of each run.',
    unit: 'steps',
    default: 1_000,
    min: 50,
    max: 20_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

const METHODS = [
  { id: 'adamw', name: 'AdamW', solverId: 'adamw', factor: 1 },
  { id: 'momentum', name: 'SGD with momentum', solverId: 'momentum', factor: 10 },
] as const;

type Method = (typeof METHODS)[number];

/** Part of a long random walk's variance along component k ≥ 1 (Antognini, Sohl-Dickstein 2018). */
const walkShare = (k: number): number => 6 / (Math.PI * k) ** 2;

/** Components of a random walk: cosines of k half turns, whatever its steps are. */
const WALK: Pair[] = Array.from({ length: 121 }, (_, i) => {
  const angle = (Math.PI * i) / 120;
  return [cos(angle), cos(2 * angle)];
});

/** Each component with mean 0 and the variance of a cosine, starting at the upper right. */
function normalised({ points }: PathPlane): Pair[] {
  const columns = [0, 1].map((axis) => {
    const values = points.map((point) => point[axis]);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const square = values.reduce((a, b) => a + (b - mean) * (b - mean), 0) / values.length;
    const scale = (values[0] < mean ? -1 : 1) / Math.sqrt(2 * square);
    return values.map((value) => scale * (value - mean));
  });
  return points.map((_, i): Pair => [columns[0][i], columns[1][i]]);
}

interface Line {
  method: Method;
  plane: PathPlane | null;
}

export const pathPlane = defineStudy({
  id: 'path-plane',
  name: 'A path in its own plane',
  summary:
    'Principal components of the iterates of a network, the usual picture of a training path. It is drawn beside the curve that every random walk gives, because the two look alike; the loss on the plane is in each run’s own picture.',
  source:
    'Antognini and Sohl-Dickstein, 2018, “PCA of high dimensional random walks with comparison to neural network training”; Li et al., 2018, “Visualizing the loss landscape of neural nets”',
  group: 'Optimizers',
  seconds: 8,
  params,
  cells(instance, { rate, snapshots, steps }) {
    const preset = presetOf(instance, 'network', steps);
    return ok(
      METHODS.map((method) => ({
        key: method,
        run: trainingRun({
          id: method.id,
          label: method.name,
          task: preset.task,
          batch: preset.batch,
          steps,
          schedule: makeSchedule(method.factor * rate, makeBody('linear'), {
            steps: warmupOf(preset),
          }),
          solverId: method.solverId,
          params: { snapshots },
          seed: 1,
        }),
      })),
    );
  },
  read({ cells }) {
    const lines = cells.map(({ key, outcome }): Line => ({
      method: key,
      plane: outcome.state === 'done' ? planeOfTrace(outcome.trace) : null,
    }));
    return { lines };
  },
  charts({ lines }) {
    const known = lines.flatMap(({ method, plane }, index) =>
      plane ? [{ method, plane, index }] : [],
    );
    return [
      {
        id: 'paths',
        title: 'First two principal components',
        help: 'Each scaled to equal variance. Dashed: the Lissajous curve that any long random walk in many dimensions gives; a likeness to it says nothing of the loss.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'First component' },
            y: { name: 'Second component' },
            lines: [
              ...known.map(({ method, plane, index }) => ({
                name: method.name,
                data: normalised(plane),
                colour: colours.series(index),
                broken: true,
              })),
              {
                name: 'Random walk',
                data: WALK,
                colour: colours.ink3,
                dash: 'dashed' as const,
                broken: true,
              },
            ],
          }),
        description: known
          .map(
            ({ method, plane }) =>
              `${method.name}: ${formatPercent(plane.shares[0])} and ${formatPercent(plane.shares[1])} of the variance`,
          )
          .join('; '),
      },
      {
        id: 'shares',
        title: 'Variance by component',
        help: 'Part of the variance of the iterates along each principal component; dashed: 6/(πk)², a random walk’s.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'Component', min: 1, max: 6 },
            y: { name: 'Part of the variance', log: true, format: formatPercent },
            lines: [
              ...known.map(({ method, plane, index }) => ({
                name: method.name,
                data: plane.shares.map((share, k): Pair => [k + 1, share]),
                colour: colours.series(index),
                dots: true,
              })),
              {
                name: 'Random walk',
                data: [1, 2, 3, 4, 5, 6].map((k): Pair => [k, walkShare(k)]),
                colour: colours.ink3,
                dash: 'dashed' as const,
                dots: true,
              },
            ],
          }),
        description: `A random walk has ${formatPercent(walkShare(1))} along the first component and ${formatPercent(walkShare(2))} along the second.`,
      },
    ];
  },
  findings({ lines }) {
    return lines.flatMap(({ method, plane }) => {
      if (!plane) return [];
      const [first, second] = plane.shares;
      const ends = `loss ${shortNumber(plane.losses[0])} at the start, ${shortNumber(plane.losses.at(-1)!)} at the end`;
      return [
        {
          tone: 'measured' as const,
          text: `${method.name}: the plane holds ${formatPercent(first + second)} of the path’s variance (${formatPercent(first)} and ${formatPercent(second)}); a random walk’s would hold ${formatPercent(walkShare(1) + walkShare(2))}. ${ends[0].toUpperCase()}${ends.slice(1)}.`,
        },
      ];
    });
  },
  table: ({ lines }) =>
    tableOf(
      'Variance by component',
      [
        { id: 'method', label: 'Path' },
        numeric('component', 'Component'),
        numeric('share', 'Part of the variance'),
      ],
      [
        ...lines.flatMap(({ method, plane }) =>
          (plane?.shares ?? []).map((share, k) => [method.name, k + 1, share]),
        ),
        ...[1, 2, 3, 4, 5, 6].map((k) => ['Random walk', k, walkShare(k)]),
      ],
    ),
});
