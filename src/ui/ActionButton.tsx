import type { ReactNode } from 'react';
import { actionById, isEnabled } from '../actions/actions.ts';
import { shownShortcut } from '../actions/shortcuts.ts';
import { useApp, useDocument, useLive, useShell } from './context.ts';
import { Icon } from './widgets/Icon.tsx';

interface ActionButtonProps {
  /** Id in the action table. */
  action: string;
  className?: string;
  /** Icon only; the label is for screen readers and the tooltip. */
  compact?: boolean;
  /** In place of icon and label. */
  children?: ReactNode;
}

/** A button for one action of the table: label, tooltip with shortcut, enabled and pressed state. */
export function ActionButton({ action: id, className, compact, children }: ActionButtonProps) {
  const app = useApp();
  // What enables an action lives in these stores.
  useLive((state) => state.status?.state);
  useLive((state) => state.run?.buffers.history.length);
  useLive((state) => state.playing);
  useDocument((state) => state.instance);
  useShell((state) => state.dialog);
  useDocument((state) => state.study);
  const action = actionById(id);
  const pressed = action.checked?.(app);
  const title = action.shortcut
    ? `${action.label} (${shownShortcut(action.shortcut)})`
    : action.label;
  return (
    <button
      type="button"
      className={compact ? `icon ${className ?? ''}` : className}
      title={title}
      aria-label={compact ? action.label : undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={action.shortcut?.replace('Ctrl', 'Control')}
      disabled={!isEnabled(action, app)}
      onClick={() => action.perform(app)}
    >
      {children ?? (
        <>
          {action.icon && <Icon name={action.icon} />}
          {!compact && action.label}
        </>
      )}
    </button>
  );
}
