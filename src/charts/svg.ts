/** A chart as SVG text. The renderer is loaded only when a person saves one. */
import type { EChartsOption } from 'echarts';
import { use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { init } from './echarts.ts';

register([SVGRenderer]);

/** @param theme as `chartTheme` makes it. @param width, height px. */
export function chartSvg(
  option: EChartsOption,
  theme: object,
  width: number,
  height: number,
): string {
  const chart = init(null, theme, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
