/** The response headers of every way to serve the app: start, preview, and the service worker. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The one script that may stand in a document itself: that of the sandbox's frame. */
const frame = readFileSync(new URL('../../src/sandbox/frame.js', import.meta.url), 'utf8');
const frameHash = createHash('sha256').update(frame).digest('base64');

/** @type {Record<string, readonly string[]>} */
const policy = {
  'default-src': ["'self'"],
  // Solvers bring WebAssembly; nothing else may be made into code.
  'script-src': ["'self'", "'wasm-unsafe-eval'", `'sha256-${frameHash}'`],
  // The sandbox's frame inherits this policy, and its worker is a blob.
  'worker-src': ["'self'", 'blob:'],
  // Monaco writes its theme as style elements and ECharts its tooltips as style attributes.
  'style-src': ["'self'", "'unsafe-inline'"],
  // Pictures for export are made from blobs; Monaco's small icons are data.
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'frame-src': ["'none'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

export const contentSecurityPolicy = Object.entries(policy)
  .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
  .join('; ');

/** Cross-origin isolation, which shared memory between workers needs. */
export const isolationHeaders = Object.freeze({
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Document-Isolation-Policy': 'isolate-and-require-corp',
});

export const securityHeaders = Object.freeze({
  ...isolationHeaders,
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
});
