/** Colour arithmetic: OKLCH to sRGB, blending and WCAG contrast, on `#rrggbb` strings. */

export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * The sRGB colour of an OKLCH one (Ottosson 2020): lightness and chroma in their usual ranges,
 * hue in turns [0, 1). Chroma is lowered until the colour is inside sRGB, so hue and lightness hold.
 */
export function oklch(lightness: number, chroma: number, turn: number): string {
  let low = 0;
  let high = chroma;
  let rgb = linearRgb(lightness, high, turn);
  if (!inGamut(rgb)) {
    for (let i = 0; i < 12; i++) {
      const middle = (low + high) / 2;
      if (inGamut(linearRgb(lightness, middle, turn))) low = middle;
      else high = middle;
    }
    rgb = linearRgb(lightness, low, turn);
  }
  return toHex([encode(rgb[0]) * 255, encode(rgb[1]) * 255, encode(rgb[2]) * 255]);
}

function linearRgb(lightness: number, chroma: number, turn: number): Rgb {
  const a = chroma * Math.cos(turn * 2 * Math.PI);
  const b = chroma * Math.sin(turn * 2 * Math.PI);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const inGamut = (rgb: Rgb) => rgb.every((value) => value >= -1e-4 && value <= 1 + 1e-4);

const encode = (value: number) =>
  value <= 0.0031308 ? 12.92 * Math.max(0, value) : 1.055 * Math.min(1, value) ** (1 / 2.4) - 0.055;

const decode = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

/** `#rrggbb` of channels in 0 … 255, rounded and clamped. */
export function toHex(rgb: Rgb): string {
  const channel = (value: number) =>
    Math.min(255, Math.max(0, Math.round(value)))
      .toString(16)
      .padStart(2, '0');
  return `#${channel(rgb[0])}${channel(rgb[1])}${channel(rgb[2])}`;
}

/** Channels in 0 … 255 of `#rgb`, `#rrggbb` or `rgb(…)` as browsers compute it; black otherwise. */
export function parseColour(text: string): Rgb {
  const hex = /^#([0-9a-f]{6})/i.exec(text)?.[1];
  if (hex) {
    const value = parseInt(hex, 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  }
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short) return [1, 2, 3].map((i) => parseInt(short[i], 16) * 17) as unknown as Rgb;
  const parts = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(text);
  if (parts) return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return [0, 0, 0];
}

/** `over` laid on `under` with the given opacity. */
export function blend(over: string, under: string, opacity: number): string {
  const a = parseColour(over);
  const b = parseColour(under);
  return toHex([
    b[0] + (a[0] - b[0]) * opacity,
    b[1] + (a[1] - b[1]) * opacity,
    b[2] + (a[2] - b[2]) * opacity,
  ]);
}

/** WCAG 2 relative luminance, 0 … 1. */
export function luminance(colour: string): number {
  const [red, green, blue] = parseColour(colour);
  return 0.2126 * decode(red / 255) + 0.7152 * decode(green / 255) + 0.0722 * decode(blue / 255);
}

/** WCAG 2 contrast ratio, 1 … 21. */
export function contrast(a: string, b: string): number {
  const x = luminance(a) + 0.05;
  const y = luminance(b) + 0.05;
  return x > y ? x / y : y / x;
}
