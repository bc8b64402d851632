/**
 * Taillard's text: sizes (with seeds and bounds he also gives), a block "Times" and a block
 * "Machines", one row a job; machines count from 1.
 */
import { fail, ok, type Issue, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
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

interface Blocks {
  sizes: NumberLine | null;
  times: NumberLine[];
  machines: NumberLine[];
  /** 1-based line of each heading; 0 when missing. */
  timesLine: number;
  machinesLine: number;
  name: string | null;
}

function split(text: string): Blocks | Issue {
  const blocks: Blocks = {
    sizes: null,
    times: [],
    machines: [],
    timesLine: 0,
    machinesLine: 0,
    name: null,
  };
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i].trim();
    if (/^times\b/i.test(line) && blocks.timesLine === 0) blocks.timesLine = i + 1;
    else if (/^machines\b/i.test(line) && blocks.machinesLine === 0 && blocks.timesLine > 0)
      blocks.machinesLine = i + 1;
    else if (/^[-+.\d]/.test(line)) {
      const row = { line: i + 1, tokens: line.split(/\s+/) };
      if (blocks.machinesLine > 0) blocks.machines.push(row);
      else if (blocks.timesLine > 0) blocks.times.push(row);
      else if (!blocks.sizes) blocks.sizes = row;
    } else if (line === '' || line.startsWith('#')) blocks.name ??= nameFromLine(line);
    else if (blocks.timesLine === 0) blocks.name ??= nameFromLine(line);
    else
      return {
        line: i + 1,
        message: `"${line.slice(0, 24)}" stands where numbers should be.`,
        hint: 'A file holds one instance.',
      };
  }
  return blocks;
}

function parse(text: string, fileName: string): Result<JobShopInstance> {
  const long = tooLong(text);
  if (long) return fail(long);
  const blocks = split(text);
  if ('message' in blocks) return fail(blocks);
  if (!blocks.sizes || blocks.sizes.tokens.length < 2)
    return fail({
      line: blocks.sizes?.line ?? 1,
      message: 'There is no line with the numbers of jobs and machines before "Times".',
    });
  const issues: Issue[] = [];
  const sizes = readSizes(blocks.sizes, (issue) => void issues.push(issue));
  if (!sizes) return { ok: false, issues };
  const times = readBlock(blocks.times, blocks.timesLine, 'Times', 'a duration', sizes, {
    min: 0,
    max: limits.duration,
  });
  if (!times.ok) return times;
  const machines = readBlock(
    blocks.machines,
    blocks.machinesLine,
    'Machines',
    'a machine (from 1)',
    sizes,
    { min: 1, max: sizes.machines },
  );
  if (!machines.ok) return machines;
  const jobs = Array.from({ length: sizes.jobs }, (_, j) =>
    Array.from({ length: sizes.machines }, (_unused, k): Operation => {
      const at = j * sizes.machines + k;
      return [machines.value[at] - 1, times.value[at]];
    }),
  );
  return validate({ name: blocks.name ?? nameFromFile(fileName), machines: sizes.machines, jobs });
}

function readBlock(
  rows: readonly NumberLine[],
  headingLine: number,
  heading: string,
  what: string,
  sizes: { jobs: number; machines: number },
  range: { min: number; max: number },
): Result<number[]> {
  if (headingLine === 0)
    return fail({
      line: 1,
      message: `The block "${heading}" is missing.`,
      hint: 'Is the file cut off?',
    });
  const wanted = sizes.jobs * sizes.machines;
  const values: number[] = [];
  for (const row of rows)
    for (const token of row.tokens) {
      if (values.length === wanted)
        return fail({
          line: row.line,
          message: `The block "${heading}" has more than ${sizes.jobs} × ${sizes.machines} numbers.`,
        });
      const issue = numberIssue(token, what, { ...range, integer: true });
      if (issue) return fail({ line: row.line, ...issue });
      values.push(Number(token));
    }
  if (values.length < wanted)
    return fail({
      line: rows.at(-1)?.line ?? headingLine,
      message: `The block "${heading}" has ${values.length} of ${wanted} numbers.`,
      hint: 'Is the file cut off?',
    });
  return ok(values);
}

function write(instance: JobShopInstance): Result<string> {
  const refused = notRectangular(instance);
  if (refused) return refused;
  const block = (pick: (operation: Operation) => number) =>
    instance.jobs
      .map((job) => job.map((operation) => String(pick(operation)).padStart(3)).join(' '))
      .join('\n');
  return ok(
    `${nameComment(instance.name)}Nb of jobs, Nb of Machines\n` +
      `${instance.jobs.length} ${instance.machines}\n` +
      `Times\n${block(([, duration]) => duration)}\n` +
      `Machines\n${block(([machine]) => machine + 1)}\n`,
  );
}

export const taillardText: InstanceFormat<JobShopInstance> = {
  id: 'taillard',
  name: 'Taillard (times, machines)',
  extensions: ['txt'],
  sniff: (text) => (/^\s*times\b/im.test(text.slice(0, 4000)) && !/^\s*[{[]/.test(text) ? 0.95 : 0),
  parse,
  write,
};
