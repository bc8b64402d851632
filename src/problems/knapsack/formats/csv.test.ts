import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParams } from '../../../core/params.ts';
import { describeIssue, unwrap } from '../../../core/result.ts';
import { createRng } from '../../../core/rng.ts';
import { generators } from '../generators.ts';
import { makeItem, type Instance, type Item } from '../instance.ts';
import { KINDS } from '../kinds.ts';
import { validate } from '../schema.ts';
import { csv } from './csv.ts';
import { formats } from './index.ts';

const written = (instance: Instance): string => unwrap(csv.write!(instance));
const read = (text: string, name = 'file.csv'): Instance => unwrap(csv.parse(text, name));

function issueOf(text: string): string {
  const result = csv.parse(text, 'a.csv');
  return result.ok ? 'none' : describeIssue(result.issues[0]);
}

const generated = (id: string, seed: number): Instance => {
  const generator = generators.find((candidate) => candidate.id === id)!;
  return generator.generate(defaultParams(generator.params), createRng(seed));
};

/** One of each kind, small, with names and decimals. */
const amount = fc.integer({ min: 1, max: 5000 }).map((value) => value / 100);
const label = fc.string({ maxLength: 12, unit: 'binary' }).filter((name) => !name.includes('\n'));
const instances: fc.Arbitrary<Instance> = fc
  .record({
    kind: fc.constantFrom(undefined, ...KINDS.map(({ id }) => id)),
    name: label,
    m: fc.integer({ min: 1, max: 3 }),
    rows: fc.array(
      fc.record({ name: label, profit: amount, weights: fc.tuple(amount, amount, amount) }),
      { minLength: 1, maxLength: 6 },
    ),
    elements: fc.array(amount, { minLength: 1, maxLength: 5 }),
    gamma: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ kind, name, m, rows, elements, gamma }) => {
    const robust = kind === 'robust' || kind === 'recourse';
    const free = kind === undefined || kind === 'unbounded' || kind === 'multiple-choice';
    const sacks = free || kind === 'quadratic' || kind === 'multiple' ? m : 1;
    const items = rows.map((row, i): Item => {
      const counted = kind === 'change-making' || kind === 'bin-packing';
      const weights = row.weights.slice(0, kind === 'multiple' ? 1 : sacks);
      const count = kind === undefined ? (i % 3) + 1 : 1;
      const item = makeItem(counted ? 0 : row.profit, weights, count, row.name);
      if (kind === 'multiple-choice') item.group = Math.floor(i / 2) + 1;
      if (kind === 'set-union')
        item.elements = elements.flatMap((_, e) => (e % 3 < i ? e + 1 : []));
      if (robust) item.deviation = row.profit / 2 < 0.01 ? 0 : Math.floor(row.profit / 2);
      if (kind === 'recourse') item.repair = row.weights[1];
      return item;
    });
    return {
      name: name || 'file',
      ...(kind ? { kind } : {}),
      capacities: Array.from({ length: sacks }, (_, d) => 60.5 + d),
      items,
      ...(kind === 'quadratic'
        ? { pairs: items.slice(1).map((_, i): [number, number, number] => [i + 1, i + 2, 2.5]) }
        : {}),
      ...(kind === 'set-union' ? { elements } : {}),
      ...(robust ? { gamma } : {}),
    };
  });

describe('CSV of every kind', () => {
  test.each(generators.map(({ id }) => id))('reads back what %s makes', (id) => {
    for (const seed of [1, 2, 3]) {
      const instance = generated(id, seed);
      const text = written(instance);
      expect(read(text)).toEqual(instance);
      // As a spreadsheet of another country saves it.
      const name = instance.name.replaceAll(',', ';');
      expect(read(text.replaceAll(',', ';'))).toEqual({ ...instance, name });
      for (const file of ['x.csv', '']) {
        const [best] = [...formats].sort((a, b) => b.sniff(text, file) - a.sniff(text, file));
        expect(best).toBe(csv);
      }
    }
  });

  test('reads back names, decimals and every field', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(instances, (instance) => {
        expect(unwrap(validate(instance))).toEqual(instance);
        expect(read(written(instance))).toEqual(instance);
        seen.add(String(instance.kind));
      }),
      { numRuns: 300 },
    );
    expect(seen.size).toBe(KINDS.length + 1);
  });

  test('writes as one would by hand', () => {
    const items = [
      { profit: 9.5, weights: [4], deviation: 3, repair: 1, name: 'say "hi", twice' },
      { profit: 3, weights: [2], deviation: 0, repair: 2 },
    ];
    const instance: Instance = { name: 'Two', kind: 'recourse', capacities: [5], items, gamma: 1 };
    expect(written(instance)).toBe(
      'title,Two\nkind,recourse\ncapacity,5\ngamma,1\nname,profit,weight,deviation,repair\n' +
        '"say ""hi"", twice",9.5,4,3,1\n,3,2,0,2\n',
    );
  });

  test('reads keys as comments, and free comments', () => {
    const text =
      '# Two of three; or, less\n# title: Shared, small\n# kind: Set-union\n#capacity = 7\n' +
      '# element weights: 3 4, 5\nprofit;elements;weight;\n" 9 ";1 3;0;\n4;;2\n';
    expect(read(text)).toEqual({
      name: 'Shared, small',
      kind: 'set-union',
      capacities: [7],
      elements: [3, 4, 5],
      items: [
        { profit: 9, weights: [0], elements: [1, 3] },
        { profit: 4, weights: [2], elements: [] },
      ],
    });
    expect(csv.sniff(text, 'pasted')).toBeGreaterThan(0.8);
  });

  test('reads a capacity below the items, and items with the names of keys', () => {
    const items = [{ profit: 1, weights: [2], name: 'Capacity' }];
    const instance = { name: 'a', capacities: [5], items };
    expect(read('name,profit,weight\nitem,1,2\ncapacity,5\n', 'a.csv').capacities).toEqual([5]);
    expect(read(written(instance))).toEqual(instance);
    expect(read('# capacity\t5\nname\tprofit\tcount\tweight\nCapacity\t1\t\t2\n', 'a.tsv')).toEqual(
      instance,
    );
  });

  test('says where it goes wrong', () => {
    const head = 'kind,multiple-choice\ncapacity,5\n';
    const union = 'kind,set-union\ncapacity,5\nelement weights,3,4\nprofit,elements\n';
    const coins = 'kind,change-making\ncapacity,5,,\n';
    const pairs = 'kind,quadratic\ncapacity,5\npair,1,2,9\npair,2,1,9\nprofit,weight\n1,1\n1,1\n';
    expect(issueOf('kind,knap\n')).toMatch(/^line 1: The kind is not known.*multiple-choice/);
    expect(issueOf(`${head}profit,weight\n`)).toMatch(/^line 3: .*needs a column "group"/);
    expect(issueOf(`${head}profit,weight,group\n1,2,1\n1,2,x\n`)).toMatch(/^line 5: "x" is not/);
    expect(issueOf(`${head}profit,weight,group\n1,2,1\n\n1,2,2\n1,2,4\n`)).toMatch(
      /^line 7: The class must be .* 1 to 3\. Number the classes/,
    );
    expect(issueOf('capacity,5\nprofit,weight,group\n1,2,1\n')).toMatch(
      /^line 2: Only .* multiple-choice have a column "group"\. .*"kind,multiple-choice"/,
    );
    expect(issueOf('capacity,5\ngamma,5\nprofit,weight\n')).toMatch(
      /^line 2: .*robust or recourse/,
    );
    expect(issueOf('kind,robust\ngamma,x\n')).toMatch(/^line 2: "x" is not a number; Γ/);
    expect(issueOf('kind,robust\ncapacity,5\ngamma,1\nprofit,weight,loss\n3,2,4\n')).toMatch(
      /^line 5: The deviation must not be above/,
    );
    expect(issueOf(`${union}9,1 3\n`)).toMatch(/^line 5: An element must be a number from 1 to 2/);
    expect(issueOf(`${union}9,2 1\n`)).toMatch(/^line 5: The elements must rise/);
    expect(issueOf('element weights,3,,5\n')).toMatch(/^line 1: A cell is empty/);
    expect(issueOf('# element weights: 3,,5,\n')).toMatch(/^line 1: A cell is empty/);
    expect(issueOf(`${coins}profit,weight\n4,1\n`)).toMatch(/^line 4: .*have no profit/);
    expect(issueOf(`${coins}weight\n0\n`)).toMatch(/^line 4: .*weighs nothing/);
    expect(issueOf('kind,bin-packing\ncapacity,5,5\nweight,weight2\n1,1\n')).toMatch(
      /^line 2: .*one capacity/,
    );
    expect(issueOf(pairs)).toMatch(/^line 4: The first item of a pair must be the smaller/);
    expect(issueOf('kind,multiple\ncapacity,5,6\nprofit,weight,weight2\n')).toMatch(/2 weight col/);
    expect(issueOf('capacity,5\ncapacity,6\n')).toMatch(/^line 2: .*in line 1 already/);
  });

  test('stops at its caps', () => {
    const many = (text: string, times: number): string => text.repeat(times);
    const weights = `element weights${many(',1', 1_000_001)}\n`;
    const union = 'kind,set-union\ncapacity,5\n';
    expect(issueOf(union + weights)).toMatch(/^line 3: .*too many elements/);
    const wide = `element weights,1\nprofit,elements\n1,1\n2,${many('1 ', 200_001)}\n`;
    expect(issueOf(union + wide)).toMatch(/^line 6: At most 200,000 elements/);
    expect(issueOf(`capacity${many(',1', 1001)}\n`)).toMatch(/1,001 dimensions/);
    expect(issueOf(`profit${many(',weight', 5000)}\n`)).toMatch(/^line 1: .*too many columns/);
    expect(issueOf(`kind,quadratic\n${many('pair,1,2,1\n', 200_001)}`)).toMatch(
      /^line 200002: At most 200,000 pairs/,
    );
  });

  test('never throws, and has a line and a hint for everything', () => {
    const good = generators.map(({ id }) => written(generated(id, 1)).slice(0, 3000));
    const damage = fc.record({
      at: fc.nat(3000),
      cut: fc.nat(12),
      put: fc.oneof(
        fc.constantFrom('', ',', ';', '\n', '"', '-', ' ', '1e400', 'NaN', '#', ':', '\t', 'kind,'),
        fc.constantFrom('gamma,1\n', 'title,x\n', 'pair,1,2,3\n', 'capacity,1\n', 'group', '0.5'),
        fc.string({ maxLength: 6, unit: 'binary' }),
      ),
    });
    const texts = fc.oneof(instances.map(written), fc.constantFrom(...good));
    let refused = 0;
    fc.assert(
      fc.property(texts, fc.array(damage, { minLength: 1, maxLength: 4 }), (text, hits) => {
        let broken = text;
        for (const { at, cut, put } of hits) {
          const place = at % (broken.length + 1);
          broken = broken.slice(0, place) + put + broken.slice(place + cut);
        }
        expect(csv.sniff(broken, 'a.csv')).toBeTypeOf('number');
        const result = csv.parse(broken, 'a.csv');
        if (result.ok) {
          // What is read is an instance, and is told again.
          expect(unwrap(validate(result.value))).toEqual(result.value);
          expect(read(written(result.value))).toEqual(result.value);
          return;
        }
        refused++;
        for (const { line, message, hint } of result.issues) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(broken.split('\n').length);
          expect(message).not.toBe('');
          expect(hint).toMatch(/\w/);
        }
      }),
      { numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(300);
  });
});
