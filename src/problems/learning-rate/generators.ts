/** Seeded instances. */
import { exp, log } from '../../core/math.ts';
import type { ParamSpec, ParamValues } from '../../core/params.ts';
import type { Rng } from '../../core/rng.ts';
import type { InstanceGenerator } from '../family.ts';
import { roundRate } from './edit.ts';
import { LIMITS, type Instance } from './instance.ts';
import { SHAPES, makeBody, makeSchedule, type ControlPoint, type Shape } from './schedule.ts';
import { TASK_CHOICES, makeTask, taskInfo, type Task, type TaskKind } from './tasks.ts';

const steps = {
  type: 'number',
  id: 'steps',
  label: 'Steps',
  help: 'Number of optimizer steps.',
  default: 1000,
  min: 10,
  max: LIMITS.steps,
  integer: true,
} as const;

const task = {
  type: 'choice',
  id: 'task',
  label: 'Task',
  help: 'What is trained.',
  default: 'spirals',
  options: TASK_CHOICES.map((info) => ({ value: info.kind, label: info.name, help: info.summary })),
} as const satisfies ParamSpec;

/** Peaks between which each task's default optimizer works well. */
const peaks: Readonly<Record<TaskKind, readonly [number, number]>> = {
  quadratic: [0.02, 0.5],
  rosenbrock: [0.01, 0.1],
  himmelblau: [0.02, 0.3],
  beale: [0.01, 0.1],
  saddle: [0.05, 0.5],
  'monkey-saddle': [0.02, 0.15],
  rastrigin: [0.05, 0.5],
  absolute: [0.01, 0.2],
  logistic: [0.05, 1],
  spirals: [0.003, 0.03],
  iris: [0.01, 0.1],
  text: [0.001, 0.004],
  circles: [0.003, 0.03],
  xor: [0.005, 0.05],
  table: [0.003, 0.03],
  digits: [0.001, 0.01],
};

const logUniform = (rng: Rng, low: number, high: number): number =>
  roundRate(exp(log(low) + (log(high) - log(low)) * rng.float()));

const decimals = (value: number): number => Math.round(value * 1000) / 1000;

function randomTask(kind: TaskKind, rng: Rng): Task {
  const seed = rng.int(100_000);
  switch (kind) {
    case 'quadratic':
      return makeTask('quadratic', {
        dimension: rng.int(2) === 0 ? 2 : 2 + rng.int(60),
        condition: roundRate(logUniform(rng, 2, 500)),
        noise: decimals(rng.float()),
      });
    case 'rosenbrock':
      return makeTask('rosenbrock', {
        startX: decimals(4 * rng.float() - 2),
        startY: decimals(4 * rng.float() - 1),
      });
    case 'himmelblau':
    case 'beale':
    case 'saddle':
    case 'monkey-saddle':
    case 'rastrigin':
      return makeTask(kind, {
        startX: decimals(4 * rng.float() - 2),
        startY: decimals(4 * rng.float() - 2),
      });
    case 'absolute':
      return makeTask('absolute', { seed });
    case 'logistic':
      return makeTask('logistic', { separation: decimals(1 + 3 * rng.float()), seed });
    case 'spirals':
    case 'circles':
    case 'xor':
    case 'iris':
    case 'table':
      return makeTask(kind, { seed });
    case 'digits':
      return makeTask('digits', { network: rng.int(2) === 0 ? 'dense' : 'convolution' });
    case 'text':
      return makeTask('text');
  }
}

const randomWsd: InstanceGenerator<Instance> = {
  id: 'wsd',
  name: 'Random WSD',
  summary: 'Warm-up, plateau and cooldown of random lengths and heights.',
  source: 'own',
  params: [task, steps],
  generate(values: ParamValues, rng: Rng) {
    const kind = values.task as TaskKind;
    const count = values.steps as number;
    const shape: Shape = SHAPES[rng.int(SHAPES.length)].value;
    const warmup = Math.floor(0.1 * rng.float() * count);
    const cooldown = Math.floor((0.05 + 0.55 * rng.float()) * count);
    return {
      name: `Random WSD on ${taskInfo(kind).name}`,
      task: randomTask(kind, rng),
      steps: count,
      batch: 32,
      schedule: makeSchedule(
        logUniform(rng, ...peaks[kind]),
        makeBody('constant'),
        { steps: warmup },
        { steps: cooldown, shape },
      ),
    };
  },
};

const randomPoints: InstanceGenerator<Instance> = {
  id: 'points',
  name: 'Random control points',
  summary: 'A smooth curve through control points at random heights.',
  source: 'own',
  params: [
    task,
    steps,
    {
      type: 'number',
      id: 'points',
      label: 'Points',
      help: 'Number of control points.',
      default: 6,
      min: 2,
      max: 100,
      integer: true,
    },
  ],
  generate(values: ParamValues, rng: Rng) {
    const kind = values.task as TaskKind;
    const last = (values.points as number) - 1;
    const points = Array.from({ length: last + 1 }, (_, i): ControlPoint => {
      const shift = i === 0 || i === last ? 0 : 0.6 * (rng.float() - 0.5);
      return [Math.round((10_000 * (i + shift)) / last) / 10_000, decimals(rng.float())];
    });
    return {
      name: `Random curve on ${taskInfo(kind).name}`,
      task: randomTask(kind, rng),
      steps: values.steps as number,
      batch: 32,
      schedule: makeSchedule(logUniform(rng, ...peaks[kind]), {
        kind: 'points',
        interpolation: 'monotone',
        points,
      }),
    };
  },
};

const randomSpirals: InstanceGenerator<Instance> = {
  id: 'spirals',
  name: 'Random spirals',
  summary: 'Spirals with a chosen number of arms and noise, trained along a cosine.',
  source: 'own, after Lang and Witbrock, 1988',
  params: [
    {
      type: 'number',
      id: 'arms',
      label: 'Arms',
      help: 'Number of spiral arms, one class each.',
      default: 3,
      min: 2,
      max: 6,
      integer: true,
    },
    {
      type: 'number',
      id: 'noise',
      label: 'Noise',
      help: 'Standard deviation of the samples around their arm; the arms reach to radius 4.',
      default: 0.2,
      min: 0,
      max: 2,
      step: 0.05,
    },
    steps,
  ],
  generate(values: ParamValues, rng: Rng) {
    const count = values.steps as number;
    return {
      name: `${values.arms} spirals`,
      task: makeTask('spirals', {
        arms: values.arms as number,
        noise: values.noise as number,
        turns: decimals(0.5 + rng.float()),
        activation: (['tanh', 'relu', 'gelu'] as const)[rng.int(3)],
        seed: rng.int(100_000),
      }),
      steps: count,
      batch: 32,
      schedule: makeSchedule(logUniform(rng, ...peaks.spirals), makeBody('cosine'), {
        steps: Math.floor(count / 20),
      }),
    };
  },
};

export const generators: readonly InstanceGenerator<Instance>[] = [
  randomWsd,
  randomPoints,
  randomSpirals,
];
