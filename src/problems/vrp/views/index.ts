import { defineViews } from '../../views.ts';
import { isDynamic, type VrpInstance, type VrpSolution } from '../instance.ts';
import { clockMode } from './clock.ts';
import { loadMode } from './loads.ts';
import { fields, grids } from './fields.ts';
import { mapModeOf } from './map.ts';
import { table } from './table.ts';
import { hasTimes, timetableMode } from './timetable.ts';

export const vrpViews = defineViews<VrpInstance, VrpSolution>({
  modes: (instance) => [
    mapModeOf(instance),
    loadMode,
    ...(isDynamic(instance) ? [clockMode] : []),
    ...(hasTimes(instance) ? [timetableMode] : []),
  ],
  fields,
  grids,
  table,
  studies: async () => (await import('../studies/index.ts')).studies,
});
