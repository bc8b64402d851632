/** The last-iterate bound along the curve, with the two terms it is made of. */
import type { ChartMode } from '../../views.ts';
import type { Instance, Solution } from '../instance.ts';
import { axis, frameOption, line, type Pair } from './charts.ts';
import { boundOf, shortNumber } from './common.ts';
import { HORIZONTAL_TOGGLES, horizontalOf } from './horizontal.ts';

export const boundMode: ChartMode<Instance, Solution> = {
  kind: 'chart',
  id: 'bound',
  name: 'Bound',
  help: 'The convex last-iterate bound Ω after every step at the best base rate γ*, D = G = 1 (Schaipp et al. 2025): how far the start was, and the noise that only a falling rate takes away.',
  toggles: [
    { id: 'log', name: 'Log', help: 'Logarithmic bound.', default: true },
    ...HORIZONTAL_TOGGLES.filter(({ id }) => id !== 'time'),
  ],
  axis(frame) {
    const { trace } = frame;
    const horizontal = horizontalOf(frame);
    return trace ? { values: horizontal.of(trace), log: horizontal.log } : null;
  },
  option(frame, colours) {
    const { instance, toggles } = frame;
    const log = toggles.log !== false;
    const horizontal = horizontalOf({ ...frame, toggles: { ...toggles, time: false } });
    const curve = boundOf(instance);
    const placed = (value: (i: number) => number): Pair[] =>
      curve
        ? Array.from(curve.steps, (step, i): Pair => [horizontal.place(step), value(i)]).filter(
            // The first steps would stretch the axis over decades that tell nothing.
            ([x, y], i) =>
              curve.steps[i] >= instance.steps / 50 &&
              Number.isFinite(x) &&
              (!horizontal.log || x > 0) &&
              (!log || y > 0),
          )
        : [];
    return frameOption(
      horizontal,
      colours,
      [axis('Bound', log, colours.ink3, colours)],
      [
        line(
          'Ω, the bound',
          placed((i) => curve!.values[i]),
          colours.bound,
          2.25,
        ),
        line(
          'Distance, T₁/γ*',
          placed((i) => curve!.distance[i]),
          colours.series(2),
          1.5,
        ),
        line(
          'Noise, γ* T₂',
          placed((i) => curve!.values[i] - curve!.distance[i]),
          colours.series(1),
          1.5,
        ),
      ],
    );
  },
  describe({ instance }) {
    const curve = boundOf(instance);
    if (!curve) return 'The curve is zero throughout, so there is no bound.';
    return `The bound ends at ${shortNumber(curve.optimalBound)} with the peak at ${shortNumber(
      instance.schedule.peak * curve.optimalRate,
    )}; half of it is distance, half noise.`;
  },
};
