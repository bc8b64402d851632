import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { learningRates } from './curve.ts';
import { compileGenerated } from './formula.ts';
import { scheduleFormula } from './schedule-formula.ts';
import { exampleSchedules, EXAMPLE_STEPS } from './schedule-examples.ts';
import { makeSchedule } from './schedule.ts';

describe('a schedule as a formula', () => {
  const withFormula = exampleSchedules().filter(([, { body }]) => body.kind !== 'optimal');
  it.each(withFormula)('%s has the same values at every step', (_name, schedule) => {
    const text = scheduleFormula(schedule, EXAMPLE_STEPS);
    expect(text).not.toBeNull();
    const formula = unwrap(compileGenerated(text!));
    const rates = learningRates({ ...schedule, peak: 1 }, EXAMPLE_STEPS);
    rates.forEach((rate, t) => expect(formula(t, EXAMPLE_STEPS)).toBeCloseTo(rate, 10));
  });

  it('is none for a curve of many points', () => {
    const points = Array.from({ length: 50 }, (_, i): [number, number] => [i / 49, (i % 3) / 2]);
    const body = { kind: 'points', interpolation: 'linear', points } as const;
    expect(scheduleFormula(makeSchedule(1, body), 100)).toBeNull();
    expect(scheduleFormula(makeSchedule(1, { kind: 'product', factors: [body] }), 100)).toBeNull();
  });
});
