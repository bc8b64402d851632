/** Which instances a solver cannot take, and why. */
import { copiesOf, dimensionsOf, pack, type Instance, type Packed } from './instance.ts';
import { hasLosses, kindName, type Kind } from './kinds.ts';
import { solvers, type SolverId } from './solvers.ts';

/** Bits of choices a table of dynamic programming keeps: 256 MiB. */
const MAX_TABLE = 2 ** 31;
/** Choices of items a table of classes keeps: 256 MiB. */
const MAX_CHOICES = 2 ** 26;
/** Capacities in one row of it: 128 MiB of doubles. */
const MAX_ROW = 2 ** 24;
/** Above this, tolerances of floating-point solvers are no longer below one unit. */
const MAX_VALUE = 1e9;
const MAX_NONZEROS = 200_000;
/** Weights of a multi-dimensional instance that branch and bound may still prove in time. */
const PROVABLE = 500;
/** Copies of one item that arrive one by one. */
const MAX_ARRIVALS = 10_000;

const show = (value: number): string => value.toLocaleString('en');

/** What is too large for a table of 0/1 items × capacities; null when it is not. */
export function tableIssue(items: number, capacity: number): string | null {
  if (items === 0 || (capacity + 1 <= MAX_ROW && items * (capacity + 1) <= MAX_TABLE)) return null;
  return `A table of ${show(items)} items × ${show(capacity + 1)} capacities needs too much memory.`;
}

/** What is too large for a table of classes × capacities; null when it is not. */
export function choiceTableIssue(classes: number, capacity: number): string | null {
  if (capacity + 1 <= MAX_ROW && classes * (capacity + 1) <= MAX_CHOICES) return null;
  return `A table of ${show(classes)} classes × ${show(capacity + 1)} capacities needs too much memory.`;
}

/** Greatest common divisor of whole numbers ≥ 0; gcd(0, b) = b. */
export function gcd(a: number, b: number): number {
  let x = a;
  let y = b;
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** The size of the table: bundles of useful items, capacity over the weights' divisor. O(n log c). */
function tableOf(packed: Packed): [items: number, capacity: number] {
  const capacity = packed.capacities[0];
  let divisor = 0;
  let items = 0;
  for (let i = 0; i < packed.n; i++) {
    const weight = packed.weights[i];
    if (weight === 0 || weight > capacity || packed.profits[i] === 0) continue;
    divisor = gcd(weight, divisor);
    const copies = Math.min(packed.counts[i], Math.floor(capacity / weight));
    for (let bundle = 1, left = copies; left > 0; bundle *= 2) {
      items++;
      left -= bundle;
    }
  }
  return [items, Math.floor(capacity / Math.max(1, divisor))];
}

type Of = Kind | 'plain';

/** The kinds each solver takes; what is missing is refused by name. */
const TAKES: Readonly<Record<SolverId, readonly Of[]>> = {
  core: ['plain', 'unbounded', 'multiple-choice', 'robust'],
  'dynamic-programming': ['plain', 'unbounded', 'change-making', 'multiple-choice'],
  'branch-and-bound': ['plain', 'unbounded', 'multiple', 'quadratic', 'set-union', 'bin-packing'],
  highs: [
    'plain',
    'unbounded',
    'change-making',
    'multiple-choice',
    'multiple',
    'quadratic',
    'set-union',
    'bin-packing',
    'robust',
    'recourse',
  ],
  'local-search': [
    'plain',
    'unbounded',
    'multiple-choice',
    'multiple',
    'quadratic',
    'set-union',
    'bin-packing',
    'robust',
    'recourse',
  ],
  greedy: [
    'plain',
    'unbounded',
    'change-making',
    'multiple-choice',
    'multiple',
    'quadratic',
    'set-union',
    'robust',
    'recourse',
  ],
  fptas: ['plain', 'unbounded'],
  online: ['plain'],
  'bin-fit': ['bin-packing'],
};

/** Solvers that read one capacity only, whatever the kind. */
const ONE_CAPACITY: readonly SolverId[] = ['core', 'dynamic-programming', 'fptas', 'online'];

/** Why the solver cannot take the instance; null when it can. O(n·m). */
export function refuses(solverId: SolverId, instance: Instance): string | null {
  const { capacities, kind } = instance;
  const name = solvers.find(({ id }) => id === solverId)?.name ?? solverId;
  if (!TAKES[solverId].includes(kind ?? 'plain'))
    return kind
      ? `${name} does not take instances of the kind "${kindName(kind)}".`
      : `${name} takes ${TAKES[solverId].map((of) => kindName(of as Kind).toLowerCase()).join(', ')} only.`;
  const dimensions = dimensionsOf(instance);
  if (dimensions > 1) {
    if (ONE_CAPACITY.includes(solverId)) return `${name} takes one capacity only.`;
    if (solverId === 'branch-and-bound' && kind === 'quadratic')
      return `${name} takes quadratic instances of one capacity only.`;
  }
  if (solverId === 'dynamic-programming') return dynamicIssue(instance, name);
  if (solverId === 'online' && instance.items.some((item) => copiesOf(item) > MAX_ARRIVALS))
    return `${name}: more than ${show(MAX_ARRIVALS)} copies of an item cannot arrive one by one.`;
  if (solverId !== 'highs') return null;
  const nonzeros = nonzerosOf(instance);
  if (nonzeros > MAX_NONZEROS)
    return `${name}: a model of ${show(nonzeros)} numbers is too large; at most ${show(MAX_NONZEROS)}.`;
  const packed = pack(instance);
  const large = [packed.capacities, packed.profits, packed.weights].some((values) =>
    values.some((value) => value > MAX_VALUE),
  );
  return large || capacities.some((capacity) => capacity > MAX_VALUE)
    ? `${name}: numbers above ${show(MAX_VALUE)} are beyond its precision.`
    : null;
}

function dynamicIssue(instance: Instance, name: string): string | null {
  const packed = pack(instance);
  if (instance.kind === 'change-making')
    return packed.capacities[0] < MAX_ROW
      ? null
      : `${name}: a row of ${show(packed.capacities[0] + 1)} amounts needs too much memory.`;
  if (instance.kind === 'multiple-choice') {
    const divisor = Math.max(1, packed.weights.reduce(gcd, 0));
    const classes = instance.items.reduce((most, item) => Math.max(most, item.group ?? 1), 0);
    const large = choiceTableIssue(classes, Math.floor(packed.capacities[0] / divisor));
    return large && `${name}: ${large}`;
  }
  const issue = tableIssue(...tableOf(packed));
  return issue && `${name}: ${issue}`;
}

/** Numbers in the matrix that HiGHS is given, at most. O(n). */
function nonzerosOf(instance: Instance): number {
  const { items, capacities, kind } = instance;
  const n = items.length;
  if (kind === 'multiple') return 2 * n * capacities.length;
  if (kind === 'quadratic') return n * capacities.length + 4 * (instance.pairs?.length ?? 0);
  if (hasLosses(kind)) return n * 50;
  if (kind === 'set-union')
    return items.reduce((sum, item) => sum + 2 * (item.elements?.length ?? 0), n);
  if (kind === 'bin-packing') {
    const distinct = new Set(items.map((item) => item.weights[0])).size;
    // Weights with decimals make the graph as fine as their last digit.
    return 3 * distinct * Math.min(pack(instance).capacities[0], 2 ** n);
  }
  return n * (capacities.length + (kind === 'multiple-choice' ? 1 : 0));
}

/** The solver chosen when a person has chosen none: exact where that is quick. */
export function defaultSolver(instance: Instance): SolverId {
  switch (instance.kind) {
    case 'change-making':
      return refuses('dynamic-programming', instance) ? 'greedy' : 'dynamic-programming';
    case 'multiple':
    case 'quadratic':
    case 'set-union':
    case 'bin-packing':
      return 'branch-and-bound';
    case 'robust':
      return 'core';
    case 'recourse':
      return 'highs';
    case 'multiple-choice':
      return instance.capacities.length === 1 ? 'core' : 'local-search';
    default:
      if (instance.capacities.length === 1) return 'core';
      // Beyond this no proof is near, and drop and refill finds more.
      return instance.items.length * instance.capacities.length <= PROVABLE
        ? 'branch-and-bound'
        : 'local-search';
  }
}
