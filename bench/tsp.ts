/**
 * The TSP figures: by group of instances, the gap to the best known length (or the gap proven, or
 * the seconds to a proof), over the seeds, against what is aimed at. One worker is timed by the
 * processor's clock, so that other programs do not disturb it; two workers by the wall's.
 */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { NO_BUDGET } from '../src/core/budget.ts';
import { defaultParams } from '../src/core/params.ts';
import { unwrap } from '../src/core/result.ts';
import { tsp } from '../src/problems/tsp/family.ts';
import { tsplib } from '../src/problems/tsp/formats/index.ts';
import { uniformInstance } from '../src/problems/tsp/gallery.ts';
import type { TspInstance } from '../src/problems/tsp/instance.ts';
import type { SolverId } from '../src/problems/tsp/solvers.ts';
import { createDriver } from '../workers/runtime/driver.ts';
import { solveInNode } from '../workers/runtime/node.ts';
import { loadSolver } from '../workers/solvers/registry.ts';

/** Lengths that no tour is known to beat, of uniform instances; the last two are estimates. */
const UNIFORM: Readonly<Record<number, number>> = {
  1000: 23_019_422,
  2000: 32_624_074,
  10_000: 72_127_314,
  100_000: 225_900_000,
  1_000_000: 713_200_000,
};

interface Outcome {
  /** In %, of the tour to the best known length. */
  gap: number;
  /** In %, of the tour to the bound. */
  proven: number;
  /** To the first tour, to the last improvement, and to the end. */
  first: number;
  last: number;
  seconds: number;
  optimal: boolean;
}

interface Figure {
  label: string;
  value: number;
  atMost: number;
}

interface Group {
  id: string;
  instances: readonly string[];
  seconds: number;
  solver?: SolverId;
  threads?: number;
  /** From the median outcome of every instance. */
  figures(medians: readonly Outcome[]): Figure[];
}

const mean = (list: readonly number[]): number =>
  list.reduce((sum, value) => sum + value, 0) / list.length;
const gaps = (list: readonly Outcome[]): number[] => list.map(({ gap }) => gap);
const meanGap = (atMost: number) => (list: readonly Outcome[]) => [
  { label: 'mean gap %', value: mean(gaps(list)), atMost },
];
const names = (list: string): string[] => list.split(' ');

const SMALL =
  'berlin52 eil51 st70 eil76 rd100 kroA100 kroD100 lin105 pr107 pr124 bier127 ch130 pr136 pr144 ch150 kroA150 pr152 u159 si175 kroA200 kroB200';
const MIDDLE =
  'gr202 tsp225 pr226 gil262 pr264 pr299 lin318 rd400 fl417 pr439 pcb442 d493 u574 d657 gr666 rat783 dsj1000 pr1002 u1060';
const LARGE =
  'pcb1173 rl1304 rl1323 fl1400 fl1577 d1655 vm1748 u2152 u2319 pr2392 pcb3038 fl3795 fnl4461 rl5915 rl5934';

export const groups: readonly Group[] = [
  {
    id: 'tsplib-200',
    instances: names(SMALL),
    seconds: 1,
    figures: (list) => [{ label: 'largest gap %', value: Math.max(...gaps(list)), atMost: 0 }],
  },
  {
    id: 'tsplib-1100',
    instances: names(MIDDLE),
    seconds: 10,
    figures: (list) => [
      ...meanGap(0.02)(list),
      { label: 'largest gap %', value: Math.max(...gaps(list)), atMost: 0.1 },
    ],
  },
  { id: 'tsplib-6000', instances: names(LARGE), seconds: 30, figures: meanGap(0.15) },
  { id: 'uniform-1000', instances: ['E1000'], seconds: 10, figures: meanGap(0.01) },
  { id: 'uniform-2000', instances: ['E2000'], seconds: 20, figures: meanGap(0.01) },
  { id: 'uniform-10000', instances: ['E10000'], seconds: 10, figures: meanGap(0.25) },
  { id: 'uniform-100000', instances: ['E100000'], seconds: 10, figures: meanGap(0.8) },
  {
    id: 'uniform-1000000',
    instances: ['E1000000'],
    seconds: 60,
    figures: (list) => [
      ...meanGap(4)(list),
      { label: 'first tour s', value: list[0].first, atMost: 15 },
    ],
  },
  ...[
    { id: 'bound-1000', instances: ['E1000'], seconds: 2, atMost: 1 },
    { id: 'bound-10000', instances: ['E10000'], seconds: 15, atMost: 1.1 },
  ].map(({ atMost, ...group }) => ({
    ...group,
    figures: (list: readonly Outcome[]) => [
      { label: 'proven gap %', value: mean(list.map(({ proven }) => proven)), atMost },
    ],
  })),
  {
    id: 'proof',
    instances: names('berlin52 st70 eil76 kroA100 lin105 pr124 ch150 kroA200'),
    seconds: 60,
    solver: 'branch-and-cut',
    figures: (list) => [
      {
        label: 'not proven',
        value: list.filter(({ optimal }) => !optimal).length,
        atMost: 0,
      },
      { label: 'longest s', value: Math.max(...list.map(({ seconds }) => seconds)), atMost: 60 },
    ],
  },
  ...[
    { id: 'workers-1000', instance: 'E1000', seconds: 1 },
    { id: 'workers-10000', instance: 'E10000', seconds: 5 },
    { id: 'workers-100000', instance: 'E100000', seconds: 10 },
  ].flatMap(({ id, instance, seconds }) =>
    [1, 2].map((threads) => ({
      id: `${id}-by-${threads}`,
      instances: [instance],
      seconds,
      threads,
      figures: (list: readonly Outcome[]) => meanGap(Infinity)(list),
    })),
  ),
];

function open(folder: string, name: string): { instance: TspInstance; best: number } {
  if (name.startsWith('E') && Number(name.slice(1)) in UNIFORM) {
    const n = Number(name.slice(1));
    return { instance: uniformInstance(n), best: UNIFORM[n] };
  }
  const read = (file: string) => readFileSync(join(folder, 'tsplib', file), 'utf8');
  const table = JSON.parse(read('best-known.json')) as Record<string, { value: number }>;
  const instance = unwrap(tsplib.parse(read(`${name}.tsp`), `${name}.tsp`));
  return { instance, best: table[name].value };
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function measure(
  { seconds, solver = 'auto', threads }: Group,
  { instance, best }: { instance: TspInstance; best: number },
  seed: number,
): Promise<Outcome> {
  const params = defaultParams(tsp.solvers.find(({ id }) => id === solver)?.params ?? []);
  const budget = { ...NO_BUDGET, seconds };
  const at = { first: NaN, last: NaN, objective: NaN, bound: NaN };
  const incumbent = (objective: number, now: number) => {
    if (Number.isNaN(at.first)) at.first = now;
    at.last = now;
    at.objective = objective;
  };
  let spent: number;
  let optimal: boolean;
  if (threads) {
    const result = await solveInNode({
      family: tsp,
      instance,
      solverId: solver,
      params,
      seed,
      budget,
      threads,
      onIncumbent: (report, stamp) => incumbent(report.objective, stamp.seconds),
    });
    at.bound = result.bound ?? NaN;
    spent = result.seconds;
    optimal = result.reason === 'optimal';
  } else {
    const driver = createDriver(
      {
        family: tsp,
        instance,
        solve: await loadSolver('tsp', solver, instance),
        params,
        seed,
        budget,
        now: cpuSeconds,
      },
      {
        incumbent: (_, report, stamp) => incumbent(report.objective, stamp.seconds),
        bound: (value) => (at.bound = value),
      },
    );
    while (!driver.end) driver.run(cpuSeconds() + 0.02);
    spent = driver.stamp.seconds;
    optimal = driver.end.reason === 'optimal';
  }
  return {
    gap: (100 * (at.objective - best)) / best,
    proven: (100 * (at.objective - at.bound)) / at.bound,
    first: at.first,
    last: at.last,
    seconds: spent,
    optimal,
  };
}

/** The outcome of the median gap (of equal ones, of the median time). */
const median = (list: readonly Outcome[]): Outcome =>
  list.toSorted((p, q) => p.gap - q.gap || p.seconds - q.seconds)[(list.length - 1) >> 1];

interface Options {
  /** Of the public instances. */
  folder: string;
  seeds: number;
  match: string;
  /** The file that figures are appended to, one JSON object a line. */
  record: string;
  write(line: string): void;
}

/**
 * Prints a line per instance and the figures of every group whose name, or one of whose instances,
 * contains the text, and appends them to the record.
 */
export async function measureTsp({ folder, seeds, match, record, write }: Options): Promise<void> {
  mkdirSync(dirname(record), { recursive: true });
  for (const group of groups) {
    const instances = group.id.includes(match)
      ? group.instances
      : group.instances.filter((name) => name === match);
    if (instances.length === 0) continue;
    write(`${group.id}: ${group.seconds} s, ${group.solver ?? 'auto'}`);
    const medians: Outcome[] = [];
    for (const name of instances) {
      const opened = open(folder, name);
      const outcomes: Outcome[] = [];
      for (let seed = 1; seed <= seeds; seed++) outcomes.push(await measure(group, opened, seed));
      const middle = median(outcomes);
      medians.push(middle);
      write(
        `  ${name.padEnd(10)} gap ${middle.gap.toFixed(4).padStart(8)} %  proven ${middle.proven.toFixed(3).padStart(7)} %  first ${middle.first.toFixed(2)} s  last ${middle.last.toFixed(1)} s${middle.optimal ? `  optimal after ${middle.seconds.toFixed(2)} s` : ''}`,
      );
    }
    const figures = group.figures(medians);
    for (const { label, value, atMost } of figures)
      write(
        `  ${label} ${value.toFixed(4)}${Number.isFinite(atMost) ? `, aim ${atMost}: ${value <= atMost + 1e-9 ? 'reached' : 'MISSED'}` : ''}`,
      );
    const row = {
      date: new Date().toISOString(),
      machine: `${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
      group: group.id,
      seconds: group.seconds,
      seeds,
      instances: Object.fromEntries(
        instances.map((name, i) => [name, Number(medians[i].gap.toFixed(5))]),
      ),
      figures: figures.map(({ label, value, atMost }) => ({
        label,
        value: Number(value.toFixed(5)),
        ...(Number.isFinite(atMost) ? { atMost } : {}),
      })),
    };
    appendFileSync(record, `${JSON.stringify(row)}\n`);
  }
}
