/** QR codes of links, as one SVG path. The encoder loads when first asked for. */
import { fail, ok, type Result } from '../core/result.ts';

/** Bytes in the largest code (version 40, correction level L). */
export const MAX_QR = 2953;
/** Above this a phone needs a steady hand. */
const DENSE = 1000;

export interface QrCode {
  /** Modules per side, with the quiet zone of 4 on each side. */
  size: number;
  /** SVG path of the dark modules in a `size` × `size` view box; fill it black on white. */
  path: string;
  /** So fine that it must be shown large to be read. */
  dense: boolean;
}

export async function qrCode(text: string): Promise<Result<QrCode>> {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_QR)
    return fail({
      message: `The link has ${bytes} characters; a QR code holds at most ${MAX_QR}.`,
      hint: 'Copy the link or save a file instead.',
    });
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { ecc: bytes > DENSE ? 'L' : 'M', border: 4 });
  return ok({ size, path: pathOf(data), dense: bytes > DENSE });
}

/** One rectangle per run of dark modules in a row. */
function pathOf(modules: readonly (readonly boolean[])[]): string {
  const parts: string[] = [];
  modules.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const start = x;
      while (x < row.length && row[x]) x++;
      parts.push(`M${start} ${y}h${x - start}v1h${start - x}z`);
    }
  });
  return parts.join('');
}
