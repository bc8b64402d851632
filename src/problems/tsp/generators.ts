/**
 * Seeded instance generators. They use + − × ÷ √ and integers only, so a seed means the same
 * instance in every engine.
 */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';
import { shuffle, type Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import type { City, TspInstance } from './instance.ts';
import { COUNTRIES, instanceOf, realCities, REGIONS, townsOf } from './real-cities.ts';

type Generator = InstanceGenerator<TspInstance>;

/** A generator whose parameters are typed by its specs. */
function define<const Specs extends readonly ParamSpec[]>(
  generator: Omit<Generator, 'params' | 'generate'> & {
    params: Specs;
    generate(params: ParamsOf<Specs>, rng: Rng): TspInstance;
  },
): Generator {
  // Values are read through the same specs before they get here.
  return generator as unknown as Generator;
}

const cityParam = <const Default extends number>(count: Default) =>
  ({
    id: 'cities',
    type: 'number',
    label: 'Cities',
    help: 'How many cities.',
    default: count,
    min: 1,
    max: 1_000_000,
    step: 1,
    integer: true,
  }) as const;

const SIZE = {
  id: 'size',
  type: 'number',
  label: 'Side',
  help: 'Side of the square; coordinates are whole numbers.',
  default: 10_000,
  min: 1,
  max: 10_000_000,
  step: 1,
  integer: true,
} as const;

/** Roughly normal with mean 0 and deviation 1: the sum of twelve uniform numbers, less six. */
function normal(rng: Rng): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += rng.float();
  return sum;
}

/** A direction uniform on the circle, without sine and cosine (von Neumann 1951). */
function direction(rng: Rng): [number, number] {
  for (;;) {
    const x = 2 * rng.float() - 1;
    const y = 2 * rng.float() - 1;
    const square = x * x + y * y;
    if (square === 0 || square > 1) continue;
    const length = Math.sqrt(square);
    return [x / length, y / length];
  }
}

const clamp = (value: number, max: number): number => Math.max(0, Math.min(max, Math.round(value)));

const planar = (name: string, cities: City[]): TspInstance => ({
  name,
  metric: 'euclidean-rounded',
  cities,
});

const uniform = define({
  id: 'uniform',
  name: 'Uniform',
  summary: 'Cities anywhere in a square, each place as likely as the other.',
  source: 'Class E of the DIMACS challenge (Johnson & McGeoch 2002)',
  params: [cityParam(200), SIZE],
  generate: ({ cities, size }, rng) =>
    planar(
      `Uniform ${cities}`,
      Array.from({ length: cities }, (): City => [rng.int(size + 1), rng.int(size + 1)]),
    ),
});

const clustered = define({
  id: 'clustered',
  name: 'Clustered',
  summary: 'Cities scattered around a few centres, as towns are.',
  source: 'After class C of the DIMACS challenge (Johnson & McGeoch 2002)',
  params: [
    cityParam(300),
    {
      id: 'clusters',
      type: 'number',
      label: 'Clusters',
      help: 'How many centres.',
      default: 8,
      min: 1,
      max: 1000,
      step: 1,
      integer: true,
    },
    {
      id: 'spread',
      type: 'number',
      label: 'Spread',
      help: 'Standard deviation of a cluster, in percent of the side.',
      unit: '%',
      default: 5,
      min: 0,
      max: 50,
      step: 0.5,
    },
    SIZE,
  ],
  generate: ({ cities, clusters, spread, size }, rng) => {
    const centres = Array.from({ length: clusters }, () => [rng.int(size + 1), rng.int(size + 1)]);
    const deviation = (spread / 100) * size;
    return planar(
      `Clustered ${cities}`,
      Array.from({ length: cities }, (): City => {
        const [x, y] = centres[rng.int(clusters)];
        return [clamp(x + deviation * normal(rng), size), clamp(y + deviation * normal(rng), size)];
      }),
    );
  },
});

const board = define({
  id: 'drilled-board',
  name: 'Drilled board',
  summary: 'Holes of a printed circuit board: rows of pins and single vias on a lattice.',
  source: 'own, after the drilling problems of Grötschel, Jünger & Reinelt 1991',
  params: [
    { ...cityParam(280), label: 'Holes', help: 'How many holes.' },
    {
      id: 'vias',
      type: 'number',
      label: 'Vias',
      help: 'Share of single holes between the rows of pins.',
      unit: '%',
      default: 25,
      min: 0,
      max: 100,
      step: 1,
    },
  ],
  generate: ({ cities, vias }, rng) => {
    // At least three lattice points per hole, so that free ones are found quickly.
    const columns = Math.max(8, Math.ceil(Math.sqrt(cities * 5)));
    const rows = Math.max(8, Math.ceil(columns * 0.7));
    const pitch = 50;
    const taken = new Uint8Array(columns * rows);
    const holes: City[] = [];
    const drill = (column: number, row: number) => {
      if (column >= columns || row >= rows || holes.length >= cities) return;
      if (taken[row * columns + column] === 1) return;
      taken[row * columns + column] = 1;
      holes.push([column * pitch, row * pitch]);
    };
    for (let tries = 0; holes.length < cities && tries < 40 * cities; tries++) {
      const column = rng.int(columns);
      const row = rng.int(rows);
      if (rng.float() * 100 < vias) {
        drill(column, row);
        continue;
      }
      // A dual in-line package: two parallel rows of pins.
      const pins = 4 + rng.int(5);
      const upright = rng.int(2) === 1;
      for (let pin = 0; pin < pins; pin++) {
        drill(column + (upright ? 0 : pin), row + (upright ? pin : 0));
        drill(column + (upright ? 3 : pin), row + (upright ? pin : 3));
      }
    }
    for (let at = 0; holes.length < cities && at < taken.length; at++)
      drill(at % columns, Math.floor(at / columns));
    return planar(`Drilled board ${cities}`, holes);
  },
});

const ring = define({
  id: 'ring',
  name: 'Ring',
  summary: 'Cities near a circle: the best tour is plain to see until the noise grows.',
  source: 'own',
  params: [
    cityParam(12),
    {
      id: 'noise',
      type: 'number',
      label: 'Noise',
      help: 'How far cities stray from the circle, in percent of its radius.',
      unit: '%',
      default: 10,
      min: 0,
      max: 100,
      step: 1,
    },
  ],
  generate: ({ cities, noise }, rng) => {
    const radius = 5000;
    return planar(
      `Ring ${cities}`,
      Array.from({ length: cities }, (): City => {
        const [x, y] = direction(rng);
        const reach = radius * (1 + (noise / 100) * (2 * rng.float() - 1));
        return [Math.round(2 * radius + reach * x), Math.round(2 * radius + reach * y)];
      }),
    );
  },
});

const real = define({
  id: 'real-cities',
  name: 'Real cities',
  summary: 'Capitals or large cities of the world or of a continent, by great-circle distance.',
  source: 'GeoNames (CC BY 4.0)',
  params: [
    {
      id: 'region',
      type: 'choice',
      label: 'Region',
      help: 'Where the cities are.',
      default: 'World',
      options: [
        { value: 'World', label: 'World' },
        ...REGIONS.map((region) => ({ value: region, label: region })),
      ],
    },
    {
      id: 'pick',
      type: 'choice',
      label: 'Which',
      help: 'Capitals, the largest cities, or a random choice.',
      default: 'random',
      options: [
        { value: 'capitals', label: 'Capitals' },
        { value: 'largest', label: 'Largest cities' },
        { value: 'random', label: 'Random choice' },
      ],
    },
    { ...cityParam(60), help: 'At most this many; fewer when the list is shorter.', max: 1000 },
  ],
  generate: ({ region, pick, cities }, rng) => {
    const all = realCities(region === 'World' ? null : region);
    const kinds = pick === 'capitals' ? all.filter((city) => city.capital) : all;
    if (pick === 'random') {
      const order = shuffle(Int32Array.from(kinds.keys()), rng);
      const chosen = [...order.subarray(0, cities)].map((index) => kinds[index]);
      return instanceOf(`${region}, ${chosen.length} cities`, chosen);
    }
    const chosen = kinds.sort((a, b) => b.population - a.population).slice(0, cities);
    const what = pick === 'capitals' ? 'capitals' : 'largest cities';
    return instanceOf(`${region}, ${chosen.length} ${what}`, chosen);
  },
});

const towns = define({
  id: 'country-towns',
  name: 'Towns of a country',
  summary: 'All towns of a country above a population, by great-circle distance.',
  source: 'GeoNames (CC BY 4.0)',
  params: [
    {
      id: 'country',
      type: 'choice',
      label: 'Country',
      help: 'Where the towns are.',
      default: 'FR',
      options: COUNTRIES.map(({ code, name }) => ({ value: code, label: name })),
    },
    {
      id: 'population',
      type: 'number',
      label: 'Population from',
      help: 'People that a town has at least; the largest is always taken.',
      default: 50_000,
      min: 50_000,
      max: 5_000_000,
      step: 10_000,
      integer: true,
    },
    { ...cityParam(1000), help: 'At most this many, the largest first.', max: 1000 },
  ],
  generate: ({ country, population, cities }) => {
    const all = townsOf(country);
    const large = all.filter((town) => town.population * 1000 >= population).slice(0, cities);
    const chosen = large.length === 0 ? all.slice(0, 1) : large;
    const name = COUNTRIES.find(({ code }) => code === country)?.name ?? country;
    return instanceOf(`${name}, ${chosen.length} towns`, chosen);
  },
});

const hills = define({
  id: 'hills',
  name: 'Hills',
  summary: 'Cities at different heights: the way up costs more than the way down.',
  source: 'own',
  params: [
    { ...cityParam(40), max: 500 },
    {
      id: 'slope',
      type: 'number',
      label: 'Slope',
      help: 'What a unit upwards costs besides, in percent of a unit along.',
      unit: '%',
      default: 100,
      min: 0,
      max: 1000,
      step: 10,
    },
  ],
  generate: ({ cities, slope }, rng) => {
    const size = 1000;
    const places = Array.from({ length: cities }, (): City => [rng.int(size), rng.int(size)]);
    const heights = places.map(() => rng.int(size / 2));
    const matrix = places.map(([x, y], i) =>
      places.map(([u, v], j) => {
        if (i === j) return 0;
        const along = Math.sqrt((x - u) * (x - u) + (y - v) * (y - v));
        const up = Math.max(0, heights[j] - heights[i]);
        return Math.round(along + (slope / 100) * up);
      }),
    );
    return { name: `Hills ${cities}`, metric: 'matrix', cities: places, matrix, directed: true };
  },
});

export const generators: readonly Generator[] = [
  uniform,
  clustered,
  board,
  ring,
  real,
  towns,
  hills,
];
