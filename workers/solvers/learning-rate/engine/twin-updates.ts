/**
 * Steps of optimizers on arrays of one length, in plain TypeScript. The kernels of the same names do
 * the same operations in the same order.
 */
import { decay } from '../optimizers/optimizer.ts';

/** x ← x − η g. */
function sgd(x: Float64Array, g: Float64Array, rate: number): void {
  for (let i = 0; i < x.length; i++) x[i] -= rate * g[i];
}

/** v ← μ v + g; x ← x − η v. */
function momentum(
  x: Float64Array,
  g: Float64Array,
  v: Float64Array,
  rate: number,
  mu: number,
): void {
  for (let i = 0; i < x.length; i++) {
    v[i] = mu * v[i] + g[i];
    x[i] -= rate * v[i];
  }
}

/** v ← μ v + g; x ← x − η (g + μ v). */
function nesterov(
  x: Float64Array,
  g: Float64Array,
  v: Float64Array,
  rate: number,
  mu: number,
): void {
  for (let i = 0; i < x.length; i++) {
    v[i] = mu * v[i] + g[i];
    x[i] -= rate * (g[i] + mu * v[i]);
  }
}

/** s ← s + g²; x ← x − η g / (√s + ε). */
function adagrad(
  x: Float64Array,
  g: Float64Array,
  s: Float64Array,
  rate: number,
  epsilon: number,
): void {
  for (let i = 0; i < x.length; i++) {
    s[i] += g[i] * g[i];
    x[i] -= (rate * g[i]) / (Math.sqrt(s[i]) + epsilon);
  }
}

/** v ← α v + (1 − α) g²; x ← x − η g / (√v + ε). */
function rmsprop(
  x: Float64Array,
  g: Float64Array,
  v: Float64Array,
  rate: number,
  smoothing: number,
  epsilon: number,
): void {
  for (let i = 0; i < x.length; i++) {
    v[i] = smoothing * v[i] + (1 - smoothing) * g[i] * g[i];
    x[i] -= (rate * g[i]) / (Math.sqrt(v[i]) + epsilon);
  }
}

/** m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − η (m · first) / (√(v · second) + ε). */
function adam(
  x: Float64Array,
  g: Float64Array,
  m: Float64Array,
  v: Float64Array,
  rate: number,
  beta1: number,
  beta2: number,
  first: number,
  second: number,
  epsilon: number,
): void {
  for (let i = 0; i < x.length; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    x[i] -= (rate * (m[i] * first)) / (Math.sqrt(v[i] * second) + epsilon);
  }
}

/** x ← (1 − shrink) x where weight decay applies, then Adam's step. */
function adamw(
  x: Float64Array,
  g: Float64Array,
  decayed: Float64Array,
  m: Float64Array,
  v: Float64Array,
  rate: number,
  shrink: number,
  beta1: number,
  beta2: number,
  first: number,
  second: number,
  epsilon: number,
): void {
  decay(x, decayed, shrink);
  adam(x, g, m, v, rate, beta1, beta2, first, second, epsilon);
}

/** Adam's step with the largest v so far in place of v. */
function amsgrad(
  x: Float64Array,
  g: Float64Array,
  m: Float64Array,
  v: Float64Array,
  largest: Float64Array,
  rate: number,
  beta1: number,
  beta2: number,
  first: number,
  second: number,
  epsilon: number,
): void {
  for (let i = 0; i < x.length; i++) {
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    if (v[i] > largest[i]) largest[i] = v[i];
    x[i] -= (rate * (m[i] * first)) / (Math.sqrt(largest[i] * second) + epsilon);
  }
}

/**
 * g cut to √(θ v), then m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − η m / (√v + ε). An
 * infinite θ cuts nothing.
 */
function spam(
  x: Float64Array,
  g: Float64Array,
  m: Float64Array,
  v: Float64Array,
  rate: number,
  beta1: number,
  beta2: number,
  threshold: number,
  epsilon: number,
): void {
  for (let i = 0; i < x.length; i++) {
    const limit = threshold * v[i];
    if (g[i] * g[i] > limit) g[i] = Math.sign(g[i]) * Math.sqrt(limit);
    m[i] = beta1 * m[i] + (1 - beta1) * g[i];
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    x[i] -= (rate * m[i]) / (Math.sqrt(v[i]) + epsilon);
  }
}

/** x ← (1 − shrink) x − η sign(β₁ m + (1 − β₁) g); m ← β₂ m + (1 − β₂) g. */
function lion(
  x: Float64Array,
  g: Float64Array,
  decayed: Float64Array,
  m: Float64Array,
  rate: number,
  shrink: number,
  beta1: number,
  beta2: number,
): void {
  decay(x, decayed, shrink);
  for (let i = 0; i < x.length; i++) {
    x[i] -= rate * Math.sign(beta1 * m[i] + (1 - beta1) * g[i]);
    m[i] = beta2 * m[i] + (1 - beta2) * g[i];
  }
}

/** z ← z − η (g + λ y); x ← x + c (z − x); y ← (1 − β) z + β x, where x is the average. */
function scheduleFreeSgd(
  y: Float64Array,
  g: Float64Array,
  decayed: Float64Array,
  z: Float64Array,
  average: Float64Array,
  rate: number,
  lambda: number,
  c: number,
  beta: number,
): void {
  for (let i = 0; i < y.length; i++) {
    z[i] -= rate * (g[i] + lambda * decayed[i] * y[i]);
    average[i] += c * (z[i] - average[i]);
    y[i] = (1 - beta) * z[i] + beta * average[i];
  }
}

/** The same with g / (√v + ε) for g, where v ← β₂ v + (1 − β₂) g². */
function scheduleFreeAdamw(
  y: Float64Array,
  g: Float64Array,
  decayed: Float64Array,
  z: Float64Array,
  average: Float64Array,
  v: Float64Array,
  rate: number,
  lambda: number,
  c: number,
  beta1: number,
  beta2: number,
  epsilon: number,
): void {
  for (let i = 0; i < y.length; i++) {
    v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    const change = g[i] / (Math.sqrt(v[i]) + epsilon) + lambda * decayed[i] * y[i];
    z[i] -= rate * change;
    average[i] += c * (z[i] - average[i]);
    y[i] = (1 - beta1) * z[i] + beta1 * average[i];
  }
}

/** By the names of the kernels. */
export const twinUpdates = {
  sgd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adam,
  adamw,
  amsgrad,
  spam,
  lion,
  scheduleFreeSgd,
  scheduleFreeAdamw,
};

export type UpdateName = keyof typeof twinUpdates;
export const UPDATE_NAMES = Object.keys(twinUpdates) as UpdateName[];

/** How many arrays an update takes, x and g among them; constants follow them. */
export const UPDATE_ARRAYS: Readonly<Record<UpdateName, number>> = {
  sgd: 2,
  momentum: 3,
  nesterov: 3,
  adagrad: 3,
  rmsprop: 3,
  adam: 4,
  adamw: 5,
  amsgrad: 5,
  spam: 4,
  lion: 4,
  scheduleFreeSgd: 5,
  scheduleFreeAdamw: 6,
};

type Arguments<Name extends UpdateName> = Parameters<(typeof twinUpdates)[Name]>;
type AfterArrays<List extends readonly unknown[]> = List extends [Float64Array, ...infer Rest]
  ? AfterArrays<Rest>
  : List;

/** What an update takes after its arrays. */
export type Constants<Name extends UpdateName> = AfterArrays<Arguments<Name>>;

type Numbers<List extends readonly unknown[]> = { [Key in keyof List]: number };

/** Kernels: an even count of doubles, addresses (bytes, divisible by 16) for arrays, constants. */
export type Updates = {
  readonly [Name in UpdateName]: (count: number, ...rest: Numbers<Arguments<Name>>) => void;
};

/** An update whose name is not known before it runs. */
export type AnyUpdate<Array> = (...arraysAndConstants: (Array | number)[]) => void;

/** The twins with the kernels' signatures. @param buffer the memory as it is now. */
export function updateTwin(buffer: () => ArrayBufferLike): Updates {
  const wrap = (name: UpdateName) => {
    const arrays = UPDATE_ARRAYS[name];
    const run = twinUpdates[name] as AnyUpdate<Float64Array>;
    return (count: number, ...rest: number[]) =>
      run(
        ...rest.slice(0, arrays).map((at) => new Float64Array(buffer(), at, count)),
        ...rest.slice(arrays),
      );
  };
  return Object.fromEntries(UPDATE_NAMES.map((name) => [name, wrap(name)])) as unknown as Updates;
}
