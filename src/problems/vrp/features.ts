/** What an instance asks of a solver beyond capacity, windows and durations. */
import { isDynamic, type PackedVrp, type VrpInstance } from './instance.ts';
import { isSymmetric } from './metric.ts';

export type Feature =
  | 'asymmetric'
  | 'open'
  | 'fixed-cost'
  | 'depots'
  | 'fleet'
  | 'prizes'
  | 'backhauls'
  | 'pairs'
  | 'dynamic'
  | 'stocks';

const NAMES: Readonly<Record<Feature, string>> = {
  asymmetric: 'distances that differ by direction, or driving times of their own',
  open: 'open routes',
  'fixed-cost': 'a cost per vehicle',
  depots: 'several depots',
  fleet: 'a mixed fleet',
  prizes: 'optional customers',
  backhauls: 'backhauls',
  pairs: 'pick-up and delivery pairs',
  dynamic: 'requests that become known later',
  stocks: 'stocks over several days',
};

/** The features of an instance, by name; none for a plain one. O(n), O(n²) once with a matrix. */
export function featuresOf(instance: VrpInstance): Feature[] {
  const { customers, matrix } = instance;
  const features: Feature[] = [];
  if (matrix && !isSymmetric(matrix)) features.push('asymmetric');
  if (instance.open) features.push('open');
  if (instance.fixedCost) features.push('fixed-cost');
  if (instance.depots) features.push('depots');
  if (instance.fleet) features.push('fleet');
  if (customers.some(({ prize }) => prize !== undefined)) features.push('prizes');
  if (customers.some(({ backhaul }) => backhaul)) features.push('backhauls');
  if (customers.some(({ deliverTo }) => deliverTo)) features.push('pairs');
  if (isDynamic(instance)) features.push('dynamic');
  if (instance.inventory) features.push('stocks');
  return features;
}

/** Has a packed instance none of the features; given symmetric distances are plain. O(n²). */
export function isPlain({ x, extras }: PackedVrp): boolean {
  if (!extras) return true;
  const { distances, prize, backhaul, deliverTo } = extras;
  if (extras.open || extras.fixedCost > 0 || extras.depots.length > 0 || extras.fleet.length > 0)
    return false;
  if (extras.durations || prize.some((value) => value < Infinity)) return false;
  if (backhaul.includes(1) || deliverTo.some((customer) => customer > 0)) return false;
  if (extras.stocks) return false;
  if (extras.known.some((time) => time > 0)) return false;
  if (!distances) return true;
  const size = x.length;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++)
      if (distances[i * size + j] !== distances[j * size + i]) return false;
  return true;
}

/** "open routes and backhauls". */
export function nameFeatures(features: readonly Feature[]): string {
  const names = features.map((feature) => NAMES[feature]);
  const last = names.pop() ?? '';
  return names.length > 0 ? `${names.join(', ')} and ${last}` : last;
}
