import { describe, expect, it } from 'vitest';
import type { ParamValue } from '../../../core/params.ts';
import type { StudyState } from '../../studies.ts';
import type { Instance, Solution } from '../instance.ts';
import { stepLaw } from './batch.ts';
import { studies } from './index.ts';
import type { LabStudy } from './lab.ts';
import { published } from './published.ts';
import { quadraticPanel } from './quadratic-panel.ts';
import { suggestions } from './range-test.ts';
import { COLOURS, runStudy } from './test-run.ts';
import { theoryTransfer } from './theory-transfer.ts';

type Given = Record<string, ParamValue>;

/** Small, so that all of them really run in a few seconds. */
const small: Readonly<Record<string, Given>> = {
  drop: { task: 'quadratic', seeds: 4, steps: 300 },
  'cooldown-sweep': { seeds: 2, count: 3, steps: 200 },
  'rate-sweep': { seeds: 2, count: 4, steps: 200 },
  ranking: { seeds: 1, count: 4, steps: 200 },
  'noisy-quadratic': { runs: 30, steps: 60 },
  'rate-transfer': { seeds: 2, count: 5, steps: 200 },
  'horizon-extension': { seeds: 2, first: 150, times: 2 },
  refine: { seeds: 2, count: 4, steps: 120 },
  budget: { seeds: 1, count: 3, steps: 200 },
  disagreement: { seeds: 1, count: 4, steps: 300 },
  'schedule-free': { task: 'logistic', seeds: 1, count: 3, steps: 200 },
  'batch-rate': { seeds: 1, samples: 800 },
  'range-test': { seeds: 1, count: 4, steps: 200, testSteps: 120 },
  autolrs: { task: 'logistic', seeds: 1, count: 2, steps: 120, stage: 40 },
  'lion-box': {},
  'spam-spikes': { seeds: 1, steps: 120, every: 20 },
  'edge-of-stability': { steps: 200 },
  'path-plane': { steps: 60, snapshots: 10 },
  'mini-algoperf': { trials: 1, seeds: 1, share: 0.05 },
  'muon-batch': { seeds: 1, steps: 20, target: 0.68 },
};

/** Everything a person reads, as one text. */
function read(study: LabStudy, state: StudyState<Instance, Solution>): string {
  const parts: string[] = [];
  for (const chart of study.charts(state)) {
    const option = chart.option(COLOURS);
    expect([option.series].flat().length, chart.id).toBeGreaterThan(0);
    parts.push(chart.title, chart.help, chart.description);
  }
  for (const { text } of study.findings(state)) parts.push(text);
  return parts.join('\n');
}

const numbersIn = (study: LabStudy, state: StudyState<Instance, Solution>, column: string) => {
  const table = study.table(state);
  const at = table.columns.findIndex(({ id }) => id === column);
  return Array.from({ length: table.rows }, (_, row) => Number(table.cell(row, at)));
};

describe.each(studies.map((study) => [study.id, study] as const))('study %s', (id, study) => {
  it('runs, and reads as charts, findings and a table', async () => {
    const state = await runStudy(study, small[id]);
    expect(state.runs.length === 0).toBe(study.seconds === 0);
    const text = read(study, state);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(study.findings(state).length).toBeGreaterThan(0);
    expect(study.table(state).rows).toBeGreaterThan(0);
    // Another state with the same runs reads the same.
    expect(read(study, { ...state })).toBe(text);
  });
});

describe('what the studies find', () => {
  it('the bound correlates with the published 124M runs as the authors report', async () => {
    const state = await runStudy(published);
    expect(published.findings(state)[0].text).toMatch(/is 0\.9995/);
    // Ω* over that of linear decay, from the authors' package.
    const ratios = numbersIn(published, state, 'ratio');
    [1.7603, 1.141, 1.0799, 1.0287, 1.0084, 1.0011, 1.0002, 1].forEach((ratio, i) =>
      expect(ratios[i]).toBeCloseTo(ratio, 4),
    );
  });

  it('the mean of 200 simulated runs meets the exact expectation within 1 %', async () => {
    const state = await runStudy(quadraticPanel);
    const [finding] = quadraticPanel.findings(state);
    expect(finding.tone).toBe('measured');
    const means = numbersIn(quadraticPanel, state, 'mean');
    const exact = numbersIn(quadraticPanel, state, 'exact');
    expect(Math.abs(means.at(-1)! / exact.at(-1)! - 1)).toBeLessThan(0.01);
  });

  it('rates carry over by the known factors', async () => {
    const state = await runStudy(theoryTransfer, { fromSteps: 6400, toSteps: 6400, rate: 1 });
    const table = theoryTransfer.table(state);
    const factor = (name: string) =>
      Array.from({ length: table.rows }, (_, row) => row)
        .filter((row) => table.cell(row, 0) === name)
        .map((row) => Number(table.cell(row, 1)))[0];
    expect(Math.log(factor('Linear'))).toBeCloseTo(0.6652, 3);
  });

  it('WSD drops in its cooldown below the constant rate', async () => {
    const drop = studies.find(({ id }) => id === 'drop')!;
    const state = await runStudy(drop, { task: 'quadratic', seeds: 8 });
    const [constant, wsd] = numbersIn(drop, state, 'mean');
    expect(wsd).toBeLessThan(0.75 * constant);
    expect(drop.findings(state)[0].tone).toBe('measured');
  });

  it('without noise the constant rate wins and the plain bound is wrong', async () => {
    const study = studies.find(({ id }) => id === 'disagreement')!;
    const state = await runStudy(study, { seeds: 1 });
    const [first, second] = study.findings(state);
    expect(first.tone).toBe('against');
    expect(first.text).toMatch(/^Without noise the best schedule is Constant/);
    expect(second.tone).toBe('measured');
  });

  it('Lion ends on the face of its box', async () => {
    const study = studies.find(({ id }) => id === 'lion-box')!;
    const state = await runStudy(study);
    const [lion, , adam] = numbersIn(study, state, 'norm');
    expect(lion).toBeGreaterThan(2.49);
    expect(lion).toBeLessThan(2.5 + 1e-3);
    expect(adam).toBeCloseTo(3, 3);
  });

  it('the Step Law gives the published example', () => {
    const { rate, batch } = stepLaw(214.7e6, 11.4e9);
    expect(rate).toBeCloseTo(2.51e-3, 5);
    expect(Math.round(batch / 2048)).toBe(157);
  });

  it('a range test finds the steepest fall and the least loss', () => {
    // Flat, then falling fastest around rate 1, then rising.
    const curve = Array.from({ length: 201 }, (_, i): [number, number] => {
      const x = (i - 100) / 20;
      return [10 ** (x / 2), 1 / (1 + Math.exp(2 * x)) + Math.exp(3 * (x - 4))];
    });
    const found = suggestions(curve)!;
    expect(Math.abs(Math.log10(found.steepest))).toBeLessThan(0.4);
    expect(found.least).toBeGreaterThan(3 * found.steepest);
    expect(suggestions([[1, 1]])).toBeNull();
  });
});
