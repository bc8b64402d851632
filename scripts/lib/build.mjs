/** Whether dist/ is the build of the present sources. Needs no dependencies. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { filesUnder } from './files.mjs';
import { inProject } from './project.mjs';
import { runNode } from './run.mjs';

const FOLDERS = ['src', 'workers', 'public', 'scripts/lib', 'scripts/vite'];
const FILES = [
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const STAMP = 'dist/.vite/inputs';

/** SHA-256 over names and contents of everything a build reads. Contents, since a checkout or a
 *  copy changes times and a deleted file leaves none. */
export function inputsDigest() {
  const paths = [
    ...FILES,
    ...FOLDERS.flatMap((folder) =>
      filesUnder(inProject(folder)).map((file) => `${folder}/${file}`),
    ),
  ].filter((path) => !/\.test\.\w+$/.test(path));
  const digest = createHash('sha256');
  for (const path of paths) {
    if (!existsSync(inProject(path))) continue;
    const content = readFileSync(inProject(path));
    digest.update(`${path}\0${content.length}\0`).update(content);
  }
  return digest.digest('hex');
}

/** @param {string} digest of the inputs, taken before the build read them */
export function writeStamp(digest) {
  mkdirSync(dirname(inProject(STAMP)), { recursive: true });
  writeFileSync(inProject(STAMP), digest);
}

/** Why a build is needed, as words for a person; null when it is not. */
export function buildReason() {
  if (!existsSync(inProject('dist/index.html'))) return 'no build yet';
  if (!existsSync(inProject(STAMP))) return 'the last build did not finish';
  return readFileSync(inProject(STAMP), 'utf8') === inputsDigest() ? null : 'sources have changed';
}

/**
 * Builds dist/ when it is missing or out of date.
 * @returns {Promise<boolean>} false when the build failed
 */
export async function ensureBuilt() {
  const reason = buildReason();
  if (!reason) return true;
  process.stdout.write(`Building (${reason})…\n`);
  const code = await runNode('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn']);
  if (code !== 0) process.stderr.write('The build failed; see its message above.\n');
  return code === 0;
}
