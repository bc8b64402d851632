/** Schedules written as a function: which calls give their values, and the schedule with them. */
import type { CodeAnswer, CodeCall } from '../../core/code.ts';
import type { Result } from '../../core/result.ts';
import type { Instance } from './instance.ts';
import { codeBodies, codeValues } from './code-values.ts';
import { EVALUATED, type Body } from './schedule.ts';
import { validate } from './schema.ts';

export const CODE_NAME = 'schedule';

/** What a new typed schedule begins with. */
export const CODE_EXAMPLE = `/** Step t = 0 … T; 1 is the peak. */
function schedule(t: number, T: number): number {
  const cooldown = 0.2 * T;
  return Math.min(1, (T - t) / cooldown);
}
`;

const callOf = (source: string, steps: number): CodeCall => ({
  source,
  name: CODE_NAME,
  args: [steps],
  count: steps + 1,
  nature: 'a schedule is a function of t and T alone.',
});

/** Calls whose values the instance lacks, each code once. */
export function missingCalls({ schedule, steps }: Instance): CodeCall[] {
  const lacking = codeBodies(schedule.body).filter((body) => codeValues(body, steps) === null);
  return [...new Set(lacking.map(({ code }) => code))].map((code) => callOf(code, steps));
}

/** Values the instance has. */
export function knownAnswers({ schedule, steps }: Instance): CodeAnswer[] {
  return codeBodies(schedule.body).flatMap((body) => {
    const values = codeValues(body, steps);
    return values ? [{ source: body.code, values }] : [];
  });
}

/** The instance with values for the code they belong to; fails when a rate leaves its range. */
export function withAnswers(instance: Instance, answers: readonly CodeAnswer[]): Result<Instance> {
  const supply = (body: Body): Body => {
    switch (body.kind) {
      case 'code': {
        const answer = answers.find(
          ({ source, values }) => source === body.code && values.length === instance.steps + 1,
        );
        return answer ? { ...body, [EVALUATED]: { code: body.code, values: answer.values } } : body;
      }
      case 'sequence':
        return {
          ...body,
          parts: body.parts.map((part) => ({ ...part, body: supply(part.body) })),
        };
      case 'product':
        return { ...body, factors: body.factors.map(supply) };
      default:
        return body;
    }
  };
  const { schedule } = instance;
  return validate({ ...instance, schedule: { ...schedule, body: supply(schedule.body) } });
}
