import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast } from '../scene/colour.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** `light-dark(a, b)` and plain hex tokens of tokens.css, by name. */
function tokens(theme: 'light' | 'dark'): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, light, dark] of css.matchAll(
    /--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g,
  ))
    found[name] = theme === 'light' ? light : dark;
  return found;
}

describe.each(['light', 'dark'] as const)('%s tokens', (theme) => {
  const t = tokens(theme);
  const text = ['ink', 'ink2', 'ink3', 'accent', 'bound', 'good', 'warn', 'bad'];
  const surfaces = ['bg', 'panel', 'sunk'];

  it.each(text.flatMap((ink) => surfaces.map((on) => [ink, on])))('%s reads on %s', (ink, on) => {
    expect(contrast(t[ink], t[on])).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['accent-ink', 'accent'],
    ['accent-ink', 'accent-hover'],
    ['ink', 'hover'],
    ['ink', 'accent-soft'],
    ['ink2', 'hover'],
    ['ink2', 'raised'],
    ['ink3', 'raised'],
    ['bad', 'bad-soft'],
    ['warn', 'warn-soft'],
    ['good', 'good-soft'],
    ['ink', 'land'],
    ['ink', 'sea'],
    ['ink3', 'land'],
  ])('%s reads on %s', (ink, on) => {
    expect(contrast(t[ink], t[on])).toBeGreaterThanOrEqual(4.5);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('series %d is visible on the panel', (index) => {
    expect(contrast(t[`series-${index}`], t.panel)).toBeGreaterThanOrEqual(4);
  });

  it.each(surfaces)('edges and focus rings are visible on %s', (on) => {
    expect(contrast(t.edge, t[on])).toBeGreaterThanOrEqual(3);
    expect(contrast(t.focus, t[on])).toBeGreaterThanOrEqual(3);
  });
});
