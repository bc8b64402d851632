import { useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react';
import { attachPointer, type PointerControl } from '../../scene/pointer.ts';
import type { Inset } from '../../scene/layout.ts';
import type { ElementId, Point, Scene } from '../../scene/scene.ts';
import { createStage, type Stage } from '../../scene/stage.ts';
import { createAnnouncer } from './announce.ts';
import { handleKey } from './sceneKeys.ts';
import styles from './SceneView.module.css';
import { createTip } from './sceneTip.ts';

export interface SceneModifiers {
  shift: boolean;
  alt: boolean;
}

export interface SceneViewProps {
  /** A new object is drawn in the next animation frame. */
  scene: Scene;
  /** The view is fitted anew when this changes (another instance, another mode). */
  fitKey?: string;
  /** Names the picture for screen readers. */
  label: string;
  /** What can be done with mouse and keys; spoken with the picture. */
  hint?: string;
  selected: ElementId | null;
  onSelect(target: ElementId | null): void;
  /** Pressing empty space strokes (`onStroke`) instead of panning. */
  stroking?: boolean;
  /** Room at the sides for things laid over the picture, px. */
  inset?: Partial<Inset>;
  /** All positions are in world coordinates. True when the click did something. */
  onClick?(target: ElementId | null, at: Point, modifiers: SceneModifiers): boolean | void;
  /** False when this element cannot be dragged: the press pans or strokes instead. */
  onDragStart?(target: ElementId, from: Point): boolean | void;
  onDrag?(target: ElementId, from: Point, to: Point): void;
  onDragEnd?(target: ElementId, from: Point, to: Point): void;
  /** Escape or a second finger: the drag is to leave no trace. */
  onDragCancel?(target: ElementId): void;
  /** x0, y0, x1, y1, … so far; the array grows in place. */
  onStroke?(points: readonly number[]): void;
  onStrokeEnd?(points: readonly number[]): void;
  onStrokeCancel?(): void;
  onRemove?(target: ElementId): void;
  /** dx, dy in −1, 0, 1, screen directions. */
  onNudge?(target: ElementId, dx: number, dy: number): void;
  ref?: Ref<SceneHandle>;
}

export interface SceneHandle {
  fit(): void;
  zoom(factor: number): void;
  /** PNG at twice the size on screen, of what is seen. */
  toPng(): Promise<Blob>;
  toSvg(title?: string): Promise<string>;
  /** Brings an element into sight. */
  reveal(target: ElementId): void;
  /** Draws a scene without React, for streams; the next `scene` prop takes over again. */
  show(scene: Scene): void;
  focus(): void;
}

/** A scene on canvas: pan, zoom, pointer gestures, keyboard cursor, tooltip and speech. */
export function SceneView(props: SceneViewProps) {
  const { scene, fitKey, label, hint, selected, inset } = props;
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tipElement = useRef<HTMLDivElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const about = useRef<HTMLParagraphElement>(null);
  const stage = useRef<Stage>(null);
  const latest = useRef(props);
  const actions = useRef<ReturnType<typeof wire>>(null);

  useLayoutEffect(() => {
    latest.current = props;
  });

  useLayoutEffect(() => {
    const wired = wire({
      host: host.current!,
      canvas: canvas.current!,
      tip: tipElement.current!,
      live: live.current!,
      about: about.current!,
      props: () => latest.current,
    });
    actions.current = wired;
    stage.current = wired.stage;
    return () => wired.dispose();
  }, []);

  const shown = useRef<Scene>(null);
  useLayoutEffect(() => {
    // A new key alone fits what is shown by now, be it by `show`.
    const next = shown.current === scene ? stage.current!.scene() : scene;
    shown.current = scene;
    actions.current!.show(next, fitKey);
  }, [scene, fitKey]);

  useLayoutEffect(() => {
    actions.current!.mark();
  }, [selected]);

  const { left = 16, top = 16, right = 18, bottom = 14 } = inset ?? {};
  useLayoutEffect(() => {
    stage.current!.setInset({ left, top, right, bottom });
  }, [left, top, right, bottom]);

  useEffect(() => {
    host.current!.style.cursor = props.stroking ? 'crosshair' : '';
  }, [props.stroking]);

  useImperativeHandle(props.ref, () => ({
    fit: () => stage.current?.fit(),
    zoom: (factor) => stage.current?.zoom(factor),
    toPng: () => stage.current!.toPng(),
    toSvg: (title) => stage.current!.toSvg(title),
    reveal: (target) => stage.current?.reveal(target),
    show: (next) => actions.current?.show(next, latest.current.fitKey),
    focus: () => host.current?.focus(),
  }));

  return (
    <div
      ref={host}
      className={styles.view}
      role="application"
      aria-roledescription="picture"
      aria-label={label}
      aria-describedby={`${id}about ${id}keys`}
      tabIndex={0}
      onKeyDown={(event) => actions.current?.key(event.nativeEvent)}
      onFocus={() => actions.current?.focus(true)}
      onBlur={() => actions.current?.focus(false)}
    >
      <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
      <div ref={tipElement} className={styles.tip} aria-hidden="true" hidden />
      <p ref={about} id={`${id}about`} className="sr-only" />
      <p id={`${id}keys`} className="sr-only">
        {hint ? `${hint} ` : ''}
        Arrow keys move between elements, Enter selects, plus and minus zoom, 0 fits.
      </p>
      <div ref={live} className="sr-only" role="status" aria-live="polite" />
    </div>
  );
}

interface Parts {
  host: HTMLDivElement;
  canvas: HTMLCanvasElement;
  tip: HTMLDivElement;
  live: HTMLDivElement;
  about: HTMLParagraphElement;
  props(): SceneViewProps;
}

/** Everything that lives as long as the mounted view, outside React's rendering. */
function wire({ host, canvas, tip, live, about, props }: Parts) {
  const stage = createStage(canvas, props().scene);
  const tooltip = createTip(tip, host, stage);
  const speech = createAnnouncer((message) => {
    live.textContent = message;
  });
  const description = createAnnouncer((message) => {
    about.textContent = message;
  });
  let cursor: ElementId | null = null;
  let hovered: ElementId | null = null;
  let focused = false;

  function mark(): void {
    stage.setMarks({ selected: props().selected, hovered, cursor: focused ? cursor : null });
  }

  const pointer: PointerControl = attachPointer(host, stage, {
    click(target, at, modifiers) {
      cursor = target;
      mark();
      props().onSelect(target);
      return props().onClick?.(target, at, modifiers);
    },
    dragStart: (target, from) =>
      props().onDrag !== undefined && props().onDragStart?.(target, from) !== false,
    drag: (target, from, to) => props().onDrag?.(target, from, to),
    dragEnd: (target, from, to) => props().onDragEnd?.(target, from, to),
    dragCancel: (target) => props().onDragCancel?.(target),
    stroke: (points) => props().onStroke?.(points),
    strokeEnd: (points) => props().onStrokeEnd?.(points),
    strokeCancel: () => props().onStrokeCancel?.(),
    hover(target, at) {
      hovered = target;
      mark();
      tooltip.follow(target, at);
    },
    strokes: () => props().stroking === true && props().onStroke !== undefined,
    drags: () => props().onDrag !== undefined,
  });

  return {
    stage,
    mark,
    show(scene: Scene, fitKey?: string) {
      stage.show(scene, fitKey);
      tooltip.refresh();
      description.say(scene.description);
    },
    focus(on: boolean) {
      // The keyboard's focus only: a click shows no cursor.
      focused = on && host.matches(':focus-visible');
      mark();
      if (!on) tooltip.follow(null, null);
    },
    key(event: KeyboardEvent) {
      handleKey(event, {
        stage,
        props: props(),
        cursor,
        cancelGesture: () => pointer.cancel(),
        moveCursor(ref, name) {
          focused = true;
          cursor = ref?.id ?? null;
          if (ref) stage.reveal(ref.id);
          mark();
          tooltip.point(ref);
          speech.say(name);
        },
        moved: () => tooltip.refresh(),
      });
    },
    dispose() {
      pointer.dispose();
      speech.dispose();
      description.dispose();
      stage.dispose();
    },
  };
}
