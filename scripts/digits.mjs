/** Draws the handwritten digits anew from the `mnist` package into a module of their own. */
import { writeFileSync } from 'node:fs';
import { inProject } from './lib/project.mjs';
import { register } from 'tsx/esm/api';

register();
const { DIGITS_FILE, digitsModule } = await import('./lib/digits.ts');
const text = digitsModule();
writeFileSync(inProject(DIGITS_FILE), text);
process.stdout.write(`${DIGITS_FILE}  ${text.length} characters\n`);
