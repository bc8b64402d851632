/**
 * The last-iterate bound for SGD on a convex function (Schaipp, Hägele, Taylor, Şimşekli and Bach,
 * "The surprising agreement between convex optimization theory and learning-rate scheduling for
 * large model training", 2025, Theorem 1): with a schedule η of any scale, base rate γ, distance
 * ‖x₁ − x*‖ ≤ D and gradient norms ‖g_t‖ ≤ G_t,
 *
 *   E f(x_t) − f* ≤ Ω_t(γ) = T₁/γ + γ T₂,   S_t = Σ_{s≤t} η_s,   Q_t = Σ_{s≤t} η_s² G_s²,
 *   T₁ = D²/(2 S_t),   T₂ = Q_t/(2 S_t) + ½ Σ_{k<t} η_k/(S_t − S_k) · (Q_t − Q_{k−1})/(S_t − S_{k−1}).
 *
 * Arrays hold T + 1 entries, the last of which is the final rate; the bound is read at t = T.
 */

/** The two terms of the bound: Ω(γ) = distance / γ + γ · noise. */
export interface BoundTerms {
  /** T₁, how far training must still come. */
  distance: number;
  /** T₂, what gradient size (noise) costs. */
  noise: number;
}

/**
 * The bound's terms after step t (1-based, t ≤ number of rates). Steps of rate 0 at the end move
 * nothing, so the bound is that of the last step that moves; infinite when none does. Sums run from
 * the end, so that tails of tiny rates do not cancel. O(t).
 * @param gradient G_t, one for all steps or one each. @param distance D.
 */
export function boundTerms(
  rates: Float64Array,
  t: number,
  gradient: number | Float64Array = 1,
  distance = 1,
): BoundTerms {
  const squareAt = (i: number) => {
    const product = rates[i] * (typeof gradient === 'number' ? gradient : gradient[i]);
    return product * product;
  };
  let last = t;
  while (last > 0 && rates[last - 1] === 0) last--;
  if (last === 0) return { distance: Infinity, noise: 0 };
  // In round k, `sum` is S_t − S_k and then S_t − S_{k−1}; `square` is Q_t − Q_{k−1}.
  let sum = rates[last - 1];
  let square = squareAt(last - 1);
  let tail = 0;
  for (let k = last - 1; k >= 1; k--) {
    const rate = rates[k - 1];
    const longer = sum + rate;
    square += squareAt(k - 1);
    tail += (rate / sum) * (square / longer);
    sum = longer;
  }
  return { distance: (distance * distance) / (2 * sum), noise: square / (2 * sum) + 0.5 * tail };
}

/** γ*, the base rate that makes the bound smallest. */
export const optimalRate = (terms: BoundTerms): number => Math.sqrt(terms.distance / terms.noise);

/** Ω*, the bound at γ*. */
export const optimalBound = (terms: BoundTerms): number =>
  2 * Math.sqrt(terms.distance * terms.noise);

/** Ω at a base rate. */
export const boundAt = (terms: BoundTerms, rate: number): number =>
  terms.distance / rate + rate * terms.noise;

export interface BoundCurve {
  /** Steps t, increasing, the last is T. */
  steps: Float64Array;
  /** Ω_t at the base rate that is best at T. */
  values: Float64Array;
  /** Its first term, T₁/γ; the rest of the value is the noise, γ T₂. */
  distance: Float64Array;
  /** γ* relative to the schedule's own scale (1: the schedule as it stands). */
  optimalRate: number;
  /** Ω*, the last of the values. */
  optimalBound: number;
}

/** Most terms a curve sums, about 15 ms. */
const CURVE_TERMS = 2_000_000;

/**
 * Ω_t along a schedule with the base rate tuned for the end, D = G = 1, at up to 200 steps (fewer
 * for long horizons, so that the cost stays bounded). Null when every rate is 0.
 * @param rates T + 1 entries.
 */
export function boundCurve(rates: Float64Array): BoundCurve | null {
  const horizon = rates.length - 1;
  const end = boundTerms(rates, horizon);
  const gamma = optimalRate(end);
  if (!Number.isFinite(gamma) || gamma <= 0) return null;
  const count = Math.max(16, Math.min(200, horizon, Math.floor((2 * CURVE_TERMS) / horizon)));
  const steps: number[] = [];
  const values: number[] = [];
  const distance: number[] = [];
  for (let i = 1; i <= count; i++) {
    const t = Math.round((i * horizon) / count);
    if (t < 1 || t === steps[steps.length - 1]) continue;
    const terms = boundTerms(rates, t);
    const value = boundAt(terms, gamma);
    if (!Number.isFinite(value)) continue;
    steps.push(t);
    values.push(value);
    distance.push(terms.distance / gamma);
  }
  return {
    steps: Float64Array.from(steps),
    values: Float64Array.from(values),
    distance: Float64Array.from(distance),
    optimalRate: gamma,
    optimalBound: optimalBound(end),
  };
}
