/**
 * The kinds of knapsack problem one model holds, and what sets each apart. No kind means the plain
 * one: 0/1, bounded by counts, with one or several capacities.
 */

export const KINDS = [
  {
    id: 'unbounded',
    name: 'Unbounded',
    help: 'Each item may be taken any number of times.',
  },
  {
    id: 'change-making',
    name: 'Change-making',
    help: 'Items are coins, any number of each; pay the capacity exactly with as few as possible.',
  },
  {
    id: 'multiple-choice',
    name: 'Multiple choice',
    help: 'Items come in classes; take exactly one of each class.',
  },
  {
    id: 'multiple',
    name: 'Multiple knapsack',
    help: 'Each capacity is a sack of its own; an item goes into at most one of them.',
  },
  {
    id: 'quadratic',
    name: 'Quadratic',
    help: 'Pairs of items pay an extra profit when both are taken.',
  },
  {
    id: 'set-union',
    name: 'Set-union',
    help: 'Items need elements; each element weighs once, however many items share it.',
  },
  {
    id: 'bin-packing',
    name: 'Bin packing',
    help: 'All items must go, into as few bins of the given capacity as possible.',
  },
  {
    id: 'robust',
    name: 'Robust',
    help: 'Up to Γ items taken pay less than promised, whichever hurts most.',
  },
  {
    id: 'recourse',
    name: 'Robust with repairs',
    help: 'Up to Γ items taken pay less; once it is known which, the room left may repair some.',
  },
] as const;

export type Kind = (typeof KINDS)[number]['id'];

export const isKind = (value: unknown): value is Kind => KINDS.some(({ id }) => id === value);

export const kindName = (kind: Kind | undefined): string =>
  KINDS.find(({ id }) => id === kind)?.name ?? 'Knapsack';

/** Item profits mean nothing here: what counts is the number of coins or bins. */
export const countsPieces = (kind: Kind | undefined): boolean =>
  kind === 'change-making' || kind === 'bin-packing';

/** Solutions say which sack or bin each item lies in. */
export const hasSacks = (kind: Kind | undefined): boolean =>
  kind === 'multiple' || kind === 'bin-packing';

/** Items may be taken any number of times. */
export const isUnlimited = (kind: Kind | undefined): boolean =>
  kind === 'unbounded' || kind === 'change-making';

/** Items may pay less than promised. */
export const hasLosses = (kind: Kind | undefined | null): boolean =>
  kind === 'robust' || kind === 'recourse';

/** Several capacities may be given as dimensions that every item uses. */
export const hasDimensions = (kind: Kind | undefined): boolean =>
  kind === undefined || kind === 'unbounded' || kind === 'multiple-choice' || kind === 'quadratic';
