/**
 * The job shop figures: groups of published instances, each with what is asked at which time.
 * Seconds are CPU time of this process (of the solving, for two workers: wall time), so that other
 * work on the machine counts little.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { NO_BUDGET } from '../src/core/budget.ts';
import { formatNumber } from '../src/core/format.ts';
import { defaultParams } from '../src/core/params.ts';
import { unwrap } from '../src/core/result.ts';
import { createRng } from '../src/core/rng.ts';
import { jobShop } from '../src/problems/job-shop/family.ts';
import { standard } from '../src/problems/job-shop/formats/standard.ts';
import { gallery } from '../src/problems/job-shop/gallery.ts';
import { rootBound } from '../src/problems/job-shop/bounds.ts';
import { pack, type JobShopInstance } from '../src/problems/job-shop/instance.ts';
import { solverInfos } from '../src/problems/job-shop/solvers.ts';
import { createDriver } from '../workers/runtime/driver.ts';
import { solveInNode } from '../workers/runtime/node.ts';
import { begin } from '../workers/solvers/job-shop/start.ts';
import { createEngine, hasEnded, startSearch } from '../workers/solvers/job-shop/tabu/engine.ts';
import { WANTED } from '../workers/solvers/job-shop/tabu/layout.ts';
import { loadSolver } from '../workers/solvers/registry.ts';

/** The best makespan over time, and when it was proven. */
interface Course {
  improvements: readonly (readonly [seconds: number, makespan: number])[];
  /** Infinity when it was not. */
  proven: number;
  steps: number;
  seconds: number;
}

interface Case {
  name: string;
  instance: JobShopInstance;
  /** Best known makespan. */
  best: number;
}

interface Figure {
  name: string;
  /** Of one value an instance, the median over seeds, the mean over instances has to be at most this. */
  most: number;
  of(course: Course, test: Case): number;
  format(value: number): string;
}

interface Group {
  id: string;
  match: RegExp;
  seconds: number;
  solver?: string;
  workers?: number;
  /** Only instances whose bound at the root is their optimum. */
  tight?: boolean;
  figures: readonly Figure[];
}

const mean = (list: readonly number[]): number =>
  list.reduce((sum, value) => sum + value, 0) / list.length;
const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[(list.length - 1) >> 1];

const percent = (value: number): string => `${formatNumber(value * 100, 2)} %`;
const whole = (value: number): string => formatNumber(value, 1);
const inSeconds = (value: number): string => `${formatNumber(value, 1)} s`;

/** Makespan after so many seconds. */
function makespanAt({ improvements }: Course, seconds: number): number {
  let makespan = Infinity;
  for (const [at, value] of improvements) if (at <= seconds) makespan = value;
  return makespan;
}

const gapAt = (seconds: number, most: number): Figure => ({
  name: `mean gap to best known at ${seconds} s`,
  most,
  of: (course, { best }) => (makespanAt(course, seconds) - best) / best,
  format: percent,
});
const valueAt = (seconds: number, most: number): Figure => ({
  name: `makespan at ${seconds} s`,
  most,
  of: (course) => makespanAt(course, seconds),
  format: whole,
});
const provenBy = (seconds: number): Figure => ({
  name: 'proven at',
  most: seconds,
  of: ({ proven }) => proven,
  format: inSeconds,
});
const allProven: Figure = {
  name: 'share not proven',
  most: 0,
  of: ({ proven }) => (proven < Infinity ? 0 : 1),
  format: percent,
};

const groups: readonly Group[] = [
  { id: 'ft10', match: /^ft10$/, seconds: 10, figures: [valueAt(1, 930), provenBy(10)] },
  { id: 'la19', match: /^la19$/, seconds: 6, figures: [provenBy(6)] },
  { id: 'ta01', match: /^ta01$/, seconds: 35, figures: [provenBy(35)] },
  { id: 'la38', match: /^la38$/, seconds: 60, figures: [valueAt(10, 1201), valueAt(60, 1196)] },
  { id: 'abz7', match: /^abz7$/, seconds: 60, figures: [valueAt(60, 658)] },
  { id: 'ta01-10', match: /^ta(0\d|10)$/, seconds: 10, figures: [gapAt(10, 0.001)] },
  { id: 'ta21-30', match: /^ta(2[1-9]|30)$/, seconds: 30, figures: [gapAt(30, 0.008)] },
  { id: 'ta41-50', match: /^ta(4[1-9]|50)$/, seconds: 30, figures: [gapAt(30, 0.023)] },
  {
    id: 'ta41-50-two',
    match: /^ta(4[1-9]|50)$/,
    seconds: 60,
    workers: 2,
    figures: [gapAt(60, 0.019)],
  },
  { id: 'dmu41-80', match: /^dmu(4[1-9]|[5-8]\d)$/, seconds: 60, figures: [gapAt(60, 0.025)] },
  { id: 'swv01-15', match: /^swv(0\d|1[0-5])$/, seconds: 60, figures: [gapAt(60, 0.01)] },
  {
    id: 'ta51-80',
    match: /^ta(5[1-9]|[67]\d|80)$/,
    seconds: 1,
    tight: true,
    figures: [gapAt(1, 0), allProven],
  },
  {
    id: 'proofs',
    match: /^(ft06|la[01]\d|la20|orb\d\d|abz[56]|ta(0\d|10))$/,
    seconds: 300,
    solver: 'proof',
    figures: [allProven],
  },
];

export interface ShopOptions {
  folder: string;
  seeds: number;
  /** Group ids that contain it, or instances when no group does. */
  match: string;
  /** Every so manieth instance of a group. */
  every: number;
  seconds?: number;
  solver?: string;
  /** A line is appended per group. */
  record: string;
  write(line: string): void;
}

const cpuSeconds = (): number => process.cpuUsage().user / 1e6;

const solverOf = (group: Group, { instance }: Case): (typeof solverInfos)[number] => {
  const id = group.solver ?? jobShop.defaultSolver(instance);
  return solverInfos.find((info) => info.id === id)!;
};

async function runOnce(test: Case, group: Group, seed: number): Promise<Course> {
  const info = solverOf(group, test);
  const solverId = info.id;
  const improvements: [number, number][] = [];
  const request = {
    family: jobShop,
    instance: test.instance,
    params: defaultParams(info.params),
    seed,
    budget: { ...NO_BUDGET, seconds: group.seconds },
  };
  if (group.workers) {
    const { reason, seconds, steps } = await solveInNode({
      ...request,
      solverId,
      threads: group.workers,
      onIncumbent: ({ objective }, at) => void improvements.push([at.seconds, objective]),
    });
    return { improvements, proven: reason === 'optimal' ? seconds : Infinity, steps, seconds };
  }
  const solve = await loadSolver('job-shop', solverId);
  const driver = createDriver(
    { ...request, solve, now: cpuSeconds },
    {
      incumbent: (_, { objective }, at) => void improvements.push([at.seconds, objective]),
      bound: () => {},
    },
  );
  while (!driver.end) driver.run(cpuSeconds() + 1);
  const { seconds, steps } = driver.stamp;
  const proven = driver.end.reason === 'optimal' ? seconds : Infinity;
  return { improvements, proven, steps, seconds };
}

/** The instances of a group that are at hand, as files or in the gallery. */
function casesOf(group: Group, folder: string): Case[] {
  const known = JSON.parse(readFileSync(join(folder, 'best-known.json'), 'utf8')) as Record<
    string,
    { ub: number }
  >;
  return Object.keys(known)
    .filter((name) => group.match.test(name))
    .flatMap((name) => {
      const file = join(folder, `${name}.txt`);
      const instance = existsSync(file)
        ? unwrap(standard.parse(readFileSync(file, 'utf8'), name))
        : gallery.find(({ id }) => id === name)?.instance();
      if (!instance) return [];
      const best = known[name].ub;
      if (group.tight && rootBound(pack(instance)).value < best) return [];
      return [{ name, instance, best }];
    });
}

/** Runs the groups that match, prints a line per instance and a verdict per figure. */
export async function measureShops(options: ShopOptions): Promise<void> {
  const { write, seeds, match } = options;
  const folder = join(options.folder, 'jssp');
  if ('kernel'.includes(match)) measureKernel(folder, options);
  const named = groups.filter(({ id }) => id.includes(match));
  for (const described of named.length > 0 ? named : groups) {
    const group: Group = {
      ...described,
      seconds: options.seconds ?? described.seconds,
      solver: options.solver ?? described.solver,
    };
    const cases = casesOf(group, folder)
      .filter(({ name }) => named.length > 0 || name.includes(match))
      .filter((_, i) => i % options.every === 0);
    if (cases.length === 0) continue;
    const values = group.figures.map((): number[] => []);
    for (const test of cases) {
      const courses: Course[] = [];
      for (let seed = 1; seed <= seeds; seed++) courses.push(await runOnce(test, group, seed));
      const last = median(courses.map((course) => makespanAt(course, Infinity)));
      const cells = group.figures.map((figure, i) => {
        values[i].push(median(courses.map((course) => figure.of(course, test))));
        return `${figure.name} ${figure.format(values[i].at(-1)!)}`;
      });
      write(
        [
          group.id.padEnd(12),
          test.name.padEnd(6),
          `${group.seconds} s`.padStart(6),
          formatNumber(last, 0).padStart(7),
          percent((last - test.best) / test.best).padStart(8),
          `${formatNumber(median(courses.map(({ steps, seconds }) => steps / seconds / 1000)), 0)} k/s`.padStart(
            10,
          ),
          ` ${cells.join(', ')}`,
        ].join(' '),
      );
    }
    const figures = group.figures.map(({ name, most, format }, i) => {
      const value = mean(values[i]);
      const passed = value <= most;
      write(
        `${group.id.padEnd(12)} ${passed ? 'PASS' : 'FAIL'}  ${name}: ${format(value)} (at most ${format(most)}; ${cases.length} instances, median of ${seeds} seeds)`,
      );
      return { name, value, most, passed };
    });
    note(options, {
      group: group.id,
      seconds: group.seconds,
      workers: group.workers ?? 1,
      seeds,
      solver: solverOf(group, cases[0]).id,
      version: solverOf(group, cases[0]).version,
      instances: cases.map(({ name }) => name),
      figures,
    });
  }
}

/** Moves per CPU second of the kernel and of its twin, in turn, from the same schedule. */
function measureKernel(folder: string, options: ShopOptions): void {
  const rows = ['ta01', 'ta21', 'ta41', 'dmu71'].flatMap((name) =>
    casesOf({ id: name, match: new RegExp(`^${name}$`), seconds: 0, figures: [] }, folder),
  );
  const ratios = rows.map(({ name, instance }) => {
    const packed = pack(instance);
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
    options.write(
      `kernel       ${name.padEnd(6)} WebAssembly ${kernel} k moves/s, TypeScript ${twin} k moves/s: ${formatNumber(ratio, 2)} times`,
    );
    return ratio;
  });
  const least = Math.min(...ratios);
  const passed = least >= 1.3;
  options.write(
    `kernel       ${passed ? 'PASS' : 'FAIL'}  least ratio: ${formatNumber(least, 2)} (at least 1.3)`,
  );
  const figures = [{ name: 'least ratio', value: least, least: 1.3, passed }];
  note(options, { group: 'kernel', instances: rows.map(({ name }) => name), figures });
}

function note({ record }: ShopOptions, what: object): void {
  mkdirSync(dirname(record), { recursive: true });
  const machine = cpus()[0]?.model ?? '';
  const line = { date: new Date().toISOString(), machine, node: process.version, ...what };
  appendFileSync(record, `${JSON.stringify(line)}\n`);
}
