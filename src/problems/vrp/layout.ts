/** Places for nodes that are known by their distances alone. */
import { createRng } from '../../core/rng.ts';

const POWER_STEPS = 50;

/**
 * Classical multidimensional scaling (Torgerson 1952) of the mean of both directions: the plane that
 * keeps distances best, by power iteration. Coordinates are whole where distances are large. O(n²).
 * @param distances square, row-major, of `n` nodes.
 */
export function layOut(distances: ArrayLike<number>, n: number): { x: number; y: number }[] {
  const squared = new Float64Array(n * n);
  const mean = new Float64Array(n);
  let total = 0;
  let longest = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const way = (distances[i * n + j] + distances[j * n + i]) / 2;
      longest = Math.max(longest, way);
      squared[i * n + j] = way * way;
      mean[i] += (way * way) / n;
    }
  for (let i = 0; i < n; i++) total += mean[i] / n;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      squared[i * n + j] = -0.5 * (squared[i * n + j] - mean[i] - mean[j] + total);
  const rng = createRng(1);
  const axes = [0, 1].map(() => {
    let vector = Float64Array.from({ length: n }, () => rng.float() - 0.5);
    let value = 0;
    for (let step = 0; step < POWER_STEPS; step++) {
      const image = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < n; j++) sum += squared[i * n + j] * vector[j];
        image[i] = sum;
      }
      value = Math.sqrt(image.reduce((sum, each) => sum + each * each, 0));
      if (value === 0) break;
      vector = image.map((each) => each / value);
    }
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) squared[i * n + j] -= value * vector[i] * vector[j];
    return vector.map((each) => each * Math.sqrt(value));
  });
  const grid = longest >= 50 ? 1 : 100;
  const tidy = (value: number) => Math.round(value * grid) / grid || 0;
  return Array.from({ length: n }, (_, i) => ({ x: tidy(axes[0][i]), y: tidy(axes[1][i]) }));
}

/** Rows of a square, row-major matrix, in the order of `nodes`. */
export const rowsOf = (flat: ArrayLike<number>, nodes: readonly number[]): number[][] =>
  nodes.map((i) => nodes.map((j) => flat[i * nodes.length + j]));
