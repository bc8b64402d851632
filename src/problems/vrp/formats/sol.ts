/**
 * CVRPLIB's `.sol`: `Route #1: 5 3 8` lines, then `Cost 784`. Where there are several types of
 * vehicles, `Route #1 [2]: 5 3 8` is a route of the second. With stocks over days `Route #1 @2: 5=12
 * 3=7.5` is on the second day, and says what each customer gets.
 */
import { fail, ok, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { SolutionFormat } from '../../family.ts';
import {
  cleanSolution,
  LIMITS,
  objectiveDigits,
  type VrpInstance,
  type VrpSolution,
} from '../instance.ts';

const ROUTE = /^\s*Route\s*#?\s*\d*\s*(?:\[\s*(\d{1,4})\s*\]\s*)?(?:@\s*(\d{1,4})\s*)?:\s*(.*)$/i;

function parse(text: string, instance: VrpInstance): Result<VrpSolution> {
  const n = instance.customers.length;
  const routes: number[][] = [];
  const types: number[] = [];
  const days: number[] = [];
  const amounts: number[][] = [];
  const { inventory } = instance;
  const most = n * (inventory?.days ?? 1);
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
    const gets: number[] = [];
    for (const word of match[3].trim().split(/\s+/)) {
      if (word === '') continue;
      const [token, amount = '0'] = inventory ? word.split('=', 2) : [word];
      const wrong = numberIssue(amount, 'an amount', { min: 0, max: LIMITS.demand });
      if (wrong) return fail({ line, ...wrong, hint: 'Stops look like "5=12".' });
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
      if (++visits > most)
        return fail({ line, message: `The routes have more than ${most} visits.` });
      route.push(customer);
      gets.push(Number(amount));
    }
    if (route.length === 0) continue;
    routes.push(route);
    days.push(Number(match[2] ?? 1));
    amounts.push(gets);
    types.push(Math.max(0, Number(match[1] ?? 1) - 1));
  }
  // With stocks a plan may be not to drive at all.
  if (routes.length === 0 && !(inventory && /^\s*Cost\b/im.test(text.slice(0, 4096))))
    return fail({
      line: 1,
      message: 'There is no route in this text.',
      hint: 'Routes look like "Route #1: 5 3 8".',
    });
  return ok(cleanSolution({ routes, types, ...(inventory ? { days, amounts } : {}) }));
}

export const sol: SolutionFormat<VrpInstance, VrpSolution> = {
  id: 'sol',
  name: 'CVRPLIB solution',
  extensions: ['sol'],
  sniff: (text, fileName) =>
    /^\s*Route\s*#?\s*\d+\s*(\[\s*\d+\s*\]\s*)?(@\s*\d+\s*)?:/im.test(text.slice(0, 4096))
      ? 0.95
      : /\.sol$/i.test(fileName)
        ? 0.2
        : 0,
  parse,
  write(instance, solution, objective) {
    const { routes, types, days, amounts } = cleanSolution(solution);
    const lines = routes.map((route, index) => {
      const type = types ? ` [${types[index] + 1}]` : '';
      const day = days ? ` @${days[index]}` : '';
      const stops = route.map((customer, p) =>
        amounts ? `${customer}=${amounts[index][p]}` : customer,
      );
      return `Route #${index + 1}${type}${day}: ${stops.join(' ')}`;
    });
    return [
      ...lines,
      `Cost ${objective.toFixed(instance.inventory ? 2 : objectiveDigits(instance.rounding))}`,
      '',
    ].join('\n');
  },
};
