import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eigenSymmetric } from './dense.ts';
import { BLOCK, LEVELS, createFourBit, dequantise, quantise } from './four-bit.ts';
import * as optimizers from './index.ts';
import { kappaGradient } from './lion-kappa.ts';
import { createOrthogonaliser } from './muon.ts';
import { rectify } from './shampoo.ts';
import {
  make,
  follow,
  norm,
  normals,
  singularValues,
  quadratic,
  type Gradient,
} from './testing.ts';

describe('Lion-κ', () => {
  it('with ℓ1 is Lion', () => {
    const start = normals(5, 1);
    const gradient = quadratic(1, 2, 3, 4, 5);
    const kappa = make('lion-kappa', optimizers.lionKappa, start, { kappa: 'l1', decay: 0.1 });
    const lion = make('lion', optimizers.lion, start, { decay: 0.1 });
    expect(follow(kappa, start, 30, 0.05, gradient)).toEqual(
      follow(lion, start, 30, 0.05, gradient),
    );
  });

  const dual = {
    l1: (x: Float64Array) => Math.max(...x.map(Math.abs)),
    l2: norm,
    linf: (x: Float64Array) => x.reduce((sum, value) => sum + Math.abs(value), 0),
    huber: (x: Float64Array) => Math.max(...x.map(Math.abs)),
    logcosh: (x: Float64Array) => Math.max(...x.map(Math.abs)),
  };
  it.each(Object.keys(dual) as (keyof typeof dual)[])(
    '%s with decay stays in the dual norm’s ball of radius 1/λ, and goes there from outside',
    (kappa) => {
      const vector = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
        minLength: 3,
        maxLength: 3,
      });
      fc.assert(
        fc.property(fc.array(vector, { minLength: 1, maxLength: 40 }), (gradients) => {
          const radius = 2;
          const start = Float64Array.of(0.5, -0.5, 0.25);
          const inside = make('lion-kappa', optimizers.lionKappa, start, { kappa, decay: 0.5 });
          const x = start.slice();
          const far = start.map((value) => value * 100);
          const outside = make('lion-kappa', optimizers.lionKappa, far, { kappa, decay: 0.5 });
          for (const g of gradients) {
            inside.step(x, Float64Array.from(g), 0.1);
            expect(dual[kappa](x)).toBeLessThanOrEqual(radius + 1e-12);
            const before = dual[kappa](far);
            outside.step(far, Float64Array.from(g), 0.1);
            if (before > radius)
              expect(dual[kappa](far) - radius).toBeLessThanOrEqual(
                0.95 * (before - radius) + 1e-9,
              );
          }
        }),
        { numRuns: 30 },
      );
    },
  );

  it('its steps are slopes of a convex κ: monotone', () => {
    const vector = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.constantFrom('l1', 'l2', 'linf', 'huber', 'logcosh'),
        vector,
        vector,
        (kappa, a, b) => {
          const u = Float64Array.from(a);
          const w = Float64Array.from(b);
          kappaGradient(kappa as 'l1', 0.3, u);
          kappaGradient(kappa as 'l1', 0.3, w);
          const product = u.reduce((sum, value, i) => sum + (value - w[i]) * (a[i] - b[i]), 0);
          expect(product).toBeGreaterThanOrEqual(-1e-9);
        },
      ),
    );
  });
});

describe('APOLLO', () => {
  const matrices = [{ from: 0, rows: 4, columns: 12 }];

  it('scales whole channels: each column of a step is along the gradient’s', () => {
    const start = new Float64Array(48);
    const optimizer = make('apollo', optimizers.apollo, start, {}, { matrices });
    const g = normals(48, 3);
    const x = start.slice();
    optimizer.step(x, g.slice(), 1);
    const factors = new Set<string>();
    for (let j = 0; j < 12; j++) {
      const factor = x[j] / g[j];
      expect(factor).toBeLessThan(0);
      factors.add(factor.toFixed(9));
      for (let i = 1; i < 4; i++) expect(x[i * 12 + j] / g[i * 12 + j]).toBeCloseTo(factor, 9);
    }
    expect(factors.size).toBe(12);
  });

  it('mini scales the whole matrix: a step is along the gradient', () => {
    const start = new Float64Array(48);
    const optimizer = make('apollo-mini', optimizers.apolloMini, start, {}, { matrices });
    const g = normals(48, 3);
    const x = start.slice();
    optimizer.step(x, g.slice(), 1);
    x.forEach((value, i) => expect(value / g[i]).toBeCloseTo(x[0] / g[0], 9));
  });

  it('steps grow by at most 1 % each, whatever the gradient does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (sizes) => {
          const start = new Float64Array(48);
          const optimizer = make('apollo', optimizers.apollo, start, {}, { matrices });
          const x = start.slice();
          let before = 0;
          sizes.forEach((size, t) => {
            const last = x.slice();
            optimizer.step(
              x,
              normals(48, t).map((value) => size * value),
              1,
            );
            const length = norm(x.map((value, i) => value - last[i]));
            if (before > 0) expect(length).toBeLessThanOrEqual(1.01 * before * (1 + 1e-9));
            before = length;
          });
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('COSMOS', () => {
  const matrices = [{ from: 0, rows: 6, columns: 5 }];
  const step = (rank: number, gradients: Float64Array[]) => {
    const start = new Float64Array(30);
    const x = start.slice();
    const given = { rank, ratio: 1 };
    const optimizer = make('cosmos', optimizers.cosmos, start, given, { matrices });
    let last = start;
    for (const g of gradients) {
      last = x.slice();
      optimizer.step(x, g.slice(), 1);
    }
    return { step: x.map((value, i) => value - last[i]), basis: optimizer.state.at(-5)! };
  };

  it('every step has the length of √size', () => {
    for (const rank of [0, 2, 5])
      expect(norm(step(rank, [normals(30, 1), normals(30, 2)]).step)).toBeCloseTo(Math.sqrt(30), 9);
  });

  it('with rank 0 goes where Muon does', () => {
    const g = normals(30, 4);
    const u = g.slice();
    createOrthogonaliser(6, 5)(u);
    const taken = step(0, [g]).step;
    const length = norm(u);
    taken.forEach((value, i) => expect(value).toBeCloseTo((-u[i] / length) * Math.sqrt(30), 6));
  });

  it('keeps an orthonormal basis that finds the leading eigenvectors', () => {
    // Gradients that vary mostly along two directions of the columns.
    const gradients = Array.from({ length: 200 }, (_, t) => {
      const g = normals(30, t);
      for (let i = 0; i < 6; i++) {
        g[i * 5] *= 10;
        g[i * 5 + 3] *= 7;
      }
      return g;
    });
    const basis = step(2, gradients).basis as Float64Array;
    expect(basis).toHaveLength(10);
    for (let i = 0; i < 2; i++) {
      expect(norm(basis.subarray(i * 5, i * 5 + 5))).toBeCloseTo(1, 10);
      expect(Math.hypot(basis[i * 5], basis[i * 5 + 3])).toBeGreaterThan(0.95);
    }
    expect(
      basis.subarray(0, 5).reduce((sum, value, j) => sum + value * basis[5 + j], 0),
    ).toBeCloseTo(0, 10);
  });
});

describe('Shampoo', () => {
  const matrices = [{ from: 0, rows: 6, columns: 4 }];
  const fresh = { beta: 0, beta1: 0, decay: 0, statistics: 1, roots: 1, epsilon: 1e-12 };

  it('without memory goes along the orthogonal factor: all singular values are equal', () => {
    const g = normals(24, 2);
    const x = new Float64Array(24);
    make('shampoo', optimizers.shampoo, x, fresh, { matrices }).step(x, g.slice(), 1);
    const values = singularValues(x, 6, 4);
    expect(values[3] / values[0]).toBeCloseTo(1, 4);
  });

  it('has the length of Adam’s step', () => {
    const start = normals(24, 9);
    const gradient: Gradient = (x, g) =>
      quadratic(...Array.from({ length: 24 }, (_, i) => 1 + i))(x, g);
    const shampoo = make('shampoo', optimizers.shampoo, start, { decay: 0 }, { matrices });
    const adam = make('adam', optimizers.adam, start);
    const one = follow(shampoo, start, 1, 0.1, gradient)[0];
    const other = follow(adam, start, 1, 0.1, gradient)[0];
    const lengthOf = (x: Float64Array) => norm(x.map((value, i) => value - start[i]));
    expect(lengthOf(one)).toBeCloseTo(lengthOf(other), 9);
  });

  it('in four bits stays near what it is in full', () => {
    const start = normals(24, 5);
    const h = Array.from({ length: 24 }, (_, i) => 1 + (i % 5));
    const last = (id: 'shampoo' | 'shampoo-4bit') => {
      const maker = id === 'shampoo' ? optimizers.shampoo : optimizers.shampoo4bit;
      const optimizer = make(id, maker, start, { decay: 0, statistics: 1, roots: 2 }, { matrices });
      return follow(optimizer, start, 30, 0.02, quadratic(...h)).at(-1)!;
    };
    const full = last('shampoo');
    const rough = last('shampoo-4bit');
    const moved = norm(full.map((value, i) => value - start[i]));
    expect(norm(full.map((value, i) => value - rough[i]))).toBeLessThan(0.2 * moved);
    expect(rough).not.toEqual(full);
  });
});

describe('four bits', () => {
  it('round to the nearest of 16 levels, each block by its own scale', () => {
    const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(values, (list) => {
        const source = Float64Array.from(list);
        const kept = createFourBit(list.length);
        const back = new Float64Array(list.length);
        quantise(source, kept);
        dequantise(kept, back);
        source.forEach((value, i) => {
          const scale = kept.scales[Math.floor(i / BLOCK)];
          const best = Math.min(...[...LEVELS].map((level) => Math.abs(level * scale - value)));
          expect(Math.abs(back[i] - value)).toBeLessThanOrEqual(best + 1e-6 * scale);
        });
        const again = createFourBit(list.length);
        quantise(back, again);
        const twice = new Float64Array(list.length);
        dequantise(again, twice);
        expect(
          twice.every((value, i) => Math.abs(value - back[i]) <= 1e-6 * Math.abs(back[i])),
        ).toBe(true);
      }),
    );
  });

  it('keep eigenvectors better than the matrix itself: the error of its inverse fourth root', () => {
    // Positive definite with eigenvalues from 1 down to 1e-4, as preconditioners have.
    const n = 32;
    const symmetric = normals(n * n, 8);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) symmetric[i * n + j] = symmetric[j * n + i];
    const vectors = new Float64Array(n * n);
    eigenSymmetric(n, symmetric, new Float64Array(n), vectors);
    const values = Float64Array.from({ length: n }, (_, i) => 10 ** ((-4 * i) / (n - 1)));
    const compose = (v: Float64Array, f: (i: number) => number) => {
      const a = new Float64Array(n * n);
      for (let k = 0; k < n; k++)
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) a[i * n + j] += f(k) * v[k * n + i] * v[k * n + j];
      return a;
    };
    const exact = compose(vectors, (k) => values[k] ** -0.25);
    const errorOf = (a: Float64Array) => norm(a.map((value, i) => value - exact[i])) / norm(exact);
    const kept = createFourBit(n * n);

    const rough = new Float64Array(n * n);
    quantise(
      compose(vectors, (k) => values[k]),
      kept,
    );
    dequantise(kept, rough);
    const own = new Float64Array(n);
    const ownVectors = new Float64Array(n * n);
    eigenSymmetric(n, rough, own, ownVectors);
    const direct = errorOf(compose(ownVectors, (k) => Math.max(own[k], 1e-4) ** -0.25));

    const v = new Float64Array(n * n);
    quantise(vectors, kept);
    dequantise(kept, v);
    const plain = errorOf(compose(v, (k) => values[k] ** -0.25));
    rectify(n, v, 4);
    const rectified = errorOf(compose(v, (k) => values[k] ** -0.25));
    expect(rectified).toBeLessThan(plain);
    expect(rectified).toBeLessThan(0.5 * direct);
    expect(singularValues(v, n, n).every((value) => Math.abs(value - 1) < 1e-6)).toBe(true);
  });
});
