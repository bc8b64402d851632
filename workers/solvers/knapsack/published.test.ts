/** Published optima, proven again. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unwrap } from '../../../src/core/result.ts';
import { bestKnown } from '../../../src/problems/knapsack/best-known.ts';
import { formats } from '../../../src/problems/knapsack/formats/index.ts';
import { gallery } from '../../../src/problems/knapsack/gallery.ts';
import type { Instance } from '../../../src/problems/knapsack/instance.ts';
import { defaultSolver } from '../../../src/problems/knapsack/limits.ts';
import { run } from './testing.ts';

const folder = join(process.env.INCUMBENT_BENCH ?? '../shared/bench', 'knapsack');

function read(file: string): Instance {
  const text = readFileSync(join(folder, file), 'utf8');
  const [format] = [...formats].sort((a, b) => b.sniff(text, file) - a.sniff(text, file));
  return unwrap(format.parse(text, file));
}

const one: [file: string, optimum: number][] = [
  ['knapPI_1_1000_1000_1.kp', 54503],
  ['knapPI_2_2000_1000_1.kp', 18051],
  ['knapPI_3_5000_1000_1.kp', 72505],
  ['kplib-00Uncorrelated-n10000-R10000-s000.kp', 40500261],
  ['kplib-02StronglyCorrelated-n10000-R10000-s000.kp', 31810545],
  ['kplib-05SubsetSum-n01000-R10000-s001.kp', 2545476],
  ['kplib-07SpannerUncorrelated-n10000-R10000-s000.kp', 23010273],
  ['kplib-10MultipleStronglyCorrelated-n01000-R01000-s001.kp', 409472],
  ['kplib-11ProfitCeiling-n01000-R10000-s000.kp', 2457411],
  ['kplib-12Circle-n10000-R10000-s000.kp', 1652419440],
];

const several: [file: string, optimum: number][] = [
  ['mknap1-01.mkp', 3800],
  ['mknap1-02.mkp', 8706.1],
  ['mknap1-06.mkp', 10618],
  ['mknap1-07.mkp', 16537],
  ['mknapcb1-00.mkp', 24381],
  ['mknapcb1-10.mkp', 42757],
];

describe.skipIf(!existsSync(folder))('published instances', () => {
  test.each(one)('core proves %s', (file, optimum) => {
    const instance = read(file);
    const log = run('core', instance);
    expect(log.incumbents.at(-1)).toBe(optimum);
    for (const bound of log.bounds) expect(bound).toBeGreaterThanOrEqual(optimum);
    expect(bestKnown(instance)).toEqual({ value: optimum, optimal: true });
  });

  test.each(several)('branch and bound proves %s', (file, optimum) => {
    const instance = read(file);
    const log = run('branch-and-bound', instance);
    expect(log.incumbents.at(-1)).toBe(optimum);
    for (const bound of log.bounds) expect(bound).toBeGreaterThanOrEqual(optimum);
    expect(bestKnown(instance)).toEqual({ value: optimum, optimal: true });
  });

  test('dynamic programming agrees on a table that fits', () => {
    expect(run('dynamic-programming', read('knapPI_3_1000_1000_1.kp')).incumbents.at(-1)).toBe(
      14390,
    );
  });

  test('local search comes within 0.5 % on 100 items and 30 capacities', () => {
    const log = run('local-search', read('mknapcb7-00.mkp'), { steps: 30_000 });
    expect(log.incumbents.at(-1)).toBeGreaterThan(21946 * 0.995);
    expect(Math.min(...log.bounds)).toBeGreaterThanOrEqual(21946);
  });
});

test.each(gallery.filter(({ bestKnown: known }) => known?.optimal))(
  'the optimum given for $id is one',
  (entry) => {
    const instance = entry.instance();
    const solver = defaultSolver(instance);
    const log = run(solver, instance);
    expect(log.incumbents.at(-1)).toBe(entry.bestKnown?.value);
    expect(log.end?.reason ?? 'optimal').toBe('optimal');
  },
);
