import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeImages, encodeImages } from './digit-coding.ts';

describe('coded images', () => {
  it('decode to what they were', () => {
    const images = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 40 }))
      .chain(([side, count]) =>
        fc.tuple(
          fc.constant(side),
          fc.uint8Array({
            max: 15,
            minLength: count * side * side,
            maxLength: count * side * side,
          }),
        ),
      );
    fc.assert(
      fc.property(images, ([side, pixels]) => {
        const coded = encodeImages(pixels, side);
        expect(decodeImages(coded, side, pixels.length / (side * side))).toEqual(pixels);
      }),
    );
  });

  it('are small when pixels are like their neighbours, and carries go through long runs', () => {
    const side = 16;
    const flat = new Uint8Array(100 * side * side).fill(15);
    expect(encodeImages(flat, side).length).toBeLessThan(flat.length / 40);
    expect(decodeImages(encodeImages(flat, side), side, 100)).toEqual(flat);
  });

  it('that are cut off still decode to pixels', () => {
    const pixels = Uint8Array.from({ length: 320 }, (_, i) => (i * 7) % 16);
    const half = encodeImages(pixels, 8).subarray(0, 50);
    const decoded = decodeImages(half, 8, 5);
    expect(decoded.every((pixel) => pixel < 16)).toBe(true);
  });
});
