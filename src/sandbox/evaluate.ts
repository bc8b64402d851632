/** Has an instance's functions run, whichever sandbox there is. */
import type { CodeAnswer, CodeCall } from '../core/code.ts';
import { ok, type Issue, type Result } from '../core/result.ts';
import type { AnyFamily } from '../problems/family.ts';

/** A sandbox: the values of a call, or issues with line and column in its code. */
export type RunCode = (call: CodeCall) => Promise<Result<Float64Array>>;

/** The sources whose values an instance lacks; nothing is run to know. */
export const missingSources = (family: AnyFamily, instance: unknown): string[] =>
  family.code?.missing(instance).map(({ source }) => source) ?? [];

/** The instance with all its values, itself when none was missing. Never rejects. */
export async function evaluate(
  family: AnyFamily,
  instance: unknown,
  run: RunCode,
): Promise<Result<unknown>> {
  const calls = family.code?.missing(instance) ?? [];
  if (!family.code || calls.length === 0) return ok(instance);
  const answers: CodeAnswer[] = [];
  const issues: Issue[] = [];
  for (const call of calls) {
    const values = await run(call);
    if (values.ok) answers.push({ source: call.source, values: values.value });
    else issues.push(...values.issues);
  }
  return issues.length > 0 ? { ok: false, issues } : family.code.supply(instance, answers);
}
