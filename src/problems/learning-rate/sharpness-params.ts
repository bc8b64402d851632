/** Parameters of all optimizers that ask for more to be measured along the run. */
import type { ParamSpec, ParamsOf } from '../../core/params.ts';

export const sharpnessParams = [
  {
    type: 'number',
    id: 'sharpness',
    label: 'Sharpness every',
    unit: 'steps',
    help: 'How often the largest eigenvalue of the training loss’s Hessian is measured, to be held against 2/η; 0 for never.',
    default: 0,
    min: 0,
    max: 100_000,
    integer: true,
  },
  {
    type: 'number',
    id: 'snapshots',
    label: 'Snapshots',
    help: 'Iterates kept of a network’s path, for the picture of its plane: principal components with the loss around, worked out at the end; 0 for none.',
    default: 0,
    min: 0,
    max: 200,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

/** Parameters of the central flow. */
export const centralFlowParams = [
  {
    type: 'number',
    id: 'parts',
    label: 'Parts of a step',
    help: 'Euler steps that the flows take for each step of descent.',
    default: 4,
    min: 1,
    max: 32,
    integer: true,
  },
  {
    type: 'number',
    id: 'directions',
    label: 'Critical directions',
    help: 'Along how many eigenvectors of the Hessian the oscillation is averaged over, at most: one, or two and what they have in common.',
    default: 2,
    min: 1,
    max: 2,
    integer: true,
  },
  {
    type: 'number',
    id: 'sharpness',
    label: 'Sharpness every',
    unit: 'steps',
    help: 'How often the sharpness of descent and of the gradient flow is measured.',
    default: 10,
    min: 1,
    max: 100_000,
    integer: true,
  },
] as const satisfies readonly ParamSpec[];

export type CentralFlowParams = ParamsOf<typeof centralFlowParams>;

export type SharpnessParams = ParamsOf<typeof sharpnessParams>;
