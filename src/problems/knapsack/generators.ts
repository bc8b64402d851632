/** Seeded generators of knapsack instances, after the literature. */
import type { ParamSpec, ParamsOf, ParamValues } from '../../core/params.ts';
import type { Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { makeItem, type Instance } from './instance.ts';
import { variantGenerators } from './variant-generators.ts';

/** Pisinger's classes of 0/1 instances. */
export const CLASSES = [
  { value: 'uncorrelated', label: 'Uncorrelated' },
  { value: 'weakly', label: 'Weakly correlated' },
  { value: 'strongly', label: 'Strongly correlated' },
  { value: 'inverse-strongly', label: 'Inverse strongly correlated' },
  { value: 'almost-strongly', label: 'Almost strongly correlated' },
  { value: 'subset-sum', label: 'Subset sum' },
  { value: 'similar-weights', label: 'Uncorrelated, similar weights' },
  { value: 'multiple-strongly', label: 'Multiple strongly correlated' },
  { value: 'profit-ceiling', label: 'Profit ceiling' },
  { value: 'circle', label: 'Circle' },
  { value: 'spanner-uncorrelated', label: 'Spanner, uncorrelated' },
  { value: 'spanner-weakly', label: 'Spanner, weakly correlated' },
  { value: 'spanner-strongly', label: 'Spanner, strongly correlated' },
] as const;

type ClassId = (typeof CLASSES)[number]['value'];

const isSpanner = (values: ParamValues): boolean => String(values.class).startsWith('spanner');

const pisingerParams = [
  {
    id: 'class',
    type: 'choice',
    label: 'Class',
    help: 'How profits depend on weights; correlated classes are hard for bounds.',
    default: 'uncorrelated',
    options: CLASSES,
  },
  {
    id: 'n',
    type: 'number',
    label: 'Items',
    help: 'Number of items.',
    default: 100,
    min: 1,
    max: 1_000_000,
    integer: true,
    step: 1,
  },
  {
    id: 'range',
    type: 'number',
    label: 'Range R',
    help: 'Largest weight; profits follow from the class.',
    default: 1000,
    min: 10,
    max: 10_000_000,
    integer: true,
    step: 1,
  },
  {
    id: 'fill',
    type: 'number',
    label: 'Capacity',
    help: 'Share of the total weight that fits.',
    unit: '%',
    default: 50,
    min: 1,
    max: 100,
    integer: true,
    step: 1,
  },
  {
    id: 'copies',
    type: 'number',
    label: 'Copies',
    help: 'Each item may be taken up to 1 … this many times.',
    default: 1,
    min: 1,
    max: 1000,
    integer: true,
    step: 1,
  },
  {
    id: 'span',
    type: 'number',
    label: 'Span',
    help: 'Items in the span set; the others are multiples of them.',
    default: 2,
    min: 1,
    max: 100,
    integer: true,
    step: 1,
    shownWhen: isSpanner,
  },
  {
    id: 'multiple',
    type: 'number',
    label: 'Multiples up to',
    help: 'Largest multiple of a span item.',
    default: 10,
    min: 1,
    max: 100,
    integer: true,
    step: 1,
    shownWhen: isSpanner,
  },
] as const satisfies readonly ParamSpec[];

/** Profit and weight of one item of a class other than spanner; R is the range of weights. */
function drawItem(kind: ClassId, range: number, rng: Rng): [profit: number, weight: number] {
  const uniform = (low: number, high: number): number => low + rng.int(high - low + 1);
  const tenth = Math.floor(range / 10);
  const w = uniform(1, range);
  switch (kind) {
    case 'weakly':
      return [uniform(Math.max(1, w - tenth), w + tenth), w];
    case 'strongly':
      return [w + tenth, w];
    case 'inverse-strongly':
      return [w, w + tenth];
    case 'almost-strongly': {
      const slack = Math.floor(range / 500);
      return [uniform(w + tenth - slack, w + tenth + slack), w];
    }
    case 'subset-sum':
      return [w, w];
    case 'similar-weights':
      return [uniform(1, range), uniform(100 * range, 100 * range + tenth)];
    case 'multiple-strongly':
      return [w + (w % 6 === 0 ? 3 * tenth : 2 * tenth), w];
    case 'profit-ceiling':
      return [3 * Math.ceil(w / 3), w];
    case 'circle': {
      const off = w - 2 * range;
      return [Math.floor((2 / 3) * Math.sqrt(4 * range * range - off * off)), w];
    }
    default:
      return [uniform(1, range), w];
  }
}

const SPAN_OF: Partial<Record<ClassId, ClassId>> = {
  'spanner-uncorrelated': 'uncorrelated',
  'spanner-weakly': 'weakly',
  'spanner-strongly': 'strongly',
};

function generatePisinger(values: ParamValues, rng: Rng): Instance {
  const params = values as ParamsOf<typeof pisingerParams>;
  const { n, range, fill, copies } = params;
  const kind = params.class;
  const base = SPAN_OF[kind];
  const span = base
    ? Array.from({ length: params.span }, () => {
        const [p, w] = drawItem(base, range, rng);
        return [
          Math.ceil((2 * p) / params.multiple),
          Math.ceil((2 * w) / params.multiple),
        ] as const;
      })
    : null;
  let total = 0;
  let heaviest = 0;
  const items = Array.from({ length: n }, () => {
    let [p, w] = span ? span[rng.int(span.length)] : drawItem(kind, range, rng);
    if (span) {
      const times = 1 + rng.int(params.multiple);
      p *= times;
      w *= times;
    }
    const count = copies > 1 ? 1 + rng.int(copies) : 1;
    total += w * count;
    heaviest = Math.max(heaviest, w);
    return makeItem(p, [w], count);
  });
  const capacity = Math.max(heaviest, Math.floor((total * fill) / 100));
  const label = CLASSES.find((entry) => entry.value === kind)?.label ?? kind;
  return { name: `${label} ${n}`, capacities: [capacity], items };
}

const chuBeasleyParams = [
  {
    id: 'n',
    type: 'number',
    label: 'Items',
    help: 'Number of items.',
    default: 100,
    min: 1,
    max: 10_000,
    integer: true,
    step: 1,
  },
  {
    id: 'm',
    type: 'number',
    label: 'Dimensions',
    help: 'Number of capacities.',
    default: 5,
    min: 1,
    max: 100,
    integer: true,
    step: 1,
  },
  {
    id: 'tightness',
    type: 'number',
    label: 'Tightness',
    help: 'Each capacity as a share of its total weight.',
    default: 0.5,
    min: 0.01,
    max: 1,
    step: 0.05,
  },
] as const satisfies readonly ParamSpec[];

function generateChuBeasley(values: ParamValues, rng: Rng): Instance {
  const { n, m, tightness } = values as ParamsOf<typeof chuBeasleyParams>;
  const totals = new Float64Array(m);
  const items = Array.from({ length: n }, () => {
    const weights = Array.from({ length: m }, () => rng.int(1001));
    let sum = 0;
    for (let d = 0; d < m; d++) {
      totals[d] += weights[d];
      sum += weights[d];
    }
    return makeItem(Math.floor(sum / m + 500 * rng.float()), weights);
  });
  return {
    name: `Chu–Beasley ${n}×${m}`,
    capacities: Array.from(totals, (total) => Math.floor(total * tightness)),
    items,
  };
}

export const generators: readonly InstanceGenerator<Instance>[] = [
  {
    id: 'pisinger',
    name: 'Pisinger classes',
    summary: 'One capacity; thirteen classes from easy to adversarial.',
    source: 'Pisinger 2005',
    params: pisingerParams,
    generate: generatePisinger,
  },
  {
    id: 'chu-beasley',
    name: 'Chu–Beasley',
    summary: 'Several capacities, profits correlated with the mean weight.',
    source: 'Chu & Beasley 1998',
    params: chuBeasleyParams,
    generate: generateChuBeasley,
  },
  ...variantGenerators,
];
