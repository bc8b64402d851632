/**
 * Gradient descent beside two flows: the gradient flow, and the central flow (Cohen, Damian et al.
 * 2025), which follows the average of descent's oscillations at the edge of stability,
 *
 *   dw/dt = −η (∇L + ½ Σ Xᵢⱼ ∇(uᵢᵀ H uⱼ)),   X ⪰ 0 such that uᵢᵀ H uⱼ stays ⪯ 2/η,
 *
 * over the two leading eigenvectors u of the Hessian. A step of descent is a unit of time. All
 * derivatives are differences of gradients in double precision.
 */
import type { Rng } from '../../../src/core/rng.ts';
import { createNormal } from '../../../src/problems/learning-rate/random.ts';
import { squareNorm } from './optimizers/optimizer.ts';
import { solveComplementarity, type Symmetric } from './semidefinite.ts';
import { createProduct, type FullGradient } from './sharpness.ts';

/** Directions count as critical from this part of 2/η on. */
const CRITICAL = 0.975;
/** Iterations on the eigenvectors: at the start, and at each part of a step when near the edge. */
const FIRST_ITERATIONS = 60;
const ITERATIONS = 2;
const NEAR = 0.7;

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** a ← a + factor · b. */
const addTo = (a: Float64Array, b: Float64Array, factor: number): void => {
  for (let i = 0; i < a.length; i++) a[i] += factor * b[i];
};

export interface CentralFlow {
  readonly point: Float64Array;
  /** Largest eigenvalue of the Hessian at the point, as tracked. */
  readonly sharpness: number;
  /** trace X: the variance of the oscillations that the flow averages over. */
  readonly variance: number;
  /**
   * One unit of time in `parts` Euler steps; yields 0 between them.
   * @returns the loss at the point before.
   */
  step(rate: number, parts: number): Generator<number, number, void>;
}

/** @param start where it starts; copied. @param directions that may be critical, 1 or 2. */
export function createCentralFlow(
  full: FullGradient,
  start: Float64Array,
  rng: Rng,
  directions: number,
): CentralFlow {
  const count = start.length;
  const product = createProduct(full, count);
  const normal = createNormal(rng);
  const vectors = (size: number) => Array.from({ length: size }, () => new Float64Array(count));
  const w = start.slice();
  const [u1, u2, h1, h2, gradient, point, middle, diagonal] = vectors(8);
  /** ∇(u₁ᵀHu₁), ∇(u₁ᵀHu₂), ∇(u₂ᵀHu₂). */
  const slopes = vectors(3);
  const gram = new Float64Array(9);
  const x: Symmetric = [0, 0, 0];
  let [lambda1, lambda2] = [NaN, NaN];
  for (let i = 0; i < count; i++) {
    u1[i] = normal();
    u2[i] = normal();
  }

  /** A step of orthogonal iteration, with the eigenvectors of H within the plane it spans. */
  function iterate(): void {
    if (!Number.isNaN(lambda1)) {
      u1.set(h1);
      u2.set(h2);
    }
    const length = Math.sqrt(squareNorm(u1));
    for (let i = 0; i < count; i++) u1[i] /= length;
    addTo(u2, u1, -dot(u1, u2));
    const rest = Math.sqrt(squareNorm(u2));
    if (rest > 0) for (let i = 0; i < count; i++) u2[i] /= rest;
    product(w, u1, h1);
    product(w, u2, h2);
    const [a, b, d] = [dot(u1, h1), dot(u1, h2), dot(u2, h2)];
    const radius = Math.sqrt(((a - d) / 2) ** 2 + b * b);
    lambda1 = (a + d) / 2 + radius;
    lambda2 = (a + d) / 2 - radius;
    // Direction of the larger eigenvalue within the plane.
    let [c, s] = a >= d ? [lambda1 - d, b] : [b, lambda1 - a];
    const size = Math.sqrt(c * c + s * s);
    [c, s] = size > 0 ? [c / size, s / size] : [1, 0];
    for (let i = 0; i < count; i++) {
      const [p, q] = [u1[i], u2[i]];
      u1[i] = c * p + s * q;
      u2[i] = c * q - s * p;
      const [hp, hq] = [h1[i], h2[i]];
      h1[i] = c * hp + s * hq;
      h2[i] = c * hq - s * hp;
    }
  }

  /** ∇(uᵀHu) at w for |u| = 1: second difference of gradients. */
  function slopeAlong(u: Float64Array, into: Float64Array): void {
    const h = 1e-3 * (1 + Math.sqrt(squareNorm(w) / count));
    for (let i = 0; i < count; i++) point[i] = w[i] + h * u[i];
    full(point, into);
    for (let i = 0; i < count; i++) point[i] = w[i] - h * u[i];
    full(point, middle);
    for (let i = 0; i < count; i++) into[i] = (into[i] - 2 * gradient[i] + middle[i]) / (h * h);
  }

  /** Finds X for an Euler step of η dt, and adds ½ Σ X ∇(uᵀHu) to the gradient. */
  function correct(rate: number, dt: number): void {
    slopeAlong(u1, slopes[0]);
    const two = directions > 1 && lambda2 > (CRITICAL * 2) / rate;
    if (two) {
      slopeAlong(u2, slopes[2]);
      for (let i = 0; i < count; i++) diagonal[i] = (u1[i] + u2[i]) * Math.SQRT1_2;
      slopeAlong(diagonal, slopes[1]);
      for (let i = 0; i < count; i++) slopes[1][i] -= (slopes[0][i] + slopes[2][i]) / 2;
    } else {
      slopes[1].fill(0);
      slopes[2].fill(0);
    }
    const room = 2 / rate;
    const r: Symmetric = [
      lambda1 - room - rate * dt * dot(slopes[0], gradient),
      -rate * dt * dot(slopes[1], gradient),
      two ? lambda2 - room - rate * dt * dot(slopes[2], gradient) : 0,
    ];
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) gram[3 * i + j] = 0.5 * rate * dt * dot(slopes[i], slopes[j]);
    if (!two) x[1] = x[2] = 0;
    solveComplementarity(gram, r, x);
    for (let i = 0; i < 3; i++) addTo(gradient, slopes[i], (i === 1 ? 1 : 0.5) * x[i]);
  }

  return {
    point: w,
    get sharpness() {
      return lambda1;
    },
    get variance() {
      return x[0] + x[2];
    },
    *step(rate, parts) {
      let loss = NaN;
      const dt = 1 / parts;
      for (let part = 0; part < parts; part++) {
        const critical = (CRITICAL * 2) / rate;
        if (Number.isNaN(lambda1)) for (let k = 0; k < FIRST_ITERATIONS; k++) iterate();
        else for (let k = lambda1 > NEAR * critical ? 0 : 1; k < ITERATIONS; k++) iterate();
        const value = full(w, gradient);
        if (part === 0) loss = value;
        if (lambda1 > critical) correct(rate, dt);
        else x.fill(0);
        addTo(w, gradient, -rate * dt);
        yield 0;
      }
      return loss;
    },
  };
}
