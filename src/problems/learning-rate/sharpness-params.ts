/** The parameter of all optimizers that asks for the sharpness along the run. */
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
] as const satisfies readonly ParamSpec[];

export type SharpnessParams = ParamsOf<typeof sharpnessParams>;
