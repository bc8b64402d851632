/** A self-organising map (Kohonen 1982) in a ring: the elastic net of Angéniol et al. 1988. */
import { exp, log } from '../../../../src/core/math.ts';
import type { ParamsOf } from '../../../../src/core/params.ts';
import { shuffle } from '../../../../src/core/rng.ts';
import type { SolveContext, SolverRun } from '../../../../src/core/solver.ts';
import type { TspSolution } from '../../../../src/problems/tsp/check.ts';
import type { PackedTsp } from '../../../../src/problems/tsp/instance.ts';
import type { SOM_PARAMS } from '../../../../src/problems/tsp/solver-params.ts';
import { createSpace } from '../space.ts';
import { createTeller } from './teller.ts';

type Context = SolveContext<ParamsOf<typeof SOM_PARAMS>, TspSolution>;

/** Presentations between two readings of the tour, per city. */
const READ = 0.25;
/** The neighbourhood ends where pulls fall below this share. */
const REACH = 3;

/**
 * Cities are shown to a ring of neurons over and over; the nearest neuron and those beside it move
 * towards the city, ever fewer of them. The ring's order is the tour. One step is one city shown.
 */
export function* selfOrganisingMap(
  packed: PackedTsp,
  { params, rng, budget }: Context,
): SolverRun<TspSolution> {
  const space = yield* createSpace(packed);
  const { n, coordinates } = space;
  const teller = createTeller(space);
  const order = shuffle(
    Int32Array.from({ length: n }, (_, i) => i),
    rng,
  );
  yield* teller.tell(order);
  if (n <= 3 || !coordinates) return { reason: n <= 3 ? 'optimal' : 'exhausted' };
  const axes = coordinates.length;
  const points = normalised(coordinates);
  const neurons = Math.max(8, Math.round(params.neurons * n));
  // A small circle in the middle, and the axes beyond two in the middle.
  const ring = points.map((values, axis) => {
    const middle = values.reduce((sum, value) => sum + value, 0) / n;
    return Float64Array.from({ length: neurons }, (_, i) => {
      const turn = (axis === 1 ? i + neurons / 4 : i) % neurons;
      return axis > 1 ? middle : middle + 0.1 * wave(turn / neurons);
    });
  });
  const winner = new Int32Array(n);
  const place = new Float64Array(n);
  const all = params.epochs * n;
  const readEvery = Math.max(1, Math.round(READ * n));
  const perYield = Math.max(1, Math.floor(100_000 / neurons));

  function nearest(city: number): number {
    let found = 0;
    let least = Infinity;
    for (let m = 0; m < neurons; m++) {
      let squared = 0;
      for (let axis = 0; axis < axes; axis++) {
        const d = ring[axis][m] - points[axis][city];
        squared += d * d;
      }
      if (squared < least) {
        least = squared;
        found = m;
      }
    }
    return found;
  }

  /** Cities by their neuron; those of one neuron by how far along the ring they lie. O(n · neurons). */
  function* read(): Generator<number, Int32Array, void> {
    for (let city = 0; city < n; city++) {
      winner[city] = nearest(city);
      const ahead = winner[city] + 1 === neurons ? 0 : winner[city] + 1;
      const back = winner[city] === 0 ? neurons - 1 : winner[city] - 1;
      let along = 0;
      for (let axis = 0; axis < axes; axis++)
        along +=
          (points[axis][city] - ring[axis][winner[city]]) * (ring[axis][ahead] - ring[axis][back]);
      place[city] = along;
      if (city % perYield === perYield - 1) yield 0;
    }
    return Int32Array.from({ length: n }, (_, i) => i).sort(
      (p, q) => winner[p] - winner[q] || place[p] - place[q] || p - q,
    );
  }

  let width = neurons / 8;
  // Shrinks to half a neuron by the end.
  const shrink = exp(-log(2 * width) / all);
  let rate = 0.8;
  const slow = exp(-log(0.8 / 0.05) / all);
  for (let shown = 0; shown < all;) {
    const chunk = Math.min(budget.chunk(perYield), readEvery - (shown % readEvery), all - shown);
    for (let i = 0; i < chunk; i++, shown++) {
      if (shown % n === 0) shuffle(order, rng);
      const city = order[shown % n];
      const centre = nearest(city);
      const reach = Math.min(neurons >> 1, Math.ceil(REACH * width));
      for (let away = -reach; away <= reach; away++) {
        const m = (centre + away + neurons) % neurons;
        const pull = rate * exp((-away * away) / (2 * width * width));
        for (let axis = 0; axis < axes; axis++)
          ring[axis][m] += pull * (points[axis][city] - ring[axis][m]);
      }
      width = Math.max(0.5, width * shrink);
      rate *= slow;
    }
    if (shown % readEvery === 0 || shown === all || shown === budget.steps) {
      yield* teller.tell(yield* read());
      yield { kind: 'trace', row: [width] };
    }
    yield chunk;
  }
  return { reason: 'exhausted' };
}

/** The ring's parabolic arcs: a round enough start without sines. Period 1. */
function wave(turn: number): number {
  const t = turn < 0.5 ? turn : turn - 0.5;
  const arc = 16 * t * (0.5 - t);
  return turn < 0.5 ? arc : -arc;
}

/** All axes by the same measure, so that shapes are kept. */
function normalised(coordinates: readonly Float64Array[]): Float64Array[] {
  let extent = 0;
  const lows = coordinates.map((values) => {
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    extent = Math.max(extent, high - low);
    return low;
  });
  return coordinates.map((values, axis) =>
    values.map((value) => (extent > 0 ? (value - lows[axis]) / extent : 0)),
  );
}
