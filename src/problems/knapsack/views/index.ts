import { defineViews, type Mode } from '../../views.ts';
import { dimensionsOf, type Instance, type Solution } from '../instance.ts';
import { hasSacks } from '../kinds.ts';
import { arrivalsMode } from './arrivals.ts';
import { binsMode } from './bins.ts';
import { capacitiesMode } from './capacities.ts';
import { coinsMode } from './coins.ts';
import { fields, grids } from './fields.ts';
import { itemsMode } from './items.ts';
import { sackMode } from './sack.ts';
import { frontierMode, hasTable, tableMode } from './table-modes.ts';
import { table } from './table.ts';

function modes(instance: Instance): readonly Mode<Instance, Solution>[] {
  if (hasSacks(instance.kind))
    return instance.kind === 'multiple' ? [binsMode, itemsMode] : [binsMode];
  if (instance.kind === 'change-making') return [coinsMode];
  // Bars of efficiency mean nothing where elements are shared.
  if (instance.kind === 'set-union') return [itemsMode, capacitiesMode];
  if (dimensionsOf(instance) > 1) return [itemsMode, capacitiesMode, sackMode];
  const list = [itemsMode, sackMode, capacitiesMode];
  if (instance.kind === undefined || instance.kind === 'unbounded') {
    if (hasTable(instance)) list.push(tableMode, frontierMode);
    if (instance.kind === undefined) list.push(arrivalsMode);
  }
  return list;
}

export const knapsackViews = defineViews<Instance, Solution>({
  modes,
  fields,
  grids,
  table,
  studies: () => import('../studies/index.ts').then((module) => module.studies),
});
