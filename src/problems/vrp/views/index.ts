import { loadWorld } from '../../../scene/map/world.ts';
import { defineViews } from '../../views.ts';
import { isDynamic, type VrpInstance, type VrpSolution } from '../instance.ts';
import { clockMode } from './clock.ts';
import { loadMode } from './loads.ts';
import { fields, grids } from './fields.ts';
import { mapBounds, mapModeOf } from './map.ts';
import { routeTable } from './route-table.ts';
import { daysMode, storesMode, stockTable } from './stocks.ts';
import { table } from './table.ts';
import { hasTimes, timetableMode } from './timetable.ts';

export const vrpViews = defineViews<VrpInstance, VrpSolution>({
  modes: (instance) =>
    instance.inventory
      ? [daysMode, storesMode]
      : [
          mapModeOf(instance),
          loadMode,
          ...(isDynamic(instance) ? [clockMode] : []),
          ...(hasTimes(instance) ? [timetableMode] : []),
        ],
  fields,
  grids,
  table: (frame) => (frame.instance.inventory ? stockTable(frame) : table(frame)),
  tables: (frame) => [
    {
      id: 'customers',
      name: 'Customers',
      table: frame.instance.inventory ? stockTable(frame) : table(frame),
    },
    { id: 'routes', name: 'Routes', table: routeTable(frame) },
  ],
  async prepare(instance) {
    if (instance.geographic) await loadWorld(mapBounds(instance));
  },
  studies: async () => (await import('../studies/index.ts')).studies,
});
