import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { AnyStudy } from '../../problems/studies.ts';
import { studiesOf } from '../../studies/registry.ts';
import { useApp, useDocument, useLoaded } from '../context.ts';
import styles from './studies.module.css';
import { StudyRuns } from './StudyRuns.tsx';
import { StudyView } from './StudyView.tsx';

/** The family's studies: a list, the chosen one's charts, and its runs. */
export default function StudiesPage() {
  const app = useApp();
  const { family, views } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const [studies, setStudies] = useState<readonly AnyStudy[]>([]);
  const choice = useDocument((state) => state.study);

  useEffect(() => {
    let isGone = false;
    void studiesOf(family, views).then((list) => {
      if (!isGone) setStudies(list);
    });
    return () => {
      isGone = true;
    };
  }, [family, views]);

  const wanted = studies.find(({ id }) => id === choice?.id) ?? studies[0];
  const shown = useStore(app.studies, (state) => state.study);

  // What is laid out stays, run or running, until instance, study or values are others.
  useEffect(() => {
    if (!wanted) return;
    const { study, state, values } = app.studies.getState();
    const next = choice?.values ?? {};
    const same = study?.id === wanted.id && state?.instance === instance;
    if (!same || JSON.stringify(values) !== JSON.stringify(next))
      app.studies.open(family, wanted, next, instance);
  }, [app, wanted, choice, family, instance]);

  if (!wanted || shown !== wanted) return <div className={styles.page} />;
  const choose = (id: string) => app.document.setStudy({ id, values: {} });
  const groups = [...new Set(studies.map(({ group }) => group))];
  return (
    <div className={styles.page}>
      <nav className={styles.list} aria-label="Studies">
        {groups.map((group) => (
          <section key={group}>
            <h2>{group}</h2>
            {studies
              .filter((study) => study.group === group)
              .map((study) => (
                <button
                  key={study.id}
                  type="button"
                  className="ghost"
                  aria-current={study.id === wanted.id ? 'true' : undefined}
                  title={study.summary}
                  onClick={() => choose(study.id)}
                >
                  {study.name}
                </button>
              ))}
          </section>
        ))}
      </nav>
      <select
        className={styles.select}
        aria-label="Study"
        value={wanted.id}
        onChange={(event) => choose(event.target.value)}
      >
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {studies
              .filter((study) => study.group === group)
              .map((study) => (
                <option key={study.id} value={study.id}>
                  {study.name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <StudyView study={wanted} />
      <StudyRuns study={wanted} />
    </div>
  );
}
