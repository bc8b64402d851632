/**
 * The schedule whose last-iterate bound is the smallest of all. Summed by parts, the bound of
 * `bound.ts` at γ = 1 over steps 1 … T is
 *
 *   Ω = D²/(2 S) + ½ (Σ_{j<T} η_j² G_j² / R_j + η_T G_T²),   S = Σ η_j,   R_j = Σ_{s>j} η_s.
 *
 * Its derivatives vanish when q_j = η_j / R_j satisfies q_j = (a + ½ Σ_{k<j} q_k² G_k²) / G_j² with
 * a = D²/(2 S²), and ½ G_T² = a + ½ Σ_{k<T} q_k² G_k². The second condition is one equation in `a`,
 * increasing, so the minimum is found by bisection.
 */

const HALVINGS = 200;

/** Σ of the recursion for a trial `a`: the left side of the last condition; q into `ratios`. */
function fill(a: number, squares: Float64Array, ratios: Float64Array): number {
  let sum = a;
  for (let j = 0; j < ratios.length; j++) {
    const q = sum / squares[j];
    ratios[j] = q;
    sum += 0.5 * q * q * squares[j];
    if (sum > squares[squares.length - 1]) return Infinity;
  }
  return sum;
}

export interface OptimalSchedule {
  /** T + 1 entries: the T best step sizes, in units of D / G, and a last 0. */
  rates: Float64Array;
  /** Ω of them. */
  bound: number;
}

/**
 * Step sizes η(0) … η(T − 1) that minimise the last-iterate bound after T steps. O(200 T).
 * @param steps T, at least 1. @param gradient G_t > 0, one for all or T of them.
 * @param distance D > 0.
 */
export function optimalSchedule(
  steps: number,
  gradient: number | ArrayLike<number> = 1,
  distance = 1,
): OptimalSchedule {
  const squares = Float64Array.from({ length: steps }, (_, t) => {
    const norm = typeof gradient === 'number' ? gradient : gradient[t];
    return norm * norm;
  });
  const ratios = new Float64Array(steps - 1);
  const last = squares[steps - 1];
  let low = 0;
  let high = last / 2;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (fill(middle, squares, ratios) > last / 2) high = middle;
    else low = middle;
  }
  const a = (low + high) / 2;
  fill(a, squares, ratios);
  // Backwards from R = 1 behind the last ratio: R_{j−1} = R_j (1 + q_j).
  const rates = new Float64Array(steps + 1);
  rates[steps - 1] = 1;
  let sum = 1;
  let noise = last;
  for (let j = steps - 2; j >= 0; j--) {
    rates[j] = ratios[j] * sum;
    noise += rates[j] * ratios[j] * squares[j];
    sum += rates[j];
  }
  const scale = distance / (sum * Math.sqrt(2 * a));
  for (let j = 0; j < steps; j++) rates[j] *= scale;
  return {
    rates,
    bound: (distance * distance) / (2 * sum * scale) + 0.5 * noise * scale,
  };
}
