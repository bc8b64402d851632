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
  const chosen = useStore(app.studies, (state) => state.study);

  useEffect(() => {
    let isGone = false;
    void studiesOf(family, views).then((list) => {
      if (!isGone) setStudies(list);
    });
    return () => {
      isGone = true;
    };
  }, [family, views]);

  // Another family or instance: the study is planned anew, unless it is running or was run on it.
  useEffect(() => {
    if (studies.length === 0) return;
    const { study, familyId, state } = app.studies.getState();
    const same = familyId === family.id ? studies.find(({ id }) => id === study?.id) : undefined;
    if (!same || state?.instance !== instance)
      app.studies.open(family, same ?? studies[0], instance);
  }, [app, studies, family, instance]);

  if (!chosen || studies.length === 0) return <div className={styles.page} />;
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
                  aria-current={study.id === chosen.id ? 'true' : undefined}
                  title={study.summary}
                  onClick={() => app.studies.open(family, study, instance)}
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
        value={chosen.id}
        onChange={(event) => {
          const study = studies.find(({ id }) => id === event.target.value);
          if (study) app.studies.open(family, study, instance);
        }}
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
      <StudyView study={chosen} />
      <StudyRuns study={chosen} />
    </div>
  );
}
