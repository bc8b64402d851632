/** All studies of a family: its own, and the one every family has. */
import type { AnyFamily } from '../problems/family.ts';
import type { AnyStudy } from '../problems/studies.ts';
import type { AnyViews } from '../problems/views.ts';
import { compareSolvers } from './compare-solvers.ts';

export const studiesOf = async (
  family: AnyFamily,
  views: AnyViews,
): Promise<readonly AnyStudy[]> => [...((await views.studies?.()) ?? []), compareSolvers(family)];
