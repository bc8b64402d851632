/** The studies of this family, in the order they are listed. */
import { breakdownsStudy } from './breakdowns.ts';
import { policiesStudy } from './policies.ts';
import { rulesStudy } from './rules.ts';

export const studies = [rulesStudy, policiesStudy, breakdownsStudy] as const;
