/** Reduce-on-plateau, as torch has it: the rate drops when the loss has stopped falling. */
import type { NamedBody } from '../../../src/problems/learning-rate/schedule.ts';
import type { Stateful } from './checkpoint.ts';

type PlateauBody = Extract<NamedBody, { kind: 'plateau' }>;

/** Of a rate, the least difference that a drop must make. */
const LEAST_DROP = 1e-8;

export interface Plateau extends Stateful {
  /** What the curve is multiplied by now. */
  readonly factor: number;
  /** The training loss of one step. */
  observe(loss: number): void;
}

/**
 * A look is the mean loss of `every` steps. It is better when it is below the best by the fraction
 * `threshold`; after more than `patience` looks in a row that are not, the factor drops and counting
 * begins anew.
 */
export function createPlateau(body: PlateauBody): Plateau {
  /** Factor, best look, looks in a row that were no better; sum and number of the next look's losses. */
  const state = Float64Array.of(1, Infinity, 0, 0, 0);
  return {
    state: [state],
    get factor() {
      return state[0];
    },
    observe(loss) {
      state[3] += loss;
      if (++state[4] < body.every) return;
      const look = state[3] / state[4];
      state.fill(0, 3);
      if (look < state[1] * (1 - body.threshold)) {
        state[1] = look;
        state[2] = 0;
      } else if (++state[2] > body.patience) {
        const next = Math.max(body.floor, state[0] * body.factor);
        if (state[0] - next > LEAST_DROP) state[0] = next;
        state[2] = 0;
      }
    },
  };
}
