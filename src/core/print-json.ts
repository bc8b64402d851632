/** JSON as a person would lay it out: rows of numbers stay on one line, one row per line. */

const WIDTH = 100;

/**
 * Indented by 2. A list or object of plain values is one line when it fits; a row of a table (a
 * list inside a list: the operations of a job, a line of a matrix) is one line whatever its length;
 * a long list of plain values is wrapped. O(n · depth), for plain data that is not nested deeply.
 */
export function printJson(value: unknown): string {
  return print(value, '', false);
}

function print(value: unknown, indent: string, inList: boolean): string {
  const height = heightOf(value);
  if (height === 0) return scalar(value);
  const isList = Array.isArray(value);
  if (height === 1 || (height === 2 && isList && inList)) {
    const line = compact(value);
    if ((isList && inList) || indent.length + line.length <= WIDTH) return line;
    if (isList && height === 1) return wrap(value, indent);
  }
  const inner = `${indent}  `;
  if (isList)
    return `[\n${value.map((item) => inner + print(item, inner, true)).join(',\n')}\n${indent}]`;
  const members = entriesOf(value as object).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner, false)}`,
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}

/** Levels of nesting: 0 for a plain value or an empty list, 1 for a list of such. */
function heightOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = Array.isArray(value) ? value : entriesOf(value).map(([, item]) => item);
  if (items.length === 0) return 0;
  let height = 0;
  for (const item of items) height = Math.max(height, heightOf(item));
  return height + 1;
}

function compact(value: unknown): string {
  if (typeof value !== 'object' || value === null) return scalar(value);
  if (Array.isArray(value)) return `[${value.map(compact).join(', ')}]`;
  const members = entriesOf(value);
  if (members.length === 0) return '{}';
  return `{ ${members.map(([key, item]) => `${JSON.stringify(key)}: ${compact(item)}`).join(', ')} }`;
}

function wrap(values: readonly unknown[], indent: string): string {
  const inner = `${indent}  `;
  const lines: string[] = [];
  let line = '';
  for (const [index, value] of values.entries()) {
    const word = scalar(value) + (index < values.length - 1 ? ',' : '');
    if (line !== '' && inner.length + line.length + 1 + word.length > WIDTH) {
      lines.push(inner + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return `[\n${[...lines, inner + line].join('\n')}\n${indent}]`;
}

/** A plain value, or an empty list or object. What JSON has no word for becomes null, as usual. */
const scalar = (value: unknown): string => JSON.stringify(value) ?? 'null';

const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, item]) => item !== undefined);
