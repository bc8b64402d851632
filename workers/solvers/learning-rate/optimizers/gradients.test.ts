import { describe, expect, it } from 'vitest';
import * as optimizers from './index.ts';
import { dampingOf } from './newton.ts';
import { matern } from './optex.ts';
import {
  make,
  follow,
  norm,
  normals,
  singularValues,
  quadratic,
  type Gradient,
} from './testing.ts';

describe('optimistic AMSGrad', () => {
  /** min over x, max over y of x y. */
  const game: Gradient = (x, g) => {
    g[0] = x[1];
    g[1] = -x[0];
    return x[0] * x[1];
  };

  it('comes to rest in the bilinear game that AMSGrad circles', () => {
    const start = Float64Array.of(1, 1);
    const given = { beta1: 0 };
    const plain = make('amsgrad', optimizers.amsgrad, start, given);
    const optimistic = make('optimistic-amsgrad', optimizers.optimisticAmsgrad, start, given);
    const circled = follow(plain, start, 1500, 0.02, game).at(-1)!;
    const rested = follow(optimistic, start, 1500, 0.02, game).at(-1)!;
    expect(norm(circled)).toBeGreaterThan(0.5);
    expect(norm(rested)).toBeLessThan(0.1);
  });

  it('with a constant gradient foresees it: x is a step ahead of w', () => {
    const start = Float64Array.of(0);
    const optimizer = make('optimistic-amsgrad', optimizers.optimisticAmsgrad, start, { beta1: 0 });
    const points = follow(optimizer, start, 3, 0.1, (_, g) => {
      g[0] = 2;
      return 0;
    });
    // The first surprise is all of g, so √v̂ stays √0.001 · 2: each step is 0.1 / √0.001.
    const unit = 0.1 / Math.sqrt(0.001);
    expect(points.map(([value]) => -value / unit)).toEqual(
      [2, 3, 4].map((k): unknown => expect.closeTo(k, 5)),
    );
  });
});

describe('U-DoG', () => {
  const gradient = quadratic(1, 0.1, 0.01);
  const start = Float64Array.of(1, -1, 1);
  const run = (id: 'dog' | 'u-dog', of: Gradient, steps: number) => {
    const maker = id === 'dog' ? optimizers.dog : optimizers.uDog;
    const optimizer = make(id, maker, start, {}, {}, of);
    follow(optimizer, start, steps, 1, of);
    return optimizer.average!.slice();
  };

  it('does not depend on the scale of the loss', () => {
    const loud: Gradient = (x, g) => {
      const loss = gradient(x, g);
      for (let i = 0; i < g.length; i++) g[i] *= 1024;
      return 1024 * loss;
    };
    expect(run('u-dog', loud, 40)).toEqual(run('u-dog', gradient, 40));
  });

  it('on a smooth problem is faster than DoG with as many gradients', () => {
    const loss = (x: Float64Array) => gradient(x, new Float64Array(3));
    expect(loss(run('u-dog', gradient, 300))).toBeLessThan(0.5 * loss(run('dog', gradient, 600)));
  });

  it('its first step has DoG’s length', () => {
    const optimizer = make('u-dog', optimizers.uDog, start, {}, {}, gradient);
    follow(optimizer, start, 1, 1, gradient);
    const away = norm(optimizer.average!.map((value, i) => value - start[i]));
    expect(away / (1e-6 * (1 + norm(start)))).toBeCloseTo(1, 6);
  });
});

describe('saddle-free Newton', () => {
  it('leaves the saddle that Newton’s method goes to', () => {
    const saddle = quadratic(1, -1);
    const start = Float64Array.of(1, 0.1);
    const free = make('saddle-free-newton', optimizers.saddleFreeNewton, start, {}, {}, saddle);
    const newton = make(
      'damped-newton',
      optimizers.dampedNewton,
      start,
      { rule: 'none' },
      {},
      saddle,
    );
    expect(norm(follow(newton, start, 1, 1, saddle)[0])).toBeLessThan(1e-6);
    const points = follow(free, start, 5, 1, saddle);
    expect(Math.abs(points[4][0])).toBeLessThan(0.01);
    expect(points[4][1]).toBeGreaterThan(1);
  });

  it('is Newton’s method where the function is convex', () => {
    const bowl = quadratic(100, 1, 0.01);
    const start = Float64Array.of(1, -2, 3);
    const free = make(
      'saddle-free-newton',
      optimizers.saddleFreeNewton,
      start,
      { damping: 1e-9 },
      {},
      bowl,
    );
    expect(norm(follow(free, start, 1, 1, bowl)[0])).toBeLessThan(1e-5);
  });
});

describe('damped Newton', () => {
  /** log cosh, far from its minimum almost linear: Newton's method diverges from 2. */
  const flat: Gradient = (x, g) => {
    g[0] = Math.tanh(x[0]);
    return Math.log(Math.cosh(x[0]));
  };

  it('comes home from where Newton’s method runs away', () => {
    const start = Float64Array.of(2);
    const run = (given: object) =>
      follow(
        make('damped-newton', optimizers.dampedNewton, start, given, {}, flat),
        start,
        60,
        1,
        flat,
      ).at(-1)![0];
    expect(Math.abs(run({ rule: 'none' }))).not.toBeLessThan(2);
    expect(Math.abs(run({ rule: 'aicn', constant: 16 }))).toBeLessThan(1e-9);
    expect(Math.abs(run({ rule: 'root', constant: 1, order: 3 }))).toBeLessThan(1e-9);
  });

  it('takes the same path in other coordinates', () => {
    // f(x, y) = x⁴ + x² + xy + y² with u = 50 x.
    const plain: Gradient = (x, g) => {
      g[0] = 4 * x[0] ** 3 + 2 * x[0] + x[1];
      g[1] = x[0] + 2 * x[1];
      return 0;
    };
    const stretched: Gradient = (u, g) => {
      plain(Float64Array.of(u[0] / 50, u[1]), g);
      g[0] /= 50;
      return 0;
    };
    const a = Float64Array.of(2, -1);
    const b = Float64Array.of(100, -1);
    const path = follow(
      make('damped-newton', optimizers.dampedNewton, a, {}, {}, plain),
      a,
      4,
      1,
      plain,
    );
    const other = follow(
      make('damped-newton', optimizers.dampedNewton, b, {}, {}, stretched),
      b,
      4,
      1,
      stretched,
    );
    path.forEach(([x, y], t) => {
      expect(other[t][0] / 50).toBeCloseTo(x, 4);
      expect(other[t][1]).toBeCloseTo(y, 4);
    });
  });

  it('takes full steps in the end, and shorter ones the larger the local norm is', () => {
    for (const rule of ['aicn', 'root'] as const) {
      expect(dampingOf(rule, 2, 3, 0)).toBe(1);
      expect(dampingOf(rule, 2, 3, 1)).toBeLessThan(dampingOf(rule, 2, 3, 0.1));
    }
    // The definitions' other form: (√(1 + 2 L r) − 1) / (L r).
    expect(dampingOf('aicn', 2, 3, 0.7)).toBeCloseTo((Math.sqrt(1 + 2.8) - 1) / 1.4, 12);
    expect(dampingOf('root', 2, 4, 0.7)).toBeCloseTo(1 / (1 + 18 ** (1 / 3) * 0.7 ** (2 / 3)), 12);
  });
});

describe('OptEx', () => {
  const gradient = quadratic(1, 0.3, 0.1);
  const start = Float64Array.of(1, 1, 1);
  const run = (workers: number, steps: number) =>
    follow(
      make('optex', optimizers.optex, start, { workers }, {}, gradient),
      start,
      steps,
      0.3,
      gradient,
    );

  it('with one worker is SGD', () => {
    const sgd = follow(make('sgd', optimizers.sgd, start), start, 20, 0.3, gradient);
    expect(run(1, 20)).toEqual(sgd);
  });

  it('with more needs fewer sequential iterations', () => {
    const until = (workers: number) =>
      run(workers, 400).findIndex((x) => gradient(x, new Float64Array(3)) < 1e-4);
    const [one, two, four] = [until(1), until(2), until(4)];
    expect(two).toBeLessThan(0.7 * one);
    expect(four).toBeLessThan(0.7 * two);
    expect(four).toBeGreaterThan(0);
  });

  it('its kernel is 1 at 0, falls, and has the closed form', () => {
    expect(matern(0)).toBe(1);
    const r = Math.sqrt(5) * 1.3;
    expect(matern(1.69)).toBeCloseTo((1 + r + (r * r) / 3) * Math.exp(-r), 12);
  });
});

describe('EGGROLL', () => {
  const start = normals(30, 6);
  const matrices = [{ from: 0, rows: 5, columns: 6 }];
  const bowl: Gradient = (x, g) =>
    quadratic(...Array.from({ length: 30 }, (_, i) => 1 + (i % 3)))(x, g);
  const stepOf = (given: object, loss: Gradient = bowl) => {
    const optimizer = make('eggroll', optimizers.eggroll, start, given, { matrices }, loss);
    const x = start.slice();
    optimizer.step(x, new Float64Array(30).fill(NaN), 1);
    return x.map((value, i) => value - start[i]);
  };

  it('looks at losses alone, and only at their order and spacing', () => {
    const changed: Gradient = (x) => 1000 + 64 * bowl(x, new Float64Array(30));
    const one = stepOf({});
    stepOf({}, changed).forEach((value, i) => expect(value).toBeCloseTo(one[i], 6));
  });

  it('moves a matrix by a step of the perturbations’ rank', () => {
    for (const rank of [1, 2, 3]) {
      const values = singularValues(stepOf({ population: 2, rank }), 5, 6);
      expect(values[rank - 1]).toBeGreaterThan(1e-6 * values[0]);
      expect(values[rank]).toBeLessThan(1e-6 * values[0]);
    }
  });

  it('goes downhill', () => {
    const step = stepOf({ population: 512, sigma: 0.01 });
    const g = new Float64Array(30);
    bowl(start, g);
    const cosine = step.reduce((sum, value, i) => sum - value * g[i], 0) / (norm(step) * norm(g));
    expect(cosine).toBeGreaterThan(0.8);
  });
});

describe('Entropy-SGD', () => {
  const gradient = quadratic(2, 0.5);
  const start = Float64Array.of(1, -1);

  it('with η = 1, no mean, spring, noise or momentum is L steps of SGD', () => {
    const given = { loops: 7, noise: 0, scope: 0, smoothing: 0, momentum: 0 };
    const entropy = make('entropy-sgd', optimizers.entropySgd, start, given, {}, gradient);
    const [x] = follow(entropy, start, 1, 1, gradient);
    expect(x[0]).toBeCloseTo((1 - 0.1 * 2) ** 7, 12);
    expect(x[1]).toBeCloseTo(-((1 - 0.1 * 0.5) ** 7), 12);
  });

  it('the spring holds the walk back', () => {
    const lengthOf = (scope: number) => {
      const given = { noise: 0, scope, momentum: 0 };
      const entropy = make('entropy-sgd', optimizers.entropySgd, start, given, {}, gradient);
      return norm(follow(entropy, start, 1, 1, gradient)[0].map((value, i) => value - start[i]));
    };
    expect(lengthOf(5)).toBeLessThan(lengthOf(1));
    expect(lengthOf(1)).toBeLessThan(lengthOf(0));
  });

  it('in a wide valley with ripples finds the valley’s floor where SGD stops in a ripple', () => {
    const rugged: Gradient = (x, g) => {
      g[0] = x[0] + 0.6 * Math.sin(12 * x[0]) * 3;
      return 0.5 * x[0] * x[0] - 0.15 * Math.cos(12 * x[0]);
    };
    const from = Float64Array.of(2.1);
    const sgd = follow(make('sgd', optimizers.sgd, from), from, 300, 0.02, rugged).at(-1)![0];
    const given = { noise: 2, inner: 0.02, scope: 0.5, growth: 0, momentum: 0 };
    const entropy = make('entropy-sgd', optimizers.entropySgd, from, given, {}, rugged);
    const wide = follow(entropy, from, 300, 0.5, rugged).slice(-100);
    const mean = wide.reduce((sum, [value]) => sum + Math.abs(value), 0) / wide.length;
    expect(Math.abs(sgd)).toBeGreaterThan(1.4);
    expect(mean).toBeLessThan(1);
  });
});
