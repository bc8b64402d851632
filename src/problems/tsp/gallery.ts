/** Named instances. */
import type { GalleryEntry } from '../family.ts';
import { createRng } from '../../core/rng.ts';
import { defaultParams } from '../../core/params.ts';
import { knownValue } from './best-known.ts';
import { ATT48, BERLIN52, BURMA14, ULYSSES16 } from './gallery-data.ts';
import { generators } from './generators.ts';
import type { City, Metric, TspInstance } from './instance.ts';
import { instanceOf, realCities } from './real-cities.ts';

type Entry = GalleryEntry<TspInstance>;

/** mulberry32 (T. Ettinger 2017), the generator the uniform test instances are defined by. */
export function mulberry32(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Uniform in [0, 10^6)², x and y in turn, seeded with n. */
export function uniformInstance(n: number): TspInstance {
  const random = mulberry32(n);
  return {
    name: `E${n}`,
    metric: 'euclidean-rounded',
    cities: Array.from({ length: n }, (): City => {
      const x = Math.floor(random() * 1e6);
      return [x, Math.floor(random() * 1e6)];
    }),
  };
}

function pairs(numbers: readonly number[]): City[] {
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]);
}

function entry(about: Omit<Entry, 'bestKnown' | 'instance'>, instance: () => TspInstance): Entry {
  const known = knownValue(about.id);
  return { ...about, ...(known ? { bestKnown: known } : {}), instance };
}

function tsplib(
  name: string,
  summary: string,
  source: string,
  metric: Metric,
  data: number[],
): Entry {
  return entry({ id: name, name, summary, source: `TSPLIB95; ${source}` }, () => ({
    name,
    metric,
    cities: pairs(data),
  }));
}

function uniform(n: number, summary: string): Entry {
  return entry(
    { id: `E${n}`, name: `E${n}`, summary, source: `Uniform, mulberry32 seeded with ${n}` },
    () => uniformInstance(n),
  );
}

function generated(id: string, name: string, summary: string, generator: string, params: object) {
  return entry({ id, name, summary, source: `Generator "${generator}", seed 1` }, () => {
    const chosen = generators.find((each) => each.id === generator);
    if (!chosen) throw new Error(`There is no generator ${generator}.`);
    const values = { ...defaultParams(chosen.params), ...params };
    return { ...chosen.generate(values, createRng(1)), name };
  });
}

const capitals = (region: string | null) => realCities(region).filter((city) => city.capital);

export const gallery: readonly Entry[] = [
  entry(
    {
      id: 'world-capitals',
      name: 'World capitals',
      summary: 'All 195 capitals, over the oceans.',
      source: 'GeoNames (CC BY 4.0)',
    },
    () => instanceOf('World capitals', capitals(null)),
  ),
  entry(
    {
      id: 'european-capitals',
      name: 'European capitals',
      summary: 'A grand tour of 45 capitals.',
      source: 'GeoNames (CC BY 4.0)',
    },
    () => instanceOf('European capitals', capitals('Europe')),
  ),
  generated(
    'us-cities',
    'United States',
    'All cities of 100,000 people or more.',
    'country-towns',
    { country: 'US', population: 100_000 },
  ),
  tsplib(
    'berlin52',
    '52 places in Berlin, the best known small instance.',
    'Grötschel',
    'euclidean-rounded',
    BERLIN52,
  ),
  tsplib(
    'att48',
    '48 capitals of the United States, pseudo-Euclidean.',
    'Padberg & Rinaldi',
    'pseudo-euclidean',
    ATT48,
  ),
  tsplib('burma14', '14 cities of Burma by geographic distance.', 'Zaw Win', 'tsplib-geo', BURMA14),
  tsplib(
    'ulysses16',
    'The travels of Ulysses around the Mediterranean.',
    'Grötschel & Padberg',
    'tsplib-geo',
    ULYSSES16,
  ),
  entry(
    {
      id: 'lattice20',
      name: 'Lattice 20 × 20',
      summary: 'Every optimal tour has 400 edges of length 100, and there are very many.',
      source: 'Folklore',
    },
    () => ({
      name: 'Lattice 20 × 20',
      metric: 'euclidean-rounded',
      cities: Array.from({ length: 400 }, (_, i): City => [
        (i % 20) * 100,
        Math.floor(i / 20) * 100,
      ]),
    }),
  ),
  generated(
    'board-442',
    'Drilled board 442',
    'Rows of pins on a lattice: many ties, long straight runs.',
    'drilled-board',
    { cities: 442 },
  ),
  generated(
    'clusters-500',
    'Clusters 500',
    'Ten towns: neighbour lists must reach out of each.',
    'clustered',
    { cities: 500, clusters: 10, spread: 3 },
  ),
  generated('ring-40', 'Ring 40', 'A circle with noise, small enough to solve by eye.', 'ring', {
    cities: 40,
  }),
  uniform(100, 'A small uniform instance.'),
  uniform(200, 'A uniform instance of the size classrooms use.'),
  uniform(1000, 'The usual yardstick for heuristics.'),
  uniform(2000, 'Twice the yardstick.'),
  uniform(10000, 'Ten thousand cities: speed of the neighbourhood counts.'),
];
