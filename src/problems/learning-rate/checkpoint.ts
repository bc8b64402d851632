/** Where a training run stands, as plain data: what it goes on from bit for bit. */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';

/** Numbers that outlive a step. */
export type StateArray = Float64Array | Float32Array | Uint32Array | Uint8Array;

/**
 * Besides the instance, the optimizer with its parameters and the seed, training depends on nothing
 * else. Structured-clonable, also as part of a solution.
 */
export interface Checkpoint {
  /** Optimizer steps done. */
  readonly step: number;
  /** In an order that only the solver knows; it refuses those that do not fit. */
  readonly arrays: readonly StateArray[];
}

/** Checkpoints beyond this many bytes are not made and not read. */
export const CHECKPOINT_BYTES = 32e6;
const MAX_ARRAYS = 1_000;

const KINDS = {
  f64: Float64Array,
  f32: Float32Array,
  u32: Uint32Array,
  u8: Uint8Array,
} as const;
type Kind = keyof typeof KINDS;

const kindOf = (array: StateArray): Kind =>
  (Object.keys(KINDS) as Kind[]).find((kind) => array instanceof KINDS[kind]) as Kind;

export const bytesOf = (arrays: readonly StateArray[]): number =>
  arrays.reduce((sum, array) => sum + array.byteLength, 0);

function toBase64(array: StateArray): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += 32_768)
    parts.push(String.fromCharCode(...bytes.subarray(from, from + 32_768)));
  return btoa(parts.join(''));
}

/** As JSON: typed arrays as base64 of their little-endian bytes, so that every bit is kept. O(bytes). */
export const writeCheckpoint = ({ step, arrays }: Checkpoint): unknown => ({
  step,
  arrays: arrays.map((array) => [kindOf(array), toBase64(array)]),
});

/** Shape only; O(bytes), refuses more than `CHECKPOINT_BYTES` before it decodes them. */
export function readCheckpoint(value: unknown): Result<Checkpoint> {
  const bad = (message: string, ...path: (string | number)[]): Issue => ({
    path: ['checkpoint', ...path],
    message,
    hint: 'Leave the checkpoint out to keep the model alone.',
  });
  if (typeof value !== 'object' || value === null)
    return fail(bad('A checkpoint must be an object with "step" and "arrays".'));
  const { step, arrays } = value as Readonly<Record<string, unknown>>;
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 0)
    return fail(bad('The step must be a whole number, at least 0.', 'step'));
  if (!Array.isArray(arrays) || arrays.length > MAX_ARRAYS)
    return fail(bad(`The arrays must be a list of at most ${MAX_ARRAYS}.`, 'arrays'));
  const found: StateArray[] = [];
  let left = CHECKPOINT_BYTES;
  for (const [i, entry] of (arrays as unknown[]).entries()) {
    const [kind, text] = Array.isArray(entry) ? (entry as unknown[]) : [];
    if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind) || typeof text !== 'string')
      return fail(bad('An array must be a pair of its kind and its bytes as text.', 'arrays', i));
    left -= 0.75 * text.length;
    if (left < 0) return fail(bad(`More than ${CHECKPOINT_BYTES / 1e6} MB of state.`, 'arrays', i));
    const array = fromBase64(kind as Kind, text);
    if (!array) return fail(bad('The bytes are not base64 of whole numbers.', 'arrays', i));
    found.push(array);
  }
  return ok({ step, arrays: found });
}

function fromBase64(kind: Kind, text: string): StateArray | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (bytes.length % KINDS[kind].BYTES_PER_ELEMENT !== 0) return null;
  return new KINDS[kind](bytes.buffer);
}
