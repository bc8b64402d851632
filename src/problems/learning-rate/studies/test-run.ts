/** Runs studies headless, for tests: every planned run really trains, as the command line does it. */
import { readParams, type ParamValue } from '../../../core/params.ts';
import { unwrap } from '../../../core/result.ts';
import { launchInNode } from '../../../../scripts/lib/conduct-in-node.ts';
import { conduct } from '../../../studies/conduct.ts';
import type { AnyStudy, StudyState } from '../../studies.ts';
import type { ChartColours } from '../../views.ts';
import { learningRate } from '../family.ts';
import { gallery } from '../gallery.ts';
import type { Instance, Solution } from '../instance.ts';
import type { LabStudy } from './lab.ts';

export const COLOURS: ChartColours = {
  ink: '#1b1d20',
  ink2: '#50555b',
  ink3: '#676c72',
  line: '#e2e2dd',
  panel: '#ffffff',
  accent: '#1f5fd0',
  bound: '#a94f0b',
  good: '#187347',
  warn: '#8a5406',
  series: (index) => ['#1f5fd0', '#178564', '#8453cf', '#bd3d76', '#0f7f9b'][index % 5],
};

/** Plans and runs until nothing new is planned. Throws when the plan or a run fails. */
export async function runStudy(
  study: LabStudy,
  given: Record<string, ParamValue> = {},
  instance: Instance = gallery[0].instance(),
): Promise<StudyState<Instance, Solution>> {
  const conducted = conduct({
    study: study as unknown as AnyStudy,
    instance,
    values: unwrap(readParams(study.params, given)),
    parallel: 1,
    launch: (run) => {
      // What is planned must be a document that can be opened on its own.
      unwrap(learningRate.validate(JSON.parse(JSON.stringify(run.instance))));
      return launchInNode(learningRate, run, () => undefined);
    },
    onChange: () => undefined,
  });
  await conducted.finished;
  const [issue] = conducted.issues();
  if (issue) throw new Error(issue.message);
  const state = conducted.state() as unknown as StudyState<Instance, Solution>;
  for (const [id, { state: end, message }] of state.outcomes)
    if (end !== 'done') throw new Error(`${id}: ${message ?? end}`);
  return state;
}
