/** The instance as JSON, exactly what the text editor shows. */
import { fail, ok } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import type { Instance } from '../instance.ts';
import { validate } from '../schema.ts';
import { baseName } from './common.ts';

export const json: InstanceFormat<Instance> = {
  id: 'json',
  name: 'JSON',
  extensions: ['json'],
  sniff(text) {
    const start = text.slice(0, 4096);
    if (!/^\s*\{/.test(start)) return 0;
    const capacity = /"capacit(y|ies)"\s*:/.test(start);
    const items = /"items"\s*:/.test(start);
    return capacity && items ? 0.9 : /"profit"\s*:/.test(start) ? 0.8 : capacity || items ? 0.3 : 0;
  },
  parse(text, fileName) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return fail({ line: 1, message: `This is not JSON: ${(error as Error).message}` });
    }
    const result = validate(value);
    if (result.ok && result.value.name === '')
      return ok({ ...result.value, name: baseName(fileName) });
    return result;
  },
  write: (instance) => ok(`${JSON.stringify(instance, null, 1)}\n`),
};
