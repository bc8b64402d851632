import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { applyEdit, frameOf, modeOf, togglesOf, type App } from '../actions/app.ts';
import type { AnyFamily } from '../problems/family.ts';
import type { ChartMode, Edit, Frame, Mode, SceneMode, Toggle } from '../problems/views.ts';
import { ActionButton } from './ActionButton.tsx';
import { useApp, useDocument, useLive, useLoaded, useShell } from './context.ts';
import styles from './Picture.module.css';
import { useTraceCursor } from './useTraceCursor.ts';
import { PictureActions } from './PictureActions.tsx';
import { PictureSlider } from './PictureSlider.tsx';
import { ChartView, type ChartHandle } from './widgets/ChartView.tsx';
import { SceneView, type SceneHandle } from './widgets/SceneView.tsx';
import { Segmented } from './widgets/Segmented.tsx';
import { usePalette } from './widgets/usePalette.ts';
import { chartColours } from '../scene/palette.ts';

type AnyMode = Mode<unknown, unknown>;

/** The living picture: the solution in one of the family's modes, editable by hand. */
export function Picture() {
  const app = useApp();
  const { family } = useLoaded();
  useDocument((state) => state.instance);
  useDocument((state) => state.modeId);
  const mode = modeOf(app);
  return (
    <section className={styles.picture} aria-label="Picture">
      {mode.kind === 'scene' ? (
        <ScenePicture key={`${family.id} ${mode.id}`} mode={mode} />
      ) : (
        <ChartPicture key={`${family.id} ${mode.id}`} mode={mode} />
      )}
      <PictureTools mode={mode} />
      {mode.kind === 'scene' && mode.slider && <PictureSlider mode={mode} />}
    </section>
  );
}

function PictureTools({ mode }: { mode: AnyMode }) {
  const app = useApp();
  const { views } = useLoaded();
  const instance = useDocument((state) => state.instance);
  const chosen = useDocument((state) => state.toggles);
  const tool = useShell((state) => state.tool);
  const toggles = togglesOf(mode, chosen);
  const modes = views.modes(instance);
  const tools = mode.kind === 'scene' ? (mode.tools ?? []) : [];
  return (
    <div className={styles.tools} role="toolbar" aria-label="View">
      {tools.length > 1 && (
        <Segmented
          label="Tool"
          options={tools.map(({ id, name, help }) => ({ id, name, help }))}
          value={tool ?? tools[0].id}
          onChange={(next) => app.shell.setState({ tool: next })}
        />
      )}
      {modes.length > 1 && (
        <Segmented
          label="Mode"
          options={modes.map(({ id, name, help }) => ({ id, name, help }))}
          value={mode.id}
          onChange={(next) => {
            app.shell.setState({ tool: null, selected: null, slide: null });
            app.document.setMode(next);
          }}
        />
      )}
      {(mode.toggles ?? []).map((toggle) => (
        <button
          key={toggle.id}
          type="button"
          title={toggle.help}
          aria-pressed={toggles[toggle.id]}
          onClick={() => switchToggle(app, mode, toggle, !toggles[toggle.id])}
        >
          {toggle.name}
        </button>
      ))}
      {mode.kind === 'scene' && mode.gestures?.actions && <PictureActions mode={mode} />}
      {mode.kind === 'scene' && <ActionButton action="fit" compact />}
    </div>
  );
}

/** Of a group at most one is on. */
function switchToggle(app: App, mode: AnyMode, toggle: Toggle, on: boolean): void {
  for (const other of mode.toggles ?? [])
    if (on && toggle.group !== undefined && other.group === toggle.group && other !== toggle)
      app.document.setToggle(other.id, false);
  app.document.setToggle(toggle.id, on);
}

/** A picture that takes long to lay out leaves this many times as long to everything else. */
const REST = 4;

/** Calls `draw` once per animation frame in which run, document or selection changed. */
function useFrames(app: App, draw: () => void, followsCursor = true): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  });
  useEffect(() => {
    let frame = 0;
    let restUntil = 0;
    const schedule = () => {
      if (frame === 0) frame = requestAnimationFrame(show);
    };
    const show = (now: number) => {
      frame = 0;
      if (now < restUntil) return schedule();
      latest.current();
      // The workers may send what comes next only now that this is drawn.
      app.live.getState().run?.drawn();
      const took = performance.now() - now;
      restUntil = took > 8 ? now + REST * took : 0;
    };
    const stops = [
      app.live.subscribe(schedule),
      app.document.subscribe(schedule),
      app.shell.subscribe((state, before) => {
        if (followsCursor || state.cursor === before.cursor) schedule();
      }),
    ];
    schedule();
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [app, followsCursor]);
}

/** The frame as it would be after an edit, for previews while dragging. */
function previewed(
  frame: Frame<unknown, unknown>,
  edit: Edit<unknown, unknown> | null,
  family: AnyFamily,
): Frame<unknown, unknown> {
  if (!edit || edit.kind === 'refused') return frame;
  const instance = edit.kind === 'instance' ? edit.instance : frame.instance;
  const solution = edit.kind === 'solution' ? edit.solution : frame.solution;
  const report = solution === null ? null : family.check(instance, solution);
  return report?.feasible
    ? { ...frame, instance, solution, report }
    : { ...frame, instance, solution: null, report: null };
}

let gestureCount = 0;

function ScenePicture({ mode }: { mode: SceneMode<unknown, unknown> }) {
  const app = useApp();
  const { family } = useLoaded();
  const view = useRef<SceneHandle>(null);
  const documentId = useDocument((state) => state.id);
  const selected = useShell((state) => state.selected);
  const tool = useShell((state) => state.tool) ?? mode.tools?.[0]?.id ?? '';
  const { gestures } = mode;
  const gesture = useRef<{ frame: Frame<unknown, unknown>; edit: Edit<unknown, unknown> | null }>(
    null,
  );

  const draw = useCallback(
    () =>
      mode.draw(
        gesture.current
          ? previewed(gesture.current.frame, gesture.current.edit, family)
          : frameOf(app),
      ),
    [app, family, mode],
  );
  // Only the first scene: everything later goes past React.
  const first = useMemo(draw, [draw]);
  useFrames(app, () => view.current?.show(draw()));

  useEffect(() => {
    app.picture.handle = {
      fit: () => view.current?.fit(),
      toPng: () => view.current!.toPng(),
      toSvg: () => view.current!.toSvg(family.nameOf(app.document.getState().instance)),
      toCsv: null,
    };
    return () => {
      app.picture.handle = null;
    };
  }, [app, family]);

  const begin = () => {
    gesture.current = { frame: frameOf(app), edit: null };
  };
  const preview = (edit: Edit<unknown, unknown> | null) => {
    if (!gesture.current) return;
    gesture.current.edit = edit;
    view.current?.show(draw());
  };
  const end = () => {
    const edit = gesture.current?.edit ?? null;
    gesture.current = null;
    applyEdit(app, edit, `gesture ${++gestureCount}`);
    view.current?.show(draw());
  };
  const cancel = () => {
    gesture.current = null;
    view.current?.show(draw());
  };

  return (
    <SceneView
      ref={view}
      scene={first}
      fitKey={`${documentId} ${mode.id}`}
      label={mode.name}
      hint={gestures?.hint ?? mode.help}
      inset={mode.slider ? { top: 52, bottom: 48 } : { top: 52 }}
      selected={selected}
      onSelect={(element) => app.shell.setState({ selected: element })}
      stroking={Boolean(gestures?.stroke) && tool === 'draw'}
      onClick={(target, at, modifiers) => {
        const edit = gestures?.click?.(frameOf(app), target, at, modifiers) ?? null;
        applyEdit(app, edit);
        return edit !== null;
      }}
      onDragStart={() => {
        if (!gestures?.drag) return false;
        begin();
        return true;
      }}
      onDrag={(target, from, to) => {
        if (gesture.current && gestures?.drag)
          preview(gestures.drag(gesture.current.frame, target, from, to));
      }}
      onDragEnd={end}
      onDragCancel={cancel}
      onStroke={(points) => {
        if (!gesture.current) begin();
        if (gestures?.stroke) preview(gestures.stroke(gesture.current!.frame, points));
      }}
      onStrokeEnd={end}
      onStrokeCancel={cancel}
      onRemove={(target) => applyEdit(app, gestures?.remove?.(frameOf(app), target) ?? null)}
      onNudge={(target, dx, dy) =>
        applyEdit(app, gestures?.nudge?.(frameOf(app), target, dx, dy) ?? null, `nudge ${target}`)
      }
    />
  );
}

const CHART_MILLISECONDS = 100;

function ChartPicture({ mode }: { mode: ChartMode<unknown, unknown> }) {
  const app = useApp();
  const { family } = useLoaded();
  const palette = usePalette();
  const view = useRef<ChartHandle>(null);
  const colours = useMemo(() => chartColours(palette), [palette]);
  const make = useCallback(() => {
    const frame = frameOf(app);
    return {
      option: mode.option(frame, colours),
      description: mode.describe(frame),
      axis: mode.axis?.(frame) ?? null,
    };
  }, [app, colours, mode]);
  const [chart, setChart] = useState(make);
  const lastTime = useRef(-Infinity);
  const timer = useRef(0);

  useEffect(() => setChart(make()), [make]);
  useFrames(
    app,
    () => {
      const wait = lastTime.current + CHART_MILLISECONDS - performance.now();
      window.clearTimeout(timer.current);
      const renew = () => {
        lastTime.current = performance.now();
        setChart(make());
      };
      if (wait <= 0) renew();
      else timer.current = window.setTimeout(renew, wait);
    },
    false,
  );
  const trace = useLive((state) => state.run?.buffers.trace);
  const link = useTraceCursor(trace, chart.axis?.values, chart.axis?.log ?? false);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  useEffect(() => {
    app.picture.handle = {
      fit: () => undefined,
      toPng: () => view.current!.toPng(),
      toSvg: () => view.current!.toSvg(),
      toCsv: () => view.current!.toCsv(),
    };
    return () => {
      app.picture.handle = null;
    };
  }, [app, family]);

  return (
    <div className={styles.chart}>
      <ChartView
        ref={view}
        option={chart.option}
        label={mode.name}
        description={chart.description}
        {...link}
      />
    </div>
  );
}
