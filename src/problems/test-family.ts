/** A small whole family, for the tests of code that serves every family. */
import { BitError, BitReader, BitWriter } from '../core/bits.ts';
import { fail, ok, okUnless, type Issue, type Result } from '../core/result.ts';
import { readTokens } from '../core/tokens.ts';
import { defineFamily, type FamilyId } from './family.ts';

/** Points to be visited in order. */
export interface Stops {
  name: string;
  points: [number, number][];
}

export interface Walk {
  tour: number[];
}

const MAX_POINTS = 5000;
const MAGIC = 'STOPS';

function validate(value: unknown): Result<Stops> {
  if (typeof value !== 'object' || value === null)
    return fail({ path: [], message: 'The instance must be an object.' });
  const { name = '', points } = value as Partial<Stops>;
  if (typeof name !== 'string') return fail({ path: ['name'], message: 'The name must be text.' });
  if (!Array.isArray(points))
    return fail({ path: ['points'], message: 'The points must be a list.' });
  if (points.length > MAX_POINTS)
    return fail({ path: ['points'], message: `At most ${MAX_POINTS} points.` });
  const issues: Issue[] = [];
  points.forEach((point: unknown, index) => {
    if (!Array.isArray(point) || point.length !== 2 || !point.every(Number.isFinite))
      issues.push({ path: ['points', index], message: 'A point must be two numbers.' });
  });
  return okUnless(issues, () => ({ name, points: points as Stops['points'] }));
}

function parse(text: string): Result<Stops> {
  const reader = readTokens(text);
  if (reader.next() !== MAGIC) return fail({ line: 1, message: `${MAGIC} must come first.` });
  const count = reader.number('the count', { min: 0, max: MAX_POINTS, integer: true });
  if (!count.ok) return count;
  const points: Stops['points'] = [];
  for (let i = 0; i < count.value; i++) {
    const x = reader.number('an x');
    const y = reader.number('a y');
    if (!x.ok) return x;
    if (!y.ok) return y;
    points.push([x.value, y.value]);
  }
  return ok({ name: '', points });
}

function readSolution(instance: Stops, value: unknown): Result<Walk> {
  const tour = (value as Partial<Walk> | null)?.tour;
  if (!Array.isArray(tour) || tour.length !== instance.points.length)
    return fail({ path: ['tour'], message: 'The tour must list every point.' });
  return ok({ tour: tour as number[] });
}

const length = ({ points }: Stops, { tour }: Walk): number =>
  tour.reduce((sum, point, i) => {
    const [ax, ay] = points[point];
    const [bx, by] = points[tour[(i + 1) % tour.length]];
    return sum + Math.sqrt((ax - bx) ** 2 + (ay - by) ** 2);
  }, 0);

/** @param id the family it stands in for. */
export const testFamily = (id: FamilyId = 'tsp', name = 'Stops') =>
  defineFamily<Stops, Stops, Walk>({
    id,
    name,
    summary: 'Visit the stops.',
    sense: 'min',
    objective: { label: 'Length', digits: () => 1 },
    validate,
    jsonSchema: {
      type: 'object',
      required: ['points'],
      properties: { name: { type: 'string' }, points: { type: 'array' } },
    },
    nameOf: (instance) => instance.name,
    withName: (instance, to) => ({ ...instance, name: to }),
    describe: (instance) => [{ label: 'Stops', value: String(instance.points.length) }],
    elements: (instance) => instance.points.length,
    pack: (instance) => instance,
    unpack: (packed) => packed,
    codec: {
      version: 1,
      encode(instance) {
        const writer = new BitWriter();
        writer.string(instance.name);
        writer.varint(instance.points.length);
        writer.numbers(instance.points.map(([x]) => x));
        writer.numbers(instance.points.map(([, y]) => y));
        return writer.finish();
      },
      decode(bytes, version) {
        if (version !== 1) return fail({ message: `Codec version ${version} is unknown.` });
        try {
          const reader = new BitReader(bytes);
          const to = reader.string(1000);
          const count = reader.varint(MAX_POINTS);
          const xs = reader.numbers(count);
          const ys = reader.numbers(count);
          return ok({ name: to, points: xs.map((x, i) => [x, ys[i]]) });
        } catch (error) {
          if (error instanceof BitError) return fail({ message: error.message });
          throw error;
        }
      },
    },
    generators: [
      {
        id: 'grid',
        name: 'Grid',
        summary: 'Integer points in a square.',
        source: 'own',
        params: [
          { id: 'n', label: 'Points', help: '', type: 'number', default: 20, min: 1, max: 5000 },
          { id: 'flat', label: 'Flat', help: '', type: 'boolean', default: false },
        ],
        generate: ({ n, flat }, rng) => ({
          name: `Grid ${n}`,
          points: Array.from({ length: Number(n) }, () => [
            rng.int(1000),
            flat ? 0 : rng.int(1000),
          ]),
        }),
      },
    ],
    gallery: [
      {
        id: 'square',
        name: 'Square',
        summary: 'Four corners.',
        source: 'own',
        instance: () => ({
          name: 'Square',
          points: [
            [0, 0],
            [0, 1],
            [1, 1],
            [1, 0],
          ],
        }),
      },
    ],
    formats: [
      {
        id: 'stops',
        name: 'Stops text',
        extensions: ['stops'],
        sniff: (text) => (text.startsWith(MAGIC) ? 0.9 : 0),
        parse,
      },
    ],
    solutionFormats: [
      {
        id: 'walk',
        name: 'Walk',
        extensions: ['walk'],
        sniff: (text) => (text.startsWith('WALK') ? 0.9 : 0),
        parse: (text, instance) =>
          readSolution(instance, { tour: text.trim().split(/\s+/).slice(1).map(Number) }),
        write: (_, solution) => `WALK ${solution.tour.join(' ')}\n`,
      },
    ],
    check(instance, solution) {
      const seen = new Set(solution.tour);
      const isWhole =
        solution.tour.length === instance.points.length &&
        instance.points.every((_, point) => seen.has(point));
      return {
        feasible: isWhole,
        objective: isWhole ? length(instance, solution) : NaN,
        violations: isWhole ? [] : ['Not every stop is visited once.'],
      };
    },
    writeSolution: (_, solution) => solution,
    readSolution,
    solvers: [
      {
        id: 'nearest',
        version: 1,
        name: 'Nearest',
        summary: '',
        source: 'own',
        params: [],
        traits: {
          anytime: false,
          exact: false,
          bounds: false,
          deterministic: true,
          warmStart: false,
        },
        stepUnit: 'stops',
        trace: [],
      },
      {
        id: 'swap',
        version: 2,
        name: 'Swap',
        summary: '',
        source: 'own',
        params: [
          { id: 'tenure', label: 'Tenure', help: '', type: 'number', default: 8, min: 1, max: 50 },
          {
            id: 'rule',
            label: 'Rule',
            help: '',
            type: 'choice',
            default: 'best',
            options: [
              { value: 'best', label: 'Best' },
              { value: 'first', label: 'First' },
            ],
          },
        ],
        traits: {
          anytime: true,
          exact: false,
          bounds: false,
          deterministic: true,
          warmStart: true,
        },
        stepUnit: 'moves',
        trace: [],
      },
    ],
    defaultSolver: () => 'swap',
    refuses: () => null,
  });
