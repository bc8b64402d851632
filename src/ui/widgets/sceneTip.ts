/** The tooltip of a picture: the name of the element under the pointer or the keyboard cursor. */
import {
  elementBox,
  elementName,
  findElement,
  screenBox,
  type ElementRef,
} from '../../scene/elements.ts';
import type { ElementId, Point } from '../../scene/scene.ts';
import type { Stage } from '../../scene/stage.ts';

export interface Tip {
  /** Shows the name of `target` beside `at` (px); hides when either is null. */
  follow(target: ElementId | null, at: Point | null): void;
  /** Shows the name of an element beside the element. */
  point(ref: ElementRef | null): void;
  /** Reads name and place anew, after the scene or the view changed. */
  refresh(): void;
}

const gap = 14;

export function createTip(element: HTMLElement, host: HTMLElement, stage: Stage): Tip {
  let target: ElementId | null = null;
  let place: Point | null = null;
  /** Beside the element itself, wherever it moves. */
  let pointing = false;

  function show(): void {
    const ref = place || pointing ? findElement(stage.scene(), target) : null;
    if (ref && pointing) {
      const box = screenBox(stage.transform(), elementBox(ref.item, ref.index));
      place = { x: Math.min(box.maxX, box.minX + 60) - gap, y: box.maxY - gap + 6 };
    }
    const name = ref ? elementName(ref) : '';
    element.hidden = name === '';
    if (name === '' || !place) return;
    if (element.textContent !== name) element.textContent = name;
    // Beside the pointer, on the side where it fits.
    const { clientWidth: width, clientHeight: height } = host;
    const { offsetWidth: w, offsetHeight: h } = element;
    const x = place.x + gap + w > width ? place.x - gap - w : place.x + gap;
    const y = place.y + gap + h > height ? place.y - gap - h : place.y + gap;
    const left = Math.max(4, Math.min(width - w - 4, x));
    const top = Math.max(4, Math.min(height - h - 4, y));
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  return {
    follow(next, at) {
      if (next === null && target === null) return;
      target = at ? next : null;
      place = at;
      pointing = false;
      show();
    },
    point(ref) {
      target = ref?.id ?? null;
      place = null;
      pointing = ref !== null;
      show();
    },
    refresh() {
      if (target !== null) show();
    },
  };
}
