/** Bytes for links: base64url, and deflate with a cap on what it may unfold to. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));

/** RFC 4648 section 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group =
      (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    text += ALPHABET[group >>> 18] + ALPHABET[(group >>> 12) & 63];
    if (left > 1) text += ALPHABET[(group >>> 6) & 63];
    if (left > 2) text += ALPHABET[group & 63];
  }
  return text;
}

/** The bytes, or null for a character or a length that base64url does not have. */
export function fromBase64Url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of text) {
    const value = VALUES.get(character);
    if (value === undefined) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >>> bits) & 0xff;
    }
  }
  return bytes;
}

/** Raw deflate (RFC 1951). */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = await unfold(bytes, new CompressionStream('deflate-raw'), Infinity);
  if (!packed) throw new Error('Deflate failed.');
  return packed;
}

/** The inflated bytes; null when they are not raw deflate or unfold to more than `max` bytes. */
export function inflate(bytes: Uint8Array, max: number): Promise<Uint8Array | null> {
  return unfold(bytes, new DecompressionStream('deflate-raw'), max);
}

/** Reads chunk by chunk, so that a bomb is dropped as soon as it passes the cap. */
async function unfold(
  bytes: Uint8Array,
  through: CompressionStream | DecompressionStream,
  max: number,
): Promise<Uint8Array | null> {
  const writer = through.writable.getWriter();
  // Errors of the writing side show up on the reading side as well.
  const written = writer.write(Uint8Array.from(bytes)).then(() => writer.close());
  written.catch(() => undefined);
  const reader = (through.readable as ReadableStream<Uint8Array>).getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.length;
      if (total > max) {
        await reader.cancel();
        return null;
      }
      chunks.push(value);
    }
    await written;
  } catch {
    return null;
  }
  const all = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
