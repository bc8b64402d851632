/** The routing figures. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultParams } from '../src/core/params.ts';
import { unwrap } from '../src/core/result.ts';
import { mean } from '../src/core/statistics.ts';
import { createRng } from '../src/core/rng.ts';
import { cvrplib, solomon } from '../src/problems/vrp/formats/index.ts';
import { generators } from '../src/problems/vrp/generators.ts';
import type { VrpSolution } from '../src/problems/vrp/instance.ts';
import { vehiclesFirst } from '../src/problems/vrp/vehicles-first.ts';
import {
  gapAt,
  inSeconds,
  meanGap,
  middle,
  passing,
  percent,
  type Figure,
  type Group,
  type Test,
} from './figures.ts';

interface Known {
  value: number;
  sintef?: { vehicles: number; distance: number };
}

const published =
  (kind: 'cvrplib' | 'vrptw', match: RegExp) =>
  (bench: string): readonly Test[] => {
    const folder = join(bench, kind);
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    const known = JSON.parse(read('best-known.json')) as Record<string, Known>;
    return readdirSync(folder)
      .map((file) => file.replace(/\.(vrp|txt)$/, ''))
      .filter((name) => match.test(name) && known[name])
      .map((name) => ({
        name,
        best: known[name].value,
        make: () =>
          kind === 'cvrplib'
            ? unwrap(cvrplib.parse(read(`${name}.vrp`), name))
            : unwrap(solomon.parse(read(`${name}.txt`), name)),
      }));
  };

const SOLOMON = /^(R|C|RC)[12]\d\d$/;

/** Vehicles first, in double precision. */
const solomonFleets = (bench: string): readonly Test[] => {
  const text = readFileSync(join(bench, 'vrptw', 'best-known.json'), 'utf8');
  const known = JSON.parse(text) as Record<string, Known>;
  return published(
    'vrptw',
    SOLOMON,
  )(bench)
    .filter(({ name }) => known[name].sintef)
    .map(({ name, make }) => ({
      name,
      best: null,
      vehicles: known[name].sintef!.vehicles,
      make: (seed) =>
        vehiclesFirst({ ...(make(seed) as Parameters<typeof vehiclesFirst>[0]), rounding: 'none' }),
    }));
};

const tenThousand = (): readonly Test[] => {
  const generator = generators.find(({ id }) => id === 'x')!;
  const params = { ...defaultParams(generator.params), customers: 10_000 };
  return [
    {
      name: '10,000 customers',
      best: null,
      make: (seed) => generator.generate(params, createRng(seed)),
    },
  ];
};

/** After a tenth of the time. */
const early = (seconds: number): Figure => meanGap(0.01, seconds / 10);

const boundGap = (most: number): Figure => ({
  name: 'mean gap of bound to best known',
  value: (rows) =>
    mean(
      rows.map((row) =>
        middle(row, ({ bound }) => (row.test.best! - (bound || 0)) / row.test.best!),
      ),
    ),
  most,
  format: percent,
});

const vehiclesOf = (solution: unknown): number =>
  (solution as VrpSolution).routes.filter((route) => route.length > 0).length;

const x = (match: RegExp) => published('cvrplib', match);

export const vrpGroups: readonly Group[] = [
  { id: 'x101', tests: x(/^X-n101-/), seconds: 5, figures: [meanGap(0)] },
  { id: 'x200', tests: x(/^X-n200-/), seconds: 20, figures: [meanGap(0.001)] },
  {
    id: 'x-to-250',
    tests: x(/^X-n(1\d\d|2[0-4]\d)-/),
    seconds: 20,
    figures: [meanGap(0.0015), early(20)],
  },
  {
    id: 'x-to-600',
    tests: x(/^X-n(2[5-9]\d|[345]\d\d)-/),
    seconds: 60,
    figures: [meanGap(0.003), early(60)],
  },
  // By the wall's clock, so that what workers tell each other shows.
  ...[1, 2].map((workers) => ({
    id: workers === 1 ? 'portfolio-one' : 'portfolio-two',
    tests: x(/^X-n(200|303|502)-/),
    seconds: 20,
    workers,
    figures: [meanGap(workers === 1 ? undefined : 0.003)],
  })),
  { id: 'x1001', tests: x(/^X-n1001-/), seconds: 60, figures: [meanGap(0.005)] },
  { id: 'leuven1', tests: x(/^Leuven1$/), seconds: 60, figures: [meanGap(0.008)] },
  {
    id: 'solomon',
    tests: published('vrptw', SOLOMON),
    seconds: 5,
    figures: [
      meanGap(0.001),
      passing('share optimal', 45 / 56, (course, row) => gapAt(row, course) === 0),
    ],
  },
  {
    id: 'homberger-200',
    tests: published('vrptw', /_2_/),
    seconds: 20,
    figures: [meanGap(0.005)],
  },
  {
    id: 'solomon-fleet',
    tests: solomonFleets,
    seconds: 30,
    figures: [
      passing(
        'share with the best known fleet',
        0.9,
        ({ solution }, { test }) => vehiclesOf(solution) <= test.vehicles!,
      ),
    ],
  },
  {
    id: 'bounds',
    tests: x(/^[ABP]-n/),
    seconds: 60,
    solver: 'column-generation',
    figures: [
      boundGap(0.03),
      passing('proven optimal', 10, ({ proven }) => proven < Infinity, { asShare: false }),
    ],
  },
  {
    id: 'bounds-windows',
    tests: published('vrptw', /^(R|C|RC)1\d\d$/),
    seconds: 60,
    solver: 'column-generation',
    figures: [boundGap(0.015)],
  },
  {
    id: 'ten-thousand',
    tests: tenThousand,
    seconds: 10,
    figures: [
      {
        name: 'first plan',
        value: (rows) =>
          Math.max(...rows.map((row) => middle(row, ({ improvements }) => improvements[0][0]))),
        most: 5,
        format: inSeconds,
      },
    ],
  },
];
