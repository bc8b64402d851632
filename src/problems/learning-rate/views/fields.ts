/** The scalars of an experiment as form fields. */
import type { ParamSpec } from '../../../core/params.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { Field, FieldType, FieldValue } from '../../views.ts';
import { CODE_EXAMPLE, CODE_NAME } from '../code-body.ts';
import { isEvaluated, NOT_EVALUATED } from '../code-values.ts';
import { bodySpan, setSteps, toPieces, toPoints, withSchedule } from '../edit.ts';
import { LIMITS, largestBatch, type Instance } from '../instance.ts';
import {
  BODIES,
  BODY_CHOICES,
  INTERPOLATIONS,
  SHAPES,
  bodyInfo,
  bodyValue,
  isNamed,
  isWsd,
  makeBody,
  makeWsd,
  type Body,
  type BodyKind,
  type NamedKind,
  type SequencePart,
} from '../schedule.ts';
import { bodyFormula } from '../schedule-formula.ts';
import { formulaFunction } from '../schedule-typescript.ts';
import { LIBRARY_NAMES } from '../schedule-names.ts';
import { validate } from '../schema.ts';
import { TABLE_LIMITS } from '../table.ts';
import {
  TASKS,
  TASK_CHOICES,
  makeTask,
  taskInfo,
  taskValue,
  type Task,
  type TaskKind,
} from '../tasks.ts';

type LrField = Field<Instance>;

const fieldType = (spec: ParamSpec): FieldType => {
  if (spec.type === 'choice') return { type: 'choice', options: spec.options };
  if (spec.type === 'boolean') return { type: 'boolean' };
  const { min, max, step, integer } = spec;
  return { type: 'number', min, max, ...(step ? { step } : {}), ...(integer ? { integer } : {}) };
};

/** Fields of a spec list; `set` puts one value in its place. */
function specFields(
  specs: readonly ParamSpec[],
  prefix: string,
  get: (id: string) => FieldValue,
  set: (id: string, value: FieldValue) => Result<Instance>,
): LrField[] {
  const values = Object.fromEntries(specs.map((spec) => [spec.id, get(spec.id)]));
  return specs
    .filter((spec) => spec.shownWhen?.(values) ?? true)
    .map((spec) => ({
      id: `${prefix}.${spec.id}`,
      label: spec.label,
      help: spec.help,
      ...(spec.unit ? { unit: spec.unit } : {}),
      field: fieldType(spec),
      value: get(spec.id),
      set: (value) => set(spec.id, value),
    }));
}

/** Another task, with a batch that it takes. */
const withTask = (instance: Instance, task: Task): Instance => ({
  ...instance,
  task,
  batch: Math.min(instance.batch, largestBatch(task)),
});

function taskFields(instance: Instance): LrField[] {
  const { task } = instance;
  return [
    {
      id: 'task',
      label: 'Task',
      help: 'What is trained.',
      field: {
        type: 'choice',
        options: TASK_CHOICES.map(({ kind, name }) => ({ value: kind, label: name })),
      },
      value: task.kind,
      set: (value) =>
        value === task.kind
          ? ok(instance)
          : TASKS.some(({ kind }) => kind === value)
            ? validate(withTask(instance, makeTask(value as TaskKind)))
            : validate({ ...instance, task: { kind: value } }),
    },
    ...specFields(
      taskInfo(task.kind).specs,
      'task',
      (id) => taskValue(task, id),
      (id, value) => validate(withTask(instance, { ...task, [id]: value } as Task)),
    ),
    ...(task.kind === 'table'
      ? [
          {
            id: 'task.csv',
            label: 'Table',
            help: 'Rows of cells, with a header or without; the last column is learned from the others.',
            field: {
              type: 'text',
              maxLength: TABLE_LIMITS.characters,
              multiline: true,
              monospace: true,
            },
            value: task.csv,
            set: (csv) => validate({ ...instance, task: { ...task, csv } }),
          } satisfies LrField,
        ]
      : []),
  ];
}

/** A formula that gives the same curve where one is short enough, else a cosine. */
function formulaOf(instance: Instance): string {
  const { body } = instance.schedule;
  switch (body.kind) {
    case 'formula':
      return body.formula;
    case 'constant':
      return '1';
    case 'linear':
      return body.final === 0 ? '1 - z' : `1 - (1 - ${body.final}) * z`;
    case 'exponential':
      return `${body.final} ^ z`;
    case 'polynomial':
      return `${body.final} + (1 - ${body.final}) * (1 - z) ^ ${body.power}`;
    case 'rex':
      return `(1 - z) / (1 - ${body.beta} * z)`;
    case 'noam':
      return `t + 1 < ${body.rise} ? (t + 1) / ${body.rise} : sqrt(${body.rise} / (t + 1))`;
    case 'inverse-square-root':
      return `sqrt(${body.timescale} / (t + ${body.timescale}))`;
    default: {
      const { first, last } = bodySpan(instance);
      const formula = bodyFormula(body, first, last - first);
      return formula !== null && formula.length <= LIMITS.formula
        ? formula
        : '0.5 * (1 + cos(pi * z))';
    }
  }
}

/** A function that gives the same curve where one is short enough, else an example. */
function codeOf(instance: Instance): string {
  const { body } = instance.schedule;
  if (body.kind === 'code') return body.code;
  const { first, last } = bodySpan(instance);
  const formula = bodyFormula(body, first, last - first);
  const code = formula === null ? null : formulaFunction(formula);
  return code !== null && code.length <= LIMITS.code ? code : CODE_EXAMPLE;
}

/** What the editor knows of the function to write. */
const CODE_TYPES = `/**
 * The learning rate of a step, as a multiple of the peak.
 * @param t the step, 0 for the first; also asked for t = T, where the curve ends
 * @param T the number of steps
 */
declare type Schedule = (t: number, T: number) => number;
`;

const WSD = 'wsd';

const asPart = (body: Body): SequencePart => ({ share: 1, body });

/** What a new sequence or product is made of: what there was, and a linear decay. */
function members(body: Body): Body[] {
  if (body.kind === 'sequence') return body.parts.map((part) => part.body);
  if (body.kind === 'product') return [...body.factors];
  const first = bodyInfo(body.kind).followsRun ? makeBody('constant') : body;
  return [first, makeBody('linear')];
}

const memberKinds = BODY_CHOICES.filter(
  ({ kind, followsRun }) => isNamed({ kind } as Body) && !followsRun,
).map(({ kind, name }) => ({ value: kind as string, label: name }));

/** Number, kinds, shares and parameters of the schedules in a sequence or product. */
function memberFields(
  instance: Instance,
  parts: readonly SequencePart[],
  isSequence: boolean,
): LrField[] {
  const set = (next: readonly SequencePart[]): Result<Instance> =>
    validate(
      withSchedule(instance, {
        body: isSequence
          ? { kind: 'sequence', parts: next }
          : { kind: 'product', factors: next.map(({ body }) => body) },
      }),
    );
  const setPart = (index: number, change: Partial<SequencePart>) =>
    set(parts.map((part, i) => (i === index ? { ...part, ...change } : part)));
  const word = isSequence ? 'Part' : 'Factor';
  const fields: LrField[] = [
    {
      id: 'members',
      label: `${word}s`,
      help: isSequence ? 'Schedules one after the other.' : 'Schedules that are multiplied.',
      field: { type: 'number', min: 1, max: LIMITS.members, integer: true },
      value: parts.length,
      set: (value) => {
        const count = Math.max(1, Math.min(LIMITS.members, Math.round(Number(value)) || 1));
        const added = Array.from({ length: Math.max(0, count - parts.length) }, () =>
          asPart(makeBody('constant')),
        );
        return set([...parts.slice(0, count), ...added]);
      },
    },
  ];
  parts.forEach(({ share, body }, i) => {
    const { kind } = body;
    const own = memberKinds.some(({ value }) => value === kind)
      ? memberKinds
      : [...memberKinds, { value: kind as string, label: bodyInfo(kind).name }];
    fields.push({
      id: `member${i}`,
      label: `${word} ${i + 1}`,
      help: bodyInfo(kind).help,
      field: { type: 'choice', options: own },
      value: kind,
      set: (value) =>
        value === kind
          ? ok(instance)
          : memberKinds.some((choice) => choice.value === value)
            ? setPart(i, { body: makeBody(value as NamedKind) })
            : fail({ message: 'Nest other schedules in the text of the experiment.' }),
    });
    if (isSequence)
      fields.push({
        id: `member${i}.share`,
        label: `Share ${i + 1}`,
        help: 'Of the body’s steps, relative to the other parts.',
        field: { type: 'number', min: 1e-6, max: 1e6 },
        value: share,
        set: (value) => setPart(i, { share: value as number }),
      });
    if (isNamed(body))
      fields.push(
        ...specFields(
          bodyInfo(kind).specs,
          `member${i}`,
          (id) => bodyValue(body, id),
          (id, value) => setPart(i, { body: { ...body, [id]: value } as Body }),
        ),
      );
  });
  return fields;
}

/** Another kind of schedule; what can be kept of the curve is kept. */
function setKind(instance: Instance, value: FieldValue): Result<Instance> {
  const { schedule, steps } = instance;
  const before = isWsd(schedule) ? WSD : schedule.body.kind;
  if (value === before) return ok(instance);
  // WSD is the cooldown; another kind does without it.
  const cooldown = isWsd(schedule) ? { ...schedule.cooldown, steps: 0 } : schedule.cooldown;
  const change = (body: Body) => validate(withSchedule(instance, { body, cooldown }));
  if (value === WSD) {
    const wsd = makeWsd(schedule.peak, steps, 0.2, 'linear', schedule.warmup.steps);
    const kept = schedule.cooldown.steps > 0 ? schedule.cooldown : wsd.cooldown;
    return validate(withSchedule(instance, { body: wsd.body, cooldown: kept }));
  }
  const makesCurve = value === 'points' || value === 'pieces';
  if (makesCurve && !isEvaluated(schedule.body, steps)) return fail(NOT_EVALUATED);
  switch (value as BodyKind) {
    case 'code':
      return change({ kind: 'code', code: codeOf(instance) });
    case 'points':
      return change(toPoints(instance));
    case 'pieces':
      return change({ kind: 'pieces', pieces: toPieces(instance) });
    case 'sequence':
      return change({ kind: 'sequence', parts: members(schedule.body).map(asPart) });
    case 'product':
      return change({ kind: 'product', factors: members(schedule.body) });
    case 'formula':
      return change({ kind: 'formula', formula: formulaOf(instance) });
  }
  if (!BODIES.some(({ kind }) => kind === value))
    return validate({ ...instance, schedule: { ...schedule, body: { kind: value } } });
  return change(makeBody(value as NamedKind));
}

function bodyFields(instance: Instance): LrField[] {
  const { body } = instance.schedule;
  const setBody = (change: object) =>
    validate({ ...instance, schedule: { ...instance.schedule, body: { ...body, ...change } } });
  switch (body.kind) {
    case 'points':
      return [
        {
          id: 'interpolation',
          label: 'Between points',
          help: 'How the curve runs from one control point to the next.',
          field: { type: 'choice', options: INTERPOLATIONS },
          value: body.interpolation,
          set: (interpolation) => setBody({ interpolation }),
        },
      ];
    case 'formula':
      return [
        {
          id: 'formula',
          label: 'Formula',
          help: 'A multiple of the peak in t (step from 0), T (steps) and z = t/T, with + − * / ^, comparisons, "a ? b : c", min, max, sqrt, exp, log, sin, cos, abs, floor, pi.',
          field: { type: 'text', maxLength: LIMITS.formula, multiline: true, monospace: true },
          value: body.formula,
          set: (formula) => setBody({ formula }),
        },
      ];
    case 'code':
      return [
        {
          id: 'code',
          label: 'Code',
          help: `A function ${CODE_NAME}(t, T) of the step t = 0 … T that gives a multiple of the peak. It runs on its own, when you press Run: no network, no page, no clock, no chance.`,
          field: {
            type: 'text',
            maxLength: LIMITS.code,
            multiline: true,
            monospace: true,
            code: { language: 'typescript', declarations: CODE_TYPES },
          },
          value: body.code,
          set: (code) => setBody({ code }),
        },
      ];
    case 'pieces':
      return [];
    case 'sequence':
      return memberFields(instance, body.parts, true);
    case 'product':
      return memberFields(instance, body.factors.map(asPart), false);
    default:
      return specFields(
        bodyInfo(body.kind).specs,
        'body',
        (id) => bodyValue(body, id),
        (id, value) => setBody({ [id]: value }),
      );
  }
}

/** Length, end and shape of the warm-up or the cooldown. */
function rampFields(instance: Instance, part: 'warmup' | 'cooldown'): LrField[] {
  const { schedule, steps } = instance;
  const name = part === 'warmup' ? 'Warm-up' : 'Cooldown';
  const ramp = schedule[part];
  const end = part === 'warmup' ? schedule.warmup.from : schedule.cooldown.to;
  const set = (change: object) =>
    validate({ ...instance, schedule: { ...schedule, [part]: { ...ramp, ...change } } });
  const fields: LrField[] = [
    {
      id: `${part}.steps`,
      label: name,
      help: part === 'warmup' ? 'Steps of rising rate; 0 for none.' : 'Last steps; 0 for none.',
      unit: 'steps',
      field: { type: 'number', min: 0, max: steps, integer: true },
      value: ramp.steps,
      set: (value) => set({ steps: value }),
    },
  ];
  if (ramp.steps === 0) return fields;
  fields.push(
    {
      id: `${part}.end`,
      label: part === 'warmup' ? 'Warm-up from' : 'Cooldown to',
      help:
        part === 'warmup'
          ? 'Where it starts, as a fraction of where it ends.'
          : 'Where it ends, as a multiple of the peak.',
      field: { type: 'number', min: 0, max: 1000 },
      value: end,
      set: (value) => set(part === 'warmup' ? { from: value } : { to: value }),
    },
    {
      id: `${part}.shape`,
      label: `${name} shape`,
      help: 'How the rate changes on the way.',
      field: { type: 'choice', options: SHAPES },
      value: ramp.shape,
      set: (shape) => set({ shape }),
    },
  );
  return fields;
}

/** Names of the chosen schedule in torch, optax and Hugging Face. */
function alsoKnown({ schedule }: Instance): string {
  const names = LIBRARY_NAMES[isWsd(schedule) ? WSD : schedule.body.kind] ?? [];
  return names.length > 0 ? ` Elsewhere: ${names.join(', ')}.` : '';
}

export function fields(instance: Instance): LrField[] {
  const { schedule } = instance;
  const kinds = BODY_CHOICES.map(({ kind, name }) => ({ value: kind as string, label: name }));
  kinds.splice(1, 0, { value: WSD, label: 'WSD' });
  return [
    ...taskFields(instance),
    {
      id: 'steps',
      label: 'Steps',
      help: 'T, the number of optimizer steps; warm-up and cooldown keep their share.',
      field: { type: 'number', min: 1, max: LIMITS.steps, integer: true },
      value: instance.steps,
      set: (value) =>
        Number.isInteger(value) && (value as number) > 0
          ? validate(setSteps(instance, value as number))
          : validate({ ...instance, steps: value }),
    },
    {
      id: 'batch',
      label: 'Batch',
      help: 'Samples per step; for functions the noise is averaged over as many gradients.',
      field: { type: 'number', min: 1, max: LIMITS.batch, integer: true },
      value: instance.batch,
      set: (batch) => validate({ ...instance, batch }),
    },
    {
      id: 'peak',
      label: 'Peak learning rate',
      help: 'What 1 on the curve stands for.',
      field: { type: 'number', min: 1e-9, max: 1e6 },
      value: schedule.peak,
      set: (peak) => validate({ ...instance, schedule: { ...schedule, peak } }),
    },
    {
      id: 'schedule',
      label: 'Schedule',
      help: `The curve between warm-up and cooldown; WSD is warm-up, stable, decay.${alsoKnown(instance)}`,
      field: { type: 'choice', options: kinds },
      value: isWsd(schedule) ? WSD : schedule.body.kind,
      set: (value) => setKind(instance, value),
    },
    ...bodyFields(instance),
    ...rampFields(instance, 'warmup'),
    ...rampFields(instance, 'cooldown'),
  ];
}
