/** Meanings to colours: theme tokens read from the page, group hues computed on one OKLCH wheel. */
import type { ChartColours } from '../problems/views.ts';
import { blend, contrast, oklch, parseColour, toHex } from './colour.ts';
import type { Colour, Token } from './scene.ts';

export type Theme = 'light' | 'dark';

const tokens = [
  'ink',
  'ink2',
  'ink3',
  'line',
  'panel',
  'sunk',
  'accent',
  'bound',
  'good',
  'warn',
  'sea',
  'land',
] as const satisfies readonly Token[];

/** Other names of tokens.css that drawing needs. */
const extras = ['bg', 'raised', 'bad', 'focus', 'on-hue-dark', 'on-hue-light'] as const;

const series = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export type TokenName = Token | (typeof extras)[number] | `series-${(typeof series)[number]}`;
export type TokenTable = Readonly<Record<TokenName, string>>;

export const tokenNames: readonly TokenName[] = [
  ...tokens,
  ...extras,
  ...series.map((index) => `series-${index}` as const),
];

/** Lightness and chroma per theme and tone: constant over hues, so no group stands out. */
const tones = {
  light: { fill: [0.74, 0.115], soft: [0.91, 0.045], strong: [0.55, 0.14] },
  dark: { fill: [0.68, 0.115], soft: [0.34, 0.05], strong: [0.75, 0.13] },
} as const;

export interface Palette {
  readonly theme: Theme;
  readonly tokens: TokenTable;
  /** `#rrggbb` of a colour. */
  css(colour: Colour): string;
  /** The text colour that reads best on `fill` laid over the panel with `opacity`. */
  textOn(fill: Colour, opacity: number): string;
}

/** A palette over resolved tokens. Every answer is cached, so equal colours are equal strings. */
export function createPalette(theme: Theme, table: TokenTable): Palette {
  const hues = new Map<number, string>();
  const texts = new Map<string, string>();
  const palette: Palette = {
    theme,
    tokens: table,
    css(colour) {
      if (typeof colour === 'string') return table[colour];
      const tone = colour.tone ?? 'fill';
      // Hues are told apart to a tenth of a degree.
      const turn = Math.round((((colour.hue % 1) + 1) % 1) * 3600);
      const key = turn * 3 + (tone === 'fill' ? 0 : tone === 'soft' ? 1 : 2);
      let css = hues.get(key);
      if (css === undefined) {
        const [lightness, chroma] = tones[theme][tone];
        css = oklch(lightness, chroma, turn / 3600);
        hues.set(key, css);
      }
      return css;
    },
    textOn(fill, opacity) {
      const css = palette.css(fill);
      const key = `${css}${opacity}`;
      let text = texts.get(key);
      if (text === undefined) {
        const ground = blend(css, table.panel, opacity);
        if (texts.size > 2000) texts.clear();
        const [dark, light] = [table['on-hue-dark'], table['on-hue-light']];
        text = contrast(dark, ground) >= contrast(light, ground) ? dark : light;
        texts.set(key, text);
      }
      return text;
    },
  };
  return palette;
}

/**
 * The palette of the theme `host` stands in, from the computed style of its tokens. Costs a style
 * computation per token: keep the result and read anew only when the theme changes.
 */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const style = getComputedStyle(probe);
  const table = {} as Record<TokenName, string>;
  for (const name of tokenNames) {
    probe.style.color = `var(--${name})`;
    table[name] = toHex(parseColour(style.color));
  }
  probe.remove();
  const theme = contrast(table.panel, '#000000') > contrast(table.panel, '#ffffff');
  return createPalette(theme ? 'light' : 'dark', table);
}

/** The palette as charts take it. Series 0 is the accent. */
export function chartColours(palette: Palette): ChartColours {
  const { ink, ink2, ink3, line, panel, accent, bound, good, warn } = palette.tokens;
  return {
    ink,
    ink2,
    ink3,
    line,
    panel,
    accent,
    bound,
    good,
    warn,
    series: (index) => palette.tokens[`series-${series[index % series.length]}`],
  };
}
