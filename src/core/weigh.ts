/** How heavy plain data is, to keep histories within memory. */

const known = new WeakMap<object, number>();

/** About how many bytes a plain JSON-like value (typed arrays too) takes. O(size), remembered. */
export function weigh(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 8;
  const seen = known.get(value);
  if (seen !== undefined) return seen;
  let total = 0;
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const item = stack.pop();
    if (typeof item === 'string') total += 16 + item.length;
    else if (typeof item !== 'object' || item === null) total += 8;
    else if (ArrayBuffer.isView(item)) total += 64 + item.byteLength;
    else if (Array.isArray(item)) {
      total += 32;
      for (const member of item) stack.push(member);
    } else {
      total += 48;
      for (const member of Object.values(item)) stack.push(member);
    }
  }
  known.set(value, total);
  return total;
}
