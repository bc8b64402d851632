/**
 * Small inventory routing proven optimal: every set of customers has its shortest tour (Held & Karp
 * 1962), and a mixed-integer program over sets and days chooses sets and amounts (HiGHS).
 */
import type { ParamsOf } from '../../../../src/core/params.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { PackedVrp, VrpSolution } from '../../../../src/problems/vrp/instance.ts';
import type { stocksExactParams } from '../../../../src/problems/vrp/solvers.ts';
import { highsRuntime } from '../../common/highs-runtime.ts';
import {
  buildStockModel,
  constructPlan,
  createStockPlan,
  realise,
  type StockModel,
} from './plan.ts';

/** Room for the tolerances of the linear programs. */
const SLACK = 1e-6;

interface Tours {
  /** By set of customers, customer c as bit c − 1. */
  cost: Float64Array;
  /** The shortest tour of a set. */
  tour(set: number): number[];
}

/** Shortest tours of all sets. O(2ⁿ·n²). */
function shortestTours({ n, distance }: StockModel): Tours {
  const side = n + 1;
  const sets = 1 << n;
  // Least cost from the depot through a set to its last customer.
  const ways = new Float64Array(sets * n).fill(Infinity);
  const before = new Int8Array(sets * n).fill(-1);
  const cost = new Float64Array(sets).fill(Infinity);
  const last = new Int8Array(sets);
  for (let c = 0; c < n; c++) ways[(1 << c) * n + c] = distance[c + 1];
  for (let set = 1; set < sets; set++)
    for (let end = 0; end < n; end++) {
      const way = ways[set * n + end];
      if (way === Infinity) continue;
      const total = way + distance[(end + 1) * side];
      if (total < cost[set]) {
        cost[set] = total;
        last[set] = end;
      }
      for (let next = 0; next < n; next++) {
        if (set & (1 << next)) continue;
        const index = (set | (1 << next)) * n + next;
        const longer = way + distance[(end + 1) * side + next + 1];
        if (longer >= ways[index]) continue;
        ways[index] = longer;
        before[index] = end;
      }
    }
  return {
    cost,
    tour(set) {
      const customers: number[] = [];
      for (let end = last[set], left = set; end >= 0;) {
        customers.push(end + 1);
        const previous = before[left * n + end];
        left &= ~(1 << end);
        end = previous;
      }
      return customers.reverse();
    },
  };
}

/** A linear program put together entry by entry. */
class Program {
  readonly cost: number[] = [];
  readonly upper: number[] = [];
  readonly whole: number[] = [];
  readonly rowLower: number[] = [];
  readonly rowUpper: number[] = [];
  private readonly entries: { row: number; value: number }[][] = [];

  column(cost: number, upper: number, whole: boolean): number {
    this.cost.push(cost);
    this.upper.push(upper);
    this.whole.push(whole ? 1 : 0);
    this.entries.push([]);
    return this.cost.length - 1;
  }

  row(lower: number, upper: number): number {
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    return this.rowLower.length - 1;
  }

  enter(row: number, column: number, value: number): void {
    this.entries[column].push({ row, value });
  }

  /** Column by column: where each starts, its rows, its values. */
  matrix() {
    const starts = [0];
    for (const column of this.entries) starts.push(starts[starts.length - 1] + column.length);
    const flat = this.entries.flat();
    return {
      starts: Int32Array.from(starts),
      indices: Int32Array.from(flat, ({ row }) => row),
      values: Float64Array.from(flat, ({ value }) => value),
    };
  }
}

interface Choice {
  set: number;
  day: number;
  column: number;
  /** Columns of the amounts, by customer − 1; −1 outside the set. */
  amounts: number[];
}

function build(model: StockModel, tours: Tours): { program: Program; choices: Choice[] } {
  const { n, days, capacity, vehicles, fixed, stocks } = model;
  const { start, most, holding, shortage, use } = stocks;
  const program = new Program();
  const choices: Choice[] = [];
  // By customer and day: the balance of the stock, the room in store, one visit.
  const balance: number[] = [];
  const room: number[] = [];
  const once: number[] = [];
  // Nothing is delivered without a visit: implied, but it makes the relaxation tighter.
  const visited: number[] = [];
  for (let c = 1; c <= n; c++)
    for (let day = 0; day < days; day++) {
      const left = day === 0 ? start[c] : 0;
      // level(t) − level(t − 1) − delivered − lost = start − use.
      const used = left - use[c * days + day];
      balance.push(program.row(used, used));
      room.push(program.row(-Infinity, most[c] - left));
      once.push(program.row(-Infinity, 1));
      visited.push(program.row(-Infinity, 0));
    }
  const at = (c: number, day: number) => (c - 1) * days + day;
  // More than the use still to come is never worth delivering.
  const restOf = (c: number, day: number): number =>
    use.subarray(c * days + day, (c + 1) * days).reduce((sum, used) => sum + used, 0);
  for (let c = 1; c <= n; c++)
    for (let day = 0; day < days; day++) {
      const level = program.column(holding[c], most[c], false);
      program.enter(balance[at(c, day)], level, 1);
      if (day + 1 < days) {
        program.enter(balance[at(c, day + 1)], level, -1);
        program.enter(room[at(c, day + 1)], level, 1);
      }
      if (shortage === Infinity) continue;
      const lost = program.column(shortage, use[c * days + day], false);
      program.enter(balance[at(c, day)], lost, -1);
    }
  for (let day = 0; day < days; day++) {
    const fleet = program.row(-Infinity, vehicles);
    for (let set = 1; set < 1 << n; set++) {
      const column = program.column(tours.cost[set] + fixed, 1, true);
      program.enter(fleet, column, 1);
      const carried = program.row(-Infinity, 0);
      program.enter(carried, column, -capacity);
      const amounts: number[] = [];
      for (let c = 1; c <= n; c++) {
        if (!(set & (1 << (c - 1)))) {
          amounts.push(-1);
          continue;
        }
        program.enter(once[at(c, day)], column, 1);
        const limit = Math.min(capacity, most[c], restOf(c, day));
        program.enter(visited[at(c, day)], column, -limit);
        const amount = program.column(0, limit, false);
        program.enter(visited[at(c, day)], amount, 1);
        program.enter(carried, amount, 1);
        program.enter(balance[at(c, day)], amount, -1);
        program.enter(room[at(c, day)], amount, 1);
        amounts.push(amount);
      }
      choices.push({ set, day, column, amounts });
    }
  }
  return { program, choices };
}

export function* stocksExact(
  packed: PackedVrp,
  context: SolveContext<ParamsOf<typeof stocksExactParams>, VrpSolution>,
): SolverRun<VrpSolution> {
  const given = packed.extras?.stocks;
  if (!given) return { reason: 'exhausted', message: 'The instance has no stocks.' };
  const model = buildStockModel(packed, given);
  const plan = createStockPlan(model, given.use);
  for (const _ of constructPlan(model, plan, 2)) yield 0;
  let best = Infinity;
  const offer = (solution: VrpSolution) => {
    const { solution: real, cost } = realise(model, solution, given.use);
    if (cost >= best - 1e-9 * Math.abs(best)) return null;
    best = cost;
    return { kind: 'incumbent', solution: real, objective: cost } as const;
  };
  const first = plan.unplaced.size === 0 ? offer(plan.solution()) : null;
  if (first) yield first;
  yield { kind: 'phase', name: 'Tours of all sets' };
  const tours = shortestTours(model);
  context.budget.chunk(1);
  yield 1;
  yield { kind: 'phase', name: 'Mixed-integer program' };
  const { program, choices } = build(model, tours);
  const highs = highsRuntime();
  const solver = highs.createModel({
    numCols: program.cost.length,
    numRows: program.rowLower.length,
    colCost: Float64Array.from(program.cost),
    colLower: new Float64Array(program.cost.length),
    colUpper: Float64Array.from(program.upper),
    rowLower: Float64Array.from(program.rowLower),
    rowUpper: Float64Array.from(program.rowUpper),
    matrix: {
      format: 'csc',
      numRows: program.rowLower.length,
      numCols: program.cost.length,
      ...program.matrix(),
    },
    integrality: Int32Array.from(program.whole, (whole) =>
      whole ? highs.constants.variableType.integer : highs.constants.variableType.continuous,
    ),
  });
  try {
    solver.options.set({ output_flag: false, mip_rel_gap: 1e-9, mip_abs_gap: 1e-7 });
    solver.run();
    const status = solver.getModelStatus();
    if (status === highs.constants.modelStatus.infeasible)
      return { reason: 'infeasible', message: 'No plan keeps every customer in stock.' };
    if (status !== highs.constants.modelStatus.optimal)
      return { reason: 'exhausted', message: 'HiGHS ended without a proof.' };
    const value = solver.getSolution().colValue;
    const solution = { routes: [], days: [], amounts: [] } as Required<
      Pick<VrpSolution, 'routes' | 'days' | 'amounts'>
    >;
    let cost = 0;
    for (let i = 0; i < program.cost.length; i++) cost += program.cost[i] * value[i];
    for (const { set, day, column, amounts } of choices) {
      if (value[column] < 0.5) continue;
      const route = tours.tour(set);
      solution.routes.push(route);
      solution.days.push(day + 1);
      // Whole where the optimum is whole but for tolerances.
      solution.amounts.push(route.map((c) => Math.round(value[amounts[c - 1]] * 1e6) / 1e6));
    }
    const found = offer(solution);
    if (found) yield found;
    const bound = cost - SLACK * Math.max(1, Math.abs(cost));
    yield { kind: 'bound', value: Math.min(best, bound), proof: 'all tours and days, by HiGHS' };
    context.budget.chunk(1);
    yield 1;
    return { reason: 'optimal' };
  } finally {
    solver.dispose();
  }
}
