/** The text that the character transformer learns, as numbers. */
import { GENESIS } from './genesis.ts';
import type { Task } from './tasks.ts';

export type TextTask = Extract<Task, { kind: 'text' }>;

/** Distinct characters of the text, in code order. */
export const ALPHABET: readonly string[] = [...new Set(GENESIS)].toSorted();

/** The text as indices into the alphabet. */
const symbols: Uint8Array = (() => {
  const index = new Map(ALPHABET.map((character, i) => [character, i]));
  return Uint8Array.from(GENESIS, (character) => index.get(character) as number);
})();

/** The last tenth is kept for validation. */
const split = Math.floor(0.9 * symbols.length);
export const TRAINING_TEXT = symbols.subarray(0, split);
const VALIDATION_TEXT = symbols.subarray(split);

/** Characters of the validation loss; each is predicted from those before it in its window. */
export const VALIDATION_LENGTH = 1024;

/** Number of windows of `context` characters that the validation loss is taken over. */
export const validationWindows = ({ context }: TextTask): number =>
  VALIDATION_LENGTH / Number(context);

/** Window i of the validation text with the character after it: context + 1 symbols. */
export function validationWindow(task: TextTask, i: number): Uint8Array {
  const context = Number(task.context);
  const room = VALIDATION_TEXT.length - context - 1;
  const from = Math.floor((i * room) / Math.max(1, validationWindows(task) - 1));
  return VALIDATION_TEXT.subarray(from, from + context + 1);
}
