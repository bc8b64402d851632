import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../../core/result.ts';
import { standard } from './standard.ts';
import { startTimes } from './starts.ts';
import { taillardText } from './taillard.ts';

const complaint = (format: typeof standard, text: string): string => {
  const result = format.parse(text, 'file.txt');
  return result.ok ? 'no complaint' : describeIssue(result.issues[0]);
};

const wanted = [
  [
    [0, 3],
    [1, 2],
  ],
  [
    [1, 4],
    [0, 1],
  ],
];

describe('standard text', () => {
  test.each([
    ['plain', '2 2\n0 3 1 2\n1 4 0 1\n', 'file'],
    ['comments', '# made by hand\n2 2 # sizes\n0 3 1 2\n\n# next\n1 4 0 1', 'file'],
    ['a named comment', '# name: small one\n2 2\n0 3 1 2\n1 4 0 1', 'small one'],
    [
      'an OR-Library title',
      ' instance mini\n\n +++++++++\n A 2x2 instance (made up)\n 2 2\n 0 3 1 2\n 1 4 0 1\n +++++++++\n',
      'mini',
    ],
    ['wrapped lines and tabs', '2\t2\n0 3\n1 2 1\r\n4 0 1', 'file'],
    ['machines from 1', '2 2\n1 3 2 2\n2 4 1 1', 'file'],
  ])('reads %s', (_, text, name) => {
    const instance = unwrap(standard.parse(text, 'folder/file.txt'));
    expect(instance).toEqual({ name, machines: 2, jobs: wanted });
    expect(standard.sniff(text, 'file.txt')).toBeGreaterThan(0);
  });

  test.each([
    ['2 2\n0 3 1 2\n1 4 0', /^line 3: 2 jobs on 2 machines need 8 numbers; there are 7/],
    ['2 2\n0 3 1 2\n', /line 2: .* there are 4.*cut off/],
    ['2 2\n0 3 1 2\n1 4 0 1\n2 2\n0 1 1 1\n1 1 0 1', /line 4: .*holds one instance/],
    ['2 2\n0 3 1 NaN\n1 4 0 1', /^line 2: "NaN" is not a number/],
    ['2 2\n0 3 1 2\n1 -4 0 1', /^line 3: -4 is too small/],
    ['2 2\n0 3 1 2.5\n1 4 0 1', /^line 2: 2.5 is not a whole number/],
    ['2 2\n0 3 1 2\n1 4 2 1', /^line 3: There is no machine 2/],
    ['2 2\n0 3 1 2\nEOF', /^line 3: "EOF" stands where numbers/],
    ['1000000000 5\n1', /^line 1: The number of jobs must be/],
    ['2000 1000\n1', /^line 1: 2000 × 1000 is more than 10000 operations/],
    ['5\n1 2', /^line 1: The first line of numbers must be/],
    ['', /There is no line "jobs machines"/],
  ])('refuses %j', (text, message) => {
    expect(complaint(standard, text)).toMatch(message);
  });

  test('says when it cannot hold an instance', () => {
    const written = standard.write!({ name: '', machines: 2, jobs: [[[0, 1]]] });
    expect(written.ok).toBe(false);
  });
});

describe('Taillard’s text', () => {
  const text =
    'Nb of jobs, Nb of Machines, Time seed, Machine seed, Upper bound, Lower bound\n' +
    '          2           2   840612802   398197754        1231        1005\n' +
    'Times\n  3  2\n  4  1\nMachines\n  1  2\n  2  1\n';

  test('reads times and machines from 1', () => {
    expect(unwrap(taillardText.parse(text, 'tai2_2.txt'))).toEqual({
      name: 'tai2_2',
      machines: 2,
      jobs: wanted,
    });
    expect(taillardText.sniff(text, '')).toBeGreaterThan(standard.sniff(text, ''));
  });

  test.each([
    [text.slice(0, text.lastIndexOf('Machines')), /"Machines" is missing.*cut off/],
    [text.replace('  2  1\n', ''), /^line 7: The block "Machines" has 2 of 4/],
    [text.replace('1  2', '0  2'), /^line 7: 0 is too small: a machine \(from 1\)/],
    [text.replace('4  1', '4  1  9'), /^line 5: The block "Times" has more than 2 × 2/],
    [text.replace('          2  ', '2e9 '), /^line 2: The number of jobs/],
    [`${text}Nb of jobs\n`, /^line 9: .*stands where numbers/],
  ])('refuses damage %#', (damaged, message) => {
    expect(complaint(taillardText, damaged)).toMatch(message);
  });
});

describe('start times', () => {
  const instance = unwrap(standard.parse('2 2\n0 3 1 2\n1 4 0 1', 'x'));
  const solution = { starts: Int32Array.of(0, 4, 0, 4) };

  test('round-trip', () => {
    const text = startTimes.write(instance, solution, 6);
    expect(unwrap(startTimes.parse(text, instance))).toEqual(solution);
    expect(startTimes.sniff(text, '')).toBeGreaterThan(0.5);
  });

  test.each([
    ['0 4', /1 of 2 jobs/],
    ['0 4\n0', /line 2: J2 has 2/],
    ['0 4\n0 x', /line 2: "x" is not/],
    ['0 4\n0 4\n0 4', /line 3: The instance has only 2/],
  ])('refuse %j', (text, message) => {
    const result = startTimes.parse(text, instance);
    expect(result.ok ? '' : describeIssue(result.issues[0])).toMatch(message);
  });
});
