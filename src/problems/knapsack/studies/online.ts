/** Online policies: competitive ratios measured, their promises, fairness and predictions. */
import { formatNumber } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import type { Finding } from '../../studies.ts';
import { fairRatio, leastAlpha, zclRatio } from '../online.ts';
import {
  brief,
  finished,
  generated,
  lineChart,
  median,
  ratioOf,
  rowsTable,
  run,
  steps,
  whole,
  type Lab,
  type LabStudy,
  type Outcome,
  type Run,
} from './lab.ts';

/** Where rising densities stop, in % of the way from L to U. */
const STOPS = [0, 15, 30, 45, 60, 75, 90, 100];

const params = [
  whole('n', 'Items', 'Arrivals; each weighs about one percent of the capacity.', 1000, 50, 20_000),
  whole('spread', 'U / L', 'Largest over least profit per weight.', 100, 2, 10_000),
  whole('seeds', 'Orders', 'Random instances.', 5, 1, 50),
] as const satisfies readonly ParamSpec[];

const spreadOf = (values: ParamValues): number => Number(values.spread);

/** Arrivals at random by seed, and the rising adversary of every stop. */
function arrivals(values: ParamValues) {
  const { n, spread } = values;
  const random = Array.from({ length: Number(values.seeds) }, (_, k) => ({
    name: `random/${k + 1}`,
    label: `random ${k + 1}`,
    instance: generated('online', { n, ratio: spread, order: 'random' }, k + 1),
  }));
  const rising = STOPS.map((stop) => ({
    name: `rising/${stop}`,
    label: `rising to ${stop} %`,
    instance: generated('online', { n, ratio: spread, order: 'rising', stop }, 1),
  }));
  return { random, rising };
}

function policyRuns(
  values: ParamValues,
  policies: readonly { id: string; name: string; params: ParamValues }[],
  on: 'random' | 'rising' | 'both',
): Run[] {
  const { random, rising } = arrivals(values);
  const inputs = [...(on === 'rising' ? [] : random), ...(on === 'random' ? [] : rising)];
  return policies.flatMap((policy) =>
    inputs.map(({ name, label, instance }) =>
      run(
        `${policy.id}/${name}`,
        `${policy.name}, ${label}`,
        instance,
        'online',
        steps(instance.items.length + 1),
        { low: 1, high: spreadOf(values), ...policy.params },
      ),
    ),
  );
}

const worst = (state: Lab, id: string): number =>
  Math.max(-Infinity, ...finished(state, `${id}/rising/`).map(ratioOf));
const typical = (state: Lab, id: string): number =>
  median(finished(state, `${id}/random/`).map(ratioOf));

const POLICIES = [
  { id: 'zcl', name: 'ZCL', params: { policy: 'zcl' } },
  { id: 'fair', name: 'Time-fair, α = 0.5', params: { policy: 'fair', alpha: 0.5 } },
  {
    id: 'learned',
    name: 'Perfect prediction, trust 0.5',
    params: { policy: 'learned', trust: 0.5, error: 0 },
  },
  { id: 'secretary', name: 'Secretary', params: { policy: 'secretary' } },
  { id: 'greedy', name: 'Whatever fits', params: { policy: 'greedy' } },
] as const;

/** Each policy against an adversary who stops anywhere, and on random arrivals. */
export const policies: LabStudy = {
  id: 'online-policies',
  name: 'Online policies and their adversary',
  summary:
    'Densities rise and stop anywhere: the offline optimum over what each policy has packed, against the promise of 1 + ln(U/L).',
  source: 'Zhou, Chakrabarty & Lukose 2008; Babaioff et al. 2007',
  group: 'Online',
  params,
  seconds: 6,
  plan: (_instance, values) => ok(policyRuns(values, POLICIES, 'both')),
  charts: (state) => [
    {
      id: 'adversary',
      title: 'Competitive ratio against the adversary',
      help: 'The further densities rise before they stop, the dearer early items were; dashed is the promise of ZCL.',
      option: (colours) =>
        lineChart(
          colours,
          { name: 'Densities stop at, % of the way from L to U (logarithmic)' },
          { name: 'Offline optimum / packed', log: true },
          [
            ...POLICIES.map(({ id, name }, index) => ({
              name,
              colour: colours.series(index),
              data: STOPS.map(
                (stop) =>
                  [stop, median(finished(state, `${id}/rising/${stop}`).map(ratioOf))] as const,
              ),
            })),
            {
              name: '1 + ln(U/L)',
              theory: true,
              colour: colours.bound,
              data: [
                [0, zclRatio(1, spreadOf(state.values))],
                [100, zclRatio(1, spreadOf(state.values))],
              ],
            },
          ],
        ),
      description: policySentences(state).join(' ') || 'No run has ended yet.',
    },
  ],
  findings(state) {
    const promise = zclRatio(1, spreadOf(state.values));
    const list: Finding[] = [
      {
        text: `No deterministic policy can promise less than 1 + ln(U/L) = ${promise.toFixed(3)}.`,
        tone: 'theory',
      },
      ...policySentences(state).map((text): Finding => ({ text, tone: 'measured' })),
    ];
    const zcl = worst(state, 'zcl');
    // Items of one percent of the capacity may overshoot the promise for infinitely small ones.
    if (zcl > promise * 1.06)
      list.push({
        text: `ZCL exceeds its promise by ${formatNumber((zcl / promise - 1) * 100, 1)} %: these items are not small.`,
        tone: 'against',
      });
    return list;
  },
  table: (state) =>
    rowsTable(
      'Competitive ratios',
      [
        { id: 'policy', label: 'Policy' },
        { id: 'worst', label: 'Worst, rising', numeric: true },
        { id: 'typical', label: 'Median, random', numeric: true },
      ],
      POLICIES.map(({ id, name }) => [
        name,
        brief(worst(state, id), 3),
        brief(typical(state, id), 3),
      ]),
    ),
};

const policySentences = (state: Lab): string[] =>
  POLICIES.flatMap(({ id, name }) => {
    const [bad, usual] = [worst(state, id), typical(state, id)];
    return bad > 0 && usual > 0
      ? [
          `${name}: ${bad.toFixed(2)} at worst against the adversary, ${usual.toFixed(2)} at random.`,
        ]
      : [];
  });

const ALPHAS = [0.2, 0.33, 0.5, 0.66, 0.8, 0.9];

const fairPolicies = ALPHAS.map((alpha) => ({
  id: `alpha-${alpha}`,
  name: `α = ${alpha}`,
  params: { policy: 'fair', alpha },
}));

/**
 * How much the moment of arrival decides: of the items above the median density, the share taken in
 * the first half of the arrivals minus that in the second.
 */
function timeBias(outcome: Outcome, instance: Run['instance']): number {
  const counts = outcome.solution?.counts;
  if (!counts) return NaN;
  const density = instance.items.map((item) => item.profit / item.weights[0]);
  const middle = median(density);
  const half = instance.items.length >> 1;
  const taken = [0, 0];
  const seen = [0, 0];
  for (const [i, value] of density.entries()) {
    if (value < middle) continue;
    const part = i < half ? 0 : 1;
    seen[part]++;
    if (counts[i] > 0) taken[part]++;
  }
  return seen[0] > 0 && seen[1] > 0 ? taken[0] / seen[0] - taken[1] / seen[1] : NaN;
}

const biasOf = (state: Lab, id: string): number =>
  median(
    state.runs.flatMap((planned) => {
      const outcome = state.outcomes.get(planned.id);
      return planned.id.startsWith(`${id}/random/`) && outcome?.state === 'done'
        ? [timeBias(outcome, planned.instance)]
        : [];
    }),
  );

/** What a constant price for the first share of the capacity costs. */
export const fairness: LabStudy = {
  id: 'online-fairness',
  name: 'Fairness against competitiveness',
  summary:
    'One price for a longer share α of the capacity treats arrivals alike for longer; its promise W(U(1 − α)/(Lα))/(1 − α) and the ratio measured grow with it.',
  source: 'Lechowicz et al. 2023, Time fairness in online knapsack problems',
  group: 'Online',
  params,
  seconds: 6,
  plan: (_instance, values) => ok(policyRuns(values, fairPolicies, 'both')),
  charts: (state) => [
    {
      id: 'trade-off',
      title: 'Ratio over the share sold at one price',
      help: 'Dashed is the promise; below it lies the worst ratio measured against the rising adversary.',
      option: (colours) => {
        const spread = spreadOf(state.values);
        const start = leastAlpha(1, spread);
        const theory = Array.from({ length: 41 }, (_, k) => start + ((0.95 - start) * k) / 40);
        return lineChart(colours, { name: 'α' }, { name: 'Competitive ratio', log: true }, [
          {
            name: 'Promise',
            theory: true,
            colour: colours.bound,
            data: theory.map((alpha) => [alpha, fairRatio(1, spread, alpha)] as const),
          },
          {
            name: 'Worst, rising',
            colour: colours.warn,
            data: ALPHAS.map((alpha) => [alpha, worst(state, `alpha-${alpha}`)] as const),
          },
          {
            name: 'Median, random',
            colour: colours.accent,
            data: ALPHAS.map((alpha) => [alpha, typical(state, `alpha-${alpha}`)] as const),
          },
        ]);
      },
      description: fairFindings(state)
        .map(({ text }) => text)
        .join(' '),
    },
    {
      id: 'bias',
      title: 'Favour of early arrivals',
      help: 'Of the denser half of the items, the share taken in the first half of the arrivals minus that in the second.',
      option: (colours) =>
        lineChart(colours, { name: 'α' }, { name: 'Early minus late' }, [
          {
            name: 'Median, random',
            colour: colours.accent,
            data: ALPHAS.map((alpha) => [alpha, biasOf(state, `alpha-${alpha}`)] as const),
          },
        ]),
      description: `Early minus late by α: ${ALPHAS.map((alpha) => `${alpha}: ${brief(biasOf(state, `alpha-${alpha}`))}`).join(', ')}.`,
    },
  ],
  findings: fairFindings,
  table: (state) =>
    rowsTable(
      'Ratio and favour of early arrivals by α',
      [
        { id: 'alpha', label: 'α', numeric: true },
        { id: 'promise', label: 'Promise', numeric: true },
        { id: 'worst', label: 'Worst, rising', numeric: true },
        { id: 'typical', label: 'Median, random', numeric: true },
        { id: 'bias', label: 'Early minus late', numeric: true },
      ],
      ALPHAS.map((alpha) => [
        alpha,
        brief(promiseAt(state, alpha), 3),
        brief(worst(state, `alpha-${alpha}`), 3),
        brief(typical(state, `alpha-${alpha}`), 3),
        brief(biasOf(state, `alpha-${alpha}`), 3),
      ]),
    ),
};

/** α below its least is raised to it, as the policy does. */
const promiseAt = (state: Lab, alpha: number): number => {
  const spread = spreadOf(state.values);
  return fairRatio(1, spread, Math.max(leastAlpha(1, spread), alpha));
};

function fairFindings(state: Lab): Finding[] {
  const spread = spreadOf(state.values);
  const list: Finding[] = [
    {
      text: `The promise is ${fairRatio(1, spread, leastAlpha(1, spread)).toFixed(3)} at α = ${leastAlpha(1, spread).toFixed(3)}, where the policy is ZCL, and ${promiseAt(state, 0.9).toFixed(3)} at α = 0.9.`,
      tone: 'theory',
    },
  ];
  const measured = ALPHAS.filter((alpha) => worst(state, `alpha-${alpha}`) > 0);
  if (measured.length < 2) return list;
  const [first, last] = [measured[0], measured[measured.length - 1]];
  list.push({
    text: `Against the adversary the worst ratio goes from ${worst(state, `alpha-${first}`).toFixed(2)} at α = ${first} to ${worst(state, `alpha-${last}`).toFixed(2)} at α = ${last}.`,
    tone: 'measured',
  });
  const broken = measured.filter(
    (alpha) => worst(state, `alpha-${alpha}`) > promiseAt(state, alpha) * 1.06,
  );
  if (broken.length > 0)
    list.push({
      text: `The promise for small items is exceeded at α = ${broken.join(', ')}.`,
      tone: 'against',
    });
  return list;
}

const ERRORS = [0, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2];
const TRUSTS = [0.25, 0.5, 0.9];

const predictionPolicies = [
  { id: 'none', name: 'ZCL', params: { policy: 'zcl' } },
  ...TRUSTS.flatMap((trust) =>
    ERRORS.map((error) => ({
      id: `trust-${trust}/error-${error}`,
      name: `Trust ${trust}, error ${error}`,
      params: { policy: 'learned', trust, error },
    })),
  ),
];

/** What a predicted critical density is worth, the worse it gets. */
export const prediction: LabStudy = {
  id: 'online-prediction',
  name: 'Predictions and their quality',
  summary:
    'A predicted critical density inside the ZCL threshold: the ratio on random arrivals as the prediction gets worse, for little and much trust.',
  source: 'Lechowicz et al. 2023, Time fairness in online knapsack problems',
  group: 'Online',
  params,
  seconds: 8,
  plan: (_instance, values) => ok(policyRuns(values, predictionPolicies, 'random')),
  charts: (state) => [
    {
      id: 'quality',
      title: 'Ratio over the prediction error',
      help: 'Median over random arrivals; the error is the largest relative one of the predicted density.',
      option: (colours) =>
        lineChart(colours, { name: 'Prediction error' }, { name: 'Competitive ratio' }, [
          ...TRUSTS.map((trust, index) => ({
            name: `Trust ${trust}`,
            colour: colours.series(index),
            data: ERRORS.map(
              (error) => [error, typical(state, `trust-${trust}/error-${error}`)] as const,
            ),
          })),
          {
            name: 'ZCL, no prediction',
            theory: true,
            colour: colours.bound,
            data: [
              [0, typical(state, 'none')],
              [ERRORS[ERRORS.length - 1], typical(state, 'none')],
            ],
          },
        ]),
      description: predictionSentences(state).join(' ') || 'No run has ended yet.',
    },
  ],
  findings: (state) =>
    predictionSentences(state).map((text): Finding => ({ text, tone: 'measured' })),
  table: (state) =>
    rowsTable(
      'Competitive ratio by prediction error',
      [
        { id: 'error', label: 'Error', numeric: true },
        ...TRUSTS.map((trust) => ({
          id: `trust-${trust}`,
          label: `Trust ${trust}`,
          numeric: true,
        })),
        { id: 'none', label: 'ZCL', numeric: true },
      ],
      ERRORS.map((error) => [
        error,
        ...TRUSTS.map((trust) => brief(typical(state, `trust-${trust}/error-${error}`), 3)),
        brief(typical(state, 'none'), 3),
      ]),
    ),
};

const predictionSentences = (state: Lab): string[] =>
  TRUSTS.flatMap((trust) => {
    const base = typical(state, 'none');
    const at = (error: number): number => typical(state, `trust-${trust}/error-${error}`);
    if (!(base > 0) || !ERRORS.every((error) => at(error) > 0)) return [];
    const lost = ERRORS.find((error) => at(error) > base);
    return [
      `Trust ${trust}: ${at(0).toFixed(2)} with a perfect prediction, ${at(ERRORS[ERRORS.length - 1]).toFixed(2)} with the worst; ${lost === undefined ? 'never behind' : `behind from an error of ${lost} on`} ZCL's ${base.toFixed(2)}.`,
    ];
  });
