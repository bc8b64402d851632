import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultParams } from '../../core/params.ts';
import { unwrap } from '../../core/result.ts';
import { createRng } from '../../core/rng.ts';
import { check } from './check.ts';
import { codec } from './codec.ts';
import { gallery } from './gallery.ts';
import { generators } from './generators.ts';
import {
  cityFromDegrees,
  degreesOf,
  distanceOf,
  METRICS,
  type City,
  type TspInstance,
} from './instance.ts';
import { realCities } from './real-cities.ts';
import { validate } from './schema.ts';

const square: TspInstance = {
  name: 'square',
  metric: 'euclidean',
  cities: [
    [0, 0],
    [0, 10],
    [10, 10],
    [10, 0],
  ],
};

const pathOf = (value: unknown) => {
  const result = validate(value);
  if (result.ok) throw new Error('should have failed');
  return result.issues[0].path;
};

describe('checker', () => {
  it('measures the closed tour', () => {
    expect(check(square, { tour: Int32Array.of(0, 1, 2, 3) })).toEqual({
      feasible: true,
      objective: 40,
      violations: [],
    });
    expect(check({ ...square, cities: [[5, 5]] }, { tour: Int32Array.of(0) }).objective).toBe(0);
    const two: TspInstance = { ...square, cities: square.cities.slice(0, 2) };
    expect(check(two, { tour: Int32Array.of(1, 0) }).objective).toBe(20);
  });

  it('names what is wrong, and survives anything', () => {
    const twice = check(square, { tour: Int32Array.of(0, 1, 1, 3) });
    expect(twice.feasible).toBe(false);
    expect(twice.violations).toEqual(['City 2 is visited 2 times.', 'City 3 is not visited.']);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.double(), fc.constant(NaN))), (tour) => {
        const report = check(square, { tour: tour as unknown as Int32Array });
        const sorted = [...tour].sort((a, b) => a - b);
        expect(report.feasible).toBe(sorted.length === 4 && sorted.every((city, i) => city === i));
        expect(report.violations.length).toBeLessThanOrEqual(20);
      }),
    );
    expect(check(square, null as never).feasible).toBe(false);
  });
});

describe('schema', () => {
  it('finds what is wrong by its path', () => {
    expect(pathOf({ metric: 'taxi', cities: [[0, 0]] })).toEqual(['metric']);
    expect(pathOf({ cities: [] })).toEqual(['cities']);
    expect(
      pathOf({
        cities: [
          [0, 0],
          [1, NaN],
        ],
      }),
    ).toEqual(['cities', 1]);
    expect(pathOf({ cities: [[0, 0], [1]] })).toEqual(['cities', 1]);
    expect(pathOf({ cities: [[0, 0]], colour: 'red' })).toEqual(['colour']);
    expect(pathOf({ cities: [[0, 0]], names: ['a', 'b'] })).toEqual(['names']);
    expect(pathOf({ metric: 'great-circle-km', cities: [[120, 0]] })).toEqual(['cities', 0]);
    expect(
      pathOf({
        metric: 'matrix',
        matrix: [
          [0, 1],
          [2, 0],
        ],
      }),
    ).toEqual(['matrix', 1, 0]);
    expect(
      pathOf({
        metric: 'matrix',
        matrix: [
          [0, -1],
          [-1, 0],
        ],
      }),
    ).toEqual(['matrix', 0, 1]);
    expect(pathOf({ metric: 'matrix', matrix: [[1]] })).toEqual(['matrix', 0, 0]);
    expect(pathOf({ cities: [[0, 0]], matrix: [[0]] })).toEqual(['matrix']);
  });

  it('refuses two million cities without looking at them', () => {
    expect(pathOf({ cities: new Array(2e6) })).toEqual(['cities']);
  });

  it('makes minus zero zero, and names one line', () => {
    const instance = unwrap(validate({ name: ' a\nb\u0000 ', cities: [[-0, 1]] }));
    expect(instance.name).toBe('a b');
    expect(Object.is(instance.cities[0][0], 0)).toBe(true);
  });
});

describe('links', () => {
  it('carry any instance', () => {
    const number = fc.oneof(
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.double({ min: -80, max: 80, noNaN: true }).map((value) => value + 0),
    );
    const pair = fc.tuple(
      number.filter((value) => Math.abs(value) <= 90),
      number.filter((value) => Math.abs(value) <= 360),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...METRICS.map(({ id }) => id)),
        fc.array(pair, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        (metric, cities, named) => {
          const matrix = cities.map(([a], i) =>
            cities.map(([b], j) => (i === j ? 0 : Math.abs(a + b))),
          );
          const instance: TspInstance = {
            name: 'n',
            metric,
            cities,
            ...(named ? { names: cities.map((_, i) => `c${i}`) } : {}),
            ...(metric === 'matrix' ? { matrix } : {}),
          };
          expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
        },
      ),
    );
  });

  it('are short: 200 cities in 700 characters', () => {
    const params = { cities: 200, size: 1000 };
    const instance = generators[0].generate(params, createRng(1));
    expect((codec.encode(instance).length * 4) / 3).toBeLessThan(700);
  });

  it('do not allocate what they only claim', () => {
    // All ones: a metric that is not there, or a huge count.
    expect(codec.decode(new Uint8Array(12).fill(255), codec.version).ok).toBe(false);
    expect(codec.decode(Uint8Array.of(0, 255, 255, 255, 255, 255, 255), codec.version).ok).toBe(
      false,
    );
  });
});

describe('distances', () => {
  it('are those along the earth, within the sphere’s half percent', () => {
    const find = (name: string): City => {
      const city = realCities(null).find((each) => each.name === name)!;
      return [city.latitude, city.longitude];
    };
    const cities = [find('London'), find('Tokyo'), find('Sydney')];
    const km = distanceOf({ name: '', metric: 'great-circle-km', cities });
    expect(km(0, 1)).toBeGreaterThan(9_510);
    expect(km(0, 1)).toBeLessThan(9_610);
    expect(km(1, 2)).toBeGreaterThan(7_780);
    expect(km(1, 2)).toBeLessThan(7_870);
    const metres = distanceOf({ name: '', metric: 'great-circle-m', cities });
    expect(Math.abs(metres(0, 1) / 1000 - km(0, 1))).toBeLessThanOrEqual(0.5);
    const asGeo = cities.map(([latitude, longitude]) =>
      cityFromDegrees('tsplib-geo', latitude, longitude),
    );
    const geo = distanceOf({ name: '', metric: 'tsplib-geo', cities: asGeo });
    expect(Math.abs(geo(0, 1) / km(0, 1) - 1)).toBeLessThan(0.005);
  });

  it('keep a place to the minute when degrees are written as DDD.MM and back', () => {
    fc.assert(
      fc.property(fc.double({ min: -89, max: 89, noNaN: true }), (degrees) => {
        const city = cityFromDegrees('tsplib-geo', degrees, degrees);
        expect(degreesOf('tsplib-geo', city)[0]).toBeCloseTo(degrees, 1);
        expect(Math.abs(degreesOf('tsplib-geo', city)[0] - degrees)).toBeLessThanOrEqual(
          0.5001 / 60,
        );
      }),
    );
  });
});

describe('generators and gallery', () => {
  it('make as many cities as asked, all valid, the same for the same seed', () => {
    for (const generator of generators) {
      for (const cities of [1, 2, 57]) {
        const params = { ...defaultParams(generator.params), cities };
        const instance = generator.generate(params, createRng(3));
        expect(instance.cities.length).toBe(cities);
        expect(validate(instance).ok).toBe(true);
        expect(generator.generate(params, createRng(3))).toEqual(instance);
      }
    }
  });

  it('has all capitals once', () => {
    const capitals = realCities(null).filter((city) => city.capital);
    expect(capitals.length).toBe(195);
    expect(new Set(capitals.map((city) => city.country)).size).toBeGreaterThan(190);
    for (const city of realCities(null))
      expect(Number.isFinite(city.latitude + city.longitude)).toBe(true);
  });

  it('is valid throughout', () => {
    for (const entry of gallery)
      expect(unwrap(validate(entry.instance()))).toEqual(entry.instance());
  });
});
