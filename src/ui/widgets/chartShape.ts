import type { EChartsOption } from 'echarts';

/** What of an option cannot be merged into a drawn chart: its axes, grids and other parts. */
export function shapeOf(option: EChartsOption): string {
  const list = (part: unknown): { type?: string; gridIndex?: number }[] =>
    part === undefined ? [] : Array.isArray(part) ? part : [part as object];
  const axes = [...list(option.xAxis), ...list(option.yAxis)];
  return [
    ...axes.map((axis) => `${axis.type ?? 'value'}${axis.gridIndex ?? 0}`),
    `${list(option.grid).length}g`,
    `${list(option.title).length}t`,
    `${list(option.visualMap).length}v`,
    `${list(option.legend).length}l`,
    `${list(option.dataZoom).length}z`,
  ].join(' ');
}
