import { applyEdit, frameOf } from '../actions/app.ts';
import type { SceneMode } from '../problems/views.ts';
import { useApp, useDocument, useLive, useShell } from './context.ts';
import { useThrottled } from './useThrottled.ts';

/** What can be done with the selected element besides dragging it, as buttons. */
export function PictureActions({ mode }: { mode: SceneMode<unknown, unknown> }) {
  const app = useApp();
  useThrottled(
    useLive((state) => state),
    200,
  );
  useDocument((state) => state.instance);
  const selected = useShell((state) => state.selected);
  if (selected === null) return null;
  const actions = mode.gestures?.actions?.(frameOf(app), selected) ?? [];
  return actions.map(({ id, label, help, apply }) => (
    <button key={id} type="button" title={help} onClick={() => applyEdit(app, apply())}>
      {label}
    </button>
  ));
}
