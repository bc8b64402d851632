/** The JSON Schema of an experiment, for editors. */
import type { ParamSpec } from '../../core/params.ts';
import { LIMITS } from './instance.ts';
import { BODIES } from './schedule.ts';
import {
  batchSpec,
  cooldownSpecs,
  fractionSpec,
  interpolationSpec,
  multipleSpec,
  peakSpec,
  pieceSpecs,
  shareSpec,
  stepsSpec,
  warmupSpecs,
} from './schema-specs.ts';
import { TABLE_LIMITS } from './table.ts';
import { TASKS } from './tasks.ts';

function specSchema(spec: ParamSpec): object {
  const text = { title: spec.label, ...(spec.help ? { description: spec.help } : {}) };
  if (spec.type === 'number')
    return {
      ...text,
      type: spec.integer ? 'integer' : 'number',
      minimum: spec.min,
      maximum: spec.max,
      default: spec.default,
    };
  if (spec.type === 'choice')
    return { ...text, enum: spec.options.map((option) => option.value), default: spec.default };
  return { ...text, type: 'boolean', default: spec.default };
}

const objectSchema = (properties: Readonly<Record<string, object>>, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const specsSchema = (specs: readonly ParamSpec[]): Record<string, object> =>
  Object.fromEntries(specs.map((spec) => [spec.id, specSchema(spec)]));

/** The schedules inside are described by name only. */
const memberSchema = { type: 'object', required: ['kind'], description: 'A body.' };

const bodySchemas = BODIES.map((info) => {
  const kind = { const: info.kind, description: info.help };
  switch (info.kind) {
    case 'points':
      return objectSchema(
        {
          kind,
          interpolation: specSchema(interpolationSpec),
          points: {
            type: 'array',
            minItems: 1,
            maxItems: LIMITS.points,
            items: {
              type: 'array',
              description: '[fraction of the body, multiple of the peak]',
              items: [specSchema(fractionSpec), specSchema(multipleSpec)],
              minItems: 2,
              maxItems: 2,
            },
          },
        },
        ['kind', 'points'],
      );
    case 'pieces':
      return objectSchema(
        {
          kind,
          pieces: {
            type: 'array',
            minItems: 1,
            maxItems: LIMITS.pieces,
            items: objectSchema(specsSchema(pieceSpecs)),
          },
        },
        ['kind', 'pieces'],
      );
    case 'sequence':
      return objectSchema(
        {
          kind,
          parts: {
            type: 'array',
            minItems: 1,
            maxItems: LIMITS.members,
            items: objectSchema({ share: specSchema(shareSpec), body: memberSchema }, ['body']),
          },
        },
        ['kind', 'parts'],
      );
    case 'product':
      return objectSchema(
        {
          kind,
          factors: { type: 'array', minItems: 1, maxItems: LIMITS.members, items: memberSchema },
        },
        ['kind', 'factors'],
      );
    case 'formula':
      return objectSchema(
        { kind, formula: { type: 'string', minLength: 1, maxLength: LIMITS.formula } },
        ['kind', 'formula'],
      );
    case 'code':
      return objectSchema(
        { kind, code: { type: 'string', minLength: 1, maxLength: LIMITS.code } },
        ['kind', 'code'],
      );
    default:
      return objectSchema({ kind, ...specsSchema(info.specs) }, ['kind']);
  }
});

export const jsonSchema: object = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Learning-rate curve',
  ...objectSchema(
    {
      name: { type: 'string', maxLength: LIMITS.name },
      task: {
        description: 'What is trained.',
        oneOf: TASKS.map((info) =>
          objectSchema(
            {
              kind: { const: info.kind, description: info.summary },
              ...specsSchema(info.specs),
              ...(info.kind === 'table'
                ? { csv: { type: 'string', maxLength: TABLE_LIMITS.characters } }
                : {}),
            },
            ['kind'],
          ),
        ),
      },
      steps: { ...specSchema(stepsSpec), description: 'Number of optimizer steps.' },
      batch: { ...specSchema(batchSpec), description: 'Samples per step.' },
      schedule: objectSchema(
        {
          peak: { ...specSchema(peakSpec), description: 'What 1 on the curve stands for.' },
          warmup: objectSchema(specsSchema(warmupSpecs)),
          body: { oneOf: bodySchemas },
          cooldown: objectSchema(specsSchema(cooldownSpecs)),
        },
        ['peak', 'body'],
      ),
    },
    ['task', 'steps', 'schedule'],
  ),
};
