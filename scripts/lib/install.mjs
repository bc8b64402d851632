/** Keeps node_modules in step with the lock file. Needs no dependencies. */
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { inProject } from './project.mjs';
import { runNpm } from './run.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} Locked
 * @typedef {{ packages?: Record<string, Locked> }} Lock
 */

/**
 * The first package that is not installed as locked; null when all are. Optional ones (binaries of
 * other platforms) may be missing.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json, which npm writes when it has finished
 */
export function firstDifference(wanted, installed) {
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '') continue;
    const there = installed.packages?.[path];
    if (!there) {
      if (entry.optional || entry.devOptional) continue;
      return path;
    }
    if (there.version !== entry.version || there.integrity !== entry.integrity) return path;
  }
  return null;
}

/** Why `npm ci` is needed, as words for a person; null when it is not. */
export function installReason() {
  if (!existsSync(inProject('node_modules/.package-lock.json'))) return 'no dependencies yet';
  /** @param {string} path @returns {Lock} */
  const read = (path) => JSON.parse(readFileSync(inProject(path), 'utf8'));
  const path = firstDifference(read('package-lock.json'), read('node_modules/.package-lock.json'));
  return path && `${path.replace(/^.*node_modules\//, '')} is not as locked`;
}

/**
 * Installs the locked dependencies when they are missing or out of step.
 * @param {{ quiet?: boolean }} [options] quiet: everything on stderr, and only when there is need
 * @returns {Promise<boolean>} false when the installation failed
 */
export async function ensureInstalled({ quiet = false } = {}) {
  const reason = installReason();
  if (!reason) return true;
  const say = (/** @type {string} */ text) =>
    (quiet ? process.stderr : process.stdout).write(`${text}\n`);
  const modules = inProject('node_modules');
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) {
    // npm would empty the folder behind the link, which others may be using.
    say(`node_modules is a link and ${reason}: run npm ci beside ${realpathSync(modules)}.`);
    return false;
  }
  say(`Installing dependencies (${reason})…`);
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  if (quiet) args.push('--loglevel=error');
  const code = await runNpm(args, { stdio: ['ignore', quiet ? 2 : 'inherit', 'inherit'] });
  if (code !== 0) say(`npm ci failed (exit code ${code}); see its message above.`);
  return code === 0;
}
