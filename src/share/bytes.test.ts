import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflate, fromBase64Url, inflate, toBase64Url } from './bytes.ts';

describe('base64url', () => {
  it('is what Node writes, and reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it.each(['A', 'AA=', 'A+BC', 'AB C', 'ABé'])('refuses %j', (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });
});

describe('deflate', () => {
  it('round-trips', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(await inflate(await deflate(bytes), 2000)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it('drops a bomb at the cap', async () => {
    const bomb = deflateRawSync(new Uint8Array(200_000_000));
    expect(bomb.length).toBeLessThan(250_000);
    expect(await inflate(bomb, 4_000_000)).toBeNull();
    expect(await inflate(deflateRawSync(new Uint8Array(4_000_000)), 4_000_000)).toHaveLength(
      4_000_000,
    );
  });

  it('refuses what is cut off, followed by more, or no deflate at all', async () => {
    const good = await deflate(new TextEncoder().encode('incumbent '.repeat(20)));
    expect(await inflate(good.subarray(0, good.length - 3), 1000)).toBeNull();
    expect(await inflate(Uint8Array.of(7, 7, 7, 7), 1000)).toBeNull();
    expect(await inflate(new Uint8Array(0), 1000)).toBeNull();
  });
});
