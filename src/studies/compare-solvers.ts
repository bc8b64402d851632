/** The study every family has: all its solvers side by side on the open instance. */
import { compareOption } from '../charts/compare.ts';
import { formatPercent } from '../core/format.ts';
import type { ParamValues } from '../core/params.ts';
import { fail, ok } from '../core/result.ts';
import type { SolverInfo } from '../core/solver.ts';
import { beatsKnown, gapOf, isBetter, shownObjective, type AnyFamily } from '../problems/family.ts';
import type { Finding, Study, StudyOutcome, StudyRun, StudyState } from '../problems/studies.ts';

type State = StudyState<unknown, unknown>;

interface Row {
  solver: SolverInfo;
  outcomes: StudyOutcome<unknown>[];
  /** Objectives of the runs that found something, best first. */
  objectives: number[];
}

export function compareSolvers(family: AnyFamily): Study<unknown, unknown> {
  const better = (a: number, b: number) => (isBetter(family.sense, a, b) ? -1 : 1);
  const labelOf = (instance: unknown) => shownObjective(family, instance).label.toLowerCase();
  const runId = (solver: SolverInfo, seed: number) => `${solver.id}/${seed}`;

  const rowsOf = (state: State): Row[] => {
    const planned = new Set(state.runs.map(({ solverId }) => solverId));
    return family.solvers
      .filter(({ id }) => planned.has(id))
      .map((solver) => {
        const outcomes = state.runs
          .filter(({ solverId }) => solverId === solver.id)
          .map(({ id }) => state.outcomes.get(id)!);
        const objectives = outcomes
          .flatMap(({ report }) => report?.objective ?? [])
          .toSorted(better);
        return { solver, outcomes, objectives };
      });
  };

  /** What gaps are counted to: the best known value, or the best of all runs. */
  const referenceOf = (state: State): { value: number; name: string } | null => {
    const found = rowsOf(state).flatMap(({ objectives }) => objectives.slice(0, 1));
    const [best] = found.toSorted(better);
    if (best === undefined) return null;
    const known = family.bestKnown?.(state.instance)?.value;
    return known !== undefined && !beatsKnown(family, state.instance, best, known)
      ? { value: known, name: 'best known' }
      : { value: best, name: 'best of these runs' };
  };

  const boundOf = (state: State): number | null =>
    rowsOf(state)
      .flatMap(({ outcomes }) => outcomes.flatMap(({ bound }) => bound ?? []))
      .reduce<number | null>(
        (tightest, bound) =>
          tightest === null || isBetter(family.sense, tightest, bound) ? bound : tightest,
        null,
      );

  return {
    id: 'solvers',
    name: 'Solvers side by side',
    summary:
      'Every solver on this instance, with the same time and several seeds: who finds a good solution first, who ends best, who proves it.',
    source: 'own',
    group: 'Solvers',
    params: [
      {
        id: 'seconds',
        type: 'number',
        label: 'Time per run',
        help: 'Every run ends then, or earlier with a proof.',
        unit: 's',
        default: 2,
        min: 0.1,
        max: 600,
      },
      {
        id: 'seeds',
        type: 'number',
        label: 'Seeds',
        help: 'Runs of every solver, with seeds 1, 2, …',
        default: 2,
        min: 1,
        max: 10,
        step: 1,
        integer: true,
      },
    ],
    seconds: family.solvers.length * 4,

    plan(instance, values: ParamValues) {
      const solvers = family.solvers.filter(({ id }) => family.refuses(id, instance) === null);
      if (solvers.length === 0) return fail({ message: 'No solver takes this instance.' });
      const runs: StudyRun<unknown>[] = [];
      for (let seed = 1; seed <= Number(values.seeds); seed++)
        for (const solver of solvers)
          runs.push({
            id: runId(solver, seed),
            label: `${solver.name}, seed ${seed}`,
            instance,
            solverId: solver.id,
            seed,
            budget: { seconds: Number(values.seconds), steps: null, target: null, stall: null },
          });
      return ok(runs);
    },

    charts(state) {
      const reference = referenceOf(state);
      const rows = rowsOf(state);
      const shown = rows.filter(({ objectives }) => objectives.length > 0);
      return [
        {
          id: 'convergence',
          title: 'Gap over time',
          help: `Each line is one run: how far its best ${labelOf(state.instance)} was from the ${reference?.name ?? 'best'}. Lower and further left is better.`,
          option: (colours) =>
            compareOption({
              runs: state.runs.flatMap((run) => {
                const outcome = state.outcomes.get(run.id)!;
                const points: [number, number][] = [];
                for (let at = 0; at + 2 < outcome.points.length; at += 3)
                  points.push([outcome.points[at], outcome.points[at + 2]]);
                if (points.length === 0) return [];
                const index = rows.findIndex(({ solver }) => solver.id === run.solverId);
                return {
                  name: rows[index].solver.name,
                  colour: colours.series(index),
                  points,
                  end: outcome.seconds,
                };
              }),
              reference: reference?.value ?? 1,
              referenceName: reference?.name ?? 'best',
              axis: 'seconds',
              stepUnit: 'steps',
              colours,
            }),
          description: shown
            .map(
              ({ solver, objectives }) =>
                `${solver.name}: best ${shownObjective(family, state.instance).text(objectives[0])}.`,
            )
            .join(' '),
        },
      ];
    },

    findings(state) {
      const rows = rowsOf(state).filter(({ objectives }) => objectives.length > 0);
      const isDone = [...state.outcomes.values()].every(
        (outcome) => outcome.state === 'done' || outcome.state === 'failed',
      );
      const reference = referenceOf(state);
      if (!isDone || rows.length < 2 || !reference) return [];
      const seen = shownObjective(family, state.instance);
      const ranked = rows.toSorted((a, b) => better(median(a.objectives), median(b.objectives)));
      const findings: Finding[] = [];
      const best = median(ranked[0].objectives);
      const ties = ranked.filter(({ objectives }) => median(objectives) === best);
      findings.push({
        text: `Best median ${labelOf(state.instance)}: ${seen.text(best)}, by ${ties.map(({ solver }) => solver.name).join(', ')}.`,
        tone: 'measured',
      });
      const bound = boundOf(state);
      if (bound !== null) {
        const [top] = rows.map(({ objectives }) => objectives[0]).toSorted(better);
        const gap = gapOf(family.sense, bound, top);
        const text = seen.text(bound);
        findings.push({
          text:
            gap === 0
              ? `The best solution is proven optimal: the tightest bound of these runs is ${text} too.`
              : `The tightest proven bound of these runs is ${text}: the best solution is within ${formatPercent(gap)} of optimal.`,
          tone: 'measured',
        });
      }
      return findings;
    },

    table(state) {
      const rows = rowsOf(state);
      const reference = referenceOf(state);
      const seen = shownObjective(family, state.instance);
      const cells = rows.map(({ solver, outcomes, objectives }) => {
        const mid = objectives.length > 0 ? median(objectives) : NaN;
        const proofs = outcomes.filter(
          ({ bound, report }) =>
            bound !== null && report && gapOf(family.sense, bound, report.objective) === 0,
        ).length;
        const failure = outcomes.find((outcome) => outcome.state === 'failed');
        return [
          solver.name,
          objectives.length > 0 ? seen.text(objectives[0]) : '–',
          objectives.length > 0 ? seen.text(mid) : '–',
          objectives.length > 0 && reference
            ? formatPercent(Math.abs(mid - reference.value) / (Math.abs(reference.value) || 1))
            : '–',
          proofs,
          failure?.message ?? '',
        ];
      });
      return {
        caption: 'Every solver over its seeds',
        columns: [
          { id: 'solver', label: 'Solver' },
          { id: 'best', label: `Best ${labelOf(state.instance)}`, numeric: true },
          { id: 'median', label: 'Median', numeric: true },
          { id: 'gap', label: 'Median gap', numeric: true },
          { id: 'proven', label: 'Proven', numeric: true },
          { id: 'note', label: 'Note' },
        ],
        rows: rows.length,
        cell: (row, column) => cells[row][column],
      };
    },
  };
}

/** Lower median, so that it is a value that was measured. Of sorted values. */
const median = (sorted: readonly number[]): number => sorted[(sorted.length - 1) >> 1];
