/** The job shop figures, and how much faster the kernel of the tabu search is than its twin. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatNumber } from '../src/core/format.ts';
import { unwrap } from '../src/core/result.ts';
import { createRng } from '../src/core/rng.ts';
import { rootBound } from '../src/problems/job-shop/bounds.ts';
import { fjs } from '../src/problems/job-shop/formats/fjs.ts';
import { standard } from '../src/problems/job-shop/formats/standard.ts';
import { gallery } from '../src/problems/job-shop/gallery.ts';
import { pack, type JobShopInstance } from '../src/problems/job-shop/instance.ts';
import { begin } from '../workers/solvers/job-shop/start.ts';
import { createEngine, hasEnded, startSearch } from '../workers/solvers/job-shop/tabu/engine.ts';
import { WANTED } from '../workers/solvers/job-shop/tabu/layout.ts';
import {
  allProven,
  meanGap,
  middle,
  note,
  objectiveAt,
  plain,
  slowestProof,
  type BenchOptions,
  type Figure,
  type Group,
  type Test,
} from './figures.ts';

interface ShopTest extends Test {
  make(): JobShopInstance;
}

/** Published instances, from their files or else the gallery. */
const shops =
  (match: RegExp) =>
  (bench: string): ShopTest[] => {
    const folder = join(bench, 'jssp');
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    const known = JSON.parse(read('best-known.json')) as Record<string, { ub: number }>;
    return Object.keys(known)
      .filter((name) => match.test(name))
      .flatMap((name) => {
        const entry = gallery.find(({ id }) => id === name);
        if (existsSync(join(folder, `${name}.txt`)))
          return [
            {
              name,
              best: known[name].ub,
              make: () => unwrap(standard.parse(read(`${name}.txt`), name)),
            },
          ];
        return entry ? [{ name, best: known[name].ub, make: () => entry.instance() }] : [];
      });
  };

/** Those whose bound at the root is their optimum. */
const tight = (match: RegExp) => (bench: string) =>
  shops(match)(bench).filter(({ make, best }) => rootBound(pack(make())).value >= best!);

/** Shops with a choice of machines. */
const flexibleShops =
  (match: RegExp) =>
  (bench: string): readonly Test[] => {
    const folder = join(bench, 'fjsp');
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    const known = JSON.parse(read('best-known.json')) as Record<string, { ub: number }>;
    return Object.keys(known)
      .filter((name) => match.test(name) && existsSync(join(folder, `${name}.fjs`)))
      .map((name) => ({
        name,
        best: known[name].ub,
        make: () => unwrap(fjs.parse(read(`${name}.fjs`), name)),
      }));
  };

/** Entries of the gallery with a best known value: the flow shops, one of every size, and other kinds. */
const fromGallery = (match: RegExp) => (): readonly Test[] =>
  gallery
    .filter(({ id, bestKnown }) => match.test(id) && bestKnown)
    .map(({ id, bestKnown, instance }) => ({ name: id, best: bestKnown!.value, make: instance }));

const makespanAt = (seconds: number, most: number): Figure => ({
  name: `makespan at ${seconds} s`,
  value: ([row]) => middle(row, (course) => objectiveAt(course, seconds)),
  most,
  format: plain,
});

export const jobShopGroups: readonly Group[] = [
  {
    id: 'ft10',
    tests: shops(/^ft10$/),
    seconds: 10,
    figures: [makespanAt(1, 930), slowestProof(10)],
  },
  { id: 'la19', tests: shops(/^la19$/), seconds: 6, figures: [slowestProof(6)] },
  { id: 'ta01', tests: shops(/^ta01$/), seconds: 35, figures: [slowestProof(35)] },
  {
    id: 'la38',
    tests: shops(/^la38$/),
    seconds: 60,
    figures: [makespanAt(10, 1201), makespanAt(60, 1196)],
  },
  { id: 'abz7', tests: shops(/^abz7$/), seconds: 60, figures: [makespanAt(60, 658)] },
  { id: 'ta01-10', tests: shops(/^ta(0\d|10)$/), seconds: 10, figures: [meanGap(0.001)] },
  { id: 'ta21-30', tests: shops(/^ta(2[1-9]|30)$/), seconds: 30, figures: [meanGap(0.008)] },
  { id: 'ta41-50', tests: shops(/^ta(4[1-9]|50)$/), seconds: 30, figures: [meanGap(0.023)] },
  {
    id: 'ta41-50-two',
    tests: shops(/^ta(4[1-9]|50)$/),
    seconds: 60,
    workers: 2,
    figures: [meanGap(0.019)],
  },
  { id: 'dmu41-80', tests: shops(/^dmu(4[1-9]|[5-8]\d)$/), seconds: 60, figures: [meanGap(0.025)] },
  { id: 'swv01-15', tests: shops(/^swv(0\d|1[0-5])$/), seconds: 60, figures: [meanGap(0.01)] },
  {
    id: 'ta51-80',
    tests: tight(/^ta(5[1-9]|[67]\d|80)$/),
    seconds: 1,
    figures: [meanGap(0), allProven],
  },
  {
    id: 'proofs',
    tests: shops(/^(ft06|la[01]\d|la20|orb\d\d|abz[56]|ta(0\d|10))$/),
    seconds: 300,
    solver: 'proof',
    figures: [allProven],
  },
  {
    id: 'kinds',
    tests: fromGallery(/^ft10-/),
    seconds: 30,
    figures: [meanGap(0), slowestProof(30)],
  },
  { id: 'brandimarte', tests: flexibleShops(/^mk\d\d$/), seconds: 30, figures: [meanGap(0.01)] },
  { id: 'flow-shop', tests: fromGallery(/^fs\d/), seconds: 30, figures: [meanGap(0.015)] },
];

const cpuSeconds = (): number => process.cpuUsage().user / 1e6;

/** Moves per CPU second of the kernel and of its twin, in turn, from the same schedule. */
export function measureKernel({ folder, record, write }: BenchOptions): void {
  const tests = shops(/^(ta01|ta21|ta41|dmu71)$/)(folder);
  const ratios = tests.map(({ name, make }) => {
    const packed = pack(make());
    const rules = { neighbourhood: 'N7', tenure: 12, spread: 6, stall: 12_500 } as const;
    const engines = (['fastest', 'twin'] as const).map((kind) => {
      const engine = createEngine(packed, createRng(1), rules, kind);
      const context = {
        rng: createRng(1),
        params: {},
        budget: { steps: null, chunk: (preferred: number) => preferred, progress: () => NaN },
      };
      for (const _ of begin(packed, context, engine.graph));
      engine.control[WANTED] = 0;
      startSearch(engine);
      return engine;
    });
    const speed = engines.map(() => 0);
    for (let round = 0; round < 4; round++)
      engines.forEach((engine, i) => {
        const from = cpuSeconds();
        let moves = 0;
        let spent = 0;
        for (; spent < 0.5; spent = cpuSeconds() - from) {
          if (hasEnded(engine)) startSearch(engine);
          moves += engine.run(256);
        }
        speed[i] = Math.max(speed[i], moves / spent);
      });
    const ratio = speed[0] / speed[1];
    const [kernel, twin] = speed.map((value) => formatNumber(value / 1000, 0).padStart(6));
    write(
      `kernel       ${name.padEnd(6)} WebAssembly ${kernel} k moves/s, TypeScript ${twin} k moves/s: ${formatNumber(ratio, 2)} times`,
    );
    return ratio;
  });
  const least = Math.min(...ratios);
  const passed = least >= 1.3;
  write(
    `kernel       ${passed ? 'PASS' : 'FAIL'}  least ratio: ${formatNumber(least, 2)} (at least 1.3)`,
  );
  const figures = [{ name: 'least ratio', value: least, least: 1.3, passed }];
  note(record, { group: 'kernel', instances: tests.map(({ name }) => name), figures });
}
