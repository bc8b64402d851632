import type { EChartsOption } from 'echarts';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { chartCsv, chartJson } from '../../charts/chart-data.ts';
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
  /** Where another chart is pointed at, on this one's x axis; shown as if pointed at here. */
  cursor?: number | null;
  /** Where this chart is pointed at, on its x axis; null when it no longer is. */
  onCursor?(x: number | null): void;
  ref?: Ref<ChartHandle>;
}

export interface ChartHandle {
  /** PNG at twice the size on screen. */
  toPng(): Promise<Blob>;
  toSvg(): Promise<string>;
  /** The points of all series, one a row. */
  toCsv(): string;
  toJson(): string;
}

const intervalMs = 100;

/** An ECharts chart. The library is loaded when the first chart is shown. */
export function ChartView(props: ChartViewProps) {
  const { option, label, description, cursor = null, ref } = props;
  const colours = useChartColours();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const latest = useRef({ ...props, colours });
  const drawn = useRef({ at: -Infinity, shape: '' });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Pointed at here, so that tooltip and pointer are this chart's own. */
  const isInside = useRef(false);
  const isPlaced = useRef(false);

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

  /** Shows or hides tooltip and pointer where another chart is pointed at. */
  function place(x: number | null): void {
    if (!chart.current || isInside.current) return;
    const at = x === null ? null : insideGrid(chart.current, x);
    if (at) chart.current.dispatchAction({ type: 'showTip', x: at[0], y: at[1] });
    else if (isPlaced.current) {
      chart.current.dispatchAction({ type: 'hideTip' });
      chart.current.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'leave' });
    }
    isPlaced.current = at !== null;
  }

  useEffect(() => {
    const element = host.current!;
    let gone = false;
    let observer: ResizeObserver | null = null;
    void import('../../charts/echarts.ts').then(({ init }) => {
      if (gone) return;
      const made = init(element, chartTheme(latest.current.colours), { renderer: 'canvas' });
      chart.current = made;
      observer = new ResizeObserver(() => made.resize());
      observer.observe(element);
      made.getZr().on('mousemove', ({ offsetX, offsetY }) => {
        const x = axisValue(made, offsetX, offsetY);
        isInside.current = x !== null;
        latest.current.onCursor?.(x);
      });
      made.getZr().on('globalout', () => {
        isInside.current = false;
        latest.current.onCursor?.(null);
      });
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
    latest.current = { ...props, colours };
    if (themed) chart.current?.setTheme(chartTheme(colours));
  });

  useEffect(() => {
    const wait = drawn.current.at + intervalMs - performance.now();
    if (wait <= 0) draw();
    else timer.current ??= setTimeout(draw, wait);
  }, [option, colours]);

  useEffect(() => place(cursor), [cursor]);

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
    async toSvg() {
      if (!chart.current) throw new Error('The chart is not drawn yet.');
      const { chartSvg } = await import('../../charts/svg.ts');
      const theme = chartTheme(latest.current.colours);
      const { panel } = latest.current.colours;
      return chartSvg(
        { ...latest.current.option, backgroundColor: panel },
        theme,
        chart.current.getWidth(),
        chart.current.getHeight(),
      );
    },
    toCsv: () => chartCsv(latest.current.option),
    toJson: () => chartJson(latest.current.option),
  }));

  return (
    <div ref={host} className={styles.chart} role="img" aria-label={`${label}. ${description}`} />
  );
}

const isIn = (chart: EChartsType, grid: number, at: [number, number]): boolean => {
  try {
    return chart.containPixel({ gridIndex: grid }, at);
  } catch {
    // There is no such grid.
    return false;
  }
};

/** Value of the x axis under a pixel; null outside of all grids. */
function axisValue(chart: EChartsType, x: number, y: number): number | null {
  for (let grid = 0; grid < MOST_GRIDS; grid++) {
    if (!isIn(chart, grid, [x, y])) continue;
    const value = Number(chart.convertFromPixel({ xAxisIndex: grid }, x));
    return Number.isFinite(value) ? value : null;
  }
  return null;
}

/** A pixel of the first grid at a value of its x axis; null when that is out of sight. */
function insideGrid(chart: EChartsType, value: number): [number, number] | null {
  const x = Number(chart.convertToPixel({ xAxisIndex: 0 }, value));
  if (!Number.isFinite(x)) return null;
  for (let y = 12; y < chart.getHeight(); y += 12) if (isIn(chart, 0, [x, y])) return [x, y];
  return null;
}

const MOST_GRIDS = 16;
