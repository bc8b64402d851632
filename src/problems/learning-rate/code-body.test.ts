import { describe, expect, it } from 'vitest';
import type { CodeAnswer } from '../../core/code.ts';
import { unwrap } from '../../core/result.ts';
import { evaluate } from '../../sandbox/evaluate.ts';
import { runInNode } from '../../sandbox/node.ts';
import { boundCurve } from './bound.ts';
import { knownAnswers, missingCalls, withAnswers } from './code-body.ts';
import { codec } from './codec.ts';
import { learningRates } from './curve.ts';
import { learningRate } from './family.ts';
import { csv } from './formats/csv.ts';
import type { Instance } from './instance.ts';
import { EXAMPLE_STEPS, exampleSchedules } from './schedule-examples.ts';
import { bodyFormula } from './schedule-formula.ts';
import { schedulePython } from './schedule-python.ts';
import { formulaFunction } from './schedule-typescript.ts';
import { makeBody, makeSchedule, type Body, type Schedule } from './schedule.ts';
import { validate } from './schema.ts';
import { learningRateViews } from './views/index.ts';

const linear = 'function schedule(t: number, T: number): number { return 1 - t / T; }';
const typed = (code: string): Body => ({ kind: 'code', code });
const make = (schedule: Partial<Schedule>, steps = 10): Instance =>
  unwrap(
    validate({
      task: { kind: 'rosenbrock' },
      steps,
      schedule: { ...makeSchedule(0.5, typed(linear)), ...schedule },
    }),
  );
const values = (f: (t: number) => number, steps = 10, source = linear): CodeAnswer => ({
  source,
  values: Float64Array.from({ length: steps + 1 }, (_, t) => f(t)),
});
const run = (instance: Instance): Instance =>
  unwrap(withAnswers(instance, [values((t) => 1 - t / 10)]));
const rates = ({ schedule, steps }: Instance) => Array.from(learningRates(schedule, steps));

describe('before it has run', () => {
  const fresh = make({});

  it('a curve is not known, and asks for its values', () => {
    expect(rates(fresh)).toEqual(Array.from({ length: 11 }, () => NaN));
    expect(missingCalls(fresh)).toMatchObject([
      { source: linear, name: 'schedule', args: [10], count: 11 },
    ]);
    expect(knownAnswers(fresh)).toEqual([]);
    expect(learningRate.describe(fresh).find(({ label }) => label === 'Schedule')?.value).toBe(
      'Code, not run yet',
    );
  });

  it('a curve cannot be exported, and says so', () => {
    for (const result of [csv.write!(fresh), schedulePython(fresh, 'torch')]) {
      expect(result.ok).toBe(false);
      if (!result.ok) expect(result.issues[0].hint).toBe('Press Run.');
    }
  });

  it('every view can be drawn', () => {
    const frame = {
      instance: fresh,
      solution: { parameters: Float64Array.of(0, 0), step: 3 },
      report: null,
      bound: null,
      trace: null,
      toggles: {},
      tool: 'points',
      selected: null,
    };
    const colours = { series: () => '#000000' } as never;
    for (const mode of learningRateViews.modes(fresh)) {
      if (mode.kind === 'chart') {
        expect(mode.option(frame, colours)).toBeTypeOf('object');
        expect(mode.describe(frame)).not.toBe('');
      } else if (mode.id === 'curve') {
        const scene = mode.draw(frame);
        expect(JSON.stringify(scene.items)).toContain('Not run yet');
        expect(scene.description).toContain('not run yet');
        for (const item of scene.items)
          if ('points' in item) expect(Array.from(item.points).every(Number.isFinite)).toBe(true);
        expect(
          mode.gestures?.click?.(frame, null, { x: 5, y: 0.2 }, { shift: false, alt: false }),
        ).toMatchObject({ kind: 'refused' });
        expect(mode.gestures?.stroke?.({ ...frame, tool: 'draw' }, [0, 0.1, 5, 0.2])).toMatchObject(
          { kind: 'refused' },
        );
      } else expect(mode.draw(frame).items).toBeInstanceOf(Array);
    }
    expect(learningRateViews.table(frame).cell(0, 0)).toBeDefined();
  });

  it('a curve cannot become points, but anything else', () => {
    const schedule = learningRateViews.fields(fresh).find(({ id }) => id === 'schedule')!;
    expect(schedule.set('points').ok).toBe(false);
    expect(schedule.set('cosine').ok).toBe(true);
  });
});

describe('once it has run', () => {
  it('its values are multiples of the peak, between warm-up and cooldown', () => {
    const known = run(make({}));
    expect(rates(known)).toEqual(rates(make({ body: makeBody('linear') })));
    expect(boundCurve(learningRates(known.schedule, 10))).not.toBeNull();
    const ramps = {
      warmup: { steps: 2, from: 0, shape: 'linear' },
      cooldown: { steps: 4, to: 0, shape: 'linear' },
    } as const;
    expect(rates(run(make(ramps)))).toEqual([
      0,
      expect.closeTo(0.2, 12),
      expect.closeTo(0.4, 12),
      ...[0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0].map((rate): unknown =>
        expect.closeTo(rate, 12),
      ),
    ]);
  });

  it('inside sequences and products too, each text once', () => {
    const nested = make({
      body: {
        kind: 'sequence',
        parts: [
          { share: 1, body: { kind: 'product', factors: [typed(linear), typed('() => 2')] } },
          { share: 1, body: typed(linear) },
        ],
      },
    });
    expect(missingCalls(nested).map(({ source }) => source)).toEqual([linear, '() => 2']);
    const half = unwrap(withAnswers(nested, [values((t) => 1 - t / 10)]));
    expect(missingCalls(half).map(({ source }) => source)).toEqual(['() => 2']);
    expect(rates(half)[0]).toBeNaN();
    const whole = unwrap(withAnswers(half, [values(() => 2, 10, '() => 2')]));
    expect(rates(whole).map((rate) => Number(rate.toFixed(9)))).toEqual([
      1, 0.9, 0.8, 0.7, 0.6, 0.25, 0.2, 0.15, 0.1, 0.05, 0,
    ]);
    expect(knownAnswers(whole)).toHaveLength(3);
  });

  it('values go with the instance through edits, and not with other code or steps', () => {
    const known = run(make({}));
    const field = (id: string) => learningRateViews.fields(known).find((one) => one.id === id)!;
    const after = (id: string, value: string | number) => unwrap(field(id).set(value)) as Instance;
    expect(missingCalls(after('peak', 1))).toEqual([]);
    expect(missingCalls(after('task', 'beale'))).toEqual([]);
    expect(missingCalls(after('warmup.steps', 3))).toEqual([]);
    expect(missingCalls(after('steps', 20))).toHaveLength(1);
    expect(missingCalls(after('code', '() => 1'))).toMatchObject([{ source: '() => 1' }]);
    expect(rates(after('code', '() => 1'))[0]).toBeNaN();
    const points = after('schedule', 'points').schedule.body;
    expect(points).toMatchObject({ kind: 'points' });
  });

  it('values leave with nothing', () => {
    const known = run(make({}));
    for (const text of [
      JSON.stringify(known),
      JSON.stringify(unwrap(codec.decode(codec.encode(known), codec.version))),
    ]) {
      const read = unwrap(validate(JSON.parse(text)));
      expect(read.schedule.body).toStrictEqual(typed(linear));
      expect(missingCalls(read)).toHaveLength(1);
    }
    expect(missingCalls(structuredClone(known))).toHaveLength(1);
    // What travels to a worker.
    expect(rates(unwrap(withAnswers(structuredClone(known), knownAnswers(known))))).toEqual(
      rates(known),
    );
  });

  it('a rate out of range is refused at its first step', () => {
    const refused = withAnswers(make({}), [values((t) => 3 - t)]);
    expect(refused).toMatchObject({
      ok: false,
      issues: [{ path: ['schedule', 'body', 'code'], message: 'The code is -1 at t = 4.' }],
    });
    expect(withAnswers(make({}), [values((t) => t * 500)]).ok).toBe(false);
  });

  it('answers to other questions are left out', () => {
    const others = [values(() => 1, 10, 'other'), values(() => 1, 9)];
    expect(missingCalls(unwrap(withAnswers(make({}), others)))).toHaveLength(1);
  });

  it('exports: its values as a table, and CSV that reads back as the code', () => {
    const known = run(make({}));
    const python = unwrap(schedulePython(known, 'torch'));
    expect(python).toContain('STEPS = [0, 10]');
    const text = unwrap(csv.write!(known));
    expect(text).toContain('\n5,0.25\n');
    expect(unwrap(csv.parse(text, 'curve.csv')).schedule.body).toStrictEqual(typed(linear));
  });
});

describe('from outside', () => {
  it.each([
    [{ kind: 'code' }, /code: The code must be a text/],
    [{ kind: 'code', code: ' ' }, /code: The code must be a text/],
    [{ kind: 'code', code: 'x'.repeat(4001) }, /at most 4000 characters/],
    [{ kind: 'code', code: '() => 1', values: [1] }, /values/],
  ])('%j', (body, message) => {
    const result = validate({ task: { kind: 'beale' }, steps: 5, schedule: { peak: 1, body } });
    expect(result.ok).toBe(false);
    if (!result.ok)
      expect(
        result.issues.map(({ path, message: text }) => `${path?.join('.')}: ${text}`).join(),
      ).toMatch(message);
  });

  it('any text is kept as it is, and not looked into', () => {
    for (const code of ['}); fetch("https://example.org")', '`', 'π'.repeat(4000)]) {
      const instance = make({ body: typed(code) });
      const again = unwrap(codec.decode(codec.encode(instance), codec.version));
      expect(again).toEqual(instance);
    }
  });
});

describe('a formula becomes a function with the same values', () => {
  const schedules = exampleSchedules().flatMap(([name, { body }]) => {
    const formula = bodyFormula(body, 0, EXAMPLE_STEPS);
    return formula === null ? [] : [[name, body, formulaFunction(formula)!] as const];
  });
  it('for nearly all kinds', () => expect(schedules.length).toBeGreaterThan(20));

  it.each(schedules)('%s', async (_name, body, code) => {
    const whole = await evaluate(
      learningRate,
      make({ body: typed(code) }, EXAMPLE_STEPS),
      runInNode,
    );
    const found = rates(unwrap(whole) as Instance);
    rates(make({ body }, EXAMPLE_STEPS)).forEach((rate, t) =>
      expect(Math.abs(found[t] - rate), `t = ${t}`).toBeLessThan(1e-9),
    );
  });
});
