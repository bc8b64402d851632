/** Where to put a floating thing beside its anchor. */
export interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type Side = 'top' | 'bottom' | 'left' | 'right';
export type Align = 'start' | 'center' | 'end';

/**
 * The top left corner, px: on the wanted side when it fits, else on the opposite one when there is
 * more room; shifted along the side to stay `margin` px inside the viewport.
 */
export function placeBeside(
  anchor: Rect,
  size: { width: number; height: number },
  viewport: { width: number; height: number },
  side: Side,
  align: Align,
  gap = 6,
  margin = 6,
): { x: number; y: number } {
  const vertical = side === 'top' || side === 'bottom';
  const room = {
    top: anchor.top - gap - margin,
    bottom: viewport.height - anchor.top - anchor.height - gap - margin,
    left: anchor.left - gap - margin,
    right: viewport.width - anchor.left - anchor.width - gap - margin,
  };
  const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const;
  const need = vertical ? size.height : size.width;
  const chosen = room[side] < need && room[opposite[side]] > room[side] ? opposite[side] : side;
  const along = (start: number, extent: number, own: number) =>
    align === 'start' ? start : align === 'end' ? start + extent - own : start + (extent - own) / 2;
  const inside = (value: number, own: number, extent: number) =>
    Math.max(margin, Math.min(extent - own - margin, value));
  const x =
    chosen === 'left'
      ? anchor.left - gap - size.width
      : chosen === 'right'
        ? anchor.left + anchor.width + gap
        : along(anchor.left, anchor.width, size.width);
  const y =
    chosen === 'top'
      ? anchor.top - gap - size.height
      : chosen === 'bottom'
        ? anchor.top + anchor.height + gap
        : along(anchor.top, anchor.height, size.height);
  return {
    x: Math.round(inside(x, size.width, viewport.width)),
    y: Math.round(inside(y, size.height, viewport.height)),
  };
}

/** Moves a fixed, shown `element` beside `anchor`. */
export function moveBeside(
  element: HTMLElement,
  anchor: Element,
  side: Side,
  align: Align,
  gap?: number,
): void {
  const { x, y } = placeBeside(
    anchor.getBoundingClientRect(),
    { width: element.offsetWidth, height: element.offsetHeight },
    { width: document.documentElement.clientWidth, height: innerHeight },
    side,
    align,
    gap,
  );
  element.style.left = `${x}px`;
  element.style.top = `${y}px`;
}
