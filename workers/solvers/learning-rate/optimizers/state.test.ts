import { describe, expect, it } from 'vitest';
import { defaultParams } from '../../../../src/core/params.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { solvers } from '../../../../src/problems/learning-rate/solvers.ts';
import * as optimizers from './index.ts';
import { copyState, writeState } from '../checkpoint.ts';
import { stateBytes, type MakeOptimizer, type Setting } from './optimizer.ts';

const table: Readonly<Record<string, MakeOptimizer<never>>> = optimizers as never;
const camel = (id: string) => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const COUNT = 62;

/** Slope of Σ c (x − 1)² + x⁴ / 4, with entries that differ. */
const gradientAt = (x: Float64Array, g: Float64Array): number => {
  let loss = 0;
  for (let i = 0; i < COUNT; i++) {
    const away = x[i] - 1;
    const c = 0.5 + (i % 7) / 3;
    g[i] = 2 * c * away + x[i] * x[i] * x[i];
    loss += c * away * away + (x[i] * x[i] * x[i] * x[i]) / 4;
  }
  return loss;
};

/** Matrices of 4 × 6 and 6 × 5 (hidden) with biases of 3 and 5 behind them. */
function setting(): Setting {
  const normalLike = Float64Array.from({ length: COUNT }, (_, i) => ((i * 37) % 19) / 10 - 0.9);
  return {
    start: normalLike,
    decayed: new Uint8Array(COUNT).fill(1, 0, 24),
    hidden: [{ from: 27, rows: 6, columns: 5 }],
    matrices: [
      { from: 0, rows: 4, columns: 6 },
      { from: 27, rows: 6, columns: 5 },
    ],
    steps: 100,
    oracle: { again: gradientAt, next: gradientAt },
    rng: createRng(7),
  };
}

/** Settings that make rare events happen within the test. */
const often: Readonly<Record<string, object>> = {
  spam: { interval: 5, warmup: 3 },
  apollo: { renew: 4 },
  'apollo-mini': { renew: 4 },
  shampoo: { statistics: 2, roots: 3 },
  'shampoo-4bit': { statistics: 2, roots: 3 },
  cosmos: { rank: 2 },
  optex: { history: 6, workers: 3 },
  eggroll: { population: 6 },
};

/** All but the flow, which is no optimizer. */
const ids = solvers.map(({ id }) => id).filter((id) => id !== 'central-flow');

describe('the state of an optimizer', () => {
  it.each(ids)('of %s is all that it goes on from', (id) => {
    const info = solvers.find((solver) => solver.id === id)!;
    const params = { ...defaultParams(info.params), ...often[id] } as never;
    const optimizer = table[camel(id)](params, setting());
    const x = setting().start.slice();
    const g = new Float64Array(COUNT);
    const go = (steps: number) => {
      for (let t = 0; t < steps; t++) {
        gradientAt(x, g);
        optimizer.step(x, g, 0.02);
      }
      return { x: x.slice(), average: optimizer.average?.slice(), fast: optimizer.fast?.slice() };
    };
    go(7);
    const saved = { x: x.slice(), state: copyState(optimizer.state) };
    const first = go(9);
    expect(first.x).not.toEqual(saved.x);
    x.set(saved.x);
    writeState(optimizer.state, saved.state);
    expect(go(9)).toEqual(first);
    expect(first.x.every(Number.isFinite)).toBe(true);
    expect(stateBytes(optimizer)).toBe(
      saved.state.reduce((sum, array) => sum + array.byteLength, 0),
    );
  });

  it.each([
    ['sgd', 0],
    ['momentum', 8],
    ['adam', 16],
    ['amsgrad', 24],
    ['lion', 8],
    ['prodigy', 32],
  ] as const)('of %s takes %i bytes a parameter', (id, bytes) => {
    const info = solvers.find((solver) => solver.id === id)!;
    const optimizer = table[camel(id)](defaultParams(info.params) as never, setting());
    const extra = stateBytes(optimizer) - bytes * COUNT;
    expect(extra).toBeGreaterThanOrEqual(0);
    expect(extra).toBeLessThanOrEqual(32);
  });

  it('of APOLLO-mini and 4-bit Shampoo is far below that of what they stand for', () => {
    const side = 64;
    const matrix = { from: 0, rows: side, columns: side };
    const big = { ...setting(), start: new Float64Array(side * side), matrices: [matrix] };
    const bytesOf = (id: string) => {
      const info = solvers.find((solver) => solver.id === id)!;
      return stateBytes(table[camel(id)](defaultParams(info.params) as never, big));
    };
    expect(bytesOf('apollo-mini')).toBeLessThan(bytesOf('adam') / 50);
    const sides = (id: string) => bytesOf(id) - bytesOf('adam');
    expect(sides('shampoo-4bit')).toBeLessThan(sides('shampoo') / 10);
  });
});
