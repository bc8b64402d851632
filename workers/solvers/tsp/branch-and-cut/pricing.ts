/**
 * What multipliers prove on the complete graph: by weak duality, for any multipliers y of the
 * cities and z ≥ 0 of the cuts, no tour is shorter than Σ 2y + Σ rhs·z plus the sum of all
 * negative reduced costs, of edges in the linear program or not.
 */
import type { Distance } from '../../../../src/core/geometry.ts';
import type { Cut } from './cuts.ts';

/** Multipliers are multiples of this where distances are whole, so that sums are exact. */
const GRAIN = 2 ** -20;
/** Reduced costs down to this below 0 are rounding errors of the linear program. */
const NOTHING = 1e-7;

export interface Multipliers {
  city: Float64Array;
  cuts: readonly Cut[];
  /** One per cut, none negative. */
  cut: Float64Array;
}

/** Edges decided on: flat pairs. */
export interface Fixings {
  zero: readonly number[];
  one: readonly number[];
}

export interface Priced {
  bound: number;
  /** Edges with a negative reduced cost that `skip` does not hold, a < b as a·n + b, least first. */
  negative: number[];
  /** The sum of their reduced costs. */
  missing: number;
}

export interface Pricing {
  /** Edges no better tour can have, by a·n + b, a < b. */
  struck: Uint8Array;
  /**
   * O(n² + Σ |S|²).
   * @param costs false: all distances count as 0, to prove that nothing is feasible.
   * @param known edges not to be listed; they count all the same.
   */
  evaluate(
    multipliers: Multipliers,
    fixings: Fixings,
    known: (a: number, b: number) => boolean,
    costs?: boolean,
  ): Priced;
  /** Strikes the edges that the multipliers' bound puts above `limit`; returns how many are left. */
  strike(multipliers: Multipliers, limit: number): number;
}

/** Rounds multipliers to what sums exactly, the cuts' to 0 at least. */
export function roundMultipliers(multipliers: Multipliers, integral: boolean): Multipliers {
  const { city, cuts, cut } = multipliers;
  const round = (value: number) => (integral ? Math.round(value / GRAIN) * GRAIN : value);
  const used = cuts.map((_, c) => c).filter((c) => round(cut[c]) > 0);
  return {
    city: city.map(round),
    cuts: used.map((c) => cuts[c]),
    cut: Float64Array.from(used, (c) => round(cut[c])),
  };
}

/** O(n²) memory: two numbers for every pair. */
export function createPricing(n: number, distance: Distance): Pricing {
  const length = new Float64Array(n * n);
  const credit = new Float64Array(n * n);
  const struck = new Uint8Array(n * n);
  const weight = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) length[i * n + j] = distance(i, j);

  /** Reduced costs are length[i, j] − weight[i] − weight[j] + credit[i, j]; returns the constant. */
  function load({ city, cuts, cut }: Multipliers): number {
    let constant = 0;
    credit.fill(0);
    weight.set(city);
    for (let i = 0; i < n; i++) constant += 2 * city[i];
    for (let c = 0; c < cuts.length; c++) {
      const z = cut[c];
      if (z === 0) continue;
      constant += cuts[c].rhs * z;
      for (const set of cuts[c].sets)
        for (let s = 0; s < set.length; s++) {
          const row = set[s] * n;
          weight[set[s]] += z;
          for (let t = s + 1; t < set.length; t++) credit[row + set[t]] += 2 * z;
        }
    }
    return constant;
  }

  function evaluate(
    multipliers: Multipliers,
    fixings: Fixings,
    known: (a: number, b: number) => boolean,
    costs = true,
  ): Priced {
    let bound = load(multipliers);
    const reduced = (i: number, j: number) =>
      (costs ? length[i * n + j] : 0) - weight[i] - weight[j] + credit[i * n + j];
    const negative: number[] = [];
    const values: number[] = [];
    let missing = 0;
    for (let i = 0; i < n; i++) {
      const own = weight[i];
      for (let j = i + 1, at = i * n + i + 1; j < n; j++, at++) {
        const value = (costs ? length[at] : 0) - own - weight[j] + credit[at];
        if (value >= 0 || struck[at] === 1) continue;
        bound += value;
        if (value > -NOTHING || known(i, j)) continue;
        negative.push(at);
        missing += value;
        values.push(value);
      }
    }
    for (let e = 0; e < fixings.zero.length; e += 2) {
      const [i, j] = [fixings.zero[e], fixings.zero[e + 1]];
      const value = reduced(i, j);
      if (value < 0 && struck[i * n + j] === 0) bound -= value;
    }
    for (let e = 0; e < fixings.one.length; e += 2) {
      const value = reduced(fixings.one[e], fixings.one[e + 1]);
      if (value > 0) bound += value;
    }
    const order = values.map((_, index) => index);
    order.sort((left, right) => values[left] - values[right] || left - right);
    return { bound, negative: order.map((index) => negative[index]), missing };
  }

  function strike(multipliers: Multipliers, limit: number): number {
    const { bound } = evaluate(multipliers, { zero: [], one: [] }, () => true);
    let left = 0;
    for (let i = 0; i < n; i++)
      for (let j = i + 1, at = i * n + i + 1; j < n; j++, at++) {
        if (struck[at] === 1) continue;
        const value = length[at] - weight[i] - weight[j] + credit[at];
        if (value > 0 && bound + value > limit) struck[at] = 1;
        else left++;
      }
    return left;
  }

  return { struck, evaluate, strike };
}
