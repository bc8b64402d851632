/** Validation of untrusted instances. */
import { fail, ok, type Issue, type Result } from '../../core/result.ts';
import { limits, type JobShopInstance, type Operation } from './instance.ts';
import { isWhole, maxIssues } from './schema-common.ts';
import { extraKeys, extraProperties, isName, readExtras } from './schema-extras.ts';

export { isName } from './schema-extras.ts';

const keys: readonly string[] = ['name', 'machines', 'jobs', ...extraKeys];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The instance, or issues with the path of each. Counts are checked before operations are read.
 * O(operations).
 */
export function validate(value: unknown): Result<JobShopInstance> {
  if (!isObject(value))
    return fail({
      path: [],
      message: 'A job shop is an object.',
      hint: 'Write { "name": …, "machines": …, "jobs": [[[machine, duration], …], …] }.',
    });
  const issues: Issue[] = [];
  for (const key of Object.keys(value))
    if (!keys.includes(key) && issues.length < maxIssues)
      issues.push({
        path: [key.slice(0, 40)],
        message: 'Unknown key.',
        hint: `An instance has ${keys.join(', ')}.`,
      });

  const name = value.name ?? '';
  if (!isName(name))
    issues.push({
      path: ['name'],
      message: `The name must be one line of at most ${limits.nameLength} characters.`,
    });
  const { machines, jobs } = value;
  const machinesFit = isWhole(machines, 1, limits.machines);
  if (!machinesFit)
    issues.push({
      path: ['machines'],
      message: `The number of machines must be a whole number from 1 to ${limits.machines}.`,
    });
  if (!Array.isArray(jobs) || jobs.length < 1 || jobs.length > limits.jobs) {
    issues.push({
      path: ['jobs'],
      message: `Jobs must be a list of 1 to ${limits.jobs} jobs.`,
      hint: 'Each job is a list of [machine, duration] pairs.',
    });
    return { ok: false, issues };
  }
  const { read, work } = readJobs(jobs, machinesFit ? machines : limits.machines, issues);
  if (issues.length > 0) return { ok: false, issues };
  const extras = readExtras(value, read, work, machines as number, issues);
  if (issues.length > 0) return { ok: false, issues };
  return ok({ name: name as string, machines: machines as number, jobs: read, ...extras });
}

function readJobs(
  jobs: readonly unknown[],
  machines: number,
  issues: Issue[],
): { read: Operation[][]; work: number } {
  const complain = (path: (string | number)[], message: string, hint?: string) => {
    if (issues.length < maxIssues) issues.push({ path: ['jobs', ...path], message, hint });
  };
  const read: Operation[][] = [];
  let operations = 0;
  let choices = 0;
  let work = 0;

  /** The operation's pairs when they are sound; their longest time counts as work. */
  const readOperation = (list: unknown, path: number[]): Operation | null => {
    if (!Array.isArray(list) || list.length < 2 || list.length % 2 !== 0) {
      complain(
        path,
        'An operation must be a pair [machine, duration].',
        'With a choice of machines the pairs stand one behind the other.',
      );
      return null;
    }
    choices += list.length / 2;
    if (choices > limits.choices) {
      complain(path, `There are more than ${limits.choices} choices of machine.`);
      return null;
    }
    let longest = 0;
    const seen = new Set<number>();
    for (let i = 0; i < list.length; i += 2) {
      const machine: unknown = list[i];
      const duration: unknown = list[i + 1];
      if (!isWhole(machine, 0, machines - 1)) {
        complain(
          [...path, i],
          `The machine must be a whole number from 0 to ${machines - 1}.`,
          'Machines count from 0 here.',
        );
        return null;
      }
      if (seen.has(machine)) {
        complain([...path, i], `Machine ${machine} is among the choices already.`);
        return null;
      }
      seen.add(machine);
      if (!isWhole(duration, 0, limits.duration)) {
        complain(
          [...path, i + 1],
          `The duration must be a whole number from 0 to ${limits.duration}.`,
          'Scale times to whole units.',
        );
        return null;
      }
      longest = Math.max(longest, duration);
    }
    work += longest;
    return [...(list as number[])] as unknown as Operation;
  };

  for (let j = 0; j < jobs.length && issues.length < maxIssues; j++) {
    const job: unknown = jobs[j];
    if (!Array.isArray(job) || job.length === 0) {
      complain([j], 'A job must be a list of at least one [machine, duration] pair.');
      continue;
    }
    operations += job.length;
    if (operations > limits.operations) {
      complain([j], `There are more than ${limits.operations} operations.`);
      break;
    }
    const row: Operation[] = [];
    for (let k = 0; k < job.length && issues.length < maxIssues; k++) {
      const operation = readOperation(job[k], [j, k]);
      if (operation) row.push(operation);
    }
    read.push(row);
  }
  if (work > limits.work)
    complain([], `All durations together are above ${limits.work}.`, 'Use a coarser time unit.');
  return { read, work };
}

/** JSON Schema (draft 7) for editor completion. */
export const jsonSchema: object = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Job shop instance',
  type: 'object',
  required: ['machines', 'jobs'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: limits.nameLength, description: 'Title of the instance.' },
    machines: {
      type: 'integer',
      minimum: 1,
      maximum: limits.machines,
      description: 'Number of machines; they count from 0 in the jobs.',
    },
    jobs: {
      type: 'array',
      minItems: 1,
      maxItems: limits.jobs,
      description: 'One list of operations per job, in processing order.',
      items: {
        type: 'array',
        minItems: 1,
        maxItems: limits.operations,
        items: {
          type: 'array',
          minItems: 2,
          description:
            '[machine, duration]: machine from 0, duration in whole units; more pairs are a choice.',
          items: { type: 'integer', minimum: 0, maximum: limits.duration },
        },
      },
    },
    ...extraProperties,
  },
};
