/**
 * Schedules as Python modules for PyTorch and optax. The first line carries the experiment as JSON,
 * so that a file reads back; the code itself is never read.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import type { Instance } from '../instance.ts';
import { schedulePython, type Framework } from '../schedule-python.ts';
import { validate } from '../schema.ts';

const MAX_LINE = 200_000;

function createFormat(framework: Framework, name: string): InstanceFormat<Instance> {
  const mark = `# ${name} schedule of `;
  return {
    id: framework,
    name: `${name} code`,
    extensions: ['py'],
    sniff: (text) => (text.startsWith(mark) ? 1 : 0),
    parse(text): Result<Instance> {
      if (!text.startsWith(mark))
        return fail({
          line: 1,
          message: 'Python code cannot be read as a schedule.',
          hint: 'Only files that were exported here can, by their first line.',
        });
      const end = text.indexOf('\n');
      const line = text.slice(mark.length, end < 0 ? text.length : end);
      if (line.length > MAX_LINE)
        return fail({ line: 1, message: 'The experiment in the first line is too long.' });
      try {
        const read = validate(JSON.parse(line));
        return read.ok ? read : fail(...read.issues.map((issue) => ({ ...issue, line: 1 })));
      } catch {
        return fail({ line: 1, message: 'The experiment in the first line is not valid JSON.' });
      }
    },
    write(instance): Result<string> {
      const code = schedulePython(instance, framework);
      // JSON's line separators would end a Python comment.
      const json = JSON.stringify(instance).replace(/[\u2028\u2029\u0085]/g, ' ');
      return code.ok ? ok(`${mark}${json}\n${code.value}`) : code;
    },
  };
}

export const pytorch = createFormat('torch', 'PyTorch');
export const optax = createFormat('optax', 'optax');
