/**
 * A schedule refined from the gradient norms of a run (Defazio, Cutkosky, Mehta and Mishchenko,
 * "When, why and how much? Adaptive learning rate scheduling by refinement", 2023): with weights
 * w_t the schedule that is best for the last iterate is η_t ∝ w_t Σ_{p>t} w_p. Norms that stay the
 * same give linear decay; norms that fall at the start give a warm-up, norms that rise at the end a
 * fast end.
 */

/** How a norm becomes a weight: 1 / ‖g‖₂² for SGD, 1 / ‖g‖₁ for Adam and its like. */
export type RefineWeights = 'sgd' | 'adam';

/** Quickly rising or vanishing norms get at most this multiple of the median weight. */
const LARGEST_WEIGHT = 1e4;

/**
 * Median of each value and its neighbours in a window of odd `width`, the ends reflected. O(n width
 * log width).
 */
export function medianFilter(values: ArrayLike<number>, width: number): Float64Array {
  const n = values.length;
  const half = Math.min(width >> 1, n - 1);
  const window = new Float64Array(2 * half + 1);
  const at = (i: number) => values[i < 0 ? -i : i >= n ? 2 * n - 2 - i : i];
  return Float64Array.from({ length: n }, (_, t) => {
    for (let k = -half; k <= half; k++) window[k + half] = at(t + k);
    return window.slice().sort()[half];
  });
}

/**
 * The refined schedule for as many steps as there are norms, largest value 1, the last 0. Norms are
 * median-filtered over `smoothing` of the run first; weights of norms near 0 are cut at 10⁴ times
 * the median weight, which a run that interpolates its data needs. Null when no norm is positive.
 * O(n² smoothing).
 * @param norms ‖g_t‖₂ or, for Adam, ‖g_t‖₁, of steps 0 … T − 1.
 */
export function refineSchedule(
  norms: ArrayLike<number>,
  weights: RefineWeights = 'sgd',
  smoothing = 0.1,
): Float64Array | null {
  const n = norms.length;
  const width = 2 * Math.floor((smoothing * n) / 2) + 1;
  const smooth = width > 1 ? medianFilter(norms, width) : Float64Array.from(norms);
  const positive = smooth.filter((norm) => norm > 0 && norm < Infinity).sort();
  if (positive.length === 0) return null;
  const median = positive[positive.length >> 1];
  const weightOf = (norm: number) => {
    const ratio = median / norm;
    const weight = weights === 'sgd' ? ratio * ratio : ratio;
    return weight < LARGEST_WEIGHT ? weight : LARGEST_WEIGHT;
  };
  const rates = new Float64Array(n);
  let later = 0;
  let largest = 0;
  for (let t = n - 1; t >= 0; t--) {
    const weight = smooth[t] >= 0 ? weightOf(smooth[t]) : 0;
    rates[t] = weight * later;
    later += weight;
    largest = Math.max(largest, rates[t]);
  }
  if (largest === 0) return null;
  for (let t = 0; t < n; t++) rates[t] /= largest;
  return rates;
}
