/** The studies of this family, in the order they are listed. */
import { constructionsStudy } from './constructions.ts';
import { dynamicStudy } from './dynamic.ts';
import { forecastStudy } from './forecast.ts';
import { vertexCacheStudy } from './vertex-cache.ts';
import { capacityStudy, fleetSizeStudy } from './what-if.ts';

export const studies = [
  constructionsStudy,
  vertexCacheStudy,
  fleetSizeStudy,
  capacityStudy,
  dynamicStudy,
  forecastStudy,
] as const;
