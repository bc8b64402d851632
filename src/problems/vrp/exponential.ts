/**
 * exp and ln from + − × ÷ alone: engines may differ in the last bits of Math.exp and Math.log, and
 * generators and solvers must repeat bit for bit everywhere. Relative error below 1e-12.
 */

const LN2 = 0.6931471805599453;

/** e^x for x in [−700, 700]; 0 below, Infinity above. */
export function exp(x: number): number {
  if (x < -700) return 0;
  if (x > 700) return Infinity;
  const halvings = Math.round(x / LN2);
  const rest = x - halvings * LN2;
  // Taylor on |rest| ≤ 0.35: the 13th term is below 1e-15.
  let sum = 1;
  for (let k = 12; k >= 1; k--) sum = 1 + (sum * rest) / k;
  const factor = halvings < 0 ? 0.5 : 2;
  for (let i = Math.abs(halvings); i > 0; i--) sum *= factor;
  return sum;
}

/** ln x for finite x > 0. O(|log₂ x|). */
export function ln(x: number): number {
  let mantissa = x;
  let exponent = 0;
  for (; mantissa > 1.4142135623730951; exponent++) mantissa *= 0.5;
  for (; mantissa < 0.7071067811865476; exponent--) mantissa *= 2;
  // ln m = 2 artanh((m − 1) / (m + 1)), |argument| ≤ 0.1716.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0;
  for (let k = 17; k >= 1; k -= 2) series = series * square + 1 / k;
  return exponent * LN2 + 2 * s * series;
}
