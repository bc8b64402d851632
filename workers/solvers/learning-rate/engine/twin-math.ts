/** The kernels' exponential and hyperbolic tangent, operation for operation. */

const f = Math.fround;
const bits = new Int32Array(1);
const asFloat = new Float32Array(bits.buffer);

const LOG2_E = f(1.4426950408889634);
const LN2_HIGH = f(0.693359375);
const LN2_LOW = f(-2.1219444e-4);
const EXP = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2].map(f);
const EXP_5 = f(1.6666665459e-1);
const EXP_6 = f(5.0000001201e-1);
/** Adding and subtracting it rounds to the nearest whole number, ties to even. */
const ROUND = 12582912;

const horner = (p: number, x: number, next: number): number => f(f(p * x) + next);

/** e^x of single precision; x is taken into [−87, 88]. */
export function exp32(value: number): number {
  const x = Math.min(Math.max(value, -87), 88);
  const k = f(f(f(x * LOG2_E) + ROUND) - ROUND);
  const r = f(f(x - f(k * LN2_HIGH)) - f(k * LN2_LOW));
  let p = horner(EXP[0], r, EXP[1]);
  p = horner(p, r, EXP[2]);
  p = horner(p, r, EXP[3]);
  p = horner(p, r, EXP_5);
  p = horner(p, r, EXP_6);
  const y = f(f(f(p * f(r * r)) + r) + 1);
  bits[0] = ((k | 0) + 127) << 23;
  return f(y * asFloat[0]);
}

const TANH = [
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
].map(f);

/** tanh of single precision. */
export function tanh32(x: number): number {
  if (Math.abs(x) < 0.625) {
    const z = f(x * x);
    let p = TANH[0];
    for (let i = 1; i < TANH.length; i++) p = horner(p, z, TANH[i]);
    return f(f(f(p * z) * x) + x);
  }
  const size = Math.abs(x);
  const far = f(1 - f(2 / f(exp32(f(size + size)) + 1)));
  return x < 0 ? -far : far;
}
