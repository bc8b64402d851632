/** Where the project is, and whether this Node can run it. Needs no dependencies. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** @param {string} path relative to the project root */
export const inProject = (path) => resolve(root, path);

/**
 * Whether a Node version satisfies a `>=major.minor` range.
 * @param {string} version such as `20.20.2`
 * @param {string} range such as `>=20.19`
 */
export function satisfies(version, range) {
  const wanted = /^>=(\d+)\.(\d+)$/.exec(range);
  if (!wanted) throw new Error(`Cannot read the Node range "${range}" in package.json`);
  const [major, minor] = version.split('.').map(Number);
  return major > Number(wanted[1]) || (major === Number(wanted[1]) && minor >= Number(wanted[2]));
}

/** Ends the process with a clear message when this Node is too old. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  if (satisfies(process.versions.node, engines.node)) return;
  process.stderr.write(
    `Incumbent needs Node ${engines.node.slice(2)} or newer; this is ${process.versions.node}.\n` +
      'Get a current one from https://nodejs.org or your system’s packages.\n',
  );
  process.exit(1);
}
