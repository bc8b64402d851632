/** Schedules by name, with peak 1, for the command line. */
import { readParams, type ParamSpec } from '../../core/params.ts';
import { fail, type Result } from '../../core/result.ts';
import { learningRates } from './curve.ts';
import { LIMITS } from './instance.ts';
import { ownName } from './schedule-names.ts';
import {
  BODY_CHOICES,
  SHAPES,
  isNamed,
  makeBody,
  makeSchedule,
  makeWsd,
  type Body,
  type NamedKind,
  type Schedule,
  type Shape,
} from './schedule.ts';

/** A schedule that can be asked for by name. */
export interface NamedSchedule {
  name: string;
  help: string;
  params: readonly ParamSpec[];
  make(horizon: number, values: Readonly<Record<string, unknown>>): Schedule;
}

const warmup: ParamSpec = {
  type: 'number',
  id: 'warmup',
  label: 'Warm-up',
  help: 'Steps of a linear rise from 0 before it.',
  default: 0,
  min: 0,
  max: LIMITS.steps,
  integer: true,
};

const wsd: NamedSchedule = {
  name: 'wsd',
  help: 'Constant with a cooldown to 0 (Hägele et al. 2024).',
  params: [
    {
      type: 'number',
      id: 'cooldown',
      label: 'Cooldown',
      help: 'Its fraction c of the horizon: ⌊c (T + 1)⌋ steps.',
      default: 0.2,
      min: 0,
      max: 1,
    },
    {
      type: 'choice',
      id: 'shape',
      label: 'Shape',
      help: 'How the cooldown falls; sqrt is 1 − √.',
      default: 'linear',
      options: SHAPES,
    },
    warmup,
  ],
  make: (horizon, values) =>
    makeWsd(1, horizon, values.cooldown as number, values.shape as Shape, values.warmup as number),
};

/** 1/√t is counted from the first step, as in the bound's source. */
const withDefaults = (kind: string, specs: readonly ParamSpec[]): readonly ParamSpec[] =>
  kind === 'inverse-square-root'
    ? specs.map((spec) =>
        spec.type === 'number' && spec.id === 'timescale' ? { ...spec, default: 1 } : spec,
      )
    : specs;

/** WSD and every named body. */
export const NAMED: readonly NamedSchedule[] = [
  wsd,
  ...BODY_CHOICES.filter(({ kind, followsRun }) => isNamed({ kind } as Body) && !followsRun).map(
    ({ kind, help, specs }): NamedSchedule => ({
      name: kind,
      help,
      params: [...withDefaults(kind, specs), warmup],
      make: (_horizon, { warmup: steps, ...values }) =>
        makeSchedule(1, makeBody(kind as NamedKind, values), { steps: steps as number }),
    }),
  ),
];

/**
 * Rates η(0) … η(T) of a schedule by our name, torch's, optax' or Hugging Face's, with peak 1. Issues for an unknown name or parameter, a value
 * out of range, or a warm-up longer than the horizon.
 * @param given values by name, text or typed.
 */
export function namedRates(
  name: string,
  horizon: number,
  given: Readonly<Record<string, unknown>>,
): Result<Float64Array> {
  const own = ownName(name);
  const schedule = NAMED.find((candidate) => candidate.name === own);
  if (!schedule)
    return fail({
      message: `There is no schedule "${name}".`,
      hint: `Use one of: ${NAMED.map((known) => known.name).join(', ')}.`,
    });
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > LIMITS.steps)
    return fail({ message: `The horizon must be a whole number from 1 to ${LIMITS.steps}.` });
  const values = readParams(schedule.params, given);
  if (!values.ok) return values;
  if ((values.value.warmup as number) > horizon)
    return fail({ message: `The warm-up must not be longer than the ${horizon} steps.` });
  return { ok: true, value: learningRates(schedule.make(horizon, values.value), horizon) };
}
