/**
 * A proof that no tour is shorter than some length, as data, and its verification from the
 * problem's definition alone: no solver code, no linear programming. The proof is a tree that
 * decides on edges; at every leaf, multipliers of the cities and of valid inequalities bound all
 * tours with these decisions by weak duality, over all edges of the complete graph.
 */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import { cityCount, distanceOf, isIntegral, type TspInstance } from './instance.ts';

export interface CertificateMultipliers {
  /** One per city, any sign. */
  cities: readonly number[];
  /** Index into the inequalities, and a multiplier of at least 0. */
  cuts: readonly (readonly [number, number])[];
}

export type CertificateNode =
  | { leaf: CertificateMultipliers }
  /** All tours either lack the edge or have it. */
  | { edge: readonly [number, number]; without: CertificateNode; with: CertificateNode };

export interface TspCertificate {
  /** Tours at least this long need not be excluded. */
  length: number;
  /**
   * Inequalities as sets of cities: one set S for x(δ(S)) ≥ 2; else the handle H and an odd number
   * t ≥ 3 of disjoint teeth T, each with cities in and outside H, for
   * x(δ(H)) + Σ x(δ(T)) ≥ 3t + 1 (Grötschel & Padberg 1979).
   */
  cuts: readonly (readonly (readonly number[])[])[];
  /** Prove that no shorter tour has certain edges; these then count nowhere. */
  excluding?: CertificateMultipliers;
  tree: CertificateNode;
}

/** Nodes of a tree that are read. */
const MAX_NODES = 1_000_000;

const broken = (message: string): { ok: false; issues: Issue[] } => ({
  ok: false,
  issues: [{ path: [], message }],
});

/**
 * The bound that a certificate proves: every tour is at least this long; at most the certificate's
 * length. Fails when an inequality is not valid or a multiplier is out of place. O(n²) for every
 * leaf. Sums are exact for whole distances and multipliers of 20 binary places; else rounding may
 * cost the last digits.
 */
export function verifyCertificate(
  instance: TspInstance,
  certificate: TspCertificate,
): Result<number> {
  const n = cityCount(instance);
  if (instance.directed || instance.open || instance.fixed)
    return fail({
      path: [],
      message: 'Certificates are of closed, symmetric tours without fixed edges.',
    });
  if (n < 3)
    return fail({ path: [], message: 'There is nothing to prove for fewer than 3 cities.' });
  for (const [index, sets] of certificate.cuts.entries()) {
    const wrong = whyInvalid(n, sets);
    if (wrong) return fail({ path: ['cuts', index], message: wrong });
  }
  const distance = distanceOf(instance);
  const integral = isIntegral(instance);
  // Reduced costs by a·n + b, a < b.
  const reduced = new Float64Array(n * n);
  const excluded = new Uint8Array(n * n);

  /** Loads the reduced costs; returns the constant of the bound, or what is wrong. */
  function price({ cities, cuts }: CertificateMultipliers): number | string {
    if (cities.length !== n || !cities.every(Number.isFinite))
      return `There must be ${n} finite multipliers of cities.`;
    let constant = 0;
    for (let a = 0; a < n; a++) {
      constant += 2 * cities[a];
      for (let b = a + 1; b < n; b++) reduced[a * n + b] = distance(a, b) - cities[a] - cities[b];
    }
    const inside = new Uint8Array(n);
    for (const [index, value] of cuts) {
      const sets = certificate.cuts[index];
      if (!sets || !(value >= 0 && value < Infinity))
        return 'A multiplier belongs to no inequality or is below 0.';
      constant += value * (sets.length === 1 ? 2 : 3 * (sets.length - 1) + 1);
      for (const set of sets) {
        for (const city of set) inside[city] = 1;
        for (const city of set)
          for (let other = 0; other < n; other++)
            if (inside[other] === 0)
              reduced[city < other ? city * n + other : other * n + city] -= value;
        for (const city of set) inside[city] = 0;
      }
    }
    return constant;
  }

  /** @param decided by a·n + b: −1 the edge is not in the tour, 1 it is. */
  function boundOf(multipliers: CertificateMultipliers, decided: Int8Array): number | string {
    const constant = price(multipliers);
    if (typeof constant === 'string') return constant;
    let bound = constant;
    for (let a = 0; a < n; a++)
      for (let b = a + 1; b < n; b++) {
        const at = a * n + b;
        if (decided[at] === 1) bound += reduced[at];
        else if (decided[at] === 0 && excluded[at] === 0 && reduced[at] < 0) bound += reduced[at];
      }
    return bound;
  }

  const decided = new Int8Array(n * n);
  if (certificate.excluding) {
    const bound = boundOf(certificate.excluding, decided);
    if (typeof bound === 'string') return broken(bound);
    const limit = integral ? certificate.length - 1 : certificate.length;
    for (let at = 0; at < n * n; at++)
      if (reduced[at] > 0 && bound + reduced[at] > limit) excluded[at] = 1;
  }

  let least = certificate.length;
  // A tree walked without recursion: visit, or take a decision back.
  const stack: ({ node: CertificateNode } | { at: number; value: number })[] = [
    { node: certificate.tree },
  ];
  for (let nodes = 0; ;) {
    const step = stack.pop();
    if (!step) break;
    if ('at' in step) {
      decided[step.at] = step.value;
      continue;
    }
    if (++nodes > MAX_NODES) return broken(`The proof has more than ${MAX_NODES} nodes.`);
    const { node } = step;
    if ('leaf' in node) {
      const bound = boundOf(node.leaf, decided);
      if (typeof bound === 'string') return broken(bound);
      // Whole lengths: the next whole number, unless it is missed by a rounding error only.
      least = Math.min(least, integral ? Math.ceil(bound - 1e-6) + 0 : bound);
      continue;
    }
    const [a, b] = node.edge;
    if (!(Number.isInteger(a) && Number.isInteger(b) && a >= 0 && b < n && a < b))
      return broken('A decision must be on an edge of two different cities, the lower first.');
    const at = a * n + b;
    if (decided[at] !== 0) return broken('An edge is decided on twice.');
    stack.push(
      { at, value: 0 },
      { node: node.with },
      { at, value: 1 },
      { node: node.without },
      { at, value: -1 },
    );
  }
  return ok(least);
}

/** Why sets make no valid inequality; null when they do. */
function whyInvalid(n: number, sets: readonly (readonly number[])[]): string | null {
  const where: Int32Array = new Int32Array(n);
  for (const set of sets) {
    if (set.length < 1 || set.length >= n) return 'A set must have some but not all cities.';
    const seen = new Set(set);
    if (seen.size !== set.length) return 'A set names a city twice.';
    if (!set.every((city) => Number.isInteger(city) && city >= 0 && city < n))
      return 'A set names no city.';
  }
  if (sets.length === 1) return null;
  const teeth = sets.length - 1;
  if (teeth < 3 || teeth % 2 === 0)
    return 'A comb must have an odd number of teeth, three at least.';
  const [handle, ...rest] = sets;
  for (const city of handle) where[city] = 1;
  for (const tooth of rest) {
    const within = tooth.filter((city) => (where[city] & 1) === 1).length;
    if (within === 0 || within === tooth.length)
      return 'A tooth must have cities in the handle and outside.';
    for (const city of tooth) {
      if (where[city] >= 2) return 'The teeth of a comb must be disjoint.';
      where[city] += 2;
    }
  }
  return null;
}

/** Inequalities that are read. */
const MAX_CUTS = 200_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'number');

const isMultipliers = (value: unknown): value is CertificateMultipliers =>
  isRecord(value) &&
  isNumbers(value.cities) &&
  Array.isArray(value.cuts) &&
  value.cuts.every((pair) => isNumbers(pair) && pair.length === 2);

/** A certificate from an untrusted value: its shape only; `verifyCertificate` says what it proves. */
export function readCertificate(value: unknown): Result<TspCertificate> {
  if (!isRecord(value)) return broken('A certificate must be an object.');
  const { length, cuts, excluding, tree } = value;
  if (typeof length !== 'number' || !Number.isFinite(length))
    return fail({ path: ['length'], message: 'The length must be a number.' });
  if (!Array.isArray(cuts) || cuts.length > MAX_CUTS)
    return fail({ path: ['cuts'], message: `There must be a list of at most ${MAX_CUTS} cuts.` });
  const wrong = cuts.findIndex((sets) => !Array.isArray(sets) || !sets.every(isNumbers));
  if (wrong >= 0)
    return fail({ path: ['cuts', wrong], message: 'A cut must be a list of sets of cities.' });
  if (excluding !== undefined && !isMultipliers(excluding))
    return fail({ path: ['excluding'], message: 'These are no multipliers.' });
  const stack: unknown[] = [tree];
  for (let nodes = 0; stack.length > 0; nodes++) {
    const node = stack.pop();
    if (nodes > MAX_NODES) return broken(`The proof has more than ${MAX_NODES} nodes.`);
    if (isRecord(node) && isMultipliers(node.leaf)) continue;
    if (!isRecord(node) || !isNumbers(node.edge) || node.edge.length !== 2)
      return fail({
        path: ['tree'],
        message: 'A node must be a leaf with multipliers or a decision on an edge.',
      });
    stack.push(node.without, node.with);
  }
  return ok(value as unknown as TspCertificate);
}
