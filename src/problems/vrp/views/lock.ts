/** Locking the route of the selected element, and unlocking it. */
import type { ElementAction } from '../../views.ts';
import { isDynamic, type LockedRoute, type VrpInstance, type VrpSolution } from '../instance.ts';
import { isLocked } from '../locks.ts';
import { validate } from '../schema.ts';
import { editOf } from './edits.ts';
import { planOf, selectedRoute, type VrpFrame } from './plan.ts';

export function lockActions(
  frame: VrpFrame,
  target: string,
): readonly ElementAction<VrpInstance, VrpSolution>[] {
  const { instance } = frame;
  const plan = planOf(instance, frame.solution);
  if (!plan || instance.inventory || isDynamic(instance)) return [];
  const r = selectedRoute({ ...frame, selected: target }, plan);
  if (r < 0) return [];
  const route = plan.routes[r];
  const type = plan.types[r];
  const { locked = [] } = instance;
  const withLocks = (locks: readonly LockedRoute[]) =>
    validate({ ...instance, locked: locks.length > 0 ? locks : undefined });
  if (isLocked(instance, route, type))
    return [
      {
        id: 'unlock',
        label: `Unlock route ${r + 1}`,
        help: 'Let solvers change this route again.',
        apply: () =>
          editOf(
            withLocks(locked.filter(({ customers }) => customers[0] !== route[0])),
            `Route ${r + 1} unlocked.`,
          ),
      },
    ];
  return [
    {
      id: 'lock',
      label: `Lock route ${r + 1}`,
      help: 'Keep this route as it is; solvers plan the rest around it.',
      apply: () => {
        const lock = { customers: [...route], ...(type > 0 ? { type } : {}) };
        return editOf(withLocks([...locked, lock]), `Route ${r + 1} locked.`);
      },
    },
    ...(locked.length > 0
      ? [
          {
            id: 'unlock-all',
            label: 'Unlock all',
            help: 'Let solvers change all routes again.',
            apply: () => editOf(withLocks([]), 'All routes unlocked.'),
          },
        ]
      : []),
  ];
}
