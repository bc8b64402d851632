/** Named instances of the other kinds of shop. */
import { createRng } from '../../core/rng.ts';
import { defaultParams, type ParamValues } from '../../core/params.ts';
import type { GalleryEntry } from '../family.ts';
import { classics } from './classics.ts';
import { fingerprint } from './fingerprint.ts';
import { isClassic, type JobShopInstance } from './instance.ts';
import { readRows } from './rows.ts';
import { taillardFlow, variantGenerators } from './variant-generators.ts';

/** jobs, machines, time seed, best makespan, whether it is proven optimal (Taillard 1993; summary of 2015). */
const flowShops: readonly (readonly [string, number, number, number, number, boolean])[] = [
  ['fs001', 20, 5, 873654221, 1278, true],
  ['fs011', 20, 10, 587595453, 1582, true],
  ['fs021', 20, 20, 479340445, 2297, true],
  ['fs031', 50, 5, 1328042058, 2724, true],
  ['fs041', 50, 10, 1958948863, 2991, true],
  ['fs051', 50, 20, 1539989115, 3850, false],
  ['fs061', 100, 5, 896678084, 5493, true],
  ['fs071', 100, 10, 1539989115, 5770, true],
  ['fs081', 100, 20, 450926852, 6202, false],
  ['fs091', 200, 10, 471503978, 10862, true],
];

const generated = (
  id: string,
  generator: string,
  params: ParamValues,
  about: Pick<GalleryEntry<JobShopInstance>, 'name' | 'summary'>,
): GalleryEntry<JobShopInstance> => {
  const found = variantGenerators.find((candidate) => candidate.id === generator)!;
  return {
    id,
    ...about,
    source: `${found.name}, seed 1`,
    instance: () => ({
      ...found.generate({ ...defaultParams(found.params), ...params }, createRng(1)),
      name: about.name,
    }),
  };
};

type OtherKind = 'no-wait' | 'blocking' | 'swap';

const classic = (id: string): JobShopInstance => {
  const { data } = classics.find((entry) => entry.id === id)!;
  return readRows(id, data);
};

/** Classic, kind and optimum, proven by every run of our own branch and bound. */
const ofOtherKinds: readonly (readonly [string, OtherKind, number])[] = [
  ['ft06', 'no-wait', 73],
  ['ft06', 'blocking', 69],
  ['ft06', 'swap', 63],
  ['ft10', 'no-wait', 1607],
  ['ft10', 'blocking', 1158],
  ['ft10', 'swap', 1068],
];

const kindNotes: Readonly<Record<OtherKind, readonly [string, string]>> = {
  'no-wait': ['without waiting', 'A job that has begun goes through at once.'],
  blocking: ['with blocking', 'A job keeps its machine until the next one is free.'],
  swap: ['with swaps', 'Blocking, but jobs may change places with each other.'],
};

const asOtherKinds = ofOtherKinds.map(([id, kind, value]): GalleryEntry<JobShopInstance> => {
  const [how, summary] = kindNotes[kind];
  const name = `${id} ${how}`;
  return {
    id: `${id}-${kind}`,
    name,
    summary,
    source: 'Fisher & Thompson 1963; Mascis & Pacciarelli 2002',
    bestKnown: { value, optimal: true, source: 'Own branch and bound' },
    instance: () => ({ ...classic(id), name, kind }),
  };
});

const ex11Best = { value: 96, optimal: false };

/** Job set 1 on layout 1: times from and to the machines and the load and unload station. */
const ex11: JobShopInstance = {
  name: 'Two vehicles, four machines (EX11)',
  machines: 4,
  jobs: [
    [
      [0, 8],
      [1, 16],
      [3, 12],
    ],
    [
      [0, 20],
      [2, 10],
      [1, 18],
    ],
    [
      [2, 12],
      [3, 8],
      [0, 15],
    ],
    [
      [3, 14],
      [1, 18],
    ],
    [
      [2, 10],
      [0, 15],
    ],
  ],
  transport: {
    robots: 2,
    times: [
      [0, 6, 8, 10, 12],
      [6, 0, 6, 8, 10],
      [8, 6, 0, 6, 8],
      [10, 8, 6, 0, 6],
      [6, 8, 10, 12, 0],
    ],
  },
};

export const variantEntries: readonly GalleryEntry<JobShopInstance>[] = [
  ...flowShops.map(([id, jobs, machines, seed, value, optimal]): GalleryEntry<JobShopInstance> => ({
    id,
    name: `Flow shop ${jobs}×${machines} (${id})`,
    summary: 'All jobs pass all machines in one order.',
    source: `Taillard 1993, seed ${seed}`,
    bestKnown: { value, optimal, source: 'Taillard’s summary of flow shops, 2015' },
    instance: () => taillardFlow(id, jobs, machines, seed),
  })),
  ...asOtherKinds,
  generated(
    'weighted-tardiness',
    'dated',
    {},
    {
      name: 'Due dates 10×10',
      summary: 'Release dates, due dates and weights: total weighted tardiness.',
    },
  ),
  generated(
    'setups',
    'dated',
    { objective: 'makespan', families: 4 },
    { name: 'Setups 10×10', summary: 'Machines are set up between jobs of four families.' },
  ),
  generated(
    'flexible-10x10',
    'flexible',
    {},
    { name: 'Flexible 10×10', summary: 'Operations choose among up to three machines.' },
  ),
  generated(
    'failing-10x10',
    'breakdowns',
    {},
    {
      name: 'Failing machines 10×10',
      summary: 'Blocking with swaps; machines break down unforeseen and interrupt their work.',
    },
  ),
  {
    id: 'ex11',
    name: 'Two vehicles, four machines (EX11)',
    summary: 'Five jobs of a flexible manufacturing system; two vehicles carry them.',
    source: 'Bilge & Ulusoy 1995, job set 1 on layout 1',
    bestKnown: { ...ex11Best, source: 'Own search, many runs: none was shorter' },
    instance: () => ex11,
  },
  generated(
    'robots-10x10',
    'robots',
    {},
    { name: 'Robots 10×10', summary: 'Two robots carry jobs around a ring of machines.' },
  ),
  generated(
    'cluster-tool',
    'robots',
    { kind: 'blocking', jobs: 12, machines: 6, robots: 1 },
    {
      name: 'Cluster tool 12×6',
      summary:
        'One robot serves six chambers in a ring; a wafer stays in its chamber till fetched.',
    },
  ),
  generated(
    'open-15x15',
    'open-shop',
    { jobs: 15, machines: 15 },
    { name: 'Open shop 15×15', summary: 'In whatever order: the bound is usually met.' },
  ),
];

let flowShopBests: ReadonlyMap<number, { value: number; optimal: boolean }> | null = null;

/** The best makespan published for exactly this permutation flow shop. */
export function bestFlowShop(
  instance: JobShopInstance,
): { value: number; optimal: boolean } | null {
  flowShopBests ??= new Map(
    flowShops.map(([id, jobs, machines, seed, value, optimal]) => [
      fingerprint(taillardFlow(id, jobs, machines, seed)),
      { value, optimal },
    ]),
  );
  return flowShopBests.get(fingerprint(instance)) ?? null;
}

/** The best makespan published for exactly these jobs and robots. */
export function bestWithRobots(
  instance: JobShopInstance,
): { value: number; optimal: boolean } | null {
  const sameMoves = JSON.stringify(instance.transport) === JSON.stringify(ex11.transport);
  const noMore = isClassic({ ...instance, transport: undefined });
  return sameMoves && noMore && fingerprint(instance) === fingerprint(ex11) ? ex11Best : null;
}

/** The optimum of exactly these jobs as a no-wait or blocking shop, where it is known. */
export function bestOfKind(instance: JobShopInstance): { value: number; optimal: boolean } | null {
  if (!isClassic({ ...instance, kind: undefined })) return null;
  const hash = fingerprint(instance);
  const known = ofOtherKinds.find(
    ([id, kind]) => kind === instance.kind && fingerprint(classic(id)) === hash,
  );
  return known ? { value: known[2], optimal: true } : null;
}
