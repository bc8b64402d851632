import type { EChartsOption } from 'echarts';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import type { EChartsType } from '../../charts/echarts.ts';
import { chartTheme } from '../../charts/theme.ts';
import styles from './ChartView.module.css';
import { shapeOf } from './chartShape.ts';
import { useChartColours } from './usePalette.ts';

export interface ChartViewProps {
  /** Drawn at most ten times a second. */
  option: EChartsOption;
  /** Names the chart for screen readers. */
  label: string;
  /** One or two sentences for screen readers. */
  description: string;
  ref?: Ref<ChartHandle>;
}

export interface ChartHandle {
  /** PNG at twice the size on screen. */
  toPng(): Promise<Blob>;
}

const intervalMs = 100;

/** An ECharts chart. The library is loaded when the first chart is shown. */
export function ChartView({ option, label, description, ref }: ChartViewProps) {
  const colours = useChartColours();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const latest = useRef({ option, colours });
  const drawn = useRef({ at: -Infinity, shape: '' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function draw(): void {
    timer.current = undefined;
    if (!chart.current) return;
    const next = latest.current.option;
    const shape = shapeOf(next);
    // Axes and series that came or went are replaced whole; otherwise the zoom stays.
    chart.current.setOption(next, {
      notMerge: shape !== drawn.current.shape,
      replaceMerge: ['series'],
      lazyUpdate: false,
    });
    drawn.current = { at: performance.now(), shape };
  }

  useEffect(() => {
    const element = host.current!;
    let gone = false;
    let observer: ResizeObserver | null = null;
    void import('../../charts/echarts.ts').then(({ init }) => {
      if (gone) return;
      chart.current = init(element, chartTheme(latest.current.colours), { renderer: 'canvas' });
      observer = new ResizeObserver(() => chart.current?.resize());
      observer.observe(element);
      draw();
    });
    return () => {
      gone = true;
      observer?.disconnect();
      clearTimeout(timer.current);
      timer.current = undefined;
      chart.current?.dispose();
      chart.current = null;
      drawn.current = { at: -Infinity, shape: '' };
    };
  }, []);

  useEffect(() => {
    const themed = latest.current.colours !== colours;
    latest.current = { option, colours };
    if (themed) chart.current?.setTheme(chartTheme(colours));
    const wait = drawn.current.at + intervalMs - performance.now();
    if (wait <= 0) draw();
    else timer.current ??= setTimeout(draw, wait);
  }, [option, colours]);

  useImperativeHandle(ref, () => ({
    async toPng() {
      if (!chart.current) throw new Error('The chart is not drawn yet.');
      const canvas = chart.current.renderToCanvas({
        pixelRatio: 2,
        backgroundColor: latest.current.colours.panel,
      });
      return new Promise((resolve, reject) =>
        canvas.toBlob(
          (blob) => (blob ? resolve(blob) : reject(new Error('The chart is too large for a PNG.'))),
          'image/png',
        ),
      );
    },
  }));

  return (
    <div ref={host} className={styles.chart} role="img" aria-label={`${label}. ${description}`} />
  );
}
