/** Key presses to actions. Single letters do nothing while a person is typing. */
import { actionsOf, isEnabled, type Action } from './actions.ts';
import type { App } from './app.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A shortcut as the platform writes it. */
export const shownShortcut = (shortcut: string): string =>
  isMac ? shortcut.replace('Ctrl+', '⌘').replace('Shift+', '⇧') : shortcut;

function matches(shortcut: string, event: KeyboardEvent): boolean {
  const parts = shortcut.split('+');
  const key = parts[parts.length - 1];
  const ctrl = isMac ? event.metaKey : event.ctrlKey;
  if (parts.includes('Ctrl') !== ctrl || event.altKey) return false;
  // Shift makes part of "?" and the like; only letters name it apart.
  if (/^[A-Z]$/.test(key) && parts.includes('Shift') !== event.shiftKey) return false;
  return event.key.toUpperCase() === key.toUpperCase();
}

/** Whether what is pressed or pasted there is text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // Monaco's input is an element with an EditContext, which browsers do not call editable.
  if (target.isContentEditable || target.role === 'textbox') return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Listens on the window; returns the way to stop. */
export function listenForShortcuts(app: App): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !app.shell.getState().loaded) return;
    const modified = event.ctrlKey || event.metaKey;
    if (!modified && (isTyping(event.target) || app.shell.getState().dialog !== null)) return;
    // In a text field Ctrl+Z belongs to the text.
    if (modified && isTyping(event.target) && /^[zy]$/i.test(event.key)) return;
    const action = actionsOf(app).find(
      (candidate: Action) => candidate.shortcut && matches(candidate.shortcut, event),
    );
    if (!action) return;
    event.preventDefault();
    if (isEnabled(action, app)) action.perform(app);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
