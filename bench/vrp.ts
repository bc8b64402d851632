/**
 * The routing figures: groups of published instances, each with the time it gets and what is asked
 * of it. Time is CPU time of this process, so that other work on the machine does not count.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { NO_BUDGET } from '../src/core/budget.ts';
import { formatNumber } from '../src/core/format.ts';
import { defaultParams } from '../src/core/params.ts';
import { unwrap } from '../src/core/result.ts';
import { createRng } from '../src/core/rng.ts';
import { vrp } from '../src/problems/vrp/family.ts';
import { generators } from '../src/problems/vrp/generators.ts';
import { cvrplib, solomon } from '../src/problems/vrp/formats/index.ts';
import type { VrpInstance, VrpSolution } from '../src/problems/vrp/instance.ts';
import { vehiclesFirst } from '../src/problems/vrp/vehicles-first.ts';
import { createDriver } from '../workers/runtime/driver.ts';
import { loadSolver } from '../workers/solvers/registry.ts';

interface Known {
  value: number;
  sintef?: { vehicles: number; distance: number };
}

/** One run, or the median of runs over seeds. */
interface Row {
  name: string;
  /** Relative to the best known value. */
  gap: number;
  /** After a tenth of the time. */
  gapAtTenth: number;
  /** Of the bound below the best known value. */
  boundGap: number;
  proven: boolean;
  /** More vehicles than the best known plan has. */
  extraVehicles: number;
  firstSeconds: number;
}

interface Figure {
  name: string;
  value(rows: readonly Row[]): number;
  /** At most, or at least. */
  most?: number;
  least?: number;
  format(value: number): string;
}

interface Group {
  id: string;
  folder: 'cvrplib' | 'vrptw' | null;
  /** Which files belong to it. */
  match: RegExp;
  seconds: number;
  solver?: string;
  vehiclesFirst?: boolean;
  figures: readonly Figure[];
}

const mean = (list: readonly number[]): number =>
  list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
const median = (list: readonly number[]): number => {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const percent = (value: number): string => `${formatNumber(value * 100, 3)} %`;
const plain = (value: number): string => formatNumber(value, 2);

const meanGap = (most: number): Figure => ({
  name: 'mean gap to best known',
  value: (rows) => mean(rows.map(({ gap }) => gap)),
  most,
  format: percent,
});
const share = (name: string, least: number, test: (row: Row) => boolean): Figure => ({
  name,
  value: (rows) => rows.filter(test).length / Math.max(1, rows.length),
  least,
  format: percent,
});
const atTenth: Figure = {
  name: 'mean gap after a tenth of the time',
  value: (rows) => mean(rows.map(({ gapAtTenth }) => gapAtTenth)),
  most: 0.01,
  format: percent,
};
const boundFigure = (name: string, match: RegExp, most: number): Figure => ({
  name: `mean gap of the bound, ${name}`,
  value: (rows) => mean(rows.filter((row) => match.test(row.name)).map((row) => row.boundGap)),
  most,
  format: percent,
});

/** Gaps below this are the rounding of the published value. */
const SAME = 1e-6;

const GROUPS: readonly Group[] = [
  {
    id: 'x101',
    folder: 'cvrplib',
    match: /^X-n101-/,
    seconds: 5,
    figures: [meanGap(SAME)],
  },
  {
    id: 'x200',
    folder: 'cvrplib',
    match: /^X-n200-/,
    seconds: 20,
    figures: [meanGap(0.001)],
  },
  {
    id: 'x-to-250',
    folder: 'cvrplib',
    match: /^X-n(1\d\d|2[0-4]\d)-/,
    seconds: 20,
    figures: [meanGap(0.0015), atTenth],
  },
  {
    id: 'x-to-600',
    folder: 'cvrplib',
    match: /^X-n(2[5-9]\d|[345]\d\d)-/,
    seconds: 60,
    figures: [meanGap(0.003), atTenth],
  },
  { id: 'x1001', folder: 'cvrplib', match: /^X-n1001-/, seconds: 60, figures: [meanGap(0.005)] },
  { id: 'leuven1', folder: 'cvrplib', match: /^Leuven1$/, seconds: 60, figures: [meanGap(0.008)] },
  {
    id: 'solomon',
    folder: 'vrptw',
    match: /^(R|C|RC)[12]\d\d$/,
    seconds: 5,
    figures: [meanGap(0.001), share('optimal', 45 / 56, ({ gap }) => gap < SAME)],
  },
  {
    id: 'homberger-200',
    folder: 'vrptw',
    match: /_2_/,
    seconds: 20,
    figures: [meanGap(0.005)],
  },
  {
    id: 'solomon-fleet',
    folder: 'vrptw',
    match: /^(R|C|RC)[12]\d\d$/,
    seconds: 30,
    vehiclesFirst: true,
    figures: [share('best known fleet', 0.9, ({ extraVehicles }) => extraVehicles <= 0)],
  },
  {
    id: 'bounds',
    folder: 'cvrplib',
    match: /^[ABP]-n/,
    seconds: 60,
    solver: 'column-generation',
    figures: [
      boundFigure('A, B, P', /^[ABP]-/, 0.03),
      {
        name: 'proven optimal',
        value: (rows) => rows.filter(({ proven }) => proven).length,
        least: 10,
        format: plain,
      },
    ],
  },
  {
    id: 'bounds-windows',
    folder: 'vrptw',
    match: /^(R|C|RC)1\d\d$/,
    seconds: 60,
    solver: 'column-generation',
    figures: [boundFigure('C1, R1, RC1', /./, 0.015)],
  },
  {
    id: 'ten-thousand',
    folder: null,
    match: /^$/,
    seconds: 10,
    figures: [
      {
        name: 'seconds to the first plan',
        value: (rows) => mean(rows.map(({ firstSeconds }) => firstSeconds)),
        most: 5,
        format: plain,
      },
    ],
  },
];

export interface RoutingOptions {
  folder: string;
  seeds: number;
  /** Group ids that contain it, or instances when no group does. */
  match: string;
  /** Every so manieth instance of a group. */
  every: number;
  seconds?: number;
  solver?: string;
  /** A line is appended per group. */
  record?: string;
  write(line: string): void;
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** A run of at most so many CPU seconds. */
async function runOnce(
  instance: VrpInstance,
  solverId: string,
  seconds: number,
  seed: number,
  known: Known | undefined,
  name: string,
): Promise<Row> {
  const solver = vrp.solvers.find(({ id }) => id === solverId)!;
  const solve = await loadSolver('vrp', solverId);
  let first = Infinity;
  let atTenth = Infinity;
  let objective = Infinity;
  let bound = -Infinity;
  let vehicles = Infinity;
  const driver = createDriver(
    {
      family: vrp,
      instance,
      solve,
      params: defaultParams(solver.params),
      seed,
      budget: { ...NO_BUDGET, seconds },
      now: cpuSeconds,
    },
    {
      incumbent(solution, report, at) {
        if (first === Infinity) first = at.seconds;
        objective = report.objective;
        if (at.seconds <= seconds / 10) atTenth = objective;
        const { routes } = solution as VrpSolution;
        vehicles = routes.filter((route) => route.length > 0).length;
      },
      bound(value) {
        bound = value;
      },
    },
  );
  while (!driver.end) driver.run(cpuSeconds() + 1);
  const best = known?.value ?? objective;
  return {
    name,
    gap: (objective - best) / best,
    gapAtTenth: (atTenth - best) / best,
    boundGap: (best - Math.max(0, bound)) / best,
    proven: driver.end.reason === 'optimal',
    extraVehicles: vehicles - (known?.sintef?.vehicles ?? vehicles),
    firstSeconds: first,
  };
}

function casesOf(group: Group, options: RoutingOptions): { name: string; known?: Known }[] {
  if (group.folder === null) return [{ name: 'generated, 10,000 customers' }];
  const folder = join(options.folder, group.folder);
  const known = JSON.parse(readFileSync(join(folder, 'best-known.json'), 'utf8')) as Record<
    string,
    Known
  >;
  return readdirSync(folder)
    .map((file) => file.replace(/\.(vrp|txt)$/, ''))
    .filter((name) => group.match.test(name) && known[name])
    .map((name) => ({ name, known: known[name] }));
}

function instanceOf(group: Group, name: string, options: RoutingOptions): VrpInstance {
  if (group.folder === null) {
    const generator = generators.find(({ id }) => id === 'x')!;
    const params = { ...defaultParams(generator.params), customers: 10_000 };
    return generator.generate(params, createRng(1));
  }
  const file = join(options.folder, group.folder, name);
  const instance =
    group.folder === 'cvrplib'
      ? unwrap(cvrplib.parse(readFileSync(`${file}.vrp`, 'utf8'), name))
      : unwrap(solomon.parse(readFileSync(`${file}.txt`, 'utf8'), name));
  return group.vehiclesFirst ? vehiclesFirst({ ...instance, rounding: 'none' }) : instance;
}

/** Runs the groups that match, prints a line per instance and a verdict per figure. */
export async function measureRouting(options: RoutingOptions): Promise<void> {
  const { write, seeds, match } = options;
  const named = GROUPS.filter(({ id }) => id.includes(match));
  for (const group of named.length > 0 ? named : GROUPS) {
    const cases = casesOf(group, options)
      .filter(({ name }) => named.length > 0 || name.includes(match))
      .filter((_, i) => i % options.every === 0);
    if (cases.length === 0) continue;
    const seconds = options.seconds ?? group.seconds;
    const rows: Row[] = [];
    for (const { name, known } of cases) {
      const instance = instanceOf(group, name, options);
      const solverId = options.solver ?? group.solver ?? vrp.defaultSolver(instance);
      const runs: Row[] = [];
      for (let seed = 1; seed <= seeds; seed++)
        runs.push(await runOnce(instance, solverId, seconds, seed, known, name));
      const middle = (pick: (row: Row) => number) => median(runs.map(pick));
      const row: Row = {
        name,
        gap: middle(({ gap }) => gap),
        gapAtTenth: middle((run) => run.gapAtTenth),
        boundGap: middle(({ boundGap }) => boundGap),
        proven: runs.filter(({ proven }) => proven).length * 2 > runs.length,
        extraVehicles: middle(({ extraVehicles }) => extraVehicles),
        firstSeconds: middle(({ firstSeconds }) => firstSeconds),
      };
      rows.push(row);
      write(
        [
          group.id.padEnd(15),
          name.padEnd(28),
          solverId.padEnd(18),
          `${seconds} s`.padStart(5),
          percent(row.gap).padStart(9),
          `${percent(row.gapAtTenth)} at a tenth`.padStart(20),
          `bound ${percent(row.boundGap)}`.padStart(15),
          row.proven ? ' proven' : '',
          row.extraVehicles > 0 ? ` +${row.extraVehicles} vehicles` : '',
        ].join(' '),
      );
    }
    const figures = group.figures.map((figure) => {
      const value = figure.value(rows);
      const passed =
        figure.most !== undefined ? value <= figure.most : value >= (figure.least ?? 0);
      const target =
        figure.most !== undefined
          ? `at most ${figure.format(figure.most)}`
          : `at least ${figure.format(figure.least ?? 0)}`;
      write(
        `${group.id.padEnd(15)} ${passed ? 'PASS' : 'FAIL'}  ${figure.name}: ${figure.format(value)} (${target}; ${rows.length} instances, median of ${seeds} seeds)`,
      );
      return { name: figure.name, value, passed };
    });
    if (options.record) {
      if (!existsSync(dirname(options.record)))
        mkdirSync(dirname(options.record), { recursive: true });
      const line = {
        date: new Date().toISOString(),
        machine: cpus()[0]?.model ?? '',
        node: process.version,
        group: group.id,
        seconds,
        seeds,
        solver: options.solver ?? group.solver ?? 'default',
        instances: rows.map(({ name }) => name),
        figures,
      };
      appendFileSync(options.record, `${JSON.stringify(line)}\n`);
    }
  }
}
