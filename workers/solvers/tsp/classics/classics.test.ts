import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultParams, type ParamValues } from '../../../../src/core/params.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { uniformInstance } from '../../../../src/problems/tsp/gallery.ts';
import {
  distanceOf,
  pack,
  type City,
  type TspInstance,
} from '../../../../src/problems/tsp/instance.ts';
import { refuses, solverInfos, type SolverId } from '../../../../src/problems/tsp/solvers.ts';
import { dynamicProgramming } from '../dynamic-programming.ts';
import { solvers } from '../index.ts';
import { cross } from './genetic.ts';
import { convexHull } from './insertion.ts';
import { perfectMatching } from './matching.ts';

interface Told {
  objectives: number[];
  bound: number;
  rows: (readonly number[])[];
  tour: Int32Array;
}

function run(id: SolverId, instance: TspInstance, steps: number, params: ParamValues = {}): Told {
  const info = solverInfos.find((each) => each.id === id)!;
  const told: Told = { objectives: [], bound: -Infinity, rows: [], tour: new Int32Array(0) };
  let done = 0;
  const solving = solvers[id](pack(instance), {
    rng: createRng(1),
    params: { ...defaultParams(info.params), ...params },
    budget: {
      steps,
      chunk: (preferred) => Math.max(1, Math.min(preferred, steps - done)),
      progress: () => Math.min(1, done / steps),
    },
  });
  for (let step = solving.next(); !step.done && done < steps; step = solving.next()) {
    const event = step.value;
    if (typeof event === 'number') done += event;
    else if (event.kind === 'trace') told.rows.push(event.row);
    else if (event.kind === 'bound') told.bound = event.value;
    else if (event.kind === 'incumbent') {
      told.objectives.push(event.objective);
      told.tour = (event.solution as { tour: Int32Array }).tour;
    }
  }
  return told;
}

const optimum = (instance: TspInstance): number => {
  let best = NaN;
  const budget = { steps: null, chunk: (preferred: number) => preferred, progress: () => NaN };
  for (const event of dynamicProgramming(pack(instance), { budget } as never))
    if (typeof event !== 'number' && event.kind === 'incumbent') best = event.objective;
  return best;
};

function drain<Value>(generator: Generator<number, Value, void>): Value {
  let step = generator.next();
  while (!step.done) step = generator.next();
  return step.value;
}

const places = (min: number, max: number): fc.Arbitrary<City[]> =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
    minLength: min,
    maxLength: max,
  });

describe('perfect matching', () => {
  it('weighs what trying all pairs finds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        fc.integer(),
        (half, integral, seed) => {
          const n = 2 * half;
          const rng = createRng(seed);
          const length = Array.from({ length: n }, () => new Array<number>(n).fill(0));
          for (let i = 0; i < n; i++)
            for (let j = 0; j < i; j++)
              length[i][j] = length[j][i] = integral ? rng.int(12) : rng.float() * 12;
          const least = (free: number[]): number => {
            const [first, ...rest] = free;
            if (first === undefined) return 0;
            return Math.min(
              ...rest.map((other) => length[first][other] + least(rest.filter((x) => x !== other))),
            );
          };
          const partner = drain(perfectMatching(n, (i, j) => length[i][j], integral));
          let weight = 0;
          partner.forEach((other, i) => {
            expect(partner[other]).toBe(i);
            expect(other).not.toBe(i);
            weight += length[i][other] / 2;
          });
          expect(weight).toBeCloseTo(least(Array.from({ length: n }, (_, i) => i)), 6);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('closes and opens blossoms at scale: no two pairs can be exchanged for less', () => {
    const rng = createRng(3);
    const at = Array.from({ length: 200 }, () => [rng.int(1000), rng.int(1000)]);
    const distance = (i: number, j: number) =>
      Math.round(Math.sqrt((at[i][0] - at[j][0]) ** 2 + (at[i][1] - at[j][1]) ** 2));
    const partner = drain(perfectMatching(200, distance, true));
    for (let i = 0; i < 200; i++)
      for (let j = 0; j < 200; j++) {
        if (j === i || j === partner[i]) continue;
        const now = distance(i, partner[i]) + distance(j, partner[j]);
        expect(now).toBeLessThanOrEqual(distance(i, j) + distance(partner[i], partner[j]));
      }
  });
});

describe('christofides', () => {
  it('stays within half of the optimum again, and its tree bounds the optimum', () => {
    fc.assert(
      fc.property(places(5, 10), (cities) => {
        const instance: TspInstance = { name: '', metric: 'euclidean', cities };
        const best = optimum(instance);
        const { objectives, bound } = run('christofides', instance, 10);
        expect(objectives.at(-1)).toBeLessThanOrEqual(1.5 * best + 1e-6);
        expect(bound).toBeLessThanOrEqual(best + 1e-9);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the convex hull', () => {
  it('turns one way and leaves no city outside', () => {
    fc.assert(
      fc.property(places(3, 20), (cities) => {
        const x = Float64Array.from(cities, ([value]) => value);
        const y = Float64Array.from(cities, ([, value]) => value);
        const hull = convexHull(x, y);
        if (hull.length < 3) return;
        hull.forEach((p, at) => {
          const q = hull[(at + 1) % hull.length];
          for (let i = 0; i < cities.length; i++) {
            const turn = (x[q] - x[p]) * (y[i] - y[p]) - (y[q] - y[p]) * (x[i] - x[p]);
            expect(turn).toBeGreaterThanOrEqual(0);
          }
        });
      }),
    );
  });
});

describe('order crossover', () => {
  it('makes a tour of two tours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer(), (n, seed) => {
        const rng = createRng(seed);
        const order = () => Int32Array.from({ length: n }, (_, i) => i).sort(() => rng.int(3) - 1);
        const child = new Int32Array(n);
        cross(order(), order(), child, new Uint8Array(n), rng);
        expect([...child].sort((p, q) => p - q)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });
});

describe('local search', () => {
  const small = uniformInstance(30);
  const distance = distanceOf(small);
  const lengthOf = (tour: ArrayLike<number>) => {
    let sum = 0;
    for (let at = 0; at < tour.length; at++)
      sum += distance(tour[at], tour[(at + 1) % tour.length]);
    return sum;
  };

  it('leaves no exchange of two edges that helps', () => {
    for (const start of ['random', 'greedy', 'nearest-neighbour', 'space-filling-curve']) {
      const { tour } = run('local-search', small, 1e5, { start, neighbours: 29 });
      const length = lengthOf(tour);
      for (let i = 0; i < 30; i++)
        for (let j = i + 1; j < 30; j++) {
          const turned = [
            ...tour.slice(0, i),
            ...tour.slice(i, j + 1).reverse(),
            ...tour.slice(j + 1),
          ];
          expect(lengthOf(turned)).toBeGreaterThanOrEqual(length);
        }
    }
  });

  it('leaves no city better placed elsewhere by Or-opt', () => {
    const { tour } = run('local-search', small, 1e5, { moves: 'or-opt', neighbours: 29 });
    const length = lengthOf(tour);
    for (let i = 0; i < 30; i++)
      for (let size = 1; size <= 3; size++) {
        const turned = [...tour.slice(i), ...tour.slice(0, i)];
        const part = turned.slice(0, size);
        const rest = turned.slice(size);
        for (let at = 1; at <= rest.length; at++)
          for (const each of [part, part.toReversed()])
            expect(
              lengthOf([...rest.slice(0, at), ...each, ...rest.slice(at)]),
            ).toBeGreaterThanOrEqual(length);
      }
  });

  it('finds shorter tours by 3-opt than by 2-opt on the whole', () => {
    const sum = (moves: string) =>
      [200, 300, 400].reduce(
        (total, n) =>
          total + run('local-search', uniformInstance(n), 1e5, { moves }).objectives.at(-1)!,
        0,
      );
    expect(sum('3-opt')).toBeLessThan(sum('2-opt'));
  });
});

describe('the classics', () => {
  const hundred = uniformInstance(100);
  const best = 7_799_416;

  it.each([
    ['insertion', { rule: 'nearest' }, 1.35],
    ['insertion', { rule: 'farthest' }, 1.15],
    ['insertion', { rule: 'cheapest' }, 1.3],
    ['insertion', { rule: 'random' }, 1.2],
    ['insertion', { rule: 'convex-hull' }, 1.15],
    ['savings', {}, 1.25],
    ['self-organising-map', {}, 1.15],
    ['genetic', {}, 2.3],
  ] as [SolverId, ParamValues, number][])(
    '%s %o shows how its tour comes about',
    (id, params, most) => {
      const { objectives } = run(id, hundred, 20_000, params);
      expect(objectives.length).toBeGreaterThan(12);
      expect(objectives.at(-1)).toBeLessThan(most * best);
    },
  );

  it('cool down to a good tour, and tell the temperature', () => {
    const { objectives, rows } = run('simulated-annealing', hundred, 8000);
    expect(objectives.at(-1)).toBeLessThan(1.02 * best);
    expect(rows.at(-1)![1]).toBeLessThan(rows[0][1] / 20);
  });

  it('let ants find better tours by their trails than by nearness alone', () => {
    const { objectives, rows } = run('ant-colony', hundred, 6000);
    expect(objectives.at(-1)).toBeLessThan(1.1 * best);
    expect(rows.at(-1)![1]).toBeLessThan(Math.max(...rows.map((row) => row[1])));
    const improved = run('ant-colony', hundred, 500, { improve: true });
    expect(improved.objectives.at(-1)).toBeLessThan(1.03 * best);
  });

  it('refuse by name what they cannot take', () => {
    const many: TspInstance = {
      name: '',
      metric: 'euclidean',
      cities: Array.from({ length: 12_001 }, (_, i): City => [i, 0]),
    };
    for (const id of ['insertion', 'savings', 'christofides', 'ant-colony', 'genetic'])
      expect(refuses(id, many)).toMatch(/takes at most [\d,]+ cities/);
    const matrix: TspInstance = { name: '', metric: 'matrix', cities: [], matrix: [[0]] };
    expect(refuses('self-organising-map', matrix)).toMatch(/coordinates/);
    expect(refuses('insertion', matrix)).toBeNull();
  });
});
