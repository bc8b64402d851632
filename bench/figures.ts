/**
 * Figures of merit: groups of instances, the time each gets and what is aimed at. One worker is
 * timed by the processor's clock, so that other work on the machine counts little; several by the
 * wall's. Every group adds a line to the family's record, so that a regression is seen.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { NO_BUDGET } from '../src/core/budget.ts';
import { formatNumber, formatShort } from '../src/core/format.ts';
import { mean } from '../src/core/statistics.ts';
import { defaultParams } from '../src/core/params.ts';
import { familyEntry } from '../src/problems/registry.ts';
import { gapOf, type FamilyId, type Sense } from '../src/problems/family.ts';
import { createDriver } from '../workers/runtime/driver.ts';
import { solveInNode } from '../workers/runtime/node.ts';
import { loadSolver } from '../workers/solvers/registry.ts';

export interface Test {
  name: string;
  /** Best known objective; null where something else counts. */
  best: number | null;
  /** Vehicles of the best known plan, where they count first. */
  vehicles?: number;
  /** The instance; those that are drawn follow the seed, and count the time to draw them. */
  make(seed: number): unknown;
  isDrawn?: boolean;
}

/** One run. */
export interface Course {
  /** Seconds and objective of every improvement. */
  improvements: readonly (readonly [number, number])[];
  /** NaN when there is none. */
  objective: number;
  bound: number;
  /** Seconds to the proof, drawing included; Infinity without one. */
  proven: number;
  seconds: number;
  steps: number;
  solution: unknown;
}

/** The runs of an instance, one a seed. */
export interface Row {
  test: Test;
  courses: readonly Course[];
  sense: Sense;
}

export interface Figure {
  name: string;
  value(rows: readonly Row[]): number;
  /** One of the two is aimed at; none when the value is only to be compared. */
  most?: number;
  least?: number;
  format(value: number): string;
}

export interface Group {
  id: string;
  tests(folder: string): readonly Test[];
  seconds: number;
  /** The family's default when absent. */
  solver?: string;
  workers?: number;
  figures: readonly Figure[];
}

export interface BenchOptions {
  /** Of the public instances. */
  folder: string;
  seeds: number;
  /** The group of this id, else groups whose ids contain it, else such instances. */
  match: string;
  /** Every so manieth instance of a group. */
  every: number;
  seconds?: number;
  solver?: string;
  /** The file that lines are appended to. */
  record: string;
  write(line: string): void;
}

export const median = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[(list.length - 1) >> 1];

export const percent = (value: number): string => `${formatNumber(value * 100, 3)} %`;
export const plain = (value: number): string => formatNumber(value, 1);
export const inSeconds = (value: number): string =>
  value < Infinity ? `${formatNumber(value, 2)} s` : 'never';

/** Of an instance: the median over its seeds. */
export const middle = ({ courses }: Row, of: (course: Course) => number): number =>
  median(courses.map(of));

/** The objective after so many seconds; NaN before the first. */
export function objectiveAt({ improvements }: Course, seconds: number): number {
  let objective = NaN;
  for (const [at, value] of improvements) if (at <= seconds) objective = value;
  return objective;
}

/** How much worse than the best known value, or else than the bound; relative. */
export function gapAt({ test, sense }: Row, course: Course, seconds = Infinity): number {
  const objective = objectiveAt(course, seconds);
  const to = test.best ?? course.bound;
  if (objective === to) return 0;
  const worse = sense === 'min' ? objective - to : to - objective;
  const gap = worse / Math.max(1e-12, Math.abs(to));
  // Published values and sums are rounded.
  return Math.abs(gap) < 1e-6 ? 0 : gap;
}

/** The mean over instances of the median gap over seeds. */
export const meanGap = (most?: number, seconds = Infinity): Figure => ({
  name: `mean gap to best known${seconds < Infinity ? ` at ${seconds} s` : ''}`,
  value: (rows) => mean(rows.map((row) => middle(row, (course) => gapAt(row, course, seconds)))),
  most,
  format: percent,
});

/** The share of instances, or their number, of which most runs pass. */
export const passing = (
  name: string,
  least: number,
  passes: (course: Course, row: Row) => boolean,
  { asShare = true } = {},
): Figure => ({
  name,
  value(rows) {
    const count = rows.filter(
      (row) => middle(row, (course) => (passes(course, row) ? 1 : 0)) === 1,
    ).length;
    return asShare ? count / rows.length : count;
  },
  least,
  format: asShare ? percent : plain,
});

const isProven = ({ proven }: Course): boolean => proven < Infinity;

/** Every instance proven by most runs. */
export const allProven = passing('share proven', 1, isProven);

/** The slowest proof, Infinity when one is missing. */
export const slowestProof = (most: number): Figure => ({
  name: 'slowest proof',
  value: (rows) => Math.max(...rows.map((row) => middle(row, ({ proven }) => proven))),
  most,
  format: inSeconds,
});

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Seconds between two readings of the processor's clock: a reading costs as much as many steps. */
const READING_SECONDS = 0.005;

/** The processor's clock in seconds; between two readings the wall's goes on. Monotone. */
function createCpuClock(): () => number {
  let readAt = -Infinity;
  let read = 0;
  let latest = 0;
  return () => {
    const wall = performance.now() / 1000;
    if (wall - readAt >= READING_SECONDS) {
      readAt = wall;
      read = cpuSeconds();
    }
    latest = Math.max(latest, read + (wall - readAt));
    return latest;
  };
}

async function runOnce(
  familyId: FamilyId,
  test: Test,
  group: Group,
  seed: number,
): Promise<{ course: Course; solverId: string }> {
  const family = await familyEntry(familyId)!.load();
  const from = cpuSeconds();
  const instance = await test.make(seed);
  const drawing = test.isDrawn ? cpuSeconds() - from : 0;
  await family.prepare?.(instance);
  const solverId = group.solver ?? family.defaultSolver(instance);
  const params = defaultParams(family.solvers.find(({ id }) => id === solverId)?.params ?? []);
  const budget = { ...NO_BUDGET, seconds: group.seconds };
  const improvements: [number, number][] = [];
  const request = { family, instance, params, seed, budget };
  if (group.workers) {
    const result = await solveInNode({
      ...request,
      solverId,
      threads: group.workers,
      onIncumbent: ({ objective }, at) => void improvements.push([at.seconds, objective]),
    });
    const course = {
      improvements,
      objective: result.report?.objective ?? NaN,
      bound: result.bound ?? NaN,
      proven: result.reason === 'optimal' ? drawing + result.seconds : Infinity,
      seconds: result.seconds,
      steps: result.steps,
      solution: result.solution,
    };
    return { course, solverId };
  }
  let solution: unknown = null;
  const clock = createCpuClock();
  const driver = createDriver(
    { ...request, solve: await loadSolver(familyId, solverId, instance), now: clock },
    {
      incumbent(found, { objective }, at) {
        solution = found;
        improvements.push([at.seconds, objective]);
      },
      bound: () => undefined,
    },
  );
  while (!driver.end) driver.run(clock() + 1);
  if (driver.end.reason === 'error') throw new Error(`${test.name}: ${driver.end.message}`);
  const { seconds, steps } = driver.stamp;
  const course = {
    improvements,
    objective: driver.objective ?? NaN,
    bound: driver.bound ?? NaN,
    proven: driver.end.reason === 'optimal' ? drawing + seconds : Infinity,
    seconds,
    steps,
    solution,
  };
  return { course, solverId };
}

const HEAD = [
  'group'.padEnd(16),
  'instance'.padEnd(30),
  'solver'.padEnd(18),
  'limit'.padStart(6),
  'objective'.padStart(14),
  'to best'.padStart(10),
  'proven'.padStart(10),
  'steps'.padStart(10),
].join(' ');

/** Runs the groups that match, prints a line per instance and a verdict per figure. */
export async function measure(
  familyId: FamilyId,
  groups: readonly Group[],
  { folder, seeds, match, every, record, write, ...options }: BenchOptions,
): Promise<void> {
  const family = await familyEntry(familyId)!.load();
  const exact = groups.filter(({ id }) => id === match);
  const named = exact.length > 0 ? exact : groups.filter(({ id }) => id.includes(match));
  write(HEAD);
  for (const described of named.length > 0 ? named : groups) {
    const group: Group = {
      ...described,
      seconds: options.seconds ?? described.seconds,
      solver: options.solver ?? described.solver,
    };
    const tests = group
      .tests(folder)
      .filter(({ name }) => named.length > 0 || name.includes(match))
      .filter((_, index) => index % every === 0);
    if (tests.length === 0) continue;
    const rows: Row[] = [];
    const solvers = new Set<string>();
    for (const test of tests) {
      const courses: Course[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const { course, solverId } = await runOnce(familyId, test, group, seed);
        courses.push(course);
        solvers.add(solverId);
      }
      const row = { test, courses, sense: family.sense };
      rows.push(row);
      write(lineOf(group, row, [...solvers].at(-1)!));
    }
    const figures = group.figures.map(({ name, value: of, most, least, format }) => {
      const value = of(rows);
      const aim =
        most !== undefined
          ? `at most ${format(most)}; `
          : least !== undefined
            ? `at least ${format(least)}; `
            : '';
      const passed =
        aim === '' ? undefined : value <= (most ?? Infinity) && value >= (least ?? -Infinity);
      const verdict = passed === undefined ? '    ' : passed ? 'PASS' : 'FAIL';
      write(
        `${group.id.padEnd(16)} ${verdict}  ${name}: ${format(value)} (${aim}${rows.length} instances, median of ${seeds} seeds)`,
      );
      // JSON has no infinity.
      return { name, value: value < Infinity ? value : null, most, least, passed };
    });
    note(record, {
      group: group.id,
      seconds: group.seconds,
      workers: group.workers ?? 1,
      seeds,
      solvers: [...solvers].map((id) => {
        const version = family.solvers.find((solver) => solver.id === id)?.version;
        return `${id} ${version}`;
      }),
      gaps: Object.fromEntries(
        rows.map((row) => [
          row.test.name,
          Number(middle(row, (course) => gapAt(row, course)).toPrecision(4)),
        ]),
      ),
      figures,
    });
  }
}

function lineOf(group: Group, row: Row, solverId: string): string {
  const { test, sense } = row;
  const objective = middle(row, (course) => course.objective);
  const proven = middle(row, (course) =>
    Number.isNaN(course.bound) ? Infinity : gapOf(sense, course.bound, course.objective),
  );
  const proof = middle(row, (course) => course.proven);
  return [
    group.id.padEnd(16),
    test.name.padEnd(30),
    solverId.padEnd(18),
    `${group.seconds} s`.padStart(6),
    formatNumber(objective, Number.isInteger(objective) ? 0 : 2).padStart(14),
    (test.best === null ? '' : percent(middle(row, (course) => gapAt(row, course)))).padStart(10),
    (proof < Infinity ? inSeconds(proof) : proven < Infinity ? percent(proven) : '–').padStart(10),
    `${formatShort(middle(row, ({ steps, seconds }) => steps / seconds))}/s`.padStart(10),
  ].join(' ');
}

/** Adds a line to a record. */
export function note(record: string, what: object): void {
  mkdirSync(dirname(record), { recursive: true });
  const machine = `${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
  appendFileSync(
    record,
    `${JSON.stringify({ date: new Date().toISOString(), machine, ...what })}\n`,
  );
}
