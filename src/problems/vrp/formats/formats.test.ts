import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../../core/result.ts';
import { bestKnown } from '../best-known.ts';
import { codec } from '../codec.ts';
import { gallery } from '../gallery.ts';
import type { VrpInstance } from '../instance.ts';
import { roundingOf } from './cvrplib.ts';
import { cvrplib, sol, solomon } from './index.ts';

const SMALL = `NAME : small
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 3 4
3 6 8
4 -3 4
DEMAND_SECTION
1 0
2 4
3 5
4 6
DEPOT_SECTION
1
-1
EOF
`;

const small: VrpInstance = {
  name: 'small',
  capacity: 10,
  rounding: 'nint',
  depot: { x: 0, y: 0 },
  customers: [
    { x: 3, y: 4, demand: 4 },
    { x: 6, y: 8, demand: 5 },
    { x: -3, y: 4, demand: 6 },
  ],
};

const SOLOMON = `r3

VEHICLE
NUMBER     CAPACITY
  2         20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      35         35          0          0       230          0
    1      41         49         10        161       171         10
    2      35         17          7          0        60         10
`;

const first = (result: ReturnType<typeof cvrplib.parse>): string =>
  result.ok ? 'ok' : describeIssue(result.issues[0]);

describe('.vrp', () => {
  test('reads what CVRPLIB writes', () => {
    expect(unwrap(cvrplib.parse(SMALL, 'x.vrp'))).toEqual(small);
  });

  test.each([
    ['tabs and no blanks around colons', SMALL.replaceAll(' : ', '\t:').replaceAll(' ', '\t')],
    ['colons without blanks', SMALL.replaceAll(' : ', ':')],
    ['Windows line ends', SMALL.replaceAll('\n', '\r\n')],
    ['no EOF and no −1', SMALL.replace('-1\nEOF\n', '')],
    ['decimals and exponents', SMALL.replace('2 3 4', '2 3.0 0.4e1')],
  ])('survives %s', (_, text) => {
    expect(unwrap(cvrplib.parse(text, 'x.vrp'))).toEqual(small);
  });

  test('takes a depot that is not the first node', () => {
    const text = SMALL.replace('DEPOT_SECTION\n1', 'DEPOT_SECTION\n3').replace(
      '1 0\n2 4\n3 5',
      '1 5\n2 4\n3 0',
    );
    const instance = unwrap(cvrplib.parse(text, 'x.vrp'));
    expect(instance.depot).toEqual({ x: 6, y: 8 });
    expect(instance.customers[0]).toEqual({ x: 0, y: 0, demand: 5 });
  });

  test('reads duration, service, fleet and windows, and writes them again', () => {
    const text = SMALL.replace(
      'NODE_COORD',
      'VEHICLES : 2\nDISTANCE : 60.5\nSERVICE_TIME : 10\nNODE_COORD',
    ).replace(
      'DEPOT_SECTION',
      'TIME_WINDOW_SECTION\n1 0 99\n2 5 20\n3 0 80\n4 7 70\nDEPOT_SECTION',
    );
    const instance = unwrap(cvrplib.parse(text, 'x.vrp'));
    expect(instance).toMatchObject({
      vehicles: 2,
      maxDuration: 60.5,
      depot: { due: 99 },
      customers: [{ ready: 5, due: 20, service: 10 }, { due: 80 }, { ready: 7 }],
    });
    expect(unwrap(cvrplib.parse(unwrap(cvrplib.write!(instance)), ''))).toEqual(instance);
    const open = { ...instance, depot: { x: 0, y: 0 } };
    expect(unwrap(cvrplib.parse(unwrap(cvrplib.write!(open)), ''))).toEqual(open);
  });

  test('knows which sets are not rounded', () => {
    for (const name of ['CMT1', 'Golden_12', 'Li_21', 'tai75a', 'Tai385'])
      expect(roundingOf('EUC_2D', name, [])).toBe('none');
    for (const name of ['A-n32-k5', 'X-n101-k25', 'Antwerp1', 'Lima', 'tail'])
      expect(roundingOf('EUC_2D', name, [])).toBe('nint');
    expect(roundingOf('EUC_2D', 'copy', ['524.61'])).toBe('none');
    expect(roundingOf('EUC_2D', 'copy', ['Optimal value: 784'])).toBe('nint');
    expect(roundingOf('EXACT_2D', 'anything', [])).toBe('none');
  });

  test.each(['nint', 'none'] as const)('keeps rounding %s whatever the name', (rounding) => {
    for (const name of ['CMT1', 'plain']) {
      const instance = { ...small, name, rounding };
      expect(unwrap(cvrplib.parse(unwrap(cvrplib.write!(instance)), ''))).toEqual(instance);
    }
  });

  test.each([
    [SMALL.slice(0, SMALL.indexOf('DEMAND')), /^line \d+: DEMAND_SECTION is missing/],
    [SMALL.replace('CAPACITY : 10\n', ''), /CAPACITY is missing/],
    [SMALL.replace('CAPACITY : 10', 'CAPACITY : ten'), /^line 5: "ten" is not a number/],
    [SMALL.replace('2 4\n3 5', '2 4.5\n3 5'), /line \d+: "demand" must be a whole number/],
    [SMALL.replace('2 4\n3 5', '2 -4\n3 5'), /line \d+: "demand" must be from 0/],
    [SMALL.replace('2 3 4', '2 NaN 4'), /^line 8, column 3: "NaN" is not a number/],
    [SMALL.replace('DIMENSION : 4', 'DIMENSION : 1000000000'), /^line 3: .* too large/],
    [SMALL.replace('EUC_2D', 'EXPLICIT'), /EDGE_WEIGHT_SECTION is missing/],
    [SMALL.replace('EUC_2D', 'GEO'), /^line 4: EDGE_WEIGHT_TYPE GEO is not supported/],
    [SMALL.replace('TYPE : CVRP', 'TYPE : TSP'), /^line 2: TYPE TSP is not a routing problem/],
    [SMALL.replace('\n1\n-1', '\n1\n2\n-1'), /The depot \(node 2\) has a demand/],
    [SMALL.replace('1 0\n2 4', '1 3\n2 4'), /depot \(node 1\) has a demand of 3/],
  ])('refuses damaged text (%#)', (text, message) => {
    expect(first(cvrplib.parse(text, 'x.vrp'))).toMatch(message);
  });

  test('does not claim a tour instance', () => {
    expect(cvrplib.sniff(SMALL.replace('CVRP', 'TSP'), 'x.tsp')).toBe(0);
    expect(cvrplib.sniff(SMALL, 'x.vrp')).toBeGreaterThan(0.9);
    expect(cvrplib.sniff(SMALL.replace('TYPE : CVRP\n', ''), 'x.vrp')).toBeGreaterThan(0.5);
  });
});

describe('Solomon text', () => {
  test('reads and writes', () => {
    const instance = unwrap(solomon.parse(SOLOMON.replaceAll('\n', '\r\n'), 'r3.txt'));
    expect(instance).toEqual({
      name: 'r3',
      capacity: 20,
      vehicles: 2,
      rounding: 'truncate-1',
      depot: { x: 35, y: 35, due: 230 },
      customers: [
        { x: 41, y: 49, demand: 10, ready: 161, due: 171, service: 10 },
        { x: 35, y: 17, demand: 7, due: 60, service: 10 },
      ],
    });
    expect(unwrap(solomon.parse(unwrap(solomon.write!(instance)), ''))).toEqual(instance);
  });

  test('takes the name of the file when the text has none', () => {
    expect(unwrap(solomon.parse(SOLOMON.replace('r3\n', ''), 'a/R9.txt')).name).toBe('R9');
  });

  test.each([
    [SOLOMON.replace('171', 'x'), /^line 11, column \d+: "x" is not a number; a due date/],
    [SOLOMON.replace('171', '100'), /^line 11: The window closes at 100/],
    [SOLOMON.slice(0, -30), /The file ends where/],
    [SOLOMON.replace('    2  ', '    7  '), /^line 12, .* customer 7; 2 should come here/],
    [SOLOMON.slice(0, SOLOMON.indexOf('    1 ')), /There are no customers/],
    ['R1\n', /VEHICLE heading/],
  ])('refuses damaged text (%#)', (text, message) => {
    expect(first(solomon.parse(text, 'x.txt'))).toMatch(message);
  });

  test('says what it cannot express', () => {
    expect(first(solomon.write!(small) as never)).toContain('truncated');
    const open = { ...small, rounding: 'truncate-1' as const };
    expect(first(solomon.write!(open) as never)).toContain('needs a time by which');
  });
});

describe('.sol', () => {
  test('reads routes, with or without the depot, and writes them again', () => {
    const text = 'Route #1: 0 1 3 0\r\nRoute #2: 2\r\nCost 36\r\n';
    const solution = unwrap(sol.parse(text, small));
    expect(solution).toEqual({ routes: [[1, 3], [2]] });
    expect(sol.write(small, solution, 36)).toBe('Route #1: 1 3\nRoute #2: 2\nCost 36\n');
    expect(sol.sniff(text, 'x.sol')).toBeGreaterThan(0.9);
  });

  test.each([
    ['Route #1: 1 9\n', 'line 1: 9 is too large'],
    ['Route #1: 1 2\nRoute #2: 3 1\n', 'line 2: The routes have more than 3 visits'],
    ['Route #1: 1 two\n', 'line 1: "two" is not a number'],
    ['Cost 3', 'line 1: There is no route'],
  ])('refuses %j', (text, message) => {
    const result = sol.parse(text, small);
    expect(result.ok ? '' : describeIssue(result.issues[0])).toContain(message);
  });
});

const bench = process.env.INCUMBENT_BENCH ?? '../shared/bench';

describe.skipIf(!existsSync(bench))('published files', () => {
  interface Published {
    value: number;
    optimal: boolean;
    n: number;
    capacity: number;
    rounding?: string;
    max_route_duration?: number;
    service_time?: number;
    vehicles_max?: number;
  }
  const read = (folder: string, format: typeof cvrplib) => {
    const known = JSON.parse(
      readFileSync(join(bench, folder, 'best-known.json'), 'utf8'),
    ) as Record<string, Published>;
    return readdirSync(join(bench, folder))
      .filter((file) => /\.(vrp|txt)$/.test(file))
      .map((file) => ({
        file,
        published: known[file.replace(/\.\w+$/, '')],
        instance: unwrap(format.parse(readFileSync(join(bench, folder, file), 'utf8'), file)),
      }));
  };
  const all = [...read('cvrplib', cvrplib), ...read('vrptw', solomon)];

  test('are read as their publishers describe them, and recognised', () => {
    expect(all.length).toBeGreaterThan(250);
    for (const { file, published, instance } of all) {
      const { customers, capacity, rounding } = instance;
      expect([file, customers.length, capacity]).toEqual([file, published.n, published.capacity]);
      if (published.rounding)
        expect([file, rounding]).toEqual([file, published.rounding.split(' ')[0]]);
      expect(instance.maxDuration).toBe(published.max_route_duration);
      expect(instance.vehicles).toBe(published.vehicles_max);
      if (published.service_time !== undefined)
        expect(customers[0].service ?? 0).toBe(published.service_time);
      // The same data as M-n200-k16, whose value is lower.
      if (file === 'M-n200-k17.vrp') continue;
      // Published for the fewest routes; with more, shorter plans are known.
      if (/^(B-n57-k7|E-n30-k3|P-n22-k8|P-n50-k8)\./.test(file)) {
        expect([file, bestKnown(instance)]).toEqual([file, null]);
        continue;
      }
      expect(bestKnown(instance)).toMatchObject({
        value: published.value,
        optimal: published.optimal,
      });
    }
  });

  test('an edited instance has no best known value', () => {
    const { instance } = all.find(({ file }) => file === 'A-n32-k5.vrp')!;
    expect(bestKnown({ ...instance, name: 'renamed' })?.value).toBe(784);
    expect(bestKnown({ ...instance, capacity: 101 })).toBeNull();
    expect(bestKnown({ ...instance, rounding: 'none' })).toBeNull();
  });

  test('make links of the promised size', () => {
    const size = (file: string) => {
      const { instance } = all.find((entry) => entry.file === file)!;
      return (codec.encode(instance).length * 4) / 3;
    };
    expect(size('X-n101-k25.vrp')).toBeLessThan(500);
    expect(size('R101.txt')).toBeLessThan(700);
  });
});

test('gallery values are found by content', () => {
  for (const entry of gallery)
    if (entry.bestKnown)
      expect(bestKnown(entry.instance())).toMatchObject({ value: entry.bestKnown.value });
});
