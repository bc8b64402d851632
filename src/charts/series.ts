/** How many colours runs have before they repeat. */
const seriesCount = 8;

/** The colour of run `index` for styles; `ChartColours.series` is the same, resolved. */
export const seriesColour = (index: number): string => `var(--series-${index % seriesCount})`;
