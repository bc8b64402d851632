import { describe, expect, it } from 'vitest';
import { formatPath, unwrap } from '../../core/result.ts';
import { codec } from './codec.ts';
import type { Instance } from './instance.ts';
import { BODIES, isNamed, makeBody, makeSchedule, type Body } from './schedule.ts';
import { validate } from './schema.ts';
import { jsonSchema } from './schema-json.ts';
import { TASKS, makeTask } from './tasks.ts';

const good = {
  task: { kind: 'spirals' },
  steps: 100,
  schedule: { peak: 0.1, body: { kind: 'cosine' } },
};

const issues = (change: object) => {
  const result = validate({ ...good, ...change });
  return result.ok
    ? []
    : result.issues.map((one) => `${formatPath(one.path ?? [])}: ${one.message}`);
};

const schedule = (body: object, rest: object = {}) => ({ schedule: { peak: 0.1, body, ...rest } });

describe('schema', () => {
  it('fills in what is left out', () => {
    const instance = unwrap(validate(good));
    expect(instance).toMatchObject({
      name: 'Learning-rate curve',
      batch: 32,
      task: { kind: 'spirals', layers: 2, width: 32 },
      schedule: { warmup: { steps: 0 }, body: { kind: 'cosine', final: 0 }, cooldown: { to: 0 } },
    });
  });

  it.each([
    [{ task: { kind: 'mnist' } }, /^task.kind: The task's kind must be one of "quadratic"/],
    [{ task: { kind: 'iris', widht: 3 } }, /^task.widht: "widht" is not known/],
    [{ task: { kind: 'iris', width: 1e9 } }, /^task.width: Width must be from 1 to 128/],
    [{ task: { kind: 'iris', activation: 'swish' } }, /^task.activation: .*"tanh", "relu"/],
    [{ steps: 1e9 }, /^steps: Steps must be from 1 to 200000/],
    [{ steps: 1.5 }, /^steps: .*whole number/],
    [{ steps: '10' }, /^steps: .*a number/],
    [{ batch: NaN }, /^batch: /],
    [{ name: 5 }, /^name: /],
    [{ color: 1 }, /^color: "color" is not known/],
    [{ schedule: null }, /^schedule: The schedule must be an object/],
    [schedule({ kind: 'cosine', final: -1 }), /^schedule.body.final: /],
    [schedule({ kind: 'zigzag' }), /^schedule.body.kind: /],
    [schedule({ kind: 'points', points: [] }), /^schedule.body.points: .*at least one/],
    [
      schedule({
        kind: 'points',
        points: [
          [0, 1],
          [0, 2],
        ],
      }),
      /points\[1\]\[0\]: .*increasing/,
    ],
    [schedule({ kind: 'points', points: [[2, 1]] }), /points\[0\]\[0\]: .*from 0 to 1/],
    [schedule({ kind: 'points', points: [5] }), /points\[0\]: /],
    [schedule({ kind: 'pieces', pieces: [{ share: 0 }] }), /pieces\[0\].share: /],
    [schedule({ kind: 'pieces', pieces: [7] }), /pieces\[0\]: A segment must be an object/],
    [schedule({ kind: 'formula', formula: '1 +' }), /formula: Column 4: /],
    [schedule({ kind: 'formula', formula: '1 / t' }), /formula: The formula has no value at t = 0/],
    [schedule({ kind: 'formula', formula: 'z - 0.5' }), /formula: The formula is -0.5 at t = 0/],
    [
      schedule({ kind: 'cosine' }, { warmup: { steps: 60 }, cooldown: { steps: 60 } }),
      /^schedule: Warm-up and cooldown take 120 of 100 steps/,
    ],
  ])('%j', (change, message) => {
    expect(issues(change).join('\n')).toMatch(message);
  });

  it('caps lists before reading them', () => {
    const points = Array.from({ length: 200_000 }, (_, i) => [i / 200_000, 1]);
    expect(issues(schedule({ kind: 'points', points }))).toHaveLength(1);
    const pieces = Array.from({ length: 1000 }, () => null);
    expect(issues(schedule({ kind: 'pieces', pieces }))).toHaveLength(1);
  });

  it('names every task and body in the JSON schema', () => {
    const text = JSON.stringify(jsonSchema);
    for (const { kind } of [...TASKS, ...BODIES]) expect(text).toContain(`"const":"${kind}"`);
  });
});

describe('links', () => {
  const withBody = (body: Body): Instance => ({
    name: 'Größe 🙂',
    task: makeTask('logistic', { l2: 0.123456789 }),
    steps: 200_000,
    batch: 7,
    schedule: makeSchedule(1 / 3, body, { steps: 3, from: 0.25, shape: 'sqrt' }, { steps: 2 }),
  });
  const bodies: Body[] = [
    ...BODIES.map(({ kind }) => ({ kind }) as Body)
      .filter(isNamed)
      .map(({ kind }) => makeBody(kind)),
    { kind: 'points', interpolation: 'hold', points: [[0.3, 1 / 3]] },
    {
      kind: 'points',
      interpolation: 'linear',
      points: [
        [0, 1],
        [0.5, 0.25],
        [1, 0],
      ],
    },
    { kind: 'pieces', pieces: [{ share: 2, shape: 'square', from: 0, to: 1 / 7 }] },
    { kind: 'formula', formula: 'max(0, 1 − z)' },
  ];
  it.each(bodies.map((body) => [body.kind, body] as const))('carry %s', (_kind, body) => {
    const instance = withBody(body);
    expect(unwrap(codec.decode(codec.encode(instance), 1))).toEqual(instance);
  });

  it('keep reading the first version', () => {
    const bytes = Buffer.from('191dbdb19195b868194f1181b8f428014201026408', 'hex');
    expect(unwrap(codec.decode(bytes, 1))).toEqual({
      name: 'Golden',
      task: makeTask('spirals', { arms: 3, noise: 0.15, activation: 'relu', seed: 3 }),
      steps: 3000,
      batch: 32,
      schedule: makeSchedule(0.02, makeBody('cosine-restarts', { cycles: 4, growth: 2 })),
    });
  });

  it('refuse counts above the limits before reading on', () => {
    const bytes = codec.encode(withBody({ kind: 'formula', formula: '1' }));
    bytes[0] = 0xff;
    expect(codec.decode(bytes, 1).ok).toBe(false);
  });
});

describe('sequences and products', () => {
  const withBody = (body: unknown) =>
    validate({ task: { kind: 'spirals' }, steps: 100, schedule: { peak: 0.1, body } });
  const nested = (depth: number): object =>
    depth === 1 ? { kind: 'linear' } : { kind: 'product', factors: [nested(depth - 1)] };

  it('are read with defaults and survive links', () => {
    const body = {
      kind: 'sequence',
      parts: [
        { body: { kind: 'cosine' } },
        {
          share: 2.5,
          body: { kind: 'product', factors: [{ kind: 'linear' }, { kind: 'uba', phi: 3 }] },
        },
        {
          share: 1,
          body: {
            kind: 'points',
            points: [
              [0, 1],
              [1, 0.5],
            ],
          },
        },
      ],
    };
    const read = withBody(body);
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    expect(read.value.schedule.body).toMatchObject({
      kind: 'sequence',
      parts: [{ share: 1 }, { share: 2.5 }, {}],
    });
    expect(codec.decode(codec.encode(read.value), codec.version)).toEqual(read);
  });

  it('are refused when too deep, too long, empty, or made of what follows a run', () => {
    expect(withBody(nested(3)).ok).toBe(true);
    expect(withBody(nested(4)).ok).toBe(false);
    expect(withBody(nested(400)).ok).toBe(false);
    expect(withBody({ kind: 'product', factors: [] }).ok).toBe(false);
    expect(withBody({ kind: 'product', factors: new Array(11).fill({ kind: 'linear' }) }).ok).toBe(
      false,
    );
    expect(withBody({ kind: 'sequence', parts: [{ share: 0, body: { kind: 'linear' } }] }).ok).toBe(
      false,
    );
    expect(withBody({ kind: 'sequence', parts: [null, 3] }).ok).toBe(false);
    expect(withBody({ kind: 'product', factors: [{ kind: 'plateau' }] }).ok).toBe(false);
    expect(withBody({ kind: 'plateau' }).ok).toBe(true);
    const many = {
      kind: 'product',
      factors: [
        { kind: 'formula', formula: '100' },
        { kind: 'formula', formula: '100' },
      ],
    };
    const tooLarge = withBody(many);
    expect(tooLarge.ok ? null : tooLarge.issues[0].message).toMatch(/The curve is 10000/);
  });
});
