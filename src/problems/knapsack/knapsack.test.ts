/** Instance, schema, checker, links, generators and best known values. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParams } from '../../core/params.ts';
import { createRng } from '../../core/rng.ts';
import { describeIssue, unwrap } from '../../core/result.ts';
import { bestKnown } from './best-known.ts';
import { check, loadsOf } from './check.ts';
import { codec } from './codec.ts';
import { convert } from './convert.ts';
import { gallery } from './gallery.ts';
import { generators } from './generators.ts';
import { makeItem, pack, unpack, type Instance } from './instance.ts';
import { KINDS } from './kinds.ts';
import { validate } from './schema.ts';

const amount = fc.oneof(
  fc.nat(1000),
  fc.maxSafeNat().map((value) => Math.floor(value / 2 ** 20)),
  fc.nat(1_000_000).map((value) => value / 1000),
);

const anyInstance = fc.integer({ min: 1, max: 4 }).chain((m) =>
  fc.record({
    name: fc.string({ maxLength: 12 }),
    capacities: fc.array(amount, { minLength: m, maxLength: m }),
    items: fc.array(
      fc
        .record({
          profit: amount,
          weights: fc.array(amount, { minLength: m, maxLength: m }),
          count: fc.nat(3),
          name: fc.string({ maxLength: 6 }),
        })
        .map(({ profit, weights, count, name }) => makeItem(profit, weights, count, name)),
      { maxLength: 12 },
    ),
  }),
);

describe('round trips', () => {
  test('packing, links and JSON give any instance back', () => {
    fc.assert(
      fc.property(anyInstance, (instance: Instance) => {
        expect(unpack(pack(instance))).toEqual(instance);
        expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
        expect(unwrap(validate(JSON.parse(JSON.stringify(instance))))).toEqual(instance);
      }),
    );
  });

  test('strongly correlated profits cost a link next to nothing', () => {
    const strongly = gallery.find(({ id }) => id === 'strongly-200')?.instance();
    // 200 weights up to 1000 at 10 bits are 250 bytes.
    expect(codec.encode(strongly as Instance).length).toBeLessThan(300);
  });

  test('links of version 1 still open', () => {
    const old: [id: string, text: string][] = [
      [
        'hike',
        '315d9595ad95b99081a1a5ad941380a392321a5e9a6f44d8780aa62c6180028017c232211ea0b4bc3d59679ba81e34a0a0a64007078410016000c454656e74314db19595c1a5b99c8189859c34d61742d4985a5b881a9858dad95d0553746f7665395d85d195c8b080c481b1a5d1c994d466f6f642c206f6e6520646179292195859081d1bdc98da0643616d6572611109bdbdacd46697273742d616964206b69743519bdb191a5b99c818da185a5c8b53706172652073686f6573250da1bd8dbdb185d194',
      ],
      [
        'petersen-1',
        '294195d195c9cd95b880c4a180c02a030020bc1d08803a0380081618e42148c2018f98890194280a3d84e2c0650c0101ca09e300650c0101d609e0a80200004004a0086081001680219204206220642d97c0a60000f8223c620c13a580',
      ],
    ];
    for (const [id, text] of old) {
      const bytes = Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
      const entry = gallery.find((candidate) => candidate.id === id);
      expect(unwrap(codec.decode(bytes, 1))).toEqual(entry?.instance());
    }
  });

  test('a link never allocates more than it holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(typeof codec.decode(bytes, codec.version).ok).toBe('boolean');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('schema', () => {
  const issue = (value: unknown): string => {
    const result = validate(value);
    return result.ok ? '' : describeIssue(result.issues[0]);
  };
  const item = { profit: 1, weights: [1] };

  test('names the place of what is wrong', () => {
    expect(issue({ capacities: [1, -1], items: [] })).toMatch(/^capacities\[1\]: .*negative/);
    expect(issue({ capacities: [1], items: [item, { profit: 1, weights: [1, 2] }] })).toMatch(
      /^items\[1\]\.weights: .*one weight/,
    );
    expect(issue({ capacities: [1], items: [{ ...item, profit: NaN }] })).toMatch(
      /^items\[0\]\.profit: .*a number/,
    );
    expect(issue({ capacities: [1], items: [{ ...item, count: 1.5 }] })).toMatch(
      /^items\[0\]\.count/,
    );
    expect(issue({ capacities: [1], items: [{ ...item, profit: 1e-9 }] })).toMatch(/decimals/);
    expect(issue({ items: [item] })).toMatch(/no capacity/);
    expect(issue({ capacities: [1], items: {} })).toMatch(/^items: .*a list/);
  });

  test('refuses totals above 2^53 and sizes above the limits', () => {
    const half = { profit: 2 ** 52, weights: [1], count: 2 };
    expect(issue({ capacities: [1], items: [half] })).toMatch(/2\^53/);
    expect(issue({ capacities: [2 ** 53 - 2], items: [{ profit: 1, weights: [2] }] })).toMatch(
      /^capacities\[0\]: .*2\^53/,
    );
    expect(issue({ capacities: [1], items: new Array(1_000_001).fill(item) })).toMatch(
      /1,000,001 items/,
    );
    expect(issue({ capacities: new Array(1001).fill(1), items: [] })).toMatch(/1,001 dimensions/);
  });

  test('stops after twenty issues', () => {
    const result = validate({ capacities: [1], items: new Array(1000).fill({ profit: -1 }) });
    expect(result.ok ? 0 : result.issues.length).toBe(20);
  });
});

describe('checker', () => {
  const instance: Instance = {
    name: 'decimals',
    capacities: [0.3, 4],
    items: [makeItem(1.5, [0.1, 1], 3), makeItem(2, [0.2, 4], 1, 'Rope')],
  };

  test('adds decimals exactly', () => {
    // 3 × 0.1 is above 0.3 in doubles.
    expect(check(instance, { counts: [3, 0] })).toEqual({
      feasible: true,
      objective: 4.5,
      violations: [],
    });
    expect(loadsOf(instance, { counts: [3, 0] })).toEqual([0.3, 3]);
  });

  test('says what is violated and where', () => {
    expect(check(instance, { counts: [1, 1] }).violations).toEqual([
      'Dimension 2: weight 5 is above the capacity 4.',
    ]);
    expect(check(instance, { counts: [0, 2] }).violations[0]).toBe(
      'Rope: 2 taken, but there are 1.',
    );
    expect(check(instance, { counts: [-1, 0.5] }).violations).toHaveLength(2);
  });

  test('survives garbage', () => {
    for (const counts of [null, 7, [], [1, 2, 3], ['1', 0], [NaN, 0], [Infinity, 0], [{}, []]]) {
      const report = check(instance, { counts } as unknown as { counts: number[] });
      expect(report.feasible).toBe(false);
      expect(report.violations.length).toBeGreaterThan(0);
    }
    expect(check(instance, null as unknown as { counts: number[] }).objective).toBeNaN();
  });
});

describe('kinds', () => {
  const report = (instance: Instance, counts: number[], sacks?: number[]) =>
    check(instance, sacks ? { counts, sacks } : { counts });
  const weighing = (...weights: number[]) => weights.map((w) => makeItem(0, [w]));

  test('change-making pays exactly and counts coins', () => {
    const coins: Instance = {
      name: '',
      kind: 'change-making',
      capacities: [6],
      items: weighing(1, 3, 4),
    };
    expect(report(coins, [0, 2, 0])).toEqual({ feasible: true, objective: -2, violations: [] });
    expect(report(coins, [1, 0, 1]).violations).toEqual(['The coins add up to 5, not to 6.']);
    expect(report({ ...coins, capacities: [0] }, [0, 0, 0]).objective).toBe(0);
  });

  test('bin packing counts bins, and every item must lie in one', () => {
    const bins: Instance = {
      name: '',
      kind: 'bin-packing',
      capacities: [10],
      items: weighing(6, 5, 4),
    };
    expect(report(bins, [1, 1, 1], [1, 2, 1]).objective).toBe(-2);
    expect(report(bins, [1, 1, 1], [1, 1, 2]).violations).toEqual([
      'Bin 1: weight 11 is above the capacity 10.',
    ]);
    expect(report(bins, [1, 1, 0], [1, 2, 0]).violations).toEqual(['Item 3 is in no bin.']);
    expect(report(bins, [1, 1, 1]).feasible).toBe(false);
    expect(report(bins, [1, 1, 1], [1, 2, 1e9]).violations[0]).toMatch(/no sack 1000000000/);
  });

  test('multiple knapsacks keep each capacity', () => {
    const sacks: Instance = {
      name: '',
      kind: 'multiple',
      capacities: [5, 0.5],
      items: [makeItem(3, [5]), makeItem(2, [0.5])],
    };
    expect(report(sacks, [1, 1], [1, 2])).toEqual({ feasible: true, objective: 5, violations: [] });
    expect(report(sacks, [1, 1], [1, 1]).violations).toEqual([
      'Sack 1: weight 5.5 is above the capacity 5.',
    ]);
    expect(report(sacks, [1, 0], [1, 2]).violations).toEqual(['Item 2: in a sack, but not taken.']);
  });

  test('pairs pay together, elements weigh once, classes give one item', () => {
    const pairs: Instance = {
      name: '',
      kind: 'quadratic',
      capacities: [9],
      items: [makeItem(1, [2]), makeItem(0.5, [3]), makeItem(2, [4])],
      pairs: [
        [1, 2, 10],
        [2, 3, 0.25],
      ],
    };
    expect(report(pairs, [1, 1, 1]).objective).toBe(13.75);
    expect(report(pairs, [1, 0, 1]).objective).toBe(3);
    const union: Instance = {
      name: '',
      kind: 'set-union',
      capacities: [10],
      items: [
        { ...makeItem(4, [0]), elements: [1, 2] },
        { ...makeItem(5, [1]), elements: [2, 3] },
      ],
      elements: [3, 4, 2],
    };
    expect(report(union, [1, 1])).toEqual({ feasible: true, objective: 9, violations: [] });
    expect(loadsOf(union, { counts: [1, 1] })).toEqual([10]);
    const robust: Instance = {
      name: '',
      kind: 'robust',
      capacities: [9],
      items: [4, 5, 6].map((p, i) => ({ ...makeItem(p, [3]), deviation: [3, 1, 2.5][i] })),
      gamma: 2,
    };
    expect(report(robust, [1, 1, 1]).objective).toBe(9.5);
    expect(report(robust, [0, 1, 0]).objective).toBe(4);
    const choice: Instance = {
      name: '',
      kind: 'multiple-choice',
      capacities: [9],
      items: [1, 1, 2].map((group) => ({ ...makeItem(3, [4]), group })),
    };
    expect(report(choice, [1, 0, 1]).objective).toBe(6);
    expect(report(choice, [1, 1, 0]).violations).toEqual([
      'Class 1: 2 items taken; there must be exactly one.',
      'Class 2: 0 items taken; there must be exactly one.',
    ]);
  });

  test('what a kind lacks or has too much of is said with its place', () => {
    const issue = (value: unknown): string => {
      const result = validate(value);
      return result.ok ? '' : describeIssue(result.issues[0]);
    };
    const items = [{ profit: 1, weights: [1] }];
    const capacities = [5];
    expect(issue({ kind: 'sack', capacities, items })).toMatch(/^kind: .*not known/);
    expect(issue({ capacities, items, pairs: [] })).toMatch(/^pairs: Only the kind "Quadratic"/);
    expect(issue({ kind: 'unbounded', capacities, items: [{ ...items[0], count: 2 }] })).toMatch(
      /^items\[0\]\.count: /,
    );
    expect(issue({ kind: 'unbounded', capacities, items: [{ profit: 1, weight: 0 }] })).toMatch(
      /without end/,
    );
    expect(issue({ kind: 'bin-packing', capacities, items: [{ weight: 6 }] })).toMatch(/any bin/);
    expect(issue({ kind: 'bin-packing', capacities: [5, 5], items: [] })).toMatch(/one capacity/);
    expect(issue({ kind: 'multiple-choice', capacities, items })).toMatch(/^items\[0\]\.group/);
    expect(issue({ kind: 'quadratic', capacities, items })).toMatch(/list of pairs/);
    expect(issue({ kind: 'robust', capacities, items })).toMatch(/gamma/);
    expect(
      issue({ kind: 'robust', capacities, gamma: 1, items: [{ ...items[0], deviation: 2 }] }),
    ).toMatch(/above the profit/);
    for (const pairs of [[[1, 1, 2]], [[1, 2, 3]], [7], [[1, 2]], 'x'])
      expect(issue({ kind: 'quadratic', capacities, items, pairs })).toMatch(/^pairs/);
    for (const elements of [[2], [0], [1, 1], 'x', [NaN]])
      expect(
        issue({ kind: 'set-union', capacities, elements: [3], items: [{ profit: 1, elements }] }),
      ).toMatch(/^items\[0\]\.elements/);
  });

  test('conversion to any kind and back to the plain one stays valid', () => {
    for (const entry of gallery.filter(({ id }) => id === 'hike' || id === 'petersen-1')) {
      for (const { id } of KINDS) {
        const other = convert(entry.instance(), id);
        expect(unwrap(validate(other))).toEqual(other);
        const back = convert(other, undefined);
        expect(unwrap(validate(back))).toEqual(back);
        expect(back.items.length).toBe(entry.instance().items.length);
      }
    }
  });
});

describe('generators', () => {
  const [pisinger, chuBeasley] = generators;
  const make = (params: Record<string, string | number>, seed = 1): Instance =>
    pisinger.generate({ ...defaultParams(pisinger.params), ...params }, createRng(seed));

  test('keep the relation of their class', () => {
    const pairs = (params: Record<string, string | number>) =>
      make({ n: 300, ...params }).items.map((item) => [item.profit, item.weights[0]]);
    for (const [p, w] of pairs({ class: 'strongly' })) expect(p).toBe(w + 100);
    for (const [p, w] of pairs({ class: 'inverse-strongly' })) expect(w).toBe(p + 100);
    for (const [p, w] of pairs({ class: 'subset-sum' })) expect(p).toBe(w);
    for (const [p, w] of pairs({ class: 'weakly' })) {
      expect(Math.abs(p - w)).toBeLessThanOrEqual(100);
      expect(p).toBeGreaterThanOrEqual(1);
    }
    for (const [p, w] of pairs({ class: 'profit-ceiling' })) {
      expect(p % 3).toBe(0);
      expect(p - w).toBeGreaterThanOrEqual(0);
      expect(p - w).toBeLessThan(3);
    }
    for (const [p, w] of pairs({ class: 'multiple-strongly' }))
      expect(p - w).toBe(w % 6 === 0 ? 300 : 200);
    for (const [, w] of pairs({ class: 'similar-weights' })) {
      expect(w).toBeGreaterThanOrEqual(100_000);
      expect(w).toBeLessThanOrEqual(100_100);
    }
    const slopes = new Set(pairs({ class: 'spanner-weakly', span: 3 }).map(([p, w]) => p / w));
    expect(slopes.size).toBeLessThanOrEqual(3);
  });

  test('set the capacity as asked, and copies', () => {
    const { capacities, items } = make({ n: 200, fill: 30, copies: 5 });
    const total = items.reduce((sum, item) => sum + item.weights[0] * (item.count ?? 1), 0);
    expect(capacities[0]).toBe(Math.floor(total * 0.3));
    expect(Math.max(...items.map((item) => item.count ?? 1))).toBe(5);
    expect(make({ n: 50 }, 1)).not.toEqual(make({ n: 50 }, 2));
  });

  test('every class and the multi-dimensional one give valid instances at their extremes', () => {
    for (const spec of pisinger.params) {
      if (spec.type === 'choice')
        for (const option of spec.options)
          for (const range of [10, 1000, 100_000])
            expect(validate(make({ class: option.value, n: 40, range })).ok).toBe(true);
    }
    const large = chuBeasley.generate(
      { ...defaultParams(chuBeasley.params), n: 30, m: 7, tightness: 0.25 },
      createRng(3),
    );
    expect(validate(large).ok).toBe(true);
    large.capacities.forEach((capacity, d) => {
      const total = large.items.reduce((sum, item) => sum + item.weights[d], 0);
      expect(capacity).toBe(Math.floor(total * 0.25));
    });
  });
});

describe('best known values', () => {
  const petersen = gallery.find(({ id }) => id === 'petersen-1')?.instance() as Instance;

  test('are found by the numbers, whatever the name', () => {
    expect(bestKnown(petersen)).toEqual({ value: 3800, optimal: true });
    expect(bestKnown({ ...petersen, name: 'mine' })).toEqual({ value: 3800, optimal: true });
  });

  test('are not claimed once a number has changed', () => {
    const items = petersen.items.with(0, { ...petersen.items[0], profit: 101 });
    expect(bestKnown({ ...petersen, items })).toBeNull();
    const copies = petersen.items.with(0, { ...petersen.items[0], count: 2 });
    expect(bestKnown({ ...petersen, items: copies })).toBeNull();
  });
});
