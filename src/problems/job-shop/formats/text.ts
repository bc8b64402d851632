/** What the text formats share: names, sizes and refusal of huge input. */
import { fail, type Issue, type Result } from '../../../core/result.ts';
import { isBare, isRectangular, limits, type JobShopInstance } from '../instance.ts';
import { isName } from '../schema.ts';

/** An issue when the text is too long to be read at all. */
export function tooLong(text: string): Issue | null {
  if (text.length <= limits.textLength) return null;
  return {
    message: `The text has ${text.length} characters; at most ${limits.textLength} are read.`,
    hint: `Instances have at most ${limits.operations} operations.`,
  };
}

/** File name without folder and ending; a general name when nothing is left. */
export function nameFromFile(fileName: string): string {
  const base = fileName.replace(/^.*[\\/]/, '').replace(/\.[a-z0-9]{1,8}$/i, '');
  const name = base.trim().slice(0, limits.nameLength);
  return name !== '' && isName(name) ? name : 'Job shop';
}

/** The name a comment or title line gives: `# name: ft06`, `instance ft06`, or one bare word. */
export function nameFromLine(line: string): string | null {
  const comment = /^#\s*name:\s?(.*)$/i.exec(line);
  const title = /^instance:?\s+(\S+)\s*$/i.exec(line);
  const word = /^([A-Za-z][\w.+-]*)$/.exec(line);
  const name = (comment ?? title ?? word)?.[1];
  return name !== undefined && isName(name) ? name : null;
}

/** One line of numbers of a text, or its line is refused. */
export interface NumberLine {
  /** 1-based. */
  line: number;
  tokens: string[];
}

/** A number of jobs or machines within the limits. */
export function readSizes(
  row: NumberLine,
  complain: (issue: Issue) => void,
): { jobs: number; machines: number } | null {
  const jobs = Number(row.tokens[0]);
  const machines = Number(row.tokens[1]);
  const fits = (value: number, max: number) =>
    Number.isInteger(value) && value >= 1 && value <= max;
  if (!fits(jobs, limits.jobs)) {
    complain({
      line: row.line,
      message: `The number of jobs must be a whole number from 1 to ${limits.jobs}.`,
      hint: 'The first line of numbers is "jobs machines".',
    });
    return null;
  }
  if (!fits(machines, limits.machines)) {
    complain({
      line: row.line,
      message: `The number of machines must be a whole number from 1 to ${limits.machines}.`,
      hint: 'The first line of numbers is "jobs machines".',
    });
    return null;
  }
  if (jobs * machines > limits.operations) {
    complain({
      line: row.line,
      message: `${jobs} × ${machines} is more than ${limits.operations} operations.`,
    });
    return null;
  }
  return { jobs, machines };
}

/** Why the rectangular text formats cannot hold an instance; null when they can. */
export function notRectangular(instance: JobShopInstance): Result<never> | null {
  const hint = 'Save as JSON instead.';
  if (!isBare(instance))
    return fail({
      message: 'This format has no place for choices, kinds, dates, objectives and setups.',
      hint,
    });
  if (!isRectangular(instance))
    return fail({
      message: 'This format needs as many operations in every job as there are machines.',
      hint,
    });
  return null;
}

/** A comment line that keeps the name over a round trip. */
export const nameComment = (name: string): string => `# name: ${name}\n`;
