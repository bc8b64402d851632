/** Seeded generators of the further kinds of knapsack problem. */
import { exp, log } from '../../core/math.ts';
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import { shuffle, type Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import {
  correlation,
  fill,
  labelOf,
  profitFor,
  size,
  type Correlation,
} from './generator-params.ts';
import { makeItem, MAX_REPAIRED, MAX_STRUCK, type Instance, type Item } from './instance.ts';

const unboundedParams = [
  correlation,
  size('n', 'Items', 'Number of items.', 50, 1, 100_000),
  size('range', 'Range', 'Largest weight.', 1000, 10, 1_000_000),
  size('capacity', 'Capacity', 'Weight that fits.', 10_000, 1, 1_000_000_000),
];

function generateUnbounded(values: ParamValues, rng: Rng): Instance {
  const { n, range, capacity } = values as Record<string, number>;
  const kind = values.class as Correlation;
  // Light items alone would make it trivial: weights come from the upper nine tenths.
  const low = Math.max(1, Math.floor(range / 10));
  const items = Array.from({ length: n }, () => {
    const weight = low + rng.int(range - low + 1);
    return makeItem(profitFor(kind, weight, range, rng), [weight]);
  });
  return {
    name: `Unbounded ${n}, ${labelOf(kind)}`,
    kind: 'unbounded',
    capacities: [capacity],
    items,
  };
}

const coinParams = [
  size('n', 'Coins', 'Number of coins, one of value 1 among them.', 8, 1, 200),
  size('range', 'Largest coin', 'Values are drawn up to here.', 100, 2, 100_000),
  size('amount', 'Amount', 'What is to be paid.', 987, 1, 1_000_000),
];

function generateCoins(values: ParamValues, rng: Rng): Instance {
  const { n, range, amount } = values as Record<string, number>;
  const known = new Set([1]);
  const most = Math.min(n, range);
  while (known.size < most) known.add(2 + rng.int(range - 1));
  const items = [...known].toSorted((a, b) => a - b).map((value) => makeItem(0, [value]));
  return { name: `Change for ${amount}`, kind: 'change-making', capacities: [amount], items };
}

const choiceParams = [
  correlation,
  size('classes', 'Classes', 'One item of each is taken.', 20, 1, 10_000),
  size('n', 'Items in a class', 'Items to choose from.', 10, 1, 1000),
  size('range', 'Range', 'Largest weight.', 1000, 10, 1_000_000),
  fill,
];

function generateChoice(values: ParamValues, rng: Rng): Instance {
  const { classes, n, range } = values as Record<string, number>;
  const kind = values.class as Correlation;
  const items: Item[] = [];
  let least = 0;
  let most = 0;
  const perClass = Math.max(1, Math.min(n, Math.floor(200_000 / classes)));
  for (let group = 1; group <= classes; group++) {
    let low = Infinity;
    let high = 0;
    for (let k = 0; k < perClass; k++) {
      const weight = 1 + rng.int(range);
      low = Math.min(low, weight);
      high = Math.max(high, weight);
      items.push({ ...makeItem(profitFor(kind, weight, range, rng), [weight]), group });
    }
    least += low;
    most += high;
  }
  const capacity = least + Math.floor(((most - least) * Number(values.fill)) / 100);
  return {
    name: `Multiple choice ${classes} × ${perClass}`,
    kind: 'multiple-choice',
    capacities: [capacity],
    items,
  };
}

const multipleParams = [
  correlation,
  size('n', 'Items', 'Number of items.', 60, 1, 10_000),
  size('sacks', 'Sacks', 'Number of sacks.', 5, 1, 100),
  size('range', 'Range', 'Largest weight.', 1000, 10, 1_000_000),
  fill,
  {
    id: 'similar',
    type: 'boolean',
    label: 'Similar sacks',
    help: 'Capacities near each other instead of very different ones.',
    default: true,
  },
] as const satisfies readonly ParamSpec[];

/** Similar and dissimilar capacities after Martello & Toth 1990: the last sack takes the rest. */
function generateMultiple(values: ParamValues, rng: Rng): Instance {
  const { n, sacks, range } = values as Record<string, number>;
  const kind = values.class as Correlation;
  let total = 0;
  const items = Array.from({ length: n }, () => {
    const weight = 1 + rng.int(range);
    total += weight;
    return makeItem(profitFor(kind, weight, range, rng), [weight]);
  });
  const all = Math.max(sacks, Math.floor((total * Number(values.fill)) / 100));
  const capacities: number[] = [];
  let left = all;
  for (let s = 0; s < sacks - 1; s++) {
    const share = values.similar
      ? Math.floor((all / sacks) * (0.8 + 0.4 * rng.float()))
      : Math.floor(left * rng.float());
    capacities.push(Math.max(1, Math.min(left - (sacks - s - 1), share)));
    left -= capacities[s];
  }
  capacities.push(Math.max(1, left));
  return {
    name: `Multiple ${n} × ${sacks}, ${labelOf(kind)}`,
    kind: 'multiple',
    capacities,
    items,
  };
}

const quadraticParams = [
  size('n', 'Items', 'Number of items.', 40, 1, 1000),
  {
    id: 'density',
    type: 'number',
    label: 'Density',
    help: 'Share of profits, own and of pairs, that are not zero.',
    unit: '%',
    default: 50,
    min: 0,
    max: 100,
    integer: true,
    step: 1,
  },
] as const satisfies readonly ParamSpec[];

/** Profits 1 … 100, weights 1 … 50, capacity from 50 to all the weight. */
function generateQuadratic(values: ParamValues, rng: Rng): Instance {
  const { n, density } = values as Record<string, number>;
  const drawn = (): number => (rng.int(100) < density ? 1 + rng.int(100) : 0);
  let total = 0;
  const items = Array.from({ length: n }, () => {
    const weight = 1 + rng.int(50);
    total += weight;
    return makeItem(drawn(), [weight]);
  });
  const pairs: [number, number, number][] = [];
  for (let a = 1; a <= n; a++)
    for (let b = a + 1; b <= n && pairs.length < 200_000; b++) {
      const profit = drawn();
      if (profit > 0) pairs.push([a, b, profit]);
    }
  const capacity = Math.min(total, 50 + rng.int(Math.max(1, total - 49)));
  return {
    name: `Quadratic ${n}, ${density} %`,
    kind: 'quadratic',
    capacities: [capacity],
    items,
    pairs,
  };
}

const unionParams = [
  size('n', 'Items', 'Number of items.', 60, 1, 2000),
  size('elements', 'Elements', 'Number of elements.', 60, 1, 2000),
  {
    id: 'density',
    type: 'number',
    label: 'Density',
    help: 'Share of the elements an item needs.',
    unit: '%',
    default: 10,
    min: 1,
    max: 100,
    integer: true,
    step: 1,
  },
  { ...fill, default: 40, help: 'Share of the weight of all elements that fits.' },
] as const satisfies readonly ParamSpec[];

function generateUnion(values: ParamValues, rng: Rng): Instance {
  const { n, elements, density } = values as Record<string, number>;
  const weights = Array.from({ length: elements }, () => 1 + rng.int(500));
  const each = Math.max(
    1,
    Math.min(Math.round((elements * density) / 100), Math.floor(200_000 / n)),
  );
  const numbers = Array.from({ length: elements }, (_, e) => e + 1);
  const items = Array.from({ length: n }, () => ({
    ...makeItem(1 + rng.int(500), [0]),
    elements: shuffle(numbers, rng)
      .slice(0, each)
      .toSorted((a, b) => a - b),
  }));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    name: `Set-union ${n} × ${elements}`,
    kind: 'set-union',
    capacities: [Math.max(1, Math.floor((total * Number(values.fill)) / 100))],
    items,
    elements: weights,
  };
}

const robustParams = [
  correlation,
  size('n', 'Items', 'Number of items.', 50, 1, 2000),
  size('range', 'Range', 'Largest weight.', 1000, 10, 1_000_000),
  size('gamma', 'Γ', 'Items that may pay less.', 5, 0, 2000),
  size('loss', 'Largest loss', 'Share of its profit an item may lose.', 60, 0, 100),
  fill,
];

function generateRobust(values: ParamValues, rng: Rng): Instance {
  const { n, range, gamma, loss } = values as Record<string, number>;
  const kind = values.class as Correlation;
  let total = 0;
  const items = Array.from({ length: n }, () => {
    const weight = 1 + rng.int(range);
    total += weight;
    const profit = profitFor(kind, weight, range, rng);
    const deviation = Math.floor((profit * rng.int(loss + 1)) / 100);
    return { ...makeItem(profit, [weight]), deviation };
  });
  return {
    name: `Robust ${n}, Γ = ${gamma}`,
    kind: 'robust',
    capacities: [Math.max(1, Math.floor((total * Number(values.fill)) / 100))],
    items,
    gamma,
  };
}

const recourseParams = [
  correlation,
  size('n', 'Items', 'Number of items.', 20, 1, MAX_REPAIRED),
  size('range', 'Range', 'Largest weight.', 100, 10, 1_000_000),
  size('gamma', 'Γ', 'Items that may pay less.', 3, 0, MAX_STRUCK),
  size('loss', 'Largest loss', 'Share of its profit an item may lose.', 80, 0, 100),
  size('repair', 'Largest repair', 'Share of its weight a repair may weigh.', 40, 0, 1000),
  fill,
];

/** Robust instances whose items can be repaired. */
function generateRecourse(values: ParamValues, rng: Rng): Instance {
  const made = generateRobust(values, rng);
  const share = Number(values.repair);
  return {
    ...made,
    name: `Repairs ${made.items.length}, Γ = ${made.gamma}`,
    kind: 'recourse',
    items: made.items.map((item) => ({
      ...item,
      repair: Math.max(1, Math.ceil((item.weights[0] * rng.int(share + 1)) / 100)),
    })),
  };
}

const binParams = [
  size('n', 'Items', 'Number of items.', 60, 1, 10_000),
  size('capacity', 'Bin capacity', 'Weight that fits into a bin.', 150, 2, 1_000_000),
  size('low', 'Lightest', 'Share of the bin an item takes at least.', 10, 0, 100),
  size('high', 'Heaviest', 'Share of the bin an item takes at most.', 70, 1, 100),
  {
    id: 'triplets',
    type: 'boolean',
    label: 'Triplets',
    help: 'Weights that fill each bin exactly with three items; shares do not count then.',
    default: false,
  },
] as const satisfies readonly ParamSpec[];

/** Uniform weights, or triplets that fill n / 3 bins (Falkenauer 1996). */
function generateBins(values: ParamValues, rng: Rng): Instance {
  const { n, capacity, low, high } = values as Record<string, number>;
  let weights: number[] = [];
  if (values.triplets && capacity >= 12) {
    while (weights.length + 3 <= Math.max(3, n)) {
      const first = Math.ceil(capacity * 0.38) + rng.int(Math.floor(capacity * 0.11) + 1);
      const least = Math.ceil(capacity * 0.2);
      const second = least + rng.int(Math.max(1, Math.floor((capacity - first) / 2) - least + 1));
      weights.push(first, second, capacity - first - second);
    }
    weights = shuffle(weights, rng);
  } else {
    const from = Math.max(1, Math.floor((capacity * Math.min(low, high)) / 100));
    const to = Math.max(from, Math.floor((capacity * high) / 100));
    weights = Array.from({ length: n }, () => from + rng.int(to - from + 1));
  }
  return {
    name: `Bins ${weights.length}${values.triplets ? ', triplets' : ''}`,
    kind: 'bin-packing',
    capacities: [capacity],
    items: weights.map((weight) => makeItem(0, [weight])),
  };
}

const onlineParams = [
  size('n', 'Items', 'Number of items.', 400, 1, 100_000),
  size('ratio', 'U / L', 'Largest over least profit per weight.', 100, 2, 10_000),
  {
    id: 'order',
    type: 'choice',
    label: 'Arrival',
    help: 'The order in which the items are listed.',
    default: 'random',
    options: [
      { value: 'random', label: 'At random' },
      { value: 'rising', label: 'Rising', help: 'Batch after batch pays more, then it stops.' },
      { value: 'falling', label: 'Falling' },
    ],
  },
  {
    id: 'stop',
    type: 'number',
    label: 'Stops at',
    help: 'How far densities rise or begin to fall from, on a logarithmic scale of L to U.',
    unit: '%',
    default: 100,
    min: 0,
    max: 100,
    integer: true,
    step: 1,
    shownWhen: (values) => values.order !== 'random',
  },
] as const satisfies readonly ParamSpec[];

/** Items of about one percent of the capacity, densities spread evenly on a logarithmic scale. */
function generateOnline(values: ParamValues, rng: Rng): Instance {
  const { n, ratio, stop } = values as Record<string, number>;
  const { order } = values;
  const top = log(ratio) * (order === 'random' ? 1 : stop / 100);
  const items = Array.from({ length: n }, (_, k) => {
    const weight = 50 + rng.int(101);
    const share =
      order === 'random' ? rng.float() : n > 1 ? (order === 'rising' ? k : n - 1 - k) / (n - 1) : 1;
    return makeItem(Math.max(weight, Math.round(weight * exp(top * share))), [weight]);
  });
  return { name: `Arrivals ${n}, ${String(order)}`, capacities: [10_000], items };
}

export const variantGenerators: readonly InstanceGenerator<Instance>[] = [
  {
    id: 'online',
    name: 'Arrivals',
    summary: 'Small items for online policies, by density or at random.',
    source: 'After Zhou, Chakrabarty & Lukose 2008',
    params: onlineParams,
    generate: generateOnline,
  },
  {
    id: 'unbounded',
    name: 'Unbounded',
    summary: 'Any number of each item.',
    source: 'Martello & Toth 1990',
    params: unboundedParams,
    generate: generateUnbounded,
  },
  {
    id: 'change-making',
    name: 'Change-making',
    summary: 'Coins of drawn values and an amount to pay.',
    source: 'own',
    params: coinParams,
    generate: generateCoins,
  },
  {
    id: 'multiple-choice',
    name: 'Multiple choice',
    summary: 'Classes of items, one of each to be taken.',
    source: 'Pisinger 1995',
    params: choiceParams,
    generate: generateChoice,
  },
  {
    id: 'multiple',
    name: 'Multiple knapsack',
    summary: 'Several sacks, similar or very different.',
    source: 'Martello & Toth 1990',
    params: multipleParams,
    generate: generateMultiple,
  },
  {
    id: 'quadratic',
    name: 'Quadratic',
    summary: 'Profits of items and of pairs.',
    source: 'Gallo, Hammer & Simeone 1980',
    params: quadraticParams,
    generate: generateQuadratic,
  },
  {
    id: 'set-union',
    name: 'Set-union',
    summary: 'Items share the elements they need.',
    source: 'Goldschmidt, Nehme & Yu 1994',
    params: unionParams,
    generate: generateUnion,
  },
  {
    id: 'robust',
    name: 'Robust',
    summary: 'Each item may lose a share of its profit, but only Γ of them do.',
    source: 'After Bertsimas & Sim 2003',
    params: robustParams,
    generate: generateRobust,
  },
  {
    id: 'recourse',
    name: 'Robust with repairs',
    summary: 'Γ of the items taken lose a share of their profit; the room left repairs some.',
    source: 'After Arslan & Detienne 2022',
    params: recourseParams,
    generate: generateRecourse,
  },
  {
    id: 'bin-packing',
    name: 'Bin packing',
    summary: 'Uniform weights, or triplets that fill their bins.',
    source: 'Falkenauer 1996',
    params: binParams,
    generate: generateBins,
  },
];
