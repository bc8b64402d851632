import { defineViews, type Mode } from '../../views.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';
import { fields, grids } from './fields.ts';
import { drawGantt, togglesFor } from './gantt.ts';
import { gestures, tools } from './gestures.ts';
import { describeSearch, searchOption } from './search.ts';
import { table } from './table.ts';

const modes = (instance: JobShopInstance): readonly Mode<JobShopInstance, JobShopSolution>[] => [
  {
    kind: 'scene',
    id: 'machines',
    name: 'Machines',
    help: 'A row a machine: what it works on and when.',
    toggles: togglesFor(instance),
    tools,
    gestures,
    draw: (frame) => drawGantt(frame, 'machines'),
  },
  {
    kind: 'scene',
    id: 'jobs',
    name: 'Jobs',
    help: 'A row a job: where it is and when.',
    toggles: togglesFor(instance),
    tools,
    gestures,
    draw: (frame) => drawGantt(frame, 'jobs'),
  },
  {
    kind: 'chart',
    id: 'search',
    name: 'Search',
    help: 'The makespans the solver passes through on its way.',
    option: searchOption,
    describe: describeSearch,
  },
];

export const jobShopViews = defineViews<JobShopInstance, JobShopSolution>({
  modes,
  fields,
  grids,
  table,
  studies: () => import('../studies/index.ts').then((module) => module.studies),
});
