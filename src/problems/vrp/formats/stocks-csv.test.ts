import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../../core/result.ts';
import { defaultParams } from '../../../core/params.ts';
import { createRng } from '../../../core/rng.ts';
import { gallery } from '../gallery.ts';
import { stockGenerator } from '../generators-stocks.ts';
import type { VrpInstance } from '../instance.ts';
import { matrixCsv, stocksCsv } from './index.ts';

const TEXT = `inventory routing,Two shops
# by hand
days,3
capacity,50
shortage,2.5
depot,0,0
customer,3,4,10,40,0.5,8,9,12
customer,6,8,0,30,0.2,5,5,5
times,2,10,-,3
`;

const written = (instance: VrpInstance): string => unwrap(stocksCsv.write!(instance));

describe('stocks as CSV', () => {
  test('says what it says', () => {
    expect(unwrap(stocksCsv.parse(TEXT, 'x.csv'))).toEqual({
      name: 'Two shops',
      capacity: 50,
      rounding: 'nint',
      inventory: { days: 3, shortage: 2.5 },
      depot: { x: 0, y: 0 },
      customers: [
        { x: 3, y: 4, demand: 0, stock: { start: 10, most: 40, holding: 0.5, use: [8, 9, 12] } },
        {
          x: 6,
          y: 8,
          demand: 0,
          ready: 10,
          service: 3,
          stock: { start: 0, most: 30, holding: 0.2, use: [5, 5, 5] },
        },
      ],
    });
    expect(stocksCsv.sniff(TEXT, 'x.csv')).toBeGreaterThan(matrixCsv.sniff(TEXT, 'x.csv'));
    expect(stocksCsv.sniff('0,1\n1,0\n', 'x.csv')).toBe(0);
  });

  test('reads back what it writes', () => {
    const instances = gallery.map((entry) => entry.instance()).filter(({ inventory }) => inventory);
    const base = stockGenerator.generate(defaultParams(stockGenerator.params), createRng(2));
    instances.push(base, {
      ...base,
      vehicles: 4,
      maxDuration: 300,
      fixedCost: 7,
      open: true,
      rounding: 'none',
      depot: { x: 1.5, y: 2, ready: 5, due: 900 },
      customers: base.customers.map((customer) => ({ ...customer, due: 800, service: 2 })),
    });
    expect(instances.length).toBeGreaterThan(3);
    for (const instance of instances)
      expect(unwrap(stocksCsv.parse(written(instance), 'x'))).toEqual(instance);
  });

  test.each([
    ['', 1, 'no row'],
    ['days,3\n', 1, 'first row'],
    [TEXT.replace('8,9,12', '8,9'), 7, 'each of the 3 days'],
    [TEXT.replace('0.5,8', 'half,8'), 7, 'half'],
    [TEXT.replace('10,40', '50,40'), 7, 'more than the store takes'],
    [TEXT.replace('days,3', 'days,900'), 3, 'days'],
    [TEXT.replace('shortage,2.5', 'colour,red'), 5, 'not known'],
    [TEXT.replace('times,2', 'times,9'), 9, 'number of a customer'],
    [`${TEXT}past,1,2\n`, 10, 'past day'],
    [`${TEXT}open routes,perhaps\n`, 10, 'yes or no'],
    [`${TEXT}past,1,|,4,5\ncoming,1\n`, 11, '3 rows'],
    [`inventory routing,x\ndays,${','.repeat(1000)}`, 2, 'too many cells'],
  ])('points at the line: %j', (text, line, part) => {
    const result = stocksCsv.parse(text, 'x');
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.issues[0].line).toBe(line);
    expect(result.issues.map(describeIssue).join('\n')).toContain(part);
  });

  test('refuses what it has no place for', () => {
    const stores = gallery.find(({ id }) => id === 'stores')!.instance();
    expect(stocksCsv.write!(gallery[0].instance()).ok).toBe(false);
    expect(stocksCsv.write!({ ...stores, geographic: true }).ok).toBe(false);
    expect(stocksCsv.write!({ ...stores, locked: [{ customers: [1] }] }).ok).toBe(false);
  });
});
