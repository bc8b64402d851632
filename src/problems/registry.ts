/** The families. The shell reaches a family only through here; each loads when first asked for. */
import type { AnyFamily, FamilyId } from './family.ts';

export interface FamilyEntry {
  id: FamilyId;
  name: string;
  /** One sentence. */
  summary: string;
  load(): Promise<AnyFamily>;
}

export const families: readonly FamilyEntry[] = [
  {
    id: 'job-shop',
    name: 'Job shop',
    summary: 'Order jobs on machines so that the last one ends early.',
    load: () => import('./job-shop/family.ts').then((module) => module.jobShop),
  },
  {
    id: 'tsp',
    name: 'TSP',
    summary: 'Visit every city once, as short as can be.',
    load: () => import('./tsp/family.ts').then((module) => module.tsp),
  },
  {
    id: 'vrp',
    name: 'Routing',
    summary: 'Serve all customers from a depot with vehicles of limited capacity.',
    load: () => import('./vrp/family.ts').then((module) => module.vrp),
  },
  {
    id: 'knapsack',
    name: 'Knapsack',
    summary: 'Choose the items worth most within the capacity.',
    load: () => import('./knapsack/family.ts').then((module) => module.knapsack),
  },
  {
    id: 'learning-rate',
    name: 'Learning rate',
    summary: 'Draw a learning-rate curve and train a model with it.',
    load: () => import('./learning-rate/family.ts').then((module) => module.learningRate),
  },
];

export function familyEntry(id: string): FamilyEntry | undefined {
  return families.find((entry) => entry.id === id);
}
