/**
 * Images for convolutions: pixel by pixel, row after row, `channels` floats each. A convolution is a
 * matrix product with the 3 × 3 neighbourhoods of all pixels.
 */

/** `size` bytes. */
function move(size: usize, from: usize, into: usize): void {
  let j: usize = 0;
  for (; j + 16 <= size; j += 16) v128.store(into + j, v128.load(from + j));
  for (; j < size; j += 4) store<f32>(into + j, load<f32>(from + j));
}

/** `size` bytes of zeros. */
function blank(size: usize, into: usize): void {
  const zero = f32x4.splat(0);
  let j: usize = 0;
  for (; j + 16 <= size; j += 16) v128.store(into + j, zero);
  for (; j < size; j += 4) store<f32>(into + j, 0);
}

/** into ← into + from, `size` bytes. */
function addTo(size: usize, from: usize, into: usize): void {
  let j: usize = 0;
  for (; j + 16 <= size; j += 16)
    v128.store(into + j, f32x4.add(v128.load(into + j), v128.load(from + j)));
  for (; j < size; j += 4) store<f32>(into + j, load<f32>(into + j) + load<f32>(from + j));
}

/**
 * Rows of 9 · channels floats, one for each pixel of each image: the pixels around it and itself, row
 * after row, 0 outside the image.
 */
export function patches(
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  x: usize,
  into: usize,
): void {
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  let to = into;
  for (let b = 0; b < images; b++) {
    const image = x + <usize>b * <usize>height * line;
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++) {
        const first = max(j - 1, 0);
        const last = min(j + 1, width - 1);
        const before = <usize>(first - j + 1) * pixel;
        const size = <usize>(last - first + 1) * pixel;
        for (let k = i - 1; k <= i + 1; k++) {
          if (k < 0 || k >= height) blank(3 * pixel, to);
          else {
            if (j === 0) blank(pixel, to);
            move(size, image + <usize>k * line + <usize>first * pixel, to + before);
            if (j === width - 1) blank(pixel, to + 2 * pixel);
          }
          to += 3 * pixel;
        }
      }
  }
}

/** The gradient of `patches` by the images, anew or on top of what is there. */
export function patchesBackward(
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  slopes: usize,
  dx: usize,
  accumulate: bool,
): void {
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  if (!accumulate) memory.fill(dx, 0, <usize>images * <usize>height * line);
  let from = slopes;
  for (let b = 0; b < images; b++) {
    const image = dx + <usize>b * <usize>height * line;
    for (let i = 0; i < height; i++)
      for (let j = 0; j < width; j++) {
        const first = max(j - 1, 0);
        const last = min(j + 1, width - 1);
        const before = <usize>(first - j + 1) * pixel;
        const size = <usize>(last - first + 1) * pixel;
        for (let k = i - 1; k <= i + 1; k++) {
          if (k >= 0 && k < height)
            addTo(size, from + before, image + <usize>k * line + <usize>first * pixel);
          from += 3 * pixel;
        }
      }
  }
}

/**
 * The largest of 2 × 2 pixels, channel by channel; a last odd row or column is left out. `places` gets
 * which it was (0 … 3, the first of equals) as 32-bit numbers. `channels` is a multiple of 4.
 */
export function maxPool(
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  x: usize,
  y: usize,
  places: usize,
): void {
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  let to: usize = 0;
  for (let b = 0; b < images; b++)
    for (let i = 0; i + 1 < height; i += 2)
      for (let j = 0; j + 1 < width; j += 2) {
        const from = x + (<usize>b * <usize>height + <usize>i) * line + <usize>j * pixel;
        for (let c: usize = 0; c < pixel; c += 16) {
          let best = v128.load(from + c);
          let place = i32x4.splat(0);
          for (let k = 1; k < 4; k++) {
            const other = v128.load(from + <usize>(k & 1) * pixel + <usize>(k >> 1) * line + c);
            const larger = f32x4.gt(other, best);
            best = v128.bitselect(other, best, larger);
            place = v128.bitselect(i32x4.splat(k), place, larger);
          }
          v128.store(y + to + c, best);
          v128.store(places + to + c, place);
        }
        to += pixel;
      }
}

/** The gradient of `maxPool`: each goes to where the largest was. */
export function maxPoolBackward(
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  dy: usize,
  places: usize,
  dx: usize,
): void {
  const pixel = (<usize>channels) << 2;
  const line = <usize>width * pixel;
  if (((height | width) & 1) !== 0) memory.fill(dx, 0, <usize>images * <usize>height * line);
  let from: usize = 0;
  for (let b = 0; b < images; b++)
    for (let i = 0; i + 1 < height; i += 2)
      for (let j = 0; j + 1 < width; j += 2) {
        const to = dx + (<usize>b * <usize>height + <usize>i) * line + <usize>j * pixel;
        for (let c: usize = 0; c < pixel; c += 16) {
          const slope = v128.load(dy + from + c);
          const place = v128.load(places + from + c);
          for (let k = 0; k < 4; k++)
            v128.store(
              to + <usize>(k & 1) * pixel + <usize>(k >> 1) * line + c,
              v128.and(slope, i32x4.eq(place, i32x4.splat(k))),
            );
        }
        from += pixel;
      }
}
