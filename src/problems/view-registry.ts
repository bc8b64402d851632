/** The families' views, apart from the families: workers and the command line never load them. */
import type { FamilyId } from './family.ts';
import type { AnyViews } from './views.ts';

const loaders: Record<FamilyId, () => Promise<AnyViews>> = {
  'job-shop': () => import('./job-shop/views/index.ts').then((module) => module.jobShopViews),
  tsp: () => import('./tsp/views/index.ts').then((module) => module.tspViews),
  vrp: () => import('./vrp/views/index.ts').then((module) => module.vrpViews),
  knapsack: () => import('./knapsack/views/index.ts').then((module) => module.knapsackViews),
  'learning-rate': () =>
    import('./learning-rate/views/index.ts').then((module) => module.learningRateViews),
};

export const loadViews = (family: FamilyId): Promise<AnyViews> => loaders[family]();
