import { describe, expect, it } from 'vitest';
import { NO_BUDGET } from '../core/budget.ts';
import { fail, ok } from '../core/result.ts';
import type { AnyStudy, StudyOutcome, StudyRun } from '../problems/studies.ts';
import { conduct, type Launched } from './conduct.ts';

const run = (id: string): StudyRun<unknown> => ({
  id,
  label: id,
  instance: null,
  solverId: 'any',
  seed: 1,
  budget: NO_BUDGET,
});

const study = (plan: AnyStudy['plan']): AnyStudy => ({
  id: 'test',
  name: 'Test',
  summary: '',
  source: '',
  group: '',
  params: [],
  seconds: 1,
  plan,
  charts: () => [],
  findings: () => [],
  table: () => ({ caption: '', columns: [], rows: 0, cell: () => '' }),
});

/** Runs that end when told to, in the order they were started. */
function stage() {
  const started: string[] = [];
  const open = new Map<string, () => void>();
  const launch = ({ id }: StudyRun<unknown>): Launched => {
    started.push(id);
    let state: StudyOutcome<unknown>['state'] = 'running';
    let end: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      end = () => {
        state = 'done';
        open.delete(id);
        resolve();
      };
    });
    open.set(id, end);
    return {
      outcome: () => ({
        state,
        report: null,
        solution: null,
        bound: null,
        points: [],
        trace: null,
        seconds: 0,
        steps: 0,
      }),
      stop: end,
      finished,
    };
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  const end = async (id: string) => {
    open.get(id)!();
    await settle();
  };
  return { started, launch, end };
}

const spec = { instance: null, values: {}, onChange: () => undefined };

describe('conducting a study', () => {
  it('runs so many at a time, in the order of the plan', async () => {
    const { started, launch, end } = stage();
    const plan = () => ok(['a', 'b', 'c'].map(run));
    const conducted = conduct({ ...spec, study: study(plan), parallel: 2, launch });
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    expect(await conducted.finished).toBe(true);
    expect([...conducted.state().outcomes.values()].map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
    ]);
  });

  it('asks again when all have ended, and never repeats a run', async () => {
    const { started, launch, end } = stage();
    const plan: AnyStudy['plan'] = (_, __, outcomes) =>
      ok((outcomes.get('first')?.state === 'done' ? ['first', 'derived'] : ['first']).map(run));
    const conducted = conduct({ ...spec, study: study(plan), parallel: 4, launch });
    await end('first');
    expect(started).toEqual(['first', 'derived']);
    await end('derived');
    expect(await conducted.finished).toBe(true);
  });

  it('stops what runs and starts nothing more', async () => {
    const { started, launch } = stage();
    const plan = () => ok(['a', 'b'].map(run));
    const conducted = conduct({ ...spec, study: study(plan), parallel: 1, launch });
    conducted.stop();
    expect(await conducted.finished).toBe(false);
    expect(started).toEqual(['a']);
    expect(conducted.state().outcomes.get('b')?.state).toBe('waiting');
  });

  it('says why a plan is refused', async () => {
    const refusal = { message: 'The instance does not fit.' };
    const { launch } = stage();
    const conducted = conduct({ ...spec, study: study(() => fail(refusal)), parallel: 1, launch });
    expect(await conducted.finished).toBe(false);
    expect(conducted.issues()).toEqual([refusal]);
  });
});
