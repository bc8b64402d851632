/** Methods that use the whole Hessian, for models of few parameters. */
import type {
  DampedNewtonParams,
  SaddleFreeParams,
} from '../../../../src/problems/learning-rate/optimizer-params-further.ts';
import { pow } from '../../../../src/core/math.ts';
import { cholesky, eigenSymmetric, solveCholesky } from './dense.ts';
import type { MakeOptimizer, Setting } from './optimizer.ts';

/**
 * Central differences of the gradient are taken at this distance, times 1 + |x|: near the cube root
 * of the gradient's relative error, which is that of single precision for networks.
 */
const DIFFERENCE = { double: 1e-5, single: 4e-3 };

/** Curvatures below this fraction of the largest count as none: no step along them. */
const FLAT = 1e-12;

/** The batch's Hessian at x, from 2 n gradients, and what it makes of a gradient. */
function createCurvature({ start, matrices, oracle }: Setting) {
  const n = start.length;
  const difference = matrices.length > 0 ? DIFFERENCE.single : DIFFERENCE.double;
  const hessian = new Float64Array(n * n);
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  const point = new Float64Array(n);
  const ahead = new Float64Array(n);
  const behind = new Float64Array(n);
  const factor = new Float64Array(n * n);
  return {
    values,
    vectors,
    measure(x: Float64Array): void {
      point.set(x);
      for (let i = 0; i < n; i++) {
        const h = difference * (1 + Math.abs(x[i]));
        point[i] = x[i] + h;
        const upper = point[i];
        oracle.again(point, ahead);
        point[i] = x[i] - h;
        const width = upper - point[i];
        oracle.again(point, behind);
        point[i] = x[i];
        for (let j = 0; j < n; j++) hessian[i * n + j] = (ahead[j] - behind[j]) / width;
      }
      for (let i = 0; i < n; i++)
        for (let j = 0; j < i; j++) {
          const mean = (hessian[i * n + j] + hessian[j * n + i]) / 2;
          hessian[i * n + j] = mean;
          hessian[j * n + i] = mean;
        }
    },
    /** Eigenvalues and eigenvectors (rows); the Hessian is lost. O(n³). */
    decompose(): void {
      eigenSymmetric(n, hessian, values, vectors);
    },
    /**
     * (H + damping I)⁻¹ g into `direction` when H is positive definite, else false. A ninth of the
     * work of the eigenvectors, which convex problems never need.
     */
    solve(g: Float64Array, damping: number, direction: Float64Array): boolean {
      factor.set(hessian);
      if (!cholesky(n, factor, n)) return false;
      let least = Infinity;
      let most = 0;
      for (let i = 0; i < n; i++) {
        least = Math.min(least, factor[i * n + i]);
        most = Math.max(most, factor[i * n + i]);
      }
      if (least * least < FLAT * most * most) return false;
      if (damping > 0) {
        factor.set(hessian);
        for (let i = 0; i < n; i++) factor[i * n + i] += damping;
        if (!cholesky(n, factor, n)) return false;
      }
      direction.set(g);
      solveCholesky(n, factor, n, direction);
      return true;
    },
    /** ⟨v_k, g⟩. */
    along(k: number, g: Float64Array): number {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += vectors[k * n + j] * g[j];
      return sum;
    },
  };
}

const workOf = (n: number): number => 4 * n * n * n;

/** x ← x − η Σ v ⟨v, g⟩ / (|λ| + δ): Newton's step with the eigenvalues' sizes. */
export const saddleFreeNewton: MakeOptimizer<SaddleFreeParams> = ({ damping }, setting) => {
  const n = setting.start.length;
  const { values, vectors, measure, solve, decompose, along } = createCurvature(setting);
  const direction = new Float64Array(n);
  return {
    state: [],
    gradients: 2 * n + 1,
    work: workOf(n),
    step(x, g, rate) {
      measure(x);
      if (solve(g, damping, direction)) {
        for (let j = 0; j < n; j++) x[j] -= rate * direction[j];
        return rate;
      }
      decompose();
      for (let k = 0; k < n; k++) {
        const size = (rate * along(k, g)) / (Math.abs(values[k]) + damping);
        for (let j = 0; j < n; j++) x[j] -= size * vectors[k * n + j];
      }
      return rate;
    },
  };
};

/**
 * x ← x − η α H⁻¹ g with the local norm r = √|gᵀ H⁻¹ g|: `aicn`, α = 2 / (1 + √(1 + 2 L r)); `root`,
 * α = 1 / (1 + (9 L)^(1/(q−1)) r^((q−2)/(q−1))); `none`, α = 1. Every α tends to 1 as r does to 0 (but
 * for q = 2), and the path does not depend on the coordinates. On a surface that is not convex the
 * method seeks any stationary point.
 */
export const dampedNewton: MakeOptimizer<DampedNewtonParams> = (params, setting) => {
  const { rule, constant, order } = params;
  const n = setting.start.length;
  const { values, vectors, measure, solve, decompose, along } = createCurvature(setting);
  const steps = new Float64Array(n);
  const direction = new Float64Array(n);
  return {
    state: [],
    gradients: 2 * n + 1,
    work: workOf(n),
    step(x, g, rate) {
      measure(x);
      if (solve(g, 0, direction)) {
        let product = 0;
        for (let j = 0; j < n; j++) product += g[j] * direction[j];
        const damped = rate * dampingOf(rule, constant, order, Math.sqrt(Math.max(0, product)));
        for (let j = 0; j < n; j++) x[j] -= damped * direction[j];
        return damped;
      }
      decompose();
      let largest = 0;
      for (let k = 0; k < n; k++) largest = Math.max(largest, Math.abs(values[k]));
      let square = 0;
      for (let k = 0; k < n; k++) {
        const slope = along(k, g);
        steps[k] = Math.abs(values[k]) > FLAT * largest ? slope / values[k] : 0;
        square += slope * steps[k];
      }
      const norm = Math.sqrt(Math.abs(square));
      const damped = rate * dampingOf(rule, constant, order, norm);
      for (let k = 0; k < n; k++)
        for (let j = 0; j < n; j++) x[j] -= damped * steps[k] * vectors[k * n + j];
      return damped;
    },
  };
};

/** α of a local norm r. */
export function dampingOf(
  rule: DampedNewtonParams['rule'],
  constant: number,
  order: number,
  r: number,
): number {
  switch (rule) {
    case 'aicn':
      return 2 / (1 + Math.sqrt(1 + 2 * constant * r));
    case 'root': {
      const power = 1 / (order - 1);
      return 1 / (1 + pow(9 * constant, power) * pow(r, (order - 2) * power));
    }
    case 'none':
      return 1;
  }
}
