/** APOLLO: Adam's scaling learned on a random projection of each weight matrix. */
import type {
  ApolloMiniParams,
  ApolloParams,
} from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { createRest } from './adaptive.ts';
import {
  decay,
  type MakeOptimizer,
  type Matrix,
  type Optimizer,
  type Setting,
} from './optimizer.ts';

/** A step's length may grow by this factor at most from one step to the next. */
const GROWTH = 1.01;

/** At most a quarter of the shorter side, as the authors choose it. */
const rankOf = ({ rows, columns }: Matrix, rank: number): number =>
  Math.max(1, Math.min(rank, Math.floor(Math.min(rows, columns) / 4)));

/** Matrices that a projection makes smaller. */
export const isProjected = ({ rows, columns }: Matrix): boolean => Math.min(rows, columns) >= 2;

function createApollo(
  params: ApolloMiniParams,
  rank: number,
  { start, decayed, matrices, rng }: Setting,
  perTensor: boolean,
): Optimizer {
  const { beta1, beta2, epsilon, renew } = params;
  const scale = Math.sqrt(params.scale);
  const taken = matrices.filter(isProjected);
  const parts = taken.map((matrix, index) => {
    const { from, rows, columns } = matrix;
    const own = rankOf(matrix, rank);
    // The shorter side is projected, so that a channel is an entry of the longer one.
    const across = rows <= columns;
    const long = Math.max(rows, columns);
    const short = Math.min(rows, columns);
    return {
      from,
      size: rows * columns,
      own,
      long,
      short,
      longStep: across ? 1 : columns,
      shortStep: across ? columns : 1,
      projection: new Float64Array(own * short),
      low: new Float64Array(own * long),
      scales: new Float64Array(long),
      m: new Float64Array(own * long),
      v: new Float64Array(own * long),
      /** Which projection is in `projection`; it follows from the seed, so it is no state. */
      drawn: -1,
      rng: rng.fork(index),
    };
  });
  const rest = createRest({ beta1, beta2, epsilon }, start.length, taken);
  const lengths = new Float64Array(parts.length);
  const powers = Float64Array.of(1, 1);
  const count = new Uint32Array(1);

  function project(part: (typeof parts)[number], g: Float64Array): void {
    const epoch = Math.floor((count[0] - 1) / renew);
    const { own, long, short, projection, low } = part;
    if (part.drawn !== epoch) {
      const normal = createNormal(part.rng.fork(epoch));
      const deviation = 1 / Math.sqrt(own);
      for (let i = 0; i < projection.length; i++) projection[i] = deviation * normal();
      part.drawn = epoch;
    }
    low.fill(0);
    for (let k = 0; k < own; k++)
      for (let i = 0; i < short; i++) {
        const p = projection[k * short + i];
        const base = part.from + i * part.shortStep;
        for (let j = 0; j < long; j++) low[k * long + j] += p * g[base + j * part.longStep];
      }
  }

  /** ‖scaled low‖ / ‖low‖ of each channel, or of the whole. */
  function measure({ own, long, low, scales, m, v }: (typeof parts)[number]): void {
    let allRaw = 0;
    let allScaled = 0;
    for (let j = 0; j < long; j++) {
      let raw = 0;
      let scaled = 0;
      for (let i = j; i < own * long; i += long) {
        m[i] = beta1 * m[i] + (1 - beta1) * low[i];
        v[i] = beta2 * v[i] + (1 - beta2) * low[i] * low[i];
        const u = m[i] / (1 - powers[0]) / (Math.sqrt(v[i] / (1 - powers[1])) + epsilon);
        raw += low[i] * low[i];
        scaled += u * u;
      }
      scales[j] = raw > 0 ? Math.sqrt(scaled / raw) : 0;
      allRaw += raw;
      allScaled += scaled;
    }
    if (perTensor) scales.fill(allRaw > 0 ? Math.sqrt(allScaled / allRaw) : 0);
  }

  return {
    state: [...parts.flatMap(({ m, v }) => [m, v]), ...rest.state, lengths, powers, count],
    work: parts.reduce((sum, { own, size }) => sum + own * size, 0),
    step(x, g, rate) {
      count[0]++;
      powers[0] *= beta1;
      powers[1] *= beta2;
      decay(x, decayed, rate * params.decay);
      rest.step(x, g, rate);
      parts.forEach((part, index) => {
        project(part, g);
        measure(part);
        const { from, long, short, longStep, shortStep, scales } = part;
        let square = 0;
        for (let j = 0; j < long; j++)
          for (let i = 0; i < short; i++) {
            const at = from + j * longStep + i * shortStep;
            g[at] *= scale * scales[j];
            square += g[at] * g[at];
          }
        const length = Math.sqrt(square);
        const before = lengths[index];
        const limit = before > 0 && length > GROWTH * before ? (GROWTH * before) / length : 1;
        lengths[index] = limit * length;
        for (let i = from; i < from + part.size; i++) x[i] -= rate * limit * g[i];
      });
      return rate;
    },
  };
}

/**
 * APOLLO: R = P G with P a Gaussian r × short matrix of variance 1/r, redrawn every `renew` steps;
 * R̃ = Adam of R; sⱼ = ‖R̃ⱼ‖ / ‖Rⱼ‖ per channel j of the longer side; W ← W − η √scale G diag(s), its
 * length growing by at most 1 % a step. Everything else by Adam.
 */
export const apollo: MakeOptimizer<ApolloParams> = (params, setting) =>
  createApollo(params, params.rank, setting, false);

/** APOLLO-mini: rank 1, and one s for the whole matrix. */
export const apolloMini: MakeOptimizer<ApolloMiniParams> = (params, setting) =>
  createApollo(params, 1, setting, true);
