import type { Gestures } from '../../views.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import {
  addCustomer,
  editOf,
  extentOf,
  moveNode,
  reassign,
  removeCustomer,
  type VrpEdit,
} from './edits.ts';
import { customerId, customerOf, DEPOT_ID, planOf, type VrpFrame } from './plan.ts';

/** Customer 1 … n, 0 for the depot, null for anything else. */
const nodeOf = (frame: VrpFrame, target: string): number | null =>
  target === DEPOT_ID ? 0 : customerOf(target, frame.instance);

const nameOf = (node: number): string => (node === 0 ? 'Depot' : `Customer ${node}`);

function remove(frame: VrpFrame, target: string): VrpEdit | null {
  const node = nodeOf(frame, target);
  if (node === null) return null;
  if (node === 0) return { kind: 'refused', reason: 'The depot cannot be removed; drag it.' };
  return editOf(removeCustomer(frame.instance, node), `Customer ${node} removed.`, null);
}

function move(frame: VrpFrame, target: string, x: number, y: number): VrpEdit | null {
  const node = nodeOf(frame, target);
  if (node === null) return null;
  const instance = moveNode(frame.instance, node, x, y);
  const place = node === 0 ? instance.depot : instance.customers[node - 1];
  return {
    kind: 'instance',
    instance,
    announce: `${nameOf(node)} moved to ${place.x}, ${place.y}.`,
    select: target,
  };
}

export const mapGestures: Gestures<VrpInstance, VrpSolution> = {
  hint: 'Click to add a customer, drag customers or the depot, Delete removes, Alt+arrows nudge.',
  click(frame, target, at) {
    if (target !== null) return null;
    const added = frame.instance.customers.length + 1;
    return editOf(
      addCustomer(frame.instance, at.x, at.y),
      `Customer ${added} added.`,
      customerId(added),
    );
  },
  drag: (frame, target, _from, to) => move(frame, target, to.x, to.y),
  remove,
  nudge(frame, target, dx, dy) {
    const node = nodeOf(frame, target);
    if (node === null) return null;
    const { depot, customers } = frame.instance;
    const { x, y } = node === 0 ? depot : customers[node - 1];
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
  nudge(frame, target, _dx, dy) {
    const customer = customerOf(target, frame.instance);
    const plan = planOf(frame.instance, frame.solution);
    if (customer === null || !plan || dy === 0) return null;
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
  return reassign(frame.instance, { routes: plan.routes.map((r) => [...r]) }, customer, row);
}
