/**
 * The thread that a person's code runs in, in Node: inside a context that has nothing of Node's. Only
 * plain values leave the context.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createContext, Script } from 'node:vm';

const { script, fileName, milliseconds } = workerData;

function run() {
  const context = createContext(Object.create(null), {
    codeGeneration: { strings: false, wasm: false },
  });
  let reply;
  try {
    reply = new Script(script, { filename: fileName }).runInContext(context, {
      timeout: milliseconds,
    });
  } catch (error) {
    const { code } = /** @type {{ code?: string }} */ (error ?? {});
    const isTimeout = code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    return { type: isTimeout ? 'timeout' : 'broken' };
  }
  switch (reply.type) {
    case 'values':
      return { type: 'values', values: new Float64Array(reply.values) };
    case 'thrown':
      return { type: 'thrown', step: reply.step, message: reply.message, stack: reply.stack };
    case 'no-number':
      return { type: 'no-number', step: reply.step, found: reply.found };
    default:
      return { type: 'broken' };
  }
}

parentPort?.postMessage(run());
