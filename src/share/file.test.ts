import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { defaultSettings } from '../problems/document.ts';
import { openWith } from '../problems/open.ts';
import { testFamily } from '../problems/test-family.ts';
import { decodeText, documentFile, fileStem, readFile } from './file.ts';

const family = testFamily();
const square = family.gallery[0].instance();
const document = {
  ...defaultSettings,
  family: 'tsp',
  instance: square,
  origin: { kind: 'generator', id: 'grid', params: { n: 4, flat: true }, seed: 3 },
  solverId: 'swap',
  params: { swap: { tenure: 12 }, nearest: {} },
  seed: 77,
  budget: { seconds: null, steps: null, target: null, stall: null },
  workers: 4,
  modeId: 'tour',
  toggles: { labels: false },
} as const;

describe('documentFile', () => {
  it('opens again as the same document', () => {
    const solution = { tour: [0, 1, 2, 3] };
    const file = documentFile(document, family, solution);
    expect(file.name).toBe('Square.incumbent.json');
    expect(unwrap(openWith([family], file.text, file.name))).toEqual({
      kind: 'document',
      family: 'tsp',
      content: { ...document, params: { swap: { tenure: 12 } } },
      solution,
      warnings: [],
    });
  });

  it('leaves out what is at its default', () => {
    const { text } = documentFile(
      { ...document, ...defaultSettings, origin: { kind: 'own' } },
      family,
      null,
    );
    expect(Object.keys(JSON.parse(text))).toEqual(['format', 'version', 'family', 'instance']);
  });
});

describe('fileStem', () => {
  it.each([
    ['X-n101-k25', 'X-n101-k25'],
    ['a/b\\c:d', 'a b c d'],
    ['..\u0000\u202e.', 'instance'],
    ['Größe 20 × 20 ', 'Größe 20 × 20'],
    ['', 'instance'],
  ])('%j becomes %j', (name, stem) => {
    expect(fileStem(name)).toBe(stem);
  });
});

describe('reading files', () => {
  it('refuses by size without reading', async () => {
    const file = new File([], 'big.txt');
    Object.defineProperty(file, 'size', { value: 50e6 });
    file.arrayBuffer = () => Promise.reject(new Error('was read'));
    expect(await readFile(file)).toMatchObject({
      issues: [{ message: 'The input has 50 MB; at most 40 MB can be opened.' }],
    });
  });

  it('decodes UTF-8 and UTF-16', async () => {
    expect(unwrap(await readFile(new File(['Größe'], 'a.txt')))).toBe('Größe');
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x41, 0))).toBe('A');
    expect(decodeText(Uint8Array.of(0xfe, 0xff, 0, 0x41))).toBe('A');
  });

  it('says when a file cannot be read', async () => {
    const file = new File([], 'folder');
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
    expect(await readFile(file)).toMatchObject({ issues: [{ message: 'folder cannot be read.' }] });
  });
});
