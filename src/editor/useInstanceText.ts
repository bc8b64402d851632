import { useEffect, useRef, useState } from 'react';
import type { Issue } from '../core/result.ts';
import type { AnyFamily } from '../problems/family.ts';
import { instanceText, parseInstanceText } from './json-text.ts';

/** Milliseconds from the last keystroke to reading the text. */
const DELAY = 250;

const none: readonly Issue[] = [];

interface State {
  /** The instance the text stands for, unless it has issues. */
  instance: unknown;
  family: AnyFamily;
  /** null: too large to be edited as text. */
  text: string | null;
  issues: readonly Issue[];
  /** The text of the instance itself. */
  written: string | null;
}

export interface InstanceText {
  text: string | null;
  issues: readonly Issue[];
  change(text: string): void;
}

/**
 * An instance as text under edit. Valid text becomes the instance shortly after typing; invalid
 * text stays text, with its issues, and the instance stays as it was. An instance changed
 * elsewhere (in the picture, by undo) replaces the text.
 */
export function useInstanceText(
  instance: unknown,
  family: AnyFamily,
  onInstance: (instance: unknown) => void,
): InstanceText {
  const fresh = (): State => {
    const text = instanceText(instance);
    return { instance, family, text, issues: none, written: text };
  };
  const [kept, setState] = useState<State>(fresh);
  let state = kept;
  if (state.instance !== instance || state.family !== family) {
    const next = fresh();
    // An instance that only knows more than before, of its code say, reads the same: what is being
    // typed goes on.
    const isSame = state.family === family && next.text === state.written;
    state = isSame ? { ...state, instance } : next;
    setState(state);
  }
  const { written } = state;
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; read(): void } | null>(null);

  useEffect(() => {
    // Text typed for an instance that has been replaced is void.
    const stale = pending.current;
    if (stale) clearTimeout(stale.timer);
    pending.current = null;
  }, [written, family]);

  // Leaving the editor within the delay loses nothing.
  useEffect(
    () => () => {
      const { current } = pending;
      if (!current) return;
      clearTimeout(current.timer);
      current.read();
    },
    [],
  );

  function change(text: string): void {
    if (pending.current) clearTimeout(pending.current.timer);
    setState({ ...state, text });
    const read = () => {
      pending.current = null;
      const parsed = parseInstanceText(text, family);
      if (!parsed.ok) {
        setState((now) => ({ ...now, text, issues: parsed.issues }));
        return;
      }
      const next = instanceText(parsed.value);
      if (next === written) {
        setState((now) => ({ ...now, text, issues: none }));
      } else {
        setState({ instance: parsed.value, family, text, issues: none, written: next });
        onInstance(parsed.value);
      }
    };
    pending.current = { timer: setTimeout(read, DELAY), read };
  }

  return { text: state.text, issues: state.issues, change };
}
