/** What the command lines share: reading instances, numbers and parameters, and saying what is wrong. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatNumber } from '../../src/core/format.ts';
import { readParams, type ParamSpec, type ParamValues } from '../../src/core/params.ts';
import type { Issue } from '../../src/core/result.ts';
import type { SolverInfo } from '../../src/core/solver.ts';
import type { AnyFamily, FamilyId } from '../../src/problems/family.ts';
import { MAX_TEXT_BYTES, openText } from '../../src/problems/open.ts';
import { families, familyEntry } from '../../src/problems/registry.ts';

/** A mistake in the options: exit code 2 and a word on --help. */
export class UsageError extends Error {}

/** `file:line: message`, one line an issue, as compilers print. */
export function printIssues(file: string, issues: readonly Issue[]): void {
  for (const { line, path, message, hint } of issues.slice(0, 20)) {
    const where = path && path.length > 0 ? ` ${path.join('.')}:` : '';
    process.stderr.write(`${file}:${line ?? 1}:${where} ${message}${hint ? ` ${hint}` : ''}\n`);
  }
}

/** Issues of code inside a file: line and column are the code's own, not the file's. */
export const inCode = (issues: readonly Issue[]): Issue[] =>
  issues.map(({ line, column, ...issue }) => ({
    ...issue,
    message: line ? `code line ${line}, column ${column ?? 1}: ${issue.message}` : issue.message,
  }));

export function parseNumber(
  name: string,
  text: string | undefined,
  integer: boolean,
): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === '' || (integer && !Number.isInteger(value)))
    throw new UsageError(`--${name} must be a ${integer ? 'whole ' : ''}number, not "${text}".`);
  return value;
}

export function positive(name: string, value: number | null): number | null {
  if (value !== null && value <= 0) throw new UsageError(`--${name} must be above 0.`);
  return value;
}

export async function readInput(file: string): Promise<{ text: string; name: string }> {
  if (file === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return { text: Buffer.concat(chunks).toString('utf8'), name: 'stdin' };
  }
  const { size } = await stat(file);
  if (size > MAX_TEXT_BYTES)
    throw new Error(
      `The file has ${formatNumber(size)} bytes; the limit is ${formatNumber(MAX_TEXT_BYTES)}.`,
    );
  return { text: await readFile(file, 'utf8'), name: basename(file) };
}

export interface Loaded {
  family: AnyFamily;
  instance: unknown;
  name: string;
  solverId?: string;
  params?: ParamValues;
  seed?: number;
}

export async function loadFamily(id: string): Promise<AnyFamily> {
  const entry = familyEntry(id);
  if (!entry)
    throw new UsageError(
      `There is no family "${id}". Use one of: ${families.map((known) => known.id).join(', ')}.`,
    );
  return entry.load();
}

/** `gallery:FAMILY/ID`, a file, or `-`; the issues when it cannot be read. */
export async function loadInstance(
  file: string,
  familyId: string | undefined,
): Promise<Loaded | Issue[]> {
  const gallery = /^gallery:([^/]+)\/(.+)$/.exec(file);
  if (gallery) {
    const family = await loadFamily(gallery[1]);
    const entry = family.gallery.find((candidate) => candidate.id === gallery[2]);
    if (!entry)
      return [
        {
          message: `The gallery of ${family.name} has no "${gallery[2]}".`,
          hint: `It has: ${family.gallery.map(({ id }) => id).join(', ')}.`,
        },
      ];
    const instance = entry.instance();
    await family.prepare?.(instance);
    return { family, instance, name: entry.id };
  }
  if (familyId) await loadFamily(familyId);
  const { text, name } = await readInput(file);
  const opened = await openText(text, name, { family: familyId as FamilyId | undefined });
  if (!opened.ok) return opened.issues;
  // Never a proof: these open with their instance only.
  if (opened.value.kind === 'solution' || opened.value.kind === 'proof')
    return [
      {
        message: 'This is a solution, not an instance.',
        hint: 'Give the instance file, and this one with --start.',
      },
    ];
  const family = await loadFamily(opened.value.family);
  const { value } = opened;
  await family.prepare?.(value.kind === 'document' ? value.content.instance : value.instance);
  if (value.kind === 'document') {
    const { instance, solverId, params, seed } = value.content;
    const id = solverId ?? family.defaultSolver(instance);
    return { family, instance, name, solverId: id, params: params[id], seed };
  }
  return { family, instance: value.instance, name };
}

/** The solver of that id, when it takes the instance. */
export function solverOf(family: AnyFamily, instance: unknown, id: string): SolverInfo {
  const solver = family.solvers.find((candidate) => candidate.id === id);
  if (!solver)
    throw new UsageError(
      `${family.name} has no solver "${id}". Use one of: ${family.solvers.map((each) => each.id).join(', ')}.`,
    );
  const refusal = family.refuses(id, instance);
  if (refusal) throw new UsageError(refusal);
  return solver;
}

/** `name=value` pairs as texts. */
export const parsePairs = (pairs: readonly string[] = []): Record<string, string> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--param must be name=value, not "${pair}".`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );

/** One issue in a sentence or two. */
export const sentence = ({ message, hint }: Issue): string =>
  hint ? `${message} ${hint}` : message;

/** `name=value` pairs, read through the specs. */
export function parseParams(
  specs: readonly ParamSpec[],
  pairs: readonly string[] | undefined,
  inherited: ParamValues = {},
): ParamValues {
  const params = readParams(specs, { ...inherited, ...parsePairs(pairs) });
  if (!params.ok) throw new UsageError(params.issues.map(sentence).join(' '));
  return params.value;
}

/** Runs a command line to its exit code; a usage error points to --help. */
export function runMain(name: string, main: () => Promise<number>): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${name}: ${message}\n`);
      const isUsage =
        error instanceof UsageError ||
        (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') === true;
      if (isUsage) process.stderr.write('Run with --help for the options.\n');
      process.exitCode = 2;
    },
  );
}
