import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../core/result.ts';
import { learningRates } from './curve.ts';
import { optax, pytorch } from './formats/python.ts';
import type { Instance } from './instance.ts';
import { EXAMPLE_STEPS, exampleSchedules } from './schedule-examples.ts';
import { schedulePython } from './schedule-python.ts';
import { makeBody, makeSchedule, type Schedule } from './schedule.ts';
import { makeTask } from './tasks.ts';

const instanceOf = (schedule: Schedule): Instance => ({
  name: 'Größe',
  task: makeTask('logistic'),
  steps: EXAMPLE_STEPS,
  batch: 8,
  schedule,
});

const many: Schedule = makeSchedule(0.3, {
  kind: 'points',
  interpolation: 'linear',
  points: Array.from({ length: 50 }, (_, i): [number, number] => [i / 49, ((i * 7) % 5) / 4]),
});
const examples = [...exampleSchedules(), ['many points', many] as [string, Schedule]].filter(
  ([, schedule]) => schedule.body.kind !== 'autolrs',
);

/** Stands in for the libraries' imports: only the schedule's own code is run. */
const STAND_IN = `
import sys, types, math, json
def module(name, **names):
    made = types.ModuleType(name)
    made.__dict__.update(names)
    sys.modules[name] = made
    return made
module("torch"); module("torch.optim")
module("torch.optim.lr_scheduler", LambdaLR=None, ReduceLROnPlateau=None)
jnp = module("jax.numpy", where=lambda c, a, b: a if c else b, minimum=min, maximum=max,
    floor=math.floor, ceil=math.ceil, cos=math.cos, sin=math.sin, sqrt=lambda x: math.sqrt(x) if x >= 0 else math.nan, abs=abs,
    exp=math.exp, log=lambda x: math.log(x) if x > 0 else -1e300, tanh=math.tanh, array=list,
    ones_like=lambda t, dtype: 1.0,
    interp=lambda t, xs, ys: next(
        y0 + (y1 - y0) * (t - x0) / (x1 - x0)
        for x0, x1, y0, y1 in zip(xs, xs[1:], ys, ys[1:]) if t <= x1))
module("jax", numpy=jnp)
contrib = types.SimpleNamespace(reduce_on_plateau=lambda **k: None)
module("optax", contrib=contrib, chain=lambda *a: None, sgd=lambda s: None)
results = []
for source in json.load(sys.stdin):
    scope = {}
    exec(source, scope)
    results.append([scope["multiple"](t) for t in range(scope["T"] + 1)])
print(json.dumps(results))
`;

const hasPython = spawnSync('python3', ['-c', 'pass']).status === 0;

describe.each(['torch', 'optax'] as const)('%s code', (framework) => {
  it.skipIf(!hasPython)('computes the same rates when Python runs it', () => {
    const sources = examples.map(([, schedule]) =>
      unwrap(schedulePython(instanceOf(schedule), framework)),
    );
    const run = spawnSync('python3', ['-c', STAND_IN], { input: JSON.stringify(sources) });
    expect(run.stderr.toString()).toBe('');
    const results = JSON.parse(run.stdout.toString()) as number[][];
    examples.forEach(([name, schedule], i) => {
      const rates = learningRates({ ...schedule, peak: 1 }, EXAMPLE_STEPS);
      rates.forEach((rate, t) =>
        expect(Math.abs(results[i][t] - rate), `${name} at ${t}`).toBeLessThan(1e-8),
      );
    });
  });

  it('names the library’s own schedule where it is the same', () => {
    const code = unwrap(
      schedulePython(instanceOf(makeSchedule(0.3, makeBody('cosine'))), framework),
    );
    expect(code).toContain(
      framework === 'torch'
        ? 'CosineAnnealingLR(optimizer, T_max=100, eta_min=0)'
        : 'optax.cosine_decay_schedule(0.3, 100, alpha=0)',
    );
  });

  it('refuses what it cannot say', () => {
    const auto = schedulePython(instanceOf(makeSchedule(1, makeBody('autolrs'))), framework);
    expect(auto.ok).toBe(false);
    const warm = makeSchedule(1, makeBody('plateau'), { steps: 5 });
    expect(schedulePython(instanceOf(warm), framework).ok).toBe(framework === 'optax');
  });
});

describe('exported files', () => {
  it.each([pytorch, optax])('read back by their first line ($name)', (format) => {
    const instance = instanceOf(makeSchedule(0.3, makeBody('uba')));
    const text = unwrap(format.write!(instance));
    expect(format.sniff(text, 'x.py')).toBe(1);
    expect(unwrap(format.parse(text, 'x.py'))).toEqual(instance);
    for (const bad of [
      '',
      'import torch',
      `${text.slice(0, 60)}`,
      text.replace('"steps":100', '"steps":-1'),
    ])
      expect(format.parse(bad, 'x.py')).toMatchObject({ ok: false, issues: [{ line: 1 }] });
  });
});
