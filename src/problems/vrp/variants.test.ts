import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../core/result.ts';
import { defaultParams } from '../../core/params.ts';
import { createRng } from '../../core/rng.ts';
import { check } from './check.ts';
import { codec } from './codec.ts';
import { vrp } from './family.ts';
import { featuresOf, isPlain } from './features.ts';
import { cordeau, cvrplib, geojson, liLim, matrixCsv, osrm, sol } from './formats/index.ts';
import { gallery } from './gallery.ts';
import { generators } from './generators.ts';
import { clean, pack, unpack, type VrpInstance, type VrpSolution } from './instance.ts';
import { greatCircle } from './metric.ts';
import { timeRoute } from './route.ts';
import { validate } from './schema.ts';
import { dominatingCost, vehiclesFirst } from './vehicles-first.ts';

/** The gallery's "Ten stops" as the first version wrote it. */
const V1_TEN_STOPS =
  '255195b881cdd1bdc1ccca0a141c1d2062489e4888c0d08002404740da13c7cb0804003100814e4e4cffc5008e00a28147a86400a2362c108aa001e3214285a780a3c649ff8500';

const line: VrpInstance = {
  name: 'line',
  capacity: 10,
  rounding: 'nint',
  depot: { x: 0, y: 0 },
  customers: [
    { x: 10, y: 0, demand: 4 },
    { x: 20, y: 0, demand: 5 },
    { x: 30, y: 0, demand: 6 },
  ],
};
const generator = generators.find(({ id }) => id === 'variants')!;
const variants = generator.params.flatMap((spec) =>
  spec.type === 'choice' ? spec.options.map(({ value }) => value) : [],
);
const make = (variant: string, customers = 20, seed = 1): VrpInstance =>
  generator.generate({ ...defaultParams(generator.params), variant, customers }, createRng(seed));

describe('the checker', () => {
  const violations = (instance: VrpInstance, solution: VrpSolution) =>
    check(instance, solution).violations.join(' ');

  test('an open route ends at its last customer', () => {
    expect(check({ ...line, open: true }, { routes: [[1, 2], [3]] })).toEqual({
      feasible: true,
      objective: 50,
      violations: [],
    });
    const late = { ...line, open: true as const, depot: { ...line.depot, due: 35 } };
    expect(check(late, { routes: [[1, 2], [3]] }).feasible).toBe(true);
  });

  test('given distances and times are taken by direction', () => {
    const distances = [
      [0, 1, 2, 3],
      [10, 0, 4, 5],
      [20, 6, 0, 7],
      [30, 8, 9, 0],
    ];
    const durations = distances.map((row) => row.map((value) => 2 * value));
    const instance = unwrap(validate({ ...line, matrix: { distances, durations } }));
    expect(check(instance, { routes: [[1, 2], [3]] }).objective).toBe(1 + 4 + 20 + 33);
    expect(check(instance, { routes: [[2, 1], [3]] }).objective).toBe(2 + 6 + 10 + 33);
    expect(timeRoute(instance, [1, 2]).back).toBe(50);
    expect(violations({ ...instance, maxDuration: 49 }, { routes: [[1, 2], [3]] })).toContain(
      'Route 2 takes 66',
    );
  });

  test('each type has its depot, capacity, count and costs', () => {
    const instance = unwrap(
      validate({
        ...line,
        depots: [{ x: 40, y: 0 }],
        fleet: [
          { capacity: 9, fixed: 7, count: 1 },
          { capacity: 6, perDistance: 2, depot: 1 },
        ],
      }),
    );
    const solution = { routes: [[1, 2], [3]], types: [0, 1] };
    expect(check(instance, solution)).toEqual({
      feasible: true,
      objective: 7 + 40 + 2 * 20,
      violations: [],
    });
    expect(violations(instance, { routes: [[1, 2], [3]], types: [0, 0] })).toContain(
      '2 vehicles of type 1 are used; there are only 1',
    );
    expect(violations(instance, { routes: [[1, 2], [3]], types: [1, 1] })).toContain(
      'carries 9, more than the capacity 6',
    );
    expect(violations(instance, { routes: [[1]], types: [2] })).toContain('does not exist');
    expect(violations(instance, { routes: [[1]], types: [] })).toContain('types');
  });

  test('customers with a prize may be left out for it', () => {
    const customers = [line.customers[0], { ...line.customers[1], prize: 3.5 }, line.customers[2]];
    expect(check({ ...line, customers }, { routes: [[1, 3]] }).objective).toBe(63.5);
    expect(violations({ ...line, customers }, { routes: [[1]] })).toBe('Customer 3 is not served.');
  });

  test('deliveries come before backhauls, whose loads do not add up', () => {
    const customers = line.customers.map((customer, i) =>
      i === 1 ? { ...customer, backhaul: true as const } : customer,
    );
    const instance = { ...line, customers };
    expect(check(instance, { routes: [[1, 3, 2]] }).feasible).toBe(true);
    expect(violations(instance, { routes: [[1, 2, 3]] })).toContain(
      'Customer 3 gets its delivery after the backhaul of customer 2',
    );
    expect(timeRoute(instance, [1, 3, 2]).visits.map(({ load }) => load)).toEqual([6, 0, 5]);
  });

  test('pairs are on one route, in order, and share the room', () => {
    const customers = [
      { ...line.customers[0], demand: 8, deliverTo: 3 },
      { ...line.customers[1], demand: 3 },
      { ...line.customers[2], demand: 0 },
    ];
    const instance = unwrap(validate({ ...line, customers }));
    expect(check(instance, { routes: [[2, 1, 3]] }).feasible).toBe(true);
    expect(violations(instance, { routes: [[1, 2, 3]] })).toContain('carries 11');
    expect(violations(instance, { routes: [[3, 2, 1]] })).toContain('before its load is picked up');
    expect(violations(instance, { routes: [[1, 2], [3]] })).toContain('on the same route');
    const optional = customers.map((c, i) => (i === 0 ? { ...c, prize: 11 } : c));
    expect(check({ ...instance, customers: optional }, { routes: [[2]] }).objective).toBe(51);
  });

  test('great circles: a quarter of the equator, and two cities', () => {
    expect(greatCircle(0, 0, 90, 0)).toBeCloseTo((6371.0088 * Math.PI) / 2, 6);
    expect(greatCircle(0, 90, 33, -90)).toBeCloseTo(6371.0088 * Math.PI, 6);
    // Berlin to Paris is about 878 km.
    expect(greatCircle(13.405, 52.52, 2.3522, 48.8566)).toBeCloseTo(877.5, 0);
    const near = greatCircle(10, 50, 10.001, 50);
    expect(near).toBeCloseTo(0.0715, 4);
  });

  test('never throws with types and variants, whatever it is given', () => {
    const instance = make('pairs');
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (routes, types) => {
        const report = check(instance, { routes, types } as VrpSolution);
        if (!report.feasible) expect(report.violations.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('forms', () => {
  test.each(variants)('%s: pack, link, validation and JSON give the instance back', (variant) => {
    for (let seed = 1; seed <= 4; seed++) {
      const instance = make(variant, 12, seed);
      expect(unpack(pack(instance))).toEqual(instance);
      expect(unwrap(validate(JSON.parse(JSON.stringify(instance))))).toEqual(instance);
      expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
      expect(isPlain(pack(instance))).toBe(featuresOf(instance).length === 0);
    }
  });

  test('everything at once', () => {
    const instance = unwrap(
      validate({
        ...line,
        open: true,
        geographic: true,
        vehicles: 4,
        depots: [{ x: 5, y: 6, ready: 1, due: 90.5 }],
        fleet: [{ capacity: 12, count: 2, fixed: 1.25, perDistance: 0.75, depot: 1 }],
        customers: [
          { ...line.customers[0], prize: 7.5 },
          { ...line.customers[1], deliverTo: 3 },
          { ...line.customers[2], demand: 0 },
        ],
      }),
    );
    expect(instance.capacity).toBe(12);
    expect(unwrap(codec.decode(codec.encode(instance), codec.version))).toEqual(instance);
  });

  test('links of the first version are still read', () => {
    const instance = gallery.find(({ id }) => id === 'ten-stops')!.instance();
    const bytes = Uint8Array.from(V1_TEN_STOPS.match(/../g)!, (pair) => parseInt(pair, 16));
    expect(unwrap(codec.decode(bytes, 1))).toEqual(instance);
  });

  test.each<[object, string]>([
    [{ fixedCost: 3, fleet: [{ capacity: 4 }] }, 'fixedCost: With a fleet'],
    [{ fleet: [{ capacity: 4, depot: 1 }] }, 'fleet[0].depot: There is no depot 1'],
    [{ fleet: [{}] }, 'fleet[0].capacity: "capacity" is missing'],
    [{ matrix: { distances: [[0]] } }, 'matrix.distances: "distances" must have 4 rows'],
    [{ open: 'yes' }, 'open: "open" must be true or false'],
    [{ geographic: true, depot: { x: 200, y: 0 } }, 'depot: x is a longitude'],
    [
      { customers: [{ x: 1, y: 1, demand: 1, deliverTo: 1 }] },
      'customers[0].deliverTo: There is no other customer 1',
    ],
    [
      {
        customers: [
          { x: 1, y: 1, demand: 1, deliverTo: 2 },
          { x: 1, y: 1, demand: 1 },
        ],
      },
      'customers[1].demand: Customer 2 gets what customer 1 gives',
    ],
  ])('validation names the place (%#)', (change, message) => {
    const result = validate({ ...line, ...change });
    expect(result.ok ? '' : describeIssue(result.issues[0])).toContain(message);
  });

  test('vehicles first: the cost of one is above every distance', () => {
    const instance = vehiclesFirst(line);
    expect(instance.fixedCost).toBe(1000);
    expect(dominatingCost(line)).toBeGreaterThan(
      check(line, { routes: [[1], [2], [3]] }).objective,
    );
  });

  test('solvers for plain instances refuse the others by name', () => {
    const instance = make('backhauls');
    expect(vrp.defaultSolver(instance)).toBe('auto');
    expect(vrp.refuses('sisr', instance)).toBeNull();
    expect(vrp.refuses('hgs', instance)).toContain('Hybrid genetic search does not take backhauls');
    expect(vrp.refuses('savings', make('open'))).toContain('open routes');
    expect(vrp.refuses('column-generation', make('open'))).toBeNull();
    expect(vrp.refuses('column-generation', make('pairs'))).toContain(
      'Column generation does not take pick-up and delivery pairs; ruin',
    );
  });
});

describe('formats', () => {
  test('.vrp says what it can, and refuses the rest', () => {
    for (const variant of ['open', 'depots', 'prizes', 'backhauls', 'pairs']) {
      const { fixedCost: _, ...instance } = make(variant, 9);
      const text = unwrap(cvrplib.write!(instance));
      expect(unwrap(cvrplib.parse(text, ''))).toEqual(instance);
    }
    const { matrix, maxDuration: _, ...rest } = make('one-way', 6);
    const explicit = clean({ ...rest, matrix: { distances: matrix!.distances } });
    expect(unwrap(cvrplib.parse(unwrap(cvrplib.write!(explicit)), ''))).toEqual(explicit);
    for (const variant of ['fleet', 'one-way', 'vehicles'])
      expect(cvrplib.write!(make(variant)).ok).toBe(false);
  });

  test('EXPLICIT halves without coordinates get places from the distances', () => {
    const text = `NAME : half
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : LOWER_ROW
CAPACITY : 10
EDGE_WEIGHT_SECTION
30
40 50
50 40 30
DEMAND_SECTION
1 0
2 1
3 1
4 1
DEPOT_SECTION
1
-1
EOF
`;
    const instance = unwrap(cvrplib.parse(text, ''));
    expect(instance.matrix?.distances[1]).toEqual([30, 0, 50, 40]);
    expect(instance.rounding).toBe('nint');
    expect(check(instance, { routes: [[1, 3, 2]] }).objective).toBe(140);
    // A rectangle of 30 by 40.
    const places = [instance.depot, ...instance.customers];
    const apart = (i: number, j: number) =>
      Math.hypot(places[i].x - places[j].x, places[i].y - places[j].y);
    expect(apart(0, 1)).toBeCloseTo(30, -1);
    expect(apart(1, 2)).toBeCloseTo(50, -1);
    expect(vrp.refuses('hgs', instance)).toBeNull();
  });

  test('Li & Lim: pairs, vehicles first', () => {
    const text = `2\t50\t1
0\t40\t50\t0\t0\t1236\t0\t0\t0
1\t45\t68\t10\t0\t1127\t90\t0\t2
2\t45\t70\t-10\t30\t1125\t90\t1\t0
`;
    expect(liLim.sniff(text, '')).toBeGreaterThan(0.9);
    const instance = unwrap(liLim.parse(text, 'lc.txt'));
    expect(instance.customers[0]).toMatchObject({ demand: 10, deliverTo: 2 });
    expect(instance.customers[1]).toMatchObject({ demand: 0, due: 1125 });
    expect(instance.fixedCost).toBe(100);
    expect(unwrap(liLim.write!(instance))).toBe(text);
    const wrong = liLim.parse(text.replace('-10', '-11'), '');
    expect(wrong.ok ? '' : describeIssue(wrong.issues[0])).toMatch(/^line 4: Task 2 gets 11/);
    const lost = liLim.parse(text.replace('1\t0\n', '7\t0\n'), '');
    expect(lost.ok ? '' : describeIssue(lost.issues[0])).toMatch(/^line 4: Task 2 is delivered/);
  });

  test('Cordeau: several depots with their vehicles', () => {
    const text = `2 2 3 2
100 80
100 80
1 37 52 0 7 1 2 1 2
2 49 49 0 30 1 2 1 2
3 52 64 5 16 1 2 1 2
4 20 20 0 0 0 0
5 30 40 0 0 0 0
`;
    expect(cordeau.sniff(text, '')).toBeGreaterThan(0.9);
    const instance = unwrap(cordeau.parse(text, 'p01.txt'));
    expect(instance).toMatchObject({
      maxDuration: 100,
      depot: { x: 20, y: 20 },
      depots: [{ x: 30, y: 40 }],
      fleet: [
        { capacity: 80, count: 2 },
        { capacity: 80, count: 2, depot: 1 },
      ],
    });
    expect(instance.customers[2]).toEqual({ x: 52, y: 64, demand: 16, service: 5 });
    const again = unwrap(cordeau.parse(unwrap(cordeau.write!(instance)), 'p01.txt'));
    expect(again).toEqual(instance);
    const cut = cordeau.parse(text.slice(0, text.indexOf('4 20')), '');
    expect(cut.ok ? '' : describeIssue(cut.issues[0])).toMatch(/3 of 5 rows/);
  });

  test('CSV: one or two matrices, with or without labels', () => {
    const text = '0,5,7\n6,0,3\n8,2,0\n\n0,50,70\n60,0,30\n80,20,0\n';
    expect(matrixCsv.sniff(text, 'm.csv')).toBeGreaterThan(0.9);
    const instance = unwrap(matrixCsv.parse(text, 'town.csv'));
    expect(instance).toMatchObject({ name: 'town', capacity: 2, rounding: 'nint' });
    expect(check(instance, { routes: [[1, 2]] }).objective).toBe(16);
    expect(timeRoute(instance, [1, 2]).back).toBe(160);
    expect(unwrap(matrixCsv.write!(instance))).toBe(text);
    const labelled = 'from;hub;a;b\nhub;0;5;7\na;6;0;3\nb;8;2;0\n';
    expect(unwrap(matrixCsv.parse(labelled, '')).matrix?.distances[2]).toEqual([8, 2, 0]);
    const wrong = matrixCsv.parse('0,5,7\n6,0\n8,2,0\n', '');
    expect(wrong.ok ? '' : describeIssue(wrong.issues[0])).toMatch(/^line 2: This row has 2/);
    expect(matrixCsv.sniff('x,y\n1,2\n3,4\n', 'cities.csv')).toBe(0);
  });

  test('OSRM: a table with its places', () => {
    const text = JSON.stringify({
      code: 'Ok',
      durations: [
        [0, 60.5],
        [70, 0],
      ],
      distances: [
        [0, 1000.4],
        [1200, 0],
      ],
      sources: [{ location: [13.4, 52.5] }, { location: [13.5, 52.6] }],
    });
    expect(osrm.sniff(text, 'table.json')).toBeGreaterThanOrEqual(0.5);
    const instance = unwrap(osrm.parse(text, 'table.json'));
    expect(instance.depot).toEqual({ x: 13.4, y: 52.5 });
    expect(instance.geographic).toBe(true);
    expect(check(instance, { routes: [[1]] }).objective).toBeCloseTo(2200.4, 6);
    expect(timeRoute(instance, [1]).back).toBe(130.5);
    expect(osrm.parse(text.replace('60.5', 'null'), '').ok).toBe(false);
  });

  test('solutions keep their vehicle types; GeoJSON has a line per route', () => {
    const instance = make('fleet', 4);
    const solution: VrpSolution = {
      routes: [
        [1, 2],
        [4, 3],
      ],
      types: [1, 2],
    };
    for (const format of [sol, geojson]) {
      const text = format.write(instance, solution, 12);
      expect(unwrap(format.parse(text, instance))).toEqual(solution);
      expect(format.sniff(text, '')).toBeGreaterThan(0.8);
    }
    const geo = JSON.parse(geojson.write(instance, solution, 12)) as {
      features: { geometry: { type: string; coordinates: number[][] } }[];
    };
    expect(geo.features.length).toBe(2 + 1 + 4);
    expect(geo.features[0].geometry.coordinates.length).toBe(4);
  });
});
