/**
 * The plane in which a training path varies most: principal components of saved iterates (Lorch
 * 2016; Li et al. 2018), with the loss on a grid of it.
 */
import { addValidationLoss, sampleWork } from '../../../src/problems/learning-rate/model.ts';
import {
  gridSize,
  planeSamples,
  snapshotCount,
} from '../../../src/problems/learning-rate/plane-grid.ts';
import type { Task } from '../../../src/problems/learning-rate/tasks.ts';
import { eigenSymmetric } from './optimizers/dense.ts';

/** Shares of the variance that are told. */
const SHARES = 6;
/** Room around the path, as a part of its extent. */
const MARGIN = 0.25;
/** Multiply-adds of about a millisecond. */
const MILLISECOND = 1_000_000;

/** What is measured on the plane; a row has one of the three kinds, the rest of it is NaN. */
export interface PlaneRow {
  /** Step of a snapshot; of a grid point NaN. */
  step: number;
  x: number;
  y: number;
  loss: number;
  /** Part of the variance along a component, the largest first. */
  share: number;
}

export interface Snapshots {
  /** To be called before every step; copies the parameters at the steps that are due. */
  take(step: number, parameters: Float64Array): void;
  /** Rows of the plane, a number where control goes back. Nothing from fewer than three snapshots. */
  rows(): Generator<PlaneRow | 0, void, void>;
}

export interface Components {
  /** Part of the variance along each component, falling. */
  shares: number[];
  /** The first two as unit vectors. */
  first: Float64Array;
  second: Float64Array;
}

/**
 * Principal components of points about their mean, from the Gram matrix. O(m² n + m³) for m points
 * of n coordinates; null when the points do not vary in two directions.
 */
export function* principalComponents(
  points: readonly ArrayLike<number>[],
): Generator<0, Components | null, void> {
  const count = points.length;
  const size = points[0]?.length ?? 0;
  const mean = new Float64Array(size);
  for (const point of points) for (let i = 0; i < size; i++) mean[i] += point[i] / count;
  const gram = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (points[a][i] - mean[i]) * (points[b][i] - mean[i]);
      gram[a * count + b] = gram[b * count + a] = sum;
    }
    yield 0;
  }
  let total = 0;
  for (let a = 0; a < count; a++) total += gram[a * count + a];
  const values = new Float64Array(count);
  const vectors = new Float64Array(count * count);
  eigenSymmetric(count, gram, values, vectors);
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a]);
  if (!(values[order[1]] > 1e-12 * total)) return null;
  const [first, second] = order.slice(0, 2).map((row) => {
    const direction = new Float64Array(size);
    const scale = 1 / Math.sqrt(values[row]);
    for (let a = 0; a < count; a++) {
      const weight = vectors[row * count + a] * scale;
      for (let i = 0; i < size; i++) direction[i] += weight * (points[a][i] - mean[i]);
    }
    return direction;
  });
  const shares = order.map((row) => Math.max(0, values[row]) / total);
  return { shares, first, second };
}

/** @param wanted about how many iterates to keep, evenly spread over 0 … `steps`. */
export function createSnapshots(task: Task, steps: number, wanted: number): Snapshots {
  const count = Math.min(steps + 1, snapshotCount(task, wanted));
  const kept: { step: number; point: Float32Array }[] = [];
  let next = 0;

  /** Mean validation loss over some of the samples. */
  const samples = planeSamples(task);
  function* lossAt(point: Float64Array): Generator<0, number, void> {
    const part = Math.max(1, Math.floor(MILLISECOND / sampleWork(task)));
    let sum = 0;
    for (let from = 0; from < samples; from += part) {
      sum = addValidationLoss(task, point, from, Math.min(samples, from + part), sum);
      yield 0;
    }
    return sum / samples;
  }

  return {
    take(step, parameters) {
      if (step < next) return;
      kept.push({ step, point: Float32Array.from(parameters) });
      const place = Math.floor((step * (count - 1)) / steps) + 1;
      next = Math.ceil((place * steps) / (count - 1));
    },
    *rows() {
      if (kept.length < 3 || !kept.every(({ point }) => point.every(Number.isFinite))) return;
      const components = yield* principalComponents(kept.map(({ point }) => point));
      if (!components) return;
      const { first, second, shares } = components;
      // The plane goes through the last iterate, so that its loss there is the model's.
      const origin = kept[kept.length - 1].point;
      const along = (point: Float32Array, direction: Float64Array): number => {
        let sum = 0;
        for (let i = 0; i < point.length; i++) sum += (point[i] - origin[i]) * direction[i];
        return sum;
      };
      for (const share of shares.slice(0, SHARES))
        yield { step: NaN, x: NaN, y: NaN, loss: NaN, share };
      const places = kept.map(({ point }) => [along(point, first), along(point, second)] as const);
      const whole = new Float64Array(origin.length);
      for (let k = 0; k < kept.length; k++) {
        whole.set(kept[k].point);
        const [x, y] = places[k];
        yield { step: kept[k].step, x, y, loss: yield* lossAt(whole), share: NaN };
      }
      const [xs, ys] = [0, 1].map((axis) => places.map((place) => place[axis]));
      const span = (values: readonly number[]) => {
        const [low, high] = [Math.min(...values), Math.max(...values)];
        return [low - MARGIN * (high - low), high + MARGIN * (high - low)] as const;
      };
      const [[minX, maxX], [minY, maxY]] = [span(xs), span(ys)];
      const size = gridSize(task);
      for (let row = 0; row < size; row++)
        for (let column = 0; column < size; column++) {
          const x = minX + ((maxX - minX) * column) / (size - 1);
          const y = minY + ((maxY - minY) * row) / (size - 1);
          for (let i = 0; i < whole.length; i++)
            whole[i] = origin[i] + x * first[i] + y * second[i];
          yield { step: NaN, x, y, loss: yield* lossAt(whole), share: NaN };
        }
    },
  };
}
