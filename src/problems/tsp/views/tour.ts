/** The picture of cities and tour. */
import { formatNumber } from '../../../core/format.ts';
import type { Item, PointsItem, Scene } from '../../../scene/scene.ts';
import type { Frame } from '../../views.ts';
import type { TspSolution } from '../check.ts';
import { cityCount, cityName, degreesOf, isGeographic, type TspInstance } from '../instance.ts';
import { layoutOf, neighbourGraph, type Layout } from './layout.ts';
import { greatCirclePieces } from '../../../scene/projection.ts';

export type TspFrame = Frame<TspInstance, TspSolution>;

/** The city an element id names; −1 for none. */
export function cityOf(id: string | null): number {
  const match = id === null ? null : /^city:(\d+)$/.exec(id);
  return match ? Number(match[1]) : -1;
}

/** The tour from the first city on, a path from its own; null when none fits the instance. */
export function tourFromFirst({ instance, solution }: TspFrame): Int32Array | null {
  const tour = solution?.tour;
  if (!tour || tour.length !== cityCount(instance)) return null;
  const start = instance.open ? 0 : Math.max(0, tour.indexOf(0));
  const turned = new Int32Array(tour.length);
  turned.set(tour.subarray(start));
  turned.set(tour.subarray(0, start), tour.length - start);
  return turned;
}

/** A size that shrinks as cities crowd. */
const bySize = (n: number, sizes: readonly [number, number, number, number, number]): number =>
  sizes[n <= 60 ? 0 : n <= 300 ? 1 : n <= 1500 ? 2 : n <= 6000 ? 3 : 4];

/** Cities above which they lie faintly under the tour. */
const CROWD = 20_000;

export function drawTour(frame: TspFrame): Scene {
  const { instance, toggles } = frame;
  const n = cityCount(instance);
  const layout = layoutOf(instance);
  const items: Item[] = [...layout.backdrop];
  if (toggles.neighbours)
    items.push({
      kind: 'segments',
      points: neighbourGraph(layout),
      stroke: 'ink3',
      width: 0.6,
      opacity: 0.5,
    });
  const tour = tourFromFirst(frame);
  const line = tour && n > 1 ? [tourItem(instance, layout, tour)] : [];
  const [cities, ...marks] = cityItems(frame, layout, tour);
  // A crowd of cities would hide the tour.
  items.push(...(n > CROWD ? [cities, ...line] : [...line, cities]), ...marks);
  return {
    bounds: layout.bounds,
    fit: 'contain',
    yUp: true,
    items,
    description: describe(frame),
  };
}

function tourItem(instance: TspInstance, { points, bounds }: Layout, tour: Int32Array): Item {
  const n = tour.length;
  // Ever finer as they crowd: 0.8 px at 20,000 cities, 0.25 px from 200,000 on.
  const width =
    n > CROWD ? Math.max(0.25, 113 / Math.sqrt(n)) : bySize(n, [2.2, 1.8, 1.4, 1.1, 0.8]);
  const style = { stroke: 'accent', width } as const;
  if (isGeographic(instance.metric)) {
    const pieces: number[] = [];
    let before = degreesOf(instance.metric, instance.cities[tour[instance.open ? 0 : n - 1]]);
    for (const city of tour) {
      const here = degreesOf(instance.metric, instance.cities[city]);
      greatCirclePieces(before, here, bounds, pieces);
      before = here;
    }
    return { kind: 'segments', points: Float64Array.from(pieces), ...style };
  }
  const path = new Float64Array(2 * n);
  for (let at = 0; at < n; at++) {
    path[2 * at] = points[2 * tour[at]];
    path[2 * at + 1] = points[2 * tour[at] + 1];
  }
  return { kind: 'path', points: path, closed: !instance.open, ...style };
}

function cityItems(
  { instance, toggles, selected }: TspFrame,
  { points }: Layout,
  tour: Int32Array | null,
): Item[] {
  const n = cityCount(instance);
  const radius = bySize(n, [4.5, 3.4, 2.4, 1.6, 1.1]);
  const stop = new Int32Array(n);
  tour?.forEach((city, at) => (stop[city] = at + 1));
  const cities: PointsItem = {
    kind: 'points',
    idPrefix: 'city:',
    points,
    radius,
    fill: 'ink',
    title: (city) =>
      `${cityTitle(instance, city)}${tour ? `, stop ${formatNumber(stop[city])}` : ''}`,
  };
  if (n > CROWD) {
    cities.radius = 0.7;
    cities.opacity = 0.4;
  }
  if (n <= 300) {
    cities.stroke = 'panel';
    cities.strokeWidth = 1;
  }
  if (toggles.labels) cities.label = (city) => cityName(instance, city);
  const items: Item[] = [cities];
  const mark = (city: number, item: Omit<PointsItem, 'kind' | 'points'>) =>
    items.push({ kind: 'points', points: points.slice(2 * city, 2 * city + 2), ...item });
  const first = instance.open && tour ? tour[0] : 0;
  mark(first, {
    radius: radius + 2.5,
    shape: 'diamond',
    fill: 'accent',
    stroke: 'panel',
    strokeWidth: 1.5,
  });
  const chosen = cityOf(selected);
  if (chosen >= 0 && chosen < n)
    mark(chosen, { radius: radius + 3, fill: 'panel', stroke: 'accent', strokeWidth: 2.5 });
  return items;
}

function cityTitle(instance: TspInstance, city: number): string {
  const name = instance.names?.[city];
  const place = instance.cities[city];
  const at = place ? ` (${formatPlace(instance, city)})` : '';
  return `${name || `City ${city + 1}`}${at}`;
}

/** "52.52° N, 13.41° E", or x, y. */
export function formatPlace(instance: TspInstance, city: number): string {
  const place = instance.cities[city];
  if (!isGeographic(instance.metric)) return `${place[0]}, ${place[1]}`;
  const [latitude, longitude] = degreesOf(instance.metric, place);
  const side = (value: number, positive: string, negative: string) =>
    `${Math.abs(value).toFixed(2)}° ${value < 0 ? negative : positive}`;
  return `${side(latitude, 'N', 'S')}, ${side(longitude, 'E', 'W')}`;
}

function describe({ instance, solution, report, bound }: TspFrame): string {
  const n = cityCount(instance);
  const cities = `${formatNumber(n)} ${n === 1 ? 'city' : 'cities'}`;
  if (!solution || !report) return `${instance.name}: ${cities}, no tour yet.`;
  const digits = instance.metric === 'euclidean' ? 2 : 0;
  const proof = bound === null ? '' : ` No tour is shorter than ${formatNumber(bound, digits)}.`;
  return `${instance.name}: a ${instance.open ? 'path' : 'tour'} of ${cities}, length ${formatNumber(report.objective, digits)}.${proof}`;
}
