import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings, writeDocument } from './document.ts';
import { defineFamily, type AnyFamily } from './family.ts';
import { MAX_TEXT_BYTES, openText, openWith, refusedSize, supportedFormats } from './open.ts';
import { testFamily } from './test-family.ts';

const stops = testFamily();
const square = stops.gallery[0].instance();

/** Like the test family under another id, with an instance of other names and a vague format. */
const boxes: AnyFamily = defineFamily({
  ...testFamily('knapsack', 'Boxes'),
  jsonSchema: { required: ['boxes', 'capacity'] },
  validate: (value: unknown) => {
    const boxesOf = (value as { boxes?: unknown } | null)?.boxes;
    return Array.isArray(boxesOf)
      ? { ok: true, value: { name: 'Boxes', points: [] } }
      : { ok: false, issues: [{ path: ['boxes'], message: 'The boxes must be a list.' }] };
  },
  formats: [
    {
      id: 'vague',
      name: 'Vague',
      extensions: [],
      sniff: (text) => (/\d/.test(text) ? 0.8 : 0),
      parse: (text) =>
        text.includes('7')
          ? { ok: true, value: { name: 'Seven', points: [] } }
          : { ok: false, issues: [{ line: 1, message: 'There is no 7.' }] },
    },
  ],
  solutionFormats: [],
});
const all = [stops, boxes];

const opened = (text: string, name = '', options = {}) => {
  const result = openWith(all, text, name, options);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
};
const issueOf = (text: string, name = '', options = {}) => {
  const result = openWith(all, text, name, options);
  if (result.ok) throw new Error(`opened as ${result.value.kind}`);
  return result.issues[0];
};

describe('text formats', () => {
  it('takes the format that sniffs best and names the instance after its file', () => {
    expect(opened('STOPS 1 7 7', 'dir/tour-7.stops')).toEqual({
      kind: 'instance',
      family: 'tsp',
      instance: { name: 'tour-7', points: [[7, 7]] },
      format: 'Stops text',
    });
  });

  it('tries a near second when the best cannot read it, and reports the best when none can', () => {
    expect(opened('STOPS 2 7 7')).toMatchObject({ family: 'knapsack', format: 'Vague' });
    expect(issueOf('STOPS 2 1 1')).toMatchObject({ line: 1, hint: 'Is it cut off?' });
  });

  it('says what a doubtful text was taken for', () => {
    const result = openWith(all, '1 2 3', '');
    expect(result).toMatchObject({
      issues: [{ message: 'There is no 7.' }, { message: 'It was read as Boxes, Vague.' }],
    });
  });

  it('keeps to the family asked for', () => {
    expect(opened('STOPS 1 7 7', '', { family: 'knapsack' })).toMatchObject({
      family: 'knapsack',
    });
  });

  it('reads a solution with its instance only', () => {
    const current = { family: 'tsp', instance: square };
    expect(opened('WALK 0 1 2 3', 'a.walk', { current })).toEqual({
      kind: 'solution',
      family: 'tsp',
      solution: { tour: [0, 1, 2, 3] },
      format: 'Walk',
    });
    expect(issueOf('WALK 0 1 2 3').message).toContain('its instance is not open');
    expect(
      issueOf('WALK 0 1 2 3', '', { current: { family: 'knapsack', instance: 1 } }).hint,
    ).toContain('Open the instance first');
    expect(issueOf('WALK 0 1', '', { current }).message).toContain('every point');
  });

  it('says what is supported when nothing fits', () => {
    const issue = issueOf('hello', 'notes.txt');
    expect(issue.message).toBe('notes.txt is in no format that can be read.');
    expect(issue.hint).toContain('Stops: Stops text (.stops), Walk (.walk), JSON (.json)');
    expect(supportedFormats(all)).toContain('Boxes: Vague, JSON (.json)');
  });
});

describe('JSON', () => {
  it('opens its own documents, with their solution', () => {
    const text = JSON.stringify(
      writeDocument(
        {
          ...defaultSettings,
          family: 'tsp',
          instance: square,
          origin: { kind: 'gallery', id: 'square' },
          solverId: 'swap',
          params: { swap: { tenure: 12 } },
          seed: 9,
        },
        stops,
        { tour: [3, 2, 1, 0] },
      ),
    );
    expect(opened(text, 'x.incumbent.json')).toMatchObject({
      kind: 'document',
      content: {
        family: 'tsp',
        instance: square,
        origin: { kind: 'gallery', id: 'square' },
        solverId: 'swap',
        params: { swap: { tenure: 12 } },
        seed: 9,
        budget: defaultSettings.budget,
      },
      solution: { tour: [3, 2, 1, 0] },
      warnings: [],
    });
  });

  it('refuses documents of unknown families and newer versions, at their line', () => {
    expect(issueOf('{"format":"incumbent",\n"version":1,"family":"chess"}')).toMatchObject({
      line: 2,
      message: expect.stringContaining('"chess"'),
      hint: 'It has: tsp, knapsack.',
    });
    expect(issueOf('{"format":"incumbent","version":2,"family":"tsp"}').message).toContain('newer');
  });

  it('places faults of a document in its text', () => {
    expect(
      issueOf('{"format":"incumbent","version":1,"family":"tsp","instance":{\n"points":[1]}}'),
    ).toMatchObject({ path: ['instance', 'points', 0], line: 2, column: 11 });
  });

  it('recognises a bare instance of any family and reports the most plausible one', () => {
    expect(opened('{"points": [[1, 2]]}', 'p.json')).toMatchObject({
      family: 'tsp',
      instance: { name: 'p' },
    });
    expect(opened('{"boxes": []}')).toMatchObject({ family: 'knapsack' });
    expect(issueOf('{\n"boxes": 1, "capacity": 2}')).toMatchObject({
      line: 2,
      message: 'The boxes must be a list.',
    });
    expect(issueOf('{"points": [[1, 2], [3]]}')).toMatchObject({
      path: ['points', 1],
      column: 21,
    });
    expect(issueOf('{"colour": "red"}').message).toContain('no format that can be read');
    expect(issueOf('{"colour": "red"}', '', { family: 'tsp' }).path).toEqual(['points']);
  });

  it('opens solutions, alone or in a result of the command line', () => {
    const current = { family: 'tsp', instance: square };
    const solution = { kind: 'solution', family: 'tsp', solution: { tour: [0, 2, 1, 3] } };
    expect(opened('{"tour":[0,2,1,3]}', '', { current })).toMatchObject(solution);
    const line = '{"family":"tsp","instance":"square","solution":{"tour":[0,2,1,3]}}';
    expect(opened(line, '', { current })).toMatchObject(solution);
    expect(issueOf(line).message).toContain('its instance is not open');
    expect(issueOf('{"tour":[0]}', '', { current })).toMatchObject({ path: ['tour'], column: 9 });
  });

  it('names line and column of a syntax error', () => {
    expect(issueOf('{"points": [\n[1, 2],\n[3 4]]}')).toMatchObject({ line: 3, column: 4 });
    expect(issueOf('not json', 'a.json')).toMatchObject({ line: 1, column: 1 });
  });

  it('survives nesting of a hundred thousand levels', () => {
    expect(issueOf('{"points":'.repeat(100_000)).message).toContain('nested');
  });
});

describe('evidence of a bound', () => {
  const proving = defineFamily({
    ...testFamily(),
    evidence: {
      recognises: (value) => value.least !== undefined,
      read: (value) => ({ ok: true, value: (value as { least: number }).least }),
      write: (least) => ({ least }),
      verify: (_, least) =>
        least === 7
          ? { ok: true, value: 7 }
          : { ok: false, issues: [{ path: ['least'], message: 'It proves nothing.' }] },
    },
  });
  const open = (text: string, current?: { family: 'tsp'; instance: unknown }) =>
    openWith([proving, boxes], text, 'a.json', { current });

  it('is verified against the open instance', () => {
    const current = { family: 'tsp', instance: square } as const;
    expect(open('{"least":7}', current)).toEqual({
      ok: true,
      value: { kind: 'proof', family: 'tsp', bound: 7 },
    });
    expect(open('{"least":8}', current)).toMatchObject({
      issues: [{ message: 'It proves nothing.', line: 1 }],
    });
  });

  it('needs its instance', () => {
    expect(open('{"least":7}')).toMatchObject({
      issues: [{ message: 'This is the proof of a bound (Stops), and its instance is not open.' }],
    });
  });
});

describe('input that is not even looked at', () => {
  it('refuses by size first', () => {
    expect(issueOf('{'.repeat(MAX_TEXT_BYTES + 1)).message).toBe(
      'The input has 41 MB; at most 40 MB can be opened.',
    );
    expect(refusedSize(50e6)?.message).toContain('50 MB');
    expect(refusedSize(MAX_TEXT_BYTES)).toBeNull();
  });

  it.each([
    ['', 'There is nothing to open.'],
    [' \n', 'There is nothing to open.'],
    ['STOPS 1 7\0 7', 'This is not a text file.'],
    ['PK\u0003\u0004\u0001\u0002', 'This is a zip archive.'],
    ['\u001f\ufffd\u0008\u0000abc', 'This is a gzip archive.'],
    ['\ufffd\u0001\u0002PNG\ufffd', 'This is not a text file.'],
  ])('refuses %j', (text, message) => {
    expect(issueOf(text).message).toBe(message);
  });

  it('passes a byte order mark and a closing Ctrl+Z', () => {
    expect(opened('\ufeffSTOPS 1 7 7')).toMatchObject({ kind: 'instance' });
    expect(opened(`STOPS 1 7 7${' '.repeat(60)}\n\u001a`)).toMatchObject({ kind: 'instance' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.anything().map(fc.stringify)),
        fc.string(),
        (text, name) => {
          const result = openWith(all, text, name, {
            current: { family: 'tsp', instance: square },
          });
          if (!result.ok) expect(result.issues[0].message).not.toBe('');
        },
      ),
    );
  });
});

const bench = process.env.INCUMBENT_BENCH ?? '../shared/bench';
const folders = [
  ['jssp', 'job-shop', /\.txt$/],
  ['tsplib', 'tsp', /\.tsp$/],
  ['cvrplib', 'vrp', /\.vrp$/],
  ['vrptw', 'vrp', /\.txt$/],
  ['knapsack', 'knapsack', /\.m?kp$/],
] as const;

describe.skipIf(!existsSync(bench))('benchmark files', () => {
  it.each(folders)('of %s are known as %s by their text alone', async (folder, family, pattern) => {
    const names = readdirSync(join(bench, folder)).filter((name) => pattern.test(name));
    expect(names.length).toBeGreaterThan(50);
    // Every third is enough to meet all formats.
    for (const name of names.filter((_, i) => i % 3 === 0)) {
      const text = readFileSync(join(bench, folder, name), 'utf8');
      for (const shown of [name, '', 'data.txt']) {
        const result = await openText(text, shown);
        if (!result.ok) throw new Error(`${name} as "${shown}": ${result.issues[0].message}`);
        expect([name, result.value.family]).toEqual([name, family]);
      }
      const cut = await openText(text.slice(0, Math.floor(text.length * 0.6)), name);
      expect([name, 'cut off', cut.ok]).toEqual([name, 'cut off', false]);
      if (!cut.ok) expect(cut.issues[0].line).toBeGreaterThan(0);
    }
  });
});
