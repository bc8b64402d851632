import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { codec } from './codec.ts';
import { taillard } from './generators.ts';
import { limits, pack, unpack } from './instance.ts';
import { validate } from './schema.ts';
import { anyInstance } from './test-oracle.ts';

describe('links', () => {
  test('give irregular instances back', () => {
    fc.assert(
      fc.property(
        anyInstance({ jobs: 8, machines: 9, operations: 9, duration: 500 }),
        (instance) => {
          expect(unwrap(codec.decode(codec.encode(instance), 1))).toEqual(instance);
          expect(unpack(pack(instance))).toEqual(instance);
        },
      ),
    );
  });

  test('a 20 × 20 instance takes about 700 characters', () => {
    const instance = taillard('ta21', {
      jobs: 20,
      machines: 20,
      timeSeed: 479340445,
      machineSeed: 268827376,
    });
    const characters = Math.ceil((codec.encode(instance).length * 4) / 3);
    expect(characters).toBeLessThan(720);
  });

  test('random bytes are refused or give a valid instance', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const result = codec.decode(bytes, 1);
        if (result.ok) expect(validate(result.value).ok).toBe(true);
        else expect(result.issues[0].message).not.toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('validation', () => {
  const base = { name: 'x', machines: 2, jobs: [[[0, 1]]] };
  const pathOf = (value: unknown) => {
    const result = validate(value);
    return result.ok ? null : result.issues[0].path;
  };

  test('points at what is wrong', () => {
    expect(pathOf(base)).toBeNull();
    expect(pathOf({ ...base, machines: 0 })).toEqual(['machines']);
    expect(pathOf({ ...base, machines: 1.5 })).toEqual(['machines']);
    expect(pathOf({ ...base, machines: 1e9 })).toEqual(['machines']);
    expect(pathOf({ ...base, jobs: [] })).toEqual(['jobs']);
    expect(pathOf({ ...base, jobs: [[]] })).toEqual(['jobs', 0]);
    expect(
      pathOf({
        ...base,
        jobs: [
          [
            [0, 1],
            [2, 1],
          ],
        ],
      }),
    ).toEqual(['jobs', 0, 1, 0]);
    expect(pathOf({ ...base, jobs: [[[0, -1]]] })).toEqual(['jobs', 0, 0, 1]);
    expect(pathOf({ ...base, jobs: [[[0, NaN]]] })).toEqual(['jobs', 0, 0, 1]);
    expect(pathOf({ ...base, jobs: [[[0]]] })).toEqual(['jobs', 0, 0]);
    expect(pathOf({ ...base, name: 'two\nlines' })).toEqual(['name']);
    expect(pathOf({ ...base, colour: 'red' })).toEqual(['colour']);
  });

  test('caps counts and total work', () => {
    const long = Array.from({ length: limits.operations + 1 }, () => [0, 1]);
    expect(validate({ ...base, jobs: [long] }).ok).toBe(false);
    expect(
      validate({ ...base, jobs: Array.from({ length: limits.jobs + 1 }, () => [[0, 1]]) }).ok,
    ).toBe(false);
    const heavy = Array.from({ length: 101 }, () => [0, limits.duration]);
    expect(validate({ ...base, jobs: [heavy] }).ok).toBe(false);
    expect(validate({ ...base, jobs: [heavy.slice(1)] }).ok).toBe(true);
  });
});
