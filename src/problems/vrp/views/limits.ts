/** Cells that may be empty. */
import { fail, type Result } from '../../../core/result.ts';
import type { FieldType, FieldValue } from '../../views.ts';

/** Text, as it may be empty. */
export const LIMIT: FieldType = { type: 'text', maxLength: 16 };

/** A limit from its text; empty is none. */
export function readLimit(value: FieldValue): Result<number | undefined> {
  const text = String(value).trim();
  if (text === '') return { ok: true, value: undefined };
  const limit = Number(text);
  return Number.isFinite(limit)
    ? { ok: true, value: limit }
    : fail({
        message: `"${text.slice(0, 20)}" is not a number.`,
        hint: 'Leave it empty for none.',
      });
}
