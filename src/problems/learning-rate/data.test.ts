import { describe, expect, it } from 'vitest';
import { samplesOf } from './data.ts';
import { makeTask, shiftStep } from './tasks.ts';

describe('samples', () => {
  it('of rings lie around their radius', () => {
    const { train, classes } = samplesOf(makeTask('circles', { rings: 3, noise: 0 }));
    expect(classes).toBe(3);
    for (let i = 0; i < train.count; i++)
      expect(Math.hypot(train.inputs[2 * i], train.inputs[2 * i + 1])).toBeCloseTo(
        (4 * (train.labels[i] + 1)) / 3,
        12,
      );
  });

  it('of XOR are told apart by their signs alone', () => {
    const { train } = samplesOf(makeTask('xor', { noise: 0 }));
    const places = new Set<string>();
    for (let i = 0; i < train.count; i++) {
      const [x, y] = train.inputs.subarray(2 * i, 2 * i + 2);
      places.add(`${x},${y}`);
      expect(train.labels[i]).toBe(Number(x * y < 0));
    }
    expect(places.size).toBe(4);
  });

  it.each(['spirals', 'circles', 'xor', 'iris', 'table'] as const)(
    'of %s get as many wrong labels as asked for, the validation samples none',
    (kind) => {
      const clean = samplesOf(makeTask(kind));
      const noisy = samplesOf(makeTask(kind, { labelNoise: 0.3 }));
      const changed = clean.train.labels.filter((label, i) => label !== noisy.train.labels[i]);
      expect(Math.abs(changed.length / clean.train.count - 0.3)).toBeLessThan(0.12);
      expect(noisy.train.inputs).toEqual(clean.train.inputs);
      expect(noisy.validation).toEqual(clean.validation);
    },
  );

  it('turn where the distribution shifts', () => {
    const plain = samplesOf(makeTask('xor'));
    const { train, before, validation } = samplesOf(makeTask('xor', { shiftAngle: 90 }));
    expect(before?.inputs).toEqual(plain.train.inputs);
    expect(plain.before).toBeUndefined();
    for (const [after, original] of [
      [train, plain.train],
      [validation, plain.validation],
    ])
      for (let i = 0; i < after.count; i++) {
        expect(after.inputs[2 * i]).toBeCloseTo(-original.inputs[2 * i + 1], 12);
        expect(after.inputs[2 * i + 1]).toBeCloseTo(original.inputs[2 * i], 12);
      }
  });

  it('shift at a fraction of the steps', () => {
    expect(shiftStep(makeTask('xor', { shiftAngle: 90, shiftAt: 0.25 }), 400)).toBe(100);
    expect(shiftStep(makeTask('quadratic', { shiftBy: 1 }), 400)).toBe(200);
    expect(shiftStep(makeTask('quadratic'), 400)).toBe(0);
    expect(shiftStep(makeTask('iris'), 400)).toBe(0);
  });
});
