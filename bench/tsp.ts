/** The TSP figures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '../src/core/result.ts';
import { mean } from '../src/core/statistics.ts';
import { tsplib } from '../src/problems/tsp/formats/index.ts';
import { uniformInstance } from '../src/problems/tsp/gallery.ts';
import {
  allProven,
  gapAt,
  inSeconds,
  meanGap,
  middle,
  percent,
  slowestProof,
  type Figure,
  type Group,
  type Test,
} from './figures.ts';

/** Lengths that no tour is known to beat, of uniform instances; the last two are estimates. */
const UNIFORM: Readonly<Record<string, number>> = {
  E1000: 23_019_422,
  E2000: 32_624_074,
  E10000: 72_127_314,
  E100000: 225_900_000,
  E1000000: 713_200_000,
};

const uniform = (name: string) => (): readonly Test[] => [
  { name, best: UNIFORM[name], make: () => uniformInstance(Number(name.slice(1))) },
];

const published =
  (names: string) =>
  (folder: string): readonly Test[] => {
    const read = (file: string) => readFileSync(join(folder, 'tsplib', file), 'utf8');
    const table = JSON.parse(read('best-known.json')) as Record<string, { value: number }>;
    return names.split(' ').map((name) => ({
      name,
      best: table[name].value,
      make: () => unwrap(tsplib.parse(read(`${name}.tsp`), `${name}.tsp`)),
    }));
  };

const SMALL = published(
  'berlin52 eil51 st70 eil76 rd100 kroA100 kroD100 lin105 pr107 pr124 bier127 ch130 pr136 pr144 ch150 kroA150 pr152 u159 si175 kroA200 kroB200',
);
const MIDDLE = published(
  'gr202 tsp225 pr226 gil262 pr264 pr299 lin318 rd400 fl417 pr439 pcb442 d493 u574 d657 gr666 rat783 dsj1000 pr1002 u1060',
);
const LARGE = published(
  'pcb1173 rl1304 rl1323 fl1400 fl1577 d1655 vm1748 u2152 u2319 pr2392 pcb3038 fl3795 fnl4461 rl5915 rl5934',
);

const largestGap = (most: number): Figure => ({
  name: 'largest gap',
  value: (rows) => Math.max(...rows.map((row) => middle(row, (course) => gapAt(row, course)))),
  most,
  format: percent,
});

const provenGap = (most: number): Figure => ({
  name: 'gap of tour to bound',
  value: (rows) =>
    mean(rows.map((row) => middle(row, ({ objective, bound }) => (objective - bound) / bound))),
  most,
  format: percent,
});

const firstTour = (most: number): Figure => ({
  name: 'first tour',
  value: (rows) =>
    Math.max(...rows.map((row) => middle(row, ({ improvements }) => improvements[0][0]))),
  most,
  format: inSeconds,
});

/** One worker and two for the same time by the wall's clock. */
const portfolio = (name: string, seconds: number): Group[] =>
  [1, 2].map((workers) => ({
    id: `${name}-workers-${workers}`,
    tests: uniform(name),
    seconds,
    workers,
    figures: [meanGap()],
  }));

export const tspGroups: readonly Group[] = [
  { id: 'tsplib-200', tests: SMALL, seconds: 1, figures: [largestGap(0)] },
  { id: 'tsplib-1100', tests: MIDDLE, seconds: 10, figures: [meanGap(0.0002), largestGap(0.001)] },
  { id: 'tsplib-6000', tests: LARGE, seconds: 30, figures: [meanGap(0.0015)] },
  { id: 'uniform-1000', tests: uniform('E1000'), seconds: 10, figures: [meanGap(0.0001)] },
  { id: 'uniform-2000', tests: uniform('E2000'), seconds: 20, figures: [meanGap(0.0001)] },
  { id: 'uniform-10k', tests: uniform('E10000'), seconds: 10, figures: [meanGap(0.0025)] },
  { id: 'uniform-100k', tests: uniform('E100000'), seconds: 10, figures: [meanGap(0.008)] },
  {
    id: 'uniform-1m',
    tests: uniform('E1000000'),
    seconds: 60,
    figures: [meanGap(0.04), firstTour(15)],
  },
  { id: 'bound-1000', tests: uniform('E1000'), seconds: 2, figures: [provenGap(0.01)] },
  { id: 'bound-10k', tests: uniform('E10000'), seconds: 15, figures: [provenGap(0.011)] },
  {
    id: 'proof',
    tests: published('berlin52 st70 eil76 kroA100 lin105 pr124 ch150 kroA200'),
    seconds: 60,
    solver: 'branch-and-cut',
    figures: [allProven, slowestProof(60)],
  },
  ...portfolio('E1000', 1),
  ...portfolio('E10000', 5),
  ...portfolio('E100000', 10),
];
