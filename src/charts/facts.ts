/** What runs came to over something their instances say of themselves, with the rank correlation. */
import type { EChartsOption } from 'echarts';
import { spearman } from '../core/statistics.ts';
import type { ChartColours } from '../problems/views.ts';
import { axisNumber } from './convergence.ts';
import { traceNumber } from './trace.ts';

export interface FactRun {
  name: string;
  colour: string;
  /** Value by the name of the fact, as a person reads it. */
  facts: readonly { label: string; value: string }[];
  objective: number;
}

/** A fact's number; NaN for words. Thin spaces between thousands are no obstacle. */
export const factNumber = (text: string): number => {
  const plain = text.replace(/[\s\u2009\u202f]/g, '').replace('−', '-');
  return plain === '' ? NaN : Number(plain);
};

/** Facts that are numbers in all runs and differ between some. O(runs · facts). */
export function numericFacts(runs: readonly Pick<FactRun, 'facts'>[]): string[] {
  if (runs.length < 3) return [];
  return runs[0].facts
    .map(({ label }) => label)
    .filter((label) => {
      const values = runs.map(({ facts }) => valueOf(facts, label));
      return values.every(Number.isFinite) && new Set(values).size > 1;
    });
}

const valueOf = (facts: FactRun['facts'], label: string): number =>
  factNumber(facts.find((fact) => fact.label === label)?.value ?? '');

/** Spearman's rank correlation of a fact and the objective; NaN when one does not vary. */
export const factCorrelation = (runs: readonly FactRun[], label: string): number =>
  spearman(
    runs.map(({ facts }) => valueOf(facts, label)),
    runs.map(({ objective }) => objective),
  );

export function factOption(
  runs: readonly FactRun[],
  label: string,
  objective: string,
  colours: ChartColours,
): EChartsOption {
  const correlation = factCorrelation(runs, label);
  return {
    animation: false,
    grid: { left: 16, right: 22, top: 30, bottom: 12, outerBoundsMode: 'same' },
    title: {
      text: Number.isFinite(correlation)
        ? `rank correlation ${correlation.toFixed(2).replace('-', '−')} over ${runs.length} runs`
        : '',
      top: 2,
      right: 12,
    },
    tooltip: {
      trigger: 'item',
      formatter: (params) => {
        const { dataIndex } = params as { dataIndex: number };
        const { name, facts, objective: value } = runs[dataIndex];
        return [
          name.replace(/[{}|]/g, ' '),
          `${label}  ${traceNumber(valueOf(facts, label))}`,
          `${objective}  ${traceNumber(value)}`,
        ].join('\n');
      },
    },
    xAxis: {
      type: 'value',
      scale: true,
      name: label,
      nameLocation: 'middle',
      nameGap: 22,
      splitLine: { show: false },
      axisLine: { show: true },
      axisLabel: { hideOverlap: true, formatter: (value: number) => axisNumber(value) },
    },
    yAxis: {
      type: 'value',
      scale: true,
      name: objective,
      nameTextStyle: { align: 'left', color: colours.ink3 },
      nameGap: 8,
      splitNumber: 4,
      axisLabel: { hideOverlap: true, formatter: (value: number) => axisNumber(value) },
    },
    series: [
      {
        type: 'scatter',
        id: 'runs',
        name: objective,
        symbolSize: 9,
        data: runs.map(({ facts, objective: value, colour }) => ({
          value: [valueOf(facts, label), value],
          itemStyle: { color: colour },
        })),
      },
    ],
  };
}
