/** How the travelling salesman problem is seen and edited. */
import { defineViews, type SceneMode } from '../../views.ts';
import type { TspSolution } from '../check.ts';
import { cityCount, isGeographic, type TspInstance } from '../instance.ts';
import { fields, grids } from './fields.ts';
import { MAX_PENALISED } from './edges.ts';
import { gestures, toolsOf } from './gestures.ts';
import { table } from './table.ts';
import { drawTour } from './tour.ts';
import { loadBackdrop } from './layout.ts';

/** Up to this many cities their names are shown at first, when they have any. */
const LABELLED = 60;

function tourMode(instance: TspInstance): SceneMode<TspInstance, TspSolution> {
  const map = isGeographic(instance.metric);
  return {
    id: 'tour',
    kind: 'scene',
    name: map ? 'Map' : 'Tour',
    help: map ? 'The tour along great circles over a map.' : 'The cities and the tour.',
    toggles: [
      {
        id: 'labels',
        name: 'Labels',
        help: 'Names or numbers of the cities.',
        default: instance.names !== undefined && cityCount(instance) <= LABELLED,
      },
      {
        id: 'neighbours',
        name: 'Neighbours',
        help: 'The five nearest neighbours of every city: most good edges are among them.',
        default: false,
      },
      {
        id: 'changes',
        name: 'Changes',
        help: 'What the last improvement changed: new edges thick and green, lost ones dashed amber.',
        default: false,
      },
      ...(cityCount(instance) <= MAX_PENALISED && !instance.open && !instance.directed
        ? [
            {
              id: 'penalties',
              name: 'Penalties',
              help: 'Edges by their α-nearness under the multipliers of the 1-tree bound: green ones lie in a minimum 1-tree, blue ones nearly, thick amber ones are dear and likely to go.',
              default: false,
            },
          ]
        : []),
    ],
    tools: toolsOf(instance),
    gestures,
    draw: drawTour,
  };
}

export const tspViews = defineViews<TspInstance, TspSolution>({
  modes: (instance) => [tourMode(instance)],
  fields,
  grids,
  table,
  studies: async () => (await import('../studies/index.ts')).studies,
  prepare: loadBackdrop,
});
