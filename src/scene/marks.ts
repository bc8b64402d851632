/** Outlines of the hovered, selected and keyboard-focused element: shape and weight, not colour alone. */
import { elementBox, pointRadius, screenBox, type ElementRef } from './elements.ts';
import type { Brush } from './items.ts';
import { screenX, screenY } from './viewport.ts';

const styles = {
  hovered: { gap: 1, width: 1.5, halo: 0, dash: [] },
  selected: { gap: 1.5, width: 2, halo: 5, dash: [] },
  cursor: { gap: 4, width: 2, halo: 0, dash: [3, 2] },
} as const;

export function drawMark(brush: Brush, ref: ElementRef, kind: keyof typeof styles): void {
  const { surface, palette } = brush;
  const style = styles[kind];
  const { tokens } = palette;
  surface.globalAlpha = 1;
  surface.lineJoin = 'round';
  outline(brush, ref, style.gap);
  if (style.halo > 0) {
    surface.setLineDash([]);
    surface.strokeStyle = tokens.panel;
    surface.lineWidth = style.halo;
    surface.stroke();
  }
  surface.setLineDash([...style.dash]);
  surface.strokeStyle =
    kind === 'selected' ? tokens.accent : kind === 'cursor' ? tokens.focus : tokens.ink;
  surface.lineWidth = style.width;
  surface.stroke();
  surface.setLineDash([]);
}

/** Puts the element's outline, `gap` px outside it, in the surface's path. */
function outline(brush: Brush, ref: ElementRef, gap: number): void {
  const { surface, transform: t, sight } = brush;
  const { item, index } = ref;
  surface.beginPath();
  if (item.kind === 'points') {
    const x = screenX(t, item.points[2 * index]);
    const y = screenY(t, item.points[2 * index + 1]);
    const r = Math.max(3, pointRadius(item, index)) + gap + 0.5;
    surface.moveTo(x + r, y);
    surface.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  if (item.kind === 'rect') {
    const box = screenBox(t, elementBox(item, index));
    const inset = item.inset ?? 0;
    const x0 = Math.max(box.minX + inset - gap, sight.minX - 40);
    const y0 = Math.max(box.minY + inset - gap, sight.minY - 40);
    const x1 = Math.min(box.maxX - inset + gap, sight.maxX + 40);
    const y1 = Math.min(box.maxY - inset + gap, sight.maxY + 40);
    surface.roundRect(x0, y0, Math.max(3, x1 - x0), Math.max(3, y1 - y0), (item.radius ?? 0) + gap);
    return;
  }
  const { points, order } = item;
  const count = order ? order.length : points.length / 2;
  for (let step = 0; step < count; step++) {
    const i = order ? order[step] : step;
    const x = screenX(t, points[2 * i]);
    const y = screenY(t, points[2 * i + 1]);
    if (step === 0) surface.moveTo(x, y);
    else surface.lineTo(x, y);
  }
  if (item.closed || item.fill) surface.closePath();
}
