import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng, shuffle } from '../../../../src/core/rng.ts';
import { unwrap } from '../../../../src/core/result.ts';
import {
  verifyCertificate,
  type TspCertificate,
} from '../../../../src/problems/tsp/certificate.ts';
import { tsplib } from '../../../../src/problems/tsp/formats/index.ts';
import { uniformInstance } from '../../../../src/problems/tsp/gallery.ts';
import { pack, type City, type TspInstance } from '../../../../src/problems/tsp/instance.ts';
import { prepareHighs } from '../../common/highs-runtime.ts';
import { dynamicProgramming } from '../dynamic-programming.ts';
import { minimumCuts } from './cut-tree.ts';
import { makeSupport, subtourCut, violation } from './cuts.ts';
import { branchAndCut } from './solve.ts';
import { separateSubtours } from './subtours.ts';

beforeAll(prepareHighs);

const UNBOUNDED = { steps: null, chunk: (preferred: number) => preferred, progress: () => NaN };

interface Outcome {
  objective: number;
  bound: number;
  reason: string;
  certificate: TspCertificate | null;
}

function prove(instance: TspInstance, kicks = 15, yields = Infinity): Outcome {
  const outcome: Outcome = { objective: Infinity, bound: -Infinity, reason: '', certificate: null };
  const run = branchAndCut(pack(instance), {
    rng: createRng(1),
    params: { kicks },
    budget: UNBOUNDED,
  });
  for (let turn = 0; ; turn++) {
    const { value, done } = turn < yields ? run.next() : run.return({ reason: 'exhausted' });
    if (done) {
      outcome.reason = value.reason;
      return outcome;
    }
    if (typeof value === 'number') continue;
    if (value.kind === 'incumbent') outcome.objective = value.objective;
    if (value.kind !== 'bound') continue;
    outcome.bound = Math.max(outcome.bound, value.value);
    if (!value.evidence) continue;
    const certificate = value.evidence as TspCertificate;
    const proven = verifyCertificate(instance, certificate);
    if (proven.ok) expect(proven.value).toBeGreaterThanOrEqual(value.value - 1e-6);
    else expect(proven).toBe('a proof');
    outcome.certificate = certificate;
  }
}

function byDynamicProgramming(instance: TspInstance): number {
  let best = NaN;
  for (const value of dynamicProgramming(pack(instance), { budget: UNBOUNDED } as never))
    if (typeof value !== 'number' && value.kind === 'incumbent') best = value.objective;
  return best;
}

const cities = (min: number, max: number, reach: number): fc.Arbitrary<City[]> =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: reach }), fc.integer({ min: 0, max: reach })), {
    minLength: min,
    maxLength: max,
  });

describe('branch and cut', () => {
  it('proves what dynamic programming finds, in whole and in real distances', () => {
    fc.assert(
      fc.property(
        cities(9, 12, 100),
        fc.constantFrom('euclidean-rounded' as const, 'euclidean' as const),
        (places, metric) => {
          const instance: TspInstance = { name: '', metric, cities: places };
          const { objective, reason } = prove(instance, 0);
          expect(reason).toBe('optimal');
          expect(objective).toBeCloseTo(byDynamicProgramming(instance), 6);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('proves random matrices, where no triangle inequality holds', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(seed);
        const matrix = Array.from({ length: 11 }, () => new Array<number>(11).fill(0));
        for (let i = 0; i < 11; i++)
          for (let j = 0; j < i; j++) matrix[i][j] = matrix[j][i] = rng.int(50);
        const instance: TspInstance = { name: '', metric: 'matrix', cities: [], matrix };
        const { objective, reason, certificate } = prove(instance, 0);
        expect(reason).toBe('optimal');
        expect(objective).toBe(byDynamicProgramming(instance));
        expect(verifyCertificate(instance, certificate!)).toEqual({ ok: true, value: objective });
      }),
      { numRuns: 8 },
    );
  });

  it('hands out a certificate that verifies, of cuts that every tour keeps', () => {
    const instance = uniformInstance(100);
    const { objective, reason, certificate } = prove(instance);
    expect(reason).toBe('optimal');
    expect(objective).toBe(7_799_416);
    expect(verifyCertificate(instance, certificate!)).toEqual({ ok: true, value: objective });
    // It does not verify for cities that lie closer.
    const closer = { ...instance, cities: instance.cities.map(([x, y]): City => [x, y / 2]) };
    const other = verifyCertificate(closer, certificate!);
    expect(other.ok && other.value < objective).toBe(true);

    const rng = createRng(5);
    const tour = Int32Array.from({ length: 100 }, (_, i) => i);
    for (let round = 0; round < 20; round++) {
      shuffle(tour, rng);
      const next = tour.map((_, at) => tour[(at + 1) % 100]);
      const support = makeSupport(100, tour, next, new Float64Array(100).fill(1), 100);
      for (const sets of certificate!.cuts) {
        const rhs = sets.length === 1 ? 2 : 3 * sets.length - 2;
        const cut = { sets: sets.map((set) => Int32Array.from(set)), rhs, key: '' };
        expect(violation(support, cut, new Uint8Array(100))).toBeLessThanOrEqual(0);
      }
    }
  });

  it('proves part of the way when stopped', () => {
    const instance = uniformInstance(200);
    const { bound, certificate } = prove(instance, 15, 700);
    const proven = verifyCertificate(instance, certificate!);
    expect(proven.ok && proven.value).toBeLessThanOrEqual(10_596_945);
    expect(bound).toBeLessThanOrEqual(10_596_945);
  });
});

describe('separation', () => {
  it('finds a violated set exactly when one exists', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        // The mean of a few cycle covers: degrees are 2, connected or not.
        const rng = createRng(seed);
        const n = 8;
        const values = new Float64Array(n * n);
        for (let cover = 0; cover < 3; cover++) {
          const order = shuffle(
            Int32Array.from({ length: n }, (_, i) => i),
            rng,
          );
          const first = [3, 4, 5, 8][rng.int(4)];
          for (let at = 0; at < n; at++) {
            const next = at < first ? (at + 1) % first : at + 1 === n ? first : at + 1;
            const [i, j] = [order[at], order[next]];
            values[Math.min(i, j) * n + Math.max(i, j)] += 1 / 3;
          }
        }
        const pairs = Int32Array.from({ length: n * n }, (_, at) => at).filter(
          (at) => values[at] > 0,
        );
        const support = makeSupport(
          n,
          pairs.map((at) => Math.floor(at / n)),
          pairs.map((at) => at % n),
          Float64Array.from(pairs, (at) => values[at]),
          pairs.length,
        );
        const marks = new Uint8Array(n);
        let violated = false;
        for (let mask = 1; mask < 1 << n; mask++) {
          const set = [...marks.keys()].filter((city) => (mask >> city) & 1);
          if (set.length < 2 || set.length > n - 2) continue;
          if (violation(support, subtourCut(n, set), marks) > 1e-3) violated = true;
        }
        const cuts = separateSubtours(support);
        expect(cuts.length > 0).toBe(violated);
        for (const cut of cuts) expect(violation(support, cut, marks)).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('has a minimum cut of every pair among those of the flow tree', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rng = createRng(seed);
        const n = 6;
        const graph = { n, a: [] as number[], b: [] as number[], capacity: [] as number[] };
        for (let i = 0; i < n; i++)
          for (let j = 0; j < i; j++) {
            if (rng.int(3) === 0) continue;
            graph.a.push(i);
            graph.b.push(j);
            graph.capacity.push(1 + rng.int(9));
          }
        const value = (side: ArrayLike<number>) =>
          graph.capacity.reduce(
            (sum, capacity, e) => sum + (side[graph.a[e]] === side[graph.b[e]] ? 0 : capacity),
            0,
          );
        const sides = minimumCuts(graph);
        for (let s = 0; s < n; s++)
          for (let t = 0; t < s; t++) {
            let least = Infinity;
            for (let mask = 0; mask < 1 << n; mask++) {
              if (((mask >> s) & 1) === ((mask >> t) & 1)) continue;
              least = Math.min(least, value(Array.from({ length: n }, (_, i) => (mask >> i) & 1)));
            }
            const parted = sides.filter((side) => side[s] !== side[t]).map(value);
            expect(Math.min(...parted)).toBeCloseTo(least, 6);
          }
      }),
      { numRuns: 30 },
    );
  });
});

const bench = `${process.env.INCUMBENT_BENCH ?? '../shared/bench'}/tsplib`;

describe.skipIf(!existsSync(bench))('published optima', () => {
  it.each([
    ['berlin52', 7542],
    ['st70', 675],
    ['eil76', 538],
    ['lin105', 14379],
    ['pr124', 59030],
    ['gr96', 55209],
  ])('are proven for %s', (name, optimum) => {
    const file = readFileSync(`${bench}/${name}.tsp`, 'utf8');
    const instance = unwrap(tsplib.parse(file, `${name}.tsp`));
    const { objective, reason, certificate } = prove(instance);
    expect(reason).toBe('optimal');
    expect(objective).toBe(optimum);
    expect(verifyCertificate(instance, certificate!)).toEqual({ ok: true, value: optimum });
  });
});
