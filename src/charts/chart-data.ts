/** The numbers of a chart as they are drawn, to be saved. */
import type { EChartsOption } from 'echarts';

/** Points of one series; those of maps and bars with categories have their index for x. */
export interface ChartSeries {
  name: string;
  points: (number | string)[][];
}

const isCell = (value: unknown): value is number | string =>
  typeof value === 'number' || typeof value === 'string';

/** What a series' entry is drawn at; null for what is no point. */
function pointOf(entry: unknown, index: number): (number | string)[] | null {
  const value =
    typeof entry === 'object' && entry !== null && !Array.isArray(entry) && 'value' in entry
      ? entry.value
      : entry;
  if (Array.isArray(value)) return value.every(isCell) ? value : null;
  return isCell(value) ? [index, value] : null;
}

/** Lines, dots, bars and cells that have a name; marks and shading have none. */
export function chartSeries(option: EChartsOption): ChartSeries[] {
  const list = option.series === undefined ? [] : [option.series].flat();
  return list.flatMap((series) => {
    const { name, data } = series as { name?: string | number; data?: unknown };
    if (name === undefined || name === '' || !Array.isArray(data)) return [];
    const points = data.flatMap((entry, index) => {
      const point = pointOf(entry, index);
      return point ? [point] : [];
    });
    return points.length > 0 ? [{ name: String(name), points }] : [];
  });
}

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** One point a row: series, x, y, further values. */
export function chartCsv(option: EChartsOption): string {
  const all = chartSeries(option);
  const width = Math.max(2, ...all.flatMap(({ points }) => points.map((point) => point.length)));
  const names = ['x', 'y', 'value', ...Array.from({ length: width }, (_, i) => `value${i + 2}`)];
  const rows = all.flatMap(({ name, points }) =>
    points.map((point) => [name, ...point].map((cell) => quoted(String(cell))).join(',')),
  );
  return `${[['series', ...names.slice(0, width)].join(','), ...rows].join('\n')}\n`;
}

/** The same as JSON. */
export const chartJson = (option: EChartsOption): string =>
  `${JSON.stringify(chartSeries(option))}\n`;
