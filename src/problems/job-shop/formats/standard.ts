/**
 * The standard text of the OR-Library and most collections: an optional title, `jobs machines`, then
 * for each job its `machine duration` pairs in order. `#` starts a comment.
 */
import { numberIssue } from '../../../core/tokens.ts';
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import { limits, type JobShopInstance, type Operation } from '../instance.ts';
import { validate } from '../schema.ts';
import {
  nameComment,
  nameFromFile,
  nameFromLine,
  notRectangular,
  readSizes,
  tooLong,
  type NumberLine,
} from './text.ts';

const looksNumeric = (line: string): boolean => /^[-+.\d]/.test(line) && !/^\++$/.test(line);

/** Data lines (title lines before the first of them only), and the name when one is given. */
function splitLines(text: string): { rows: NumberLine[]; name: string | null; issues: Issue[] } {
  const rows: NumberLine[] = [];
  const issues: Issue[] = [];
  let name: string | null = null;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (let i = 0; i < lines.length && issues.length === 0; i++) {
    const line = lines[i].trim();
    if (line.startsWith('#') || (rows.length === 0 && !looksNumeric(line))) {
      name ??= nameFromLine(line);
      continue;
    }
    const data = line.replace(/#.*$/, '').trim();
    if (data === '' || /^\++$/.test(data)) continue;
    if (!looksNumeric(data))
      issues.push({
        line: i + 1,
        message: `"${data.slice(0, 24)}" stands where numbers should be.`,
        hint: 'A file holds one instance; comments start with #.',
      });
    else rows.push({ line: i + 1, tokens: data.split(/[\s,;]+/).filter((token) => token !== '') });
  }
  return { rows, name, issues };
}

function parse(text: string, fileName: string): Result<JobShopInstance> {
  const long = tooLong(text);
  if (long) return fail(long);
  const { rows, name, issues } = splitLines(text);
  const complain = (issue: Issue) => void issues.push(issue);
  if (rows.length === 0) {
    if (issues.length === 0)
      complain({ line: 1, message: 'There is no line "jobs machines".', hint: 'Is it cut off?' });
    return { ok: false, issues };
  }
  const [head, ...body] = rows;
  if (head.tokens.length !== 2)
    complain({
      line: head.line,
      message: 'The first line of numbers must be "jobs machines".',
      hint: 'For example: 10 5.',
    });
  const sizes = issues.length === 0 ? readSizes(head, complain) : null;
  if (!sizes) return { ok: false, issues };

  const jobs = readPairs(body, sizes, complain);
  if (!jobs) return { ok: false, issues };
  return validate({ name: name ?? nameFromFile(fileName), machines: sizes.machines, jobs });
}

/** The jobs' pairs, token by token; lines only serve to say where something is wrong. */
function readPairs(
  body: readonly NumberLine[],
  sizes: { jobs: number; machines: number },
  complain: (issue: Issue) => void,
): Operation[][] | null {
  const wanted = 2 * sizes.jobs * sizes.machines;
  const found = body.reduce((sum, row) => sum + row.tokens.length, 0);
  const lastLine = body.at(-1)?.line ?? 1;
  if (found !== wanted) {
    const odd = body.find((row, i) => i >= sizes.jobs || row.tokens.length !== 2 * sizes.machines);
    complain({
      line: odd?.line ?? lastLine,
      message:
        `${sizes.jobs} jobs on ${sizes.machines} machines need ${wanted} numbers; ` +
        `there are ${found}.`,
      hint:
        found < wanted
          ? 'Each job needs one "machine duration" pair per machine. Is the file cut off?'
          : 'Each job has one "machine duration" pair per machine, and a file holds one instance.',
    });
    return null;
  }
  const values: number[] = [];
  const lineOf: number[] = [];
  let low = Infinity;
  let high = -Infinity;
  for (const row of body)
    for (const token of row.tokens) {
      const isMachine = values.length % 2 === 0;
      const issue = isMachine
        ? numberIssue(token, 'a machine', { min: 0, max: sizes.machines, integer: true })
        : numberIssue(token, 'a duration', { min: 0, max: limits.duration, integer: true });
      if (issue) {
        complain({ line: row.line, ...issue });
        return null;
      }
      const value = Number(token);
      if (isMachine) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      values.push(value);
      lineOf.push(row.line);
    }
  // Some collections count machines from 1; then no 0 occurs and the last number does.
  const offset = high === sizes.machines && low >= 1 ? 1 : 0;
  if (offset === 0 && high === sizes.machines) {
    const at = values.findIndex((value, i) => i % 2 === 0 && value === high);
    complain({
      line: lineOf[at],
      message: `There is no machine ${high}: machines count from 0 to ${sizes.machines - 1}.`,
    });
    return null;
  }
  return Array.from({ length: sizes.jobs }, (_, j) =>
    Array.from({ length: sizes.machines }, (_unused, k): Operation => {
      const at = 2 * (j * sizes.machines + k);
      return [values[at] - offset, values[at + 1]];
    }),
  );
}

function write(instance: JobShopInstance): Result<string> {
  const refused = notRectangular(instance);
  if (refused) return refused;
  const rows = instance.jobs.map((job) => job.map((operation) => operation.join(' ')).join(' '));
  return ok(
    `${nameComment(instance.name)}${instance.jobs.length} ${instance.machines}\n${rows.join('\n')}\n`,
  );
}

function sniff(text: string): number {
  const head = text.slice(0, 4000);
  if (/^\s*[{[]/.test(head) || /^\s*times\b/im.test(head)) return 0;
  const { rows } = splitLines(head);
  if (rows.length === 0 || rows[0].tokens.length !== 2) return 0;
  if (!rows[0].tokens.every((token) => /^\d+$/.test(token))) return 0;
  const machines = Number(rows[0].tokens[1]);
  if (rows.length === 1) return 0.2;
  return rows[1].tokens.length === 2 * machines ? 0.9 : 0.2;
}

export const standard: InstanceFormat<JobShopInstance> = {
  id: 'standard',
  name: 'Standard (OR-Library)',
  extensions: ['txt', 'jsp', 'jssp'],
  sniff,
  parse,
  write,
};
