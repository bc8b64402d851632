import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParams } from '../../core/params.ts';
import { describeIssue, unwrap } from '../../core/result.ts';
import { createRng } from '../../core/rng.ts';
import { codec } from './codec.ts';
import { generators } from './generators.ts';
import { clean, cleanCustomer, pack, ROUNDINGS, unpack, type VrpInstance } from './instance.ts';
import { validate } from './schema.ts';

const time = fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined });
const coordinate = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value || 0),
);

const instances: fc.Arbitrary<VrpInstance> = fc
  .record({
    name: fc.string({ maxLength: 20 }),
    capacity: fc.integer({ min: 1, max: 1e9 }),
    vehicles: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    rounding: fc.constantFrom(...ROUNDINGS),
    maxDuration: time,
    depot: fc.record({ x: coordinate, y: coordinate }),
    customers: fc.array(
      fc
        .record({
          x: coordinate,
          y: coordinate,
          demand: fc.integer({ min: 0, max: 1e9 }),
          ready: time,
          length: time,
          service: time,
        })
        .map(({ ready, length, ...rest }) =>
          cleanCustomer({
            ...rest,
            ready,
            due: length === undefined ? undefined : (ready ?? 0) + length,
          }),
        ),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(clean);

describe('forms of an instance', () => {
  test('pack, link and validation give any instance back', () => {
    fc.assert(
      fc.property(instances, (instance) => {
        expect(unpack(pack(instance))).toEqual(instance);
        expect(unwrap(validate(instance))).toEqual(instance);
        expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
      }),
    );
  });

  test('links of any bytes are read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = codec.decode(bytes, codec.version);
        if (!result.ok) expect(result.issues[0].message).not.toBe('');
      }),
    );
  });
});

describe('validation', () => {
  const good = { capacity: 5, depot: { x: 0, y: 0 }, customers: [{ x: 1, y: 1, demand: 1 }] };

  test('fills in what may be left out', () => {
    expect(unwrap(validate({ ...good, vehicles: null }))).toEqual({
      ...good,
      name: 'Untitled',
      rounding: 'nint',
    });
  });

  test.each<[unknown, string]>([
    [{ ...good, capacity: 0 }, 'capacity: "capacity" must be from 1'],
    [{ ...good, capacity: NaN }, 'capacity: "capacity" must be a number'],
    [{ ...good, customers: [] }, 'customers: "customers" must be a list'],
    [{ ...good, customers: [{ x: 1, y: 1 }] }, 'customers[0].demand: "demand" is missing'],
    [
      { ...good, customers: [{ x: 1, y: 1, demand: 1.5 }] },
      'customers[0].demand: "demand" must be a whole number',
    ],
    [
      { ...good, customers: [{ x: 1, y: 1, demand: 1, ready: 9, due: 3 }] },
      'customers[0].due: The window closes at 3, before it opens at 9',
    ],
    [{ ...good, depot: { x: 0 } }, 'depot.y: "y" is missing'],
    [{ ...good, rounding: 'up' }, 'rounding: "rounding" must be one of'],
    [{ ...good, vehicle: 3 }, 'vehicle: "vehicle" is not known here'],
    [{ ...good, customers: Array(20_001).fill(0) }, 'customers: 20001 customers are too many'],
  ])('names the place (%#)', (value, message) => {
    const result = validate(value);
    expect(result.ok ? '' : describeIssue(result.issues[0])).toContain(message);
  });
});

describe('generators', () => {
  test.each(generators.map((generator) => [generator.id, generator] as const))(
    '%s: every choice makes an instance in which each customer can be served',
    (_, generator) => {
      const choices = generator.params.flatMap((spec) =>
        spec.type === 'choice' ? spec.options.map(({ value }) => ({ [spec.id]: value })) : [],
      );
      choices.forEach((choice, seed) => {
        const params = { ...defaultParams(generator.params), customers: 60, ...choice };
        const instance = generator.generate(params, createRng(seed));
        expect(unwrap(validate(instance))).toEqual(instance);
        expect(instance.customers.length).toBe(60);
        const { depot } = instance;
        for (const { x, y, demand, due = Infinity, service = 0 } of instance.customers) {
          expect(demand).toBeLessThanOrEqual(instance.capacity);
          const way = Math.hypot(x - depot.x, y - depot.y);
          expect(way).toBeLessThanOrEqual(due);
          expect(due + service + way).toBeLessThanOrEqual(depot.due ?? Infinity);
        }
      });
    },
  );
});
