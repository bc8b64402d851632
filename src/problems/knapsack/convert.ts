/** An instance of one kind read as one of another, with what the other needs filled in. */
import { dimensionsOf, makeItem, type Instance, type Item } from './instance.ts';
import { countsPieces, hasDimensions, hasLosses, isUnlimited, type Kind } from './kinds.ts';

/** Items in a class, when classes must be made up. */
const CLASS = 3;

/**
 * The same items as another kind. Dimensions beyond the first are lost where a kind has one only;
 * profits are the weights where there were none. O(n·m).
 */
export function convert(instance: Instance, kind: Kind | undefined): Instance {
  if (instance.kind === kind) return instance;
  const { capacities } = instance;
  const from = instance.kind;
  const keep = kind === undefined || hasDimensions(kind) ? dimensionsOf(instance) : 1;
  const shared = instance.elements ?? [];
  const items = instance.items.map((item, i): Item => {
    const weights = item.weights.slice(0, keep);
    for (const element of item.elements ?? []) weights[0] += shared[element - 1];
    if (isUnlimited(kind) && !weights.some((w) => w > 0)) weights[0] = 1;
    if (kind === 'bin-packing') weights[0] = Math.min(weights[0], capacities[0]);
    const profit = countsPieces(kind) ? 0 : countsPieces(from) ? weights[0] : item.profit;
    const made = makeItem(
      profit,
      kind === 'set-union' ? [0] : weights,
      kind === undefined && from === undefined ? item.count : 1,
      item.name,
    );
    if (kind === 'multiple-choice') made.group = Math.floor(i / CLASS) + 1;
    if (kind === 'set-union') made.elements = [i + 1];
    if (hasLosses(kind)) made.deviation = Math.floor(profit / 4);
    if (kind === 'recourse') made.repair = Math.ceil(weights[0] / 4);
    return made;
  });
  const held =
    from === 'multiple' && kind !== 'multiple'
      ? [capacities.reduce((sum, capacity) => sum + capacity, 0)]
      : kind === 'multiple'
        ? capacities.slice(0, 1)
        : capacities.slice(0, keep);
  return {
    name: instance.name,
    ...(kind ? { kind } : {}),
    capacities: held,
    items,
    ...(kind === 'quadratic' ? { pairs: [] } : {}),
    ...(hasLosses(kind) ? { gamma: Math.min(3, items.length) } : {}),
    ...(kind === 'set-union' ? { elements: instance.items.map((item) => item.weights[0]) } : {}),
  };
}
