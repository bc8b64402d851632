import { defineViews, type Mode } from '../../views.ts';
import { dimensionsOf, type Instance, type Solution } from '../instance.ts';
import { hasSacks } from '../kinds.ts';
import { binsMode } from './bins.ts';
import { capacitiesMode } from './capacities.ts';
import { fields, grids } from './fields.ts';
import { itemsMode } from './items.ts';
import { sackMode } from './sack.ts';
import { table } from './table.ts';

function modes(instance: Instance): readonly Mode<Instance, Solution>[] {
  if (hasSacks(instance.kind))
    return instance.kind === 'multiple' ? [binsMode, itemsMode] : [binsMode];
  // Bars of efficiency mean nothing where elements are shared or coins are counted.
  if (instance.kind === 'set-union' || instance.kind === 'change-making')
    return [itemsMode, capacitiesMode];
  return dimensionsOf(instance) > 1
    ? [itemsMode, capacitiesMode, sackMode]
    : [itemsMode, sackMode, capacitiesMode];
}

export const knapsackViews = defineViews<Instance, Solution>({ modes, fields, grids, table });
