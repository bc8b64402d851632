/** How a saved training run goes on: from its step, along the curve as it is now. */
import { formatNumber } from '../../../core/format.ts';
import type { Continuation } from '../../views.ts';
import { LIMITS, type Instance, type Solution } from '../instance.ts';

/** Steps to go further, of those there are. */
const FURTHER = 0.5;

export function continuation(
  instance: Instance,
  { checkpoint }: Solution,
): Continuation<Instance> | null {
  if (!checkpoint) return null;
  const { step } = checkpoint;
  const further = Math.max(1, Math.round(FURTHER * Math.max(step, instance.steps)));
  const steps = Math.min(LIMITS.steps, Math.max(step, instance.steps) + further);
  return {
    stands: `step ${formatNumber(step)} of ${formatNumber(instance.steps)}`,
    isOver: step >= instance.steps,
    ...(steps > instance.steps
      ? {
          longer: {
            label: `to step ${formatNumber(steps)}`,
            instance: { ...instance, steps },
          },
        }
      : {}),
  };
}
