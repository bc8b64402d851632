/**
 * CVRPLIB's `.sol`: `Route #1: 5 3 8` lines, then `Cost 784`. Where there are several types of
 * vehicles, `Route #1 [2]: 5 3 8` is a route of the second.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { SolutionFormat } from '../../family.ts';
import { cleanSolution, objectiveDigits, type VrpInstance, type VrpSolution } from '../instance.ts';

const ROUTE = /^\s*Route\s*#?\s*\d*\s*(?:\[\s*(\d{1,4})\s*\]\s*)?:\s*(.*)$/i;

function parse(text: string, instance: VrpInstance): Result<VrpSolution> {
  const n = instance.customers.length;
  const routes: number[][] = [];
  const types: number[] = [];
  let visits = 0;
  let line = 0;
  let start = 0;
  while (start < text.length) {
    let stop = text.indexOf('\n', start);
    if (stop < 0) stop = text.length;
    line++;
    const match = ROUTE.exec(text.slice(start, Math.min(stop, start + 400_000)).trimEnd());
    start = stop + 1;
    if (!match) continue;
    const route: number[] = [];
    for (const token of match[2].trim().split(/\s+/)) {
      if (token === '') continue;
      const issue = numberIssue(token, 'a customer', { integer: true, min: 0, max: n });
      if (issue)
        return fail({
          line,
          ...issue,
          hint: `The instance has customers 1 to ${n}; does the solution belong to it?`,
        });
      const customer = Number(token);
      // Some programs write the depot at both ends.
      if (customer === 0) continue;
      if (++visits > n) return fail({ line, message: `The routes have more than ${n} visits.` });
      route.push(customer);
    }
    if (route.length === 0) continue;
    routes.push(route);
    types.push(Math.max(0, Number(match[1] ?? 1) - 1));
  }
  if (routes.length === 0)
    return fail({
      line: 1,
      message: 'There is no route in this text.',
      hint: 'Routes look like "Route #1: 5 3 8".',
    });
  return ok(cleanSolution({ routes, types }));
}

export const sol: SolutionFormat<VrpInstance, VrpSolution> = {
  id: 'sol',
  name: 'CVRPLIB solution',
  extensions: ['sol'],
  sniff: (text, fileName) =>
    /^\s*Route\s*#?\s*\d+\s*(\[\s*\d+\s*\]\s*)?:/im.test(text.slice(0, 4096))
      ? 0.95
      : /\.sol$/i.test(fileName)
        ? 0.2
        : 0,
  parse,
  write(instance, solution, objective) {
    const { routes, types } = cleanSolution(solution);
    const lines = routes.map((route, index) => {
      const type = types ? ` [${types[index] + 1}]` : '';
      return `Route #${index + 1}${type}: ${route.join(' ')}`;
    });
    return [...lines, `Cost ${objective.toFixed(objectiveDigits(instance.rounding))}`, ''].join(
      '\n',
    );
  },
};
