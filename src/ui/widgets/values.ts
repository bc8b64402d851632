/** Text ↔ values of fields and cells. */
import type { FieldType, FieldValue } from '../../problems/views.ts';

export type Reading = { ok: true; value: FieldValue } | { ok: false; message: string };

/**
 * What a person typed, as a value of the field. Spaces between digits and the real minus sign are
 * read as meant.
 */
export function readValue(type: FieldType, text: string): Reading {
  switch (type.type) {
    case 'number':
      return readNumber(type, text);
    case 'boolean': {
      const word = text.trim().toLowerCase();
      if (['true', 'yes', '1', 'on', 'x'].includes(word)) return { ok: true, value: true };
      if (['false', 'no', '0', 'off', ''].includes(word)) return { ok: true, value: false };
      return { ok: false, message: 'Must be yes or no.' };
    }
    case 'choice': {
      const word = text.trim();
      const option =
        type.options.find(({ value }) => value === word) ??
        type.options.find(({ label }) => label.toLowerCase() === word.toLowerCase());
      if (option) return { ok: true, value: option.value };
      const names = type.options.map(({ label }) => label).join(', ');
      return { ok: false, message: `Must be one of: ${names}.` };
    }
    case 'text':
      if (type.maxLength !== undefined && text.length > type.maxLength)
        return { ok: false, message: `Must have at most ${type.maxLength} characters.` };
      return { ok: true, value: text };
  }
}

function readNumber(type: FieldType & { type: 'number' }, text: string): Reading {
  const plain = text
    .trim()
    .replace(/[\s\u2009\u00a0_](?=\d)/g, '')
    .replace('−', '-');
  if (plain === '') return { ok: false, message: 'A number is needed here.' };
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain))
    return {
      ok: false,
      message: plain.includes(',')
        ? `"${short(text)}" is not a number; decimals are written with a point.`
        : `"${short(text)}" is not a number.`,
    };
  const value = Number(plain);
  if (!Number.isFinite(value)) return { ok: false, message: 'The number is too large.' };
  if (type.integer && !Number.isInteger(value))
    return { ok: false, message: 'Must be a whole number.' };
  if (type.min !== undefined && value < type.min)
    return { ok: false, message: `Must be at least ${showNumber(type.min)}.` };
  if (type.max !== undefined && value > type.max)
    return { ok: false, message: `Must be at most ${showNumber(type.max)}.` };
  return { ok: true, value };
}

const short = (text: string) => (text.length > 20 ? `${text.slice(0, 20)}…` : text);

/** A value as it stands in an input. */
export function showValue(type: FieldType, value: FieldValue): string {
  if (type.type === 'choice')
    return type.options.find((option) => option.value === value)?.label ?? String(value);
  if (type.type === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'number' ? showNumber(value) : String(value);
}

/** At most ten significant digits, as one would type it. */
export function showNumber(value: number): string {
  return String(Number(value.toPrecision(10)));
}

/** `value` moved by `steps` spinner steps, inside the limits. */
export function stepValue(
  type: FieldType & { type: 'number' },
  value: number,
  steps: number,
): number {
  const step = type.step ?? (type.integer ? 1 : defaultStep(value));
  const moved = value + steps * step;
  const limited = Math.min(type.max ?? Infinity, Math.max(type.min ?? -Infinity, moved));
  return Number(limited.toPrecision(12));
}

/** A tenth of the leading digit's place; 1 around zero. */
function defaultStep(value: number): number {
  if (value === 0) return 1;
  return 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
}
