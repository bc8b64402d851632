import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../src/core/rng.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { cholesky, eigenSymmetric, orthonormaliseRows, solveCholesky } from './dense.ts';

const randomSymmetric = (n: number, seed: number) => {
  const normal = createNormal(createRng(seed));
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      a[i * n + j] = normal();
      a[j * n + i] = a[i * n + j];
    }
  return a;
};

describe('eigenvectors of a symmetric matrix', () => {
  const check = (n: number, a: Float64Array) => {
    const values = new Float64Array(n);
    const vectors = new Float64Array(n * n);
    eigenSymmetric(n, a.slice(), values, vectors);
    const scale = Math.max(1e-300, ...a.map(Math.abs));
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let product = 0;
        let entry = 0;
        for (let k = 0; k < n; k++) {
          product += vectors[i * n + k] * vectors[j * n + k];
          entry += values[k] * vectors[k * n + i] * vectors[k * n + j];
        }
        expect(product).toBeCloseTo(i === j ? 1 : 0, 11);
        expect(Math.abs(entry - a[i * n + j]) / scale).toBeLessThan(1e-12 * n);
      }
    return values;
  };

  it('rebuild it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.integer(), (n, seed) => {
        check(n, randomSymmetric(n, seed));
      }),
      { numRuns: 30 },
    );
    check(60, randomSymmetric(60, 1));
  });

  it('of diagonal, zero and degenerate ones', () => {
    expect([...check(3, Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 2))].sort()).toEqual([-1, 2, 3]);
    check(4, new Float64Array(16));
    const ones = [...check(5, new Float64Array(25).fill(1))].sort((a, b) => a - b);
    expect(ones[4]).toBeCloseTo(5, 12);
    expect(ones[3]).toBeCloseTo(0, 12);
  });
});

describe('Cholesky', () => {
  it('solves positive definite systems and refuses others', () => {
    const n = 6;
    const half = randomSymmetric(n, 3);
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        a[i * n + j] = i === j ? 0.1 : 0;
        for (let k = 0; k < n; k++) a[i * n + j] += half[i * n + k] * half[j * n + k];
      }
    const x = Float64Array.of(1, -2, 3, 0.5, 0, 4);
    const b = x.map((_, i) => x.reduce((sum, value, j) => sum + a[i * n + j] * value, 0));
    expect(cholesky(n, a, n)).toBe(true);
    solveCholesky(n, a, n, b);
    b.forEach((value, i) => expect(value).toBeCloseTo(x[i], 8));
    expect(cholesky(2, Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
  });
});

describe('orthonormal rows', () => {
  it.each([
    ['random', randomSymmetric(6, 5)],
    ['all the same', new Float64Array(36).fill(1)],
    ['zero', new Float64Array(36)],
  ])('%s', (_name, source) => {
    const q = source.slice();
    orthonormaliseRows(4, 6, q);
    for (let i = 0; i < 4; i++)
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let k = 0; k < 6; k++) product += q[i * 6 + k] * q[j * 6 + k];
        expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
      }
  });
});
