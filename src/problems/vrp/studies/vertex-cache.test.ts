import { expect, test } from 'vitest';
import { defaultParams } from '../../../core/params.ts';
import { unwrap } from '../../../core/result.ts';
import { WAITING, type StudyOutcome } from '../../studies.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import type { State } from './common.ts';
import { reachedAt, vertexCacheStudy as study } from './vertex-cache.ts';

test('a course is read at any time between its improvements', () => {
  const points = [0.5, 10, 100, 1, 30, 90, 2, 50, 80];
  expect(reachedAt(points, 0, 0.4)).toBeNull();
  expect(reachedAt(points, 0, 0.5)).toBe(100);
  expect(reachedAt(points, 0, 1.9)).toBe(90);
  expect(reachedAt(points, 1, 50)).toBe(80);
  expect(reachedAt([], 0, 1)).toBeNull();
});

/** Runs that come to 100 at once and to what is given at the end. */
function stateOf(end: (runId: string) => number): State {
  const values = { ...defaultParams(study.params), instances: 2, customers: 50 };
  const instance = null as unknown as VrpInstance;
  const runs = unwrap(study.plan(instance, values, new Map()));
  const outcomes = new Map(
    runs.map(({ id }): [string, StudyOutcome<VrpSolution>] => [
      id,
      {
        ...WAITING,
        state: 'done',
        report: { feasible: true, objective: end(id), violations: [] },
        points: [0.01, 1, 100, 2.9, 900, end(id)],
        steps: 1000,
      },
    ]),
  );
  return { instance, values, runs, outcomes };
}

test('says what the runs say, for the local search and against it', () => {
  const good = study.findings(stateOf((id) => (id.startsWith('cache-64/') ? 80 : 88)));
  expect(good.map(({ text }) => text).join(' ')).toContain(
    'At its end local search with a cache of 64 stands 0.00 % above the best plan, ruin and recreate alone 10.00 %.',
  );
  expect(good.find(({ text }) => text.startsWith('At its end'))?.tone).toBe('measured');
  const bad = study.findings(stateOf((id) => (id.startsWith('none/') ? 80 : 88)));
  expect(bad.find(({ text }) => text.startsWith('At its end'))?.tone).toBe('against');
});

test('says nothing while runs go on', () => {
  const state = stateOf(() => 90);
  const [first] = state.outcomes.keys();
  const going = new Map(state.outcomes);
  going.set(first, WAITING);
  expect(study.findings({ ...state, outcomes: going })).toEqual([]);
});
