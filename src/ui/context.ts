/** The app model for components, and hooks that read it. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { App } from '../actions/app.ts';
import type { AnyFamily } from '../problems/family.ts';
import type { AnyViews } from '../problems/views.ts';
import type { LiveState } from '../runs/live.ts';
import type { DocumentState } from '../state/document.ts';
import type { RecordsState } from '../state/runs.ts';
import type { ShellState } from '../state/shell.ts';
import type { UiState } from '../state/ui.ts';

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('Components need an AppContext.');
  return app;
}

export const useDocument = <T>(select: (state: DocumentState) => T): T =>
  useStore(useApp().document, select);
export const useUi = <T>(select: (state: UiState) => T): T => useStore(useApp().ui, select);
export const useShell = <T>(select: (state: ShellState) => T): T =>
  useStore(useApp().shell, select);
export const useRecords = <T>(select: (state: RecordsState) => T): T =>
  useStore(useApp().records, select);
export const useLive = <T>(select: (state: LiveState) => T): T => useStore(useApp().live, select);

/** The open document's family; the shell renders only once there is one. */
export function useLoaded(): { family: AnyFamily; views: AnyViews } {
  const loaded = useShell((state) => state.loaded);
  if (!loaded) throw new Error('No document is open yet.');
  return loaded;
}

const narrow = matchMedia('(max-width: 899px)');

/** Whether the page is too narrow for panels side by side. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
}
