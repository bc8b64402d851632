/** Studies that change one number of the instance and draw what a plan then costs. */
import { NO_BUDGET } from '../../../core/budget.ts';
import { formatNumber } from '../../../core/format.ts';
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import type { Result } from '../../../core/result.ts';
import type { Finding, Study, StudyOutcomes } from '../../studies.ts';
import type { VrpInstance, VrpSolution } from '../instance.ts';
import { reached, routesOf, showCost, type Run, type State } from './common.ts';

/** One value of the changed number, with its best plan. */
export interface Level {
  value: number;
  cost: number | null;
  routes: number;
}

export interface Sweep {
  id: string;
  name: string;
  summary: string;
  source: string;
  params: readonly ParamSpec[];
  seconds: number;
  /** "Vehicles at most". */
  axis: string;
  levels(
    instance: VrpInstance,
    values: ParamValues,
    outcomes: StudyOutcomes<VrpSolution>,
  ): Result<number[]>;
  change(instance: VrpInstance, value: number): VrpInstance;
  findings(levels: readonly Level[], state: State): Finding[];
}

/** The run of a level; also for `levels`, which may look at what earlier levels came to. */
export const levelId = (value: number, seed = 1): string => `${value}/seed ${seed}`;

export function sweepStudy(sweep: Sweep): Study<VrpInstance, VrpSolution> {
  const levelsOf = (state: State): Level[] => {
    const values = [...new Set(state.runs.map(({ id }) => Number(id.split('/')[0])))];
    return values
      .sort((a, b) => a - b)
      .map((value) => {
        const ids = state.runs.map(({ id }) => id).filter((id) => id.startsWith(`${value}/`));
        let best: Level = { value, cost: null, routes: 0 };
        for (const id of ids) {
          const cost = reached(state, id);
          if (cost !== null && (best.cost === null || cost < best.cost))
            best = { value, cost, routes: routesOf(state.outcomes.get(id)) };
        }
        return best;
      });
  };
  return {
    id: sweep.id,
    name: sweep.name,
    summary: sweep.summary,
    source: sweep.source,
    group: 'What if',
    params: sweep.params,
    seconds: sweep.seconds,
    plan(instance, values, outcomes): Result<Run[]> {
      const levels = sweep.levels(instance, values, outcomes);
      if (!levels.ok) return levels;
      const runs: Run[] = [];
      for (const value of levels.value)
        for (let seed = 1; seed <= Number(values.seeds); seed++)
          runs.push({
            id: levelId(value, seed),
            label: `${sweep.axis} ${formatNumber(value)}, seed ${seed}`,
            instance: sweep.change(instance, value),
            solverId: 'sisr',
            seed,
            budget: { ...NO_BUDGET, steps: Number(values.steps) },
          });
      return { ok: true, value: runs };
    },
    charts(state) {
      const found = levelsOf(state).filter(({ cost }) => cost !== null);
      return [
        {
          id: 'cost',
          title: `Cost and routes by ${sweep.axis.toLowerCase()}`,
          help: `Best plan of the seeds for each value: its cost (left), its routes (right).`,
          option: (colours) => ({
            animation: false,
            grid: { left: 70, right: 60, top: 40, bottom: 46 },
            legend: { top: 4 },
            tooltip: { trigger: 'axis' },
            xAxis: {
              type: 'value',
              name: sweep.axis,
              nameLocation: 'middle',
              nameGap: 28,
              scale: true,
            },
            yAxis: [
              { type: 'value', name: 'Cost', scale: true },
              { type: 'value', name: 'Routes', scale: true, splitLine: { show: false } },
            ],
            series: [
              {
                name: 'Cost',
                type: 'line',
                data: found.map(({ value, cost }) => [value, cost]),
                itemStyle: { color: colours.accent },
                lineStyle: { color: colours.accent },
              },
              {
                name: 'Routes',
                type: 'line',
                step: 'middle',
                yAxisIndex: 1,
                data: found.map(({ value, routes }) => [value, routes]),
                itemStyle: { color: colours.ink3 },
                lineStyle: { color: colours.ink3, type: 'dashed' },
              },
            ],
          }),
          description: found
            .map(
              ({ value, cost, routes }) =>
                `${formatNumber(value)}: cost ${showCost(cost ?? 0, state.instance)}, ${routes} routes.`,
            )
            .join(' '),
        },
      ];
    },
    findings: (state) => sweep.findings(levelsOf(state), state),
    table(state) {
      const levels = levelsOf(state);
      return {
        caption: sweep.name,
        columns: [
          { id: 'value', label: sweep.axis, numeric: true },
          { id: 'cost', label: 'Best cost', numeric: true },
          { id: 'routes', label: 'Routes', numeric: true },
        ],
        rows: levels.length,
        cell(row, column) {
          const { value, cost, routes } = levels[row];
          if (column === 0) return value;
          if (cost === null) return '–';
          return column === 1 ? showCost(cost, state.instance) : routes;
        },
      };
    },
  };
}

export const seedsParam = {
  type: 'number',
  id: 'seeds',
  label: 'Seeds',
  help: 'Runs for each value; the best counts.',
  default: 2,
  min: 1,
  max: 10,
  step: 1,
  integer: true,
} as const satisfies ParamSpec;
