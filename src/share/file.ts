/** Documents as files, and files of any kind as text. */
import { printJson } from '../core/print-json.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { writeDocument } from '../problems/document.ts';
import type { AnyFamily } from '../problems/family.ts';
import { refusedSize } from '../problems/open.ts';
import { documentPlaces, partFor, type FilePart } from '../state/persistence.ts';

export interface OutFile {
  name: string;
  text: string;
}

/** The document as its own file, `name.incumbent.json`; `solution` in the family's form, or null. */
export function documentFile(
  document: FilePart,
  family: AnyFamily,
  solution: unknown | null,
): OutFile {
  const part: FilePart = partFor(documentPlaces, document, 'file', true);
  return {
    name: `${fileStem(family.nameOf(part.instance) || family.id)}.incumbent.json`,
    text: `${printJson(writeDocument(part, family, solution))}\n`,
  };
}

/** A name as part of a file name on any system. */
export function fileStem(name: string): string {
  const stem = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ .]+|[ .]+$/g, '')
    .slice(0, 80);
  return stem || 'instance';
}

export const downloadText = (name: string, text: string, type = 'text/plain'): void =>
  downloadBlob(name, new Blob([text], { type }));

/** Hands a file to the browser's downloads. */
export function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // Some browsers begin to read only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A dropped or chosen file's text; its size is refused before a byte is read. */
export async function readFile(file: File): Promise<Result<string>> {
  const refused = refusedSize(file.size);
  if (refused) return fail(refused);
  try {
    return ok(decodeText(new Uint8Array(await file.arrayBuffer())));
  } catch {
    return fail({
      message: `${file.name} cannot be read.`,
      hint: 'Is it a folder, or was it moved? Choose it again.',
    });
  }
}

/** UTF-8, or UTF-16 when a byte order mark says so. */
export function decodeText(bytes: Uint8Array): string {
  const label =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}
