/** The letters of the knapsack CSV: delimiter, quoted cells, numbered lines, lines of a key. */

/** What stands in `key,value` lines above the header. */
export type Key = 'title' | 'kind' | 'capacity' | 'gamma' | 'weights' | 'pair';

const KEYS: readonly [RegExp, Key][] = [
  [/^(title)$/, 'title'],
  [/^(kind)$/, 'kind'],
  [/^(capacity|capacities)$/, 'capacity'],
  [/^(gamma|γ)$/, 'gamma'],
  [/^element[ _-]?weights?$/, 'weights'],
  [/^(pair)$/, 'pair'],
];

const keyOf = (word: string): Key | null =>
  KEYS.find(([pattern]) => pattern.test(word.trim().toLowerCase()))?.[1] ?? null;

/** Free text above the header; `#` alone may be the heading of a column of numbers. */
export const isComment = (line: string): boolean => /^\s*#\s*[^\s,;\t]/.test(line);

const SIGNS = [',', ';', '\t'] as const;
const KEYED = /^\s*#?\s*"?([^,;:=\t"]{1,24})"?\s*([,;:=\t])/;

/** The sign after the first key; without one, the most frequent of the first line with any. */
export function delimiterOf(text: string): string {
  for (const line of text.slice(0, 4096).split('\n')) {
    const [, word, sign] = KEYED.exec(line) ?? [];
    if (word !== undefined && keyOf(word)) {
      if (sign === ':' || sign === '=') continue;
      return sign;
    }
    if (isComment(line) || !/[,;\t]/.test(line)) continue;
    const counts = SIGNS.map((candidate) => line.split(candidate).length);
    return SIGNS[counts.indexOf(Math.max(...counts))];
  }
  return ',';
}

/** At most `limit` cells of one line; quotes double inside quoted text. */
export function splitLine(line: string, delimiter: string, limit: number): string[] {
  if (!line.includes('"')) return line.split(delimiter, limit).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  // What was quoted keeps its outer spaces.
  let closed = false;
  const end = (): void => {
    cells.push(closed ? cell : cell.trim());
    cell = '';
    closed = false;
  };
  for (let i = 0; i < line.length && cells.length < limit; i++) {
    const sign = line[i];
    if (sign === '"') {
      if (quoted && line[i + 1] === '"') {
        cell += '"';
        i++;
      } else {
        if (!quoted && cell.trim() === '') cell = '';
        closed = quoted;
        quoted = !quoted;
      }
    } else if (sign === delimiter && !quoted) end();
    else if (quoted || !closed || sign.trim() !== '') cell += sign;
  }
  if (cells.length < limit) end();
  return cells;
}

/** The cells without empty ones at the end, as spreadsheets fill lines up; in place. */
export function filled(cells: string[]): string[] {
  while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
  return cells;
}

/** The cell of a text, quoted where it must be. */
export const quote = (text: string): string =>
  /[",;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Lines with their 1-based number, empty ones left out; one at a time, so that a cap can stop. */
export function* linesOf(text: string): Generator<[line: string, number: number]> {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let number = 1; start <= text.length; number++) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, end);
    if (line.trim() !== '') yield [line, number];
    start = end + 1;
  }
}

export interface Keyed {
  key: Key;
  /** Without empty ones at the end, at most the limit. */
  values: string[];
}

/** A line `key,value,…`, `key: value …` or either behind `#`; null when it is none. */
export function keyedLine(line: string, delimiter: string, limit: number): Keyed | null {
  const match = KEYED.exec(line);
  const key = keyOf(match?.[1] ?? line.slice(0, 32).replace(/^\s*#/, ''));
  if (!key) return null;
  if (match && (match[2] === ':' || match[2] === '=')) {
    const rest = line.slice(match[0].length).trim();
    const whole = key === 'title' || key === 'kind';
    return { key, values: filled(whole ? [rest] : rest.split(/\s*[,;]\s*|\s+/, limit)) };
  }
  return { key, values: filled(splitLine(line, delimiter, limit + 1).slice(1)) };
}
