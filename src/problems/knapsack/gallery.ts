/** Named instances: small ones in full, others from the generators and a seed. */
import type { ParamValues } from '../../core/params.ts';
import { createRng } from '../../core/rng.ts';
import { defaultParams } from '../../core/params.ts';
import type { GalleryEntry } from '../family.ts';
import { generators } from './generators.ts';
import { makeItem, type Instance } from './instance.ts';

function generated(
  name: string,
  generatorId: string,
  params: ParamValues,
  seed: number,
): () => Instance {
  return () => {
    const generator = generators.find(({ id }) => id === generatorId);
    if (!generator) throw new Error(`No generator ${generatorId}.`);
    const values = { ...defaultParams(generator.params), ...params };
    return { ...generator.generate(values, createRng(seed)), name };
  };
}

/** Items from rows of profit and weight. */
const plainItems = (profits: readonly number[], weights: readonly number[]) =>
  profits.map((profit, i) => makeItem(profit, [weights[i]]));

const hike: Instance = {
  name: 'Weekend hike',
  capacities: [9000],
  items: [
    makeItem(100, [1900], 1, 'Tent'),
    makeItem(90, [1100], 1, 'Sleeping bag'),
    makeItem(45, [520], 1, 'Mat'),
    makeItem(70, [450], 1, 'Rain jacket'),
    makeItem(55, [380], 1, 'Stove'),
    makeItem(30, [1000], 3, 'Water, 1 litre'),
    makeItem(28, [600], 4, 'Food, one day'),
    makeItem(35, [210], 1, 'Head torch'),
    makeItem(25, [850], 1, 'Camera'),
    makeItem(20, [400], 1, 'Book'),
    makeItem(40, [350], 1, 'First-aid kit'),
    makeItem(15, [1300], 1, 'Folding chair'),
    makeItem(22, [700], 1, 'Spare shoes'),
    makeItem(18, [300], 2, 'Chocolate'),
  ],
};

const kreherStinson: Instance = {
  name: 'Kreher & Stinson 24',
  capacities: [6404180],
  items: plainItems(
    [
      825594, 1677009, 1676628, 1523970, 943972, 97426, 69666, 1296457, 1679693, 1902996, 1844992,
      1049289, 1252836, 1319836, 953277, 2067538, 675367, 853655, 1826027, 65731, 901489, 577243,
      466257, 369261,
    ],
    [
      382745, 799601, 909247, 729069, 467902, 44328, 34610, 698150, 823460, 903959, 853665, 551830,
      610856, 670702, 488960, 951111, 323046, 446298, 931161, 31385, 496951, 264724, 224916, 169684,
    ],
  ),
};

const petersen: Instance = {
  name: 'Petersen 1',
  capacities: [80, 96, 20, 36, 44, 48, 10, 18, 22, 24],
  items: [
    makeItem(100, [8, 8, 3, 5, 5, 5, 0, 3, 3, 3]),
    makeItem(600, [12, 12, 6, 10, 13, 13, 0, 0, 2, 2]),
    makeItem(1200, [13, 13, 4, 8, 8, 8, 0, 4, 4, 4]),
    makeItem(2400, [64, 75, 18, 32, 42, 48, 0, 0, 0, 8]),
    makeItem(500, [22, 22, 6, 6, 6, 6, 8, 8, 8, 8]),
    makeItem(2000, [41, 41, 4, 12, 20, 20, 0, 0, 4, 4]),
  ],
};

const change: Instance = {
  name: 'Change for 82',
  kind: 'change-making',
  capacities: [82],
  items: [1, 7, 10, 34].map((value) => makeItem(0, [value])),
};

/** Optima that the exact solvers here have proven. */
const PROVEN: Readonly<Record<string, number>> = {
  hike: 613,
  'uncorrelated-100': 41281,
  'strongly-200': 64037,
  'inverse-strongly-1000': 2687057,
  'spanner-500': 1462711,
  'circle-200': 99953,
  'ceiling-300': 71046,
  'bounded-60': 117716,
  'uncorrelated-20000': 811350212,
  'chu-beasley-100-5': 44159,
  'change-82': -4,
  'multiple-60-4': 17592,
  'choice-20': 11528,
  'unbounded-40': 18900,
  'quadratic-30': 4366,
  'union-40': 3965,
  'bins-60': -24,
  'robust-50': 12101,
};

const own = 'Proven with the exact solvers here';

const entries: readonly GalleryEntry<Instance>[] = [
  {
    id: 'hike',
    name: 'Weekend hike',
    summary: 'Fourteen named things, some several times; nine kilograms can be carried.',
    source: 'Own example',
    instance: () => hike,
  },
  {
    id: 'kreher-stinson',
    name: 'Kreher & Stinson 24',
    summary: 'Twenty-four items with seven-digit numbers: too large a capacity for a table.',
    source: 'Kreher & Stinson 1999',
    bestKnown: { value: 13549094, optimal: true, source: 'Kreher & Stinson 1999' },
    instance: () => kreherStinson,
  },
  {
    id: 'petersen-1',
    name: 'Petersen 1',
    summary: 'Six projects under ten budgets: the classic small multi-dimensional instance.',
    source: 'Petersen 1967, OR-Library mknap1',
    bestKnown: { value: 3800, optimal: true, source: 'OR-Library mknap1' },
    instance: () => petersen,
  },
  {
    id: 'uncorrelated-100',
    name: 'Uncorrelated 100',
    summary: 'The easy class: greedy is nearly right and bounds are tight.',
    source: 'Pisinger 2005, seed 1',
    instance: generated('Uncorrelated 100', 'pisinger', {}, 1),
  },
  {
    id: 'strongly-200',
    name: 'Strongly correlated 200',
    summary:
      'Profit is weight plus a constant: branch and bound drowns, the cardinality bound helps.',
    source: 'Pisinger 2005, seed 2',
    instance: generated('Strongly correlated 200', 'pisinger', { class: 'strongly', n: 200 }, 2),
  },
  {
    id: 'inverse-strongly-1000',
    name: 'Inverse strongly correlated 1000',
    summary: 'Weight is profit plus a constant; large numbers make the table slow.',
    source: 'Pisinger 2005, seed 3',
    instance: generated(
      'Inverse strongly correlated 1000',
      'pisinger',
      { class: 'inverse-strongly', n: 1000, range: 10000 },
      3,
    ),
  },
  {
    id: 'spanner-500',
    name: 'Spanner 500',
    summary: 'All items are multiples of two: many are equal, and bundles pay.',
    source: 'Pisinger 2005, seed 4',
    instance: generated(
      'Spanner 500',
      'pisinger',
      { class: 'spanner-strongly', n: 500, range: 10000 },
      4,
    ),
  },
  {
    id: 'circle-200',
    name: 'Circle 200',
    summary: 'Profits lie on an arc over the weights, in plain sight.',
    source: 'Pisinger 2005, seed 5',
    instance: generated('Circle 200', 'pisinger', { class: 'circle', n: 200 }, 5),
  },
  {
    id: 'ceiling-300',
    name: 'Profit ceiling 300',
    summary: 'Profits in steps of three: bounds cannot tell solutions apart.',
    source: 'Pisinger 2005, seed 6',
    instance: generated('Profit ceiling 300', 'pisinger', { class: 'profit-ceiling', n: 300 }, 6),
  },
  {
    id: 'bounded-60',
    name: 'Bounded 60',
    summary: 'Up to twenty copies of each of sixty items.',
    source: 'Pisinger 2005, seed 7, with copies',
    instance: generated(
      'Bounded 60',
      'pisinger',
      { class: 'weakly', n: 60, copies: 20, fill: 35 },
      7,
    ),
  },
  {
    id: 'uncorrelated-20000',
    name: 'Uncorrelated 20 000',
    summary: 'Large and still solved in a blink: only a small core matters.',
    source: 'Pisinger 2005, seed 8',
    instance: generated('Uncorrelated 20 000', 'pisinger', { n: 20000, range: 100000 }, 8),
  },
  {
    id: 'chu-beasley-100-5',
    name: 'Chu–Beasley 100×5',
    summary: 'Five capacities: the size at which proofs begin to cost.',
    source: 'Chu & Beasley 1998, seed 1',
    instance: generated('Chu–Beasley 100×5', 'chu-beasley', {}, 1),
  },
  {
    id: 'chu-beasley-100-10',
    name: 'Chu–Beasley 100×10',
    summary: 'Ten tight capacities: good solutions soon, a proof late.',
    source: 'Chu & Beasley 1998, seed 2',
    instance: generated('Chu–Beasley 100×10', 'chu-beasley', { m: 10, tightness: 0.25 }, 2),
  },
  {
    id: 'chu-beasley-500-30',
    name: 'Chu–Beasley 500×30',
    summary: 'The largest size of the classic set; its sisters were open for decades.',
    source: 'Chu & Beasley 1998, seed 3',
    instance: generated('Chu–Beasley 500×30', 'chu-beasley', { n: 500, m: 30 }, 3),
  },
  {
    id: 'change-82',
    name: 'Change for 82',
    summary: 'Coins of 1, 7, 10 and 34 on which taking the largest first goes astray.',
    source: 'Own example',
    instance: () => change,
  },
  {
    id: 'multiple-60-4',
    name: 'Multiple 60 × 4',
    summary: 'Four similar sacks: solved as one, then split again.',
    source: 'Martello & Toth 1990, seed 1',
    instance: generated('Multiple 60 × 4', 'multiple', { n: 60, sacks: 4, class: 'weakly' }, 1),
  },
  {
    id: 'choice-20',
    name: 'Multiple choice 20 × 10',
    summary: 'One item of each of twenty classes.',
    source: 'Pisinger 1995, seed 1',
    instance: generated('Multiple choice 20 × 10', 'multiple-choice', { class: 'weakly' }, 1),
  },
  {
    id: 'unbounded-40',
    name: 'Unbounded 40',
    summary: 'Any number of forty strongly correlated items.',
    source: 'Martello & Toth 1990, seed 1',
    instance: generated('Unbounded 40', 'unbounded', { n: 40, class: 'strongly' }, 1),
  },
  {
    id: 'quadratic-30',
    name: 'Quadratic 30',
    summary: 'Thirty items; every fourth pair pays extra when both are taken.',
    source: 'Gallo, Hammer & Simeone 1980, seed 1',
    instance: generated('Quadratic 30', 'quadratic', { n: 30, density: 25 }, 1),
  },
  {
    id: 'union-40',
    name: 'Set-union 40',
    summary: 'Forty items share forty elements.',
    source: 'Goldschmidt, Nehme & Yu 1994, seed 1',
    instance: generated('Set-union 40', 'set-union', { n: 40, elements: 40 }, 1),
  },
  {
    id: 'robust-50',
    name: 'Robust 50',
    summary: 'Five of the items taken pay up to 60 % less: the safe choice is another one.',
    source: 'After Bertsimas & Sim 2003, seed 1',
    instance: generated('Robust 50', 'robust', { class: 'weakly' }, 1),
  },
  {
    id: 'repairs-20',
    name: 'Repairs 20',
    summary: 'Three of the items taken fail; room kept free repairs them.',
    source: 'After Arslan & Detienne 2022, seed 1',
    instance: generated('Repairs 20', 'recourse', { class: 'weakly' }, 1),
  },
  {
    id: 'bins-60',
    name: 'Bins 60',
    summary: 'Sixty items of 10 to 70 % of a bin.',
    source: 'Falkenauer 1996, seed 1',
    instance: generated('Bins 60', 'bin-packing', {}, 1),
  },
  {
    id: 'triplets-60',
    name: 'Triplets 60',
    summary: 'Twenty bins filled to the brim by three items each: rules of thumb need more.',
    source: 'Falkenauer 1996, seed 2',
    bestKnown: { value: -20, optimal: true, source: 'By construction' },
    instance: generated('Triplets 60', 'bin-packing', { triplets: true, capacity: 1000 }, 2),
  },
];

export const gallery: readonly GalleryEntry<Instance>[] = entries.map((entry) => {
  const value = PROVEN[entry.id];
  return value === undefined
    ? entry
    : { ...entry, bestKnown: { value, optimal: true, source: own } };
});
