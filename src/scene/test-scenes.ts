/** Small scenes and a palette for tests of drawing, hitting and moving. */
import { createPalette, tokenNames, type TokenTable } from './palette.ts';
import type { Item, Scene } from './scene.ts';

const table = Object.fromEntries(
  tokenNames.map((name, index) => [
    name,
    `#${(index * 0x0b0d0f + 0x101010).toString(16).padStart(6, '0')}`,
  ]),
) as unknown as TokenTable;

export const palette = createPalette('light', {
  ...table,
  panel: '#ffffff',
  ink: '#1b1d20',
  'on-hue-dark': '#050607',
  'on-hue-light': '#ffffff',
});

export function sceneOf(items: Item[], rest: Partial<Scene> = {}): Scene {
  return {
    bounds: { minX: 0, minY: 0, maxX: 100, maxY: 100 },
    fit: 'fill',
    items,
    description: 'A test.',
    ...rest,
  };
}

/** Rows of bars like a Gantt's, one array of [start, duration] a row. */
export function bars(rows: readonly (readonly (readonly [number, number])[])[]): Scene {
  const items = rows.flatMap((row, y) =>
    row.map(([x, w], index): Item => ({
      kind: 'rect',
      id: `bar:${y}:${index}`,
      x,
      y: y + 0.1,
      w,
      h: 0.8,
      fill: { hue: 0.3 },
      label: `B${y}${index}`,
      title: `Bar ${index + 1} of row ${y + 1}`,
    })),
  );
  return sceneOf(items, {
    bounds: { minX: 0, minY: 0, maxX: 100, maxY: rows.length },
    zoomX: true,
    xAxis: { label: 'Time' },
    yAxis: { categories: rows.map((_, y) => `M${y + 1}`) },
  });
}
