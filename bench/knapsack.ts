/**
 * The knapsack figures: proofs of every 0/1 class at two sizes, and gaps of several capacities and
 * several sacks. Seconds are CPU time of this process, generation included where instances are made.
 */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { NO_BUDGET } from '../src/core/budget.ts';
import { formatNumber } from '../src/core/format.ts';
import { defaultParams } from '../src/core/params.ts';
import { unwrap } from '../src/core/result.ts';
import { createRng } from '../src/core/rng.ts';
import { knapsack } from '../src/problems/knapsack/family.ts';
import { CLASSES, generators } from '../src/problems/knapsack/generators.ts';
import type { Instance } from '../src/problems/knapsack/instance.ts';
import { openText } from '../src/problems/open.ts';
import { createDriver } from '../workers/runtime/driver.ts';
import { loadSolver } from '../workers/solvers/registry.ts';

interface Case {
  name: string;
  make(seed: number): Promise<Instance>;
  /** Best known profit; null where only a proof counts. */
  best: number | null;
}

interface Outcome {
  /** Of making and solving; Infinity when not proven. */
  provenAt: number;
  objective: number;
  /** Relative to the best known value, or else to the bound. */
  gap: number;
}

interface Group {
  id: string;
  seconds: number;
  cases(folder: string): Case[];
  /** The figure: each instance's, or their mean, at most so much. */
  figure: string;
  most: number;
  of(outcome: Outcome): number;
  over: 'worst' | 'mean';
  format(value: number): string;
}

const percent = (value: number): string => `${formatNumber(value * 100, 3)} %`;
const inSeconds = (value: number): string => `${formatNumber(value, 2)} s`;
const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[(list.length - 1) >> 1];

/** Every class at size n, weights up to 10,000. */
const classesOf = (n: number): Case[] => {
  const generator = generators.find(({ id }) => id === 'pisinger')!;
  return CLASSES.map(({ value, label }) => ({
    name: `${label} ${n}`,
    best: null,
    make: (seed) =>
      Promise.resolve(
        generator.generate(
          { ...defaultParams(generator.params), class: value, n, range: 10_000 },
          createRng(seed),
        ),
      ),
  }));
};

/** Files of the benchmark folder with a best known value. */
function filesOf(folder: string, match: RegExp): Case[] {
  const known = JSON.parse(readFileSync(join(folder, 'best-known.json'), 'utf8')) as Record<
    string,
    { value?: number; lb?: number }
  >;
  return readdirSync(folder)
    .filter((file) => match.test(file))
    .flatMap((file) => {
      const entry = known[file.replace(/\.[^.]+$/, '')];
      const best = entry?.value ?? entry?.lb;
      if (best === undefined) return [];
      const make = async (): Promise<Instance> => {
        const text = readFileSync(join(folder, file), 'utf8');
        const opened = unwrap(await openText(text, file, { family: 'knapsack' }));
        if (opened.kind !== 'instance') throw new Error(`${file} is not an instance.`);
        return opened.instance as Instance;
      };
      return [{ name: file, best, make }];
    });
}

const provenAt = ({ provenAt: at }: Outcome): number => at;

const groups: readonly Group[] = [
  {
    id: 'classes-10k',
    seconds: 10,
    cases: () => classesOf(10_000),
    figure: 'slowest proof',
    most: 2,
    of: provenAt,
    over: 'worst',
    format: inSeconds,
  },
  {
    id: 'classes-1m',
    seconds: 30,
    cases: () => classesOf(1_000_000),
    figure: 'slowest proof, generation included',
    most: 20,
    of: provenAt,
    over: 'worst',
    format: inSeconds,
  },
  {
    id: 'mknapcb',
    seconds: 10,
    cases: (folder) => filesOf(folder, /^mknapcb.*\.mkp$/),
    figure: 'mean gap to best known at 10 s',
    most: 0.0015,
    of: ({ gap }) => Math.max(0, gap),
    over: 'mean',
    format: percent,
  },
  {
    id: 'multiple',
    seconds: 10,
    cases: (folder) => filesOf(folder, /\.mulkp$/),
    figure: 'largest gap not proven at 10 s',
    most: 0.001,
    of: ({ provenAt: at, gap }) => (at < Infinity ? 0 : Math.max(0, gap)),
    over: 'worst',
    format: percent,
  },
];

export interface SackOptions {
  folder: string;
  seeds: number;
  /** Group ids that contain it, or cases when no group does. */
  match: string;
  /** Every so manieth case of a group. */
  every: number;
  seconds?: number;
  solver?: string;
  /** A line is appended per group. */
  record: string;
  write(line: string): void;
}

const cpuSeconds = (): number => process.cpuUsage().user / 1e6;

async function runOnce(test: Case, seconds: number, seed: number, solver?: string) {
  const from = cpuSeconds();
  const instance = await test.make(seed);
  const making = test.best === null ? cpuSeconds() - from : 0;
  const solverId = solver ?? knapsack.defaultSolver(instance);
  const info = knapsack.solvers.find(({ id }) => id === solverId)!;
  const solve = await loadSolver('knapsack', solverId);
  let objective = -Infinity;
  let bound = Infinity;
  const driver = createDriver(
    {
      family: knapsack,
      instance,
      params: defaultParams(info.params),
      seed,
      budget: { ...NO_BUDGET, seconds },
      solve,
      now: cpuSeconds,
    },
    {
      incumbent: (_, report) => void (objective = report.objective),
      bound: (value) => void (bound = value),
    },
  );
  while (!driver.end) driver.run(cpuSeconds() + 1);
  const best = test.best ?? bound;
  const outcome: Outcome = {
    provenAt: driver.end.reason === 'optimal' ? making + driver.stamp.seconds : Infinity,
    objective,
    gap: best === objective ? 0 : (best - objective) / Math.abs(best),
  };
  return { outcome, solverId, making };
}

/** Runs the groups that match, prints a line per case and a verdict per figure. */
export async function measureSacks(options: SackOptions): Promise<void> {
  const { write, seeds, match } = options;
  const folder = join(options.folder, 'knapsack');
  const named = groups.filter(({ id }) => id.includes(match));
  for (const group of named.length > 0 ? named : groups) {
    const cases = group
      .cases(folder)
      .filter(({ name }) => named.length > 0 || name.includes(match))
      .filter((_, i) => i % options.every === 0);
    if (cases.length === 0) continue;
    const seconds = options.seconds ?? group.seconds;
    const values: number[] = [];
    for (const test of cases) {
      const runs: Awaited<ReturnType<typeof runOnce>>[] = [];
      for (let seed = 1; seed <= seeds; seed++)
        runs.push(await runOnce(test, seconds, seed, options.solver));
      const of = (pick: (outcome: Outcome) => number) =>
        median(runs.map(({ outcome }) => pick(outcome)));
      values.push(of(group.of));
      const proof = of(provenAt);
      write(
        [
          group.id.padEnd(12),
          test.name.padEnd(34),
          runs[0].solverId.padEnd(18),
          formatNumber(
            of(({ objective }) => objective),
            0,
          ).padStart(16),
          percent(of(({ gap }) => gap)).padStart(10),
          proof < Infinity ? `proven at ${inSeconds(proof)}` : 'not proven',
          runs[0].making > 0 ? `(${inSeconds(runs[0].making)} to make)` : '',
        ].join(' '),
      );
    }
    const value =
      group.over === 'mean'
        ? values.reduce((sum, item) => sum + item, 0) / values.length
        : Math.max(...values);
    const passed = value <= group.most;
    const { figure, most, format } = group;
    write(
      `${group.id.padEnd(12)} ${passed ? 'PASS' : 'FAIL'}  ${figure}: ${value < Infinity ? format(value) : 'none'} (at most ${format(most)}; ${cases.length} cases, median of ${seeds} seeds)`,
    );
    mkdirSync(dirname(options.record), { recursive: true });
    const line = {
      date: new Date().toISOString(),
      machine: cpus()[0]?.model ?? '',
      node: process.version,
      group: group.id,
      seconds,
      seeds,
      solver: options.solver ?? 'default',
      cases: cases.map(({ name }) => name),
      figure,
      // JSON has no infinity.
      value: value < Infinity ? value : null,
      most,
      passed,
    };
    appendFileSync(options.record, `${JSON.stringify(line)}\n`);
  }
}
