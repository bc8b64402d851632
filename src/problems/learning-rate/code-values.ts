/**
 * The values of schedules written as a function. They stand on the body under a symbol, so that no
 * text, link or storage ever holds them: a schedule from outside has its code alone, and its rates
 * are not known until a person has it run.
 */
import { EVALUATED, type Body, type CodeBody } from './schedule.ts';

/** Why a curve cannot be shown or written yet. */
export const NOT_EVALUATED = {
  message: 'The code of the schedule has not been run yet.',
  hint: 'Press Run.',
} as const;

/** All bodies that are code, in a sequence or product too. */
export function codeBodies(body: Body): CodeBody[] {
  switch (body.kind) {
    case 'code':
      return [body];
    case 'sequence':
      return body.parts.flatMap((part) => codeBodies(part.body));
    case 'product':
      return body.factors.flatMap(codeBodies);
    default:
      return [];
  }
}

/** Multiples of the peak at t = 0 … T; null when the code has not been run for so many steps. */
export function codeValues(body: CodeBody, steps: number): Float64Array | null {
  const known = body[EVALUATED];
  return known && known.code === body.code && known.values.length === steps + 1
    ? known.values
    : null;
}

/** Whether all rates are known: without code they always are. */
export const isEvaluated = (body: Body, steps: number): boolean =>
  codeBodies(body).every((code) => codeValues(code, steps) !== null);
