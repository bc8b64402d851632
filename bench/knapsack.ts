/** The knapsack figures: proofs of every 0/1 class at two sizes, several capacities, several sacks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultParams } from '../src/core/params.ts';
import { unwrap } from '../src/core/result.ts';
import { createRng } from '../src/core/rng.ts';
import { CLASSES, generators } from '../src/problems/knapsack/generators.ts';
import { openText } from '../src/problems/open.ts';
import {
  gapAt,
  meanGap,
  middle,
  percent,
  slowestProof,
  type Figure,
  type Group,
  type Test,
} from './figures.ts';

/** Every class at size n, weights up to 10,000. */
const classes = (n: number) => (): readonly Test[] => {
  const generator = generators.find(({ id }) => id === 'pisinger')!;
  return CLASSES.map(({ value, label }) => ({
    name: label,
    best: null,
    isDrawn: true,
    make: (seed) =>
      generator.generate(
        { ...defaultParams(generator.params), class: value, n, range: 10_000 },
        createRng(seed),
      ),
  }));
};

/** Files of the benchmark folder with a best known value. */
const published =
  (match: RegExp) =>
  (bench: string): readonly Test[] => {
    const folder = join(bench, 'knapsack');
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    const known = JSON.parse(read('best-known.json')) as Record<
      string,
      { value?: number; lb?: number }
    >;
    return readdirSync(folder)
      .filter((file) => match.test(file))
      .flatMap((file) => {
        const entry = known[file.replace(/\.[^.]+$/, '')];
        const best = entry?.value ?? entry?.lb;
        if (best === undefined) return [];
        const make = async () => {
          const opened = unwrap(await openText(read(file), file, { family: 'knapsack' }));
          if (opened.kind !== 'instance') throw new Error(`${file} is not an instance.`);
          return opened.instance;
        };
        return [{ name: file, best, make }];
      });
  };

/** Proven instances count as none. */
const unprovenGap = (most: number): Figure => ({
  name: 'largest gap not proven',
  value: (rows) =>
    Math.max(
      ...rows.map((row) =>
        middle(row, (course) => (course.proven < Infinity ? 0 : gapAt(row, course))),
      ),
    ),
  most,
  format: percent,
});

export const knapsackGroups: readonly Group[] = [
  { id: 'classes-10k', tests: classes(10_000), seconds: 10, figures: [slowestProof(2)] },
  { id: 'classes-1m', tests: classes(1_000_000), seconds: 30, figures: [slowestProof(20)] },
  {
    id: 'mknapcb',
    tests: published(/^mknapcb.*\.mkp$/),
    seconds: 10,
    figures: [meanGap(0.0015)],
  },
  { id: 'multiple', tests: published(/\.mulkp$/), seconds: 10, figures: [unprovenGap(0.001)] },
];
