import { expect, it } from 'vitest';
import { placeBeside } from './placement.ts';

const viewport = { width: 400, height: 300 };
const size = { width: 100, height: 40 };

it('puts it on the wanted side, centred', () => {
  const anchor = { left: 150, top: 100, width: 40, height: 20 };
  expect(placeBeside(anchor, size, viewport, 'bottom', 'center')).toEqual({ x: 120, y: 126 });
  expect(placeBeside(anchor, size, viewport, 'top', 'start')).toEqual({ x: 150, y: 54 });
  expect(placeBeside(anchor, size, viewport, 'right', 'center')).toEqual({ x: 196, y: 90 });
});

it('turns to the other side when there is no room', () => {
  const low = { left: 150, top: 270, width: 40, height: 20 };
  expect(placeBeside(low, size, viewport, 'bottom', 'center').y).toBe(224);
  const right = { left: 370, top: 100, width: 20, height: 20 };
  expect(placeBeside(right, size, viewport, 'right', 'center').x).toBe(264);
});

it('stays inside the viewport', () => {
  const corner = { left: 390, top: 0, width: 10, height: 10 };
  const { x, y } = placeBeside(corner, size, viewport, 'top', 'center');
  expect(x).toBe(400 - 100 - 6);
  expect(y).toBeGreaterThanOrEqual(6);
});
