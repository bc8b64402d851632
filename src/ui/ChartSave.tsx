import type { RefObject } from 'react';
import { downloadBlob, downloadText } from '../share/file.ts';
import { say } from '../state/shell.ts';
import { useApp } from './context.ts';
import type { ChartHandle } from './widgets/ChartView.tsx';
import styles from './ChartSave.module.css';

const kinds = ['PNG', 'SVG', 'CSV', 'JSON'] as const;

async function save(chart: ChartHandle, kind: (typeof kinds)[number], name: string): Promise<void> {
  switch (kind) {
    case 'PNG':
      return downloadBlob(`${name}.png`, await chart.toPng());
    case 'SVG':
      return downloadText(`${name}.svg`, await chart.toSvg(), 'image/svg+xml');
    case 'CSV':
      return downloadText(`${name}.csv`, chart.toCsv(), 'text/csv');
    case 'JSON':
      return downloadText(`${name}.json`, chart.toJson(), 'application/json');
  }
}

/** Saves a chart as a picture or as its points. */
export function ChartSave(props: {
  chart: RefObject<ChartHandle | null>;
  /** Of the file, without its ending. */
  name: string;
  /** Names the chart for screen readers. */
  label: string;
}) {
  const app = useApp();
  const { chart, name, label } = props;
  return (
    <select
      className={styles.save}
      aria-label={`Save ${label} as`}
      title="Save as a picture, or its points"
      value=""
      onChange={({ target }) => {
        const kind = kinds.find((one) => one === target.value);
        if (chart.current && kind)
          save(chart.current, kind, name).catch((error: Error) =>
            say(app.shell, { tone: 'bad', text: error.message, issues: [] }),
          );
      }}
    >
      <option value="" disabled hidden>
        Save
      </option>
      {kinds.map((kind) => (
        <option key={kind}>{kind}</option>
      ))}
    </select>
  );
}
