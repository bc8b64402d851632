/** Where axes have their ticks and what these say. */
import { formatNumber } from '../core/format.ts';

export interface Tick {
  /** World coordinate. */
  at: number;
  label: string;
}

/**
 * Round ticks (steps of 1, 2 or 5 · 10ᵏ) over [low, high], about `count` of them and never more
 * than twice that. Empty when the range is not finite or has no extent.
 */
export function niceTicks(low: number, high: number, count: number): Tick[] {
  if (!(high > low) || !Number.isFinite(high - low) || count < 1) return [];
  const step = niceStep((high - low) / count);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const ticks: Tick[] = [];
  for (let i = first; i <= last; i++)
    ticks.push({ at: i * step, label: formatTick(i * step, digits) });
  return ticks;
}

/** 1, 2 or 5 · 10ᵏ, nearest above or equal to `raw`. */
export function niceStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return power * (lead <= 1 + 1e-9 ? 1 : lead <= 2 + 1e-9 ? 2 : lead <= 5 + 1e-9 ? 5 : 10);
}

/**
 * Ticks of a logarithmic axis whose world coordinate is log10 of the value: whole powers of ten,
 * thinned to about `count`; 2 and 5 between them when fewer than three powers are in sight.
 */
export function logTicks(low: number, high: number, count: number): Tick[] {
  if (!(high > low) || !Number.isFinite(high - low) || count < 1) return [];
  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(high + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / count));
  const ticks: Tick[] = [];
  if (last - first + 1 >= 3 || high - low > 3) {
    for (let power = first; power <= last; power += stride)
      ticks.push({ at: power, label: formatPower(power) });
    return ticks;
  }
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    for (const lead of [1, 2, 5]) {
      const at = power + Math.log10(lead);
      if (at >= low - 1e-9 && at <= high + 1e-9)
        ticks.push({ at, label: formatTick(lead * 10 ** power, Math.max(0, -power)) });
    }
  }
  return ticks.length >= 2 ? ticks : rescaled(low, high, count);
}

/** A narrow logarithmic range: linear ticks at their logarithms. */
function rescaled(low: number, high: number, count: number): Tick[] {
  return niceTicks(10 ** low, 10 ** high, count)
    .filter((tick) => tick.at > 0)
    .map((tick) => ({ at: Math.log10(tick.at), label: tick.label }));
}

function formatTick(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return formatScientific(value);
  return formatNumber(value, Math.min(digits, 8));
}

function formatScientific(value: number): string {
  const [lead, power] = value.toExponential(2).split('e');
  const mantissa = lead.replace(/\.?0+$/, '').replace('-', '−');
  return `${mantissa === '1' ? '' : `${mantissa}·`}10${superscript(Number(power))}`;
}

function formatPower(power: number): string {
  return power >= -3 && power <= 5
    ? formatNumber(10 ** power, Math.max(0, -power))
    : `10${superscript(power)}`;
}

function superscript(power: number): string {
  return String(power).replace(/[-\d]/g, (sign) =>
    sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)],
  );
}
