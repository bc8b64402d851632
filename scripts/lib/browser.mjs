/** Finds the Chromium the end-to-end tests run in, and installs Debian's when there is none. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The path of a Chromium: CHROMIUM_PATH if set, else the first of the usual names on the PATH or
 * in /usr/bin; null when there is none.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) return isProgram(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : null;
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin'];
  for (const name of NAMES) {
    for (const folder of folders) {
      if (isProgram(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

const HINT =
  'Install Chromium or Chrome and set CHROMIUM_PATH to its program, then run the tests again.';

/**
 * Makes sure there is a Chromium.
 * @returns {Promise<string | null>} null when there is one; else what is wrong and what to do
 */
export async function ensureChromium() {
  if (findChromium()) return null;
  if (process.env.CHROMIUM_PATH) {
    return `CHROMIUM_PATH names no program: ${process.env.CHROMIUM_PATH}`;
  }
  if (!existsSync('/usr/bin/apt-get')) return `No Chromium found, and no apt-get. ${HINT}`;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'];
  process.stdout.write('No Chromium found: installing Debian’s chromium…\n');
  for (const command of [['apt-get', 'update'], install]) {
    const [program, ...args] = [...sudo, ...command];
    if ((await run(program, args, { env })) !== 0) {
      const need = sudo.length > 0 ? ' (this needs root)' : '';
      return `No Chromium found, and "${command.join(' ')}" failed${need}. ${HINT}`;
    }
  }
  return findChromium() ? null : `apt-get installed chromium, but no program is there. ${HINT}`;
}
