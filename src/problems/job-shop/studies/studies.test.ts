import { describe, expect, test } from 'vitest';
import { defaultParams } from '../../../core/params.ts';
import { unwrap } from '../../../core/result.ts';
import { gallery } from '../gallery.ts';
import { refuses } from '../refusals.ts';
import type { JobShopInstance } from '../instance.ts';
import type { Outcome, State } from './common.ts';
import { studies } from './index.ts';

const instanceOf = (id: string) => gallery.find((entry) => entry.id === id)!.instance();

/** All runs done, the objective of each given by its place in the plan. */
function stateOf(
  study: (typeof studies)[number],
  instance: JobShopInstance,
  objective: (id: string) => number | null,
): State {
  const values = defaultParams(study.params);
  const runs = unwrap(study.plan(instance, values, new Map()));
  const outcome = (value: number | null): Outcome => ({
    state: value === null ? 'waiting' : 'done',
    report: value === null ? null : { feasible: true, objective: value, violations: [] },
    solution: null,
    bound: value === null ? null : 50,
    points: value === null ? [] : [0.1, 1, value + 5, 0.2, 7, value],
    trace: null,
    seconds: 1,
    steps: 9,
  });
  const outcomes = new Map(runs.map(({ id }) => [id, outcome(objective(id))]));
  return { instance, values, runs, outcomes };
}

describe.each(studies.map((study) => [study.id, study] as const))('%s', (_, study) => {
  const instance = instanceOf('ft06');

  test('plans runs with ids of their own that no solver refuses', () => {
    const { runs } = stateOf(study, instance, () => null);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
    for (const run of runs) {
      expect(refuses(run.solverId, run.instance)).toBeNull();
      expect(run.budget.steps).toBeGreaterThan(0);
    }
  });

  test('says nothing before its runs, and draws all the same', () => {
    const state = stateOf(study, instance, () => null);
    expect(study.findings(state)).toEqual([]);
    expect(study.charts(state)[0].description).toMatch(/No (rule has )?run yet/);
    expect(study.table(state).rows).toBeGreaterThan(5);
  });

  test('refuses shops it is not made for', () => {
    expect(study.plan(instanceOf('fs001'), defaultParams(study.params), new Map()).ok).toBe(false);
  });
});

test('the findings on rules follow from the runs', () => {
  const [rules] = studies;
  const state = stateOf(rules, instanceOf('ft06'), (id) =>
    id === 'search' ? 55 : id === 'SPT/active' ? 57 : id.startsWith('random') ? 60 : 66,
  );
  const texts = rules.findings(state).map(({ text }) => text);
  expect(texts[0]).toMatch(/best rule is SPT \(active\) with 57, 3\.6\s% above the best known/);
  expect(texts.at(-2)).toMatch(/random schedules \(60\) beats 15 of 16 rules/);
  expect(texts.at(-1)).toMatch(/search reaches 55, better than every rule/);
});

test('the findings on policies follow from the runs', () => {
  const policies = studies[1];
  const state = stateOf(policies, instanceOf('ft06'), (id) =>
    id.startsWith('n7') ? 55 : id.startsWith('greedy') ? 77 : 66,
  );
  const [first, memory] = policies.findings(state);
  expect(first.text).toMatch(
    /Tabu, N7 with elites is nearest .*\(0\s% on average\), Best, even if worse farthest/,
  );
  expect(memory.tone).toBe('against');
});

test('the price of not knowing follows from the runs', () => {
  const breakdowns = studies[2];
  const state = stateOf(breakdowns, instanceOf('failing-10x10'), (id) =>
    id.startsWith('hindsight') ? 100 : id.startsWith('SPT') ? 120 : id.startsWith('s') ? 110 : 130,
  );
  // The open instance's own breakdowns come first, others are drawn.
  expect(state.runs[0].instance).toBe(state.instance);
  expect(new Set(state.runs.map(({ instance }) => instance.breakdowns)).size).toBe(4);
  const [price, fixed] = breakdowns.findings(state);
  expect(price.text).toMatch(/by SPT ends 20\s% above .*, by .* 30\s%/);
  expect(fixed.tone).toBe('against');
  expect(fixed.text).toMatch(/\(10\s% above\) beats every rule/);
});
