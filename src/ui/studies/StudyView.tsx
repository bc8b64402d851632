import { useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { describeIssue } from '../../core/result.ts';
import type { AnyStudy, StudyChart, StudyState } from '../../problems/studies.ts';
import { say } from '../../state/shell.ts';
import { ChartSave } from '../ChartSave.tsx';
import { useApp } from '../context.ts';
import { ChartView, type ChartHandle } from '../widgets/ChartView.tsx';
import { DataTableView } from '../widgets/DataTableView.tsx';
import { useChartColours } from '../widgets/usePalette.ts';
import styles from './studies.module.css';

/** What a study asks, its charts, what was found, and the figures behind it. */
export function StudyView({ study }: { study: AnyStudy }) {
  const app = useApp();
  const state = useStore(app.studies, (desk) => desk.state);
  const issues = useStore(app.studies, (desk) => desk.issues);
  return (
    <main className={styles.main} aria-label="Study">
      <header className={styles.head}>
        <h2>{study.name}</h2>
        <p>{study.summary}</p>
        <p className="hint">Source: {study.source}</p>
      </header>
      {issues.length > 0 && (
        <ul className={styles.issues}>
          {issues.map((issue, index) => (
            <li key={index}>{describeIssue(issue)}</li>
          ))}
        </ul>
      )}
      {state && <Results key={study.id} study={study} state={state} />}
    </main>
  );
}

const tones = {
  measured: { label: 'measured', className: 'chip good' },
  theory: { label: 'theory', className: 'chip' },
  against: { label: 'speaks against', className: 'chip warn' },
} as const;

function Results({ study, state }: { study: AnyStudy; state: StudyState<unknown, unknown> }) {
  const app = useApp();
  const charts = useMemo(() => study.charts(state), [study, state]);
  const findings = useMemo(() => study.findings(state), [study, state]);
  const table = useMemo(() => study.table(state), [study, state]);
  return (
    <>
      {findings.length > 0 && (
        <ul className={styles.findings} aria-label="Findings">
          {findings.map(({ text, tone }, index) => (
            <li key={index}>
              <span className={tones[tone].className}>{tones[tone].label}</span>
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.charts}>
        {charts.map((chart) => (
          <ChartCard key={chart.id} study={study} chart={chart} />
        ))}
      </div>
      <section className={styles.table} aria-label="Figures">
        <DataTableView
          table={table}
          maxHeight="420px"
          onCopied={(text) => say(app.shell, { tone: 'info', text, issues: [] })}
        />
      </section>
    </>
  );
}

function ChartCard({ study, chart }: { study: AnyStudy; chart: StudyChart }) {
  const colours = useChartColours();
  const view = useRef<ChartHandle>(null);
  const option = useMemo(() => chart.option(colours), [chart, colours]);
  return (
    <figure className={styles.card}>
      <figcaption>
        <h3>{chart.title}</h3>
        <ChartSave chart={view} name={`${study.id}-${chart.id}`} label={chart.title} />
        <p className="hint">{chart.help}</p>
      </figcaption>
      <div className={styles.chart}>
        <ChartView ref={view} option={option} label={chart.title} description={chart.description} />
      </div>
    </figure>
  );
}
