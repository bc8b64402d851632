import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import styles from './App.module.css';
import { BelowPanel } from './BelowPanel.tsx';
import { useApp, useDocument, useNarrow, useShell, useUi } from './context.ts';
import { DropZone } from './DropZone.tsx';
import { Header } from './Header.tsx';
import { Icon } from './widgets/Icon.tsx';
import { InstancePanel } from './InstancePanel.tsx';
import { Messages } from './Messages.tsx';
import { Picture } from './Picture.tsx';
import { ReplayBar } from './ReplayBar.tsx';
import { ScoreLine } from './ScoreLine.tsx';
import { RunButtons, SolverPanel } from './SolverPanel.tsx';
import { StatusBar } from './StatusBar.tsx';

const StudiesPage = lazy(() => import('./studies/StudiesPage.tsx'));
const Dialogs = lazy(() => import('./dialogs/Dialogs.tsx'));

/** The page: instance, picture, solver; side by side, or as sheets over the picture on a phone. */
export function App() {
  const app = useApp();
  const isNarrow = useNarrow();
  const theme = useUi((state) => state.theme);
  const dialog = useShell((state) => state.dialog);
  const isStudying = useDocument((state) => state.study !== null);
  useEffect(() => {
    const root = window.document.documentElement;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  }, [theme]);
  return (
    <DropZone>
      <div className={styles.page}>
        <Header />
        {isStudying ? (
          <Suspense fallback={<div />}>
            <StudiesPage />
          </Suspense>
        ) : isNarrow ? (
          <NarrowBody />
        ) : (
          <WideBody />
        )}
        <StatusBar />
      </div>
      {dialog !== null && (
        <Suspense>
          <Dialogs name={dialog} onClose={() => app.shell.setState({ dialog: null })} />
        </Suspense>
      )}
      <Messages />
    </DropZone>
  );
}

const Handle = ({ vertical }: { vertical?: boolean }) => (
  <Separator className={vertical ? styles.handleRow : styles.handle} />
);

function WideBody() {
  const app = useApp();
  const panels = useUi((state) => state.panels);
  return (
    <Group
      className={styles.body}
      orientation="horizontal"
      defaultLayout={panels.columns}
      onLayoutChanged={(columns) =>
        app.ui.setState({ panels: { ...app.ui.getState().panels, columns } })
      }
    >
      <Panel
        id="instance"
        defaultSize={292}
        minSize={220}
        maxSize="45%"
        collapsible
        groupResizeBehavior="preserve-pixel-size"
      >
        <aside className={styles.left} aria-label="Instance">
          <InstancePanel />
        </aside>
      </Panel>
      <Handle />
      <Panel id="stage" minSize={360}>
        <main className={styles.stage}>
          <ScoreLine />
          <Group
            orientation="vertical"
            className={styles.rows}
            defaultLayout={panels.rows}
            onLayoutChanged={(rows) =>
              app.ui.setState({ panels: { ...app.ui.getState().panels, rows } })
            }
          >
            <Panel id="picture" minSize={160}>
              <Picture />
            </Panel>
            <Handle vertical />
            <Panel
              id="below"
              defaultSize={262}
              minSize={120}
              collapsible
              collapsedSize={38}
              groupResizeBehavior="preserve-pixel-size"
            >
              <div className={styles.below}>
                <ReplayBar />
                <BelowPanel />
              </div>
            </Panel>
          </Group>
        </main>
      </Panel>
      <Handle />
      <Panel
        id="solver"
        defaultSize={304}
        minSize={240}
        maxSize="40%"
        collapsible
        groupResizeBehavior="preserve-pixel-size"
      >
        <aside className={styles.right} aria-label="Solver and runs">
          <SolverPanel />
        </aside>
      </Panel>
    </Group>
  );
}

/** Picture first; instance and solver as bottom sheets; the run button always in reach. */
function NarrowBody() {
  const app = useApp();
  const sheet = useShell((state) => state.sheet);
  const show = (next: typeof sheet) => app.shell.setState({ sheet: sheet === next ? null : next });
  return (
    <div className={styles.narrow}>
      <main className={styles.narrowStage}>
        <ScoreLine />
        <div className={styles.narrowPicture}>
          <Picture />
        </div>
        <ReplayBar />
        <BelowPanel />
      </main>
      <div className={styles.bar}>
        <button type="button" aria-expanded={sheet === 'instance'} onClick={() => show('instance')}>
          <Icon name="table" />
          <span>Instance</span>
        </button>
        <RunButtons compact />
        <button type="button" aria-expanded={sheet === 'solver'} onClick={() => show('solver')}>
          <Icon name="sliders" />
          <span>Solver</span>
        </button>
      </div>
      {sheet === 'instance' && (
        <Sheet label="Instance" onClose={() => show(null)}>
          <InstancePanel />
        </Sheet>
      )}
      {sheet === 'solver' && (
        <Sheet label="Solver and runs" onClose={() => show(null)}>
          <SolverPanel />
        </Sheet>
      )}
    </div>
  );
}

function Sheet({
  label,
  onClose,
  children,
}: {
  label: string;
  onClose(): void;
  children: ReactNode;
}) {
  const [isTall, setTall] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside className={isTall ? styles.tallSheet : styles.sheet} aria-label={label}>
      <div className={styles.sheetTop}>
        <button
          type="button"
          className={`ghost ${styles.grip}`}
          aria-label={isTall ? 'Smaller' : 'Larger'}
          onClick={() => setTall(!isTall)}
        >
          <span />
        </button>
        <button type="button" className="ghost icon" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className={styles.sheetBody}>{children}</div>
    </aside>
  );
}
