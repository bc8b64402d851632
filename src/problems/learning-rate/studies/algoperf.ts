/** Optimizers raced to fixed targets on four networks, with equal tuning budgets. */
import type { ParamSpec, ParamValues } from '../../../core/params.ts';
import { ok } from '../../../core/result.ts';
import { makeBody, makeSchedule, type Schedule } from '../schedule.ts';
import type { SolverId } from '../solvers.ts';
import { makeTask, type Task } from '../tasks.ts';
import { shortNumber } from '../views/common.ts';
import { curveTask } from './edge.ts';
import { defineStudy, groupBy, numeric, seedsOf, tableOf, trainingRun } from './lab.ts';
import { stepsTo } from './muon-batch.ts';
import { geometric, median } from './numbers.ts';
import { barPlot, heatPlot } from './cells.ts';
import { linePlot } from './plot.ts';
import { seedsParam } from './presets.ts';

export interface Workload {
  id: string;
  name: string;
  task: Task;
  batch: number;
  steps: number;
  /** Validation loss (or function value) that counts as solved. */
  target: number;
}

/** Targets are part of the rules: fixed here, within reach of several methods. */
export const WORKLOADS: readonly Workload[] = [
  {
    id: 'spirals',
    name: 'Spirals',
    task: makeTask('spirals', { samples: 600, noise: 0.25 }),
    batch: 32,
    steps: 600,
    target: 0.2,
  },
  {
    id: 'arms',
    name: 'Four arms, ReLU',
    task: makeTask('spirals', { samples: 600, arms: 4, noise: 0.2, activation: 'relu' }),
    batch: 32,
    steps: 600,
    target: 0.3,
  },
  {
    id: 'iris',
    name: 'Iris',
    task: makeTask('iris', { layers: 2 }),
    batch: 16,
    steps: 300,
    target: 0.12,
  },
  {
    id: 'curve',
    name: 'A curve',
    task: curveTask(160, 0.3),
    batch: 16,
    steps: 600,
    target: 0.02,
  },
];

interface Entrant {
  id: SolverId;
  name: string;
  /** Range of the tuned number: the base rate, or another parameter. */
  low: number;
  high: number;
  schedule: 'linear' | 'constant';
  tuned?: 'coefficient';
}

const ENTRANTS: readonly Entrant[] = [
  { id: 'momentum', name: 'Momentum', low: 0.003, high: 0.3, schedule: 'linear' },
  { id: 'adagrad', name: 'Adagrad', low: 0.01, high: 1, schedule: 'linear' },
  { id: 'adamw', name: 'AdamW', low: 0.001, high: 0.1, schedule: 'linear' },
  { id: 'lion', name: 'Lion', low: 0.0003, high: 0.03, schedule: 'linear' },
  { id: 'muon', name: 'Muon', low: 0.003, high: 0.3, schedule: 'linear' },
  {
    id: 'schedule-free-adamw',
    name: 'Schedule-Free AdamW',
    low: 0.003,
    high: 0.3,
    schedule: 'constant',
  },
  {
    id: 'prodigy',
    name: 'Prodigy',
    low: 0.3,
    high: 3,
    schedule: 'linear',
    tuned: 'coefficient',
  },
];

const params = [
  {
    type: 'number',
    id: 'trials',
    label: 'Trials',
    help: 'Settings each optimizer may try on each workload.',
    default: 4,
    min: 1,
    max: 10,
    integer: true,
  },
  {
    ...seedsParam(3),
    label: 'Studies',
    help: 'How often the whole tuning is repeated with another seed; the median counts.',
  },
  {
    type: 'number',
    id: 'share',
    label: 'Share of steps',
    help: 'Part of each workload’s steps a run may take.',
    default: 1,
    min: 0.02,
    max: 4,
    step: 0.25,
  },
] as const satisfies readonly ParamSpec[];

function scheduleOf(entrant: Entrant, value: number, steps: number): Schedule {
  const warmup = { steps: Math.round(steps / 20) };
  const peak = entrant.tuned ? 1 : value;
  return entrant.schedule === 'constant'
    ? makeSchedule(peak, makeBody('constant'), warmup)
    : makeSchedule(peak, makeBody('linear'), warmup);
}

/** Fraction of workloads solved within τ times the best time on each. */
export function profile(ratios: readonly number[], tau: number): number {
  return ratios.filter((ratio) => ratio <= tau).length / ratios.length;
}

/** (1/3) ∫ ρ(τ) dτ over [1, 4], exact for the step function (Dahl et al. 2023). */
export const profileScore = (ratios: readonly number[]): number =>
  ratios.reduce((sum, ratio) => sum + Math.max(0, 4 - Math.max(1, ratio)) / 3, 0) / ratios.length;

export const algoperf = defineStudy({
  id: 'mini-algoperf',
  name: 'Mini-AlgoPerf',
  summary:
    'Seven optimizers race to fixed targets on four small networks, with as many trials each: steps to target, performance profiles and scores.',
  source: 'Dahl et al., 2023, “Benchmarking neural network training algorithms”; workloads our own',
  group: 'Optimizers',
  seconds: 70,
  params,
  cells(_instance, { trials, seeds, share }) {
    return ok(
      WORKLOADS.flatMap((workload) => {
        const steps = Math.max(10, Math.round(workload.steps * share));
        return ENTRANTS.flatMap((entrant) =>
          geometric(entrant.low, entrant.high, trials).flatMap((value) =>
            seedsOf(seeds).map((seed) => ({
              key: { workload, entrant, value, seed },
              run: trainingRun({
                id: `${workload.id}/${entrant.id}/${value}/study ${seed}`,
                label: `${entrant.name} on ${workload.name}, ${shortNumber(value)}, study ${seed}`,
                task: workload.task,
                batch: workload.batch,
                steps,
                schedule: scheduleOf(entrant, value, steps),
                solverId: entrant.id,
                params: (entrant.tuned ? { [entrant.tuned]: value } : {}) as ParamValues,
                seed,
              }),
            })),
          ),
        );
      }),
    );
  },
  read({ cells }) {
    const times = ENTRANTS.map((entrant) =>
      WORKLOADS.map((workload) => {
        const own = cells.filter(({ key }) => key.entrant === entrant && key.workload === workload);
        if (own.length === 0 || own.some(({ outcome }) => outcome.state !== 'done')) return NaN;
        const minima = [...groupBy(own, ({ key }) => key.seed).values()].map((study) =>
          Math.min(...study.map(({ outcome }) => stepsTo(outcome, workload.target))),
        );
        return median(minima);
      }),
    );
    const fastest = WORKLOADS.map((_, w) =>
      Math.min(...times.map((row) => (Number.isNaN(row[w]) ? Infinity : row[w]))),
    );
    const complete = times.every((row) => row.every((time) => !Number.isNaN(time)));
    const entries = ENTRANTS.map((entrant, e) => {
      const ratios = times[e].map((time, w) =>
        Number.isFinite(time) ? time / fastest[w] : Infinity,
      );
      return { entrant, times: times[e], ratios, score: profileScore(ratios) };
    });
    return { entries, complete, fastest };
  },
  charts({ entries, complete }) {
    const taus = Array.from({ length: 121 }, (_, i) => 1 + i / 40);
    const order = [...entries].sort((a, b) => b.score - a.score);
    return [
      {
        id: 'profiles',
        title: 'Performance profiles',
        help: 'Fraction of the workloads solved within τ times the steps of the fastest.',
        option: (colours) =>
          linePlot({
            colours,
            x: { name: 'τ', min: 1, max: 4 },
            y: { name: 'Workloads solved', min: 0, max: 1 },
            lines: complete
              ? entries.map(({ entrant, ratios }, index) => ({
                  name: entrant.name,
                  data: taus.map((tau): [number, number] => [tau, profile(ratios, tau)]),
                  colour: colours.series(index),
                }))
              : [],
          }),
        description: order
          .map(({ entrant, score }) => `${entrant.name} ${score.toFixed(2)}`)
          .join(', '),
      },
      {
        id: 'scores',
        title: 'Scores',
        help: 'The area under the profile from τ = 1 to 4, at most 1.',
        option: (colours) =>
          barPlot({
            colours,
            value: { name: 'Score', min: 0, max: 1, format: (value) => value.toFixed(2) },
            bars: complete
              ? order.map(({ entrant, score }) => ({
                  name: entrant.name,
                  value: score,
                  colour: colours.series(ENTRANTS.indexOf(entrant)),
                }))
              : [],
          }),
        description: complete ? `The highest score is that of ${order[0].entrant.name}.` : '',
      },
      {
        id: 'times',
        title: 'Steps to target',
        help: 'Median over the studies of the best of the trials; empty cells missed the target.',
        option: (colours) =>
          heatPlot({
            colours,
            x: {
              name: 'Workload',
              values: WORKLOADS.map(({ name }) => name),
            },
            y: { name: 'Optimizer', values: ENTRANTS.map(({ name }) => name), down: true },
            value: { name: 'Steps', format: (value) => String(Math.round(value)) },
            cells: entries.flatMap(({ times }, row) =>
              times.map((time, column): [number, number, number] => [column, row, time]),
            ),
          }),
        description: WORKLOADS.map(({ name, target }) => `${name}: target ${target}`).join('; '),
      },
    ];
  },
  findings({ entries, complete, fastest }) {
    if (!complete) return [];
    const order = [...entries].sort((a, b) => b.score - a.score);
    const winners = WORKLOADS.map(({ name }, w) => {
      const best = entries.find(
        ({ times }) => times[w] === fastest[w] && Number.isFinite(times[w]),
      );
      return `${name}: ${best ? `${best.entrant.name}, ${best.times[w]} steps` : 'none'}`;
    });
    const misses = entries.filter(({ times }) => times.some((time) => !Number.isFinite(time)));
    return [
      {
        tone: 'measured' as const,
        text: `Scores: ${order.map(({ entrant, score }) => `${entrant.name} ${score.toFixed(2)}`).join(', ')}.`,
      },
      { tone: 'measured' as const, text: `Fastest by workload: ${winners.join('; ')}.` },
      ...(misses.length > 0
        ? [
            {
              tone: 'measured' as const,
              text: `Missed a target: ${misses.map(({ entrant, times }) => `${entrant.name} (${times.filter((time) => !Number.isFinite(time)).length})`).join(', ')}.`,
            },
          ]
        : []),
      {
        tone: 'theory' as const,
        text: 'Four small workloads say little about large models; the protocol is what is shown.',
      },
    ];
  },
  table: ({ entries }) =>
    tableOf(
      'Steps to target by optimizer and workload; ∞ for a miss',
      [
        { id: 'optimizer', label: 'Optimizer' },
        ...WORKLOADS.map(({ id, name }) => numeric(id, name)),
        numeric('score', 'Score'),
      ],
      entries.map(({ entrant, times, score }) => [entrant.name, ...times, score]),
    ),
});
