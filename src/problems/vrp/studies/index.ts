/** The studies of this family, in the order they are listed. */
import { constructionsStudy } from './constructions.ts';
import { capacityStudy, fleetSizeStudy } from './what-if.ts';

export const studies = [constructionsStudy, fleetSizeStudy, capacityStudy] as const;
