import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../core/result.ts';
import { bestKnown } from '../best-known.ts';
import { gallery } from '../gallery.ts';
import { METRICS, type City, type TspInstance } from '../instance.ts';
import { csv, tour, tsplib } from './index.ts';

const issues = (text: string, format = tsplib, name = 'some.tsp') => {
  const result = format.parse(text, name);
  if (result.ok) throw new Error('should have failed');
  return result.issues;
};

describe('TSPLIB', () => {
  const head = (type: string) => `NAME : t\nTYPE : ${type}\nDIMENSION : 3\n`;
  const places = 'NODE_COORD_SECTION\n1 0 0\n2 3 0\n3 0 4\nEOF\n';

  it('reads every distance type it names', () => {
    for (const { id, tsplib: type } of METRICS) {
      if (!type || id === 'matrix') continue;
      const text = `${head('TSP')}EDGE_WEIGHT_TYPE : ${type}\n${places}`;
      expect(unwrap(tsplib.parse(text, '')).metric).toBe(id);
    }
  });

  it('refuses what it cannot solve, and says why', () => {
    expect(issues(`${head('ATSP')}EDGE_WEIGHT_TYPE : EUC_2D\n${places}`)[0].message).toMatch(
      /asymmetric/i,
    );
    expect(issues(`${head('CVRP')}EDGE_WEIGHT_TYPE : EUC_2D\n${places}`)[0].line).toBe(2);
    expect(issues(`${head('TSP')}EDGE_WEIGHT_TYPE : EUC_3D\n${places}`)[0].message).toMatch(
      /EUC_3D/,
    );
    expect(issues(`${head('TSP')}${places}`)[0].message).toMatch(/EDGE_WEIGHT_TYPE is missing/);
    expect(issues(`${head('TSP')}EDGE_WEIGHT_TYPE : EUC_2D\n`)[0].message).toMatch(/NODE_COORD/);
    expect(issues('NAME : big\nDIMENSION : 1000000000\n')[0].line).toBe(2);
    const far = places.replace('3 0', '3 1e12');
    expect(issues(`${head('TSP')}EDGE_WEIGHT_TYPE : EUC_2D\n${far}`)[0].message).toMatch(/Node 2/);
  });

  it('refuses an asymmetric full matrix with the place', () => {
    const text = `${head('TSP')}EDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX\nEDGE_WEIGHT_SECTION\n0 1 2\n1 0 3\n2 4 0\n`;
    expect(issues(text)[0].message).toMatch(/from 3 to 2 is 4 but back it is 3/);
  });

  it('reads and writes asymmetric matrices', () => {
    const text = `${head('ATSP')}EDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX\nEDGE_WEIGHT_SECTION\n9999 1 2\n1 9999 3\n2 4 9999\n`;
    const instance = unwrap(tsplib.parse(text, 'a.atsp'));
    expect(instance.directed).toBe(true);
    expect(instance.matrix).toEqual([
      [0, 1, 2],
      [1, 0, 3],
      [2, 4, 0],
    ]);
    expect(unwrap(tsplib.parse(unwrap(tsplib.write!(instance)), ''))).toEqual(instance);
  });

  it('keeps names of cities in comments', () => {
    const capitals = gallery.find(({ id }) => id === 'european-capitals')!.instance();
    const named: TspInstance = { ...capitals, metric: 'tsplib-geo' };
    expect(unwrap(tsplib.parse(unwrap(tsplib.write!(named)), ''))).toEqual(named);
  });
});

describe('CSV', () => {
  it.each<[string, string, Partial<TspInstance>]>([
    [
      'plain pairs',
      '1,2\n3.5,4\n',
      {
        metric: 'euclidean',
        cities: [
          [1, 2],
          [3.5, 4],
        ],
      },
    ],
    [
      'blank-separated pairs',
      '1 2\n  3   4\n',
      {
        cities: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'numbered pairs',
      '1,10,20\n2,30,40\n',
      {
        cities: [
          [10, 20],
          [30, 40],
        ],
      },
    ],
    [
      'longitude first, by header',
      'lon,lat\n13.4,52.5\n2.35,48.86\n',
      {
        metric: 'great-circle-km',
        cities: [
          [52.5, 13.4],
          [48.86, 2.35],
        ],
      },
    ],
    [
      'places of one town, in metres',
      'name;latitude;longitude\n"Gate; Brandenburg";52.516;13.378\nTower;52.521;13.409\n',
      { metric: 'great-circle-m', names: ['Gate; Brandenburg', 'Tower'] },
    ],
    [
      'names and places without a header',
      'Berlin,52.52,13.41\nParis,48.86,2.35\n',
      { metric: 'great-circle-km', names: ['Berlin', 'Paris'] },
    ],
    [
      'names and points without a header',
      'a,100,200\nb,1,2\n',
      { metric: 'euclidean', names: ['a', 'b'] },
    ],
    ['decimal commas', 'x;y\n1,5;2,25\n', { cities: [[1.5, 2.25]] }],
    [
      'further columns',
      'id,y,x,note\n7,1,2,"a ""quoted"" note"\n',
      { cities: [[2, 1]], names: ['7'] },
    ],
    ['a byte-order mark and CRLF', '\ufeffx,y\r\n1,2\r\n', { cities: [[1, 2]] }],
  ])('reads %s', (_, text, wanted) => {
    expect(unwrap(csv.parse(text, 'data/places.csv'))).toMatchObject(wanted);
    expect(csv.sniff(text, 'places.csv')).toBeGreaterThan(0.3);
  });

  it('names the line of every bad cell', () => {
    const [first, second] = issues('x,y\n1,2\n3,four\n\n5\n', csv);
    expect(first).toMatchObject({ line: 3 });
    expect(second).toMatchObject({ line: 5 });
    expect(issues('lat,lon\n12,13\n97,3\n', csv)[0]).toMatchObject({ line: 3 });
    expect(issues('alpha,beta\n1,2\n', csv)[0].message).toMatch(/columns/);
  });

  it('gives back what it wrote', () => {
    const city = fc.tuple(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.integer({ min: -99, max: 99 }),
    );
    const name = fc.constantFrom('', 'a', 'St. "X", y', '#1', '12', 'Ü;ö');
    fc.assert(
      fc.property(
        fc.constantFrom(...METRICS.map(({ id }) => id).filter((id) => id !== 'matrix')),
        fc.array(fc.tuple(city, name), { minLength: 1, maxLength: 9 }),
        fc.boolean(),
        (metric, rows, named) => {
          const instance: TspInstance = {
            name: 'round, trip',
            metric,
            cities: rows.map(([[x, y]]): City => [x + 0, y]),
            ...(named && rows.some(([, each]) => each !== '')
              ? { names: rows.map(([, each]) => each) }
              : {}),
          };
          expect(unwrap(csv.parse(unwrap(csv.write!(instance)), 'x.csv'))).toEqual(instance);
        },
      ),
    );
  });

  it('does not take TSPLIB or prose for itself', () => {
    expect(csv.sniff('NAME : x\nTYPE : TSP\nDIMENSION : 3\n', 'x.tsp')).toBe(0);
    expect(csv.sniff('Once upon a time, there was a city.', 'x.txt')).toBe(0);
  });
});

describe('tour files', () => {
  const instance = gallery.find(({ id }) => id === 'burma14')!.instance();

  it('are written and read', () => {
    const solution = { tour: Int32Array.from({ length: 14 }, (_, i) => (i * 5) % 14) };
    const text = tour.write(instance, solution, 1);
    expect(tour.sniff(text, '')).toBe(1);
    expect(unwrap(tour.parse(text, instance))).toEqual(solution);
  });

  it('are refused for another instance', () => {
    expect(tour.parse('TYPE : TOUR\nTOUR_SECTION\n1 2 3\n-1\nEOF', instance).ok).toBe(false);
    const outside = `TOUR_SECTION\n${Array.from({ length: 14 }, (_, i) => i + 2).join('\n')}\n-1`;
    expect(tour.parse(outside, instance).ok).toBe(false);
  });
});

const bench = `${process.env.INCUMBENT_BENCH ?? '../shared/bench'}/tsplib`;

describe.skipIf(!existsSync(bench))('published files', () => {
  const known = JSON.parse(readFileSync(`${bench}/best-known.json`, 'utf8')) as Record<
    string,
    { value: number; n: number }
  >;

  it('are read, recognised by what they hold, and written back', () => {
    for (const [name, { value, n }] of Object.entries(known)) {
      const text = readFileSync(`${bench}/${name}.tsp`, 'utf8');
      expect(tsplib.sniff(text, `${name}.tsp`), name).toBe(1);
      const instance = unwrap(tsplib.parse(text, `${name}.tsp`));
      expect((instance.matrix ?? instance.cities).length, name).toBe(n);
      expect(bestKnown({ ...instance, name: 'renamed' }), name).toMatchObject({
        value,
        optimal: true,
      });
      if (n <= 700)
        expect(unwrap(tsplib.parse(unwrap(tsplib.write!(instance)), ''))).toEqual(instance);
    }
  });

  it('are not recognised once edited', () => {
    const text = readFileSync(`${bench}/berlin52.tsp`, 'utf8').replace('565.0', '566.0');
    expect(bestKnown(unwrap(tsplib.parse(text, 'berlin52.tsp')))).toBeNull();
  });
});

describe('FIXED_EDGES_SECTION', () => {
  const file = (section: string) =>
    `NAME : f\nTYPE : TSP\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 5 0\n3 5 5\n4 0 5\nFIXED_EDGES_SECTION\n${section}\nEOF\n`;

  it('names nodes, ends at -1 or with the section', () => {
    for (const text of ['1 3\n2 4\n-1', '1 3 2 4'])
      expect(unwrap(tsplib.parse(file(text), 'f.tsp')).fixed).toEqual([
        [0, 2],
        [1, 3],
      ]);
    expect(unwrap(tsplib.parse(file('-1'), 'f.tsp'))).not.toHaveProperty('fixed');
  });

  it.each([
    ['1 9\n-1', /node 9/],
    ['1 2 3\n-1', /middle of an edge/],
    ['1 1\n-1', /different/],
    ['1 2\n2 1\n-1', /cycle/],
    ['1 2 1 2 1 2 1 2 1 2\n-1', /more edges/],
  ])('has a line for every issue: %s', (section, message) => {
    const result = tsplib.parse(file(section), 'f.tsp');
    expect(!result.ok && result.issues[0].message).toMatch(message);
    expect(!result.ok && result.issues[0].line).toBeGreaterThanOrEqual(10);
  });
});
