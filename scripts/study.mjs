/** Starts the studies' command line, `study.ts`, in this very process. Writes nothing on stdout itself. */
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/project.mjs';

requireNode();
if (!(await ensureInstalled({ quiet: true }))) process.exit(1);
const { register } = await import('tsx/esm/api');
register();
await import('./study.ts');
