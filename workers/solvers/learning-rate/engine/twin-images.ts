/** The kernels for images in plain TypeScript, operation for operation. */
import type { Kernels } from './kernels.ts';

type ImageKernels = Pick<Kernels, 'patches' | 'patchesBackward' | 'maxPool' | 'maxPoolBackward'>;

/** Memory as the twin has it: one number for each four bytes of address. */
interface Memory {
  readonly values: Float32Array | Float64Array;
  readonly words: Uint32Array;
}

/** Pixels (i, j) and those around them: where each is, and its place among the nine. */
function visit(
  height: number,
  width: number,
  channels: number,
  body: (pixel: number, place: number) => void,
): void {
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      for (let place = 0; place < 9; place++) {
        const y = i + Math.floor(place / 3) - 1;
        const x = j + (place % 3) - 1;
        const inside = y >= 0 && y < height && x >= 0 && x < width;
        body(inside ? (y * width + x) * channels : -1, (i * width + j) * 9 + place);
      }
}

export function imageTwin(memory: Memory): ImageKernels {
  return {
    patches(images, height, width, channels, x, into) {
      const { values: v } = memory;
      const size = height * width * channels;
      for (let b = 0; b < images; b++)
        visit(height, width, channels, (pixel, place) => {
          const to = into / 4 + 9 * b * size + place * channels;
          const from = x / 4 + b * size + pixel;
          for (let c = 0; c < channels; c++) v[to + c] = pixel < 0 ? 0 : v[from + c];
        });
    },
    patchesBackward(images, height, width, channels, slopes, dx, accumulate) {
      const { values: v } = memory;
      const size = height * width * channels;
      if (!accumulate) v.fill(0, dx / 4, dx / 4 + images * size);
      for (let b = 0; b < images; b++)
        visit(height, width, channels, (pixel, place) => {
          if (pixel < 0) return;
          const from = slopes / 4 + 9 * b * size + place * channels;
          const to = dx / 4 + b * size + pixel;
          for (let c = 0; c < channels; c++) v[to + c] += v[from + c];
        });
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
