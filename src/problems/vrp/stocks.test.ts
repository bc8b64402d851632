import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeIssue, unwrap } from '../../core/result.ts';
import { check, readSolution, writeSolution } from './check.ts';
import { codec } from './codec.ts';
import { vrp } from './family.ts';
import { cvrplib, liLim, solomon } from './formats/index.ts';
import { pack, unpack, type VrpInstance, type VrpSolution } from './instance.ts';
import { validate } from './schema.ts';
import { followStock } from './stocks.ts';
import { addCustomer, removeCustomer } from './views/edits.ts';
import { fields, grids } from './views/fields.ts';
import { daysMode, storesMode, stockTable } from './views/stocks.ts';

const raw = {
  name: 'two',
  capacity: 10,
  rounding: 'nint',
  inventory: {
    days: 2,
    shortage: 3,
    history: {
      features: [[1], [2]],
      uses: [
        [3, 4],
        [5, 6],
      ],
      coming: [[1], [1.5]],
    },
  },
  depot: { x: 0, y: 0 },
  customers: [
    { x: 10, y: 0, demand: 0, stock: { start: 2, most: 8, holding: 0.5, use: [4, 3] } },
    { x: 0, y: 5, demand: 0, stock: { start: 6, most: 6, holding: 1, use: [1, 2] } },
  ],
};
const two = unwrap(validate(raw));

describe('the definition', () => {
  test('stock, loss and holding day by day', () => {
    expect(followStock({ start: 2, most: 8, holding: 0.5, use: [4, 3] }, [0, 5])).toEqual({
      level: [0, 2],
      lost: [2, 0],
      over: 0,
      holding: 1,
      missing: 2,
    });
  });

  test('driving, holding and what lacks', () => {
    const plan = { routes: [[1]], days: [1], amounts: [[5]] };
    // 20 to drive; 3 then 0 in store at 0.5; 5 then 3 at 1.
    expect(check(two, plan)).toEqual({ feasible: true, objective: 29.5, violations: [] });
    expect(check(two, { routes: [], days: [], amounts: [] }).objective).toBe(8 + 3 * 5);
  });

  test.each<[VrpSolution, string]>([
    [{ routes: [[1]], days: [3], amounts: [[5]] }, 'day "3"; days are 1 to 2'],
    [{ routes: [[1]], days: [1], amounts: [[7]] }, 'gets 1 more than its store takes (8)'],
    [{ routes: [[1, 2]], days: [2], amounts: [[8, 3]] }, 'carries 11, more than the capacity 10'],
    [{ routes: [[1], [1]], days: [1, 1], amounts: [[1], [1]] }, 'more than once on day 1'],
    [{ routes: [[1]], days: [1], amounts: [[NaN]] }, 'gets "NaN" on day 1'],
    [{ routes: [[3]], days: [1], amounts: [[1]] }, 'not a customer'],
    [{ routes: [[1]] }, 'day of each route'],
  ])('violations %#', (plan, message) => {
    const report = check(two, plan);
    expect(report.feasible).toBe(false);
    expect(report.violations.join(' ')).toContain(message);
  });

  test('without a cost of shortage nothing may lack, and vehicles are counted by day', () => {
    const strict = unwrap(validate({ ...raw, vehicles: 1, inventory: { days: 2 } }));
    expect(check(strict, { routes: [], days: [], amounts: [] }).violations).toEqual([
      'Customer 1 lacks 2 on day 1.',
    ]);
    const both = { routes: [[1], [2]], days: [1, 1], amounts: [[5], [0]] };
    expect(check(strict, both).violations).toEqual([
      '2 routes on day 1; there are only 1 vehicles.',
    ]);
    expect(check(strict, { ...both, days: [1, 2] }).feasible).toBe(true);
  });

  test('survives garbage', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (routes, days, amounts) => {
        const value = { routes, days, amounts } as unknown as VrpSolution;
        expect(typeof check(two, value).feasible).toBe('boolean');
        const read = readSolution(two, value);
        if (read.ok) expect(typeof check(two, read.value).feasible).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});

describe('forms', () => {
  test('pack, link, JSON and the solution come back', () => {
    expect(unpack(pack(two))).toEqual(two);
    expect(unwrap(codec.decode(codec.encode(two), codec.version))).toEqual(two);
    expect(unwrap(validate(JSON.parse(JSON.stringify(two))))).toEqual(two);
    const plan = { routes: [[1], [1, 2]], days: [1, 2], amounts: [[5], [2, 0.5]] };
    expect(unwrap(readSolution(two, writeSolution(two, plan)))).toEqual(plan);
  });

  test.each<[(copy: typeof raw & Record<string, unknown>) => void, string]>([
    [(copy) => copy.customers[0].stock.use.pop(), 'customers[0].stock.use: "use" must have'],
    [(copy) => (copy.customers[1].stock.start = 7), 'customers[1].stock.start: 7 are more'],
    [(copy) => (copy.customers[1].demand = 7), 'customers[1].demand: With stocks'],
    [(copy) => (copy.inventory.days = 0), 'inventory.days'],
    [(copy) => (copy.inventory.days = 1e9), 'inventory.days'],
    [(copy) => copy.inventory.history.uses.pop(), 'inventory.history.uses: "uses" must be 2 rows'],
    [(copy) => (copy.fleet = [{ capacity: 3 }]), 'fleet: Stocks over several days go with one'],
    [
      (copy) => delete (copy as { inventory?: unknown }).inventory,
      'customers[0].stock: Stocks need',
    ],
  ])('validation names the place %#', (change, message) => {
    const copy = structuredClone(raw);
    change(copy as typeof raw & Record<string, unknown>);
    const result = validate(copy);
    expect(result.ok ? '' : describeIssue(result.issues[0])).toContain(message);
  });

  test('formats and solvers refuse by name', () => {
    for (const format of [cvrplib, solomon, liLim]) expect(format.write!(two).ok).toBe(false);
    expect(vrp.defaultSolver(two)).toBe('stocks-forecast');
    expect(vrp.refuses('sisr', two)).toContain('does not take stocks over several days');
    const { history: _, ...inventory } = two.inventory!;
    const plain: VrpInstance = { ...two, inventory };
    expect(vrp.refuses('stocks-forecast', plain)).toContain('needs past days');
    expect(vrp.refuses('stocks', { ...plain, depot: { x: 0, y: 0, due: 9 } })).toContain(
      'time windows',
    );
    const day = vrp.gallery[0].instance();
    expect(vrp.refuses('stocks', day)).toContain('is for stocks over several days');
    expect(vrp.objective.labelOf!(two)).toBe('Cost');
  });
});

describe('editing', () => {
  const field = (instance: VrpInstance, id: string) =>
    fields(instance).find((each) => each.id === id)!;

  test('stocks can be turned on and off, and days be changed', () => {
    const plain = vrp.gallery[1].instance() as VrpInstance;
    const on = unwrap(field(plain, 'inventory').set(true));
    expect(on.inventory).toEqual({ days: 5, shortage: 5 });
    expect(on.customers[0].stock).toMatchObject({ start: 19, most: 57 });
    expect(unwrap(field(on, 'inventory').set(false))).toEqual(plain);
    const longer = unwrap(field(two, 'days').set(3));
    expect(longer.customers[0].stock!.use).toEqual([4, 3, 4]);
    expect(longer.inventory!.history!.coming).toHaveLength(3);
    expect(unwrap(field(two, 'shortage').set('')).inventory!.shortage).toBeUndefined();
    expect(field(two, 'days').set(0).ok).toBe(false);
  });

  test('customers come and go with their stock and past', () => {
    const more = unwrap(addCustomer(two, 3, 3));
    expect(more.customers[2].stock).toEqual(two.customers[0].stock);
    expect(more.inventory!.history!.uses[0]).toEqual([3, 4, 3]);
    expect(unwrap(removeCustomer(more, 3))).toEqual(two);
  });

  test('the table of stocks writes what it shows', () => {
    const grid = grids(two).find(({ id }) => id === 'stocks')!;
    expect(grid.columns.map(({ label }) => label)).toEqual([
      'Start',
      'Most',
      'Holding',
      'Day 1',
      'Day 2',
    ]);
    expect(unwrap(grid.set(1, 4, 5)).customers[1].stock!.use).toEqual([1, 5]);
    expect(grid.set(0, 0, 100).ok).toBe(false);
  });
});

describe('pictures', () => {
  const frame = {
    instance: two,
    solution: { routes: [[1]], days: [1], amounts: [[2]] },
    report: null,
    bound: null,
    trace: null,
    toggles: {},
    tool: '',
    selected: null,
  };

  test('say what is delivered, held and lacking', () => {
    expect(daysMode.draw(frame).description).toBe(
      '1 routes on 2 days make 1 deliveries to 2 customers.',
    );
    // Customer 1 has 0, 0 in store and lacks 3; customer 2 has 5, 3.
    expect(storesMode.draw(frame).description).toBe(
      'Stores of 2 customers over 2 days: holding costs 8, 3 units lack.',
    );
    const table = stockTable(frame);
    expect(table.columns.map((_, column) => table.cell(0, column))).toEqual([
      1,
      '7',
      '1',
      '2',
      '0',
      '0',
      '3',
    ]);
  });
});
