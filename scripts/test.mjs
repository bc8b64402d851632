/** Everything that must hold, in order; installs what it needs. See USAGE. */
import { parseArgs } from 'node:util';
import { ensureChromium } from './lib/browser.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/project.mjs';
import { onInterrupt, runNode } from './lib/run.mjs';
import { chooseSteps, runSteps, summary } from './lib/steps.mjs';

const USAGE = `npm test -- [--only STEP[,STEP…]] [--keep-going]

  --only         only these: format, lint, types, unit, build, size, e2e
  --keep-going   run the remaining steps after one has failed
`;

/**
 * @param {string} script
 * @param {...string} args
 */
const node =
  (script, ...args) =>
  async () => {
    const code = await runNode(script, args);
    return code === 0 ? null : `${script} ended with exit code ${code}.`;
  };

/** Runs one after the other while they succeed. @param {...(() => Promise<string | null>)} runs */
const sequence =
  (...runs) =>
  async () => {
    for (const run of runs) {
      const problem = await run();
      if (problem) return problem;
    }
    return null;
  };

const modules = 'node_modules';
const vite = `${modules}/vite/bin/vite.js`;

/** @type {import('./lib/steps.mjs').Step[]} */
const steps = [
  {
    name: 'install',
    what: 'dependencies as locked',
    always: true,
    run: async () => ((await ensureInstalled()) ? null : 'The dependencies are not installed.'),
  },
  {
    name: 'format',
    what: 'formatting',
    run: node(`${modules}/prettier/bin/prettier.cjs`, '--check', '--log-level', 'warn', '.'),
  },
  {
    name: 'lint',
    what: 'lint, import boundaries',
    run: sequence(
      node(`${modules}/oxlint/bin/oxlint`, '--deny-warnings'),
      node('scripts/boundaries.mjs'),
    ),
  },
  { name: 'types', what: 'type check', run: node(`${modules}/typescript/bin/tsc`, '--noEmit') },
  {
    name: 'unit',
    what: 'unit and property tests',
    run: node(`${modules}/vitest/vitest.mjs`, 'run'),
  },
  { name: 'build', what: 'production build', run: node(vite, 'build', '--logLevel', 'warn') },
  { name: 'size', what: 'size budget', run: node('scripts/size.mjs') },
  {
    name: 'e2e',
    what: 'end to end in Chromium',
    run: sequence(ensureChromium, node(`${modules}/@playwright/test/cli.js`, 'test')),
  },
];

requireNode();
onInterrupt((signal) => (signal === 'SIGINT' ? 130 : 143));

let chosen;
let keepGoing = false;
try {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, 'keep-going': { type: 'boolean', default: false } },
  });
  keepGoing = values['keep-going'] ?? false;
  chosen = chooseSteps(steps, values.only);
} catch (error) {
  process.stderr.write(`${/** @type {Error} */ (error).message}\n\n${USAGE}`);
  process.exit(2);
}

const outcomes = await runSteps(chosen, {
  keepGoing,
  write: (text) => void process.stdout.write(text),
});
process.stdout.write(summary(outcomes));
process.exit(outcomes.every(({ outcome }) => outcome === 'ok') ? 0 : 1);
