import { describe, expect, it } from 'vitest';
import { crc32 } from '../core/checksum.ts';
import { unwrap } from '../core/result.ts';
import { families, familyEntry } from '../problems/registry.ts';
import golden from './golden-links.json' with { type: 'json' };
import { decodeHash, encodeDocument } from './link.ts';

/** CRC-32 of an instance's JSON with sorted names: what a link must mean for ever. */
function meaningOf(instance: unknown): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
  };
  return crc32(new TextEncoder().encode(JSON.stringify(sorted(instance))))
    .toString(16)
    .padStart(8, '0');
}

describe('golden links', () => {
  it('cover every family in every form', () => {
    for (const { id } of families)
      for (const form of ['gallery', 'generator', 'packed'])
        expect(golden.filter((link) => link.family === id && link.form === form)).not.toEqual([]);
  });

  it.each(golden)('$family $form: $about', async ({ hash, family, instance, settings, form }) => {
    const { content, warnings } = unwrap(await decodeHash(hash));
    expect(warnings).toEqual([]);
    expect(content.family).toBe(family);
    expect(meaningOf(content.instance)).toBe(instance);
    expect(content).toMatchObject(settings);
    expect(content.origin.kind).toBe(form === 'packed' ? 'link' : form);
    if (form === 'packed') return;
    const loaded = await familyEntry(family)?.load();
    if (loaded) expect((await encodeDocument(content, loaded)).hash).toBe(hash);
  });
});

describe('what readable links rely on', () => {
  it.each(families)('$id: names are distinct and plain', async (entry) => {
    const { gallery, generators, solvers } = await entry.load();
    const names = [...gallery, ...generators].map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]*$/);
    for (const { params } of [...generators, ...solvers])
      for (const { id } of params) expect(id).toMatch(/^[A-Za-z][A-Za-z0-9-]*$/);
    for (const { params } of generators) expect(params.map(({ id }) => id)).not.toContain('seed');
  });
});
