/**
 * Functions of two variables with minimum 0: values, gradients and what their pictures show. Each is
 * a sum of terms that are never negative, so that the minimum is 0 in floating point too.
 */
import { cos, sin } from '../../core/math.ts';
import type { Task } from './tasks.ts';

const TWO_PI = 6.283185307179586;

export type PlaneTask = Extract<Task, { startX: number }>;

export interface Plane {
  value(x: number, y: number): number;
  /** Writes ∂f/∂x and ∂f/∂y. */
  gradient(x: number, y: number, into: Float64Array): void;
  /** All points of value 0, to double precision. */
  minima: readonly (readonly [number, number])[];
  /** What the picture shows at least: x from, y from, x to, y to. */
  view: readonly [number, number, number, number];
  /** Factor between contour lines. */
  ratio: number;
}

/** (1 − x)² + b (y − x²)² (Rosenbrock 1960). */
const rosenbrock = (steepness: number): Plane => ({
  value(x, y) {
    const valley = y - x * x;
    const away = 1 - x;
    return away * away + steepness * valley * valley;
  },
  gradient(x, y, into) {
    const valley = y - x * x;
    into[0] = -2 * (1 - x) - 4 * steepness * x * valley;
    into[1] = 2 * steepness * valley;
  },
  minima: [[1, 1]],
  view: [-2, -1, 2, 3],
  ratio: 3,
});

/** (x² + y − 11)² + (x + y² − 7)² (Himmelblau 1972). */
const himmelblau: Plane = {
  value(x, y) {
    const a = x * x + y - 11;
    const b = x + y * y - 7;
    return a * a + b * b;
  },
  gradient(x, y, into) {
    const a = x * x + y - 11;
    const b = x + y * y - 7;
    into[0] = 4 * x * a + 2 * b;
    into[1] = 2 * a + 4 * y * b;
  },
  minima: [
    [3, 2],
    [-2.805118086952745, 3.131312518250573],
    [-3.779310253377747, -3.283185991286169],
    [3.584428340330492, -1.848126526964404],
  ],
  view: [-5, -5, 5, 5],
  ratio: 2,
};

/** (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)² (Beale 1958). */
const beale: Plane = {
  value(x, y) {
    const a = 1.5 - x + x * y;
    const b = 2.25 - x + x * y * y;
    const c = 2.625 - x + x * y * y * y;
    return a * a + b * b + c * c;
  },
  gradient(x, y, into) {
    const a = 1.5 - x + x * y;
    const b = 2.25 - x + x * y * y;
    const c = 2.625 - x + x * y * y * y;
    into[0] = 2 * (a * (y - 1) + b * (y * y - 1) + c * (y * y * y - 1));
    into[1] = 2 * x * (a + 2 * b * y + 3 * c * y * y);
  },
  minima: [[3, 0.5]],
  view: [-1, -1.5, 4, 2],
  ratio: 3,
};

/** ½ x² + ¼ (y² − 1)²: near the saddle at the origin ¼ + ½ x² − ½ y². */
const saddle: Plane = {
  value(x, y) {
    const well = y * y - 1;
    return 0.5 * x * x + 0.25 * well * well;
  },
  gradient(x, y, into) {
    into[0] = x;
    into[1] = y * (y * y - 1);
  },
  minima: [
    [0, 1],
    [0, -1],
  ],
  view: [-2, -1.75, 2, 1.75],
  ratio: 2,
};

/**
 * x³ − 3xy² + ¾ (x² + y²)² + ¼: three valleys meet at the origin, where the curvature is 0. With
 * polar coordinates r³ cos 3φ + ¾ r⁴ + ¼ = r³ (1 + cos 3φ) + ¼ (r − 1)² (3r² + 2r + 1).
 */
const monkeySaddle: Plane = {
  value(x, y) {
    const square = x * x + y * y;
    const r = Math.sqrt(square);
    const folds = r * square + x * x * x - 3 * x * y * y;
    return Math.max(0, folds) + 0.25 * (r - 1) * (r - 1) * (3 * square + 2 * r + 1);
  },
  gradient(x, y, into) {
    const square = x * x + y * y;
    into[0] = 3 * (x * x - y * y) + 3 * x * square;
    into[1] = -6 * x * y + 3 * y * square;
  },
  minima: [
    [-1, 0],
    [0.5, 0.8660254037844386],
    [0.5, -0.8660254037844386],
  ],
  view: [-1.75, -1.5, 1.75, 1.5],
  ratio: 2,
};

/** Σ xᵢ² + 10 (1 − cos 2πxᵢ) (Rastrigin 1974). */
const rastrigin: Plane = {
  value: (x, y) => x * x + 10 * (1 - cos(TWO_PI * x)) + y * y + 10 * (1 - cos(TWO_PI * y)),
  gradient(x, y, into) {
    into[0] = 2 * x + 10 * TWO_PI * sin(TWO_PI * x);
    into[1] = 2 * y + 10 * TWO_PI * sin(TWO_PI * y);
  },
  minima: [[0, 0]],
  view: [-4.2, -4.2, 4.2, 4.2],
  ratio: 1.5,
};

/** The function of a task on the plane. */
export function planeOf(task: PlaneTask): Plane {
  switch (task.kind) {
    case 'rosenbrock':
      return rosenbrock(task.steepness);
    case 'himmelblau':
      return himmelblau;
    case 'beale':
      return beale;
    case 'saddle':
      return saddle;
    case 'monkey-saddle':
      return monkeySaddle;
    case 'rastrigin':
      return rastrigin;
  }
}
