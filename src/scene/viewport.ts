/**
 * World ↔ screen. The camera is what a person moves; the transform is what drawing uses. All pure:
 * the camera is kept relative to the fitted view, so a resize keeps what was in the middle.
 */
import type { Box, Point, Scene } from './scene.ts';

/** A part of the screen, px. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** How a scene is laid into its area. */
export interface Lens {
  fit: 'contain' | 'fill';
  yUp: boolean;
  zoomX: boolean;
}

export interface Camera {
  /** World box that zoom 1 shows. */
  box: Box;
  zoomX: number;
  zoomY: number;
  /** World point in the middle of the area. */
  x: number;
  y: number;
}

/** screen = world · k + t, px. `ky` is negative when y grows upwards. */
export interface Transform {
  kx: number;
  ky: number;
  tx: number;
  ty: number;
}

const maxZoom = 4000;
const minZoom = 0.4;

export function lensOf(scene: Pick<Scene, 'fit' | 'yUp' | 'zoomX'>): Lens {
  return { fit: scene.fit, yUp: scene.yUp ?? false, zoomX: scene.zoomX ?? false };
}

/** The camera that shows all of `box`. A box without extent is widened around its middle. */
export function fitCamera(box: Box): Camera {
  const safe = solidBox(box);
  return {
    box: safe,
    zoomX: 1,
    zoomY: 1,
    x: (safe.minX + safe.maxX) / 2,
    y: (safe.minY + safe.maxY) / 2,
  };
}

export function isFitted(camera: Camera): boolean {
  const { box } = camera;
  const tolerance = 1e-9;
  return (
    Math.abs(camera.zoomX - 1) < tolerance &&
    Math.abs(camera.zoomY - 1) < tolerance &&
    Math.abs(camera.x - (box.minX + box.maxX) / 2) <= tolerance * (box.maxX - box.minX) &&
    Math.abs(camera.y - (box.minY + box.maxY) / 2) <= tolerance * (box.maxY - box.minY)
  );
}

export function transformOf(camera: Camera, area: Area, lens: Lens): Transform {
  const { box } = camera;
  let kx = area.width / (box.maxX - box.minX);
  let ky = area.height / (box.maxY - box.minY);
  if (lens.fit === 'contain') kx = ky = Math.min(kx, ky);
  kx *= camera.zoomX;
  ky *= lens.yUp ? -camera.zoomY : camera.zoomY;
  return {
    kx,
    ky,
    tx: area.left + area.width / 2 - camera.x * kx,
    ty: area.top + area.height / 2 - camera.y * ky,
  };
}

export const screenX = (t: Transform, x: number) => x * t.kx + t.tx;
export const screenY = (t: Transform, y: number) => y * t.ky + t.ty;

export function toScreen(t: Transform, point: Point): Point {
  return { x: point.x * t.kx + t.tx, y: point.y * t.ky + t.ty };
}

export function toWorld(t: Transform, point: Point): Point {
  return { x: (point.x - t.tx) / t.kx, y: (point.y - t.ty) / t.ky };
}

/** The world box seen in `area`. */
export function visibleBox(t: Transform, area: Area): Box {
  const a = toWorld(t, { x: area.left, y: area.top });
  const b = toWorld(t, { x: area.left + area.width, y: area.top + area.height });
  return {
    minX: Math.min(a.x, b.x),
    minY: Math.min(a.y, b.y),
    maxX: Math.max(a.x, b.x),
    maxY: Math.max(a.y, b.y),
  };
}

/** Zooms by `factor`; the world point under `at` (screen px) stays under it. */
export function zoomAt(camera: Camera, area: Area, lens: Lens, at: Point, factor: number): Camera {
  const before = toWorld(transformOf(camera, area, lens), at);
  const zoomX = clamp(camera.zoomX * factor, lens.zoomX ? 1 : minZoom, maxZoom);
  const zoomY = lens.zoomX ? camera.zoomY : clamp(camera.zoomY * factor, minZoom, maxZoom);
  const zoomed = { ...camera, zoomX, zoomY };
  const after = toWorld(transformOf(zoomed, area, lens), at);
  return clampCamera(
    { ...zoomed, x: camera.x + before.x - after.x, y: camera.y + before.y - after.y },
    lens,
  );
}

/** Moves the picture by `dx`, `dy` screen px. */
export function panBy(camera: Camera, area: Area, lens: Lens, dx: number, dy: number): Camera {
  const t = transformOf(camera, area, lens);
  return clampCamera({ ...camera, x: camera.x - dx / t.kx, y: camera.y - dy / t.ky }, lens);
}

/**
 * Keeps the picture in reach: along an axis that is stretched to fit, no emptiness beside it; on
 * maps its middle may go to the edge of the box.
 */
export function clampCamera(camera: Camera, lens: Lens): Camera {
  const { box } = camera;
  const limit = (value: number, low: number, high: number, zoom: number) => {
    const margin = lens.fit === 'fill' ? (high - low) / (2 * zoom) : 0;
    if (low + margin >= high - margin) return (low + high) / 2;
    return clamp(value, low + margin, high - margin);
  };
  return {
    ...camera,
    x: limit(camera.x, box.minX, box.maxX, camera.zoomX),
    y: limit(camera.y, box.minY, box.maxY, camera.zoomY),
  };
}

/** Moves the camera as little as needed for `box` (world) to be seen, with `pad` px around. */
export function reveal(camera: Camera, area: Area, lens: Lens, box: Box, pad = 24): Camera {
  const t = transformOf(camera, area, lens);
  const shift = (a: number, b: number, low: number, size: number) => {
    const [near, far] = a < b ? [a, b] : [b, a];
    const room = Math.min(pad, size / 4);
    if (near < low + room) return low + room - near;
    if (far > low + size - room) return Math.max(low + size - room - far, low + room - near);
    return 0;
  };
  const dx = shift(screenX(t, box.minX), screenX(t, box.maxX), area.left, area.width);
  const dy = shift(screenY(t, box.minY), screenY(t, box.maxY), area.top, area.height);
  return dx === 0 && dy === 0 ? camera : panBy(camera, area, lens, dx, dy);
}

/**
 * The camera after the scene's bounds became `next`. A fitted view follows when something would be
 * cut off, or when more than an eighth of it would stay empty; small changes leave it at rest. A
 * view a person has moved stays where it is, unless nothing of the picture would be seen.
 */
export function follow(camera: Camera, next: Box, area: Area, lens: Lens): Camera {
  const box = solidBox(next);
  const old = camera.box;
  const width = (box.maxX - box.minX) / (old.maxX - old.minX);
  const height = (box.maxY - box.minY) / (old.maxY - old.minY);
  const slackX = 1e-9 * (old.maxX - old.minX);
  const slackY = 1e-9 * (old.maxY - old.minY);
  const outgrown =
    box.maxX > old.maxX + slackX ||
    box.minX < old.minX - slackX ||
    box.maxY > old.maxY + slackY ||
    box.minY < old.minY - slackY;
  const empty =
    lens.fit === 'fill' ? Math.min(width, height) < 0.875 : Math.max(width, height) < 0.875;
  if (!outgrown && !empty) return camera;
  if (isFitted(camera)) return fitCamera(box);
  const rebased = rebase(camera, box, area, lens);
  const seen = visibleBox(transformOf(rebased, area, lens), area);
  const away =
    seen.maxX < box.minX || seen.minX > box.maxX || seen.maxY < box.minY || seen.minY > box.maxY;
  return away ? fitCamera(box) : rebased;
}

/** The same view of the world, with its zoom counted from another box. */
function rebase(camera: Camera, box: Box, area: Area, lens: Lens): Camera {
  const before = transformOf(camera, area, lens);
  const fitted = transformOf(fitCamera(box), area, lens);
  const zoomX = before.kx / fitted.kx;
  const zoomY = before.ky / fitted.ky;
  return { ...camera, box, zoomX, zoomY };
}

function solidBox(box: Box): Box {
  const [minX, maxX] = solidRange(box.minX, box.maxX);
  const [minY, maxY] = solidRange(box.minY, box.maxY);
  return { minX, minY, maxX, maxY };
}

function solidRange(low: number, high: number): [number, number] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  if (high > low) return [low, high];
  const half = Math.max(0.5, Math.abs(low) * 1e-3);
  return [low - half, low + half];
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
