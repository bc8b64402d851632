import { Command } from 'cmdk';
import { useEffect, useState } from 'react';
import { actionsOf, isEnabled } from '../../actions/actions.ts';
import { openGallery } from '../../actions/open.ts';
import { shownShortcut } from '../../actions/shortcuts.ts';
import type { AnyFamily } from '../../problems/family.ts';
import { families } from '../../problems/registry.ts';
import { useApp, useLoaded } from '../context.ts';
import { Dialog } from '../widgets/Dialog.tsx';
import styles from './Palette.module.css';

/**
 * How well an entry matches: its name's beginning, a word's beginning, anywhere in the name, then
 * anywhere in its other words. All typed words must occur.
 */
function rank(_: string, search: string, keywords: string[] = []): number {
  const [label = '', ...others] = keywords.map((text) => text.toLowerCase());
  const wanted = search.toLowerCase().trim();
  if (label.startsWith(wanted)) return 1;
  if (label.includes(` ${wanted}`)) return 0.8;
  if (label.includes(wanted)) return 0.6;
  const text = [label, ...others].join(' ');
  return wanted.split(/\s+/).every((word) => text.includes(word)) ? 0.3 : 0;
}

/** Every action, solver and gallery instance, found by typing. */
export default function Palette({ onClose }: { onClose(): void }) {
  const app = useApp();
  const { family: current } = useLoaded();
  const [all, setAll] = useState<AnyFamily[]>([current]);
  useEffect(() => {
    void Promise.all(families.map((entry) => entry.load())).then(setAll);
  }, []);
  const choose = (perform: () => void) => () => {
    onClose();
    perform();
  };
  const actions = actionsOf(app).filter(
    (action) => action.id !== 'palette' && isEnabled(action, app),
  );
  const groups = [...new Set(actions.map(({ group }) => group))];
  return (
    <Dialog open title="Commands" onClose={onClose}>
      <Command className={styles.command} label="Commands" filter={rank} loop>
        <Command.Input className={styles.input} placeholder="What do you want to do?" autoFocus />
        <Command.List className={styles.list}>
          <Command.Empty className="hint">Nothing by that name.</Command.Empty>
          {groups.map((group) => (
            <Command.Group key={group} heading={group}>
              {actions
                .filter((action) => action.group === group)
                .map((action) => (
                  <Command.Item
                    key={action.id}
                    value={action.id}
                    keywords={[action.label, action.keywords ?? '']}
                    onSelect={choose(() => action.perform(app))}
                  >
                    <span>{action.label}</span>
                    {action.checked?.(app) && <span aria-label="on">✓</span>}
                    {action.shortcut && <kbd>{shownShortcut(action.shortcut)}</kbd>}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
          <Command.Group heading="Solver">
            {current.solvers.map((solver) => (
              <Command.Item
                key={solver.id}
                value={`solver-${solver.id}`}
                keywords={[`Solve with ${solver.name}`, solver.source]}
                onSelect={choose(() => app.document.setSolver(solver.id))}
              >
                <span>Solve with {solver.name}</span>
                <small>{solver.source}</small>
              </Command.Item>
            ))}
          </Command.Group>
          {all.map((family) => (
            <Command.Group key={family.id} heading={family.name}>
              {family.gallery.map((entry) => (
                <Command.Item
                  key={entry.id}
                  value={`gallery-${family.id}-${entry.id}`}
                  keywords={[entry.name, entry.id]}
                  onSelect={choose(() => void openGallery(app, family.id, entry.id))}
                >
                  <span>{entry.name}</span>
                  <small>{entry.source}</small>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
