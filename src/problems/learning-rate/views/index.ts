import { defineViews } from '../../views.ts';
import type { Instance, Solution } from '../instance.ts';
import { hasSurface, isPlanar } from '../tasks.ts';
import { lossModeOf, rateMode } from './charts.ts';
import { boundMode } from './bound-chart.ts';
import { continuation } from './continuation.ts';
import { curveMode } from './curve.ts';
import { confusionsMode, digitsMode } from './digits.ts';
import { fields } from './fields.ts';
import { grids } from './grids.ts';
import { hasPlane } from '../plane-grid.ts';
import { planeMode } from './plane.ts';
import { probesMode } from './probes.ts';
import { surfaceMode } from './surface.ts';
import { table } from './table.ts';
import { trajectoryMode } from './trajectory.ts';

export const learningRateViews = defineViews<Instance, Solution>({
  modes: ({ task, schedule }) => [
    curveMode,
    ...(isPlanar(task) ? [trajectoryMode] : []),
    ...(hasSurface(task) ? [surfaceMode] : []),
    ...(task.kind === 'digits' ? [digitsMode, confusionsMode] : []),
    lossModeOf(task),
    rateMode,
    boundMode,
    ...(hasPlane(task) ? [planeMode] : []),
    ...(schedule.body.kind === 'autolrs' ? [probesMode] : []),
  ],
  continuation,
  fields,
  grids,
  table,
  studies: () => import('../studies/index.ts').then((module) => module.studies),
});
