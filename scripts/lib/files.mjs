/** Small file helpers shared by the scripts. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All plain files under a folder, sorted, with `/` between the parts; empty when there is none.
 * @param {string} folder
 * @returns {string[]} relative to the folder
 */
export function filesUnder(folder) {
  /** @type {string[]} */
  const found = [];
  const visit = (/** @type {string} */ prefix) => {
    let entries;
    try {
      entries = readdirSync(join(folder, prefix), { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const path = prefix ? `${prefix}/${entry.name}` : entry.name;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) found.push(path);
    }
  };
  visit('');
  return found.sort();
}
