import { lazy, Suspense } from 'react';
import { CodeField } from './CodeField.tsx';
import { useApp, useDocument, useLoaded, useShell, useUi } from './context.ts';
import { GeneratePanel } from './GeneratePanel.tsx';
import styles from './InstancePanel.module.css';
import { FieldForm } from './widgets/FieldForm.tsx';
import { GridEditor } from './widgets/GridEditor.tsx';
import { Segmented } from './widgets/Segmented.tsx';

const TextPanel = lazy(() => import('./TextPanel.tsx'));

const tabs = [
  { id: 'table', name: 'Table' },
  { id: 'text', name: 'Text' },
  { id: 'generate', name: 'Generate' },
] as const;

/** The instance: facts, and three ways to edit it. */
export function InstancePanel() {
  const app = useApp();
  const tab = useUi((state) => state.instanceTab);
  return (
    <div className={styles.panel}>
      <h2>Instance</h2>
      <Segmented
        label="Edit as"
        stretch
        options={tabs}
        value={tab}
        onChange={(instanceTab) => app.ui.setState({ instanceTab })}
      />
      {tab === 'table' && <TablePanel />}
      {tab === 'text' && (
        <Suspense fallback={<p className="hint">Loading the text editor</p>}>
          <TextPanel />
        </Suspense>
      )}
      {tab === 'generate' && <GeneratePanel />}
    </div>
  );
}

function TablePanel() {
  const app = useApp();
  const { family, views } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const selected = useShell((state) => state.selected);
  return (
    <>
      <dl className={styles.facts}>
        {family.describe(instance).map((fact) => (
          <div key={fact.label} title={fact.help}>
            <dt>{fact.label}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
      <FieldForm
        fields={views.fields(instance)}
        onChange={(next) => app.document.setInstance(next)}
        renderCode={(field, code) => <CodeField field={field} code={code} />}
      />
      {views.grids(instance).map((grid) => (
        <section key={grid.id} className={styles.grid}>
          <GridEditor
            grid={grid}
            regrid={(next) => views.grids(next).find(({ id }) => id === grid.id)}
            maxHeight="max(240px, 46vh)"
            selected={selected}
            onSelect={(element) => app.shell.setState({ selected: element })}
            onChange={(next) => app.document.setInstance(next)}
          />
        </section>
      ))}
    </>
  );
}
