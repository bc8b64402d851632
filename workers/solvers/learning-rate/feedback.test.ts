import { describe, expect, it } from 'vitest';
import { defaultParams } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { Solve } from '../../../src/core/solver.ts';
import { pack, type Packed, type Solution } from '../../../src/problems/learning-rate/instance.ts';
import { makeBody, makeSchedule, type Body } from '../../../src/problems/learning-rate/schedule.ts';
import {
  COLUMN,
  solvers as infos,
  type SolverId,
} from '../../../src/problems/learning-rate/solvers.ts';
import { makeTask, type Task } from '../../../src/problems/learning-rate/tasks.ts';
import { createProcess, forecast, nextCandidate } from './autolrs.ts';
import { solvers } from './index.ts';
import { createPlateau } from './plateau.ts';

function run(id: SolverId, task: Task, body: Body, steps: number, peak: number, chunk = Infinity) {
  const instance = {
    name: '',
    task,
    steps,
    batch: 8,
    schedule: makeSchedule(peak, body, { steps: 10 }),
  };
  const info = infos.find((solver) => solver.id === id)!;
  const solve = solvers[id] as unknown as Solve<Packed, Solution, object>;
  const generator = solve(pack(instance), {
    rng: createRng(3),
    params: defaultParams(info.params),
    budget: { steps: null, chunk: (n) => Math.min(n, chunk), progress: () => NaN },
  });
  const rows: number[][] = [];
  let done = 0;
  let last: Solution | null = null;
  for (;;) {
    const next = generator.next();
    if (next.done) break;
    if (typeof next.value === 'number') done += next.value;
    else if (next.value.kind === 'trace') rows.push([...next.value.row]);
    else if (next.value.kind === 'incumbent') last = next.value.solution;
  }
  const path = rows.filter((row) => Number.isNaN(row[COLUMN.branch]));
  const probes = rows.filter((row) => !Number.isNaN(row[COLUMN.branch]));
  return { path, probes, done, last, loss: path.at(-1)![COLUMN.validation] };
}

describe('reduce on plateau', () => {
  const body = (given: object) => makeBody('plateau', { every: 2, patience: 1, ...given });

  it('drops after more than `patience` looks that are no better, and counts anew', () => {
    const plateau = createPlateau(body({ factor: 0.5 }));
    const factors: number[] = [];
    for (const loss of [4, 2, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1]) {
      plateau.observe(loss);
      factors.push(plateau.factor);
    }
    // Looks: 3, 3, 3 (a drop), 3, 1 (better), 1, 1 (a drop).
    expect(factors).toEqual([1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25]);
  });

  it('needs a better loss by the threshold, and stops at the floor', () => {
    const plateau = createPlateau(body({ every: 1, patience: 0, threshold: 0.1, floor: 0.05 }));
    for (let loss = 1; loss > 0.9; loss -= 0.01) plateau.observe(loss);
    expect(plateau.factor).toBe(0.05);
  });

  it('lowers the rate of a noisy run, whose loss then falls further', () => {
    const task = makeTask('quadratic', { dimension: 20, noise: 1 });
    const constant = run('sgd', task, makeBody('constant'), 1500, 0.5);
    const reduced = run('sgd', task, makeBody('plateau', { every: 20, patience: 3 }), 1500, 0.5);
    const rates = reduced.path.map((row) => row[COLUMN.rate]);
    expect(rates[20]).toBe(0.5);
    expect(rates.at(-1)).toBeLessThan(0.1);
    expect(reduced.loss).toBeLessThan(0.5 * constant.loss);
  });
});

describe('AutoLRS', () => {
  it('forecasts an exponential exactly, without its outliers, and knows divergence', () => {
    const curve = (t: number) => 2 * Math.exp((-5.5 / (40 * 1.2 ** 6)) * t) + 0.3;
    const losses = Array.from({ length: 40 }, (_, t) => curve(t));
    expect(forecast(losses, 400)).toBeCloseTo(curve(400), 6);
    losses[17] += 5;
    expect(forecast(losses, 400)).toBeCloseTo(curve(400), 6);
    expect(forecast([1, 2, NaN], 10)).toBe(Infinity);
    expect(forecast([3, 3, 3, 3], 10)).toBeCloseTo(3, 9);
  });

  it('its process passes near the losses and knows least far from them', () => {
    const posterior = createProcess([0.2, 0.6], [1, 3]);
    expect(posterior(0.2).mean).toBeCloseTo(-1, 1);
    expect(posterior(0.6).mean).toBeCloseTo(1, 1);
    expect(posterior(0.2).deviation).toBeLessThan(0.05);
    expect(posterior(1).deviation).toBeGreaterThan(0.8);
    // Exploring goes far away, exploiting near the better one.
    expect(nextCandidate([0.2, 0.6], [1, 3], 1e6)).toBe(1);
    expect(Math.abs(nextCandidate([0.2, 0.6], [1, 3], 0) - 0.2)).toBeLessThan(0.2);
  });

  const body = (given: object = {}) => makeBody('autolrs', { stage: 40, probes: 4, ...given });

  it.each(['sgd', 'adam', 'spam', 'shampoo-4bit', 'prodigy'] as const)(
    'with one possible rate, %s trains as if nothing had been tried',
    (id) => {
      const task = makeTask('spirals', { samples: 60, width: 8 });
      const tried = run(id, task, body({ low: 1 }), 120, 0.05);
      const plain = run(id, task, makeBody('constant'), 120, 0.05);
      expect(tried.last).toEqual(plain.last);
      expect(tried.probes.length).toBeGreaterThan(0);
      expect(tried.done).toBeGreaterThan(plain.done);
    },
  );

  it('records its probes and takes the same ones however the steps are cut', () => {
    const task = makeTask('spirals', { samples: 60, width: 8 });
    const whole = run('adam', task, body(), 150, 0.3);
    expect(run('adam', task, body(), 150, 0.3, 1)).toEqual(whole);
    // Stages of 40 and 80 steps, and a third of 160 that the end cuts off; 4 probes each.
    const branches = new Set(whole.probes.map((row) => row[COLUMN.branch]));
    expect(branches).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
    const starts = [...new Set(whole.probes.map((row) => row[COLUMN.step]))];
    expect(starts).toEqual([10, 50, 130]);
    expect(whole.done).toBe(150 + 4 * (4 + 8 + 16));
    for (const row of whole.probes) {
      expect(row[COLUMN.branchRate]).toBeGreaterThanOrEqual(0.3e-3 * (1 - 1e-9));
      expect(row[COLUMN.branchRate]).toBeLessThanOrEqual(0.3 * (1 + 1e-9));
    }
  });

  it('finds a usable rate where the peak diverges', () => {
    const task = makeTask('quadratic', { dimension: 10, noise: 0.1 });
    const found = run('sgd', task, body({ probes: 8 }), 300, 30);
    expect(found.loss).toBeLessThan(0.1);
    const rates = found.path.slice(10, -1).map((row) => row[COLUMN.rate]);
    expect(Math.max(...rates)).toBeLessThan(2);
  });
});
