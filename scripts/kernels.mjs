/** Compiles every `x.as.ts` to the `x.wasm.ts` beside it. */
import { writeFileSync } from 'node:fs';
import { compileKernel, generatedFile, isCurrent, kernelSources } from './lib/kernels.mjs';
import { inProject } from './lib/project.mjs';

let failed = false;
for (const source of kernelSources()) {
  try {
    const text = await compileKernel(source);
    const current = isCurrent(source, text);
    if (!current) writeFileSync(inProject(generatedFile(source)), text);
    process.stdout.write(
      `${generatedFile(source)}  ${text.length} characters${current ? '' : ', written'}\n`,
    );
  } catch (error) {
    failed = true;
    process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
  }
}
process.exit(failed ? 1 : 0);
