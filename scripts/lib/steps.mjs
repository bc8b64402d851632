/** Runs named steps one after the other, times them, and sums up. */

/**
 * @typedef {object} Step
 * @property {string} name short, as in `--only`
 * @property {string} what a few words for a person
 * @property {boolean} [always] runs whatever `--only` says
 * @property {() => Promise<string | null>} run null when all is well; else what went wrong
 *
 * @typedef {{ name: string, what: string, outcome: 'ok' | 'failed' | 'not run', seconds: number, problem: string | null }} Outcome
 */

/**
 * Chooses steps by a comma-separated list of names.
 * @param {readonly Step[]} steps
 * @param {string | undefined} only all when undefined
 * @returns {Step[]}
 * @throws RangeError naming an unknown step
 */
export function chooseSteps(steps, only) {
  if (only === undefined) return [...steps];
  const names = only.split(',').map((name) => name.trim());
  const selectable = steps.filter((step) => !step.always).map((step) => step.name);
  for (const name of names) {
    if (!selectable.includes(name)) {
      throw new RangeError(`No step "${name}"; there are ${selectable.join(', ')}.`);
    }
  }
  return steps.filter((step) => step.always || names.includes(step.name));
}

/**
 * Runs steps in order and stops at the first that fails, unless told to go on.
 * @param {readonly Step[]} steps
 * @param {{ keepGoing?: boolean, write?: (text: string) => void, now?: () => number }} [options]
 * @returns {Promise<Outcome[]>} one per step
 */
export async function runSteps(steps, options = {}) {
  const { keepGoing = false, write = () => {}, now = () => performance.now() } = options;
  /** @type {Outcome[]} */
  const outcomes = [];
  let failed = false;
  for (const { name, what, always, run } of steps) {
    if (failed && !keepGoing) {
      outcomes.push({ name, what, outcome: 'not run', seconds: 0, problem: null });
      continue;
    }
    write(`\n── ${name}: ${what}\n`);
    const start = now();
    const problem = await run().catch((error) => String(error?.stack ?? error));
    const seconds = (now() - start) / 1000;
    if (problem) write(`${problem}\n`);
    outcomes.push({ name, what, outcome: problem ? 'failed' : 'ok', seconds, problem });
    failed ||= problem !== null;
    // Without what the others stand on, going on would only bury the cause.
    if (problem && always) break;
  }
  for (const { name, what } of steps.slice(outcomes.length)) {
    outcomes.push({ name, what, outcome: 'not run', seconds: 0, problem: null });
  }
  return outcomes;
}

/**
 * A table of what happened and one closing line.
 * @param {readonly Outcome[]} outcomes
 */
export function summary(outcomes) {
  const width = Math.max(...outcomes.map(({ what }) => what.length));
  const rows = outcomes.map(({ name, what, outcome, seconds }) => {
    const time = outcome === 'not run' ? '' : `${seconds.toFixed(1)} s`;
    return `  ${name.padEnd(8)}${what.padEnd(width + 2)}${outcome.padEnd(8)}${time.padStart(9)}`;
  });
  const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(1);
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
  const end = failed.length > 0 ? `Failed: ${failed.join(', ')}` : 'All passed';
  return `\nSummary\n${rows.join('\n')}\n${end} in ${total} s.\n`;
}
