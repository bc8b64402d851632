/** The instance as JSON, as the text editor shows it. */
import { fail, ok, type Result } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import type { JobShopInstance } from '../instance.ts';
import { validate } from '../schema.ts';
import { nameFromFile, tooLong } from './text.ts';

function parse(text: string, fileName: string): Result<JobShopInstance> {
  const long = tooLong(text);
  if (long) return fail(long);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return fail({ message: 'This is not valid JSON.', ...placeOf(error, text) });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return validate(value);
  return validate({ name: nameFromFile(fileName), ...value });
}

/** Line and column from the engine's message, which gives a position or both. */
function placeOf(error: unknown, text: string): { line?: number; column?: number } {
  const message = error instanceof Error ? error.message : '';
  const both = /line (\d+) column (\d+)/.exec(message);
  if (both) return { line: Number(both[1]), column: Number(both[2]) };
  const position = /position (\d+)/.exec(message);
  const at = position ? Number(position[1]) : /end of JSON/.test(message) ? text.length : -1;
  if (at < 0) return {};
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before[before.length - 1].length + 1 };
}

/** One job a line: readable, and close to the standard text. */
function write(instance: JobShopInstance): Result<string> {
  const jobs = instance.jobs.map((job) => {
    const pairs = job.map(([machine, duration]) => `[${machine}, ${duration}]`);
    return `    [${pairs.join(', ')}]`;
  });
  return ok(
    `{\n  "name": ${JSON.stringify(instance.name)},\n  "machines": ${instance.machines},\n` +
      `  "jobs": [\n${jobs.join(',\n')}\n  ]\n}\n`,
  );
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
  write,
};
