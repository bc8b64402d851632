/**
 * What proves lower bounds on tours, as data: the certificate of a branch and cut, or the
 * multipliers of a Held–Karp bound. Both are verified from the problem's definition alone.
 */
import { fail, ok, type Result } from '../../core/result.ts';
import type { BoundEvidence } from '../family.ts';
import { readCertificate, verifyCertificate, type TspCertificate } from './certificate.ts';
import { cityCount, distanceOf, isIntegral, LIMITS, type TspInstance } from './instance.ts';

/** The minimum 1-tree under these multipliers, one per city, proves the bound. */
export interface OneTreeProof {
  multipliers: Float64Array | readonly number[];
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
 * The bound of the best minimum 1-tree (Held & Karp 1970) under d(i, j) + π(i) + π(j): a minimum
 * spanning tree by Prim's algorithm and a second edge at one of its leaves, less 2 Σ π, rounded up
 * for whole distances. Every tour is a spanning path and a second edge at any city. O(n²).
 */
export function verifyOneTree(
  instance: TspInstance,
  { multipliers }: OneTreeProof,
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
  const distance = distanceOf(instance);
  const penalised = (i: number, j: number) => distance(i, j) + multipliers[i] + multipliers[j];

  const key = new Float64Array(n).fill(Infinity);
  const parent = new Int32Array(n).fill(-1);
  const degree = new Int32Array(n);
  const inTree = new Uint8Array(n);
  let weight = 0;
  for (let city = 0, taken = 1; ; taken++) {
    inTree[city] = 1;
    if (taken === n) break;
    let nearest = -1;
    for (let other = 0; other < n; other++) {
      if (inTree[other] === 1) continue;
      const length = penalised(city, other);
      if (length < key[other]) {
        key[other] = length;
        parent[other] = city;
      }
      if (nearest < 0 || key[other] < key[nearest]) nearest = other;
    }
    weight += key[nearest];
    degree[nearest]++;
    degree[parent[nearest]]++;
    city = nearest;
  }
  let second = -Infinity;
  for (let leaf = 1; leaf < n; leaf++) {
    if (degree[leaf] !== 1) continue;
    let shortest = Infinity;
    for (let other = 0; other < n; other++)
      if (other !== leaf && other !== parent[leaf])
        shortest = Math.min(shortest, penalised(leaf, other));
    second = Math.max(second, shortest);
  }
  let bound = weight + second;
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
  return ok({ multipliers: multipliers as number[] });
}

export const evidence: BoundEvidence<TspInstance, TspEvidence> = {
  recognises: (value) =>
    Array.isArray(value.multipliers) || (Array.isArray(value.cuts) && value.tree !== undefined),
  read,
  write: (each) =>
    'multipliers' in each ? { multipliers: Array.from(each.multipliers) } : each,
  verify: (instance, each) =>
    'multipliers' in each ? verifyOneTree(instance, each) : verifyCertificate(instance, each),
};
