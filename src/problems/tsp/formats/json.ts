/** Instances as JSON, the form of the text editor. */
import { fail, ok, type Result } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import type { TspInstance } from '../instance.ts';
import { validate } from '../schema.ts';

function parse(text: string): Result<TspInstance> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail({
      line: errorLine(text, String(error)),
      message: 'This is not valid JSON.',
      hint: 'Look for a missing comma, quote or bracket.',
    });
  }
  const result = validate(value);
  return result.ok ? result : fail(...result.issues.map((issue) => ({ line: 1, ...issue })));
}

/** The line an engine's message points at: `position 12` or `line 3 column 4`; else the last. */
function errorLine(text: string, message: string): number {
  const line = /line (\d+)/.exec(message);
  if (line) return Number(line[1]);
  const position = /position (\d+)/.exec(message);
  return text.slice(0, position ? Number(position[1]) : text.length).split('\n').length;
}

/** One city per line, so that differences are easy to see. */
function write(instance: TspInstance): Result<string> {
  const { cities, matrix, names, ...head } = instance;
  const parts = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  const rows = (key: string, list: readonly unknown[]) =>
    `  "${key}": [\n${list.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`;
  parts.push(cities.length > 0 ? rows('cities', cities) : '  "cities": []');
  if (names) parts.push(rows('names', names));
  if (matrix) parts.push(rows('matrix', matrix));
  return ok(`{\n${parts.join(',\n')}\n}\n`);
}

export const json: InstanceFormat<TspInstance> = {
  id: 'json',
  name: 'JSON',
  extensions: ['json'],
  sniff(text) {
    const head = text.slice(0, 4096);
    if (!/^\s*\{/.test(head)) return 0;
    return /"metric"\s*:/.test(head) ? 1 : /"cities"\s*:/.test(head) ? 0.8 : 0.05;
  },
  parse,
  write,
};
