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
  const fresh = (): State => ({ instance, family, text: instanceText(instance), issues: none });
  const [kept, setState] = useState<State>(fresh);
  let state = kept;
  if (state.instance !== instance || state.family !== family) {
    state = fresh();
    setState(state);
  }
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; read(): void } | null>(null);

  useEffect(() => {
    // Text typed for an instance that has been replaced is void.
    const stale = pending.current;
    if (stale) clearTimeout(stale.timer);
    pending.current = null;
  }, [instance, family]);

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
        setState({ instance, family, text, issues: parsed.issues });
      } else if (instanceText(parsed.value) === instanceText(instance)) {
        setState({ instance, family, text, issues: none });
      } else {
        setState({ instance: parsed.value, family, text, issues: none });
        onInstance(parsed.value);
      }
    };
    pending.current = { timer: setTimeout(read, DELAY), read };
  }

  return { text: state.text, issues: state.issues, change };
}
