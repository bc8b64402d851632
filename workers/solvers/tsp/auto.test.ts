import { beforeAll, describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../../../src/core/budget.ts';
import { defaultParams, type ParamValues } from '../../../src/core/params.ts';
import type { TspSolution } from '../../../src/problems/tsp/check.ts';
import { tsp } from '../../../src/problems/tsp/family.ts';
import { uniformInstance } from '../../../src/problems/tsp/gallery.ts';
import { createRng } from '../../../src/core/rng.ts';
import { pack, type TspInstance } from '../../../src/problems/tsp/instance.ts';
import { ILS_PARAMS } from '../../../src/problems/tsp/solver-params.ts';
import { solverInfos, type SolverId } from '../../../src/problems/tsp/solvers.ts';
import { createDriver } from '../../runtime/driver.ts';
import { prepareHighs } from '../common/highs-runtime.ts';
import { solvers } from './index.ts';
import { prepare } from './prepare.ts';
import { fromCities, tourLength } from './space.ts';
import { searchTiles } from './tiles.ts';

beforeAll(prepareHighs);

/** The phases of a local search alone. */
const SEARCHED = ['Neighbour lists', 'Greedy tour', 'Local search'];

interface Options {
  steps: number;
  params?: ParamValues;
  seed?: number;
  /** Offered when nine in ten steps are done. */
  offer?: TspSolution;
}

function run(solver: SolverId, instance: TspInstance, options: Options) {
  const { steps, params = {}, seed = 1, offer } = options;
  const info = solverInfos.find(({ id }) => id === solver)!;
  const phases: string[] = [];
  let last: TspSolution | undefined;
  const driver = createDriver(
    {
      family: tsp,
      instance,
      solve: solvers[solver],
      params: { ...defaultParams(info.params), ...params },
      seed,
      budget: { ...NO_BUDGET, steps },
      now: () => 0,
    },
    {
      incumbent: (solution) => (last = solution as TspSolution),
      bound: () => undefined,
      phase: (name) => phases.at(-1) !== name && phases.push(name),
    },
  );
  let offered = false;
  while (!driver.end) {
    driver.run(0);
    if (!offered && offer && driver.stamp.steps >= 0.9 * steps) {
      driver.offer(offer);
      offered = true;
    }
  }
  expect(driver.end.reason).not.toBe('error');
  return { driver, phases, solution: last! };
}

describe('the automatic choice', () => {
  it('is what runs when no solver is named, at any size', () => {
    for (const n of [1, 5, 500, 20_000]) expect(tsp.defaultSolver(uniformInstance(n))).toBe('auto');
    expect(tsp.refuses('auto', { ...uniformInstance(30), open: true })).toBeNull();
  });

  it('tries all tours of few cities', () => {
    const { driver, phases } = run('auto', uniformInstance(11), { steps: 1e6 });
    expect(driver.end?.reason).toBe('optimal');
    expect(phases).toEqual([]);
  });

  it('goes from crossover to a proof from its best tour', () => {
    const { driver, phases } = run('auto', uniformInstance(60), { steps: 60_000 });
    expect(driver.end?.reason).toBe('optimal');
    expect(phases.indexOf('Crossover')).toBeGreaterThanOrEqual(0);
    expect(phases.indexOf('Linear relaxation')).toBeGreaterThan(phases.indexOf('Crossover'));
  });

  it('leaves the proof to one worker', () => {
    const params = tsp.solvers.find(({ id }) => id === 'auto')!.furtherWorkers;
    const { driver, phases } = run('auto', uniformInstance(100), { steps: 8000, params });
    expect(phases).toContain('Crossover of blocks');
    expect(phases).not.toContain('Linear relaxation');
    expect(driver.objective).toBe(7_799_416);
  });

  it('keeps to local search where crossover would not come to an end', () => {
    const { phases } = run('auto', uniformInstance(13_000), { steps: 500 });
    expect(phases).toEqual(SEARCHED);
    const short = run('auto', uniformInstance(3500), { steps: 4500 });
    expect(short.phases).toEqual(SEARCHED);
  });
});

describe('two workers', () => {
  it('have a tour shorter than either alone when one takes from the other', () => {
    const instance = uniformInstance(2000);
    const options = { steps: 1500, params: { bound: 0 } };
    const other = run('ils', instance, { ...options, seed: 2 });
    const alone = run('ils', instance, options);
    const both = run('ils', instance, { ...options, offer: other.solution });
    expect(Number(both.driver.objective)).toBeLessThan(Number(alone.driver.objective));
    expect(Number(both.driver.objective)).toBeLessThan(Number(other.driver.objective));
  });

  it('merge tours searched a tile at a time', () => {
    const making = prepare(pack(uniformInstance(2000)), 8);
    let step = making.next();
    while (!step.done) step = making.next();
    const { space, candidates, tour, length } = step.value;
    const budget = { steps: null, chunk: (preferred: number) => preferred, progress: () => NaN };
    const params = { ...defaultParams(ILS_PARAMS), kick: 50, acceptance: 'not-worse' };
    const search = (seed: number, other: TspSolution | null) => {
      const best = { length };
      let last: TspSolution = { tour };
      let steps = 0;
      const context = { params, budget, rng: createRng(seed), exchange: () => other } as never;
      const look = new Uint8Array(2000).fill(1);
      const run = searchTiles(space, candidates, Int32Array.from(tour), look, 500, context, best);
      for (const event of run) {
        if (typeof event === 'number') steps += event;
        else if (event.kind === 'incumbent') {
          expect(tourLength(space, fromCities(space, event.solution.tour))).toBe(event.objective);
          last = event.solution;
        }
        if (steps > 1200) break;
      }
      return { length: best.length, last };
    };
    const other = search(2, null);
    const alone = search(1, null);
    const both = search(1, other.last);
    expect(both.length).toBeLessThan(Math.min(alone.length, other.length));
  });
});
