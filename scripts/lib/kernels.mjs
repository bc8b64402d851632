/** Compiling AssemblyScript kernels to modules that carry their WebAssembly as text. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import asc from 'assemblyscript/asc';
import { filesUnder } from './files.mjs';
import { inProject, root } from './project.mjs';

/** SIMD of fixed width only: relaxed SIMD differs between machines, and runs must repeat. */
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'];

/** @param {string} source `x.as.ts` @returns {string} `x.wasm.ts` */
export const generatedFile = (source) => source.replace(/\.as\.ts$/, '.wasm.ts');

/**
 * All kernels of the project. `x.part.as.ts` is code that kernels import, no kernel of its own.
 * @returns {string[]} relative to the project root, sorted
 */
export const kernelSources = () =>
  ['src', 'workers']
    .flatMap((folder) => filesUnder(inProject(folder)).map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith('.as.ts') && !file.endsWith('.part.as.ts'));

/**
 * The text of the generated module: the same for the same sources and compiler.
 * @param {string} source a kernel, relative to the project root
 * @returns {Promise<string>}
 * @throws Error with the compiler's messages when it does not compile
 */
export async function compileKernel(source) {
  /** @type {Uint8Array | null} */
  let wasm = null;
  const { error, stderr } = await asc.main(
    [source, '--baseDir', root, '--outFile', 'kernel.wasm', ...FLAGS],
    {
      writeFile(name, contents) {
        if (name.endsWith('.wasm')) wasm = /** @type {Uint8Array} */ (contents);
      },
    },
  );
  if (error || wasm === null) throw new Error(`${source}: ${stderr.toString() || error?.message}`);
  const text = Buffer.from(/** @type {Uint8Array} */ (wasm)).toString('base64');
  return (
    `/** Generated from ${basename(source)} by \`npm run kernels\`: change that, not this. */\n` +
    `export const wasm =\n  '${text}';\n`
  );
}

/**
 * Whether the committed module is what its source compiles to.
 * @param {string} source @param {string} compiled
 */
export function isCurrent(source, compiled) {
  try {
    return readFileSync(inProject(generatedFile(source)), 'utf8') === compiled;
  } catch {
    return false;
  }
}
