/** The studies of this family, in the order they are listed. */
import { annealingStudy } from './annealing.ts';
import { constructionsStudy } from './constructions.ts';
import { convergenceStudy } from './convergence.ts';

export const studies = [constructionsStudy, convergenceStudy, annealingStudy] as const;
