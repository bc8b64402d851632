/**
 * AutoLRS (Jin, Zhou, Zhao, Zhu, Guo, Canini and Krishnamurthy 2021): before each stage of τ steps
 * several rates are tried for τ/10 steps each from a copy of the training, the next one chosen by a
 * Gaussian process; the loss after τ steps is forecast from an exponential fitted to each probe, and
 * the stage is trained with the best.
 */
import { exp, log, pow } from '../../../src/core/math.ts';
import type { SolverEvent } from '../../../src/core/solver.ts';
import type { Solution } from '../../../src/problems/learning-rate/instance.ts';
import type { NamedBody } from '../../../src/problems/learning-rate/schedule.ts';
import { COLUMN } from '../../../src/problems/learning-rate/solvers.ts';
import type { Stateful } from './checkpoint.ts';
import { cholesky, solveCholesky } from './optimizers/dense.ts';

type AutoBody = Extract<NamedBody, { kind: 'autolrs' }>;

/** A probe is this fraction of its stage. */
const PROBE_SHARE = 0.1;
/** Rates that are considered, evenly spread on a logarithmic axis. */
const CANDIDATES = 61;
/** Kernel of the logarithms of rates, the range being 1, and the variance of forecasts' errors. */
const LENGTH = 0.2;
const NOISE = 1e-3;
/** Rows of the trace for each probe. */
const PROBE_ROWS = 12;

/** Training that can be tried out. */
export interface Branching {
  /** One optimizer step with a multiple of the peak; its batch's loss. */
  step(multiple: number): number;
  save(): void;
  restore(): void;
}

/** Chooses the next point and gives the posterior, on x in [0, 1] from losses at some points. */
export function createProcess(xs: readonly number[], losses: readonly number[]) {
  const n = xs.length;
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / n;
  const square = losses.reduce((sum, loss) => sum + (loss - mean) * (loss - mean), 0);
  const scale = square > 0 ? Math.sqrt(square / n) : 1;
  const kernel = (a: number, b: number) => {
    const z = (a - b) / LENGTH;
    return exp(-0.5 * z * z);
  };
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) factor[i * n + j] = kernel(xs[i], xs[j]) + (i === j ? NOISE : 0);
  cholesky(n, factor, n);
  const weights = Float64Array.from(losses, (loss) => (loss - mean) / scale);
  solveCholesky(n, factor, n, weights);
  return (x: number): { mean: number; deviation: number } => {
    const k = Float64Array.from(xs, (other) => kernel(x, other));
    const solved = k.slice();
    solveCholesky(n, factor, n, solved);
    let value = 0;
    let reduction = 0;
    for (let i = 0; i < n; i++) {
      value += k[i] * weights[i];
      reduction += k[i] * solved[i];
    }
    return { mean: value, deviation: Math.sqrt(Math.max(0, 1 - reduction)) };
  };
}

/** The candidate with the lowest confidence bound, mean − κ · deviation. */
export function nextCandidate(
  xs: readonly number[],
  losses: readonly number[],
  kappa: number,
): number {
  const posterior = createProcess(xs, losses);
  let best = 0;
  let lowest = Infinity;
  for (let i = 0; i < CANDIDATES; i++) {
    const x = i / (CANDIDATES - 1);
    const { mean, deviation } = posterior(x);
    const bound = mean - kappa * deviation;
    if (bound < lowest) {
      lowest = bound;
      best = x;
    }
  }
  return best;
}

/**
 * The loss at step `at` from a·e^{bt} + c, b < 0, fitted to a probe's losses by least squares over a
 * grid of b; outliers, further than twice the deviation from a first fit, are left out. The mean
 * when nothing fits; infinite when a loss is not finite. O(30 n).
 */
export function forecast(losses: ArrayLike<number>, at: number): number {
  const all = Array.from({ length: losses.length }, (_, t) => t);
  for (const t of all) if (!Number.isFinite(losses[t])) return Infinity;
  const first = fit(losses, all);
  const error = (t: number) => Math.abs(losses[t] - first.value(t));
  const deviation = Math.sqrt(first.error / all.length);
  const kept = all.filter((t) => error(t) <= 2 * deviation + 1e-300);
  return (kept.length >= 4 ? fit(losses, kept) : first).value(at);
}

function fit(losses: ArrayLike<number>, steps: readonly number[]) {
  const n = steps.length;
  const mean = steps.reduce((sum, t) => sum + losses[t], 0) / n;
  const total = steps.reduce((sum, t) => sum + (losses[t] - mean) * (losses[t] - mean), 0);
  let best: { error: number; value(t: number): number } = { error: total, value: () => mean };
  for (let i = 0; i < 30; i++) {
    // Half-lives from an eighth of the probe to 30 times its length.
    const rate = -5.5 / (losses.length * pow(1.2, i));
    let sumE = 0;
    let sumEE = 0;
    let sumEL = 0;
    for (const t of steps) {
      const e = exp(rate * t);
      sumE += e;
      sumEE += e * e;
      sumEL += e * losses[t];
    }
    const spread = sumEE - (sumE * sumE) / n;
    if (!(spread > 1e-12 * sumEE)) continue;
    const a = (sumEL - sumE * mean) / spread;
    const c = mean - (a * sumE) / n;
    const error = total - a * a * spread;
    if (error < best.error) best = { error, value: (t) => a * exp(rate * t) + c };
  }
  return best;
}

export interface AutoSchedule extends Stateful {
  /** Multiple of the peak for the stage that runs. */
  readonly multiple: number;
  /** Step at which the next stage begins. */
  readonly next: number;
  /** Tries rates from where training stands; yields numbers of steps and trace rows. */
  search(
    t: number,
    branching: Branching,
    chunk: () => number,
    emptyRow: (step: number) => number[],
  ): Generator<number | SolverEvent<Solution>, void, void>;
}

/**
 * @param first the first step of the body. @param last its end, where stages stop.
 * @param peak for the rates in the trace.
 */
export function createAutoLrs(
  body: AutoBody,
  first: number,
  last: number,
  peak: number,
): AutoSchedule {
  /** Multiple, step of the next stage, its length, probes so far, place of the last winner. */
  const state = Float64Array.of(1, first < last ? first : Infinity, body.stage, 0, 0.5);
  const multipleOf = (x: number) => exp(log(body.low) * (1 - x));

  return {
    state: [state],
    get multiple() {
      return state[0];
    },
    get next() {
      return state[1];
    },
    *search(t, branching, chunk, emptyRow) {
      const stage = state[2];
      let branch = state[3];
      const length = Math.max(4, Math.round(stage * PROBE_SHARE));
      const stride = Math.max(1, Math.ceil(length / PROBE_ROWS));
      const losses = new Float64Array(length);
      const xs: number[] = [];
      const forecasts: number[] = [];
      branching.save();
      for (let probe = 0; probe < body.probes; probe++) {
        const x = probe === 0 ? state[4] : nextCandidate(xs, ranked(forecasts), body.kappa);
        const rate = multipleOf(x);
        branch++;
        losses.fill(Infinity);
        for (let k = 0; k < length;) {
          const count = Math.min(chunk(), length - k);
          for (let i = 0; i < count; i++, k++) {
            losses[k] = branching.step(rate);
            if (k % stride !== 0 && k !== length - 1) continue;
            const row = emptyRow(t);
            row[COLUMN.branch] = branch;
            row[COLUMN.branchStep] = t + k;
            row[COLUMN.branchRate] = peak * rate;
            row[COLUMN.branchLoss] = losses[k];
            yield { kind: 'trace', row };
          }
          yield count;
          if (!Number.isFinite(losses[k - 1])) break;
        }
        branching.restore();
        xs.push(x);
        forecasts.push(forecast(losses, stage));
      }
      let best = 0;
      for (let i = 1; i < forecasts.length; i++) if (forecasts[i] < forecasts[best]) best = i;
      const next = t + stage < last ? t + stage : Infinity;
      state.set([multipleOf(xs[best]), next, Math.min(body.longest, 2 * stage), branch, xs[best]]);
    },
  };
}

/** Losses a process can take: those that are not finite count as a little worse than the worst. */
function ranked(forecasts: readonly number[]): number[] {
  const finite = forecasts.filter(Number.isFinite);
  const worst = finite.length > 0 ? Math.max(...finite) : 1;
  const low = finite.length > 0 ? Math.min(...finite) : 0;
  return forecasts.map((loss) => (Number.isFinite(loss) ? loss : worst + (worst - low) + 1e-9));
}
