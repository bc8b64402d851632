/** Tours as TSPLIB text, TYPE TOUR; cities count from 1. */
import { fail, ok, type Result } from '../../../core/result.ts';
import { readTsplib, tsplibType } from '../../../core/tsplib.ts';
import type { SolutionFormat } from '../../family.ts';
import type { TspSolution } from '../check.ts';
import { cityCount, LIMITS, type TspInstance } from '../instance.ts';

function parse(text: string, instance: TspInstance): Result<TspSolution> {
  const n = cityCount(instance);
  const read = readTsplib(text, {
    maxDimension: LIMITS.cities,
    maxMatrixDimension: LIMITS.matrix,
  });
  if (!read.ok) return read;
  const { tour, line } = read.value;
  if (!tour)
    return fail({ line: 1, message: 'TOUR_SECTION is missing.', hint: 'Is this a tour file?' });
  const at = line('TOUR_SECTION');
  if (tour.length !== n)
    return fail({
      line: at,
      message: `The tour has ${tour.length} stops; the open instance has ${n} cities.`,
      hint: 'Open the instance this tour belongs to.',
    });
  const wrong = tour.find((city) => city < 1 || city > n);
  if (wrong !== undefined)
    return fail({ line: at, message: `The tour visits ${wrong}; cities are 1 to ${n}.` });
  return ok({ tour: tour.map((city) => city - 1) });
}

export const tour: SolutionFormat<TspInstance, TspSolution> = {
  id: 'tour',
  name: 'TSPLIB tour',
  extensions: ['tour'],
  sniff: (text) =>
    tsplibType(text) === 'TOUR' ? 1 : /^\s*TOUR_SECTION/m.test(text.slice(0, 4096)) ? 0.8 : 0,
  parse,
  write: (instance, solution, objective) =>
    [
      `NAME : ${instance.name}.tour`,
      `COMMENT : Length ${objective}`,
      'TYPE : TOUR',
      `DIMENSION : ${cityCount(instance)}`,
      'TOUR_SECTION',
      ...Array.from(solution.tour, (city) => city + 1),
      '-1',
      'EOF',
      '',
    ].join('\n'),
};
