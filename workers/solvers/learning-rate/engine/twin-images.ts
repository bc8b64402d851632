/** The kernels for images in plain TypeScript, operation for operation. */
import type { Kernels } from './kernels.ts';

type ImageKernels = Pick<Kernels, 'patches' | 'patchesBackward' | 'maxPool' | 'maxPoolBackward'>;

/** Memory as the twin has it: one number for each four bytes of address. */
interface Memory {
  readonly values: Float32Array | Float64Array;
  readonly words: Uint32Array;
}

/** Where the pixel at a place (0 … 8) around (i, j) is, in pixels from the image's first; −1 outside. */
function around(height: number, width: number, i: number, j: number, place: number): number {
  const y = i + ((place / 3) | 0) - 1;
  const x = j + (place % 3) - 1;
  return y >= 0 && y < height && x >= 0 && x < width ? y * width + x : -1;
}

export function imageTwin(memory: Memory): ImageKernels {
  return {
    patches(images, height, width, channels, x, into) {
      const { values: v } = memory;
      let to = into / 4;
      for (let b = 0; b < images; b++)
        for (let i = 0; i < height; i++)
          for (let j = 0; j < width; j++)
            for (let place = 0; place < 9; place++) {
              const pixel = around(height, width, i, j, place);
              const from = x / 4 + (b * height * width + pixel) * channels;
              for (let c = 0; c < channels; c++, to++) v[to] = pixel < 0 ? 0 : v[from + c];
            }
    },
    patchesBackward(images, height, width, channels, slopes, dx, accumulate) {
      const { values: v } = memory;
      if (!accumulate) v.fill(0, dx / 4, dx / 4 + images * height * width * channels);
      let from = slopes / 4;
      for (let b = 0; b < images; b++)
        for (let i = 0; i < height; i++)
          for (let j = 0; j < width; j++)
            for (let place = 0; place < 9; place++, from += channels) {
              const pixel = around(height, width, i, j, place);
              if (pixel < 0) continue;
              const to = dx / 4 + (b * height * width + pixel) * channels;
              for (let c = 0; c < channels; c++) v[to + c] += v[from + c];
            }
    },
    maxPool(images, height, width, channels, x, y, places) {
      const { values: v, words } = memory;
      let to = 0;
      for (let b = 0; b < images; b++)
        for (let i = 0; i + 1 < height; i += 2)
          for (let j = 0; j + 1 < width; j += 2)
            for (let c = 0; c < channels; c++, to++) {
              const from = x / 4 + ((b * height + i) * width + j) * channels + c;
              const at = (k: number): number => v[from + ((k & 1) + (k >> 1) * width) * channels];
              let place = 0;
              for (let k = 1; k < 4; k++) if (at(k) > at(place)) place = k;
              v[y / 4 + to] = at(place);
              words[places / 4 + to] = place;
            }
    },
    maxPoolBackward(images, height, width, channels, dy, places, dx) {
      const { values: v, words } = memory;
      v.fill(0, dx / 4, dx / 4 + images * height * width * channels);
      let from = 0;
      for (let b = 0; b < images; b++)
        for (let i = 0; i + 1 < height; i += 2)
          for (let j = 0; j + 1 < width; j += 2)
            for (let c = 0; c < channels; c++, from++) {
              const place = words[places / 4 + from];
              const x = j + (place & 1);
              const pixel = (b * height + i + (place >> 1)) * width + x;
              v[dx / 4 + pixel * channels + c] = v[dy / 4 + from];
            }
    },
  };
}
