/** Edits of cities, shared by the picture and the table. */
import { ok, fail, type Result } from '../../../core/result.ts';
import { LIMITS, type City, type FixedEdge, type TspInstance } from '../instance.ts';
import { cityIssue, cleanName, readFixed } from '../schema.ts';

/** With one more city at the end. */
export function addCity(instance: TspInstance, city: City, name = ''): Result<TspInstance> {
  const { cities, names, metric } = instance;
  if (metric === 'matrix')
    return fail({
      message: 'Distances are given by a matrix: a new city would have none.',
      hint: 'Edit the matrix as text.',
    });
  if (cities.length >= LIMITS.cities)
    return fail({ message: `There can be at most ${LIMITS.cities} cities.` });
  const issue = cityIssue(city, metric);
  if (issue) return fail(issue);
  const named = names ?? (name === '' ? undefined : cities.map(() => ''));
  return ok({
    ...instance,
    cities: [...cities, city],
    ...(named ? { names: [...named, name] } : {}),
  });
}

export function moveCity(instance: TspInstance, index: number, city: City): Result<TspInstance> {
  const issue = cityIssue(city, instance.metric);
  if (issue) return fail(issue);
  const cities = instance.cities.slice();
  cities[index] = city;
  return ok({ ...instance, cities });
}

export function removeCity(instance: TspInstance, index: number): Result<TspInstance> {
  const { cities, names, matrix, fixed, ...rest } = instance;
  const without = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== index);
  if ((matrix ?? cities).length <= 1) return fail({ message: 'There must be at least one city.' });
  const kept = (fixed ?? [])
    .filter((edge) => !edge.includes(index))
    .map(([a, b]): FixedEdge => [a > index ? a - 1 : a, b > index ? b - 1 : b]);
  return ok({
    ...rest,
    cities: without(cities),
    ...(names ? { names: without(names) } : {}),
    ...(matrix ? { matrix: without(matrix).map((row) => without(row)) } : {}),
    ...(kept.length > 0 ? { fixed: kept } : {}),
  });
}

export function nameCity(instance: TspInstance, index: number, name: string): TspInstance {
  const clean = cleanName(name, LIMITS.cityName);
  const n = (instance.matrix ?? instance.cities).length;
  if (!instance.names && clean === '') return instance;
  const names = instance.names?.slice() ?? new Array<string>(n).fill('');
  names[index] = clean;
  return { ...instance, names };
}

/** The instance with these edges fixed, or why they cannot be. */
export function fixEdges(
  instance: TspInstance,
  edges: readonly (readonly number[])[],
): Result<TspInstance> {
  const read = readFixed(edges, (instance.matrix ?? instance.cities).length);
  if (!read.ok) return read;
  const { fixed: _before, ...rest } = instance;
  return ok(read.value.length > 0 ? { ...rest, fixed: read.value } : rest);
}

/** One more fixed edge: from the first city to the next that has room, to be changed then. */
export function fixAnother(instance: TspInstance): Result<TspInstance> {
  const fixed = instance.fixed ?? [];
  const n = (instance.matrix ?? instance.cities).length;
  for (let city = 0; city + 1 < n; city++) {
    const more = fixEdges(instance, [...fixed, [city, city + 1]]);
    if (more.ok) return more;
  }
  return fail({ message: 'No further edge between neighbours in the list can be fixed.' });
}
