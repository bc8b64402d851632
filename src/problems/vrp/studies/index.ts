/** The studies of this family, in the order they are listed. */
import { constructionsStudy } from './constructions.ts';
import { dynamicStudy } from './dynamic.ts';
import { capacityStudy, fleetSizeStudy } from './what-if.ts';

export const studies = [constructionsStudy, fleetSizeStudy, capacityStudy, dynamicStudy] as const;
