import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { testFamily } from '../problems/test-family.ts';
import { instanceText, markersOf, MAX_EDITOR_TEXT, parseInstanceText } from './json-text.ts';

const family = testFamily();
const issuesOf = (text: string) => {
  const result = parseInstanceText(text, family);
  if (result.ok) throw new Error('should not parse');
  return result.issues;
};
/** The text under each marker. */
const underlined = (text: string) =>
  markersOf(text, issuesOf(text)).map(({ startLine, startColumn, endLine, endColumn }) => {
    expect(endLine).toBe(startLine);
    return text.split('\n')[startLine - 1].slice(startColumn - 1, endColumn - 1);
  });

describe('instances as text', () => {
  it('round-trip', () => {
    for (const { instance } of family.gallery)
      expect(unwrap(parseInstanceText(instanceText(instance()) ?? '', family))).toEqual(instance());
  });

  it('are refused when too large, without printing', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => [i, i]);
    expect(instanceText({ points: rows(2_000_000) })).toBeNull();
    expect(instanceText({ points: rows(60_000) })).toBeNull();
    expect(instanceText({ points: rows(5_000) })).toContain('[4999, 4999]');
    expect(issuesOf(' '.repeat(MAX_EDITOR_TEXT + 1))[0].hint).toBe('Open it as a file.');
  });
});

describe('faults', () => {
  it('have line and column, of syntax and of meaning', () => {
    expect(issuesOf('{\n  "points": [[1, 2],]\n}')).toMatchObject([{ line: 2, column: 21 }]);
    expect(issuesOf('{\n  "points": [\n    [1, 2],\n    [3],\n    [4, "x"]\n  ]\n}')).toMatchObject(
      [
        { line: 4, column: 5, path: ['points', 1] },
        { line: 5, column: 5, path: ['points', 2] },
      ],
    );
    expect(issuesOf('\n7')).toMatchObject([{ line: 2, column: 1 }]);
  });

  it('are underlined at the value', () => {
    expect(underlined('{\n  "points": [\n    [1, 2],\n    [3],\n    [4, "x"]\n  ]\n}')).toEqual([
      '[3]',
      '[4, "x"]',
    ]);
    expect(underlined('{ "points": [1, 2],\n "name": 7 }')).toEqual(['7']);
    expect(underlined('{ "points": {\n "a": 1 } }')).toEqual(['{']);
  });

  it('of syntax are underlined at the word, or the last character', () => {
    expect(underlined('{ "points": nothing }')).toEqual(['nothing']);
    expect(underlined('{ "points": [1 2] }')).toEqual(['2']);
    expect(underlined('{ "points": [[1, 2]')).toEqual([']']);
  });

  it('always lie inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",: 12\nx"points"') }), (text) => {
        const result = parseInstanceText(text, family);
        if (result.ok) return;
        const lines = text.split('\n');
        for (const marker of markersOf(text, result.issues)) {
          expect(marker.startLine).toBeGreaterThanOrEqual(1);
          expect(marker.endLine).toBeLessThanOrEqual(lines.length);
          expect(marker.startColumn).toBeGreaterThanOrEqual(1);
          expect(marker.endColumn).toBeLessThanOrEqual(lines[marker.endLine - 1].length + 1);
          expect(marker.endColumn).toBeGreaterThanOrEqual(marker.startColumn);
        }
      }),
      { numRuns: 500 },
    );
  });
});
