/** What holds for every study of every family. Their numbers are tested beside them. */
import { describe, expect, it } from 'vitest';
import { readParams } from '../src/core/params.ts';
import { unwrap } from '../src/core/result.ts';
import { families } from '../src/problems/registry.ts';
import { WAITING, type AnyStudy } from '../src/problems/studies.ts';
import { loadViews } from '../src/problems/view-registry.ts';
import type { ChartColours } from '../src/problems/views.ts';
import { valuesOf } from '../src/studies/desk.ts';
import { studiesOf } from '../src/studies/registry.ts';

const colours: ChartColours = {
  ink: '#000',
  ink2: '#333',
  ink3: '#666',
  line: '#ccc',
  panel: '#fff',
  accent: '#00f',
  bound: '#f80',
  good: '#080',
  warn: '#880',
  series: (index) => `hsl(${index * 40} 50% 50%)`,
};

const loaded = await Promise.all(
  families.map(async (entry) => {
    const family = await entry.load();
    return { family, studies: await studiesOf(family, await loadViews(entry.id)) };
  }),
);

const defaults = (study: AnyStudy) => valuesOf(study, {});

describe.each(loaded)('the studies of $family.name', ({ family, studies }) => {
  const instance = family.gallery[0].instance();

  it('have ids of their own', () => {
    expect(new Set(studies.map(({ id }) => id)).size).toBe(studies.length);
  });

  describe.each(studies)('$name', (study) => {
    it('has defaults that it takes', () => {
      expect(readParams(study.params, defaults(study)).ok).toBe(true);
    });

    it('plans runs that the family can do, or says why not', () => {
      const plan = study.plan(instance, defaults(study), new Map());
      if (!plan.ok) return expect(plan.issues[0].message).not.toBe('');
      const ids = plan.value.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const run of plan.value) {
        const solver = family.solvers.find(({ id }) => id === run.solverId);
        expect(solver, run.solverId).toBeDefined();
        expect(family.refuses(run.solverId, run.instance)).toBeNull();
        expect(readParams(solver!.params, run.params ?? {}).ok).toBe(true);
        const { seconds, steps, target, stall } = run.budget;
        expect(seconds ?? steps ?? target ?? stall, `${run.id} would never end`).not.toBeNull();
      }
    });

    it('can be drawn before any run', () => {
      const values = defaults(study);
      const plan = study.plan(instance, values, new Map());
      if (!plan.ok) return;
      const runs = unwrap(plan);
      const outcomes = new Map(runs.map(({ id }) => [id, WAITING]));
      const state = { instance, values, runs, outcomes };
      for (const chart of study.charts(state)) {
        expect(chart.title).not.toBe('');
        expect(chart.option(colours).series).toBeDefined();
      }
      const findings = study.findings(state);
      const isRun = runs.length > 0;
      const measured = findings.filter(({ tone }) => isRun && tone !== 'theory');
      expect(measured, 'nothing is measured before a run').toEqual([]);
      const table = study.table(state);
      for (let row = 0; row < table.rows; row++)
        table.columns.forEach((_, column) => expect(table.cell(row, column)).toBeDefined());
    });
  });
});
