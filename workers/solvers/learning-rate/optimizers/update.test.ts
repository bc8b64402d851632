import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../src/core/rng.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { UPDATE_ARRAYS, UPDATE_NAMES, twinUpdates } from '../engine/twin-updates.ts';
import { createUpdate, type Update } from './update.ts';

/** Three steps in kernels or not; parameters and arrays after them. */
function steps(
  name: (typeof UPDATE_NAMES)[number],
  x: Float64Array,
  seed: number,
  taken: { from: number; rows: number; columns: number }[],
  inKernels: boolean,
) {
  const normal = createNormal(createRng(seed));
  const update = createUpdate(name, x.length, taken, inKernels) as unknown as Update<'sgd'> & {
    run(x: Float64Array, g: Float64Array, ...constants: number[]): void;
  };
  const constants = Array<number>(twinUpdates[name].length - UPDATE_ARRAYS[name]).fill(0.01);
  const after = x.slice();
  for (const array of update.arrays)
    for (let i = 0; i < array.length; i++) array[i] = Math.abs(normal());
  for (let step = 0; step < 3; step++) update.run(after, x.map(normal), ...constants);
  return { after, arrays: update.arrays };
}

describe('an update', () => {
  it.each(UPDATE_NAMES)('%s is the same in kernels and out of them, for any count', (name) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.integer(), (count, seed) => {
        const x = Float64Array.from({ length: count }, createNormal(createRng(seed)));
        expect(steps(name, x, seed, [], true)).toEqual(steps(name, x, seed, [], false));
      }),
      { numRuns: 30 },
    );
  });

  it.each([true, false])('leaves the matrices of others alone (in kernels: %s)', (inKernels) => {
    const x = Float64Array.from({ length: 20 }, createNormal(createRng(1)));
    const taken = [
      { from: 3, rows: 2, columns: 2 },
      { from: 11, rows: 1, columns: 3 },
    ];
    const others = [...x.keys()].filter((i) => (i >= 3 && i < 7) || (i >= 11 && i < 14));
    const { after, arrays } = steps('adam', x, 2, taken, inKernels);
    expect(arrays.map(({ length }) => length)).toEqual([13, 13]);
    for (const i of x.keys()) expect(after[i] === x[i]).toBe(others.includes(i));
  });
});
