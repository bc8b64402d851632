/**
 * Elementary functions that agree bit for bit in every engine. `Math.exp` and its like are allowed
 * to differ between engines, so whatever must replay exactly uses these: only + − × ÷ √, comparisons
 * and integer operations. Relative error is a few units in the last place (see the tests).
 */

const LN2_HIGH = 6.9314718036912381649e-1; // 33 significant bits, so k · LN2_HIGH is exact
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.4426950408889634;

/** powersOfTwo[k + 1074] = 2^k for k in −1074 … 1023, by exact doublings. */
const powersOfTwo = (() => {
  const table = new Float64Array(2098);
  let power = Number.MIN_VALUE;
  for (let i = 0; i < table.length; i++) {
    table[i] = power;
    power *= 2;
  }
  return table;
})();

/** e^r − 1 for |r| ≤ ln 2 / 2: Taylor to r^14. */
function expm1Reduced(r: number): number {
  let sum = 1 / 87178291200;
  sum = sum * r + 1 / 6227020800;
  sum = sum * r + 1 / 479001600;
  sum = sum * r + 1 / 39916800;
  sum = sum * r + 1 / 3628800;
  sum = sum * r + 1 / 362880;
  sum = sum * r + 1 / 40320;
  sum = sum * r + 1 / 5040;
  sum = sum * r + 1 / 720;
  sum = sum * r + 1 / 120;
  sum = sum * r + 1 / 24;
  sum = sum * r + 1 / 6;
  sum = sum * r + 0.5;
  return r + r * r * sum;
}

/** e^x. */
export function exp(x: number): number {
  if (x !== x) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.round(x * INVERSE_LN2);
  const value = 1 + expm1Reduced(x - k * LN2_HIGH - k * LN2_LOW);
  if (k > 1023) return value * 2 * powersOfTwo[k - 1 + 1074];
  // Below the normal range one rounding only: scale in one exact and one final step.
  if (k < -1021) return value * powersOfTwo[k + 1074 + 60] * powersOfTwo[1074 - 60];
  return value * powersOfTwo[k + 1074];
}

/** e^x − 1 without cancellation near 0. */
export function expm1(x: number): number {
  return Math.abs(x) <= 0.34 ? expm1Reduced(x) : exp(x) - 1;
}

const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm; −∞ at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let value = x;
  let exponent = 0;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    exponent = -54;
  }
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  exponent += (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent++;
  }
  // ln m = 2 atanh(s) with s = (m − 1) / (m + 1), |s| ≤ 0.172.
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  let sum = 1 / 23;
  sum = sum * z + 1 / 21;
  sum = sum * z + 1 / 19;
  sum = sum * z + 1 / 17;
  sum = sum * z + 1 / 15;
  sum = sum * z + 1 / 13;
  sum = sum * z + 1 / 11;
  sum = sum * z + 1 / 9;
  sum = sum * z + 1 / 7;
  sum = sum * z + 1 / 5;
  sum = sum * z + 1 / 3;
  // 2s = f − s·f exactly, which keeps the last digits of f.
  const tail = s * (2 * z * sum - f);
  return exponent * LN2_HIGH + (f + (tail + exponent * LN2_LOW));
}

/** Points of the tanh table per unit, and where tanh is 1 in double precision. */
const TANH_GRID = 32;
const TANH_ONE = 20;

/** tanh(k / 32) and 1 − tanh²(k / 32) for |k| ≤ 640, at index k + 640. */
const [tanhTable, tanhSlopes] = (() => {
  const last = TANH_GRID * TANH_ONE;
  const values = new Float64Array(2 * last + 1);
  const slopes = new Float64Array(2 * last + 1);
  for (let k = 0; k <= last; k++) {
    const x = k / TANH_GRID;
    // 1 − tanh = 2 / (e^2x + 1), and from there the slope without cancellation.
    const gap = 2 / (exp(2 * x) + 1);
    const e = expm1(2 * x);
    const value = x < 0.2 ? e / (e + 2) : 1 - gap;
    values[last + k] = value;
    values[last - k] = -value;
    slopes[last + k] = gap * (2 - gap);
    slopes[last - k] = slopes[last + k];
  }
  return [values, slopes];
})();

/**
 * Hyperbolic tangent: from the nearest table point a by the addition theorem,
 * tanh(a + b) = tanh a + tanh b · (1 − tanh² a) / (1 + tanh a · tanh b), |b| ≤ 1/64.
 */
export function tanh(x: number): number {
  if (!(x < TANH_ONE && x > -TANH_ONE)) return x > 0 ? 1 : x < 0 ? -1 : NaN;
  const k = Math.floor(x * TANH_GRID + 0.5);
  const b = x - k * (1 / TANH_GRID);
  const z = b * b;
  const tanhB = b + b * z * (-1 / 3 + z * (2 / 15 - z * (17 / 315)));
  const tanhA = tanhTable[k + TANH_GRID * TANH_ONE];
  return tanhA + (tanhB * tanhSlopes[k + TANH_GRID * TANH_ONE]) / (1 + tanhA * tanhB);
}

// π/2 in three parts of 33 bits, so that k · part is exact for |k| < 2^20.
const HALF_PI_1 = 1.57079632673412561417;
const HALF_PI_2 = 6.0771005063039659766e-11;
const HALF_PI_3 = 2.02226624879595063154e-21;

function sinReduced(r: number): number {
  const z = r * r;
  let sum = 1 / 355687428096000;
  sum = sum * z - 1 / 1307674368000;
  sum = sum * z + 1 / 6227020800;
  sum = sum * z - 1 / 39916800;
  sum = sum * z + 1 / 362880;
  sum = sum * z - 1 / 5040;
  sum = sum * z + 1 / 120;
  sum = sum * z - 1 / 6;
  return r + r * z * sum;
}

function cosReduced(r: number): number {
  const z = r * r;
  let sum = 1 / 20922789888000;
  sum = sum * z - 1 / 87178291200;
  sum = sum * z + 1 / 479001600;
  sum = sum * z - 1 / 3628800;
  sum = sum * z + 1 / 40320;
  sum = sum * z - 1 / 720;
  sum = sum * z + 1 / 24;
  return 1 - (0.5 * z - z * z * sum);
}

function quadrant(x: number, shift: number): number {
  if (!(Math.abs(x) < Infinity)) return NaN;
  const small = Math.abs(x) > 1e6 ? x % (4 * (HALF_PI_1 + HALF_PI_2)) : x;
  const k = Math.round(small / (HALF_PI_1 + HALF_PI_2));
  const r = small - k * HALF_PI_1 - k * HALF_PI_2 - k * HALF_PI_3;
  switch ((((k + shift) % 4) + 4) % 4) {
    case 0:
      return sinReduced(r);
    case 1:
      return cosReduced(r);
    case 2:
      return -sinReduced(r);
    default:
      return -cosReduced(r);
  }
}

/** Sine of radians; to full accuracy for |x| ≤ 10^6, and still deterministic beyond. */
export const sin = (x: number): number => quadrant(x, 0);

/** Cosine of radians; to full accuracy for |x| ≤ 10^6, and still deterministic beyond. */
export const cos = (x: number): number => quadrant(x, 1);

/**
 * x^y. Whole powers up to 64 by repeated squaring; others as e^(y ln x), whose relative error grows
 * with |y ln x|. NaN for a negative x and a y that is not whole.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isInteger(y) && Math.abs(y) <= 64) {
    let result = 1;
    let base = x;
    for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result *= base;
      base *= base;
    }
    return y < 0 ? 1 / result : result;
  }
  if (y === 0.5) return Math.sqrt(x);
  if (x === 0) return y > 0 ? 0 : Infinity;
  if (x > 0) return exp(y * log(x));
  if (!Number.isInteger(y)) return NaN;
  return y % 2 === 0 ? exp(y * log(-x)) : -exp(y * log(-x));
}
