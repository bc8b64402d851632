/** Starts the command line of certificates, `certify.ts`, in this very process. Writes nothing on stdout itself. */
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/project.mjs';

requireNode();
if (!(await ensureInstalled({ quiet: true }))) process.exit(1);
const { register } = await import('tsx/esm/api');
register();
await import('./certify.ts');
