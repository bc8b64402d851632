import { beforeAll, describe, expect, it } from 'vitest';
import { itemBox, type Scene } from '../../../scene/scene.ts';
import { DIGIT_VALIDATION, loadDigits, validationDigits } from '../digits.ts';
import type { Instance } from '../instance.ts';
import { parameterCount, validationAccuracy } from '../model.ts';
import { makeBody, makeSchedule } from '../schedule.ts';
import { TRACE } from '../solvers.ts';
import { makeTask } from '../tasks.ts';
import { COLUMN, type LrFrame } from './common.ts';
import { confusions, confusionsMode, digitsMode, readDigits } from './digits.ts';
import { learningRateViews } from './index.ts';

const task = makeTask('digits', { layers: 0, network: 'dense' });
const instance: Instance = {
  name: '',
  task,
  steps: 100,
  batch: 8,
  schedule: makeSchedule(0.01, makeBody('linear')),
};
/** Weights that tell some digits apart. */
const parameters = Float64Array.from(
  { length: parameterCount(task) },
  (_, i) => ((i * 7919) % 101) / 101 - 0.5,
);

const frame = (given: Partial<LrFrame> = {}): LrFrame => ({
  instance,
  solution: { parameters, step: 12 },
  report: { feasible: true, objective: 2, violations: [] },
  bound: null,
  trace: null,
  toggles: {},
  tool: '',
  selected: null,
  ...given,
});

function inBounds({ bounds, items }: Scene): boolean {
  return items.every((item) => {
    const box = itemBox(item)!;
    return (
      box.minX >= bounds.minX &&
      box.minY >= bounds.minY &&
      box.maxX <= bounds.maxX &&
      box.maxY <= bounds.maxY
    );
  });
}

const titles = ({ items }: Scene): string[] =>
  items.flatMap((item) => ('title' in item && typeof item.title === 'string' ? [item.title] : []));

describe('before the digits have loaded', () => {
  it('the pictures say so', () => {
    expect(digitsMode.draw(frame()).description).toBe('The digits are loading.');
    expect(confusionsMode.draw(frame()).description).toBe('The digits are loading.');
  });
});

describe('pictures of digits', () => {
  beforeAll(loadDigits);

  it('belong to the task', () => {
    const ids = learningRateViews.modes(instance).map(({ id }) => id);
    expect(ids).toContain('digits');
    expect(ids).toContain('confusions');
    const other = { ...instance, task: makeTask('xor') };
    expect(learningRateViews.modes(other).map(({ id }) => id)).not.toContain('digits');
  });

  it('show digits without a reading before there is a model', () => {
    const scene = digitsMode.draw(frame({ solution: null }));
    expect(titles(scene)[3]).toBe('Digit 7003, a 3');
    expect(scene.description).toContain('no model yet');
    expect(inBounds(scene)).toBe(true);
    expect(confusionsMode.draw(frame({ solution: null })).description).toBe('No model yet.');
  });

  it('show what the model reads, wrong ones marked and counted', () => {
    const scene = digitsMode.draw(frame());
    const wrong = titles(scene).filter((title) => title.endsWith('wrong')).length;
    const right = titles(scene).filter((title) => title.endsWith('right')).length;
    expect(wrong + right).toBe(98);
    expect(wrong).toBeGreaterThan(0);
    expect(right).toBeGreaterThan(0);
    expect(scene.description).toContain(`reads ${right} of these 98 validation digits rightly`);
    const rims = scene.items.filter((item) => item.kind === 'rect' && item.stroke === 'warn');
    expect(rims.length).toBe(wrong);
    expect(inBounds(scene)).toBe(true);
  });

  it('show mistakes only, the surest first', () => {
    const scene = digitsMode.draw(frame({ toggles: { mistakes: true } }));
    const shares = titles(scene).map((title) => Number.parseFloat(title.split('with ')[1]));
    expect(titles(scene).every((title) => title.endsWith('wrong'))).toBe(true);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    const accuracy = validationAccuracy(task, parameters)!;
    const wrong = Math.round(DIGIT_VALIDATION * (1 - accuracy));
    expect(scene.description).toContain(`reads ${wrong} of 1000 validation digits wrongly`);
  });

  it('tell the error that the run measured', () => {
    const trace = {
      columns: TRACE,
      length: 2,
      values: TRACE.map(({ id }) => Float64Array.of(id === 'error' ? 0.25 : 0, NaN)),
    };
    expect(digitsMode.draw(frame({ trace })).description).toMatch(/25\s%/);
    expect(COLUMN.error).toBeGreaterThan(0);
  });

  it('count confusions: a row is all digits of a class, the diagonal the right ones', () => {
    const counts = confusions(readDigits(task, parameters, DIGIT_VALIDATION));
    let right = 0;
    for (let digit = 0; digit < 10; digit++) {
      right += counts[11 * digit];
      expect(counts.subarray(10 * digit, 10 * digit + 10).reduce((a, b) => a + b)).toBe(100);
    }
    expect(right / DIGIT_VALIDATION).toBeCloseTo(validationAccuracy(task, parameters)!, 12);
    const scene = confusionsMode.draw(frame());
    expect(titles(scene)).toHaveLength(100);
    expect(inBounds(scene)).toBe(true);
    expect(validationDigits().count).toBe(DIGIT_VALIDATION);
  });
});
