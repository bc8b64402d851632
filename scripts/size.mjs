/** The size budget: what a browser loads before the page is first usable. Needs a build. */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { filesUnder } from './lib/files.mjs';
import { inProject } from './lib/project.mjs';
import { firstLoad, linkedFiles } from './lib/size.mjs';

/** Gzipped JavaScript of the first load, in bytes. */
const BUDGET = 170_000;
/** Large parts that load on demand; shown so that growth is seen. */
const WATCHED = /monaco|echarts|worker|highs|install-charts/i;

const dist = (/** @type {string} */ path) => inProject(`dist/${path}`);
if (!existsSync(dist('.vite/manifest.json'))) {
  process.stderr.write('No build to measure: run npm run build first.\n');
  process.exit(2);
}
const gzipped = (/** @type {string} */ file) =>
  gzipSync(readFileSync(dist(file)), { level: 9 }).length;
const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

/** @type {import('./lib/size.mjs').Manifest} */
const manifest = JSON.parse(readFileSync(dist('.vite/manifest.json'), 'utf8'));
const html = readFileSync(dist('index.html'), 'utf8');
const first = firstLoad(manifest, linkedFiles(html)).map((file) => ({ file, size: gzipped(file) }));
first.sort((a, b) => b.size - a.size);
const total = (/** @type {string} */ ending) =>
  first.filter(({ file }) => file.endsWith(ending)).reduce((sum, { size }) => sum + size, 0);

process.stdout.write('First load, gzipped\n');
for (const { file, size } of first) process.stdout.write(`${kB(size)}  ${file}\n`);
const later = filesUnder(dist('assets'))
  .map((file) => `assets/${file}`)
  .filter((file) => /\.(js|wasm)$/.test(file) && !first.some((one) => one.file === file))
  .map((file) => ({ file, size: gzipped(file) }))
  .sort((a, b) => b.size - a.size);
process.stdout.write('On demand, the largest and the watched\n');
for (const [rank, { file, size }] of later.entries()) {
  if (rank < 8 || WATCHED.test(file)) process.stdout.write(`${kB(size)}  ${file}\n`);
}
const script = total('.js');
process.stdout.write(`JavaScript ${kB(script).trim()} of ${kB(BUDGET).trim()}`);
process.stdout.write(`, styles ${kB(total('.css')).trim()}\n`);
if (script > BUDGET) {
  process.stderr.write(`Over the budget by ${kB(script - BUDGET).trim()}.\n`);
  process.exit(1);
}
