/** Child processes that never outlive this one. */
import { spawn } from 'node:child_process';
import { root } from './project.mjs';

/** A child gets this long to end by itself after an interrupt, in ms. */
const GRACE = 5000;

/** How often the parent is looked at, in ms. */
const PARENT_CHECK = 100;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Set once the process is to end: what waited for a child then waits for ever. */
let stopping = false;

/** Each child leads its own process group, so that its children end with it. */
const grouped = process.platform !== 'win32';

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(grouped ? -child.pid : child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Promise<number>} exit code; 128 when a signal ended it, 127 when it could not start
 */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: options.env ?? process.env,
      stdio: options.stdio ?? ['ignore', 'inherit', 'inherit'],
      detached: grouped,
    });
    running.add(child);
    child.on('error', (error) => {
      running.delete(child);
      process.stderr.write(`${command}: ${error.message}\n`);
      done(127);
    });
    child.on('exit', (code) => {
      running.delete(child);
      if (!stopping) done(code ?? 128);
    });
  });
}

/**
 * Runs a JavaScript file of an installed package with this Node.
 * @param {string} script relative to the project root
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runNode = (script, args, options) => run(process.execPath, [script, ...args], options);

/**
 * Runs npm: the very one that started this script, if one did.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? runNode(npm, args, options) : run('npm', args, options);
}

/** Ends all children, then resolves. */
export async function endChildren() {
  const children = [...running];
  await Promise.all(
    children.map((child) => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      signalGroup(child, 'SIGINT');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
      return ended.then(() => clearTimeout(timer));
    }),
  );
}

/**
 * Calls `stop` once when the process is asked to end, after its children have ended; then exits.
 * Under npm the end of the parent counts as asking: npm hands a signal to the shell between, and
 * that ends without handing it on.
 * @param {(signal: NodeJS.Signals) => Promise<number> | number} stop gives the exit code
 */
export function onInterrupt(stop) {
  const end = async (/** @type {NodeJS.Signals} */ signal) => {
    if (stopping) return;
    stopping = true;
    await endChildren();
    process.exit(await stop(signal));
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, end);
  }
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) void end('SIGTERM');
    }, PARENT_CHECK).unref();
  }
}
