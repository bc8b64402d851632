/** The keys of a picture. */
import { firstElement, nextElement, stepElement, type Direction } from '../../scene/cursor.ts';
import {
  elementBox,
  elementName,
  findElement,
  screenBox,
  type ElementRef,
} from '../../scene/elements.ts';
import type { ElementId, Point } from '../../scene/scene.ts';
import type { Stage } from '../../scene/stage.ts';
import type { SceneViewProps } from './SceneView.tsx';

export interface KeyContext {
  stage: Stage;
  props: SceneViewProps;
  cursor: ElementId | null;
  /** Whether a gesture was under way, which it ends. */
  cancelGesture(): boolean;
  moveCursor(ref: ElementRef | null, name: string): void;
  /** The view moved under the cursor. */
  moved(): void;
}

const arrows: Record<string, { direction: Direction; dx: number; dy: number }> = {
  ArrowLeft: { direction: 'left', dx: -1, dy: 0 },
  ArrowRight: { direction: 'right', dx: 1, dy: 0 },
  ArrowUp: { direction: 'up', dx: 0, dy: -1 },
  ArrowDown: { direction: 'down', dx: 0, dy: 1 },
};

/** Places in drawing order. */
const steps = { Home: -Infinity, End: Infinity, PageUp: -1, PageDown: 1 };

const panStep = 60;

/** Acts on a key press and prevents its default; leaves keys it does not know alone. */
export function handleKey(event: KeyboardEvent, context: KeyContext): void {
  if (event.ctrlKey || event.metaKey) return;
  if (act(event, context)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function act(event: KeyboardEvent, context: KeyContext): boolean {
  const { stage, props } = context;
  const scene = stage.scene();
  const at = findElement(scene, context.cursor) ?? findElement(scene, props.selected);
  const arrow = arrows[event.key];
  if (arrow) {
    if (event.altKey) {
      if (at) props.onNudge?.(at.id, arrow.dx, arrow.dy);
      return at !== null && props.onNudge !== undefined;
    }
    if (event.shiftKey) {
      stage.pan(-arrow.dx * panStep, -arrow.dy * panStep);
      context.moved();
      return true;
    }
    const next = at ? nextElement(scene, stage.transform(), at, arrow.direction) : first(stage);
    if (next) context.moveCursor(next, elementName(next));
    else if (!at) stage.pan(-arrow.dx * panStep, -arrow.dy * panStep);
    return true;
  }
  switch (event.key) {
    case 'Home':
    case 'End':
    case 'PageUp':
    case 'PageDown': {
      const ref = stepElement(scene, at?.id ?? null, steps[event.key]);
      if (ref) context.moveCursor(ref, elementName(ref));
      return true;
    }
    case 'Enter':
    case ' ': {
      if (!at) return false;
      const box = elementBox(at.item, at.index);
      const middle = { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 };
      props.onSelect(at.id);
      props.onClick?.(at.id, middle, { shift: event.shiftKey, alt: event.altKey });
      return true;
    }
    case 'Delete':
    case 'Backspace':
      if (!at || !props.onRemove) return false;
      props.onRemove(at.id);
      return true;
    case 'Escape':
      if (context.cancelGesture()) return true;
      if (context.cursor === null && props.selected === null) return false;
      context.moveCursor(null, '');
      props.onSelect(null);
      return true;
    case '+':
    case '=':
    case '-':
    case '_': {
      const factor = event.key === '+' || event.key === '=' ? 1.25 : 0.8;
      const shown = context.cursor !== null && at;
      stage.zoom(factor, shown ? centreOf(stage, shown) : undefined);
      context.moved();
      return true;
    }
    case '0':
      stage.fit();
      context.moved();
      return true;
  }
  return false;
}

function centreOf(stage: Stage, { item, index }: ElementRef): Point {
  const box = screenBox(stage.transform(), elementBox(item, index));
  return { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 };
}

function first(stage: Stage): ElementRef | null {
  const { left, top, width, height } = stage.area();
  const view = { minX: left, minY: top, maxX: left + width, maxY: top + height };
  return firstElement(stage.scene(), stage.transform(), view);
}
