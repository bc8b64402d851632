import { describe, expect, it } from 'vitest';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { Solve } from '../../../src/core/solver.ts';
import { pack, type Packed, type Solution } from '../../../src/problems/learning-rate/instance.ts';
import { gridSize } from '../../../src/problems/learning-rate/plane-grid.ts';
import { createNormal } from '../../../src/problems/learning-rate/random.ts';
import { makeBody, makeSchedule } from '../../../src/problems/learning-rate/schedule.ts';
import { COLUMN, solvers as infos } from '../../../src/problems/learning-rate/solvers.ts';
import { makeTask } from '../../../src/problems/learning-rate/tasks.ts';
import { solvers } from './index.ts';
import { principalComponents, type Components } from './plane.ts';

function componentsOf(points: readonly ArrayLike<number>[]): Components | null {
  const work = principalComponents(points);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a, (value, i) => value * b[i]).reduce((x, y) => x + y, 0);

describe('principal components', () => {
  it('of an ellipse in a plane are its axes', () => {
    const [u, v] = [
      [0.6, 0, 0.8, 0],
      [0, 1, 0, 0],
    ];
    const points = Array.from({ length: 40 }, (_, k) => {
      const angle = (2 * Math.PI * k) / 40;
      return u.map((_value, i) => 5 + 3 * Math.cos(angle) * u[i] + Math.sin(angle) * v[i]);
    });
    const { first, second, shares } = componentsOf(points)!;
    expect(Math.abs(dot(first, u))).toBeCloseTo(1, 12);
    expect(Math.abs(dot(second, v))).toBeCloseTo(1, 12);
    expect(shares[0]).toBeCloseTo(0.9, 12);
    expect(shares[1]).toBeCloseTo(0.1, 12);
  });

  it('of a long random walk take 6/(πk)² of its variance (Antognini and Sohl-Dickstein 2018)', () => {
    const normal = createNormal(createRng(1));
    const at = new Float64Array(4_000);
    const walk = Array.from({ length: 80 }, () => {
      for (let i = 0; i < at.length; i++) at[i] += normal();
      return at.slice();
    });
    const { shares } = componentsOf(walk)!;
    [1, 2, 3].forEach((k) => expect(shares[k - 1]).toBeCloseTo(6 / (Math.PI * k) ** 2, 1));
  });

  it('are none of points on a line', () => {
    expect(componentsOf([[0, 0], [1, 1], [2, 2]])).toBeNull(); // prettier-ignore
    expect(componentsOf([[1], [1], [1]])).toBeNull();
  });
});

describe('the plane of a training path', () => {
  it('has the snapshots, the loss around them, and the model’s own loss at its end', () => {
    const task = makeTask('spirals', { samples: 60, width: 6, layers: 1 });
    const schedule = makeSchedule(0.02, makeBody('linear'));
    const instance = pack({ name: '', task, steps: 90, batch: 16, schedule });
    const { params } = infos.find(({ id }) => id === 'adam')!;
    const solve = solvers.adam as unknown as Solve<Packed, Solution, object>;
    const run = solve(instance, {
      rng: createRng(1),
      params: { ...defaultParams(params), snapshots: 10 },
      budget: { steps: null, chunk: (n) => n, progress: () => NaN },
    });
    const rows: (readonly number[])[] = [];
    for (let next = run.next(); !next.done; next = run.next())
      if (typeof next.value !== 'number' && next.value.kind === 'trace') rows.push(next.value.row);
    const shares = rows.map((row) => row[COLUMN.planeShare]).filter(Number.isFinite);
    expect(shares.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1 + 1e-9);
    expect(shares[0]).toBeGreaterThan(shares[1]);
    const path = rows.filter((row) => Number.isFinite(row[COLUMN.planeStep]));
    expect(path.map((row) => row[COLUMN.planeStep])).toEqual([
      0, 10, 20, 30, 40, 50, 60, 70, 80, 90,
    ]);
    const last = path.at(-1)!;
    expect([last[COLUMN.planeX], last[COLUMN.planeY]]).toEqual([0, 0]);
    const final = rows.filter((row) => Number.isFinite(row[COLUMN.validation])).at(-1)!;
    // Snapshots are kept in single precision.
    expect(last[COLUMN.planeLoss]).toBeCloseTo(final[COLUMN.validation], 5);
    const grid = rows.filter(
      (row) => Number.isFinite(row[COLUMN.planeX]) && Number.isNaN(row[COLUMN.planeStep]),
    );
    expect(grid).toHaveLength(gridSize(task) ** 2);
    for (const row of grid) expect(row[COLUMN.planeLoss]).toBeGreaterThan(0);
  });
});
