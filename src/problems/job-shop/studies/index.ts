/** The studies of this family, in the order they are listed. */
import { policiesStudy } from './policies.ts';
import { rulesStudy } from './rules.ts';

export const studies = [rulesStudy, policiesStudy] as const;
