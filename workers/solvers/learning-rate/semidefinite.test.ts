import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inner,
  projectSemidefinite,
  solveComplementarity,
  type Symmetric,
} from './semidefinite.ts';

const entry = fc.double({ min: -3, max: 3, noNaN: true });
const symmetric = fc.tuple(entry, entry, entry);
const smallest = ([a, b, d]: Symmetric) => (a + d) / 2 - Math.hypot((a - d) / 2, b);

describe('semidefinite', () => {
  it('projects to the nearest matrix', () => {
    fc.assert(
      fc.property(symmetric, symmetric, (a, other) => {
        const nearest: Symmetric = [...a];
        projectSemidefinite(nearest);
        expect(smallest(nearest)).toBeGreaterThan(-1e-12);
        // No other one of the cone is nearer.
        const candidate: Symmetric = [...other];
        projectSemidefinite(candidate);
        const away = (x: Symmetric): number => {
          const d: Symmetric = [x[0] - a[0], x[1] - a[1], x[2] - a[2]];
          return inner(d, d);
        };
        expect(away(nearest)).toBeLessThanOrEqual(away(candidate) + 1e-12);
      }),
    );
  });

  it('solves the complementarity problem', () => {
    const vector = fc.array(entry, { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(vector, vector, vector, symmetric, (d1, d2, d3, r) => {
        const rows = [d1, d2, d3];
        const gram = Float64Array.from({ length: 9 }, (_, k) =>
          rows[Math.floor(k / 3)].reduce((sum, value, i) => sum + value * rows[k % 3][i], 0),
        );
        for (let i = 0; i < 3; i++) gram[4 * i] += 0.1;
        const x: Symmetric = [0, 0, 0];
        solveComplementarity(gram, r, x);
        const slack = [0, 1, 2].map(
          (i) => gram[3 * i] * x[0] + 2 * gram[3 * i + 1] * x[1] + gram[3 * i + 2] * x[2] - r[i],
        ) as Symmetric;
        expect(smallest(x)).toBeGreaterThan(-1e-9);
        expect(smallest(slack)).toBeGreaterThan(-1e-5);
        expect(Math.abs(inner(x, slack))).toBeLessThan(1e-4);
      }),
    );
  });
});
