/**
 * Schedules as text: one line a job, the start time of each operation, with `@machine` (from 1)
 * behind it where there is a choice, and `@robot:fetched` (robots from 1, 0 for none) where robots
 * carry the jobs; `#` starts a comment.
 */
import { fail, type Result } from '../../../core/result.ts';
import { numberIssue } from '../../../core/tokens.ts';
import type { SolutionFormat } from '../../family.ts';
import { countOperations, isFlexible, jobLabel, objectiveName } from '../instance.ts';
import type { JobShopInstance, JobShopSolution } from '../instance.ts';
import { tooLong } from './text.ts';

function parse(text: string, instance: JobShopInstance): Result<JobShopSolution> {
  const long = tooLong(text);
  if (long) return fail(long);
  const starts = new Int32Array(countOperations(instance));
  const machines = isFlexible(instance) ? new Int32Array(starts.length) : null;
  const carried = instance.transport
    ? { robots: new Int32Array(starts.length), picks: new Int32Array(starts.length) }
    : null;
  let job = 0;
  let flat = 0;
  let line = 0;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    line++;
    const data = raw.replace(/#.*$/, '').trim();
    if (data === '') continue;
    const tokens = data.split(/[\s,;]+/);
    if (job === instance.jobs.length)
      return fail({ line, message: `The instance has only ${instance.jobs.length} jobs.` });
    const wanted = instance.jobs[job].length;
    if (tokens.length !== wanted)
      return fail({
        line,
        message: `${jobLabel(job)} has ${wanted} operations; here are ${tokens.length} times.`,
      });
    for (const item of tokens) {
      const [token, on] = machines || carried ? item.split('@') : [item];
      if (carried) {
        const found = /^(\d{1,3}):(\d{1,10})$/.exec(on ?? '');
        if (!found || Number(found[2]) >= 2 ** 31)
          return fail({
            line,
            message: 'Behind a start there must be @robot:time.',
            hint: 'For example 40@1:25: robot 1 leaves with the job at 25. 0:0 where it is there already.',
          });
        carried.robots[flat] = Number(found[1]) - 1;
        carried.picks[flat] = Number(found[2]);
      }
      if (machines) {
        const issue = numberIssue(on ?? '', 'a machine behind @', {
          min: 1,
          max: instance.machines,
          integer: true,
        });
        if (issue) return fail({ line, ...issue });
        machines[flat] = Number(on) - 1;
      }
      const issue = numberIssue(token, 'a start time', { min: 0, max: 2 ** 31 - 1, integer: true });
      if (issue) return fail({ line, ...issue });
      starts[flat++] = Number(token);
    }
    job++;
  }
  if (job < instance.jobs.length)
    return fail({
      line,
      message: `The schedule has ${job} of ${instance.jobs.length} jobs.`,
      hint: 'Is it cut off?',
    });
  if (carried) return { ok: true, value: { starts, ...carried } };
  return { ok: true, value: machines ? { starts, machines } : { starts } };
}

export const startTimes: SolutionFormat<JobShopInstance, JobShopSolution> = {
  id: 'starts',
  name: 'Start times',
  extensions: ['sol', 'txt'],
  sniff: (text) => (/^#.*\bstart times\b/im.test(text.slice(0, 400)) ? 0.9 : 0.1),
  parse,
  write(instance, solution, objective) {
    let flat = 0;
    const machines = isFlexible(instance) ? solution.machines : undefined;
    const { robots, picks } = solution;
    const write = () => {
      let on = machines ? `@${machines[flat] + 1}` : '';
      if (instance.transport && robots && picks) on = `@${robots[flat] + 1}:${picks[flat]}`;
      return `${solution.starts[flat++]}${on}`;
    };
    const rows = instance.jobs.map((job) => job.map(write).join(' '));
    const name = objectiveName(instance).toLowerCase();
    return `# ${instance.name}: ${name} ${objective}; start times, one job a line\n${rows.join('\n')}\n`;
  },
};
