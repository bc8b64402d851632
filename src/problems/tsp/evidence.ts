/**
 * What proves lower bounds on tours, as data: the certificate of a branch and cut, or the
 * multipliers of a Held–Karp bound. Both are verified from the problem's definition alone.
 */
import { fail, ok, type Result } from '../../core/result.ts';
import type { BoundEvidence } from '../family.ts';
import { readCertificate, verifyCertificate, type TspCertificate } from './certificate.ts';
import { cityCount, distanceOf, isIntegral, LIMITS, type TspInstance } from './instance.ts';

/** A minimum 1-tree proves the bound: a spanning tree of all cities but one, and two edges there. */
export interface OneTreeProof {
  /** One per city. */
  multipliers: Float64Array | readonly number[];
  /** The city outside the spanning tree. */
  outside: number;
}

export type TspEvidence = TspCertificate | OneTreeProof;

/** The quadratic verification of a 1-tree goes up to this many cities: about 3 s. */
const MAX_VERIFIED = 20_000;

/** The multipliers of a 1-tree, when it is one that proves the bound. */
export function multipliersOf(evidence: unknown): OneTreeProof['multipliers'] | null {
  return typeof evidence === 'object' && evidence !== null && 'multipliers' in evidence
    ? (evidence as OneTreeProof).multipliers
    : null;
}

/**
 * The bound of the minimum 1-tree (Held & Karp 1970) under d(i, j) + π(i) + π(j): a minimum
 * spanning tree of all cities but one, by Prim's algorithm, and the two shortest edges of that one,
 * less 2 Σ π, rounded up for whole distances. O(n²).
 */
export function verifyOneTree(
  instance: TspInstance,
  { multipliers, outside }: OneTreeProof,
): Result<number> {
  const n = cityCount(instance);
  if (instance.directed || instance.open)
    return fail({ path: [], message: 'A 1-tree bounds closed, symmetric tours only.' });
  if (n < 3)
    return fail({ path: [], message: 'There is nothing to prove for fewer than 3 cities.' });
  if (n > MAX_VERIFIED)
    return fail({
      path: [],
      message: `1-trees of up to ${MAX_VERIFIED} cities are verified; these are ${n}.`,
    });
  if (multipliers.length !== n || !Array.prototype.every.call(multipliers, Number.isFinite))
    return fail({ path: ['multipliers'], message: `There must be ${n} finite multipliers.` });
  if (!Number.isInteger(outside) || outside < 0 || outside >= n)
    return fail({ path: ['outside'], message: `This must be a city from 0 to ${n - 1}.` });
  const distance = distanceOf(instance);
  const penalised = (i: number, j: number) => distance(i, j) + multipliers[i] + multipliers[j];

  const key = new Float64Array(n).fill(Infinity);
  const inTree = new Uint8Array(n);
  inTree[outside] = 1;
  let bound = 0;
  for (let city = outside === 0 ? 1 : 0, left = n - 1; ; left--) {
    inTree[city] = 1;
    if (left === 1) break;
    let nearest = -1;
    for (let other = 0; other < n; other++) {
      if (inTree[other] === 1) continue;
      key[other] = Math.min(key[other], penalised(city, other));
      if (nearest < 0 || key[other] < key[nearest]) nearest = other;
    }
    bound += key[nearest];
    city = nearest;
  }
  let shortest = Infinity;
  let second = Infinity;
  for (let city = 0; city < n; city++) {
    if (city === outside) continue;
    const length = penalised(outside, city);
    second = Math.min(second, Math.max(shortest, length));
    shortest = Math.min(shortest, length);
  }
  bound += shortest + second;
  for (let i = 0; i < n; i++) bound -= 2 * multipliers[i];
  return ok(isIntegral(instance) ? Math.ceil(bound - 1e-6) + 0 : bound);
}

function read(value: unknown): Result<TspEvidence> {
  const multipliers: unknown = multipliersOf(value);
  if (multipliers === null) return readCertificate(value);
  if (
    !Array.isArray(multipliers) ||
    multipliers.length > LIMITS.cities ||
    !multipliers.every((each) => typeof each === 'number')
  )
    return fail({ path: ['multipliers'], message: 'The multipliers must be a list of numbers.' });
  const { outside } = value as { outside?: unknown };
  if (typeof outside !== 'number')
    return fail({ path: ['outside'], message: 'This must be the number of a city.' });
  return ok({ multipliers: multipliers as number[], outside });
}

export const evidence: BoundEvidence<TspInstance, TspEvidence> = {
  recognises: (value) =>
    Array.isArray(value.multipliers) || (Array.isArray(value.cuts) && value.tree !== undefined),
  read,
  write: (each) =>
    'multipliers' in each ? { ...each, multipliers: Array.from(each.multipliers) } : each,
  verify: (instance, each) =>
    'multipliers' in each ? verifyOneTree(instance, each) : verifyCertificate(instance, each),
};
