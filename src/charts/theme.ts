/** How charts look by default: the page's tokens as an ECharts theme. */
import type { ChartColours } from '../problems/views.ts';

const font = '"IBM Plex Sans Variable", "IBM Plex Sans", system-ui, sans-serif';

export function chartTheme(colours: ChartColours): object {
  const { ink, ink2, ink3, line, panel } = colours;
  const axis = {
    axisLine: { show: false, lineStyle: { color: line } },
    axisTick: { show: false, lineStyle: { color: line } },
    axisLabel: { color: ink3, fontSize: 11 },
    nameTextStyle: { color: ink3, fontSize: 11 },
    splitLine: { lineStyle: { color: line } },
    minorSplitLine: { lineStyle: { color: line, opacity: 0.4 } },
    splitArea: { show: false },
  };
  return {
    color: Array.from({ length: 8 }, (_, index) => colours.series(index)),
    backgroundColor: 'transparent',
    animation: false,
    textStyle: { fontFamily: font, color: ink },
    title: {
      textStyle: { color: ink2, fontSize: 11, fontWeight: 500 },
      subtextStyle: { color: ink3, fontSize: 11 },
    },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    logAxis: axis,
    timeAxis: axis,
    legend: {
      icon: 'roundRect',
      itemWidth: 10,
      itemHeight: 4,
      textStyle: { color: ink2, fontSize: 11 },
      inactiveColor: line,
      pageIconColor: ink2,
      pageIconInactiveColor: line,
      pageTextStyle: { color: ink3 },
    },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      transitionDuration: 0,
      backgroundColor: panel,
      borderColor: line,
      borderWidth: 1,
      padding: [6, 9],
      textStyle: { color: ink, fontSize: 12, fontFamily: font },
      axisPointer: {
        lineStyle: { color: ink3, type: 'solid', width: 1 },
        crossStyle: { color: ink3 },
        label: { backgroundColor: ink2, color: panel, fontSize: 11 },
      },
    },
    line: { symbol: 'circle', symbolSize: 5, smooth: false },
    markLine: { label: { color: ink3, fontSize: 11 }, lineStyle: { color: ink3 } },
    visualMap: { textStyle: { color: ink3, fontSize: 11 } },
  };
}
