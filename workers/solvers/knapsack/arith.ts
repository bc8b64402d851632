/** Exact or safely rounded arithmetic on whole numbers up to 2^53. */

const EXACT = Number.MAX_SAFE_INTEGER;

/**
 * An upper bound on floor(a·b / d), d > 0; equal to it while |a·b| < 2^53, and above it by a few
 * units in the last place beyond, so that bounds made of it stay proven.
 */
export function mulDivUp(a: number, b: number, d: number): number {
  const product = a * b;
  if (product <= EXACT && product >= -EXACT) return Math.floor(product / d);
  const quotient = product / d;
  return Math.floor(quotient + Math.abs(quotient) * 2 ** -51);
}

/**
 * Whether item 1 has the higher profit per weight: > 0 yes, < 0 no, 0 equal. Weights > 0.
 * Exact: rounded division keeps the order, and equal quotients are compared by products, or term by
 * term of their continued fractions where products would round. O(log weight) at worst.
 */
export function compareEfficiency(p1: number, w1: number, p2: number, w2: number): number {
  const e1 = p1 / w1;
  const e2 = p2 / w2;
  if (e1 !== e2) return e1 - e2;
  const left = p1 * w2;
  const right = p2 * w1;
  if (left <= EXACT && right <= EXACT) return left - right;
  return compareFractions(p1, w1, p2, w2);
}

/** The sign of a / b − c / d for whole numbers, b and d > 0, without rounding. */
function compareFractions(a: number, b: number, c: number, d: number): number {
  const r = a % b;
  const s = c % d;
  const terms = (a - r) / b - (c - s) / d;
  if (terms !== 0) return terms;
  // Equal whole parts: what is left compares the other way round when turned over.
  if (r === 0 || s === 0) return r - s;
  return compareFractions(d, s, b, r);
}
