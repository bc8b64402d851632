import { useMemo, useSyncExternalStore } from 'react';
import type { ChartColours } from '../../problems/views.ts';
import { chartColours, type Palette } from '../../scene/palette.ts';
import { pagePalette, watchPalette } from '../../scene/theme.ts';

/** The page's palette; renders anew when the theme changes. */
export function usePalette(): Palette {
  return useSyncExternalStore(watchPalette, pagePalette);
}

/** The page's palette as charts take it. The same object until the theme changes. */
export function useChartColours(): ChartColours {
  const palette = usePalette();
  return useMemo(() => chartColours(palette), [palette]);
}
