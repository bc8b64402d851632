/** What the figures train: small tasks on which schedules differ, or the document's own. */
import type { ParamSpec } from '../../../core/params.ts';
import type { Instance } from '../instance.ts';
import type { SolverId } from '../solvers.ts';
import { isClassifier, makeTask, type Task } from '../tasks.ts';

export interface Preset {
  id: string;
  name: string;
  task: Task;
  batch: number;
  steps: number;
  solverId: SolverId;
  /** Between these base rates the best one lies for every usual schedule. */
  low: number;
  high: number;
  /** As a fraction of the steps. */
  warmup: number;
}

/** Made once, so that their data are drawn once. */
const quadratic: Preset = {
  id: 'quadratic',
  name: 'Noisy quadratic',
  task: makeTask('quadratic', { dimension: 200, spectrum: 'harmonic', noise: 1 }),
  batch: 1,
  steps: 1_000,
  solverId: 'sgd',
  low: 0.05,
  high: 1.6,
  warmup: 0,
};

const absolute: Preset = {
  id: 'absolute',
  name: 'ℓ1 regression',
  task: makeTask('absolute'),
  batch: 1,
  steps: 400,
  solverId: 'sgd',
  low: 0.01,
  high: 0.32,
  warmup: 0,
};

const logistic: Preset = {
  id: 'logistic',
  name: 'Logistic regression, wrong labels',
  task: makeTask('logistic', { samples: 1_000, features: 30, flipped: 0.1, l2: 0 }),
  batch: 4,
  steps: 1_000,
  solverId: 'sgd',
  low: 0.02,
  high: 1.28,
  warmup: 0,
};

const network: Preset = {
  id: 'network',
  name: 'Network on overlapping spirals',
  task: makeTask('spirals', { samples: 800, noise: 0.7 }),
  batch: 16,
  steps: 1_500,
  solverId: 'adamw',
  low: 0.001,
  high: 0.064,
  warmup: 0.05,
};

const characters: Preset = {
  id: 'characters',
  name: 'Character transformer',
  task: makeTask('text', { layers: 1, width: '32', context: '32' }),
  batch: 8,
  steps: 600,
  solverId: 'adamw',
  low: 0.001,
  high: 0.032,
  warmup: 0.05,
};

export const PRESETS: readonly Preset[] = [quadratic, absolute, logistic, network, characters];

/** A parameter that chooses a preset or the document. */
export const taskParam = (value: string) =>
  ({
    type: 'choice',
    id: 'task',
    label: 'Task',
    help: 'What is trained: a task on which the effect shows, or this document’s own.',
    default: value,
    options: [
      ...PRESETS.map(({ id, name }) => ({ value: id, label: name })),
      {
        value: 'document',
        label: 'This document’s',
        help: 'Its task, batch and steps, with SGD or, for networks, AdamW around its peak rate.',
      },
    ],
  }) as const satisfies ParamSpec;

/** A number of seeds. */
export const seedsParam = (value: number) =>
  ({
    type: 'number',
    id: 'seeds',
    label: 'Seeds',
    help: 'Runs of each setting with different starts, batches and noise; means are shown.',
    default: value,
    min: 1,
    max: 20,
    integer: true,
  }) as const satisfies ParamSpec;

/** Steps of a run; 0 takes the task's own. */
export const stepsParam = {
  type: 'number',
  id: 'steps',
  label: 'Steps',
  help: 'T of each run; 0 takes what suits the task.',
  unit: 'steps',
  default: 0,
  min: 0,
  max: 20_000,
  integer: true,
} as const satisfies ParamSpec;

/** The chosen preset; of the document its task, with rates around its peak. */
export function presetOf(instance: Instance, id: string, steps = 0): Preset {
  const preset = PRESETS.find((known) => known.id === id) ?? fromDocument(instance);
  return steps > 0 ? { ...preset, steps } : preset;
}

function fromDocument({ name, task, batch, steps, schedule }: Instance): Preset {
  const convex = !isClassifier(task) || task.kind === 'logistic';
  return {
    id: 'document',
    name,
    task,
    batch,
    steps,
    solverId: convex ? 'sgd' : 'adamw',
    low: schedule.peak / 8,
    high: schedule.peak * 8,
    warmup: schedule.warmup.steps / steps,
  };
}

/** Warm-up steps of a run of `steps`. */
export const warmupOf = (preset: Preset, steps = preset.steps): number =>
  Math.round(preset.warmup * steps);
