/** Names of the things a person can point at: `op:3:2` is the third operation of the fourth job. */
import type { ElementId } from '../../../scene/scene.ts';
import type { JobShopInstance, PackedJobShop } from '../instance.ts';

export interface OperationPlace {
  job: number;
  operation: number;
}

export const operationId = (job: number, operation: number): ElementId => `op:${job}:${operation}`;

/** null when the id names no operation of the instance. */
export function parseOperationId(instance: JobShopInstance, id: ElementId): OperationPlace | null {
  const match = /^op:(\d+):(\d+)$/.exec(id);
  if (!match) return null;
  const place = { job: Number(match[1]), operation: Number(match[2]) };
  return instance.jobs[place.job]?.[place.operation] ? place : null;
}

/** Flat number of an operation. */
export const locate = (packed: PackedJobShop, place: OperationPlace): number =>
  packed.first[place.job] + place.operation;
