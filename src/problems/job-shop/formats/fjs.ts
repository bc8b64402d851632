/**
 * The text of flexible job shops (Brandimarte 1993; Hurink, Jurisch & Thole 1994): `jobs machines`
 * (and often the mean number of choices), then a line a job: its number of operations, and for each
 * the number of its machines and as many `machine duration` pairs. Machines count from 1.
 */
import { numberIssue } from '../../../core/tokens.ts';
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import type { InstanceFormat } from '../../family.ts';
import { isBare, limits, type JobShopInstance, type Operation } from '../instance.ts';
import { validate } from '../schema.ts';
import {
  nameComment,
  nameFromFile,
  nameFromLine,
  readSizes,
  tooLong,
  type NumberLine,
} from './text.ts';

function splitLines(text: string): { rows: NumberLine[]; name: string | null } {
  const rows: NumberLine[] = [];
  let name: string | null = null;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, i) => {
      if (line.startsWith('#')) name ??= nameFromLine(line);
      const data = line.replace(/#.*$/, '').trim();
      if (data !== '') rows.push({ line: i + 1, tokens: data.split(/\s+/) });
    });
  return { rows, name };
}

function parse(text: string, fileName: string): Result<JobShopInstance> {
  const long = tooLong(text);
  if (long) return fail(long);
  const { rows, name } = splitLines(text);
  if (rows.length === 0 || rows[0].tokens.length < 2 || rows[0].tokens.length > 3)
    return fail({
      line: rows[0]?.line ?? 1,
      message: 'The first line of numbers must be "jobs machines", and perhaps the mean choice.',
      hint: 'For example: 10 6 2.',
    });
  const [head, ...body] = rows;
  const issues: Issue[] = [];
  const { jobs, machines } = readCounts(head, issues);
  if (issues.length > 0) return { ok: false, issues };
  if (body.length !== jobs)
    return fail({
      line: body.at(-1)?.line ?? head.line,
      message: `There are ${body.length} lines of jobs, not ${jobs}.`,
      hint: body.length < jobs ? 'Is the file cut off?' : 'A file holds one instance.',
    });
  const read: Operation[][] = [];
  let left: number = limits.operations;
  for (const row of body) {
    const job = readJob(row, machines, left);
    if (!job.ok) return job;
    left -= job.value.length;
    read.push(job.value);
  }
  return validate({ name: name ?? nameFromFile(fileName), machines, jobs: read });
}

function readCounts(head: NumberLine, issues: Issue[]): { jobs: number; machines: number } {
  // The product of jobs and machines says nothing here: operations are counted as they are read.
  const sizes = readSizes({ ...head, tokens: [head.tokens[0], '1'] }, (issue) =>
    issues.push(issue),
  );
  const wide = readSizes({ ...head, tokens: ['1', head.tokens[1]] }, (issue) => issues.push(issue));
  return { jobs: sizes?.jobs ?? 0, machines: wide?.machines ?? 0 };
}

function readJob(row: NumberLine, machines: number, left: number): Result<Operation[]> {
  let at = 0;
  let issue: Issue | null = null;
  const next = (what: string, min: number, max: number): number => {
    if (issue) return 0;
    const token = row.tokens[at++];
    if (token === undefined) {
      issue = { message: 'The line is too short.', hint: 'Is the file cut off?' };
      return 0;
    }
    const wrong = numberIssue(token, what, { min, max, integer: true });
    if (wrong) issue = wrong;
    return wrong ? 0 : Number(token);
  };
  const count = next('a number of operations', 1, left);
  const operations: Operation[] = [];
  for (let k = 0; k < count && !issue; k++) {
    const choices = next('a number of machines', 1, machines);
    const pairs: number[] = [];
    for (let c = 0; c < choices && !issue; c++)
      pairs.push(next('a machine', 1, machines) - 1, next('a duration', 0, limits.duration));
    operations.push(pairs as unknown as Operation);
  }
  if (!issue && at < row.tokens.length)
    issue = { message: `The line has ${row.tokens.length - at} numbers too many.` };
  return issue ? fail({ line: row.line, ...(issue as Issue) }) : ok(operations);
}

function write(instance: JobShopInstance): Result<string> {
  if (!isBare({ ...instance, jobs: [] }))
    return fail({
      message: 'This format has no place for kinds, dates, objectives and setups.',
      hint: 'Save as JSON instead.',
    });
  const choices = instance.jobs.flat().map((operation) => operation.length / 2);
  const mean = choices.reduce((sum, count) => sum + count, 0) / choices.length;
  const rows = instance.jobs.map((job) =>
    [
      job.length,
      ...job.flatMap((operation) => [
        operation.length / 2,
        ...operation.map((value, i) => (i % 2 === 0 ? value + 1 : value)),
      ]),
    ].join(' '),
  );
  return ok(
    `${nameComment(instance.name)}${instance.jobs.length} ${instance.machines} ${Number(mean.toFixed(2))}\n${rows.join('\n')}\n`,
  );
}

/** Sure when the first job's line has just the numbers its counts ask for. */
function sniff(text: string, fileName: string): number {
  const head = text.slice(0, 8000);
  if (/^\s*[{[]/.test(head)) return 0;
  const named = /\.fjs$/i.test(fileName);
  const { rows } = splitLines(head);
  if (rows.length < 2 || rows[0].tokens.length < 2 || rows[0].tokens.length > 3)
    return named ? 0.3 : 0;
  if (!rows[0].tokens.every((token) => /^\d+(\.\d+)?$/.test(token))) return 0;
  const first = readJob(rows[1], Number(rows[0].tokens[1]), limits.operations);
  if (!first.ok) return named ? 0.4 : 0;
  return named ? 0.97 : 0.92;
}

export const fjs: InstanceFormat<JobShopInstance> = {
  id: 'fjs',
  name: 'Flexible job shop (.fjs)',
  extensions: ['fjs', 'txt'],
  sniff,
  parse,
  write,
};
