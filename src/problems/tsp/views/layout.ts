/** Where cities lie in the picture. */
import { nearestNeighbours } from '../../../core/neighbours.ts';
import { createRng } from '../../../core/rng.ts';
import type { Box, Item } from '../../../scene/scene.ts';
import { cityCount, degreesOf, isGeographic, type TspInstance } from '../instance.ts';
import { project } from '../../../scene/map/projection.ts';
import { loadedWorld, loadWorld, mapBox, mapItems, type World } from '../../../scene/map/world.ts';

export interface Layout {
  /** x0, y0, x1, y1, … in picture coordinates, y upwards. */
  points: Float64Array;
  bounds: Box;
  /** What lies under the tour. */
  backdrop: Item[];
  /** The map that the backdrop was made with. */
  world: World | null;
}

/** Layouts by instance: a picture is drawn many times while an instance stays the same. */
const layouts = new WeakMap<TspInstance, Layout>();

export function layoutOf(instance: TspInstance): Layout {
  const known = layouts.get(instance);
  if (known && known.world === loadedWorld(known.bounds)) return known;
  const layout = makeLayout(instance);
  layouts.set(instance, layout);
  return layout;
}

function makeLayout(instance: TspInstance): Layout {
  const n = cityCount(instance);
  const { metric, cities, matrix } = instance;
  const geographic = isGeographic(metric);
  let points = new Float64Array(2 * n);
  if (cities.length === 0 && matrix) points = placesFor(matrix);
  else
    for (let i = 0; i < n; i++) {
      if (geographic) {
        const { x, y } = project(...degreesOf(metric, cities[i]));
        points[2 * i] = x;
        points[2 * i + 1] = y;
      } else points.set(cities[i], 2 * i);
    }
  const box = boxOf(points);
  const bounds = geographic ? mapBox(box) : padded(box);
  const backdrop = geographic ? mapItems(bounds) : [];
  return { points, bounds, backdrop, world: loadedWorld(bounds) };
}

/** Loads the map under a geographic instance. */
export async function loadBackdrop(instance: TspInstance): Promise<void> {
  if (isGeographic(instance.metric)) await loadWorld(layoutOf(instance).bounds);
}

function boxOf(points: Float64Array): Box {
  const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  for (let i = 0; i < points.length; i += 2) {
    box.minX = Math.min(box.minX, points[i]);
    box.maxX = Math.max(box.maxX, points[i]);
    box.minY = Math.min(box.minY, points[i + 1]);
    box.maxY = Math.max(box.maxY, points[i + 1]);
  }
  return box;
}

function padded(box: Box): Box {
  const span = Math.max(box.maxX - box.minX, box.maxY - box.minY);
  const room = span > 0 ? span * 0.04 : 1;
  return {
    minX: box.minX - room,
    minY: box.minY - room,
    maxX: box.maxX + room,
    maxY: box.maxY + room,
  };
}

/** Cities that stand for all others when places are made up. */
const LANDMARKS = 60;
const POWER_STEPS = 60;

/**
 * Places for cities known by distances only: landmark multidimensional scaling (de Silva &
 * Tenenbaum 2004), so that near cities lie near as far as the plane allows. O(n).
 */
export function placesFor(matrix: readonly (readonly number[])[]): Float64Array<ArrayBuffer> {
  const n = matrix.length;
  const m = Math.min(n, LANDMARKS);
  const landmark = (index: number) => Math.floor((index * n) / m);
  const mean = new Float64Array(m);
  let total = 0;
  const squared = (i: number, j: number) => matrix[i][j] * matrix[i][j];
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < m; b++) mean[a] += squared(landmark(a), landmark(b)) / m;
    total += mean[a] / m;
  }
  // Double centring gives inner products, whose two largest eigenvectors span the plane.
  const gram = Array.from({ length: m }, (_, a) =>
    Float64Array.from(
      { length: m },
      (__, b) => -0.5 * (squared(landmark(a), landmark(b)) - mean[a] - mean[b] + total),
    ),
  );
  const rng = createRng(1);
  const places = new Float64Array(2 * n);
  for (let axis = 0; axis < 2; axis++) {
    let vector = Float64Array.from({ length: m }, () => rng.float() - 0.5);
    let value = 0;
    for (let step = 0; step < POWER_STEPS; step++) {
      const image = Float64Array.from(gram, (row) =>
        row.reduce((sum, g, b) => sum + g * vector[b], 0),
      );
      value = Math.sqrt(image.reduce((sum, each) => sum + each * each, 0));
      if (value === 0) break;
      vector = image.map((each) => each / value);
    }
    if (value === 0) continue;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let b = 0; b < m; b++) sum += vector[b] * (mean[b] - squared(i, landmark(b)));
      places[2 * i + axis] = sum / (2 * Math.sqrt(value));
    }
    for (let a = 0; a < m; a++)
      for (let b = 0; b < m; b++) gram[a][b] -= value * vector[a] * vector[b];
  }
  return places;
}

const graphs = new WeakMap<Layout, Float64Array>();

/** Segments to the five nearest neighbours of every city, each once. */
export function neighbourGraph(layout: Layout): Float64Array {
  const known = graphs.get(layout);
  if (known) return known;
  const { points } = layout;
  const x = points.filter((_, i) => i % 2 === 0);
  const y = points.filter((_, i) => i % 2 === 1);
  const { k, list } = nearestNeighbours(x, y, 5);
  const segments: number[] = [];
  for (let at = 0; at < list.length; at++) {
    const i = Math.floor(at / k);
    const j = list[at];
    if (j < i && list.subarray(j * k, j * k + k).includes(i)) continue;
    segments.push(x[i], y[i], x[j], y[j]);
  }
  const graph = Float64Array.from(segments);
  graphs.set(layout, graph);
  return graph;
}
