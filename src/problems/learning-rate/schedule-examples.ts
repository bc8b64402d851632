/** One schedule of every kind, for tests of what must hold for all. */
import {
  BODIES,
  isNamed,
  makeBody,
  makeSchedule,
  makeWsd,
  type Body,
  type ControlPoint,
  type Schedule,
} from './schedule.ts';

export const EXAMPLE_STEPS = 100;

/** Names and schedules of peak 0.3; those that follow a run among them. */
export function exampleSchedules(): [name: string, schedule: Schedule][] {
  const points: ControlPoint[] = [
    [0.1, 1],
    [0.3, 0.4],
    [0.55, 0.7],
    [0.9, 0.05],
  ];
  const made: Body[] = [
    makeBody('inverse-square-root', { timescale: 7 }),
    makeBody('triangular', { cycles: 3, shrink: 0.5, rise: 0.3 }),
    makeBody('cosine-restarts', { cycles: 3, growth: 1.7, final: 0.1 }),
    makeBody('linear', { final: 0.2 }),
    { kind: 'points', interpolation: 'monotone', points },
    { kind: 'points', interpolation: 'linear', points },
    { kind: 'points', interpolation: 'hold', points },
    {
      kind: 'pieces',
      pieces: (['linear', 'cosine', 'exponential', 'sqrt', 'square'] as const).map((shape, i) => ({
        share: 1 + i,
        shape,
        from: 1 / (i + 1),
        to: 0.1 * i,
      })),
    },
    {
      kind: 'formula',
      formula: 't < 20 || z > 0.5 && !(t == 60) ? mod(t, 7) / 7 : clamp(ln(t), 0, 1)',
    },
    {
      kind: 'formula',
      formula: 'max(0.1, round(2 * z), if(t >= 3, 0.2, 1)) ^ 2 - -abs(sin(t)) / 9',
    },
    {
      kind: 'sequence',
      parts: [
        { share: 1, body: makeBody('noam', { rise: 5 }) },
        { share: 2, body: { kind: 'product', factors: [makeBody('rex'), makeBody('uba')] } },
      ],
    },
  ];
  const bodies = BODIES.map(({ kind }) => ({ kind }) as Body)
    .filter(isNamed)
    .map(({ kind }) => makeBody(kind) as Body);
  return [
    ...[...bodies, ...made].map((body, i): [string, Schedule] => [
      `${body.kind} ${i}`,
      makeSchedule(0.3, body),
    ]),
    [
      'warm-up and cooldown',
      makeSchedule(
        0.3,
        makeBody('rex'),
        { steps: 10, from: 0.1, shape: 'square' },
        { steps: 25, shape: 'exponential' },
      ),
    ],
    ['WSD 1 − √', makeWsd(0.3, EXAMPLE_STEPS, 0.3, 'sqrt', 7)],
  ];
}
