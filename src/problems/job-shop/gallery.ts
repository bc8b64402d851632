/** Named instances: a small one to play with, the classics, and all of Taillard's. */
import type { GalleryEntry } from '../family.ts';
import { bestKnownByFingerprint, bestKnownByName } from './best-known.ts';
import { classics } from './classics.ts';
import { fingerprint } from './fingerprint.ts';
import { taillard } from './generators.ts';
import { isClassic, type JobShopInstance } from './instance.ts';
import { readRows } from './rows.ts';
import { taillardSeeds } from './taillard-seeds.ts';
import { bestFlowShop, bestOfKind, bestWithRobots, variantEntries } from './variant-gallery.ts';

function bestKnownOf(id: string): GalleryEntry<JobShopInstance>['bestKnown'] {
  const known = bestKnownByName(id);
  if (!known) return undefined;
  const source = id === 'ft20' ? 'McMahon & Florian 1975' : 'JSPLib, August 2026';
  return { value: known.value, optimal: known.optimal, source };
}

const teaching: GalleryEntry<JobShopInstance> = {
  id: 'three',
  name: 'Three jobs',
  summary: 'Three jobs on three machines: drag the bars and try to reach 11.',
  source: 'own',
  bestKnown: { value: 11, optimal: true, source: 'all orders enumerated' },
  instance: () => ({
    name: 'Three jobs',
    machines: 3,
    jobs: [
      [
        [0, 3],
        [1, 2],
        [2, 2],
      ],
      [
        [0, 2],
        [2, 1],
        [1, 4],
      ],
      [
        [1, 4],
        [2, 3],
        [0, 1],
      ],
    ],
  }),
};

const sizeNotes: Readonly<Record<string, string>> = {
  '15×15': 'Square and small: the optimum is soon found, its proof is not.',
  '20×15': 'Slightly more jobs than machines, long open.',
  '20×20': 'Square: the bound stays far below.',
  '30×15': 'Twice as many jobs as machines: close to the bound, seldom on it.',
  '30×20': 'The hardest of the set; most are open to this day.',
  '50×15': 'Many jobs: the one-machine bound proves the optimum.',
  '50×20': 'Many jobs on twenty machines: the bound is usually met.',
  '100×20': 'Two thousand operations, and yet proven at once.',
};

const taillardEntries = taillardSeeds.flatMap(([jobs, machines, seeds], group) =>
  seeds.map(([timeSeed, machineSeed], i): GalleryEntry<JobShopInstance> => {
    const id = `ta${String(group * 10 + i + 1).padStart(2, '0')}`;
    return {
      id,
      name: `Taillard ${jobs}×${machines} (${id})`,
      summary: sizeNotes[`${jobs}×${machines}`],
      source: `Taillard 1993, seeds ${timeSeed} and ${machineSeed}`,
      bestKnown: bestKnownOf(id),
      instance: () => taillard(id, { jobs, machines, timeSeed, machineSeed }),
    };
  }),
);

export const gallery: readonly GalleryEntry<JobShopInstance>[] = [
  teaching,
  ...classics.map(({ id, name, summary, source, data }) => ({
    id,
    name,
    summary,
    source,
    bestKnown: bestKnownOf(id),
    instance: () => readRows(name, data),
  })),
  ...taillardEntries,
  ...variantEntries,
];

const remembered = new WeakMap<JobShopInstance, { value: number; optimal: boolean } | null>();

/** The best makespan published for exactly these jobs, whatever the instance is called. */
export function bestKnown(instance: JobShopInstance): { value: number; optimal: boolean } | null {
  let found = remembered.get(instance);
  if (found === undefined) {
    const hash = fingerprint(instance);
    const known = isClassic(instance) ? bestKnownByFingerprint(hash) : null;
    if (instance.kind === 'permutation')
      found = isClassic({ ...instance, kind: undefined }) ? bestFlowShop(instance) : null;
    else if (!isClassic(instance)) found = bestWithRobots(instance) ?? bestOfKind(instance);
    else if (known) found = { value: known.value, optimal: known.optimal };
    else if (hash === fingerprint(teaching.instance()))
      found = { value: teaching.bestKnown!.value, optimal: true };
    else found = null;
    remembered.set(instance, found);
  }
  return found;
}
