import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { createRng } from '../../core/rng.ts';
import { check } from './check.ts';
import { evidence, verifyOneTree } from './evidence.ts';
import type { TspInstance } from './instance.ts';

const instance: TspInstance = {
  name: '',
  metric: 'euclidean-rounded',
  cities: Array.from({ length: 9 }, (_, i) => [(i * 37) % 50, (i * 23) % 41] as const),
};

function shortest(): number {
  let best = Infinity;
  const tour = Int32Array.from(instance.cities.keys());
  const visit = (from: number) => {
    if (from === tour.length) best = Math.min(best, check(instance, { tour }).objective);
    for (let at = from; at < tour.length; at++) {
      [tour[from], tour[at]] = [tour[at], tour[from]];
      visit(from + 1);
      [tour[from], tour[at]] = [tour[at], tour[from]];
    }
  };
  visit(1);
  return best;
}

describe('a 1-tree', () => {
  it('bounds every tour from below, whatever the multipliers', () => {
    const optimum = shortest();
    const rng = createRng(1);
    const values = [0, 1, 5, 30].map((reach) => {
      const multipliers = instance.cities.map(() => reach * (rng.float() - 0.5));
      return unwrap(verifyOneTree(instance, { multipliers, outside: 4 }));
    });
    for (const value of values) expect(value).toBeLessThanOrEqual(optimum);
    // Without multipliers the bound is no empty one.
    expect(values[0]).toBeGreaterThan(optimum / 2);
  });

  it('is what the minimum over all of them says, by hand', () => {
    const triangle: TspInstance = {
      name: '',
      metric: 'matrix',
      cities: [],
      matrix: [
        [0, 1, 2],
        [1, 0, 4],
        [2, 4, 0],
      ],
    };
    for (const multipliers of [
      [0, 0, 0],
      [3, -1, 7],
    ])
      expect(verifyOneTree(triangle, { multipliers, outside: 1 })).toEqual({ ok: true, value: 7 });
  });

  it('is refused where it proves nothing', () => {
    const proof = { multipliers: new Array<number>(9).fill(0), outside: 8 };
    expect(verifyOneTree(instance, proof).ok).toBe(true);
    expect(verifyOneTree(instance, { ...proof, multipliers: [0, 1] }).ok).toBe(false);
    expect(verifyOneTree(instance, { ...proof, multipliers: new Array(9).fill(NaN) }).ok).toBe(
      false,
    );
    expect(verifyOneTree(instance, { ...proof, outside: 9 }).ok).toBe(false);
    expect(verifyOneTree({ ...instance, open: true }, proof).ok).toBe(false);
  });

  it('is read back as written', () => {
    const multipliers = Float64Array.of(0.5, -1);
    const written = JSON.parse(
      JSON.stringify(evidence.write({ multipliers, outside: 0 })),
    ) as object;
    expect(evidence.recognises(written as Record<string, unknown>)).toBe(true);
    expect(unwrap(evidence.read(written))).toEqual({ multipliers: [0.5, -1], outside: 0 });
    expect(evidence.read({ multipliers: ['1'], outside: 0 }).ok).toBe(false);
  });
});
