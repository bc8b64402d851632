import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COUNTRIES, townsOf } from '../src/problems/tsp/real-cities.ts';
import { inProject } from './lib/project.mjs';
import { TOWNS_FILE, townsModule } from './lib/towns.mjs';

describe('towns', () => {
  test('are drawn from the package as committed', () => {
    expect(readFileSync(inProject(TOWNS_FILE), 'utf8')).toBe(townsModule());
  });

  test('lie on the earth, largest first, and every country has a name', () => {
    expect(COUNTRIES.length).toBeGreaterThan(120);
    for (const { code, name } of COUNTRIES) {
      const towns = townsOf(code);
      expect(name).not.toBe(code);
      expect(towns.length).toBeGreaterThanOrEqual(3);
      towns.forEach(({ latitude, longitude, population }, at) => {
        expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
        expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
        expect(population).toBeLessThanOrEqual(at === 0 ? Infinity : towns[at - 1].population);
        expect(population).toBeGreaterThanOrEqual(50);
      });
    }
    expect(townsOf('FR')[0]).toMatchObject({ name: 'Paris', latitude: 48.85, longitude: 2.35 });
  });
});
