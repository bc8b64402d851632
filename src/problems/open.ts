/**
 * Opening text of any supported format: sizes first, then JSON or the family formats by their own
 * sniffing. Total: whatever comes in, the answer is a value or issues a person can act on.
 */
import { parseJson, withPlaces } from '../core/json.ts';
import { fail, ok, type Issue, type Result } from '../core/result.ts';
import { DOCUMENT_FORMAT, isObject, readDocument, type DocumentParts } from './document.ts';
import type { AnyFamily, FamilyId } from './family.ts';
import { families } from './registry.ts';

/** Larger inputs are refused unread. */
export const MAX_TEXT_BYTES = 40_000_000;

export interface OpenOptions {
  /** Only this family's formats. */
  family?: FamilyId;
  /** The open instance: solutions belong to it. */
  current?: { family: FamilyId; instance: unknown };
}

export type Opened =
  | { kind: 'instance'; family: FamilyId; instance: unknown; format: string }
  | { kind: 'solution'; family: FamilyId; solution: unknown; format: string }
  /** Evidence of a bound on the open instance, verified. */
  | { kind: 'proof'; family: FamilyId; bound: number }
  | ({ kind: 'document'; family: FamilyId } & DocumentParts);

/** Opens a file's text with the families of the registry. */
export async function openText(
  text: string,
  fileName: string,
  options: OpenOptions = {},
): Promise<Result<Opened>> {
  const refused = refusedText(text, fileName);
  if (refused) return fail(refused);
  try {
    const loaded = await Promise.all(families.map((entry) => entry.load()));
    return openWith(loaded, text, fileName, options);
  } catch {
    return fail({
      message: 'A part of the program could not be loaded.',
      hint: 'Check the connection and reload the page.',
    });
  }
}

/** `openText` over given families. */
export function openWith(
  all: readonly AnyFamily[],
  text: string,
  fileName: string,
  options: OpenOptions = {},
): Result<Opened> {
  const refused = refusedText(text, fileName);
  if (refused) return fail(refused);
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  const chosen = options.family ? all.filter((family) => family.id === options.family) : all;
  const first = /\S/.exec(clean)?.[0];
  return first === '{' || first === '[' || /\.json$/i.test(fileName)
    ? openJson(all, chosen, clean, fileName, options)
    : openFormat(all, chosen, clean, fileName, options);
}

/** Why a file of this size is not read; null when it is. */
export function refusedSize(bytes: number): Issue | null {
  if (bytes <= MAX_TEXT_BYTES) return null;
  return {
    message: `The input has ${Math.ceil(bytes / 1e6)} MB; at most ${MAX_TEXT_BYTES / 1e6} MB can be opened.`,
    hint: 'Cut it to one instance.',
  };
}

const ARCHIVES: readonly [string, string][] = [
  ['PK\u0003\u0004', 'a zip archive'],
  ['\u001f\ufffd', 'a gzip archive'],
  ['\u001f\u008b', 'a gzip archive'],
  ['BZh', 'a bzip2 archive'],
  ['%PDF', 'a PDF'],
];

/** Why this text is not looked at: too large, empty, or not text; null when it is. O(n). */
export function refusedText(text: string, fileName: string): Issue | null {
  const size = refusedSize(text.length);
  if (size) return size;
  if (!/\S/.test(text))
    return { message: fileName ? `${shownName(fileName)} is empty.` : 'There is nothing to open.' };
  const archive = ARCHIVES.find(([magic]) => text.startsWith(magic));
  // Text files may begin with these letters too; archives are never free of control characters.
  const strange = looksBinary(text);
  if (archive && (strange || archive[0] === '%PDF'))
    return { message: `This is ${archive[1]}.`, hint: 'Open the text file inside it.' };
  if (strange)
    return { message: 'This is not a text file.', hint: 'Open an instance saved as plain text.' };
  return null;
}

/** NUL anywhere, or more than 2 % control or undecodable characters in the first 64 kB. */
function looksBinary(text: string): boolean {
  if (text.includes('\0')) return true;
  const end = Math.min(text.length, 65_536);
  let strange = 0;
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    // Tab to carriage return are ordinary, and old files end with Ctrl+Z.
    if ((code < 32 && !(code >= 9 && code <= 13) && code !== 26) || code === 0xfffd) strange++;
  }
  return strange > end * 0.02;
}

interface Candidate {
  family: AnyFamily;
  score: number;
  name: string;
  open(): Result<Opened>;
}

/** A format scoring this much below the best may still be tried when the best cannot read it. */
const NEAR = 0.15;
/** Below this score the format itself is in doubt, and a failure says which one was tried. */
const SURE = 0.9;

function openFormat(
  all: readonly AnyFamily[],
  chosen: readonly AnyFamily[],
  text: string,
  fileName: string,
  options: OpenOptions,
): Result<Opened> {
  const candidates: Candidate[] = [];
  for (const family of chosen) {
    for (const format of family.formats) {
      const score = format.sniff(text, fileName);
      if (!(score > 0)) continue;
      candidates.push({
        family,
        score,
        name: format.name,
        open: () => {
          const parsed = format.parse(text, fileName);
          return parsed.ok ? instanceOf(family, parsed.value, format.name, fileName) : parsed;
        },
      });
    }
    for (const format of family.solutionFormats) {
      const score = format.sniff(text, fileName);
      if (!(score > 0)) continue;
      candidates.push({
        family,
        score,
        name: format.name,
        open: () => {
          if (options.current?.family !== family.id) return needsInstance(family, format.name);
          const parsed = format.parse(text, options.current.instance);
          return parsed.ok
            ? ok({
                kind: 'solution',
                family: family.id,
                solution: parsed.value,
                format: format.name,
              })
            : parsed;
        },
      });
    }
  }
  // Sorting is stable: ties keep the order of families and formats.
  candidates.sort((a, b) => b.score - a.score);
  const [best] = candidates;
  if (!best) return unknown(all, fileName);
  const first = best.open();
  if (first.ok) return first;
  for (const other of candidates.slice(1)) {
    if (other.score < best.score - NEAR) break;
    const opened = other.open();
    if (opened.ok) return opened;
  }
  if (best.score >= SURE) return first;
  const readAs: Issue = {
    message: `It was read as ${best.family.name}, ${best.name}.`,
  };
  return { ok: false, issues: [...first.issues, readAs] };
}

function openJson(
  all: readonly AnyFamily[],
  chosen: readonly AnyFamily[],
  text: string,
  fileName: string,
  options: OpenOptions,
): Result<Opened> {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  const result = openValue(all, chosen, parsed.value, text, fileName, options);
  return result.ok ? result : { ok: false, issues: withPlaces(text, result.issues) };
}

function openValue(
  all: readonly AnyFamily[],
  chosen: readonly AnyFamily[],
  value: unknown,
  text: string,
  fileName: string,
  options: OpenOptions,
): Result<Opened> {
  if (isObject(value) && value.format === DOCUMENT_FORMAT) {
    const family = all.find((candidate) => candidate.id === value.family);
    if (!family) return unknownFamily(all, value.family);
    const document = readDocument(value, family);
    return document.ok ? ok({ kind: 'document', family: family.id, ...document.value }) : document;
  }
  if (isObject(value)) {
    const proof = openProof(all, value, options);
    if (proof) return proof;
  }
  if (isObject(value) && isSolution(value)) {
    const solution = openSolution(all, value, options);
    if (solution) return solution;
  }
  return openBareInstance(all, chosen, value, text, fileName, options);
}

/** Keys that name a solution in the families' plain forms; no instance has them at its top. */
const solutionKeys = [
  'tour',
  'routes',
  'starts',
  'counts',
  'sack',
  'parameters',
  'solution',
] as const;

const isSolution = (value: Readonly<Record<string, unknown>>): boolean =>
  solutionKeys.some((key) => Object.hasOwn(value, key));

/** A solution alone, or a result line of the command line, which has it under `solution`. */
function openSolution(
  all: readonly AnyFamily[],
  value: Readonly<Record<string, unknown>>,
  options: OpenOptions,
): Result<Opened> | null {
  const wrapped = Object.hasOwn(value, 'solution') && isObject(value.solution);
  const current = all.find((family) => family.id === options.current?.family);
  const named = all.find((family) => family.id === value.family);
  if (!current || !options.current || (named && named !== current)) {
    // Without its instance it may still be an instance of its own kind.
    const fits = all.some((family) => family.validate(value).ok);
    return fits ? null : needsInstance(named ?? null, 'solution');
  }
  const read = current.readSolution(options.current.instance, wrapped ? value.solution : value);
  if (read.ok)
    return ok({ kind: 'solution', family: current.id, solution: read.value, format: 'JSON' });
  if (all.some((family) => family.validate(value).ok)) return null;
  return {
    ok: false,
    issues: read.issues.map((issue) => ({
      ...issue,
      path: wrapped ? ['solution', ...(issue.path ?? [])] : issue.path,
    })),
  };
}

/** Evidence of a bound, verified against the open instance; null when it is none. */
function openProof(
  all: readonly AnyFamily[],
  value: Readonly<Record<string, unknown>>,
  options: OpenOptions,
): Result<Opened> | null {
  const family = all.find((each) => each.evidence?.recognises(value));
  if (!family?.evidence) return null;
  if (options.current?.family !== family.id)
    return fail({
      message: `This is the proof of a bound (${family.name}), and its instance is not open.`,
      hint: 'Open the instance first, then this.',
    });
  const read = family.evidence.read(value);
  if (!read.ok) return read;
  const bound = family.evidence.verify(options.current.instance, read.value);
  return bound.ok ? ok({ kind: 'proof', family: family.id, bound: bound.value }) : bound;
}

function openBareInstance(
  all: readonly AnyFamily[],
  chosen: readonly AnyFamily[],
  value: unknown,
  text: string,
  fileName: string,
  options: OpenOptions,
): Result<Opened> {
  const ranked = chosen
    .map((family) => ({ family, score: resemblance(family, value) }))
    .sort((a, b) => b.score - a.score);
  const failures: { score: number; issues: Issue[] }[] = [];
  for (const { family, score } of ranked) {
    const instance = family.validate(value);
    if (instance.ok) return instanceOf(family, instance.value, 'JSON', fileName);
    failures.push({ score, issues: instance.issues });
    // A family may have further JSON formats of its own, a plain list of rows say.
    const formats = family.formats
      .map((format) => ({ format, score: format.sniff(text, fileName) }))
      .filter((candidate) => candidate.score >= 0.5)
      .sort((a, b) => b.score - a.score);
    for (const { format } of formats) {
      const parsed = format.parse(text, fileName);
      if (parsed.ok) return instanceOf(family, parsed.value, format.name, fileName);
    }
  }
  const [best] = failures;
  if (best && (options.family || best.score >= 0.5)) return { ok: false, issues: best.issues };
  return unknown(all, fileName);
}

/** 0 … 1: the share of the schema's required names that an object has. */
function resemblance(family: AnyFamily, value: unknown): number {
  if (!isObject(value)) return 0;
  const schema = family.jsonSchema as { required?: unknown; properties?: unknown };
  const required = Array.isArray(schema.required) ? schema.required : [];
  const names = required.length > 0 ? required : Object.keys(schema.properties ?? {});
  if (names.length === 0) return 0;
  return names.filter((name) => Object.hasOwn(value, String(name))).length / names.length;
}

function instanceOf(
  family: AnyFamily,
  instance: unknown,
  format: string,
  fileName: string,
): Result<Opened> {
  const stem = (fileName.split(/[/\\]/).pop() ?? '').replace(/(\.incumbent)?\.[^.]*$/, '').trim();
  const named =
    stem !== '' && family.nameOf(instance).trim() === ''
      ? family.withName(instance, stem.slice(0, 80))
      : instance;
  return ok({ kind: 'instance', family: family.id, instance: named, format });
}

function needsInstance(family: AnyFamily | null, format: string): Result<Opened> {
  const kind = family ? `a ${family.name} solution (${format})` : 'a solution';
  return fail({
    message: `This is ${kind}, and its instance is not open.`,
    hint: 'Open the instance first, then this.',
  });
}

function unknownFamily(all: readonly AnyFamily[], id: unknown): Result<Opened> {
  const name = typeof id === 'string' ? `"${id.slice(0, 40)}"` : 'none';
  return fail({
    path: ['family'],
    message: `The document names a family this version does not have: ${name}.`,
    hint: `It has: ${all.map((family) => family.id).join(', ')}.`,
  });
}

function unknown(all: readonly AnyFamily[], fileName: string): Result<Opened> {
  return fail({
    message: `${fileName ? shownName(fileName) : 'The text'} is in no format that can be read.`,
    hint: `Supported are ${supportedFormats(all)}.`,
  });
}

/** `Job shop: standard (.txt), JSON; TSP: TSPLIB (.tsp), …`, for messages and help. */
export function supportedFormats(all: readonly AnyFamily[]): string {
  return all
    .map((family) => {
      const names = [...family.formats, ...family.solutionFormats].map((format) =>
        format.extensions.length > 0 ? `${format.name} (.${format.extensions[0]})` : format.name,
      );
      return `${family.name}: ${[...new Set([...names, 'JSON (.json)'])].join(', ')}`;
    })
    .join('; ');
}

const shownName = (fileName: string): string =>
  fileName.length > 60 ? `${fileName.slice(0, 60)}…` : fileName;
