/** What is open on the page right now; nothing of it is kept. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Issue } from '../core/result.ts';
import type { AnyFamily } from '../problems/family.ts';
import type { AnyViews } from '../problems/views.ts';

export type DialogName = 'gallery' | 'open' | 'share' | 'export' | 'help' | 'palette' | 'recent';

export interface Message {
  id: number;
  tone: 'info' | 'good' | 'bad';
  text: string;
  /** Details, one line each. */
  issues: Issue[];
  /** One thing to do about it. */
  action?: { label: string; run(): void };
}

export interface ShellState {
  /** The document's family, loaded; null only before the first one. */
  loaded: { family: AnyFamily; views: AnyViews } | null;
  dialog: DialogName | null;
  /** Bottom sheet on narrow screens. */
  sheet: 'instance' | 'solver' | null;
  messages: Message[];
  /** Spoken politely to screen readers. */
  announcement: string;
  /** What long work is going on besides solving, e.g. "Reading pcb442.tsp". */
  busy: string | null;
  /** Element selected in picture and tables. */
  selected: string | null;
  /** Row of the run's trace that a chart is pointed at; all charts and the picture show it. */
  cursor: number | null;
  /** Active tool of the picture's mode. */
  tool: string | null;
  /** Where the slider of the picture's mode stands; null for its end. */
  slide: number | null;
  online: boolean;
}

export type Shell = StoreApi<ShellState>;

export const createShell = (): Shell =>
  createStore<ShellState>(() => ({
    loaded: null,
    dialog: null,
    sheet: null,
    messages: [],
    announcement: '',
    busy: null,
    selected: null,
    cursor: null,
    tool: null,
    slide: null,
    online: true,
  }));

let messageCount = 0;

/** Shows a message until dismissed; errors with the same text are shown once. */
export function say(shell: Shell, message: Omit<Message, 'id'>): void {
  shell.setState(({ messages }) => ({
    messages: [
      ...messages.filter(({ text }) => text !== message.text),
      { ...message, id: ++messageCount },
    ].slice(-4),
    announcement: [message.text, ...message.issues.map(({ message: text }) => text)].join(' '),
  }));
}

export function dismiss(shell: Shell, id: number): void {
  shell.setState(({ messages }) => ({
    messages: messages.filter((message) => message.id !== id),
  }));
}
