/** The networks' non-linearities, from functions that agree in every engine. */
import { exp, log, tanh } from '../../core/math.ts';
import type { Activation } from './tasks.ts';

const GELU_SCALE = 0.7978845608028654; // √(2/π)
const GELU_CUBIC = 0.044715;

/** The activation's value. */
export function activate(kind: Activation, x: number): number {
  switch (kind) {
    case 'tanh':
      return tanh(x);
    case 'relu':
      return x > 0 ? x : 0;
    case 'gelu':
      return 0.5 * x * (1 + tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x)));
  }
}

/** GELU (tanh form) and its derivative at x, into entry `at` of both arrays. */
export function geluWithSlope(
  x: number,
  values: Float64Array,
  slopes: Float64Array,
  at: number,
): void {
  const y = tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x));
  values[at] = 0.5 * x * (1 + y);
  slopes[at] = 0.5 * (1 + y) + 0.5 * x * (1 - y * y) * (GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x));
}

/** ln(1 + eˣ) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + log(1 + exp(-x)) : log(1 + exp(x));
}

/** 1 / (1 + e⁻ˣ). */
export const sigmoid = (x: number): number => 1 / (1 + exp(-x));
