/** Starts the benchmarks, `bench/index.ts`, in this very process. */
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/project.mjs';

requireNode();
if (!(await ensureInstalled({ quiet: true }))) process.exit(1);
const { register } = await import('tsx/esm/api');
register();
await import(new URL('../bench/index.ts', import.meta.url).href);
