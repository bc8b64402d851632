import type { Gestures } from '../../views.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { depotNode, placeOf } from '../metric.ts';
import {
  addCustomer,
  editOf,
  extentOf,
  moveNode,
  reassign,
  removeCustomer,
  removeDepot,
  type VrpEdit,
} from './edits.ts';
import { lockActions } from './lock.ts';
import { customerId, customerOf, placeAt, planOf, type VrpFrame } from './plan.ts';

/** Customer 1 … n, 0 for the depot, n + 1 … for further depots, null for anything else. */
function nodeOf({ instance }: VrpFrame, target: string): number | null {
  const depot = /^depot:(\d+)$/.exec(target);
  if (!depot) return customerOf(target, instance);
  const index = Number(depot[1]);
  return index <= (instance.depots?.length ?? 0)
    ? depotNode(instance.customers.length, index)
    : null;
}

const nameOf = ({ instance: { customers } }: VrpFrame, node: number): string =>
  node === 0
    ? 'Depot'
    : node <= customers.length
      ? `Customer ${node}`
      : `Depot ${node - customers.length + 1}`;

function remove(frame: VrpFrame, target: string): VrpEdit | null {
  const node = nodeOf(frame, target);
  if (node === null) return null;
  const n = frame.instance.customers.length;
  if (node === 0) return { kind: 'refused', reason: 'The depot cannot be removed; drag it.' };
  if (node > n)
    return editOf(removeDepot(frame.instance, node - n), `${nameOf(frame, node)} removed.`, null);
  return editOf(removeCustomer(frame.instance, node), `Customer ${node} removed.`, null);
}

function move(frame: VrpFrame, target: string, x: number, y: number): VrpEdit | null {
  const node = nodeOf(frame, target);
  if (node === null) return null;
  const instance = moveNode(frame.instance, node, x, y);
  const place = placeOf(instance, node);
  return {
    kind: 'instance',
    instance,
    announce: `${nameOf(frame, node)} moved to ${place.x}, ${place.y}.`,
    select: target,
  };
}

export const mapGestures: Gestures<VrpInstance, VrpSolution> = {
  hint: 'Click to add a customer, drag customers or the depot, Delete removes, Alt+arrows nudge.',
  click(frame, target, at) {
    if (target !== null) return null;
    const place = placeAt(frame.instance, at);
    const added = frame.instance.customers.length + 1;
    return editOf(
      addCustomer(frame.instance, place.x, place.y),
      `Customer ${added} added.`,
      customerId(added),
    );
  },
  drag(frame, target, _from, to) {
    const { x, y } = placeAt(frame.instance, to);
    return move(frame, target, x, y);
  },
  remove,
  actions: lockActions,
  nudge(frame, target, dx, dy) {
    const node = nodeOf(frame, target);
    if (node === null) return null;
    const { x, y } = placeOf(frame.instance, node);
    const extent = extentOf(frame.instance);
    const step = extent >= 100 ? Math.round(extent / 100) : extent >= 20 ? 1 : extent / 100;
    // The map's y grows upwards, the screen's downwards.
    return move(frame, target, x + dx * step, y - dy * step);
  },
};

/** Rows are routes: a customer dragged to another row changes the vehicle. */
export const barGestures: Gestures<VrpInstance, VrpSolution> = {
  hint: 'Drag a customer to another route, Alt+up or down moves it one route; Delete removes it.',
  drag: (frame, target, _from, to) => assign(frame, target, Math.floor(to.y)),
  remove,
  actions: lockActions,
  nudge(frame, target, _dx, dy) {
    const customer = customerOf(target, frame.instance);
    const plan = planOf(frame.instance, frame.solution);
    if (customer === null || !plan || dy === 0 || plan.routeOf[customer] < 0) return null;
    return assign(frame, target, plan.routeOf[customer] + dy);
  },
};

function assign(frame: VrpFrame, target: string, row: number): VrpEdit | null {
  const customer = customerOf(target, frame.instance);
  const plan = planOf(frame.instance, frame.solution);
  if (customer === null || !plan || !frame.solution) return null;
  if (row < 0 || row >= plan.routes.length)
    return { kind: 'refused', reason: 'There is no route there.' };
  if (row === plan.routeOf[customer]) return null;
  return reassign(
    frame.instance,
    {
      routes: plan.routes.map((r) => [...r]),
      ...(plan.types.some((type) => type > 0) ? { types: [...plan.types] } : {}),
    },
    customer,
    row,
  );
}
