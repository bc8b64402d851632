/** Runs a person's code in Node: in a context of its own, in a thread of its own. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { CODE_MILLISECONDS, type CodeCall } from '../core/code.ts';
import type { Result } from '../core/result.ts';
import { SCRIPT_NAME, scriptOf, valuesOf } from './script.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** For a thread to start, beyond the time its code has. */
const START_MILLISECONDS = 5000;

/** Megabytes for the objects of the code. */
const MEMORY = 64;

/** The values of a call, or what was wrong with its code, with line and column. Never rejects. */
export async function runInNode(
  call: CodeCall,
  milliseconds = CODE_MILLISECONDS,
): Promise<Result<Float64Array>> {
  const script = scriptOf(call, { realm: read('./realm.js'), math: read('../core/math.ts') });
  if (!script.ok) return script;
  const worker = new Worker(new URL('./node-realm.mjs', import.meta.url), {
    workerData: { script: script.value.text, fileName: SCRIPT_NAME, milliseconds },
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY, maxYoungGenerationSizeMb: MEMORY / 4 },
  });
  let timer: NodeJS.Timeout | undefined;
  const reply = await new Promise<unknown>((resolve) => {
    timer = setTimeout(() => resolve({ type: 'timeout' }), milliseconds + START_MILLISECONDS);
    worker.once('message', resolve);
    worker.once('error', (error: Error & { code?: string }) =>
      resolve({ type: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'broken' }),
    );
    worker.once('exit', () => resolve({ type: 'broken' }));
  });
  clearTimeout(timer);
  await worker.terminate();
  return valuesOf(call, script.value, reply, milliseconds);
}
