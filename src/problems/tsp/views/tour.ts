/** The picture of cities and tour. */
import { formatNumber } from '../../../core/format.ts';
import type { Item, PointsItem, Scene } from '../../../scene/scene.ts';
import type { Frame } from '../../views.ts';
import type { TspSolution } from '../check.ts';
import { multipliersOf, type OneTreeProof } from '../evidence.ts';
import {
  cityCount,
  cityName,
  degreesOf,
  distanceOf,
  isGeographic,
  type TspInstance,
} from '../instance.ts';
import { edgesMissingIn, nearness } from './edges.ts';
import { layoutOf, neighbourGraph, type Layout } from './layout.ts';
import { greatCirclePieces } from '../../../scene/map/projection.ts';

export type TspFrame = Frame<TspInstance, TspSolution>;

/** The city an element id names; −1 for none. */
export function cityOf(id: string | null): number {
  const match = id === null ? null : /^city:(\d+)$/.exec(id);
  return match ? Number(match[1]) : -1;
}

/** Turned tours: the same array for the same solution, so that a picture knows its own. */
const turned = new WeakMap<TspSolution, { instance: TspInstance; tour: Int32Array }>();

/** The tour from the first city on, a path from its own; null when none fits the instance. */
export function tourFromFirst({ instance, solution }: TspFrame): Int32Array | null {
  if (!solution || solution.tour.length !== cityCount(instance)) return null;
  const known = turned.get(solution);
  if (known?.instance === instance) return known.tour;
  const start = instance.open ? 0 : Math.max(0, solution.tour.indexOf(0));
  const tour = new Int32Array(solution.tour.length);
  tour.set(solution.tour.subarray(start));
  tour.set(solution.tour.subarray(0, start), tour.length - start);
  turned.set(solution, { instance, tour });
  return tour;
}

/** A size that shrinks as cities crowd. */
const bySize = (n: number, sizes: readonly [number, number, number, number, number]): number =>
  sizes[n <= 60 ? 0 : n <= 300 ? 1 : n <= 1500 ? 2 : n <= 6000 ? 3 : 4];

/** Cities above which they lie faintly under the tour. */
const CROWD = 20_000;
/** Above this size cities would hide the tour, and fade behind it. */
const MANY = 4000;

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
  if (instance.fixed)
    items.push({
      kind: 'segments',
      points: segmentsOf(instance, layout, instance.fixed.flat()),
      stroke: 'ink3',
      width: lineWidth(n) + 5,
      opacity: 0.45,
    });
  const tour = tourFromFirst(frame);
  const line = tour && n > 1 ? tourItems(frame, layout, tour) : [];
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

/** Ever finer as they crowd: 0.8 px at 20,000 cities, 0.25 px from 200,000 on. */
const lineWidth = (n: number): number =>
  n > CROWD ? Math.max(0.25, 113 / Math.sqrt(n)) : bySize(n, [2.2, 1.8, 1.4, 1.1, 0.8]);

function tourItems(frame: TspFrame, layout: Layout, tour: Int32Array): Item[] {
  const { instance, toggles, evidence } = frame;
  const width = lineWidth(tour.length);
  const multipliers = toggles.penalties ? multipliersOf(evidence) : null;
  const alpha =
    multipliers && !instance.open ? nearnessOf(instance, layout, tour, multipliers) : null;
  const items = alpha
    ? penaltyItems(instance, layout, tour, alpha)
    : [tourItem(instance, layout, tour)];
  const before = toggles.changes ? frame.previous?.tour : undefined;
  if (before?.length === tour.length) {
    const open = instance.open === true;
    items.unshift({
      kind: 'segments',
      points: segmentsOf(instance, layout, edgesMissingIn(tour, before, open)),
      stroke: 'warn',
      width: Math.max(1, width),
      dash: [4, 3],
    });
    items.push({
      kind: 'segments',
      points: segmentsOf(instance, layout, edgesMissingIn(before, tour, open)),
      stroke: 'good',
      width: width + 1.6,
    });
  }
  return items;
}

function tourItem(instance: TspInstance, layout: Layout, tour: Int32Array): Item {
  const n = tour.length;
  const style = { stroke: 'accent', width: lineWidth(n) } as const;
  if (isGeographic(instance.metric))
    return {
      kind: 'segments',
      points: segmentsOf(instance, layout, edgesOf(tour, instance)),
      ...style,
    };
  return { kind: 'path', points: layout.points, order: tour, closed: !instance.open, ...style };
}

/** a0, b0, a1, b1, … */
function edgesOf(tour: Int32Array, { open }: TspInstance): number[] {
  const edges: number[] = [];
  for (let at = open ? 1 : 0; at < tour.length; at++)
    edges.push(tour[at === 0 ? tour.length - 1 : at - 1], tour[at]);
  return edges;
}

/** Edges a0, b0, a1, b1, … as they are drawn: straight, or along great circles. */
function segmentsOf(
  instance: TspInstance,
  { points, bounds }: Layout,
  edges: readonly number[],
): Float64Array {
  const pieces: number[] = [];
  const geographic = isGeographic(instance.metric);
  for (let at = 0; at < edges.length; at += 2) {
    const [a, b] = [edges[at], edges[at + 1]];
    if (geographic)
      greatCirclePieces(
        degreesOf(instance.metric, instance.cities[a]),
        degreesOf(instance.metric, instance.cities[b]),
        bounds,
        pieces,
      );
    else pieces.push(points[2 * a], points[2 * a + 1], points[2 * b], points[2 * b + 1]);
  }
  return Float64Array.from(pieces);
}

/** Up to which share of the mean edge an edge's α-nearness has a colour; wider the farther off. */
const NEARNESS = [
  { upTo: 1e-9, stroke: 'good', wider: 0 },
  { upTo: 0.1, stroke: 'accent', wider: 0.8 },
  { upTo: Infinity, stroke: 'warn', wider: 1.8 },
] as const;

function penaltyItems(
  instance: TspInstance,
  layout: Layout,
  tour: Int32Array,
  alpha: Float64Array,
): Item[] {
  const n = tour.length;
  const distance = distanceOf(instance);
  let total = 0;
  for (let at = 0; at < n; at++) total += distance(tour[at], tour[at + 1 === n ? 0 : at + 1]);
  const groups: number[][] = NEARNESS.map(() => []);
  alpha.forEach((value, at) => {
    const group = NEARNESS.findIndex(({ upTo }) => value <= (upTo * total) / n);
    groups[group].push(tour[at], tour[at + 1 === n ? 0 : at + 1]);
  });
  return NEARNESS.map(({ stroke, wider }, group) => ({
    kind: 'segments',
    points: segmentsOf(instance, layout, groups[group]),
    stroke,
    width: lineWidth(n) + wider,
  }));
}

/** The last one reckoned: a picture is drawn again for every hover, the tree only for new facts. */
const reckoned = new WeakMap<object, { tour: Int32Array; alpha: Float64Array | null }>();

function nearnessOf(
  instance: TspInstance,
  layout: Layout,
  tour: Int32Array,
  multipliers: OneTreeProof['multipliers'],
): Float64Array | null {
  const known = reckoned.get(multipliers);
  if (known?.tour === tour) return known.alpha;
  const alpha = nearness(instance, layout, tour, multipliers);
  reckoned.set(multipliers, { tour, alpha });
  return alpha;
}

function cityItems(
  { instance, toggles, selected }: TspFrame,
  { points }: Layout,
  tour: Int32Array | null,
): Item[] {
  const n = cityCount(instance);
  const radius = bySize(n, [4.5, 3.4, 2.4, 1.6, 1.1]);
  const stopOf = stopsOf(tour);
  const cities: PointsItem = {
    kind: 'points',
    idPrefix: 'city:',
    points,
    radius,
    fill: 'ink',
    title: (city) =>
      `${cityTitle(instance, city)}${tour ? `, stop ${formatNumber(stopOf(city))}` : ''}`,
  };
  if (n > CROWD) {
    cities.radius = 0.7;
    cities.opacity = 0.4;
  } else if (tour && n > MANY) cities.opacity = 0.4;
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

/** The place of a city in the tour, from 1; looked up once somebody asks. */
function stopsOf(tour: Int32Array | null): (city: number) => number {
  let stops: Int32Array | null = null;
  return (city) => {
    if (!stops) {
      stops = new Int32Array(tour?.length ?? 0);
      for (let at = 0; at < stops.length; at++) stops[tour![at]] = at + 1;
    }
    return stops[city];
  };
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

function describe({ instance, solution, report, bound, previous, toggles }: TspFrame): string {
  const n = cityCount(instance);
  const cities = `${formatNumber(n)} ${n === 1 ? 'city' : 'cities'}`;
  if (!solution || !report) return `${instance.name}: ${cities}, no tour yet.`;
  const digits = instance.metric === 'euclidean' ? 2 : 0;
  const proof = bound === null ? '' : ` No tour is shorter than ${formatNumber(bound, digits)}.`;
  const edges =
    toggles.changes && previous?.tour.length === n
      ? edgesMissingIn(previous.tour, solution.tour, instance.open === true).length / 2
      : 0;
  const changed =
    edges === 0 ? '' : ` The last improvement changed ${edges} ${edges === 1 ? 'edge' : 'edges'}.`;
  return `${instance.name}: a ${instance.open ? 'path' : 'tour'} of ${cities}, length ${formatNumber(report.objective, digits)}.${proof}${changed}`;
}
