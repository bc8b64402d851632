/** The travelling salesman problem as a family. */
import { formatNumber } from '../../core/format.ts';
import { defineFamily, type Fact } from '../family.ts';
import { bestKnown } from './best-known.ts';
import { evidence } from './evidence.ts';
import { check, readSolution, writeSolution, type TspSolution } from './check.ts';
import { codec } from './codec.ts';
import { csv, tour, tsplib } from './formats/index.ts';
import { gallery } from './gallery.ts';
import { generators } from './generators.ts';
import {
  cityCount,
  LIMITS,
  METRICS,
  pack,
  unpack,
  type PackedTsp,
  type TspInstance,
} from './instance.ts';
import { cleanName, jsonSchema, validate } from './schema.ts';
import { defaultSolver, refuses, solverInfos } from './solvers.ts';

function describe(instance: TspInstance): Fact[] {
  const n = cityCount(instance);
  const known = bestKnown(instance);
  const facts: Fact[] = [
    { label: 'Cities', value: formatNumber(n) },
    {
      label: 'Distance',
      value: METRICS.find(({ id }) => id === instance.metric)?.name ?? instance.metric,
    },
    {
      label: 'Tours',
      value:
        n < 4
          ? '1'
          : n <= 18
            ? formatNumber(countTours(n))
            : `about 10${superscript(tourDigits(n))}`,
      help: '(n − 1)! / 2 closed tours, if both directions count as one.',
    },
  ];
  if (known)
    facts.push({
      label: known.optimal ? 'Optimum' : 'Best known',
      value: formatNumber(known.value),
      help: known.source,
    });
  return facts;
}

function countTours(n: number): number {
  let count = 0.5;
  for (let i = 2; i < n; i++) count *= i;
  return count;
}

/** Decimal order of (n − 1)! / 2. */
function tourDigits(n: number): number {
  let digits = -Math.log10(2);
  for (let i = 2; i < n; i++) digits += Math.log10(i);
  return Math.floor(digits);
}

const superscript = (value: number): string =>
  String(value).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]);

export const tsp = defineFamily<TspInstance, PackedTsp, TspSolution>({
  id: 'tsp',
  name: 'TSP',
  summary: 'Visit every city once, as short as can be.',
  sense: 'min',
  objective: {
    label: 'Tour length',
    digits: (instance) => (instance.metric === 'euclidean' ? 2 : 0),
  },
  validate,
  jsonSchema,
  nameOf: (instance) => instance.name,
  withName: (instance, name) => ({ ...instance, name: cleanName(name, LIMITS.name) }),
  describe,
  elements: cityCount,
  bestKnown,
  pack,
  unpack,
  codec,
  generators,
  gallery,
  formats: [tsplib, csv],
  solutionFormats: [tour],
  check,
  evidence,
  writeSolution,
  readSolution,
  solvers: solverInfos,
  defaultSolver,
  refuses,
});
