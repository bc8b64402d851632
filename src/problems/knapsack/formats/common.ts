/** What the knapsack text formats share. */
import { fail, type Issue, type Result } from '../../../core/result.ts';
import type { NumberLimits, TokenReader } from '../../../core/tokens.ts';
import { MAX_DIGITS, MAX_DIMENSIONS, MAX_ITEMS, copiesOf, type Instance } from '../instance.ts';
import { kindName } from '../kinds.ts';
import { amountIssue, kindIssue, sizeIssue, totalsIssue } from '../schema.ts';

export const AMOUNT: NumberLimits = { min: 0, max: Number.MAX_SAFE_INTEGER };
export const ITEMS: NumberLimits = { min: 0, max: MAX_ITEMS, integer: true };
export const DIMENSIONS: NumberLimits = { min: 1, max: MAX_DIMENSIONS, integer: true };

/** Collects what is wrong while numbers are read; after the first issue reading yields NaN. */
export interface AmountReader {
  read(what: string, limits?: NumberLimits): number;
  issues: Issue[];
}

export function amountReader(tokens: TokenReader): AmountReader {
  const issues: Issue[] = [];
  return {
    issues,
    read(what, limits = AMOUNT) {
      if (issues.length > 0) return NaN;
      const place = tokens.place();
      const result = tokens.number(what, limits);
      if (!result.ok) {
        issues.push(...result.issues);
        return NaN;
      }
      const issue = amountIssue(result.value, what);
      if (issue) issues.push({ ...place, ...issue });
      return result.value;
    },
  };
}

/** The instance when its sizes and totals can be handled. */
export function accept(instance: Instance): Result<Instance> {
  const size = sizeIssue(instance.items.length, instance.capacities.length);
  if (size) return fail({ line: 1, message: size });
  const totals = kindIssue(instance) ?? totalsIssue(instance);
  return totals
    ? fail({ line: 1, message: totals.message, hint: totals.hint })
    : { ok: true, value: instance };
}

/** The file's name without folders and extension. */
export const baseName = (fileName: string): string =>
  (fileName.split(/[\\/]/).pop() ?? '').replace(/\.[^.]+$/, '').slice(0, 200);

/** The first non-empty lines, as tokens. Looks at the first 4 kB. */
export function firstLines(text: string, count: number): string[][] {
  const lines: string[][] = [];
  for (const line of text.slice(0, 4096).split('\n')) {
    const parts = line.trim().split(/\s+/);
    if (parts[0] !== '') lines.push(parts);
    if (lines.length === count) break;
  }
  return lines;
}

export const isCount = (token: string): boolean => /^\d+$/.test(token);
export const isAmount = (token: string): boolean => /^(\d+\.?\d*|\.\d+)$/.test(token);

/** Why a format of the plain kind cannot write the instance; null when it can. */
export const plainIssue = (instance: Instance): Issue | null =>
  instance.kind === undefined
    ? null
    : {
        path: ['kind'],
        message: `This format has no ${kindName(instance.kind).toLowerCase()} instances.`,
        hint: 'Export as CSV or JSON.',
      };

/** Why a format that takes each item at most once cannot write the instance; null when it can. */
export function copiesIssue(instance: Instance): Issue | null {
  const kind = plainIssue(instance);
  if (kind) return kind;
  const index = instance.items.findIndex((item) => copiesOf(item) !== 1);
  return index < 0
    ? null
    : {
        path: ['items', index, 'count'],
        message: 'This format has no copies of items.',
        hint: 'Export as CSV or JSON.',
      };
}

/** A number without an exponent, as few digits as tell it. */
export const plain = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toFixed(MAX_DIGITS)));
