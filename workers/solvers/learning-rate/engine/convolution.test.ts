import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../../../src/core/rng.ts';
import { convolutionOf } from '../../../../src/problems/learning-rate/convolution.ts';
import { samplesOf } from '../../../../src/problems/learning-rate/data.ts';
import { loadDigits } from '../../../../src/problems/learning-rate/digits.ts';
import { objectiveOf } from '../../../../src/problems/learning-rate/model.ts';
import { createNormal } from '../../../../src/problems/learning-rate/random.ts';
import { makeTask } from '../../../../src/problems/learning-rate/tasks.ts';
import { createConvolutional, initialConvolution } from './convolution.ts';
import { createKernels } from './kernels.ts';
import { createTwin } from './twin.ts';

const task = makeTask('digits', {
  network: 'convolution',
  channels: '4',
  activation: 'tanh',
  samples: 40,
});
const layout = convolutionOf(task)!;
// Away from biases of 0, where empty pixels are as large as those outside: maxima have a kink there.
const noise = createNormal(createRng(5));
const parameters = initialConvolution(layout, 2, createRng(6)).map((x) => x + 0.05 * noise());

beforeAll(loadDigits);

describe('the convolutional network', () => {
  it('has the loss that the definition gives, and its slope along any direction', () => {
    const { validation } = samplesOf(task);
    const size = validation.count;
    const rows = Uint32Array.from({ length: size }, (_, i) => i);
    const engine = createConvolutional(createKernels(), layout, validation, size);
    const gradient = new Float64Array(layout.count);
    expect(engine(parameters, rows, gradient)).toBeCloseTo(objectiveOf(task, parameters), 5);
    const normal = createNormal(createRng(1));
    const direction = gradient.map(() => normal());
    const slope = gradient.reduce((sum, g, i) => sum + g * direction[i], 0);
    const at = (h: number): number =>
      objectiveOf(
        task,
        parameters.map((x, i) => x + h * direction[i]),
      );
    // So small a change that hardly a maximum changes hands.
    const measured = (at(1e-7) - at(-1e-7)) / 2e-7;
    expect(Math.abs(slope - measured)).toBeLessThan(1e-4 * Math.max(1, Math.abs(measured)));
  });

  it('gives the same bits in WebAssembly and in the twin', () => {
    const { train } = samplesOf(task);
    const rows = Uint32Array.of(3, 17, 39);
    const [a, b] = [createKernels(), createTwin()].map((kernels) => {
      const gradient = new Float64Array(layout.count);
      return {
        loss: createConvolutional(kernels, layout, train, 3)(parameters, rows, gradient),
        gradient,
      };
    });
    expect(a).toEqual(b);
  });
});
