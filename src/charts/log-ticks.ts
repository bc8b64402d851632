/** Ticks of logarithmic axes. */

/**
 * 1, 2 and 5 times powers of ten within a range, powers of ten alone over many decades, and of those
 * evenly spread ones beyond `most`.
 */
export function logTicks(low: number, high: number, most = Infinity): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const steps = last - first > 4 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = first; power <= last; power++)
    for (const step of steps) {
      const tick = Number((step * 10 ** power).toPrecision(1));
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  const every = Math.ceil(ticks.length / most) || 1;
  return ticks.filter((_, i) => (ticks.length - 1 - i) % every === 0);
}
