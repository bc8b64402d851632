/**
 * Who may import whom, as one table and a pure check of one file. What a name may be used for
 * (`location`, `Worker`, storage, clocks) is the linter's part, in .oxlintrc.json.
 */
import { posix } from 'node:path';
import { parseSync } from 'vite';

/**
 * @typedef {object} Layer
 * @property {RegExp} files which files this is about; the first layer that matches counts.
 *   `(?<family>…)` may name the folder of a family
 * @property {readonly string[] | ((path: string, family: string) => boolean)} may folders (with a
 *   closing slash) and files of ours it may import
 * @property {readonly string[]} [typesOnly] folders it may import types from
 * @property {readonly string[]} [packages] npm packages it may import; all when absent
 * @property {string} because the rule in words
 *
 * @typedef {{ specifier: string, typeOnly: boolean, line: number }} Import
 * @typedef {{ file: string, line: number, message: string }} Violation
 */

const FAMILIES = 'job-shop|tsp|vrp|knapsack|learning-rate';
const familyFile = new RegExp(`^src/problems/(${FAMILIES})/`);
const viewsFile = new RegExp(
  `^src/problems/(?:(?:views|studies)\\.ts|(?:${FAMILIES})/(?:views|studies)/)`,
);

/** @param {readonly string[]} places @param {string} path */
const within = (places, path) =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

/** What all families share; not the registry, which leads back to every one of them. */
const contracts = ['src/problems/family.ts'];
const solverContracts = ['workers/solvers/common/', 'workers/solvers/registry.ts'];

/** @param {string} path */
const workerMay = (path) =>
  within(['src/core/', 'src/protocol/', 'src/problems/', 'workers/'], path) &&
  !viewsFile.test(path);

/** @type {readonly Layer[]} */
export const layers = [
  {
    files: /^src\/core\//,
    may: ['src/core/'],
    packages: [],
    because: 'src/core imports nothing but itself',
  },
  {
    files: new RegExp(`^src/problems/(?<family>${FAMILIES})/(?:views|studies)/`),
    may: (path, family) =>
      within(['src/core/', 'src/scene/', 'src/charts/', `src/problems/${family}/`], path) ||
      within([...contracts, 'src/problems/views.ts', 'src/problems/studies.ts'], path),
    packages: [],
    typesOnly: ['echarts'],
    because:
      'views and studies import only core, scene, charts, the contracts and their own family',
  },
  {
    files: new RegExp(`^src/problems/(?<family>${FAMILIES})/`),
    may: (path, family) =>
      within(['src/core/', ...contracts, `src/problems/${family}/`], path) && !viewsFile.test(path),
    packages: [],
    because: 'a family imports only core, the family contract and itself without its views',
  },
  {
    files: /^src\/problems\//,
    may: ['src/core/', 'src/problems/'],
    typesOnly: ['src/scene/', 'src/charts/', 'echarts'],
    packages: [],
    because: 'src/problems imports only core, and types of scene and charts',
  },
  {
    files: new RegExp(`^workers/solvers/(?<family>${FAMILIES})/`),
    may: (path, family) =>
      within(['src/core/', ...contracts, ...solverContracts], path) ||
      (within([`workers/solvers/${family}/`, `src/problems/${family}/`], path) &&
        !viewsFile.test(path)),
    packages: ['highs'],
    because: 'a solver imports only core, its own family without views, and what solvers share',
  },
  {
    files: /^workers\/runtime\/node/,
    may: workerMay,
    packages: ['node:worker_threads'],
    because: 'workers import only core, problems without views, and protocol',
  },
  {
    files: /^workers\//,
    may: workerMay,
    packages: ['comlink', 'highs'],
    because: 'workers import only core, problems without views, and protocol',
  },
  {
    files: /^src\/protocol\//,
    may: ['src/core/', 'src/protocol/', ...contracts],
    packages: ['comlink'],
    because: 'the protocol imports only core and the family contract',
  },
  {
    files: /^src\/scene\//,
    may: ['src/core/', 'src/scene/'],
    typesOnly: ['src/problems/views.ts'],
    packages: ['world-atlas'],
    because: 'the scene imports only core, and types of the views',
  },
  {
    files: /^src\/charts\//,
    may: ['src/core/', 'src/scene/', 'src/charts/', ...contracts, 'src/problems/views.ts'],
    packages: ['echarts'],
    because: 'charts import only core, scene and the contracts',
  },
  {
    files: /^src\/sw\//,
    may: ['src/sw/'],
    packages: [],
    because: 'the service worker stands alone',
  },
  {
    files: /^src\//,
    may: (path) => path.startsWith('src/') && !familyFile.test(path),
    because: 'the shell reaches a family only through src/problems/registry.ts',
  },
];

/** Packages only these folders may import at run time; types are free. */
const owners = /** @type {const} */ ([
  { packages: /^(echarts|zrender)$/, folders: ['src/charts/'] },
  { packages: /^monaco-editor$/, folders: ['src/editor/', 'src/sandbox/'] },
  { packages: /^world-atlas$/, folders: ['src/scene/map/'] },
  { packages: /^idb-keyval$/, folders: ['src/state/'] },
  { packages: /^comlink$/, folders: ['src/runs/', 'src/sandbox/', 'src/protocol/', 'workers/'] },
]);

/** Monaco brings workers of its own; all other workers are made in src/runs. */
const WORKER_QUERY = /\?(.*&)?(shared)?worker\b/;

/**
 * All imports and re-exports of a module, dynamic ones with a constant specifier included.
 * @param {string} file for its extension
 * @param {string} source
 * @returns {Import[]}
 * @throws SyntaxError when the source does not parse
 */
export function importsOf(file, source) {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
  const lineOf = (/** @type {number} */ at) => source.slice(0, at).split('\n').length;
  /** @type {Import[]} */
  const imports = [];
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType);
    imports.push({ specifier: moduleRequest.value, typeOnly, line: lineOf(start) });
  }
  for (const { entries, start } of module.staticExports) {
    const from = entries.find((entry) => entry.moduleRequest)?.moduleRequest?.value;
    if (from === undefined) continue;
    const typeOnly = entries.every((entry) => entry.isType);
    imports.push({ specifier: from, typeOnly, line: lineOf(start) });
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])([^$]*)\1$/.exec(source.slice(moduleRequest.start, moduleRequest.end));
    if (literal) imports.push({ specifier: literal[2], typeOnly: false, line: lineOf(start) });
  }
  return imports;
}

/** @param {string} specifier `@scope/name/path` → `@scope/name` */
const packageOf = (specifier) => /^(@[^/]+\/)?[^/?]+/.exec(specifier)?.[0] ?? specifier;

/**
 * What one file imports that it may not.
 * @param {string} file relative to the project root, with `/`
 * @param {string} source
 * @returns {Violation[]} in order of lines; none for tests and what only they use, which may look anywhere
 */
export function violationsIn(file, source) {
  if (/\.test\.tsx?$|\/test-[\w-]+\.ts$/.test(file)) return [];
  const layer = layers.find(({ files }) => files.test(file));
  if (!layer) return [];
  const family = layer.files.exec(file)?.groups?.family ?? '';
  const { may, typesOnly = [], packages } = layer;

  /** @param {Import} found */
  function problemWith({ specifier, typeOnly }) {
    if (WORKER_QUERY.test(specifier)) {
      const monaco = file.startsWith('src/editor/') && specifier.startsWith('monaco-editor/');
      if (!monaco && !file.startsWith('src/runs/')) return 'only src/runs makes workers';
    }
    if (/^\.{0,2}\//.test(specifier)) {
      const path = posix.join(posix.dirname(file), specifier.replace(/\?.*$/, ''));
      const allowed =
        (typeof may === 'function' ? may(path, family) : within(may, path)) ||
        (typeOnly && within(typesOnly, path));
      return allowed ? null : layer?.because;
    }
    const name = packageOf(specifier);
    if (typeOnly && (packages === undefined || within(typesOnly, name))) return null;
    if (packages && !packages.includes(name)) {
      return `${layer?.because}; packages: ${packages.join(', ') || 'none'}`;
    }
    const owner = owners.find((one) => one.packages.test(name));
    if (owner && !typeOnly && !within(owner.folders, file)) {
      return `only ${owner.folders.join(', ')} may import ${name}`;
    }
    return null;
  }

  return importsOf(file, source)
    .flatMap((found) => {
      const because = problemWith(found);
      return because
        ? [{ file, line: found.line, message: `imports "${found.specifier}": ${because}` }]
        : [];
    })
    .sort((a, b) => a.line - b.line);
}
