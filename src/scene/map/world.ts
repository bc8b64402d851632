/** The world map: land and borders of Natural Earth, from world-atlas. */
import type { Box, Item } from '../scene.ts';
import { clipPolygon, clipSegment, project, WORLD } from './projection.ts';

/** What is read of TopoJSON. */
interface Topology {
  transform: { scale: readonly [number, number]; translate: readonly [number, number] };
  arcs: readonly (readonly (readonly [number, number])[])[];
  objects: {
    land: { geometries: readonly Geometry[] };
    countries: { geometries: readonly Geometry[] };
  };
}

type Geometry =
  | { type: 'Polygon'; arcs: readonly (readonly number[])[] }
  | { type: 'MultiPolygon'; arcs: readonly (readonly (readonly number[])[])[] };

export interface World {
  /** Polygons in map coordinates. */
  land: readonly number[][];
  /** Polylines between countries. */
  borders: readonly number[][];
}

/** Narrower parts of the map, in degrees, are drawn in detail. */
const NARROW = 60;

type Detail = 'coarse' | 'fine';

const worlds: Record<Detail, World | null> = { coarse: null, fine: null };

const detailOf = (box: Box): Detail => (box.maxX - box.minX < NARROW ? 'fine' : 'coarse');

/** The map for a part of the world, as good as it has been loaded; null before any has. */
export const loadedWorld = (box: Box): World | null => worlds[detailOf(box)] ?? worlds.coarse;

/** Loads the map of a part of the world, once: in detail (0.2 MB packed) where it is narrow. */
export async function loadWorld(box: Box): Promise<void> {
  const detail = detailOf(box);
  if (worlds[detail]) return;
  const { default: atlas } =
    detail === 'fine'
      ? await import('world-atlas/countries-50m.json')
      : await import('world-atlas/countries-110m.json');
  worlds[detail] = readTopology(atlas as unknown as Topology);
}

/** Decodes quantised, delta-coded arcs and joins them to rings. */
export function readTopology({ transform, arcs, objects }: Topology): World {
  const { scale, translate } = transform;
  const lines = arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.flatMap(([dx, dy]) => {
      x += dx;
      y += dy;
      const point = project(
        Math.max(-89, Math.min(89, y * scale[1] + translate[1])),
        x * scale[0] + translate[0],
      );
      return [point.x, point.y];
    });
  });
  const ringsOf = (geometry: Geometry): readonly (readonly number[])[] =>
    geometry.type === 'Polygon' ? geometry.arcs : geometry.arcs.flat();

  const land = objects.land.geometries
    .flatMap((geometry) =>
      ringsOf(geometry).map((ring) =>
        unwrap(ring.flatMap((arc) => (arc >= 0 ? lines[arc] : backwards(lines[~arc])))),
      ),
    )
    // Antarctica goes around the pole, which the map does not show.
    .filter((ring) => ring.some((value, i) => i % 2 === 1 && value > WORLD.minY));
  const uses = new Uint8Array(arcs.length);
  for (const geometry of objects.countries.geometries)
    for (const ring of ringsOf(geometry)) for (const arc of ring) uses[arc < 0 ? ~arc : arc]++;
  return { land, borders: lines.filter((_, arc) => uses[arc] > 1) };
}

/** A ring without jumps: beyond ±180 where it crosses the date line. */
function unwrap(ring: number[]): number[] {
  for (let i = 2; i < ring.length; i += 2) {
    const jump = ring[i] - ring[i - 2];
    if (Math.abs(jump) > 180) ring[i] -= 360 * Math.round(jump / 360);
  }
  return ring;
}

function backwards(line: number[]): number[] {
  const reversed: number[] = [];
  for (let i = line.length - 2; i >= 0; i -= 2) reversed.push(line[i], line[i + 1]);
  return reversed;
}

/** Sea, land and borders inside a box of the map; the sea alone before the map has loaded. */
export function mapItems(box: Box): Item[] {
  const items: Item[] = [
    {
      kind: 'rect',
      x: box.minX,
      y: box.minY,
      w: box.maxX - box.minX,
      h: box.maxY - box.minY,
      fill: 'sea',
    },
  ];
  const world = loadedWorld(box);
  if (!world) return items;
  for (const ring of world.land)
    for (const turn of [-360, 0, 360]) {
      const shifted =
        turn === 0 ? ring : ring.map((value, i) => (i % 2 === 0 ? value + turn : value));
      const points = clipPolygon(shifted, box);
      if (points.length >= 6)
        items.push({ kind: 'path', points: Float64Array.from(points), closed: true, fill: 'land' });
    }
  const borders: number[] = [];
  for (const line of world.borders)
    for (let i = 0; i + 3 < line.length; i += 2)
      clipSegment({ x: line[i], y: line[i + 1] }, { x: line[i + 2], y: line[i + 3] }, box, borders);
  items.push({
    kind: 'segments',
    points: Float64Array.from(borders),
    stroke: 'ink3',
    width: 0.75,
    opacity: 0.4,
  });
  return items;
}

/** Width over height that a map section is widened or heightened to. */
const ASPECT = 1.5;

/** The part of the map that shows the cities with room around them. */
export function mapBox(cities: Box): Box {
  const spanX = cities.maxX - cities.minX;
  const spanY = cities.maxY - cities.minY;
  if (spanX > 150) return joined(WORLD, cities);
  const room = Math.max(1, 0.12 * Math.max(spanX, spanY));
  const width = Math.max(spanX + 2 * room, ASPECT * (spanY + 2 * room));
  const height = Math.max(spanY + 2 * room, width / ASPECT / 1.3);
  const x = (cities.minX + cities.maxX) / 2;
  const y = (cities.minY + cities.maxY) / 2;
  return joined(cities, {
    minX: Math.max(-180, x - width / 2),
    maxX: Math.min(180, x + width / 2),
    minY: Math.max(WORLD.minY, y - height / 2),
    maxY: Math.min(WORLD.maxY, y + height / 2),
  });
}

const joined = (a: Box, b: Box): Box => ({
  minX: Math.min(a.minX, b.minX),
  maxX: Math.max(a.maxX, b.maxX),
  minY: Math.min(a.minY, b.minY),
  maxY: Math.max(a.maxY, b.maxY),
});
