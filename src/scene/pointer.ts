/**
 * Mouse, touch and pen on a stage, told apart into clicks, drags, strokes, pans and pinches. As on
 * maps: the wheel zooms around the pointer, dragging empty space pans.
 */
import type { ElementId, Point } from './scene.ts';
import type { Stage } from './stage.ts';

/** Gestures in world coordinates. */
export interface PointerHandlers {
  /** True when the click did something, so that a double click is not taken for "fit". */
  click?(
    target: ElementId | null,
    at: Point,
    modifiers: { shift: boolean; alt: boolean },
  ): boolean | void;
  /** Whether the element is taken along; else the press strokes or pans. */
  dragStart?(target: ElementId, from: Point): boolean;
  drag?(target: ElementId, from: Point, to: Point): void;
  dragEnd?(target: ElementId, from: Point, to: Point): void;
  dragCancel?(target: ElementId): void;
  /** Freehand points so far: x0, y0, x1, y1, … */
  stroke?(points: readonly number[]): void;
  strokeEnd?(points: readonly number[]): void;
  strokeCancel?(): void;
  /** What the mouse is over, and where on the screen; null when it left. */
  hover(target: ElementId | null, at: Point | null): void;
  /** Whether pressing empty space strokes instead of pans. */
  strokes(): boolean;
  /** Whether elements can be dragged at all. */
  drags(): boolean;
}

type State =
  | { kind: 'idle' }
  | {
      kind: 'pressed';
      pointer: number;
      target: ElementId | null;
      from: Point;
      screen: Point;
      pan: boolean;
    }
  | { kind: 'drag'; pointer: number; target: ElementId; from: Point; to: Point }
  | { kind: 'stroke'; pointer: number; points: number[]; last: Point }
  | { kind: 'pan'; pointer: number; last: Point }
  | { kind: 'pinch'; middle: Point; spread: number };

export interface PointerControl {
  /** Ends the gesture under way without effect; false when there is none. */
  cancel(): boolean;
  dispose(): void;
}

export function attachPointer(
  host: HTMLElement,
  stage: Stage,
  handlers: PointerHandlers,
): PointerControl {
  let state: State = { kind: 'idle' };
  const down = new Map<number, Point>();
  let clickDid = false;

  const place = (event: { clientX: number; clientY: number }): Point => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const reach = (event: PointerEvent) => (event.pointerType === 'touch' ? 14 : 5);
  const showCursor = (name: string) => {
    if (host.style.cursor !== name) host.style.cursor = name;
  };
  const restingCursor = (target: ElementId | null) =>
    target !== null
      ? handlers.drags()
        ? 'grab'
        : 'pointer'
      : handlers.strokes()
        ? 'crosshair'
        : 'default';

  function cancel(): boolean {
    const was = state;
    state = { kind: 'idle' };
    stage.hold(false);
    if (was.kind === 'drag') handlers.dragCancel?.(was.target);
    else if (was.kind === 'stroke') handlers.strokeCancel?.();
    return was.kind !== 'idle' && was.kind !== 'pressed';
  }

  function startPinch(): void {
    cancel();
    const [a, b] = [...down.values()];
    state = { kind: 'pinch', middle: middleOf(a, b), spread: Math.max(1, distance(a, b)) };
  }

  function onDown(event: PointerEvent): void {
    if (event.button > 1) return;
    const at = place(event);
    down.set(event.pointerId, at);
    host.setPointerCapture(event.pointerId);
    handlers.hover(null, null);
    if (down.size === 2) return startPinch();
    if (state.kind !== 'idle') return;
    const pan = event.button === 1;
    if (pan) event.preventDefault();
    state = {
      kind: 'pressed',
      pointer: event.pointerId,
      target: pan ? null : (stage.hit(at, reach(event))?.id ?? null),
      from: stage.toWorld(at),
      screen: at,
      pan,
    };
  }

  function onMove(event: PointerEvent): void {
    const at = place(event);
    if (down.has(event.pointerId)) down.set(event.pointerId, at);
    switch (state.kind) {
      case 'idle': {
        if (event.pointerType === 'touch') return;
        const target = stage.hit(at, reach(event))?.id ?? null;
        showCursor(restingCursor(target));
        return handlers.hover(target, at);
      }
      case 'pinch': {
        const [a, b] = [...down.values()];
        if (!a || !b) return;
        const middle = middleOf(a, b);
        const spread = Math.max(1, distance(a, b));
        stage.pan(middle.x - state.middle.x, middle.y - state.middle.y);
        stage.zoom(spread / state.spread, middle);
        state = { kind: 'pinch', middle, spread };
        return;
      }
    }
    if (event.pointerId !== state.pointer) return;
    if (state.kind === 'pressed') {
      if (distance(at, state.screen) < (event.pointerType === 'touch' ? 9 : 4)) return;
      begin(state);
    }
    follow(event, at);
  }

  /** A press that moved becomes a drag, a stroke or a pan. */
  function begin(press: State & { kind: 'pressed' }): void {
    const { pointer, target, from, screen } = press;
    stage.hold(true);
    if (target !== null && !press.pan && handlers.dragStart?.(target, from) === true) {
      state = { kind: 'drag', pointer, target, from, to: from };
      showCursor('grabbing');
    } else if (handlers.strokes() && !press.pan) {
      state = { kind: 'stroke', pointer, points: [from.x, from.y], last: screen };
      showCursor('crosshair');
    } else {
      stage.hold(false);
      state = { kind: 'pan', pointer, last: screen };
      showCursor('grabbing');
    }
  }

  function follow(event: PointerEvent, at: Point): void {
    switch (state.kind) {
      case 'drag':
        state.to = stage.toWorld(at);
        return handlers.drag?.(state.target, state.from, state.to);
      case 'pan':
        stage.pan(at.x - state.last.x, at.y - state.last.y);
        state.last = at;
        return;
      case 'stroke': {
        // Every sample the pen took since the last frame.
        const samples = event.getCoalescedEvents?.() ?? [];
        for (const sample of samples.length > 0 ? samples : [event]) {
          const screen = place(sample);
          if (distance(screen, state.last) < 1) continue;
          const world = stage.toWorld(screen);
          state.points.push(world.x, world.y);
          state.last = screen;
        }
        return handlers.stroke?.(state.points);
      }
    }
  }

  function onUp(event: PointerEvent): void {
    down.delete(event.pointerId);
    const was = state;
    if (was.kind === 'pinch') {
      if (down.size < 2) state = { kind: 'idle' };
      return;
    }
    if (was.kind === 'idle' || event.pointerId !== was.pointer) return;
    state = { kind: 'idle' };
    stage.hold(false);
    const at = place(event);
    if (was.kind === 'drag') handlers.dragEnd?.(was.target, was.from, stage.toWorld(at));
    else if (was.kind === 'stroke') handlers.strokeEnd?.(was.points);
    else if (was.kind === 'pressed' && !was.pan)
      clickDid =
        handlers.click?.(was.target, stage.toWorld(at), {
          shift: event.shiftKey,
          alt: event.altKey,
        }) === true;
    showCursor(restingCursor(stage.hit(at, reach(event))?.id ?? null));
  }

  function onCancel(event: PointerEvent): void {
    down.delete(event.pointerId);
    if (state.kind !== 'idle') cancel();
  }

  function onLeave(): void {
    if (state.kind === 'idle') handlers.hover(null, null);
  }

  function onWheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      return stage.pan(-(event.deltaX || event.deltaY) * unit, 0);
    // Browsers report a pinch on a touchpad as a wheel with Ctrl and small steps.
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    const steps = Math.max(-240, Math.min(240, event.deltaY * unit));
    stage.zoom(Math.exp(-steps * speed), place(event));
  }

  function onDouble(event: MouseEvent): void {
    if (!clickDid && !stage.hit(place(event), 5)) stage.fit();
  }

  const events: [string, (event: never) => void][] = [
    ['pointerdown', onDown],
    ['pointermove', onMove],
    ['pointerup', onUp],
    ['pointercancel', onCancel],
    ['pointerleave', onLeave],
    ['dblclick', onDouble],
  ];
  for (const [name, listener] of events) host.addEventListener(name, listener as EventListener);
  // Not passive: the page must not scroll under the zooming picture.
  host.addEventListener('wheel', onWheel, { passive: false });

  return {
    cancel,
    dispose() {
      cancel();
      for (const [name, listener] of events)
        host.removeEventListener(name, listener as EventListener);
      host.removeEventListener('wheel', onWheel);
    },
  };
}

const distance = (a: Point, b: Point) => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
