import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locatePaths, parseJson, placeOf, withPlaces } from './json.ts';

const issueOf = (text: string) => {
  const result = parseJson(text);
  if (result.ok) throw new Error('should not parse');
  return result.issues[0];
};

describe('parseJson', () => {
  it.each([
    ['{"a": 1,\n "b": }', 2, 7, 'A value should be here, not }.'],
    ['{"a": [1, 2\n', 2, 1, 'The text ends inside a list.'],
    ['[1, 2,]', 1, 7, 'A comma before ] is too many.'],
    ["{'a': 1}", 1, 2, "A name in double quotes should be here, not 'a'."],
    ['{"a" 1}', 1, 6, 'A colon is missing after the name.'],
    ['[1 2]', 1, 4, 'A comma or ] is missing here.'],
    ['[NaN]', 1, 2, 'NaN is not a JSON value.'],
    ['[-Infinity]', 1, 2, '-Infinity is not a JSON value.'],
    ['[01]', 1, 2, '01 is not a JSON number.'],
    ['[1, // two\n2]', 1, 5, 'JSON has no comments.'],
    ['{} x', 1, 4, 'The JSON ends before this: x.'],
    ['["a\nb"]', 1, 4, 'A text must end on its own line.'],
    ['["\\q"]', 1, 3, '\\q is no escape of JSON.'],
    ['["\\u12"]', 1, 3, '\\u must be followed by four hexadecimal digits.'],
    ['["abc', 1, 2, 'This text has no closing ".'],
    ['', 1, 1, 'The text is empty.'],
  ])('places the fault in %j', (text, line, column, message) => {
    expect(issueOf(text)).toMatchObject({ line, column, message });
  });

  it('refuses deep nesting without recursing', () => {
    expect(issueOf('['.repeat(200_000)).message).toContain('nested more than 100 levels');
    expect(issueOf('{"a":'.repeat(101)).column).toBe(100 * 5 + 1);
    expect(parseJson(`${'['.repeat(100)}${']'.repeat(100)}`).ok).toBe(true);
  });

  it('agrees with JSON.parse on which texts are JSON, and finds a place in every other', () => {
    const text = fc
      .tuple(
        fc.oneof(
          fc.json(),
          fc.double().map((number) => JSON.stringify([number])),
        ),
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.string({ unit: fc.constantFrom(...'{}[]",:\\0123456789.eE+-truefalsn \n\tu/\u0000') }),
      )
      .map(([json, at, cut, patch]) => {
        const start = at % (json.length + 1);
        return json.slice(0, start) + patch + json.slice(start + cut);
      });
    fc.assert(
      fc.property(text, (candidate) => {
        let valid = true;
        try {
          JSON.parse(candidate);
        } catch {
          valid = false;
        }
        const result = parseJson(candidate);
        expect(result.ok).toBe(valid);
        if (result.ok) return;
        const [issue] = result.issues;
        // 'This is not JSON.' would mean that the scanner found nothing wrong.
        expect(issue.message).not.toBe('This is not JSON.');
        expect(issue.line).toBeGreaterThanOrEqual(1);
        expect(issue.line).toBeLessThanOrEqual(candidate.split('\n').length);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes numbers of any length', () => {
    expect(parseJson(`[1${'0'.repeat(60)}, x]`)).toMatchObject({
      issues: [{ column: 65, message: 'A value should be here, not x.' }],
    });
    expect(issueOf(`[1${'0'.repeat(60)}z]`).message).toMatch(/^10+… is not a JSON number/);
  });
});

describe('locatePaths', () => {
  it('finds every value of any JSON', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom(undefined, 1, '\t'),
        (root, indent) => {
          const text = JSON.stringify(root, null, indent);
          const paths: (string | number)[][] = [];
          const values: unknown[] = [];
          const visit = (value: unknown, path: (string | number)[]) => {
            paths.push(path);
            values.push(value);
            if (Array.isArray(value)) value.forEach((item, i) => visit(item, [...path, i]));
            else if (value !== null && typeof value === 'object')
              for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
          };
          visit(JSON.parse(text), []);
          const spans = locatePaths(text, paths);
          spans.forEach((span, i) => {
            expect(span.exact).toBe(true);
            expect(JSON.parse(text.slice(span.start, span.end))).toEqual(values[i]);
          });
        },
      ),
    );
  });

  it('falls back to the part of the path that exists, and to the part read before an error', () => {
    const text = '{"jobs": [[1, 2], [3]]}';
    const [missing] = locatePaths(text, [['jobs', 1, 4, 'duration']]);
    expect(missing).toMatchObject({ exact: false });
    expect(text.slice(missing.start, missing.end)).toBe('[3]');
    const [cut] = locatePaths('{"jobs": [[1, 2], [3', [['jobs', 1]]);
    expect(cut.start).toBe(18);
  });

  it('gives issues the line of their path', () => {
    const text = '{\n  "jobs": [\n    [1, -2]\n  ]\n}';
    expect(withPlaces(text, [{ message: 'Negative.', path: ['jobs', 0, 1] }])).toEqual([
      { message: 'Negative.', path: ['jobs', 0, 1], line: 3, column: 9 },
    ]);
    expect(withPlaces(text, [{ message: 'Whole.' }])).toEqual([{ message: 'Whole.' }]);
  });
});

it('placeOf counts lines from 1', () => {
  expect(placeOf('a\nbc\n', 0)).toEqual({ line: 1, column: 1 });
  expect(placeOf('a\nbc\n', 3)).toEqual({ line: 2, column: 2 });
  expect(placeOf('a\nbc\n', 5)).toEqual({ line: 3, column: 1 });
});
