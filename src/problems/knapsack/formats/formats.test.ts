import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../../core/result.ts';
import type { Instance } from '../instance.ts';
import { csv } from './csv.ts';
import { formats } from './index.ts';
import { json } from './json.ts';
import { knappi } from './knappi.ts';
import { kplib } from './kplib.ts';
import { orlib } from './orlib.ts';

const sniffed = (text: string, name: string) =>
  [...formats].sort((a, b) => b.sniff(text, name) - a.sniff(text, name))[0];

/** The issues as a person reads them. */
function issuesOf(text: string, name = 'file.txt', format = sniffed(text, name)): string[] {
  const result = format.parse(text, name);
  return result.ok ? [] : result.issues.map(describeIssue);
}

const tiny: Instance = {
  name: 'tiny',
  capacities: [5],
  items: [
    { profit: 9, weights: [4] },
    { profit: 3, weights: [2] },
  ],
};

describe('one-dimensional text', () => {
  test('reads n, capacity and pairs, whatever the white space', () => {
    for (const text of ['2\n5\n\n9 4\n3 2\n', '2 5\r\n9 4\r\n3 2', ' 2\n 5\n9\t4\n3 2 '])
      expect(unwrap(sniffed(text, 'tiny.kp').parse(text, 'dir/tiny.kp'))).toEqual(tiny);
  });

  test('passes over a solution at the end', () => {
    expect(unwrap(kplib.parse('2 5\n9 4\n3 2\n1 0\n', 'tiny.kp'))).toEqual(tiny);
  });

  test('says where it goes wrong', () => {
    expect(issuesOf('2\n5\n\n9 4\n3 x\n')[0]).toMatch(/^line 5, column 3: "x" is not a number/);
    expect(issuesOf('3\n5\n\n9 4\n3 2\n')[0]).toMatch(/ends where the profit of item 3/);
    expect(issuesOf('1\n5\n\n9 4\n3 2\n')[0]).toMatch(/goes on after 1 items/);
    expect(issuesOf('2\n5\n\n9 -4\n3 2\n', 'a.kp')[0]).toMatch(/too small/);
    expect(issuesOf('2\n5\n\n9 NaN\n3 2\n', 'a.kp', kplib)[0]).toMatch(/not a number/);
    expect(issuesOf('1000000000\n5\n1 1', 'a.kp')[0]).toMatch(/too large/);
    expect(issuesOf('1\n5\n9007199254740993 1', 'a.kp')[0]).toMatch(/line 3.*too large/);
    expect(issuesOf('2\n5\n9007199254740991 1\n1 1', 'a.kp')[0]).toMatch(/2\^53/);
  });

  test('leaves other columns of numbers alone', () => {
    expect(kplib.sniff('0 0.1\n1 0.09\n2 0.08\n', 'curve.txt')).toBe(0);
    expect(kplib.sniff('1 1 5\n2 3 4\n', 'cities.txt')).toBe(0);
    expect(kplib.sniff('name,x,y\n', 'cities.csv')).toBe(0);
  });

  test('leaves multiple knapsack files to their own format', () => {
    const text = '3 2\n10 12\n9 4\n3 2\n5 5\n';
    expect(issuesOf(text, 'a.txt', kplib)[0]).toMatch(/multiple knapsack/);
    expect(sniffed(text, 'a.mulkp').id).toBe('mulkp');
    expect(unwrap(sniffed(text, 'a.mulkp').parse(text, 'a.mulkp'))).toEqual({
      name: 'a',
      kind: 'multiple',
      capacities: [10, 12],
      items: [
        { profit: 9, weights: [4] },
        { profit: 3, weights: [2] },
        { profit: 5, weights: [5] },
      ],
    });
  });

  test('does not write what it has no place for', () => {
    expect(kplib.write?.({ ...tiny, capacities: [5, 5] }).ok).toBe(false);
    expect(kplib.write?.({ ...tiny, items: [{ profit: 1, weights: [1], count: 2 }] }).ok).toBe(
      false,
    );
    expect(unwrap(kplib.write!(tiny))).toBe('2\n5\n\n9 4\n3 2\n');
  });
});

describe("Pisinger's generator output", () => {
  const one = 'knapPI_1_2_10_1\nn 2\nc 5\nz 9\ntime 0.00\n1,9,4,1\n2,3,2,0\n-----\n\n';

  test('reads the first instance and keeps its name', () => {
    const text = one + one.replace('10_1', '10_2');
    expect(sniffed(text, 'knapPI.csv')).toBe(knappi);
    expect(unwrap(knappi.parse(text, 'knapPI.csv'))).toEqual({ ...tiny, name: 'knapPI_1_2_10_1' });
  });

  test('says where it goes wrong', () => {
    expect(issuesOf(one.replace('2,3,2,0\n-----', ''), 'a', knappi)[0]).toMatch(/Item 2 should be/);
    expect(issuesOf(one.replace('c 5\n', ''), 'a', knappi)[0]).toMatch(/no line "c/);
    expect(issuesOf(one.replace('9,4', '9,q'), 'a', knappi)[0]).toMatch(/^line 6.*the weight/);
    expect(issuesOf(one.replace('n 2', 'n 1'), 'a', knappi)[0]).toMatch(/goes on after 1 items/);
  });
});

describe('OR-Library text', () => {
  const problem = '3 2 0\n7 5 1\n4 3 2\n1 0 6\n5 6\n';
  const items = [
    { profit: 7, weights: [4, 1] },
    { profit: 5, weights: [3, 0] },
    { profit: 1, weights: [2, 6] },
  ];

  test('reads one problem', () => {
    expect(sniffed(problem, 'a.txt')).toBe(orlib);
    expect(unwrap(orlib.parse(problem, 'a.mkp'))).toEqual({ name: 'a', capacities: [5, 6], items });
    expect(unwrap(orlib.write!({ name: 'a', capacities: [5, 6], items }))).toBe(problem);
  });

  test('reads the first of several, and says so in its name', () => {
    const text = `2\n${problem}${problem}`;
    expect(sniffed(text, 'mknap1.txt')).toBe(orlib);
    expect(unwrap(orlib.parse(text, 'mknap1.txt')).name).toBe('mknap1 (1 of 2)');
  });

  test('caps sizes before it reads on', () => {
    expect(issuesOf('200000 1000 0\n1', 'a.mkp')[0]).toMatch(/200,000,000 weights/);
    expect(issuesOf('3 2 0\n7 5', 'a.mkp')[0]).toMatch(/ends where the profit of item 3/);
    expect(issuesOf(`${problem}9`, 'a.mkp')[0]).toMatch(/goes on/);
  });
});

describe('CSV', () => {
  test('reads names, several weights and counts in any order', () => {
    const text =
      '\ufeffcapacity;10;2.5\nitem;count;weight[0];weight[1];value\n"a; b";3;4;0.5;9\nc;;1;1;2\n';
    expect(sniffed(text, 'x.csv')).toBe(csv);
    expect(unwrap(csv.parse(text, 'x.csv'))).toEqual({
      name: 'x',
      capacities: [10, 2.5],
      items: [
        { profit: 9, weights: [4, 0.5], count: 3, name: 'a; b' },
        { profit: 2, weights: [1, 1], name: 'c' },
      ],
    });
  });

  test('says where it goes wrong', () => {
    expect(issuesOf('profit,weight\n1,2\n', 'a.csv')[0]).toMatch(/no capacity.*capacity,100/);
    expect(issuesOf('capacity,5\nprofit,colour\n1,2\n', 'a.csv')[0]).toMatch(/^line 2: The header/);
    expect(issuesOf('capacity,5\nprofit,weight,hue\n', 'a.csv')[0]).toMatch(/"hue" is not known/);
    expect(issuesOf('capacity,5\nprofit,weight\n1,2\n1\n', 'a.csv')[0]).toMatch(
      /^line 4: .*1 cells/,
    );
    expect(issuesOf('capacity,5\nprofit,weight\n1,-2\n', 'a.csv')[0]).toMatch(
      /^line 3: .*too small/,
    );
    expect(issuesOf('capacity,5,5\nprofit,weight\n1,2\n', 'a.csv')[0]).toMatch(
      /2 capacities for 1/,
    );
  });
});

describe('JSON', () => {
  test('accepts the short form and refuses unknown fields', () => {
    const short =
      '{"capacity": 5, "items": [{"profit": 9, "weight": 4}, {"profit": 3, "weight": 2}]}';
    expect(sniffed(short, 'a.json')).toBe(json);
    expect(unwrap(json.parse(short, 'tiny.json'))).toEqual(tiny);
    expect(issuesOf('{"capacity": 5, "items": [{"profit": 9, "wieght": 4}]}', 'a.json')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^items\[0\]\.wieght: Unknown field/)]),
    );
  });
});

const folder = join(process.env.INCUMBENT_BENCH ?? '../shared/bench', 'knapsack');

describe.skipIf(!existsSync(folder))('published files', () => {
  test('each is recognised and read', () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('kp'))) {
      const text = readFileSync(join(folder, file), 'utf8');
      const format = sniffed(text, file);
      const id = file.endsWith('.mkp') ? 'orlib' : file.endsWith('.mulkp') ? 'mulkp' : 'kplib';
      expect([file, format.id]).toEqual([file, id]);
      expect([file, format.parse(text, file).ok]).toEqual([file, true]);
      // The name may be lost on the way; the form shows by itself, but for two sacks.
      if (!file.includes('-m2-')) expect([file, sniffed(text, 'pasted').id]).toEqual([file, id]);
    }
  });
});
