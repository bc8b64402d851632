/** The central flow beside gradient descent: charts and findings of the edge of stability. */
import type { Finding, StudyChart } from '../../studies.ts';
import { shortNumber } from '../views/common.ts';
import { series, type Outcome, type Pair } from './lab.ts';
import { median } from './numbers.ts';
import { linePlot } from './plot.ts';

/** Steps that the oscillating loss is averaged over, to be held against the flow's prediction. */
const WINDOW = 41;

export interface FlowReading {
  eta: number;
  edge: number;
  descent: { loss: Pair[]; mean: Pair[]; sharpness: Pair[] };
  gradientFlow: { loss: Pair[]; sharpness: Pair[]; distance: Pair[] };
  /** With one critical direction and with two. */
  central: {
    directions: number;
    sharpness: Pair[];
    predicted: Pair[];
    distance: Pair[];
    /** Median of predicted over mean loss in the second half. */
    ratio: number;
    /** Medians in the second half. */
    late: { sharpness: number; distance: number };
  }[];
  /** Median in the second half. */
  lateFlow: { sharpness: number; distance: number };
  done: boolean;
}

/** Mean of `WINDOW` neighbouring values, at the middle one. O(n). */
export function movingMean(pairs: readonly Pair[], window = WINDOW): Pair[] {
  const half = window >> 1;
  const means: Pair[] = [];
  let sum = 0;
  for (let i = 0; i < pairs.length; i++) {
    sum += pairs[i][1];
    if (i >= window) sum -= pairs[i - window][1];
    if (i >= window - 1) means.push([pairs[i - half][0], sum / window]);
  }
  return means;
}

const lateMedian = (pairs: readonly Pair[], from: number): number =>
  median(pairs.filter(([step]) => step >= from).map(([, value]) => value));

/** @param runs of the central flow by their number of critical directions, one rate. */
export function readFlows(
  eta: number,
  steps: number,
  runs: readonly { directions: number; outcome: Outcome }[],
): FlowReading | null {
  if (runs.length === 0) return null;
  const [{ outcome: first }] = runs;
  const from = steps / 2;
  const loss = series(first, 'descentLoss');
  const mean = movingMean(loss);
  const meanAt = new Map(mean);
  return {
    eta,
    edge: 2 / eta,
    descent: { loss, mean, sharpness: series(first, 'descentSharpness') },
    gradientFlow: {
      loss: series(first, 'flowLoss'),
      sharpness: series(first, 'flowSharpness'),
      distance: series(first, 'flowDistance'),
    },
    central: runs.map(({ directions, outcome }) => {
      const predicted = series(outcome, 'predictedLoss');
      const sharpness = series(outcome, 'sharpness');
      const distance = series(outcome, 'centralDistance');
      const ratios = predicted.flatMap(([step, value]): Pair[] => {
        const known = meanAt.get(step);
        return known === undefined ? [] : [[step, value / known]];
      });
      return {
        directions,
        sharpness,
        predicted,
        distance,
        ratio: lateMedian(ratios, from),
        late: { sharpness: lateMedian(sharpness, from), distance: lateMedian(distance, from) },
      };
    }),
    lateFlow: {
      sharpness: lateMedian(series(first, 'flowSharpness'), from),
      distance: lateMedian(series(first, 'flowDistance'), from),
    },
    done: runs.every(({ outcome }) => outcome.state === 'done'),
  };
}

const named = (directions: number) =>
  `Central flow, ${directions === 1 ? 'one direction' : 'two directions'}`;

export function flowCharts(flows: FlowReading, steps: number): StudyChart[] {
  const { eta, edge, descent, gradientFlow, central } = flows;
  const rate = shortNumber(eta);
  const x = { name: 'Step', min: 0, max: steps };
  return [
    {
      id: 'flow-sharpness',
      title: `Sharpness of descent and of its central flow, η = ${rate}`,
      help: 'Descent oscillates around 2/η, its central flow runs along it, the gradient flow crosses it.',
      option: (colours) =>
        linePlot({
          colours,
          x,
          y: { name: 'Sharpness', min: 0 },
          lines: [
            {
              name: 'Gradient descent',
              data: descent.sharpness,
              colour: colours.series(1),
              width: 1.2,
            },
            ...central.map(({ directions, sharpness }, index) => ({
              name: named(directions),
              data: sharpness,
              colour: index === 0 ? colours.series(3) : colours.accent,
              dash: 'dashed' as const,
            })),
            {
              name: 'Gradient flow',
              data: gradientFlow.sharpness,
              colour: colours.ink3,
              dash: 'dotted',
            },
          ],
          marks: [{ y: edge, text: `2/η = ${shortNumber(edge)}`, colour: colours.bound }],
        }),
      description: `Late in training: ${central
        .map(
          ({ directions, late }) =>
            `${named(directions).toLowerCase()} ${shortNumber(late.sharpness)}`,
        )
        .join(', ')}, gradient flow ${shortNumber(flows.lateFlow.sharpness)}.`,
    },
    {
      id: 'flow-loss',
      title: `Loss of descent and its mean as predicted, η = ${rate}`,
      help: `Solid: mean over ${WINDOW} steps of descent; dashed: loss of the central flow plus what its oscillation adds.`,
      option: (colours) =>
        linePlot({
          colours,
          x,
          y: { name: 'Training loss', log: true },
          lines: [
            {
              name: 'Gradient descent',
              data: descent.loss,
              colour: colours.series(1),
              width: 0.8,
              opacity: 0.35,
            },
            { name: 'Its mean', data: descent.mean, colour: colours.series(1), width: 2 },
            ...central.map(({ directions, predicted }, index) => ({
              name: named(directions),
              data: predicted,
              colour: index === 0 ? colours.series(3) : colours.accent,
              dash: 'dashed' as const,
            })),
            {
              name: 'Gradient flow',
              data: gradientFlow.loss,
              colour: colours.ink3,
              dash: 'dotted',
            },
          ],
        }),
      description: central
        .map(
          ({ directions, ratio }) =>
            `${named(directions)}: ${shortNumber(ratio)} times the mean loss of descent, in the median`,
        )
        .join('; '),
    },
    {
      id: 'flow-distance',
      title: `Distance from descent, η = ${rate}`,
      help: 'Of the central flow and of the gradient flow, in parameter space.',
      option: (colours) =>
        linePlot({
          colours,
          x,
          y: { name: 'Distance', log: true },
          lines: [
            ...central.map(({ directions, distance }, index) => ({
              name: named(directions),
              data: distance,
              colour: index === 0 ? colours.series(3) : colours.accent,
            })),
            {
              name: 'Gradient flow',
              data: gradientFlow.distance,
              colour: colours.ink3,
              dash: 'dotted',
            },
          ],
        }),
      description: `Late in training ${central
        .map(({ late }) => shortNumber(late.distance))
        .join(' and ')} to the central flow, ${shortNumber(
        flows.lateFlow.distance,
      )} to the gradient flow.`,
    },
  ];
}

export function flowFindings(flows: FlowReading): Finding[] {
  if (!flows.done) return [];
  const { eta, edge, central, lateFlow } = flows;
  const [one, two] = central;
  const gain =
    one && two
      ? Math.max(
          ...one.predicted.map(([, value], i) =>
            Math.abs((two.predicted[i]?.[1] ?? value) / value - 1),
          ),
        )
      : NaN;
  const findings = central.map(({ directions, late, ratio }): Finding => {
    const near = late.distance < lateFlow.distance;
    const told = Number.isFinite(ratio)
      ? ` It predicts ${shortNumber(ratio)} times the loss that descent has in the mean.`
      : '';
    return {
      tone: near ? 'measured' : 'against',
      text: `η = ${shortNumber(eta)}: the central flow with ${directions === 1 ? 'one critical direction' : 'two critical directions'} has sharpness ${shortNumber(late.sharpness)} in the second half (2/η is ${shortNumber(edge)}) and stays ${shortNumber(late.distance)} from descent, the gradient flow ${shortNumber(lateFlow.distance)}.${told}`,
    };
  });
  if (Number.isFinite(gain))
    findings.push({
      tone: 'measured',
      text:
        gain < 0.01
          ? `The second eigenvalue hardly ever reaches 2/η here: a second direction changes the predicted loss by ${shortNumber(100 * gain)} % at most.`
          : `A second critical direction changes the predicted loss by up to ${shortNumber(100 * gain)} %.`,
    });
  return findings;
}
