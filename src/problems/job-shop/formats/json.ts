/** The instance as JSON, as the text editor shows it. */
import { parseJson, withPlaces } from '../../../core/json.ts';
import { printJson } from '../../../core/print-json.ts';
import { fail, ok, type Result } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import type { JobShopInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { nameFromFile, tooLong } from './text.ts';

function parse(text: string, fileName: string): Result<JobShopInstance> {
  const long = tooLong(text);
  if (long) return fail(long);
  const clean = text.replace(/^\uFEFF/, '');
  const parsed = parseJson(clean);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const named =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { name: nameFromFile(fileName), ...value }
      : value;
  const result = validate(named);
  return result.ok ? result : { ok: false, issues: withPlaces(clean, result.issues) };
}

export const json: InstanceFormat<JobShopInstance> = {
  id: 'json',
  name: 'JSON',
  extensions: ['json'],
  sniff: (text) => {
    const head = text.slice(0, 4000);
    if (!/^\s*\{/.test(head)) return 0;
    return /"jobs"\s*:/.test(head) && /"machines"\s*:/.test(head) ? 0.95 : 0.1;
  },
  parse,
  write: (instance) => ok(`${printJson(instance)}\n`),
};
