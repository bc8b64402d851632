/** Validation of an instance's optional parts: kind, objective, dates, weights, setups, breakdowns, robots. */
import type { Issue } from '../../core/result.ts';
import { afterBreakdown, type Breakdowns } from './breakdowns.ts';
import {
  kinds,
  limits,
  objectives,
  type JobShopInstance,
  type Operation,
  type Setups,
} from './instance.ts';
import { isWhole, maxIssues, type Complain } from './schema-common.ts';
import { readTransport, transportProperty } from './schema-transport.ts';

/** One line without control characters, not too long. */
export function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= limits.nameLength &&
    !/\p{Cc}|\u2028|\u2029/u.test(value)
  );
}

export const extraKeys = [
  'kind',
  'objective',
  'release',
  'due',
  'weight',
  'setups',
  'breakdowns',
  'transport',
] as const satisfies readonly (keyof JobShopInstance)[];

type Extras = Pick<JobShopInstance, (typeof extraKeys)[number]>;

/**
 * The optional parts; what is wrong is added to `issues`. Values that say nothing (kind `job`,
 * objective `makespan`) are left out. O(operations + families²).
 *
 * @param work sum of the jobs' longest durations.
 * @param machines how many there are.
 */
export function readExtras(
  value: Readonly<Record<string, unknown>>,
  jobs: readonly (readonly Operation[])[],
  work: number,
  machines: number,
  issues: Issue[],
): Extras {
  const complain = (path: (string | number)[], message: string, hint?: string) => {
    if (issues.length < maxIssues) issues.push({ path, message, hint });
  };
  const choice = <Choice extends string>(key: string, options: readonly Choice[]): Choice => {
    const given = value[key];
    if (given === undefined) return options[0];
    if (options.includes(given as Choice)) return given as Choice;
    complain([key], `It must be one of: ${options.join(', ')}.`);
    return options[0];
  };
  const byJob = (key: string, min: number, max: number): number[] | undefined => {
    const list = value[key];
    if (list === undefined) return undefined;
    if (!Array.isArray(list) || list.length !== jobs.length) {
      complain([key], `There must be a list of ${jobs.length} numbers, one a job.`);
      return undefined;
    }
    const wrong = list.findIndex((item) => !isWhole(item, min, max));
    if (wrong >= 0) complain([key, wrong], `It must be a whole number from ${min} to ${max}.`);
    return [...(list as number[])];
  };

  const kind = choice('kind', kinds);
  const objective = choice('objective', objectives);
  const release = byJob('release', 0, limits.work);
  const due = byJob('due', 0, limits.due);
  const weight = byJob('weight', 0, limits.weight);
  const setups =
    value.setups === undefined ? undefined : readSetups(value.setups, jobs.length, complain);
  const breakdowns =
    value.breakdowns === undefined
      ? undefined
      : readBreakdowns(value.breakdowns, machines, complain);
  const transport =
    value.transport === undefined ? undefined : readTransport(value.transport, machines, complain);
  if (issues.length > 0) return {};

  if (objective === 'tardiness' && !due)
    complain(['objective'], 'Tardiness needs due dates.', 'Give a list "due", one number a job.');
  const operations = jobs.reduce((sum, job) => sum + job.length, 0);
  const longestSetup = setups ? Math.max(...setups.times.flat()) : 0;
  const lastRelease = release ? Math.max(...release) : 0;
  const lastRepair = breakdowns ? lastRepairOf(breakdowns) : 0;
  const longestMove = transport
    ? Math.max(...transport.times.flat()) + Math.max(...(transport.empty ?? transport.times).flat())
    : 0;
  if (work + operations * (longestSetup + longestMove) + lastRelease + lastRepair > limits.work)
    complain([], `Schedules may end after ${limits.work}.`, 'Use a coarser time unit.');
  complainAboutKind(kind, jobs, setups !== undefined, complain);
  if (breakdowns && kind !== 'job' && kind !== 'blocking' && kind !== 'swap')
    complain(
      ['breakdowns'],
      'Machines break down in job shops and blocking job shops only.',
      'Choose the kind "job", "blocking" or "swap", or leave the breakdowns out.',
    );
  if (transport) {
    if (kind !== 'job' && kind !== 'blocking')
      complain(['transport'], 'Robots serve job shops and blocking job shops only.');
    if (setups || breakdowns)
      complain(['transport'], 'Robots go neither with setups nor with breakdowns.');
    if (jobs.some((job) => job.some((operation) => operation.length > 2)))
      complain(['transport'], 'With robots an operation has one machine.');
  }
  return {
    ...(kind !== 'job' && { kind }),
    ...(objective !== 'makespan' && { objective }),
    ...(release && { release }),
    ...(due && { due }),
    ...(weight && { weight }),
    ...(setups && { setups }),
    ...(breakdowns && { breakdowns }),
    ...(transport && { transport }),
  };
}

const lastRepairOf = ({ times }: Breakdowns): number =>
  times.reduce((last, list) => Math.max(last, (list.at(-2) ?? 0) + (list.at(-1) ?? 0)), 0);

function complainAboutKind(
  kind: (typeof kinds)[number],
  jobs: readonly (readonly Operation[])[],
  hasSetups: boolean,
  complain: Complain,
): void {
  const find = (wanted: (operation: Operation) => boolean): [number, number] | null => {
    for (let j = 0; j < jobs.length; j++) {
      const k = jobs[j].findIndex(wanted);
      if (k >= 0) return [j, k];
    }
    return null;
  };
  if (kind === 'permutation') {
    const route = jobs[0].map(([machine]) => machine);
    if (new Set(route).size < route.length)
      complain(['jobs', 0], 'In a permutation flow shop a job visits a machine at most once.');
    const other = jobs.findIndex(
      (job) => job.length !== route.length || job.some((operation, k) => operation[0] !== route[k]),
    );
    if (other >= 0)
      complain(
        ['jobs', other],
        'In a permutation flow shop all jobs take the same route.',
        'Choose the kind "job", or give this job the machines of the first.',
      );
  }
  if (kind === 'permutation' || kind === 'open' || kind === 'no-wait') {
    const choice = find((operation) => operation.length > 2);
    if (choice) complain(['jobs', ...choice], 'Here an operation has one machine.');
  }
  if (kind === 'blocking' || kind === 'swap' || hasSetups) {
    const empty = find((operation) => operation.some((time, i) => i % 2 === 1 && time === 0));
    if (empty)
      complain(['jobs', ...empty], 'With blocking or setups every operation takes at least 1.');
  }
}

function readSetups(value: unknown, jobs: number, complain: Complain): Setups | undefined {
  const { family, times } = (value ?? {}) as Record<string, unknown>;
  if (!Array.isArray(times) || times.length < 1 || times.length > limits.families) {
    complain(
      ['setups', 'times'],
      `Setup times must be a table of 1 to ${limits.families} rows.`,
      'Write "setups": { "family": [family of each job], "times": [[0, …], …] }.',
    );
    return undefined;
  }
  if (!Array.isArray(family) || family.length !== jobs) {
    complain(['setups', 'family'], `There must be a list of ${jobs} families, one a job.`);
    return undefined;
  }
  const wrong = family.findIndex((item) => !isWhole(item, 0, times.length - 1));
  if (wrong >= 0)
    complain(['setups', 'family', wrong], `It must be from 0 to ${times.length - 1}.`);
  const rows: number[][] = [];
  times.forEach((row: unknown, from) => {
    if (!Array.isArray(row) || row.length !== times.length) {
      complain(['setups', 'times', from], `A row must have ${times.length} times.`);
      return;
    }
    row.forEach((time: unknown, to) => {
      if (!isWhole(time, 0, from === to ? 0 : limits.duration))
        complain(
          ['setups', 'times', from, to],
          from === to
            ? 'Within a family there is no setup: 0.'
            : `A setup must be a whole number from 0 to ${limits.duration}.`,
        );
    });
    rows.push([...(row as number[])]);
  });
  const extra = Object.keys(value as object).find((key) => key !== 'family' && key !== 'times');
  if (extra !== undefined) complain(['setups', extra.slice(0, 40)], 'Unknown key.');
  return { family: [...(family as number[])], times: rows };
}

function readBreakdowns(
  value: unknown,
  machines: number,
  complain: Complain,
): Breakdowns | undefined {
  const { after, times, ...others } = (value ?? {}) as Record<string, unknown>;
  const extra = Object.keys(others)[0];
  if (extra !== undefined) complain(['breakdowns', extra.slice(0, 40)], 'Unknown key.');
  if (after !== 'resume' && after !== 'restart') {
    complain(
      ['breakdowns', 'after'],
      `It must be one of: ${afterBreakdown.join(', ')}.`,
      'An interrupted operation goes on after the repair, or begins anew.',
    );
    return undefined;
  }
  if (!Array.isArray(times) || times.length !== machines) {
    complain(
      ['breakdowns', 'times'],
      `There must be a list of ${machines} lists, one a machine.`,
      'Each is [start, duration, start, duration, …], empty for a machine that never fails.',
    );
    return undefined;
  }
  let count = 0;
  const read: number[][] = [];
  for (let machine = 0; machine < machines; machine++) {
    const list: unknown = times[machine];
    const at = ['breakdowns', 'times', machine];
    if (!Array.isArray(list) || list.length % 2 !== 0) {
      complain(at, 'It must be a list [start, duration, start, duration, …].');
      return undefined;
    }
    count += list.length / 2;
    if (count > limits.breakdowns) {
      complain(at, `There are more than ${limits.breakdowns} breakdowns.`);
      return undefined;
    }
    let free = 0;
    for (let k = 0; k < list.length; k += 2) {
      const [start, duration]: unknown[] = list.slice(k, k + 2);
      if (!isWhole(start, free, limits.work) || !isWhole(duration, 1, limits.duration)) {
        complain(
          [...at, k],
          isWhole(start, free, limits.work)
            ? `A breakdown lasts a whole number from 1 to ${limits.duration}.`
            : `A breakdown must start at a whole number, not before ${free}.`,
        );
        return undefined;
      }
      free = start + duration;
    }
    read.push([...(list as number[])]);
  }
  return { after, times: read };
}

const list = (maximum: number, description: string) => ({
  type: 'array',
  maxItems: limits.jobs,
  items: { type: 'integer', minimum: 0, maximum },
  description,
});

/** Properties of the JSON Schema. */
export const extraProperties = {
  kind: { enum: kinds, description: 'How jobs pass the machines; job when absent.' },
  objective: { enum: objectives, description: 'What is minimised; makespan when absent.' },
  release: list(limits.work, 'Time from which each job may start.'),
  due: list(limits.due, 'Due date of each job.'),
  weight: list(limits.weight, 'Weight of each job; 1 when absent.'),
  setups: {
    type: 'object',
    required: ['family', 'times'],
    additionalProperties: false,
    description: 'Setup times between families of jobs, alike on every machine.',
    properties: {
      family: list(limits.families - 1, 'Family of each job, from 0.'),
      times: {
        type: 'array',
        maxItems: limits.families,
        items: { type: 'array', items: { type: 'integer', minimum: 0, maximum: limits.duration } },
        description: 'Row: family before; column: family after; 0 on the diagonal.',
      },
    },
  },
  breakdowns: {
    type: 'object',
    required: ['after', 'times'],
    additionalProperties: false,
    description: 'When machines are down; no operation starts then.',
    properties: {
      after: {
        enum: afterBreakdown,
        description: 'Whether an interrupted operation goes on or begins anew after the repair.',
      },
      times: {
        type: 'array',
        maxItems: limits.machines,
        items: { type: 'array', items: { type: 'integer', minimum: 0, maximum: limits.work } },
        description: '[start, duration, start, duration, …] of each machine.',
      },
    },
  },
  transport: transportProperty,
};
