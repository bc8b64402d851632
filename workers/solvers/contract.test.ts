/** The contract every solver keeps; a solver passes without tests of its own for any of this. */
import { loadViews } from '../../src/problems/view-registry.ts';
import { describe, expect, test } from 'vitest';
import { NO_BUDGET } from '../../src/core/budget.ts';
import { defaultParams } from '../../src/core/params.ts';
import { createRng } from '../../src/core/rng.ts';
import { unwrap } from '../../src/core/result.ts';
import { itemBox } from '../../src/scene/scene.ts';
import { isBetter, meets, type AnyFamily, type Report } from '../../src/problems/family.ts';
import { families } from '../../src/problems/registry.ts';
import { createDriver, type DriveRequest } from '../runtime/driver.ts';
import { loadSolver } from './registry.ts';

const STEPS = 100;

interface Log {
  incumbents: { solution: unknown; report: Report }[];
  bounds: number[];
  evidence: { value: number; evidence: unknown }[];
  rows: (readonly number[])[];
  end: string | undefined;
  message: string | undefined;
}

/** A clock that only counts calls: runs do not depend on it. */
const countingClock = () => {
  let calls = 0;
  return () => calls++ / 1e6;
};

function drive(request: Omit<DriveRequest, 'now'>, advance: 'run' | 'step', limit = Infinity): Log {
  const log: Log = {
    incumbents: [],
    bounds: [],
    evidence: [],
    rows: [],
    end: undefined,
    message: undefined,
  };
  const driver = createDriver(
    { ...request, now: countingClock() },
    {
      incumbent: (solution, report) => log.incumbents.push({ solution, report }),
      bound(value, _proof, _at, evidence) {
        log.bounds.push(value);
        if (evidence !== undefined) log.evidence.push({ value, evidence });
      },
      trace: (row) => log.rows.push(row),
    },
  );
  for (let turn = 0; !driver.end && turn < limit; turn++) {
    if (advance === 'run') driver.run(0);
    else driver.step();
  }
  if (!driver.end) driver.stop();
  log.end = driver.end?.reason;
  log.message = driver.end?.message;
  return log;
}

/** A small instance of every generator, and the gallery's smallest. */
function smallInstances(family: AnyFamily): unknown[] {
  const generated = family.generators
    .map((generator) => generator.generate(defaultParams(generator.params), createRng(7)))
    .filter((instance) => family.elements(instance) <= 1000);
  const gallery = family.gallery
    .map((entry) => entry.instance())
    .filter((instance) => family.elements(instance) <= 150)
    .slice(0, 5);
  return [...generated, ...gallery];
}

const cases = await Promise.all(
  families
    .flatMap((entry) => [entry])
    .map(async (entry) => {
      const family = await entry.load();
      const views = await loadViews(entry.id);
      const instances = smallInstances(family);
      return Promise.all(
        family.solvers.map(async (info) => ({
          name: `${family.id} ${info.id}`,
          family,
          views,
          info,
          instances: instances.filter((instance) => family.refuses(info.id, instance) === null),
          solve: await loadSolver(family.id, info.id),
        })),
      );
    }),
);

describe.each(cases.flat())('$name', ({ family, views, info, instances, solve }) => {
  const request = (instance: unknown, steps: number | null = STEPS) => ({
    family,
    instance,
    solve,
    params: defaultParams(info.params),
    seed: 3,
    budget: { ...NO_BUDGET, steps },
  });

  test('takes at least one generated instance', () => {
    expect(instances.length).toBeGreaterThan(0);
  });

  test('streams feasible, strictly better incumbents and bounds on the right side', () => {
    let bounds = 0;
    for (const instance of instances) {
      const log = drive(request(instance), 'run');
      expect(log.end === 'error' ? log.message : '').toBe('');
      if (info.traits.anytime) expect(log.incumbents.length).toBeGreaterThan(0);
      log.incumbents.forEach(({ solution, report }, index) => {
        expect(report.violations).toEqual([]);
        // Handed over for good: what was checked then still checks now.
        expect(family.check(instance, solution).objective).toBe(report.objective);
        if (index > 0)
          expect(
            isBetter(family.sense, report.objective, log.incumbents[index - 1].report.objective),
          ).toBe(true);
      });
      const best = log.incumbents.at(-1)?.report.objective;
      if (best !== undefined)
        for (const bound of log.bounds)
          expect(meets(family.sense, bound, best) && !meets(family.sense, best, bound)).toBe(false);
      const last = log.evidence.at(-1);
      if (last) {
        // As a file would bring it back.
        const text = JSON.stringify(family.evidence?.write(last.evidence));
        const read = unwrap(family.evidence!.read(JSON.parse(text)));
        const proven = unwrap(family.evidence!.verify(instance, read));
        expect(meets(family.sense, proven, last.value)).toBe(true);
      }
      for (const row of log.rows) expect(row.length).toBe(info.trace.length);
      bounds += log.bounds.length;
    }
    if (info.traits.bounds) expect(bounds).toBeGreaterThan(0);
  });

  test('repeats bit for bit for a seed and a step budget, however it is sliced', () => {
    if (!info.traits.deterministic) return;
    for (const instance of instances.slice(0, 2)) {
      const [first, second, stepped] = [
        drive(request(instance), 'run'),
        drive(request(instance), 'run'),
        drive(request(instance), 'step'),
      ];
      const summary = (log: Log) =>
        log.incumbents.map(({ solution, report }) => [
          report.objective,
          JSON.stringify(family.writeSolution(instance, solution)),
        ]);
      expect(summary(second)).toEqual(summary(first));
      expect(summary(stepped).at(-1)).toEqual(summary(first).at(-1));
      expect(second.bounds).toEqual(first.bounds);
    }
  });

  test('leaves a valid incumbent when stopped early', () => {
    for (const instance of instances.slice(0, 2)) {
      const log = drive(request(instance, null), 'run', 60);
      expect(log.end).not.toBe('error');
      for (const { report } of log.incumbents) expect(report.feasible).toBe(true);
    }
  });

  test('solutions survive writing and reading, and draw inside the bounds', () => {
    const instance = instances[0];
    const log = drive(request(instance), 'run');
    const best = log.incumbents.at(-1);
    if (!best) return;
    const { solution, report } = best;
    const plain = JSON.parse(JSON.stringify(family.writeSolution(instance, solution))) as unknown;
    const again = unwrap(family.readSolution(instance, plain));
    expect(family.check(instance, again)).toEqual(report);
    for (const format of family.solutionFormats) {
      const text = format.write(instance, solution, report.objective);
      const parsed = unwrap(format.parse(text, instance));
      expect(family.check(instance, parsed).objective).toBeCloseTo(report.objective, 6);
    }
    const frame = {
      instance,
      solution,
      report,
      bound: log.bounds.at(-1) ?? null,
      trace: null,
      toggles: {},
      tool: '',
      selected: null,
    };
    for (const mode of views.modes(instance)) {
      if (mode.kind !== 'scene') continue;
      const { bounds, items } = mode.draw(frame);
      const slack = 1e-6 * Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY);
      for (const item of items) {
        const box = itemBox(item);
        if (!box) continue;
        expect(box.minX).toBeGreaterThanOrEqual(bounds.minX - slack);
        expect(box.minY).toBeGreaterThanOrEqual(bounds.minY - slack);
        expect(box.maxX).toBeLessThanOrEqual(bounds.maxX + slack);
        expect(box.maxY).toBeLessThanOrEqual(bounds.maxY + slack);
      }
    }
    expect(views.table(frame).rows).toBe(family.elements(instance));
  });
});
