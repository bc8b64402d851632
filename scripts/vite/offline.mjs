/** Vite plugins that finish a build: the offline list with its service worker, and the stamp. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { build } from 'vite';
import { inputsDigest, writeStamp } from '../lib/build.mjs';
import { filesUnder } from '../lib/files.mjs';
import { securityHeaders } from '../lib/headers.mjs';
import { inProject } from '../lib/project.mjs';

/** The text editor is by far the largest part; it is kept for offline use once the page is idle. */
const LATER = /^assets\/(monaco|codicon|editor\.|(css|html|json|ts)\.worker)/;

const isEditor = (/** @type {string} */ id) => id.includes('node_modules/monaco-editor/');

/**
 * What the service worker keeps.
 * @param {string} folder absolute path of the build
 * @param {ReadonlySet<string>} editorFiles files that hold parts of the text editor
 */
function offlineList(folder, editorFiles) {
  const files = filesUnder(folder).filter(
    (file) =>
      !file.startsWith('.') && !file.endsWith('.map') && !/^(sw\.js|robots\.txt)$/.test(file),
  );
  const version = createHash('sha256');
  for (const file of files) {
    version
      .update(`${file}\0`)
      .update(readFileSync(`${folder}/${file}`))
      .update('\0');
  }
  const later = files.filter((file) => LATER.test(file) || editorFiles.has(file));
  // Hosts serve the page at the folder; some redirect from its file name, which cannot be kept.
  const now = files
    .filter((file) => !later.includes(file))
    .map((file) => (file === 'index.html' ? './' : file));
  return { version: version.digest('hex').slice(0, 16), now, later, headers: securityHeaders };
}

/**
 * Writes dist/sw.js: src/sw/sw.ts with the list of everything this build consists of.
 * @returns {import('vite').Plugin}
 */
export function offline() {
  let folder = '';
  return {
    name: 'incumbent-offline',
    apply: 'build',
    configResolved(config) {
      folder = inProject(config.build.outDir);
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(_options, bundle) {
        const editorFiles = Object.values(bundle).flatMap((part) => {
          if (part.type === 'asset') {
            return part.originalFileNames.some(isEditor) ? [part.fileName] : [];
          }
          const styles = part.viteMetadata?.importedCss ?? [];
          return part.moduleIds.some(isEditor) ? [part.fileName, ...styles] : [];
        });
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          define: { __OFFLINE__: JSON.stringify(offlineList(folder, new Set(editorFiles))) },
          build: {
            outDir: folder,
            emptyOutDir: false,
            copyPublicDir: false,
            target: 'es2022',
            rolldownOptions: {
              input: inProject('src/sw/sw.ts'),
              // One classic script at the root: its place is its scope.
              output: { format: 'iife', entryFileNames: 'sw.js' },
            },
          },
        });
      },
    },
  };
}

/**
 * Marks a finished build with the digest of what it was built from, for `npm start`.
 * @returns {import('vite').Plugin}
 */
export function stamp() {
  let digest = '';
  return {
    name: 'incumbent-stamp',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      digest = inputsDigest();
    },
    writeBundle: { order: 'post', sequential: true, handler: () => writeStamp(digest) },
  };
}
