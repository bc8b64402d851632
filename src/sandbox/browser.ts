/**
 * Runs a person's code in a browser: in a worker inside a hidden frame that is made for it and goes
 * with it. The frame has an origin of its own (`sandbox="allow-scripts"`), so that storage, cookies
 * and page are out of reach, and a policy that allows no connection; its worker inherits both. Code
 * is never made from strings: the worker's script is the code itself, so nothing here needs `eval`.
 */
import { CODE_MILLISECONDS, type CodeCall } from '../core/code.ts';
import type { Result } from '../core/result.ts';
// oxlint-disable-next-line import/default -- as text, by the bundler
import mathText from '../core/math.ts?raw';
import frameText from './frame.js?raw';
import realmText from './realm.js?raw';
import { scriptOf, valuesOf } from './script.ts';

/** On top of the page's own policy, which the frame inherits. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'";

const DOCUMENT = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Sandbox</title><script>${frameText}</script>`;

/** For frame and worker to start, beyond the time the code has. */
const START_MILLISECONDS = 5000;

/** The values of a call, or what was wrong with its code, with line and column. Never rejects. */
export async function runInBrowser(
  call: CodeCall,
  milliseconds = CODE_MILLISECONDS,
): Promise<Result<Float64Array>> {
  const script = scriptOf(call, { realm: realmText, math: mathText });
  if (!script.ok) return script;
  const frame = document.createElement('iframe');
  const { port1, port2 } = new MessageChannel();
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.title = 'Sandbox';
  frame.srcdoc = DOCUMENT;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const whenReady = ({ source }: MessageEvent<unknown>) => {
    if (source === null || source !== frame.contentWindow) return;
    window.removeEventListener('message', whenReady);
    const message = { script: script.value.text, count: call.count, milliseconds };
    // The frame's origin is opaque and has no name to send to.
    frame.contentWindow.postMessage(message, '*', [port2]);
  };
  window.addEventListener('message', whenReady);
  const reply = await new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
    timer = setTimeout(() => resolve({ type: 'timeout' }), milliseconds + START_MILLISECONDS);
    document.body.append(frame);
  });
  clearTimeout(timer);
  window.removeEventListener('message', whenReady);
  port1.close();
  frame.remove();
  return valuesOf(call, script.value, reply, milliseconds);
}
