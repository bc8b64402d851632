import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../core/result.ts';
import { MAX_QR, qrCode } from './qr.ts';

/** The modules a path fills. */
function raster(size: number, path: string): boolean[][] {
  const grid = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let i = 0; i < Number(width); i++) grid[Number(y)][Number(x) + i] = true;
  return grid;
}

describe('qrCode', () => {
  it('draws every dark module once, inside a quiet zone of four', async () => {
    const text = 'https://example.org/#/tsp/uniform?n=200&seed=7';
    const { size, path, dense } = unwrap(await qrCode(text));
    expect(dense).toBe(false);
    const grid = raster(size, path);
    expect(grid).toEqual(encode(text, { ecc: 'M', border: 4 }).data);
    for (let i = 0; i < size; i++)
      for (const edge of [0, 3, size - 4, size - 1]) {
        expect(grid[edge][i]).toBe(false);
        expect(grid[i][edge]).toBe(false);
      }
    // The three finder patterns.
    for (const [x, y] of [
      [4, 4],
      [size - 11, 4],
      [4, size - 11],
    ])
      expect(grid[y].slice(x, x + 7)).toEqual(new Array(7).fill(true));
  });

  it('holds a link up to its capacity and says when it is too long', async () => {
    expect(unwrap(await qrCode('a'.repeat(MAX_QR)))).toMatchObject({ size: 177 + 8, dense: true });
    expect(await qrCode('a'.repeat(MAX_QR + 1))).toMatchObject({
      ok: false,
      issues: [{ message: 'The link has 2954 characters; a QR code holds at most 2953.' }],
    });
  });
});
