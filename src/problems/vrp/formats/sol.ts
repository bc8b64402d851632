/** CVRPLIB's `.sol`: `Route #1: 5 3 8` lines, then `Cost 784`. */
import { fail, ok, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { SolutionFormat } from '../../family.ts';
import { objectiveDigits, type VrpInstance, type VrpSolution } from '../instance.ts';

const ROUTE = /^\s*Route\s*#?\s*\d*\s*:\s*(.*)$/i;

function parse(text: string, instance: VrpInstance): Result<VrpSolution> {
  const n = instance.customers.length;
  const routes: number[][] = [];
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
    for (const token of match[1].trim().split(/\s+/)) {
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
    if (route.length > 0) routes.push(route);
  }
  if (routes.length === 0)
    return fail({
      line: 1,
      message: 'There is no route in this text.',
      hint: 'Routes look like "Route #1: 5 3 8".',
    });
  return ok({ routes });
}

export const sol: SolutionFormat<VrpInstance, VrpSolution> = {
  id: 'sol',
  name: 'CVRPLIB solution',
  extensions: ['sol'],
  sniff: (text, fileName) =>
    /^\s*Route\s*#?\s*\d+\s*:/im.test(text.slice(0, 4096))
      ? 0.95
      : /\.sol$/i.test(fileName)
        ? 0.2
        : 0,
  parse,
  write(instance, solution, objective) {
    const routes = solution.routes.filter((route) => route.length > 0);
    const lines = routes.map((route, index) => `Route #${index + 1}: ${route.join(' ')}`);
    return [...lines, `Cost ${objective.toFixed(objectiveDigits(instance.rounding))}`, ''].join(
      '\n',
    );
  },
};
