/** Numbers as a person reads them. */

const THIN_SPACE = '\u2009';

/** Thin-space thousands, a fixed number of decimals, a real minus; "–" for NaN, "∞". */
export function formatNumber(value: number, digits = 0): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const [whole, fraction] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, THIN_SPACE);
  const sign = value < 0 && Number(Math.abs(value).toFixed(digits)) !== 0 ? '−' : '';
  return `${sign}${grouped}${fraction ? `.${fraction}` : ''}`;
}

/** As `formatNumber`, but what the decimals would show as nothing has an exponent: "1.6e−8". */
export function formatMeasure(value: number, digits: number): string {
  if (value === 0 || !(Math.abs(value) < 0.5 * 10 ** -digits)) return formatNumber(value, digits);
  return value.toExponential(1).replaceAll('-', '−');
}

/** About three significant digits with k, M, G: "402 k". */
export function formatShort(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  const [scale, unit] =
    size >= 1e9 ? [1e9, 'G'] : size >= 1e6 ? [1e6, 'M'] : size >= 1e4 ? [1e3, 'k'] : [1, ''];
  const scaled = value / scale;
  const digits =
    scale === 1 && Number.isInteger(value)
      ? 0
      : Math.abs(scaled) >= 100
        ? 0
        : Math.abs(scaled) >= 10
          ? 1
          : 2;
  return `${formatNumber(scaled, digits)}${unit ? `${THIN_SPACE}${unit}` : ''}`;
}

/** "0 %", "0.04 %", "12 %"; a gap that is not zero never reads as zero. */
export function formatPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return formatNumber(fraction);
  const percent = fraction * 100;
  if (percent === 0) return `0${THIN_SPACE}%`;
  if (Math.abs(percent) < 0.01) return `<${THIN_SPACE}0.01${THIN_SPACE}%`;
  const digits = Math.abs(percent) < 1 ? 2 : Math.abs(percent) < 10 ? 1 : 0;
  return `${formatNumber(percent, digits)}${THIN_SPACE}%`;
}

/** "12 ms", "0.71 s", "8.4 s", "2:05 min". */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatNumber(seconds);
  if (seconds < 0.1) return `${formatNumber(seconds * 1000)}${THIN_SPACE}ms`;
  if (seconds < 60) return `${formatNumber(seconds, seconds < 1 ? 2 : 1)}${THIN_SPACE}s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}${THIN_SPACE}min`;
}
