/** Direct manipulation of cities in the picture. */
import type { Result } from '../../../core/result.ts';
import type { Point } from '../../../scene/scene.ts';
import type { Edit, Gestures, Tool } from '../../views.ts';
import type { TspSolution } from '../check.ts';
import {
  cityCount,
  cityFromDegrees,
  cityName,
  degreesOf,
  isGeographic,
  type City,
  type TspInstance,
} from '../instance.ts';
import { realCities, type RealCity } from '../real-cities.ts';
import { addCity, moveCity, removeCity } from './edits.ts';
import { layoutOf } from './layout.ts';
import { unproject } from '../../../scene/map/projection.ts';
import { cityOf, formatPlace, type TspFrame } from './tour.ts';

type TspEdit = Edit<TspInstance, TspSolution>;

const EDIT: Tool = {
  id: 'edit',
  name: 'Edit cities',
  help: 'Click an empty place to add a city, drag a city to move it.',
};
const REAL: Tool = {
  id: 'real',
  name: 'Add real city',
  help: 'Click the map to add the nearest capital or large city.',
};
const SELECT: Tool = {
  id: 'select',
  name: 'Select',
  help: 'Click a city to select it; nothing is added or moved.',
};

export const toolsOf = (instance: TspInstance): readonly Tool[] =>
  isGeographic(instance.metric) ? [EDIT, REAL, SELECT] : [EDIT, SELECT];

/** A result as an edit. */
function editOf(result: Result<TspInstance>, announce: string, city: number | null): TspEdit {
  if (!result.ok) {
    const { message, hint } = result.issues[0];
    return { kind: 'refused', reason: hint ? `${message} ${hint}` : message };
  }
  return {
    kind: 'instance',
    instance: result.value,
    announce,
    select: city === null ? null : `city:${city}`,
  };
}

/** Coordinates that fit the others: whole numbers among whole numbers, else about 1/4000 of the span. */
function snap(instance: TspInstance, { x, y }: Point): City {
  const whole = instance.cities.slice(0, 500).every((city) => city.every(Number.isInteger));
  const { bounds } = layoutOf(instance);
  const span = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY);
  const digits = whole && span > 20 ? 0 : Math.max(0, Math.ceil(Math.log10(4000 / span)));
  const round = (value: number) => Number(value.toFixed(Math.min(digits, 12))) + 0;
  return [round(x), round(y)];
}

/** The city at a place of the picture. */
function cityAt(instance: TspInstance, point: Point): City {
  if (!isGeographic(instance.metric)) return snap(instance, point);
  const { latitude, longitude } = unproject(point);
  return cityFromDegrees(instance.metric, latitude, longitude);
}

function move(instance: TspInstance, city: number, dx: number, dy: number): TspEdit {
  if (instance.cities.length === 0)
    return {
      kind: 'refused',
      reason: 'This instance has distances only; its places in the picture are made up.',
    };
  const { points } = layoutOf(instance);
  const to = cityAt(instance, { x: points[2 * city] + dx, y: points[2 * city + 1] + dy });
  const moved = moveCity(instance, city, to);
  const note = instance.metric === 'matrix' ? ' Its distances stay as they are.' : '';
  const place = moved.ok ? formatPlace(moved.value, city) : '';
  return editOf(moved, `${cityName(instance, city)} moved to ${place}.${note}`, city);
}

const RADIAN = Math.PI / 180;

/** The nearest real city by great circle that the instance does not have yet. */
export function nearestRealCity(
  instance: TspInstance,
  at: { latitude: number; longitude: number },
): RealCity | null {
  const taken = instance.cities.map((city) => degreesOf(instance.metric, city));
  let best: RealCity | null = null;
  let shortest = Infinity;
  for (const city of realCities(null)) {
    // The haversine grows with the distance.
    const dLat = Math.sin(((city.latitude - at.latitude) * RADIAN) / 2);
    const dLon = Math.sin(((city.longitude - at.longitude) * RADIAN) / 2);
    const reach =
      dLat * dLat + Math.cos(city.latitude * RADIAN) * Math.cos(at.latitude * RADIAN) * dLon * dLon;
    if (reach >= shortest) continue;
    const present = taken.some(
      ([latitude, longitude]) =>
        Math.abs(latitude - city.latitude) < 0.02 && Math.abs(longitude - city.longitude) < 0.02,
    );
    if (present) continue;
    shortest = reach;
    best = city;
  }
  return best;
}

function addReal(instance: TspInstance, at: Point): TspEdit {
  const city = nearestRealCity(instance, unproject(at));
  if (!city) return { kind: 'refused', reason: 'All cities of the list are there already.' };
  const place = cityFromDegrees(instance.metric, city.latitude, city.longitude);
  return editOf(
    addCity(instance, place, city.name),
    `${city.name} (${city.country}) added.`,
    cityCount(instance),
  );
}

export const gestures: Gestures<TspInstance, TspSolution> = {
  hint: 'Click to add a city, drag to move, Delete to remove, Alt + arrows to nudge',
  click({ instance, tool }: TspFrame, target, at) {
    if (target !== null || tool === 'select') return null;
    if (tool === 'real' && isGeographic(instance.metric)) return addReal(instance, at);
    const count = cityCount(instance);
    const added = addCity(instance, cityAt(instance, at));
    return editOf(added, `City ${count + 1} added.`, count);
  },
  drag({ instance, tool }: TspFrame, target, from, to) {
    const city = cityOf(target);
    if (city < 0 || city >= cityCount(instance) || tool === 'select') return null;
    return move(instance, city, to.x - from.x, to.y - from.y);
  },
  remove({ instance }: TspFrame, target) {
    const city = cityOf(target);
    if (city < 0 || city >= cityCount(instance)) return null;
    return editOf(removeCity(instance, city), `City ${cityName(instance, city)} removed.`, null);
  },
  nudge({ instance }: TspFrame, target, dx, dy) {
    const city = cityOf(target);
    if (city < 0 || city >= cityCount(instance)) return null;
    const { bounds } = layoutOf(instance);
    const step = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) / 200;
    const whole = isGeographic(instance.metric) ? step : Math.max(step, step > 0.1 ? 1 : step);
    // Down on the screen is down in the picture, whose y grows upwards.
    return move(instance, city, dx * whole, -dy * whole);
  },
};
