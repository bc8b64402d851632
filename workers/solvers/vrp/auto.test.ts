import { beforeAll, expect, test } from 'vitest';
import { defaultParams, type ParamsOf } from '../../../src/core/params.ts';
import { createRng } from '../../../src/core/rng.ts';
import { clean, pack, type VrpInstance } from '../../../src/problems/vrp/instance.ts';
import { autoParams } from '../../../src/problems/vrp/solvers.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { auto } from './auto.ts';

beforeAll(prepareHighs);

/** Runs to the end, or for so many steps. */
function solve(instance: VrpInstance, bound: number, most: number) {
  const outcome = { objective: Infinity, bound: -Infinity, proofs: [] as string[], ended: '' };
  const run = auto(pack(instance), {
    rng: createRng(1),
    params: { ...(defaultParams(autoParams) as ParamsOf<typeof autoParams>), bound },
    budget: { steps: null, chunk: (preferred) => preferred, progress: () => NaN },
  });
  for (let steps = 0; steps < most;) {
    const next = run.next();
    if (next.done) {
      outcome.ended = next.value.reason;
      break;
    }
    const event = next.value;
    if (typeof event === 'number') steps += event;
    else if (event.kind === 'incumbent') outcome.objective = event.objective;
    else if (event.kind === 'bound') {
      outcome.bound = Math.max(outcome.bound, event.value);
      outcome.proofs.push(event.proof);
    }
  }
  run.return({ reason: 'exhausted' });
  return outcome;
}

const scattered = (n: number): VrpInstance => {
  const rng = createRng(8);
  const customers = Array.from({ length: n }, () => ({
    x: rng.int(100),
    y: rng.int(100),
    demand: 1 + rng.int(9),
  }));
  return clean({
    name: '',
    capacity: 30,
    rounding: 'nint',
    depot: { x: 50, y: 50 },
    customers,
  });
};

test('the bound beside the search proves a small plan best', () => {
  const { objective, bound, ended, proofs } = solve(scattered(18), 50, 2_000_000);
  expect(ended === 'optimal' || bound === objective).toBe(true);
  expect(bound).toBeLessThanOrEqual(objective);
  expect(proofs.at(-1)).not.toMatch(/weak/);
  const alone = solve(scattered(18), 0, 30_000);
  expect(alone.objective).toBe(objective);
  expect(alone.bound).toBeLessThan(objective);
});

test('several depots are proven best, and too many of them get a bound that says what it gives up', () => {
  const depots = [
    { x: 10, y: 10 },
    { x: 90, y: 80 },
  ];
  const proven = solve(clean({ ...scattered(24), depots }), 50, 80_000);
  expect(proven.ended).toBe('optimal');
  expect(proven.bound).toBe(proven.objective);
  const many = Array.from({ length: 9 }, (_, i) => ({ x: 10 * i, y: (37 * i) % 100 }));
  const { objective, bound, proofs } = solve(clean({ ...scattered(24), depots: many }), 50, 40_000);
  expect(bound).toBeLessThanOrEqual(objective);
  expect(bound).toBeGreaterThan(0.9 * objective);
  expect(proofs.at(-1)).toMatch(/nearest of all vehicles/);
});
