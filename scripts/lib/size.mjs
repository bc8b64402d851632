/** Which files of a build a page loads before any code of it has asked for more. */

/**
 * Vite's manifest, as far as it is used here.
 * @typedef {Record<string, { file: string, imports?: string[], css?: string[] }>} Manifest
 */

/**
 * Files a page names itself: scripts, preloaded modules, styles.
 * @param {string} html
 * @returns {string[]} relative to the page
 */
export function linkedFiles(html) {
  /** @type {string[]} */
  const files = [];
  for (const [tag] of html.matchAll(/<(script|link)\b[^>]*>/g)) {
    const wanted = tag.startsWith('<script') || /\brel="?(modulepreload|stylesheet)\b/.test(tag);
    const address = /\b(?:src|href)="?([^"\s>]+)/.exec(tag)?.[1];
    if (wanted && address) files.push(address.replace(/^\.?\//, ''));
  }
  return files;
}

/**
 * The closure of files under static imports.
 * @param {Manifest} manifest
 * @param {readonly string[]} roots built files
 * @returns {string[]} built files, scripts and styles, each once
 * @throws Error when a root script is not in the manifest: the measure would be too small
 */
export function firstLoad(manifest, roots) {
  const byFile = new Map(Object.values(manifest).map((chunk) => [chunk.file, chunk]));
  /** @type {Set<string>} */
  const found = new Set();
  const visit = (/** @type {string} */ file) => {
    if (found.has(file)) return;
    found.add(file);
    const chunk = byFile.get(file);
    if (!chunk) {
      if (file.endsWith('.js')) throw new Error(`${file} is not in the manifest`);
      return;
    }
    for (const style of chunk.css ?? []) found.add(style);
    for (const key of chunk.imports ?? []) visit(manifest[key].file);
  };
  for (const root of roots) visit(root);
  if (found.size === 0) throw new Error('The page loads no files');
  return [...found];
}
