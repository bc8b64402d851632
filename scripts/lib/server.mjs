/** A small static server for dist/. Needs no dependencies. */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { securityHeaders } from './headers.mjs';

const compress = promisify(gzip);

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};
const PLAIN = 'application/octet-stream';
const PACKED = new Set(['.png', '.ico', '.woff2', '.woff']);

/** Below this many bytes compression gains nothing. */
const WORTH_COMPRESSING = 1024;

/**
 * The file a request path names inside a folder; null when it names none that may be served:
 * outside the folder, hidden, or not decodable.
 * @param {string} folder absolute
 * @param {string} url path and query as in the request line
 */
export function fileFor(folder, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return null;
  }
  if (!path.startsWith('/') || /[\0\\]/.test(path)) return null;
  if (path.split('/').some((part) => part.startsWith('.'))) return null;
  const file = resolve(folder, `.${path.endsWith('/') ? `${path}index.html` : path}`);
  return file.startsWith(folder + sep) ? file : null;
}

/** @param {string} header Accept-Encoding */
const acceptsGzip = (header) => /(^|[\s,])(gzip|\*)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(header);

/**
 * Serves a folder: security and isolation headers on everything, hashed assets cached for good,
 * all else revalidated by entity tag, text compressed once and kept.
 * @param {string} folder absolute
 * @returns {import('node:http').Server}
 */
export function staticServer(folder) {
  /** @type {Map<string, { tag: string, body: Promise<Buffer> }>} */
  const kept = new Map();

  /** @param {string} file @param {string} tag */
  function compressed(file, tag) {
    const entry = kept.get(file);
    if (entry?.tag === tag) return entry.body;
    const body = readFile(file).then((bytes) => compress(bytes));
    kept.set(file, { tag, body });
    body.catch(() => kept.delete(file));
    return body;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const refuse = (/** @type {number} */ status, /** @type {string} */ text) => {
      response.writeHead(status, { 'Content-Type': TYPES['.txt'], 'Cache-Control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(405, 'Only GET and HEAD.');
    }
    const file = fileFor(folder, request.url ?? '/');
    const info = file === null ? null : await stat(file).catch(() => null);
    if (file === null || !info?.isFile()) return refuse(404, 'Not found.');

    const extension = extname(file);
    const tag = `W/"${info.size.toString(36)}-${Math.round(info.mtimeMs).toString(36)}"`;
    const hashed = file.startsWith(join(folder, 'assets') + sep);
    response.setHeader('Content-Type', TYPES[extension] ?? PLAIN);
    response.setHeader('ETag', tag);
    response.setHeader(
      'Cache-Control',
      hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
    const compressible = !PACKED.has(extension) && info.size >= WORTH_COMPRESSING;
    if (compressible) response.setHeader('Vary', 'Accept-Encoding');
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304);
      response.end();
      return;
    }

    const zipped = compressible && acceptsGzip(String(request.headers['accept-encoding'] ?? ''));
    if (zipped) response.setHeader('Content-Encoding', 'gzip');
    const bytes = await (zipped ? compressed(file, tag) : readFile(file));
    response.setHeader('Content-Length', bytes.length);
    response.writeHead(200);
    response.end(request.method === 'HEAD' ? undefined : bytes);
  }

  return createServer((request, response) => {
    answer(request, response).catch((error) => {
      process.stderr.write(`${request.url}: ${error.message}\n`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}

/**
 * Listens on the loopback interface.
 * @param {import('node:http').Server} server
 * @param {number} port 0 takes any free one
 * @param {number} [tries] how many ports to try, counting up from `port`
 * @returns {Promise<number>} the port taken
 */
export async function listen(server, port, tries = 1) {
  for (let next = port; ; next++) {
    try {
      await new Promise((done, fail) => {
        server.once('error', fail);
        server.listen(next, '127.0.0.1', () => {
          server.off('error', fail);
          done(undefined);
        });
      });
      const address = server.address();
      return typeof address === 'object' && address ? address.port : next;
    } catch (error) {
      const taken = /** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE';
      if (!taken || next + 1 >= Math.min(port + tries, 65536)) throw error;
    }
  }
}

/** A port that is free now. */
export async function freePort() {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((done) => server.close(done));
  return port;
}
