/** Reduce-on-plateau, as torch has it: the rate drops when the loss has stopped falling. */
import type { NamedBody } from '../../../src/problems/learning-rate/schedule.ts';

type PlateauBody = Extract<NamedBody, { kind: 'plateau' }>;

/** Of a rate, the least difference that a drop must make. */
const LEAST_DROP = 1e-8;

export interface Plateau {
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
  let factor = 1;
  let best = Infinity;
  let bad = 0;
  let sum = 0;
  let count = 0;
  return {
    get factor() {
      return factor;
    },
    observe(loss) {
      sum += loss;
      if (++count < body.every) return;
      const look = sum / count;
      sum = 0;
      count = 0;
      if (look < best * (1 - body.threshold)) {
        best = look;
        bad = 0;
      } else if (++bad > body.patience) {
        const next = Math.max(body.floor, factor * body.factor);
        if (factor - next > LEAST_DROP) factor = next;
        bad = 0;
      }
    },
  };
}
