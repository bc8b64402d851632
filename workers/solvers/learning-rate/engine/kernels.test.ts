import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, tanh } from '../../../../src/core/math.ts';
import { createRng } from '../../../../src/core/rng.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { reserve } from '../../common/wasm.ts';
import { createKernels, type Kernels } from './kernels.ts';
import { createTwin } from './twin.ts';
import { exp32, tanh32 } from './twin-math.ts';
import { twinUpdates, UPDATE_ARRAYS, UPDATE_NAMES, type AnyUpdate } from './twin-updates.ts';

const FLOATS = 16_384;

/**
 * The same work on both, on memory of the same normal deviates times `scale`.
 * @returns where the memories differ first, −1 when they are equal bit for bit.
 */
function both(
  seed: number,
  work: (kernels: Kernels, at: (float: number) => number, words: Uint32Array) => void,
  scale = 1,
): number {
  const run = (kernels: Kernels): Uint32Array => {
    const base = reserve(kernels.memory, 4 * FLOATS);
    const normal = createNormal(createRng(seed));
    const floats = new Float32Array(kernels.memory.buffer, base, FLOATS);
    const words = new Uint32Array(kernels.memory.buffer, base, FLOATS);
    for (let i = 0; i < FLOATS; i++) floats[i] = scale * normal();
    work(kernels, (float) => base + 4 * float, words);
    return words.slice();
  };
  const twin = run(createTwin());
  return run(createKernels()).findIndex((word, i) => word !== twin[i]);
}

const side = fc.integer({ min: 1, max: 21 });

describe('single precision functions', () => {
  it('are as accurate as single precision', () => {
    fc.assert(
      fc.property(fc.float({ min: -80, max: 80, noNaN: true }), (x) => {
        expect(Math.abs(exp32(x) / exp(x) - 1)).toBeLessThan(2e-7);
        expect(Math.abs(tanh32(x) - tanh(x))).toBeLessThan(1.3e-7);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('WebAssembly and the twin agree bit for bit', () => {
  it('in products of any shape, transposed or not', () => {
    fc.assert(
      fc.property(side, side, side, fc.boolean(), fc.boolean(), (m, n, k, turned, accumulate) => {
        const difference = both(m * 1000 + n * 100 + k, (kernels, at) =>
          kernels.gemm(
            m,
            n,
            k,
            at(0),
            turned ? 1 : k + 2,
            turned ? m + 1 : 1,
            at(1000),
            n + 3,
            at(2000),
            n + 1,
            accumulate,
          ),
        );
        expect(difference).toBe(-1);
      }),
    );
  });

  it('in the product that the definition gives', () => {
    fc.assert(
      fc.property(side, side, side, (m, n, k) => {
        const kernels = createKernels();
        const base = reserve(kernels.memory, 4 * FLOATS);
        const v = new Float32Array(kernels.memory.buffer, base, FLOATS);
        const normal = createNormal(createRng(m + n + k));
        for (let i = 0; i < 1000; i++) v[i] = normal();
        kernels.gemm(m, n, k, base, k, 1, base + 2000, n, base + 8000, n, false);
        for (let i = 0; i < m; i++)
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let p = 0; p < k; p++) sum += v[i * k + p] * v[500 + p * n + j];
            expect(v[2000 + i * n + j]).toBeCloseTo(sum, 4);
          }
      }),
    );
  });

  it('in transposes, rows and sums of any shape', () => {
    fc.assert(
      fc.property(side, side, (rows, columns) => {
        const difference = both(rows * 100 + columns, (kernels, at, words) => {
          kernels.transpose(rows, columns, at(0), columns + 2, at(1000));
          kernels.fillRows(rows, columns, at(7), at(2000));
          kernels.sumRows(rows, columns, at(500), at(3000));
          for (let i = 0; i < rows; i++) words[4000 + i] = (i * 7) % 5;
          kernels.gather(rows, columns, at(0), at(4000), at(5000));
        });
        expect(difference).toBe(-1);
      }),
    );
  });

  it.each(['tanhForward', 'reluForward', 'geluForward'] as const)('in %s', (name) => {
    for (const scale of [0.1, 1, 30]) {
      const difference = both(
        3,
        (kernels, at) => kernels[name](3001, at(0), at(4000), at(8000)),
        scale,
      );
      expect(difference).toBe(-1);
    }
  });

  it('in sums, products and copies of whole buffers', () => {
    const difference = both(4, (kernels, at) => {
      kernels.add(1000, at(0), at(1000));
      kernels.multiply(1000, at(2000), at(3000));
      kernels.copy(777, at(4000), at(100));
      kernels.clear(333, at(6000));
    });
    expect(difference).toBe(-1);
  });

  it.each(UPDATE_NAMES)('in steps of %s', (name) => {
    const arrays = UPDATE_ARRAYS[name];
    const constants = twinUpdates[name].length - arrays;
    const share = fc.constantFrom(1e-8, 0.125, 0.9, 0.99);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer(),
        fc.array(share, { minLength: constants - 1, maxLength: constants - 1 }),
        (pairs, seed, shares) => {
          const difference = both(pairs, (kernels, at, words) => {
            const normal = createNormal(createRng(seed));
            const count = 2 * pairs;
            const doubles = new Float64Array(words.buffer, words.byteOffset, arrays * count);
            // Roots are taken of all but x and g; some coordinates have no gradient yet.
            for (let i = 0; i < doubles.length; i++)
              doubles[i] = i < 2 * count ? normal() : Math.abs(normal());
            for (let k = 1; k < arrays; k++) doubles[k * count + (seed & 1)] = 0;
            const addresses = Array.from({ length: arrays }, (_, k) => at(2 * k * count));
            const update = kernels[name] as AnyUpdate<number>;
            for (let step = 1; step < 4; step++) update(count, ...addresses, 0.1 / step, ...shares);
          });
          expect(difference).toBe(-1);
        },
      ),
    );
  });

  it('in neighbourhoods and maxima of images of any size', () => {
    const few = fc.integer({ min: 1, max: 9 });
    const channels = fc.constantFrom(1, 2, 3, 4, 8);
    fc.assert(
      fc.property(few, few, channels, fc.boolean(), (height, width, depth, accumulate) => {
        const size = 2 * height * width * depth;
        const pooled = 4 * Math.ceil(depth / 4);
        const difference = both(size, (kernels, at) => {
          kernels.patches(2, height, width, depth, at(0), at(2000));
          kernels.patchesBackward(2, height, width, depth, at(2000), at(14_600), accumulate);
          kernels.maxPool(1, height, width, pooled, at(5), at(2000), at(3000));
          kernels.maxPoolBackward(1, height, width, pooled, at(7), at(3000), at(4000));
        });
        expect(difference).toBe(-1);
      }),
    );
  });

  it('in logarithms of any size', () => {
    const { log } = createKernels();
    const twin = createTwin();
    fc.assert(
      fc.property(
        fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
        fc.double({ min: 1, max: 1e3, noNaN: true }),
        (a, b) => {
          for (const x of [a, b, Math.fround(b)]) {
            expect(log(x)).toBe(twin.log(x));
            const truth = Math.log(x);
            expect(Math.abs(log(x) - truth)).toBeLessThanOrEqual(5e-16 * Math.abs(truth));
          }
        },
      ),
      { numRuns: 2000 },
    );
    for (const x of [0, 1, -1, NaN, Infinity, -Infinity]) expect(log(x)).toBe(Math.log(x));
  });

  it('in squared errors', () => {
    const difference = both(5, (kernels, at, words) => {
      const loss = kernels.squaredError(1001, at(0), at(2000));
      new Float64Array(words.buffer, at(4000), 1)[0] = loss;
    });
    expect(difference).toBe(-1);
  });

  it('in softmax cross-entropy of any number of classes', () => {
    fc.assert(
      fc.property(side, fc.integer({ min: 2, max: 70 }), (rows, columns) => {
        const difference = both(
          rows + 31 * columns,
          (kernels, at, words) => {
            for (let i = 0; i < rows; i++) words[9000 + i] = (i * 13) % columns;
            const loss = kernels.crossEntropy(rows, columns, at(0), at(9000));
            new Float64Array(words.buffer, at(9500), 1)[0] = loss;
          },
          5,
        );
        expect(difference).toBe(-1);
      }),
    );
  });
});
