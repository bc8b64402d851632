import { defineViews } from '../../views.ts';
import type { Instance, Solution } from '../instance.ts';
import { capacitiesMode } from './capacities.ts';
import { fields, grids } from './fields.ts';
import { itemsMode } from './items.ts';
import { sackMode } from './sack.ts';
import { table } from './table.ts';

export const knapsackViews = defineViews<Instance, Solution>({
  modes: (instance) =>
    instance.capacities.length > 1
      ? [itemsMode, capacitiesMode, sackMode]
      : [itemsMode, sackMode, capacitiesMode],
  fields,
  grids,
  table,
});
