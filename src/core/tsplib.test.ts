import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attDistance, geoDistance, planarDistance, type Distance } from './geometry.ts';
import { unwrap } from './result.ts';
import { readTsplib, tsplibType, type TsplibFile } from './tsplib.ts';

const limits = { maxDimension: 1000, maxMatrixDimension: 100 };

const small = `NAME : four
COMMENT: two spacing variants
TYPE:TSP
DIMENSION   :   4
EDGE_WEIGHT_TYPE : EUC_2D
NODE_COORD_SECTION
1 0 0
  2 1.5e+02 -3
3 4 5 4 6
7.5
`;

function issueOf(text: string) {
  const result = readTsplib(text, limits);
  if (result.ok) throw new Error('should have failed');
  return result.issues[0];
}

function explicit(format: string, n: number, numbers: string): string {
  return `TYPE: TSP\nDIMENSION: ${n}\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: ${format}\nEDGE_WEIGHT_SECTION\n${numbers}\nEOF\n`;
}

describe('readTsplib', () => {
  it('reads keywords in any spacing, wrapped numbers, exponents, and no EOF', () => {
    const file = unwrap(readTsplib(small, limits));
    expect(file.value('NAME')).toBe('four');
    expect(file.value('TYPE')).toBe('TSP');
    expect(file.comments).toEqual(['two spacing variants']);
    expect(file.dimension).toBe(4);
    expect([...file.rows('NODE_COORD_SECTION')!]).toEqual([0, 0, 150, -3, 4, 5, 6, 7.5]);
  });

  it('reads every matrix format to the same symmetric matrix', () => {
    const full = [0, 1, 2, 1, 0, 3, 2, 3, 0];
    const texts: Record<string, string> = {
      FULL_MATRIX: '0 1 2 1\n0 3 2 3 0',
      UPPER_ROW: '1 2 3',
      LOWER_ROW: '1 2 3',
      UPPER_DIAG_ROW: '0 1 2 0 3 0',
      LOWER_DIAG_ROW: '0 1 0\n2 3 0',
      UPPER_COL: '1 2 3',
      LOWER_COL: '1 2 3',
      UPPER_DIAG_COL: '0 1 0 2 3 0',
      LOWER_DIAG_COL: '0 1 2 0 3 0',
    };
    for (const [format, numbers] of Object.entries(texts)) {
      const file = unwrap(readTsplib(explicit(format, 3, numbers), limits));
      expect([...file.matrix!], format).toEqual(full);
    }
  });

  it('sorts demands and depots to the nodes', () => {
    const text = `TYPE : CVRP\nDIMENSION : 3\nCAPACITY : 10\nNODE_COORD_SECTION\n7 0 0\n8 1 1\n9 2 2\nDEMAND_SECTION\n9 5\n7 0\n8 4\nDEPOT_SECTION\n 7\n -1\nEOF`;
    const file = unwrap(readTsplib(text, limits));
    expect([...file.rows('DEMAND_SECTION')!]).toEqual([0, 4, 5]);
    expect(file.depots).toEqual([0]);
    expect(file.indexOf(9)).toBe(2);
    expect(file.indexOf(1)).toBe(-1);
  });

  it('reads further sections of rows when the family names them', () => {
    const text = 'DIMENSION : 2\nTIME_WINDOW_SECTION\n1 0 10\n2 3 9\nEOF';
    expect(issueOf(text)).toMatchObject({ line: 2 });
    const file = unwrap(readTsplib(text, { ...limits, rowSections: { TIME_WINDOW_SECTION: 2 } }));
    expect([...file.rows('TIME_WINDOW_SECTION')!]).toEqual([0, 10, 3, 9]);
  });

  it('reads a tour', () => {
    const file = unwrap(readTsplib('TYPE : TOUR\nTOUR_SECTION\n3 1\n2\n-1\nEOF\n', limits));
    expect([...file.tour!]).toEqual([3, 1, 2]);
  });

  it('refuses a huge dimension before allocating', () => {
    expect(issueOf('DIMENSION : 1000000000\nNODE_COORD_SECTION\n1 0 0').line).toBe(1);
    expect(issueOf(explicit('UPPER_ROW', 500, '1 2 3')).message).toMatch(/500 nodes/);
  });

  it('says where a section ends too early and what is missing', () => {
    expect(issueOf(small.replace('7.5', ''))).toMatchObject({
      message: 'NODE_COORD_SECTION ends after 3 of 4 rows.',
    });
    expect(issueOf(explicit('UPPER_ROW', 3, '1 2'))).toMatchObject({
      line: 7,
      message: 'EDGE_WEIGHT_SECTION ends after 2 of 3 numbers (UPPER_ROW).',
    });
  });

  it.each([
    ['more rows than stated', small.replace('DIMENSION   :   4', 'DIMENSION : 3')],
    ['NaN', small.replace('7.5', 'NaN')],
    ['a bad number', small.replace('7.5', '1.2.3')],
    ['a node twice', small.replace('\n3 4 5', '\n2 4 5')],
    ['an unknown section', `${small}FIXED_EDGES_SECTION\n1 2\n-1`],
    ['a section before DIMENSION', 'NODE_COORD_SECTION\n1 0 0'],
    ['an unknown matrix format', explicit('WHATEVER', 3, '1')],
    ['free text', 'Dear Sir or Madam\nhow are you'],
    ['nothing', '  \n'],
  ])('refuses %s with a line', (_, text) => {
    expect(issueOf(text).line).toBeGreaterThan(0);
  });

  it('recognises its texts', () => {
    expect(tsplibType(small)).toBe('TSP');
    expect(tsplibType('NAME : x\nDIMENSION : 3\n')).toBe('');
    expect(tsplibType('hello, world')).toBeNull();
  });
});

const bench = `${process.env.INCUMBENT_BENCH ?? '../shared/bench'}/tsplib`;

describe.skipIf(!existsSync(bench))('published files', () => {
  const wide = { maxDimension: 20000, maxMatrixDimension: 2000 };
  const read = (name: string): TsplibFile =>
    unwrap(readTsplib(readFileSync(`${bench}/${name}.tsp`, 'utf8'), wide));
  const columns = (file: TsplibFile): [Float64Array, Float64Array] => {
    const rows = file.rows('NODE_COORD_SECTION')!;
    return [rows.filter((_, i) => i % 2 === 0), rows.filter((_, i) => i % 2 === 1)];
  };
  const identityTour = (n: number, distance: Distance) => {
    let length = 0;
    for (let i = 0; i < n; i++) length += distance(i, (i + 1) % n);
    return length;
  };

  it('reads all of them', () => {
    for (const name of readdirSync(bench).filter((file) => file.endsWith('.tsp'))) {
      const file = read(name.slice(0, -4));
      expect(file.matrix !== null || file.rows('NODE_COORD_SECTION') !== null, name).toBe(true);
    }
  });

  it('agrees with the documented lengths of the identity tours', () => {
    expect(identityTour(442, planarDistance(...columns(read('pcb442')), 'nint'))).toBe(221440);
    expect(identityTour(666, geoDistance(...columns(read('gr666'))))).toBe(423710);
  });

  it('has ATT distances no shorter than the Euclidean ones over √10', () => {
    const [x, y] = columns(read('att48'));
    const att = attDistance(x, y);
    const plain = planarDistance(x, y, 'none');
    for (let i = 1; i < 48; i++) {
      const exact = plain(0, i) / Math.sqrt(10);
      expect(att(0, i)).toBeGreaterThanOrEqual(exact - 1e-9);
      expect(att(0, i)).toBeLessThan(exact + 1);
    }
  });
});
