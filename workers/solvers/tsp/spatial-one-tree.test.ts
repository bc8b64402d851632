import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/rng.ts';
import { uniformInstance } from '../../../src/problems/tsp/gallery.ts';
import { METRICS, pack, type City, type TspInstance } from '../../../src/problems/tsp/instance.ts';
import { buildCandidates } from './candidates.ts';
import { createDenseOneTree, type OneTree } from './one-tree.ts';
import { createSpace } from './space.ts';
import { createSpatialOneTree } from './spatial-one-tree.ts';

function drain<Value>(generator: Generator<number, Value, void>): Value {
  let step = generator.next();
  while (!step.done) step = generator.next();
  return step.value;
}

function compare(instance: TspInstance, seed: number): void {
  const space = drain(createSpace(pack(instance)));
  const candidates = drain(buildCandidates(space, 5));
  const dense = createDenseOneTree(space);
  const spatial = createSpatialOneTree(space, candidates);
  const rng = createRng(seed);
  const scale = space.distance(0, 1) + 1;
  for (let round = 0; round < 3; round++) {
    const multipliers = Float64Array.from(
      { length: space.n },
      () => Math.round(scale * (rng.float() - 0.5) * round * 64) / 64,
    );
    const weight = ({ parent }: OneTree) => {
      let sum = 0;
      for (let city = 1; city < space.n; city++)
        sum += space.distance(city, parent[city]) + multipliers[city] + multipliers[parent[city]];
      return sum;
    };
    const expected = drain(dense.evaluate(multipliers));
    const tree = drain(spatial.evaluate(multipliers));
    expect(weight(tree)).toBeCloseTo(weight(expected), 5);
    // The second edge is the best there is at any leaf, of those tried.
    const priced = (i: number, j: number) => space.distance(i, j) + multipliers[i] + multipliers[j];
    const children = new Int32Array(space.n);
    for (let city = 1; city < space.n; city++) children[tree.parent[city]]++;
    let most = -Infinity;
    for (let leaf = 1; leaf < space.n; leaf++) {
      if (children[leaf] > 0) continue;
      let second = Infinity;
      for (let other = 0; other < space.n; other++)
        if (other !== leaf && other !== tree.parent[leaf])
          second = Math.min(second, priced(leaf, other));
      most = Math.max(most, second);
    }
    const sum = multipliers.reduce((total, value) => total + value, 0);
    const value = weight(tree) + most - 2 * sum;
    if (space.n <= 100) expect(tree.value).toBeCloseTo(value, 5);
    else expect(tree.value).toBeLessThanOrEqual(value + 1e-5);
    // A tree with one edge more: degrees sum to 2n, and every city but the root has a parent.
    expect(tree.degree.reduce((sum, degree) => sum + degree, 0)).toBe(2 * space.n);
    expect(tree.parent.every((parent, city) => (city === 0 ? parent === -1 : parent >= 0))).toBe(
      true,
    );
  }
}

describe('minimum 1-trees found in space', () => {
  it('weigh what those found among all edges weigh, in every metric', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...METRICS.map(({ id }) => id).filter((id) => id !== 'matrix')),
        fc.array(fc.tuple(fc.integer({ min: -80, max: 80 }), fc.integer({ min: -170, max: 170 })), {
          minLength: 4,
          maxLength: 40,
        }),
        fc.integer(),
        (metric, cities, seed) => compare({ name: '', metric, cities }, seed),
      ),
      { numRuns: 80 },
    );
  });

  it('do so for more cities, and for cities in heaps', () => {
    compare(uniformInstance(1000), 1);
    const heaps = Array.from({ length: 600 }, (_, i): City => [
      (i % 5) * 1000,
      Math.floor(i / 200),
    ]);
    compare({ name: '', metric: 'euclidean-rounded', cities: heaps }, 2);
  });
});
