import { useRef, type ReactNode } from 'react';
import styles from './Tabs.module.css';

export interface TabListProps<Id extends string> {
  /** Prefix of the ids that tie tabs and panels together; the same for both. */
  id: string;
  label: string;
  tabs: readonly { id: Id; name: string }[];
  value: NoInfer<Id>;
  onChange(value: NoInfer<Id>): void;
}

/** The row of tabs. One tab stop; arrow keys, Home and End choose. */
export function TabList<Id extends string>({ id, label, tabs, value, onChange }: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: React.KeyboardEvent): void {
    const at = tabs.findIndex((tab) => tab.id === value);
    const to = {
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      ArrowRight: (at + 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onChange(tabs[to].id);
    const button = list.current!.children[to] as HTMLElement;
    button.focus();
    button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  return (
    <div ref={list} role="tablist" aria-label={label} className={styles.list} onKeyDown={onKeyDown}>
      {tabs.map((tab) => {
        const selected = tab.id === value;
        return (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-tab-${tab.id}`}
            aria-selected={selected}
            aria-controls={selected ? `${id}-panel` : undefined}
            tabIndex={selected ? 0 : -1}
            className={styles.tab}
            onClick={() => onChange(tab.id)}
          >
            {tab.name}
          </button>
        );
      })}
    </div>
  );
}

export interface TabPanelProps {
  id: string;
  /** The tab shown. */
  tab: string;
  className?: string;
  children: ReactNode;
}

export function TabPanel({ id, tab, className, children }: TabPanelProps) {
  return (
    <div
      role="tabpanel"
      id={`${id}-panel`}
      aria-labelledby={`${id}-tab-${tab}`}
      className={`${styles.panel} ${className ?? ''}`}
    >
      {children}
    </div>
  );
}
