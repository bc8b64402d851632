/** Published benchmark instances, recognised by their numbers, and their best known profits. */
import { crc32 } from '../../core/checksum.ts';
import { facts } from './facts.ts';
import { copiesOf, type Instance } from './instance.ts';

/** CRC-32 of capacities and items in order; names do not count. O(n·m). */
export function fingerprint(instance: Instance): number {
  const numbers = [
    ...instance.capacities,
    ...instance.items.flatMap((item) => [item.profit, ...item.weights]),
  ];
  return crc32(new TextEncoder().encode(numbers.join(' ')));
}

/** The best known profit of exactly this instance; null when it is none of the published ones. */
export function bestKnown(instance: Instance): { value: number; optimal: boolean } | null {
  const n = instance.items.length;
  const m = instance.capacities.length;
  if (instance.kind !== undefined) return null;
  const candidates = facts.filter((fact) => fact[1] === n && fact[2] === m);
  if (candidates.length === 0 || instance.items.some((item) => copiesOf(item) !== 1)) return null;
  const print = fingerprint(instance);
  const fact = candidates.find((candidate) => candidate[3] === print);
  return fact ? { value: fact[4], optimal: fact[5] === 1 } : null;
}
