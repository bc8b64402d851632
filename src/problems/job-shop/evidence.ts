/** What proves destructive lower bounds of classic job shops, as data. */
import { fail, ok, type Result } from '../../core/result.ts';
import type { BoundEvidence } from '../family.ts';
import { countDisjunctions, isClassic, limits, pack, type JobShopInstance } from './instance.ts';
import { conflictOf, type Refutation } from './refutation.ts';

/** Pairs of operations on one machine up to which a refutation is verified. */
const mostPairs = 200_000;

/** Whether evidence on its way through the page is a refutation. */
export const isRefutation = (value: unknown): value is Refutation =>
  typeof value === 'object' && value !== null && 'refutedOrders' in value;

const isNumber = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;

function read(value: unknown): Result<Refutation> {
  if (typeof value !== 'object' || value === null)
    return fail({ path: [], message: 'This is no refutation of a makespan.' });
  const { makespan, refutedOrders } = value as Record<string, unknown>;
  if (!isNumber(makespan, limits.work))
    return fail({ path: ['makespan'], message: 'This must be the makespan that is refuted.' });
  if (!Array.isArray(refutedOrders) || refutedOrders.length > mostPairs)
    return fail({
      path: ['refutedOrders'],
      message: `This must be a list of at most ${mostPairs} pairs of operations.`,
    });
  for (const [index, pair] of refutedOrders.entries())
    if (
      !Array.isArray(pair) ||
      pair.length !== 2 ||
      !pair.every((operation) => isNumber(operation, limits.operations))
    )
      return fail({
        path: ['refutedOrders', index],
        message: 'This must be two operations, numbered from 0 job by job.',
      });
  return ok({ makespan, refutedOrders: refutedOrders as [number, number][] });
}

function verify(instance: JobShopInstance, refutation: Refutation): Result<number> {
  if (!isClassic(instance))
    return fail({ path: [], message: 'Refutations are of classic job shops only.' });
  const packed = pack(instance);
  if (countDisjunctions(packed.machine) > mostPairs)
    return fail({
      path: [],
      message: `Refutations are verified up to ${mostPairs} pairs of operations on one machine.`,
    });
  const { machine } = packed;
  for (const [index, [a, b]] of refutation.refutedOrders.entries())
    if (a >= machine.length || b >= machine.length || a === b || machine[a] !== machine[b])
      return fail({
        path: ['refutedOrders', index],
        message: 'This must be two different operations of one machine.',
      });
  return conflictOf(packed, refutation)
    ? ok(refutation.makespan + 1)
    : fail({
        path: [],
        message: `This does not refute a makespan of ${refutation.makespan}.`,
        hint: 'Does it belong to this instance?',
      });
}

export const evidence: BoundEvidence<JobShopInstance, Refutation> = {
  recognises: (value) => Array.isArray(value.refutedOrders),
  read,
  write: ({ makespan, refutedOrders }) => ({ makespan, refutedOrders }),
  verify,
};
