/**
 * Links: `#/<family>/<payload>`. The payload is
 *   - the name of a gallery instance: `#/job-shop/ft10`;
 *   - a generator with its parameters and seed: `#/tsp/uniform?n=200&seed=7`;
 *   - `~` and base64url bytes that hold the instance itself.
 * Settings that differ from their defaults follow as `run.…`, `p.…` and `view.…`, in the query of
 * the first two, inside the bytes of the last. The bytes of a packed link, version 1:
 *   byte 0: format version × 8 + mode bits (1: body deflated, 2: instance as JSON);
 *   body: bit-packed codec version and settings text, padded to a byte; then the instance;
 *   last 4 bytes: CRC-32 of the family id and all bytes before.
 * Every version that was ever released stays readable.
 */
import { BitError, BitReader, BitWriter } from '../core/bits.ts';
import { crc32 } from '../core/checksum.ts';
import { parseJson } from '../core/json.ts';
import { readParams, type ParamValues } from '../core/params.ts';
import { fail, ok, type Issue, type Result } from '../core/result.ts';
import { createRng } from '../core/rng.ts';
import { isSeed, MAX_SEED, type DocumentParts, type Origin } from '../problems/document.ts';
import type { AnyFamily } from '../problems/family.ts';
import { families, familyEntry } from '../problems/registry.ts';
import { documentPlaces, partFor, type LinkPart } from '../state/persistence.ts';
import { deflate, fromBase64Url, inflate, toBase64Url } from './bytes.ts';
import { isSettingKey, readSettingsText, writeSettingsText } from './settings-text.ts';

/** Longer links are refused unread; a file is the way then. */
export const MAX_LINK = 32_000;
/** Above this many programs begin to cut links off. */
export const LONG_LINK = 8_000;
/** Bytes that the body of a packed link may unfold to. */
const MAX_BODY = 4_000_000;
const MAX_SETTINGS = 4_000;

const LINK_VERSION = 1;
const DEFLATED = 1;
const AS_JSON = 2;

export interface EncodedLink {
  /** From `#` on. */
  hash: string;
  length: number;
  form: 'gallery' | 'generator' | 'packed';
  /** `long`: some programs may cut it; `too-long`: will not be read, offer a file. */
  fits: 'yes' | 'long' | 'too-long';
}

/** What a link says; never holds a solution. */
export type LinkContent = Omit<DocumentParts, 'solution'>;

/** The link of a document. Deterministic, so an unchanged document keeps its link. */
export async function encodeDocument(document: LinkPart, family: AnyFamily): Promise<EncodedLink> {
  const part: LinkPart = partFor(documentPlaces, document, 'link', true);
  const settings = writeSettingsText(part, family, part.instance);
  const { origin } = part;
  const hash =
    origin.kind === 'gallery' || origin.kind === 'generator'
      ? readable(family, origin, settings)
      : `#/${family.id}/~${toBase64Url(await packLink(family, part.instance, settings.toString()))}`;
  return {
    hash,
    length: hash.length,
    form: origin.kind === 'gallery' || origin.kind === 'generator' ? origin.kind : 'packed',
    fits: hash.length > MAX_LINK ? 'too-long' : hash.length > LONG_LINK ? 'long' : 'yes',
  };
}

function readable(
  family: AnyFamily,
  origin: Extract<Origin, { kind: 'gallery' | 'generator' }>,
  settings: URLSearchParams,
): string {
  const query = new URLSearchParams();
  if (origin.kind === 'generator') {
    const generator = family.generators.find(({ id }) => id === origin.id);
    for (const spec of generator?.params ?? []) {
      const value = origin.params[spec.id] ?? spec.default;
      if (value !== spec.default) query.set(spec.id, String(value));
    }
    query.set('seed', String(origin.seed));
  }
  for (const [key, value] of settings) query.set(key, value);
  const text = query.toString();
  return `#/${family.id}/${origin.id}${text ? `?${text}` : ''}`;
}

async function packLink(
  family: AnyFamily,
  instance: unknown,
  settings: string,
): Promise<Uint8Array> {
  let mode = 0;
  let bytes: Uint8Array;
  try {
    bytes = family.codec.encode(instance);
  } catch (error) {
    // A value that the codec has no room for still travels as text.
    if (!(error instanceof BitError)) throw error;
    bytes = new TextEncoder().encode(JSON.stringify(instance));
    mode |= AS_JSON;
  }
  const writer = new BitWriter();
  writer.varint(family.codec.version);
  writer.string(settings);
  const plain = concat(writer.finish(), bytes);
  const small = await deflate(plain);
  if (small.length < plain.length) mode |= DEFLATED;
  const framed = concat(Uint8Array.of(LINK_VERSION * 8 + mode), mode & DEFLATED ? small : plain);
  const sum = checksum(family, framed);
  return concat(framed, Uint8Array.of(sum >>> 24, sum >>> 16, sum >>> 8, sum));
}

/** The family is part of the sum: bytes moved to another family's link are damage too. */
const checksum = (family: AnyFamily, bytes: Uint8Array): number =>
  crc32(concat(new TextEncoder().encode(family.id), bytes));

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** Reads a link's hash. Total: damage, bombs and unknown names are issues. */
export async function decodeHash(hash: string): Promise<Result<LinkContent>> {
  const parsed = splitHash(hash);
  if (!parsed.ok) return parsed;
  const entry = familyEntry(parsed.value.family);
  if (!entry)
    return fail({
      message: `There is no family "${parsed.value.family.slice(0, 40)}".`,
      hint: `Links begin with one of: ${families.map(({ id }) => `#/${id}`).join(', ')}.`,
    });
  let family: AnyFamily;
  try {
    family = await entry.load();
  } catch {
    return fail({
      message: 'A part of the program could not be loaded.',
      hint: 'Check the connection and reload the page.',
    });
  }
  return decodeFor(family, hash);
}

/** `decodeHash` with the family at hand. */
export async function decodeFor(family: AnyFamily, hash: string): Promise<Result<LinkContent>> {
  const parsed = splitHash(hash);
  if (!parsed.ok) return parsed;
  const { payload, query } = parsed.value;
  if (payload.startsWith('~')) return unpackLink(family, payload.slice(1));
  return readReadable(family, payload, query);
}

interface Split {
  family: string;
  payload: string;
  query: URLSearchParams;
}

function splitHash(hash: string): Result<Split> {
  if (hash.length > MAX_LINK)
    return fail({
      message: `The link has ${hash.length} characters; at most ${MAX_LINK} are read.`,
      hint: 'Ask for a file instead.',
    });
  // Punctuation of the sentence a link stood in is no part of it.
  const bare = hash.replace(/[\s.,;:!)\]}>'"]+$/, '');
  const match = /^#?\/([^/?]*)\/?([^?]*)(?:\?(.*))?$/s.exec(bare);
  if (!match) return fail(damaged('It must look like #/tsp/….'));
  try {
    return ok({
      family: decodeURIComponent(match[1]),
      payload: decodeURIComponent(match[2]),
      query: new URLSearchParams(match[3] ?? ''),
    });
  } catch {
    return fail(damaged());
  }
}

const damaged = (detail = ''): Issue => ({
  message: `The link is damaged.${detail ? ` ${detail}` : ''}`,
  hint: 'Copy it again in full, or ask for a file.',
});

async function unpackLink(family: AnyFamily, payload: string): Promise<Result<LinkContent>> {
  const bytes = fromBase64Url(payload);
  if (!bytes || bytes.length < 6) return fail(damaged());
  const framed = bytes.subarray(0, -4);
  const sum = new DataView(bytes.buffer).getUint32(bytes.length - 4);
  if (checksum(family, framed) !== sum) return fail(damaged());
  const version = framed[0] >>> 3;
  const mode = framed[0] & 7;
  if (version !== LINK_VERSION || mode > (DEFLATED | AS_JSON)) return fail(newer);
  const body = mode & DEFLATED ? await inflate(framed.subarray(1), MAX_BODY) : framed.subarray(1);
  if (!body) return fail(damaged());
  try {
    const reader = new BitReader(body);
    const codecVersion = reader.varint(1000);
    const settings = reader.string(MAX_SETTINGS);
    const rest = body.slice(body.length - Math.floor(reader.left / 8));
    const decoded =
      mode & AS_JSON
        ? parseJson(new TextDecoder().decode(rest))
        : codecVersion > family.codec.version
          ? fail(newer)
          : family.codec.decode(rest, codecVersion);
    if (!decoded.ok) return decoded;
    const instance = family.validate(decoded.value);
    if (!instance.ok) return { ok: false, issues: instance.issues };
    return content(family, instance.value, { kind: 'link' }, new URLSearchParams(settings));
  } catch {
    // A short read, or a decoder that met what no encoder writes.
    return fail(damaged());
  }
}

const newer: Issue = {
  message: 'The link was made by a newer version.',
  hint: 'Reload the page to update, then open it again.',
};

function readReadable(
  family: AnyFamily,
  name: string,
  query: URLSearchParams,
): Result<LinkContent> {
  const entry = name === '' ? family.gallery[0] : family.gallery.find(({ id }) => id === name);
  if (entry) return content(family, entry.instance(), { kind: 'gallery', id: entry.id }, query);
  const generator = family.generators.find(({ id }) => id === name);
  if (!generator)
    return fail({
      message: `${family.name} has no gallery instance or generator "${name.slice(0, 40)}".`,
      hint: `Generators are: ${family.generators.map(({ id }) => id).join(', ')}.`,
    });
  const made = generatorInputs(generator.params, query);
  if (!made.ok) return made;
  const { params, seed } = made.value;
  const instance = generator.generate(params, createRng(seed));
  return content(family, instance, { kind: 'generator', id: generator.id, params, seed }, query);
}

function generatorInputs(
  specs: AnyFamily['generators'][number]['params'],
  query: URLSearchParams,
): Result<{ params: ParamValues; seed: number }> {
  const given: Record<string, string> = {};
  for (const [key, value] of query) if (!isSettingKey(key) && key !== 'seed') given[key] = value;
  const params = readParams(specs, given);
  if (!params.ok) return params;
  const seed = Number(query.get('seed') ?? 1);
  if (!isSeed(seed))
    return fail({
      path: ['seed'],
      message: `The seed must be a whole number from 0 to ${MAX_SEED}.`,
    });
  return ok({ params: params.value, seed });
}

function content(
  family: AnyFamily,
  instance: unknown,
  origin: Origin,
  text: URLSearchParams,
): Result<LinkContent> {
  const { settings, warnings } = readSettingsText(text, family, instance);
  return ok({ content: { family: family.id, instance, origin, ...settings }, warnings });
}
