/**
 * Taillard's text of flow shops: a line of words, `jobs machines` (with seed and bounds), a line of
 * words, then for each machine the durations of all jobs.
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

const heading = /^\s*processing times\s*:?\s*$/im;

function parse(text: string, fileName: string): Result<JobShopInstance> {
  const long = tooLong(text);
  if (long) return fail(long);
  const rows: NumberLine[] = [];
  let name: string | null = null;
  let sawHeading = false;
  let sizesRow: NumberLine | null = null;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i].trim();
    if (line.startsWith('#')) name ??= nameFromLine(line);
    else if (heading.test(line) && !sawHeading) sawHeading = true;
    else if (/^\d/.test(line)) {
      const row = { line: i + 1, tokens: line.split(/\s+/) };
      if (sawHeading) rows.push(row);
      else sizesRow ??= row;
    } else if (line !== '' && sawHeading)
      return fail({
        line: i + 1,
        message: `"${line.slice(0, 24)}" stands where durations should be.`,
        hint: 'A file holds one instance.',
      });
  }
  if (!sizesRow || sizesRow.tokens.length < 2 || !sawHeading)
    return fail({
      line: sizesRow?.line ?? 1,
      message: 'There must be a line "jobs machines …" and then "processing times :".',
    });
  const issues: Issue[] = [];
  const sizes = readSizes(sizesRow, (issue) => issues.push(issue));
  if (!sizes) return { ok: false, issues };
  if (rows.length !== sizes.machines)
    return fail({
      line: rows.at(-1)?.line ?? sizesRow.line,
      message: `There are ${rows.length} lines of durations for ${sizes.machines} machines.`,
      hint: rows.length < sizes.machines ? 'Is the file cut off?' : 'A file holds one instance.',
    });
  for (const row of rows) {
    if (row.tokens.length !== sizes.jobs)
      return fail({
        line: row.line,
        message: `The line has ${row.tokens.length} durations for ${sizes.jobs} jobs.`,
        hint: 'A line holds the durations of all jobs on one machine.',
      });
    for (const token of row.tokens) {
      const range = { min: 0, max: limits.duration, integer: true };
      const issue = numberIssue(token, 'a duration', range);
      if (issue) return fail({ line: row.line, ...issue });
    }
  }
  const jobs = Array.from({ length: sizes.jobs }, (_, job) =>
    rows.map((row, machine): Operation => [machine, Number(row.tokens[job])]),
  );
  return validate({
    name: name ?? nameFromFile(fileName),
    machines: sizes.machines,
    jobs,
    kind: 'permutation',
  });
}

function write(instance: JobShopInstance): Result<string> {
  const { jobs, machines } = instance;
  const inLine = jobs.every(
    (job) => job.length === machines && job.every(([machine], k) => machine === k),
  );
  if (instance.kind !== 'permutation' || !inLine || !isBare({ ...instance, kind: undefined }))
    return fail({
      message: 'This format holds permutation flow shops along M1, M2, … with the makespan only.',
      hint: 'Save as JSON instead.',
    });
  const rows = Array.from({ length: machines }, (_, k) =>
    jobs.map((job) => String(job[k][1]).padStart(2)).join(' '),
  );
  return ok(
    `${nameComment(instance.name)}number of jobs, number of machines :\n${jobs.length} ${machines}\n` +
      `processing times :\n${rows.join('\n')}\n`,
  );
}

export const flowShop: InstanceFormat<JobShopInstance> = {
  id: 'flow-shop',
  name: 'Flow shop (Taillard)',
  extensions: ['fsp', 'txt'],
  sniff: (text) => (heading.test(text.slice(0, 4000)) && !/^\s*[{[]/.test(text) ? 0.96 : 0),
  parse,
  write,
};
