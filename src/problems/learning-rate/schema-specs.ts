/** Ranges of an experiment's numbers and choices, for reading them and for the JSON Schema. */
import type { ParamSpec } from '../../core/params.ts';
import { LIMITS } from './instance.ts';
import { INTERPOLATIONS, SHAPES } from './schedule.ts';

type NumberSpec = Extract<ParamSpec, { type: 'number' }>;

const number = (
  id: string,
  label: string,
  min: number,
  max: number,
  value: number,
  integer = false,
): NumberSpec => ({ type: 'number', id, label, help: '', default: value, min, max, integer });

export const stepsSpec = number('steps', 'Steps', 1, LIMITS.steps, 1000, true);
export const batchSpec = number('batch', 'Batch', 1, LIMITS.batch, 32, true);
export const peakSpec = number('peak', 'Peak learning rate', 1e-9, 1e6, 0.1);
export const rampSteps = number('steps', 'Steps', 0, LIMITS.steps, 0, true);
export const fractionSpec = number('at', 'The fraction', 0, 1, 0);
export const multipleSpec = number('value', 'The multiple of the peak', 0, 1000, 1);
export const shareSpec = number('share', 'Share', 1e-6, 1e6, 1);
export const shapeSpec: ParamSpec = {
  type: 'choice',
  id: 'shape',
  label: 'Shape',
  help: '',
  default: 'linear',
  options: SHAPES,
};
export const interpolationSpec: ParamSpec = {
  type: 'choice',
  id: 'interpolation',
  label: 'Interpolation',
  help: '',
  default: 'monotone',
  options: INTERPOLATIONS,
};
export const warmupSpecs = [rampSteps, { ...multipleSpec, id: 'from', default: 0 }, shapeSpec];
export const cooldownSpecs = [rampSteps, { ...multipleSpec, id: 'to', default: 0 }, shapeSpec];
export const pieceSpecs = [
  shareSpec,
  shapeSpec,
  { ...multipleSpec, id: 'from' },
  { ...multipleSpec, id: 'to' },
];
