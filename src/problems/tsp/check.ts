/** The checker and the plain form of tours, from the problem's definition alone. */
import { fail, ok, type Result } from '../../core/result.ts';
import type { Report } from '../family.ts';
import { cityCount, cityName, distanceOf, type TspInstance } from './instance.ts';

/** City indices in order of visit: a closed tour, or a path where the instance is open. */
export interface TspSolution {
  tour: Int32Array;
}

const MAX_VIOLATIONS = 20;

/** Each city exactly once, and every fixed edge; the objective is the length of the closed tour, or of the path. O(n). */
export function check(instance: TspInstance, solution: TspSolution): Report {
  const n = cityCount(instance);
  const tour = solution?.tour as ArrayLike<number> | undefined;
  const violations: string[] = [];
  let hidden = 0;
  const complain = (text: string) => {
    if (violations.length < MAX_VIOLATIONS - 1) violations.push(text);
    else hidden++;
  };
  if (!tour || typeof tour.length !== 'number')
    return { feasible: false, objective: NaN, violations: ['There is no tour.'] };
  if (tour.length !== n) complain(`The tour has ${tour.length} stops for ${n} cities.`);
  const visits = new Int32Array(n);
  const stops = Math.min(tour.length, 2 * n);
  let broken = tour.length > stops;
  for (let at = 0; at < stops; at++) {
    const city = tour[at];
    if (Number.isInteger(city) && city >= 0 && city < n) {
      visits[city]++;
      continue;
    }
    broken = true;
    complain(`Stop ${at + 1} is not a city.`);
  }
  for (let city = 0; city < n; city++) {
    if (visits[city] === 0) complain(`City ${cityName(instance, city)} is not visited.`);
    else if (visits[city] > 1)
      complain(`City ${cityName(instance, city)} is visited ${visits[city]} times.`);
  }
  if (!broken) missingEdges(instance, tour).forEach(complain);
  if (hidden > 0) violations.push(`And ${hidden} more.`);
  const objective = broken || tour.length === 0 ? NaN : lengthOf(instance, tour);
  return { feasible: violations.length === 0, objective, violations };
}

/** The fixed edges a tour of valid cities does not take. O(n). */
function missingEdges(instance: TspInstance, tour: ArrayLike<number>): string[] {
  if (!instance.fixed) return [];
  const n = cityCount(instance);
  const next = new Int32Array(n).fill(-1);
  const last = tour.length - (instance.open ? 1 : 0);
  for (let at = 0; at < last; at++) next[tour[at]] = tour[at + 1 === tour.length ? 0 : at + 1];
  return instance.fixed
    .filter(([a, b]) => next[a] !== b && next[b] !== a)
    .map(
      ([a, b]) =>
        `The fixed edge from ${cityName(instance, a)} to ${cityName(instance, b)} is missing.`,
    );
}

/** The length of a tour of valid cities, back to its first unless it is open. */
function lengthOf(instance: TspInstance, tour: ArrayLike<number>): number {
  const distance = distanceOf(instance);
  let length = 0;
  for (let at = 0; at < tour.length - (instance.open ? 1 : 0); at++)
    length += distance(tour[at], tour[at + 1 === tour.length ? 0 : at + 1]);
  return length;
}

export function writeSolution(_instance: TspInstance, solution: TspSolution): unknown {
  return { tour: Array.from(solution.tour) };
}

export function readSolution(instance: TspInstance, value: unknown): Result<TspSolution> {
  const tour: unknown =
    typeof value === 'object' && value !== null ? (value as { tour?: unknown }).tour : undefined;
  if (!Array.isArray(tour))
    return fail({
      path: ['tour'],
      message: 'A solution must have a tour: a list of city indices from 0.',
    });
  const n = cityCount(instance);
  if (tour.length !== n)
    return fail({ path: ['tour'], message: `The tour has ${tour.length} stops for ${n} cities.` });
  for (let at = 0; at < n; at++) {
    const city: unknown = tour[at];
    if (typeof city !== 'number' || !Number.isInteger(city) || city < 0 || city >= n)
      return fail({
        path: ['tour', at],
        message: `A stop must be a whole number from 0 to ${n - 1}.`,
      });
  }
  return ok({ tour: Int32Array.from(tour as number[]) });
}
