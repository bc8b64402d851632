import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng, shuffle } from '../../../../src/core/rng.ts';
import { uniformInstance } from '../../../../src/problems/tsp/gallery.ts';
import { pack, type TspInstance } from '../../../../src/problems/tsp/instance.ts';
import { buildCandidates, type Candidates } from '../candidates.ts';
import type { Neighbourhood } from '../local-search.ts';
import { linksOf } from '../merge.ts';
import { createSpace, tourLength, type Space } from '../space.ts';
import { createKernel, createKernelSearch } from './engine.ts';
import * as at from './layout.ts';
import { createTwinSearch } from './twin.ts';

function resultOf<T>(run: Generator<unknown, T, void>): T {
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

function prepared(instance: TspInstance, k: number): [Space, Candidates, Int32Array] {
  const space = resultOf(createSpace(pack(instance)));
  const candidates = resultOf(buildCandidates(space, k, 1));
  return [space, candidates, Int32Array.from({ length: space.n }, (_, i) => i)];
}

function both(instance: TspInstance, k: number, neighbourhood: Neighbourhood = {}) {
  const [space, candidates, start] = prepared(instance, k);
  const kernel = createKernelSearch(space, candidates, start, neighbourhood);
  if (!kernel) throw new Error('no kernel');
  return { space, kernel, twin: createTwinSearch(space, candidates, start, neighbourhood) };
}

const coordinate = fc.integer({ min: 0, max: 60 });
const anyInstance = fc.record({
  name: fc.constant(''),
  metric: fc.constantFrom(
    'euclidean-rounded' as const,
    'euclidean' as const,
    'euclidean-ceiling' as const,
    'pseudo-euclidean' as const,
  ),
  cities: fc.array(fc.tuple(coordinate, coordinate), { minLength: 8, maxLength: 60 }),
});

describe('the kernel', () => {
  test('does what its twin does, call by call', () => {
    const calls = fc.array(
      fc.oneof(
        fc.record({ descend: fc.integer({ min: 1, max: 9 }) }),
        fc.record({ kick: fc.integer({ min: 1, max: 60 }), slack: fc.constantFrom(0, 3) }),
        fc.constant('replace' as const),
        fc.constant('adopt' as const),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        anyInstance,
        fc.integer({ min: 5, max: 10 }),
        fc.boolean(),
        calls,
        fc.nat(1e6),
        (instance, k, isFixed, list, seed) => {
          const n = instance.cities.length;
          const fixed = isFixed ? new Int32Array(2 * n).fill(-1) : null;
          if (fixed) {
            fixed[1] = 1;
            fixed[2] = 0;
          }
          const { space, kernel, twin } = both(instance, k, { fixed });
          const [ours, theirs] = [createRng(seed), createRng(seed)];
          const reversed = Int32Array.from({ length: n }, (_, i) => n - 1 - i);
          for (const call of list) {
            if (call === 'replace' || call === 'adopt') {
              kernel[call](reversed);
              twin[call](reversed);
            } else if ('descend' in call) {
              expect(kernel.descend(call.descend)).toBe(twin.descend(call.descend));
            } else {
              kernel.kick(call.kick, ours, 10, call.slack);
              twin.kick(call.kick, theirs, 10, call.slack);
            }
            expect([...kernel.tour]).toEqual([...twin.tour]);
            expect(kernel.length()).toBe(twin.length());
          }
          expect(kernel.length()).toBeCloseTo(tourLength(space, kernel.tour), 6);
          if (fixed) expect([...linksOf(kernel.tour).subarray(0, 2)]).toContain(1);
          expect(ours.uint32()).toBe(theirs.uint32());
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each(['euclidean-rounded', 'euclidean'] as const)(
    'keeps to its twin on 1,500 cities, %s, while its memory grows',
    (metric) => {
      const { kernel, twin } = both({ ...uniformInstance(1500), metric }, 8);
      const [ours, theirs] = [createRng(1), createRng(1)];
      const anyOrder = shuffle(Int32Array.from(kernel.tour), createRng(2));
      kernel.replace(anyOrder);
      twin.replace(anyOrder);
      const start = kernel.length();
      const { buffer } = kernel.tour;
      // The first kick descends all the way, which may all be taken back.
      for (let turn = 0; turn < 3; turn++) {
        kernel.kick(200, ours, 50, 0);
        twin.kick(200, theirs, 50, 0);
        expect(kernel.tour).toEqual(twin.tour);
        expect(kernel.length()).toBe(twin.length());
      }
      expect(kernel.tour.buffer).not.toBe(buffer);
      expect(kernel.length()).toBeLessThan(start / 10);
    },
  );

  test('takes back what made the tour longer', () => {
    const { kernel } = both(uniformInstance(200), 8);
    kernel.descend(1e6);
    for (let i = 0; i < 50; i++) {
      const [before, length] = [Int32Array.from(kernel.tour), kernel.length()];
      kernel.kick(1, createRng(i), 50, -1e9);
      expect([...kernel.tour]).toEqual([...before]);
      expect(kernel.length()).toBe(length);
    }
  });

  test('takes over the memory of a search before', () => {
    const kernel = createKernel();
    for (const count of [400, 900, 300]) {
      const instance = uniformInstance(count);
      const reusing = both(instance, 8, { kernel }).kernel;
      const { twin } = both(instance, 8);
      reusing.descend(1e6);
      twin.descend(1e6);
      reusing.kick(100, createRng(3), 50, 0);
      twin.kick(100, createRng(3), 50, 0);
      expect([...reusing.tour]).toEqual([...twin.tour]);
    }
  });

  test('leaves other metrics, neighbourhoods and sizes to its twin', () => {
    const instance = uniformInstance(50);
    const [space, candidates, start] = prepared(instance, 8);
    expect(createKernelSearch(space, candidates, start, { depth: 2 })).toBeNull();
    const cities = instance.cities.map(([x, y]) => [x / 1e5, y / 1e5] as const);
    const [globe, near] = prepared({ ...instance, metric: 'great-circle-km', cities }, 8);
    expect(createKernelSearch(globe, near, start, {})).toBeNull();
  });

  test('has room for all it keeps', () => {
    const integers = 4 * at.MOST_EDGES;
    expect(at.CUTS - at.ENDS).toBeGreaterThanOrEqual(2 * integers);
    expect(at.WAYS - at.TURNED).toBeGreaterThanOrEqual(integers);
    expect(at.WAYS_STRIDE).toBeGreaterThanOrEqual(16 * 2 * at.MOST_NEIGHBOURS);
    expect(at.KICKS - at.WAYS).toBeGreaterThanOrEqual(at.MOST_EDGES * at.WAYS_STRIDE);
    expect(at.CITIES - at.KICKS).toBeGreaterThanOrEqual(16 * at.MOST_KICKS);
  });
});
